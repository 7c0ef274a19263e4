"""What a name means as an instrument.

Its title at the time, and what grows from it (施行令, bills, amending acts).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.choice import ENDED, choose, is_full, made_after, outlived
from pipeline.entities.laws.resolved import ResolvedLaw
from pipeline.model.entity import Candidate
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.laws.citation import Citation
    from pipeline.entities.laws.instruments import Instruments
    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Name

_PROTOCOL = Rule(
    "protocol_of_a_treaty",
    "(?:第.{1,2})?(?:選択|追加)議定書",
    reads=("⟦第二追加議定書⟧", "⟦選択議定書⟧"),
    leaves=("⟦改正議定書",),
)


class Naming:
    """Says what names mean in a document."""

    def __init__(self, reference: date | None, known: Instruments) -> None:
        """Take the document's reference date (None: the law as it stands today) and the registry."""
        self._reference = reference
        self._known = known

    def by_name(
        self, citation: Citation, written: str, spoken: tuple[date, date] | None
    ) -> tuple[ResolvedLaw, str]:
        """Return what a name means, and the flag that says what is odd, ``""`` for nothing.

        Args:
            citation: What is written.
            written: The law number that the text gives the name, as promulgated; ``""`` for none.
            spoken: The time that the sentence or row speaks of, if it names one.
        """
        record, several = choose(citation, self._known, self._reference, spoken)
        if record is None:
            year = citation.prefix if citation.prefix.endswith("年") else ""
            return ResolvedLaw(year + citation.name, flags=("not_in_registry",)), ""
        law = self.law(*record)
        if several:
            return _undecided(law, several), "ambiguous_name"
        if citation.suffix or citation.bill:
            return law, ""  # what grows from it has a number of its own
        return self._certain(law, record, citation, written, spoken)

    def _certain(
        self,
        law: ResolvedLaw,
        record: tuple[Instrument, Name],
        citation: Citation,
        written: str,
        spoken: tuple[date, date] | None,
    ) -> tuple[ResolvedLaw, str]:
        """Take number and id from a law that nothing ties to the mention, and say why."""
        if written and law.law_num and law.law_num != written and "年" in written:
            # The name's law has another number: a slip, or a namesake that no registry holds.
            norm = citation.name if is_full(citation.name) else law.norm
            return replace(law, norm=norm, law_num=written, law_id="", instrument=None), "number_mismatch"
        if not written and outlived(record, self._reference, spoken):
            # A title that a later law took over: the law of today is another one.
            return ResolvedLaw(citation.name, kind=law.kind, flags=law.flags), "id_withheld"
        if made_after(record, self._reference) and (law.law_num or law.law_id):
            return replace(law, law_num="", law_id="", instrument=None), "id_withheld"
        return law, ""

    def derived(self, law: ResolvedLaw, citation: Citation) -> ResolvedLaw:
        """Return 施行令 of a law, a bill or an amending instrument: instruments of their own."""
        suffix = citation.suffix + ("案" if citation.bill else "")
        if not suffix:
            return law
        if citation.suffix:
            title = law.norm + citation.suffix
            own = self._known.titled(title, self._reference)
            if own is not None and not citation.bill:
                return self.law(own, None)
        if citation.suffix.endswith("改正議定書"):
            suffix = "を改正する議定書" + "案" * citation.bill
        elif citation.suffix.endswith("改正法") and citation.prefix.endswith("年"):
            return ResolvedLaw(citation.prefix + citation.name + suffix, kind=law.kind, flags=law.flags)
        elif citation.suffix.endswith("改正法"):
            others = "等" * citation.suffix.startswith("等")
            suffix = f"{others}の一部を改正する法律" + "案" * citation.bill
        elif _PROTOCOL.match(suffix):
            suffix = "の" + suffix
        kind = "bill" if citation.bill else "protocol" if suffix.endswith("議定書") else law.kind
        # No list names what grew, or its number; what is said of a bill, no list could.
        flags = law.flags if citation.bill else tuple(dict.fromkeys((*law.flags, "not_in_registry")))
        return ResolvedLaw(law.norm + suffix, kind=kind, flags=flags)

    def law(self, instrument: Instrument, name: Name | None) -> ResolvedLaw:
        """Return an instrument under the title that ``name`` and the document's date make of it."""
        # An official title that is written out is meant as it stands, also before or after its time.
        written = name is not None and name.kind in ("title", "former")
        title = name.text if name is not None and written else instrument.title_on(self._day(name))
        flags = []
        if title != instrument.title:
            flags.append("law_renamed")
        if instrument.status in ENDED:
            flags.append("law_repealed")
        return ResolvedLaw(
            title,
            instrument.number,
            instrument.law_id,
            instrument.kind,
            flags=tuple(flags),
            instrument=instrument,
        )

    def _day(self, name: Name | None) -> date | None:
        """Return the day whose title is meant: the document's, or the last of a short name's use."""
        day = self._reference
        if name is None or day is None or name.valid.holds(day):
            return day
        return name.valid.last if name.valid.last and name.valid.last < day else day


def _undecided(law: ResolvedLaw, several: list[Instrument]) -> ResolvedLaw:
    """Keep the likeliest name, but no number and no id, where several instruments may be meant."""
    candidates = tuple(Candidate(i.title, i.number, i.law_id) for i in several)
    return replace(law, law_num="", law_id="", instrument=None, candidates=candidates)
