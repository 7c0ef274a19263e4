"""LAW: citations → instruments, under the name that each had when the text speaks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.antecedents import CitedLaw, CitedLaws, ResolvedLaw, amended_by, is_amending
from pipeline.entities.laws.choice import GAP, agree, behind, choose, is_title
from pipeline.entities.laws.citation import HEADS
from pipeline.entities.laws.locators import Locators
from pipeline.entities.laws.numbers import kanji_number
from pipeline.entities.laws.pages import text_may_differ, url
from pipeline.model.entity import Candidate

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.laws.citation import Citation
    from pipeline.entities.laws.instruments import Instruments
    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Name
    from pipeline.model.entity import Mention


class LawResolver:
    """Resolves the citations of one document, in text order."""

    def __init__(self, reference: date | None, known: Instruments) -> None:
        """Take the document's reference date (without one the law as it stands today is meant) and the registry."""
        self._reference = reference
        self._known = known
        self._cited = CitedLaws()
        self._numbers: dict[str, str] = {}
        self._passed: dict[str, ResolvedLaw] = {}

    def resolve(
        self,
        index: int,
        mention: Mention[Citation],
        citation: Citation,
        surface: str,
        spoken: tuple[date, date] | None,
    ) -> ResolvedLaw | None:
        """Return the instrument, or None where an anaphor points to nothing that could be meant.

        Args:
            index: Of the mention, which later ones may name as their antecedent.
            mention: Where it stands.
            citation: What is written.
            surface: The clean text of the mention.
            spoken: The time that the sentence or row speaks of, if it names one.
        """
        if citation.anaphor:
            law = self._anaphor(citation, surface, spoken)
        elif citation.name:
            law = self._renamed(mention, citation) or self._named(citation, spoken)
        else:
            law = self._numbered(mention, citation)
        if law is None:
            return None
        if not citation.anaphor and law.locators != citation.locators:
            law = replace(law, locators=citation.locators)
        self._cited.append(CitedLaw(index, mention, citation, law))
        return self._published(law)

    def _published(self, law: ResolvedLaw) -> ResolvedLaw:
        """Say where the law stands today, and warn of what may have moved since."""
        flags = law.flags
        if not law.law_num and {"not_in_registry", "unresolved_anaphora"} & set(flags):
            flags = (*flags, "unresolved")
        own = law.instrument
        if own is None:
            return replace(law, flags=flags)
        differs = text_may_differ(own, law.locators, self._reference)
        flags = (*flags, "text_may_differ") if differs else flags
        page = url(own, law.locators, differs=differs)
        return replace(law, flags=flags, url=page, title_today=own.title)

    def _renamed(self, mention: Mention[Citation], citation: Citation) -> ResolvedLaw | None:
        """労働者年金保険法から厚生年金保険法に改称: the law before it, and no later namesake."""
        past = self._cited.last if citation.renamed else None
        if past is None or past.law.instrument is None or past.mention.sentence != mention.sentence:
            return None
        near = mention.start - past.mention.end <= GAP
        known = any(name.text == citation.name for name in past.law.instrument.names)
        return replace(past.law, norm=citation.name) if near and known else None

    def _named(self, citation: Citation, spoken: tuple[date, date] | None) -> ResolvedLaw:
        flags: list[str] = []
        written = kanji_number(citation.number or citation.near)
        found = self._known.numbered(written)
        if found is not None and not agree(citation, found):
            # A number that belongs to another law is a slip of the text: never an id by such a number.
            found, flags = None, ["number_mismatch"]
        if found is not None:
            law = self._law(found, next((name for own, name in citation.records if own is found), None))
            if not citation.records and is_title(citation.name, found):
                law = replace(law, norm=citation.name, flags=("law_renamed", *law.flags))
        else:
            law = self._by_name(citation, written, flags, spoken)
        law = self._derived(law, citation)
        if found is None and not law.law_num and "number_mismatch" not in flags:
            law = replace(law, law_num=written or self._numbers.get(law.norm, ""))
            self._numbers[law.norm] = law.law_num
        return replace(law, flags=(*law.flags, *flags)) if flags else law

    def _by_name(
        self, citation: Citation, written: str, flags: list[str], spoken: tuple[date, date] | None
    ) -> ResolvedLaw:
        record, several = choose(citation, self._known, self._reference, spoken)
        if record is None:
            year = citation.prefix if citation.prefix.endswith("年") else ""
            return ResolvedLaw(year + citation.name, flags=("not_in_registry",))
        law = self._law(*record)
        if several:
            flags.append("ambiguous_name")
            return _undecided(law, several)
        own = citation.suffix or citation.bill or flags
        if written and law.law_num and law.law_num != written and not own and "年" in written:
            # The name's law has another number: a slip, or a namesake that no registry holds.
            flags.append("number_mismatch")
            return replace(law, law_num=written, law_id="", instrument=None)
        return law

    def _derived(self, law: ResolvedLaw, citation: Citation) -> ResolvedLaw:
        """施行令 of a law, a bill and an amending instrument are instruments of their own."""
        suffix = citation.suffix + ("案" if citation.bill else "")
        if not suffix:
            return law
        if citation.suffix:
            title = law.norm + citation.suffix
            own = self._known.titled(title, self._reference)
            if own is not None and not citation.bill:
                return self._law(own, None)
        if citation.suffix.endswith("改正議定書"):
            suffix = "を改正する議定書" + "案" * citation.bill
        elif citation.suffix.endswith("改正法") and citation.prefix.endswith("年"):
            return ResolvedLaw(citation.prefix + citation.name + suffix, kind=law.kind, flags=law.flags)
        elif citation.suffix.endswith("改正法"):
            others = "等" * citation.suffix.startswith("等")
            suffix = f"{others}の一部を改正する法律" + "案" * citation.bill
        elif re.match("(?:第.{1,2})?(?:選択|追加)議定書", suffix):
            suffix = "の" + suffix
        return ResolvedLaw(law.norm + suffix, kind="bill" if citation.bill else law.kind, flags=law.flags)

    def _law(self, instrument: Instrument, name: Name | None) -> ResolvedLaw:
        # An official title that is written out is meant as it stands, also before or after its time.
        written = name is not None and name.kind in ("title", "former")
        title = name.text if name is not None and written else instrument.title_on(self._day(name))
        flags = []
        if title != instrument.title:
            flags.append("law_renamed")
        if instrument.status in ("repealed", "lapsed", "ended", "superseded"):
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

    def _numbered(self, mention: Mention[Citation], citation: Citation) -> ResolvedLaw:
        written = kanji_number(citation.number)
        # 「…に関する法律」（平成25年法律第108号…）: the number belongs to the name before it.
        past = self._cited.last
        if past and past.citation.name and behind(mention, past.mention, written, past.law.law_num):
            number = past.law.law_num or written
            self._numbers[past.law.norm] = number
            return replace(past.law, law_num=number, locators=citation.locators, antecedent=past.index)
        found = self._known.numbered(written)
        if found is not None:
            return self._law(found, None)
        if citation.passed and past and past.citation.bill and past.mention.sentence == mention.sentence:
            # 〜法案が…成立し（平成26年法律第118号）: what the bill became.
            title = past.law.norm.removesuffix("案")
            self._passed[written] = ResolvedLaw(title, written, flags=("not_in_registry",))
        if written in self._passed:
            return self._passed[written]
        return ResolvedLaw(citation.number, law_num=written, flags=("not_in_registry",))

    def _anaphor(
        self, citation: Citation, surface: str, spoken: tuple[date, date] | None
    ) -> ResolvedLaw | None:
        past = self._cited.meant(citation, spoken, self._reference)
        if past is None:
            if citation.anaphor not in HEADS:
                return None
            return ResolvedLaw(
                "同" + citation.anaphor, locators=citation.locators, flags=("unresolved_anaphora",)
            )
        law = replace(past.law, locators=citation.locators, antecedent=past.index)
        amended = amended_by(law.norm)
        same_place = citation.anaphor in ("条", "項")
        placed = citation.locators.article and "附則" not in surface and not same_place
        if amended and (placed or citation.suffix):
            # A place in the law that was amended: 災害対策基本法の一部を改正する法律により、同法第42条の2に….
            base = self._known.titled(amended, self._reference)
            law = self._law(base, None) if base else ResolvedLaw(amended, flags=("not_in_registry",))
        elif past.citation.bill and citation.anaphor in ("法", "法律") and law.norm.endswith("案"):
            # 〜法案を提出し、…成立した。同法は: what the bill became.
            base = self._known.titled(law.norm.removesuffix("案"), self._reference)
            passed = replace(law, norm=law.norm.removesuffix("案"), kind="law")
            law = self._law(base, None) if base else passed
        elif past.citation.amended and citation.bill and not past.citation.bill:
            return ResolvedLaw(f"{law.norm}の一部を改正する法律案", kind="bill", antecedent=past.index)
        elif citation.anaphor == "改正法" and past.citation.prefix != "改正" and not is_amending(law.norm):
            # 道路交通法の改正法 … 同改正法: an act of its own, whose number the text does not give.
            return ResolvedLaw(
                f"{law.norm}の一部を改正する法律",
                kind=law.kind,
                locators=citation.locators,
                antecedent=past.index,
                flags=("not_in_registry",),
            )
        if citation.anaphor in ("条", "項"):
            own = citation.locators
            article = past.law.locators.article[-1:]
            paragraph = own.paragraph or (
                past.law.locators.paragraph[-1:] if citation.anaphor == "項" else ()
            )
            return replace(law, locators=Locators(article, paragraph, own.item))
        if citation.suffix:
            law = self._derived(law, citation)
        return replace(law, locators=citation.locators, antecedent=past.index)


def _undecided(law: ResolvedLaw, several: list[Instrument]) -> ResolvedLaw:
    """Keep the likeliest name, but no number and no id, where several instruments may be meant."""
    candidates = tuple(Candidate(i.title, i.number, i.law_id) for i in several)
    return replace(law, law_num="", law_id="", instrument=None, candidates=candidates)
