"""Blanks that a text from a PDF has between Latin letters or digits and Japanese: RCEP 協定 is RCEP協定."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.registry import Hit
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Lexicon

_JAPANESE = "[ぁ-んァ-ヶー一-龥々]"
BLANK = Rule(
    "blank_beside_latin_letters",
    rf"(?<=[A-Za-z0-9]) (?={_JAPANESE})|(?<={_JAPANESE}) (?=[A-Za-z0-9])",
    reads=("RCEP⟦ ⟧協定", "自動車CO2⟦ ⟧排出規則", "日⟦ ⟧EU経済連携協定"),
    leaves=("Digital⟦ ⟧Act", "電波法⟦ ⟧第5条"),
)


def closed(name: str) -> str:
    """Return a name without the blanks beside its Latin letters.

    >>> closed("EU 電池規則"), closed("Digital Markets Act")
    ('EU電池規則', 'Digital Markets Act')
    """
    return BLANK.sub("", name) if " " in name else name


def hits_of(text: str, lexicon: Lexicon[Instrument]) -> Iterator[Hit[Instrument]]:
    """Yield the registered names in a clean text, also where such a blank stands within one."""
    yield from lexicon.find(text)
    blanks = {match.start() for match in BLANK.finditer(text)} if " " in text else set()
    if not blanks:
        return
    origins = [at for at in range(len(text)) if at not in blanks]
    for hit in lexicon.find("".join(text[at] for at in origins)):
        start, end = origins[hit.start], origins[hit.end - 1] + 1
        if end - start > hit.end - hit.start:
            yield Hit(start, end, hit.records)
