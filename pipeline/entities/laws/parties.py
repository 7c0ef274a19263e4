"""The parties of Japan's treaties, and how a treaty with one of them is called: 日墨EPA, 日・タイ経済連携協定."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts import rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTNERSHIPS = ("経済連携協定", "EPA", "・EPA", " EPA", "CEPA")
# Of a pair's partnership agreement: 日印包括的経済連携協定 is the 日印経済連携協定.
_PARTNERSHIP = Rule(
    "partnership_of_a_pair",
    "(?:包括的)?(?:経済連携協定|・?EPA)",
    reads=("⟦包括的経済連携協定⟧", "⟦EPA⟧"),
    leaves=("投資協定",),
)


@cache
def parties() -> dict[str, tuple[str, ...]]:
    """Return the names and letters of each party of treaties (``data/treaty_parties.csv``)."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("treaty_parties.csv"):
        found[row["party"]] = (*found.get(row["party"], ()), row["name"])
    return found


def pair_names(both: str, short: str) -> Iterator[str]:
    """Yield the spellings of a treaty of Japan with one party, from one that the registry holds.

    Args:
        both: The parties as the registry writes them (``JP|MX``).
        short: A short name of the treaty.

    >>> names = list(pair_names("JP|MX", "日墨EPA"))
    >>> "日・メキシコ経済連携協定" in names, "日本・メキシコEPA" in names, "日墨経済連携協定" in names
    (True, True, True)
    """
    first, _, other = both.partition("|")
    if first != "JP" or other not in parties():
        return
    openings = []
    for name in parties()[other]:
        openings += [f"日{name}"] if len(name) == 1 else [f"日・{name}", f"日{name}", f"日本・{name}"]
    opening = max((own for own in openings if short.startswith(own)), key=len, default="")
    kind = short.removeprefix(opening)
    if not opening or not kind:
        return
    kinds = (kind, *_PARTNERSHIPS) if _PARTNERSHIP.fullmatch(kind) else (kind,)
    yield from (own + one for own in openings for one in kinds)
