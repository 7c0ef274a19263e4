"""LAW: citations → instruments, under the name that each had when the text speaks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pipeline.clean import fold
from pipeline.law_numbers import kanji_number
from pipeline.locators import Locators
from pipeline.registry import instrument_lexicon, instruments
from pipeline.resolve.antecedents import can_mean

if TYPE_CHECKING:
    from datetime import date

    from pipeline.model import Mention
    from pipeline.recognize.citation import Citation
    from pipeline.registry import Instrument, Name

# How alike a name in the text and a registered title with its number must be (決め打ち).
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class ResolvedLaw:
    """The instrument of one mention; ``law_id`` is empty where none is known for certain."""

    norm: str
    law_num: str = ""
    law_id: str = ""
    kind: str = ""
    locators: Locators = field(default_factory=Locators)
    antecedent: int | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Past:
    index: int
    citation: Citation
    law: ResolvedLaw


class LawResolver:
    """Resolves the citations of one document, in text order."""

    def __init__(self, reference: date | None) -> None:
        """Take the document's reference date; without one the law as it stands today is meant."""
        self._reference = reference
        self._pasts: list[_Past] = []
        self._by_number = {i.number: i for i in instruments() if i.number}
        self._own: dict[str, ResolvedLaw] = {}

    def resolve(
        self, index: int, mention: Mention, citation: Citation, surface: str, spoken: tuple[date, date] | None
    ) -> ResolvedLaw | None:
        """Return the instrument, or None where an anaphor points to nothing that could be meant.

        Args:
            index: Of the mention, which later ones may name as their antecedent.
            mention: Where it stands.
            citation: What is written.
            surface: The clean text of the mention.
            spoken: The time that the sentence or row speaks of, if it names one.
        """
        del mention
        if citation.anaphor:
            law = self._anaphor(citation)
        elif citation.name:
            law = self._named(citation, spoken)
        else:
            law = self._numbered(citation, surface)
        if law is None:
            return None
        if not citation.anaphor:
            law = replace(law, locators=citation.locators)
        self._pasts.append(_Past(index, citation, law))
        if citation.name:
            self._own[citation.name] = law
        return law

    def _named(self, citation: Citation, spoken: tuple[date, date] | None) -> ResolvedLaw:
        flags: list[str] = []
        found = self._by_number.get(kanji_number(citation.number or citation.near))
        if found is not None and not _agree(citation, found):
            # A number that belongs to another law is a slip of the text: never an id by such a number.
            found, flags = None, ["number_mismatch"]
        if found is not None:
            law = self._law(found, None)
        else:
            record, ambiguous = self._choose(citation, spoken)
            if ambiguous:
                flags.append("ambiguous_name")
            year = citation.prefix if citation.prefix.endswith("年") else ""
            if record is None:
                law = ResolvedLaw(year + citation.name, flags=("not_in_registry",))
            else:
                law = self._law(*record)
                law = replace(law, law_num="", law_id="") if ambiguous else law
        if citation.number and not law.law_num and "number_mismatch" not in flags:
            law = replace(law, law_num=kanji_number(citation.number))
        law = self._derived(law, citation)
        return replace(law, flags=(*law.flags, *flags))

    def _derived(self, law: ResolvedLaw, citation: Citation) -> ResolvedLaw:
        """施行令 of a law, a bill and an amending instrument are instruments of their own."""
        suffix = citation.suffix + ("案" if citation.bill else "")
        if not suffix:
            return law
        if citation.suffix:
            title = law.norm + citation.suffix
            bearing = (record for record, _ in instrument_lexicon().get(fold(title)))
            own = next((i for i in bearing if title in (i.title, i.title_on(self._reference))), None)
            if own is not None and not citation.bill:
                return self._law(own, None)
        if citation.suffix.endswith("改正議定書"):
            suffix = "を改正する議定書" + "案" * citation.bill
        return ResolvedLaw(law.norm + suffix, kind="bill" if citation.bill else law.kind, flags=law.flags)

    def _choose(
        self, citation: Citation, spoken: tuple[date, date] | None
    ) -> tuple[tuple[Instrument, Name] | None, bool]:
        """Choose among the records that bear a name: by 旧, by the document's date, by the time spoken of."""
        records = list(citation.records)
        if citation.prefix in ("旧", "新"):
            exact = self._exact(citation.prefix + citation.name)
            if exact is not None:
                return exact, False
            ended = [pair for pair in records if pair[0].status not in ("in_force", "not_in_force")]
            records = ended if ended and citation.prefix == "旧" else records
        if not records:
            return None, False
        day = self._reference
        now = [pair for pair in records if _valid(pair, day, day)] if day else []
        if spoken and len(records) > 1 and not any(pair[0].valid.holds(*spoken) for pair in now):
            # The time spoken of lies wholly outside of what the name means today.
            now = [pair for pair in records if _valid(pair, *spoken)] or now
        elif spoken:
            now = [pair for pair in now if _valid(pair, *spoken)] or now
        records = now or records
        current = [pair for pair in records if pair[0].status == "in_force"] or records
        # Between its making and the end of the old one, a new law and its namesake are both meant.
        return current[-1], len({id(pair[0]) for pair in (records if day else current)}) > 1

    @staticmethod
    def _exact(name: str) -> tuple[Instrument, Name] | None:
        return next((pair for pair in instrument_lexicon().get(fold(name)) if pair[1].text == name), None)

    def _law(self, instrument: Instrument, name: Name | None) -> ResolvedLaw:
        # An official title that is written out is meant as it stands, also before or after its time.
        written = name is not None and name.kind in ("title", "former")
        title = name.text if name is not None and written else instrument.title_on(self._day(name))
        flags = []
        if title != instrument.title:
            flags.append("law_renamed")
        if instrument.status in ("repealed", "lapsed", "ended", "superseded"):
            flags.append("law_repealed")
        return ResolvedLaw(title, instrument.number, instrument.law_id, instrument.kind, flags=tuple(flags))

    def _day(self, name: Name | None) -> date | None:
        """Return the day whose title is meant: the document's, or the last of a short name's use."""
        day = self._reference
        if name is None or day is None or name.valid.holds(day):
            return day
        return name.valid.last if name.valid.last and name.valid.last < day else day

    def _numbered(self, citation: Citation, surface: str) -> ResolvedLaw:
        written = kanji_number(citation.number)
        found = self._by_number.get(written)
        if found is not None:
            return self._law(found, None)
        # 「…に関する法律」（平成25年法律第108号…）: the number belongs to the name before it.
        if self._pasts and self._pasts[-1].citation.name and not self._pasts[-1].law.law_num:
            past = self._pasts[-1]
            return replace(past.law, law_num=written, locators=citation.locators, antecedent=past.index)
        return ResolvedLaw(surface, law_num=written, flags=("not_in_registry",))

    def _anaphor(self, citation: Citation) -> ResolvedLaw | None:
        past = next((p for p in reversed(self._pasts) if can_mean(citation, p.citation, p.law)), None)
        if past is None:
            if citation.anaphor in ("条", "項"):
                return None
            return ResolvedLaw(
                "同" + citation.anaphor, locators=citation.locators, flags=("unresolved_anaphora",)
            )
        law = replace(past.law, locators=citation.locators, antecedent=past.index)
        if past.citation.amended and citation.bill and not past.citation.bill:
            return ResolvedLaw(f"{law.norm}の一部を改正する法律案", kind="bill", antecedent=past.index)
        if citation.anaphor in ("条", "項"):
            own = citation.locators
            article = past.law.locators.article[-1:]
            paragraph = own.paragraph or (
                past.law.locators.paragraph[-1:] if citation.anaphor == "項" else ()
            )
            return replace(law, locators=Locators(article, paragraph, own.item))
        if citation.suffix:
            law = replace(self._derived(law, citation), locators=citation.locators, antecedent=past.index)
        return law


def _agree(citation: Citation, found: Instrument) -> bool:
    """Whether a number and a name can belong together."""
    if citation.bill:
        return False
    if citation.suffix:
        return any(name.text.endswith(citation.suffix) for name in found.names)
    if citation.records:
        return any(record is found for record, _ in citation.records)
    ratios = (SequenceMatcher(None, citation.name, name.text).ratio() for name in found.names)
    return max(ratios, default=0.0) >= ALIKE


def _valid(pair: tuple[Instrument, Name], first: date | None, last: date | None) -> bool:
    instrument, name = pair
    return name.valid.holds(first, last) and instrument.valid.holds(first, last)
