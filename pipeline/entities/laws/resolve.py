"""LAW: citations → instruments, under the name that each had when the text speaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.antecedents import CitedLaw, CitedLaws
from pipeline.entities.laws.choice import GAP, agree, is_title
from pipeline.entities.laws.evidence import evidence
from pipeline.entities.laws.naming import Naming
from pipeline.entities.laws.numbers import kanji_number, made_on
from pipeline.entities.laws.pages import text_may_differ, url
from pipeline.entities.laws.pointing import Pointing
from pipeline.entities.laws.resolved import ResolvedLaw

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.laws.citation import Citation
    from pipeline.entities.laws.instruments import Instruments
    from pipeline.model.entity import Mention


class LawResolver:
    """Resolves the citations of one document, in text order."""

    def __init__(self, reference: date | None, known: Instruments) -> None:
        """Take the document's reference date (None: the law as it stands today) and the registry."""
        self._reference = reference
        self._known = known
        self._cited = CitedLaws()
        self._naming = Naming(reference, known)
        self._pointing = Pointing(self._naming, self._cited, reference, known)
        self._numbers: dict[str, str] = {}
        self._given: dict[tuple[str, str], str] = {}
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
            law = self._pointing.meant(mention, citation, surface, spoken)
        elif citation.name:
            law = self._renamed(mention, citation) or self._named(citation, spoken)
        else:
            law = self._numbered(mention, citation)
        if law is None:
            return None
        if not citation.anaphor and law.locators != citation.locators:
            law = replace(law, locators=citation.locators)
        if law.law_id and not evidence(law, citation, self._reference, spoken):
            law = replace(law, law_num="", law_id="", instrument=None, flags=(*law.flags, "id_withheld"))
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
        flags: tuple[str, ...] = ()
        written = self._written(citation)
        found = self._known.numbered(written)
        if found is not None and not agree(citation, found):
            # A number that belongs to another law is a slip of the text: never an id by such a number.
            found, flags = None, ("number_mismatch",)
        if found is not None:
            law = self._naming.law(
                found, next((name for own, name in citation.records if own is found), None)
            )
            if not citation.records and is_title(citation.name, found):
                law = replace(law, norm=citation.name, flags=("law_renamed", *law.flags))
        else:
            law, flag = self._naming.by_name(citation, "" if flags else written, spoken)
            flags = tuple(dict.fromkeys((*flags, *filter(None, (flag,)))))
        law = self._naming.derived(law, citation)
        if found is None and not law.law_num and "number_mismatch" not in flags:
            law = replace(law, law_num=written or self._numbers.get(law.norm, ""))
            self._numbers[law.norm] = law.law_num
        return replace(law, flags=(*law.flags, *flags)) if flags else law

    def _written(self, citation: Citation) -> str:
        """Return the number that the text gives a name here, or to 旧X earlier; as promulgated."""
        written = kanji_number(citation.number or citation.near)
        if citation.suffix:
            return written
        key = (citation.prefix, citation.name)
        if written:
            self._given[key] = written
        return written or (self._given.get(key, "") if citation.prefix == "旧" else "")

    def _numbered(self, mention: Mention[Citation], citation: Citation) -> ResolvedLaw:
        written = kanji_number(citation.number)
        # 「…に関する法律」（平成25年法律第108号…）: the number belongs to the name before it.
        past = self._cited.ending_at(mention.sentence, citation.owner)
        if past and past.citation.name and _belongs(written, past.law.law_num):
            number = past.law.law_num or written
            self._numbers[past.law.norm] = number
            return replace(past.law, law_num=number, locators=citation.locators, antecedent=past.index)
        found = self._known.numbered(written)
        if found is not None:
            given, made = made_on(citation.number), found.valid.first
            if given and made and given != (made.month, made.day):
                # 平成12年4月1日 法律第87号: another day than that of its making, so perhaps another year's law.
                return ResolvedLaw(citation.number, flags=("id_withheld",))
            return self._naming.law(found, None)
        last = self._cited.last
        if citation.passed and last and last.citation.bill and last.mention.sentence == mention.sentence:
            # 〜法案が…成立し（平成26年法律第118号）: what the bill became.
            title = last.law.norm.removesuffix("案")
            self._passed[written] = ResolvedLaw(title, written, flags=("not_in_registry",))
        if written in self._passed:
            return self._passed[written]
        return ResolvedLaw(citation.number, law_num=written, flags=("not_in_registry",))


def _belongs(written: str, known: str) -> bool:
    """Whether a number in the bracket behind a name can be its own.

    One without its year says less than the known one.
    """
    return known in ("", written) or ("年" not in written and known.endswith(written))
