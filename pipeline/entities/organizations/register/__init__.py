"""A register of all bodies that have a 法人番号, as a run may know it beside the shipped registry.

Only a name that the register holds exactly, and once, gives an identifier; of any other it says how many
bodies it may be. Bodies that were closed count as well: a text may speak of them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.entities.organizations.facts import bare_name, is_bare
from pipeline.entities.organizations.houjin import SCHEME, identifiers
from pipeline.entities.organizations.registry import organizations
from pipeline.facts import rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


class RegisteredBody(NamedTuple):
    """A body as the register has it.

    Attributes:
        number: Its 法人番号.
        name: As registered, with its legal form.
        kind: The code of its kind (``data/register_kinds.csv``).
        place: Prefecture and municipality, ``""`` abroad.
        since: The day on which it took this name, if that was the last that changed; else None.
        until: The day on which it was closed, if it was.
    """

    number: str
    name: str
    kind: str
    place: str
    since: date | None
    until: date | None

    def holds(self, first: date | None, last: date | None = None) -> bool:
        """Whether it may have had this name at some time from ``first`` to ``last``."""
        last = last or first
        early = self.since is not None and last is not None and last < self.since
        late = self.until is not None and first is not None and first > self.until
        return not early and not late


class Known(NamedTuple):
    """What is known of who bears a name: identifiers, or how many it may be (None: nothing was asked)."""

    ids: tuple[str, ...] = ()
    candidates: int | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """A register that a run knows, and what ``run.json`` says of it.

    Attributes:
        named: From a key without legal forms (:func:`bare_key`) to all bodies that bear it.
        snapshot: The day that the register shows.
        source: The file that it was taken from.
        count: How many bodies it has.
    """

    named: Callable[[str], tuple[RegisteredBody, ...]]
    snapshot: date
    source: str
    count: int

    def bearers(self, name: str) -> tuple[list[RegisteredBody], list[RegisteredBody]]:
        """Return the bodies that bear exactly ``name``, and all that bear it with some legal form or none."""
        found = self.named(bare_key(name))
        wanted = key(name)
        return [body for body in found if key(body.name) == wanted], list(found)


def known_ids(
    norm: str, surface: str, register: Register | None, days: tuple[date | None, date | None]
) -> Known:
    """Return the identifiers of a mention, or how many bodies it may be.

    Args:
        norm: The official name; several joined by ``|`` get what the shipped registry knows of them.
        surface: As the text writes it, with a legal form if it has one.
        register: The register that the run knows, if it knows one.
        days: The first and the last day of the time spoken of.
    """
    own = tuple(number for name in norm.split("|") for number in identifiers().get(name, ()))
    if own or register is None or "|" in norm or norm in foreign_bodies() or is_bare(norm):
        return Known(own)
    exact, alike = register.bearers(surface)
    if not exact and surface != norm:
        exact = register.bearers(norm)[0]
    if len(exact) == 1 and exact[0].holds(*days):
        return Known((SCHEME + exact[0].number,))
    return Known((), len(exact or alike))


def key(name: str) -> str:
    """Return a name in the form in which names are compared: width, spaces and variants do not count.

    >>> key("ＡＢＣ　株式会社"), key("髙橋商店")
    ('ABC株式会社', '高橋商店')
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).translate(_variants())


def bare_key(name: str) -> str:
    """Return the key of a name without its legal form; of a legal form alone that form."""
    whole = key(name)
    return bare_name(whole) or whole


@cache
def _variants() -> dict[int, str]:
    return {ord(row["variant"]): row["standard"] for row in rows("variants.csv") if len(row["variant"]) == 1}


@cache
def foreign_bodies() -> frozenset[str]:
    """Return the official names of the bodies of other countries and of international ones that we list."""
    own = {record.name for record in organizations() if record.country == "JP"}
    return frozenset(record.name for record in organizations()) - own


@cache
def register_kinds() -> dict[str, str]:
    """Map the codes of kinds to what they mean (``data/register_kinds.csv``)."""
    return {row["code"]: row["kind"] for row in rows("register_kinds.csv")}
