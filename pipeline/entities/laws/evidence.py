"""What ties a mention to the law whose id it gets: an id is printed only where something does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.choice import is_title
from pipeline.entities.laws.numbers import kanji_number

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.laws.citation import Citation
    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.laws.resolved import ResolvedLaw

Days = tuple["date", "date"] | None


def evidence(law: ResolvedLaw, citation: Citation, day: date | None, spoken: Days) -> str:
    """Return what ties a mention to its law, ``""`` for nothing.

    Args:
        law: What the mention was taken to mean.
        citation: What is written.
        day: The day on which the document speaks, None where that is unknown.
        spoken: The time that the sentence speaks of, if it names one.

    Returns:
        ``number``: the text gives the law's number. ``antecedent``: it points to a mention that is tied to
        the law itself. ``title``: an official title of the law is written out, or the title that grows from
        what is written (X法施行令). ``name``: a short name that the law has on that day or at that time, or
        that no other instrument bears.
    """
    own = law.instrument
    if own is None:
        return ""
    written = kanji_number(citation.number or citation.near)
    if written and written in (own.number, law.law_num):
        return "number"
    if law.antecedent is not None:
        return "antecedent"
    titles = {name.text for name in own.names if name.kind in ("title", "former")}
    if titles & {citation.name, citation.prefix + citation.name} or (citation.suffix and law.norm in titles):
        return "title"
    if is_title(citation.name, own) and law.norm == citation.name:
        return "title"
    return "name" if _named(citation, own, day, spoken) else ""


def _named(citation: Citation, own: Instrument, day: date | None, spoken: Days) -> bool:
    """Whether a name that is written means an instrument for certain."""
    bearers = {id(record) for record, _ in citation.records}
    if bearers == {id(own)}:
        return True
    names = [name for record, name in citation.records if record is own]
    times: tuple[tuple[date | None, date | None], ...] = ((day, day), spoken or (day, day))
    return any(name.valid.holds(*time) for name in names for time in times)
