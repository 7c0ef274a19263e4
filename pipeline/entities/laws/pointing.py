"""What 同法, 同条, 同施行令 and their like mean.

The instrument that they point back to, or one that grows from it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.anaphora import HEADS, resolved_place
from pipeline.entities.laws.antecedents import amended_by, is_amending
from pipeline.entities.laws.locators import LEVELS
from pipeline.entities.laws.numbers import kanji_number
from pipeline.entities.laws.resolved import ResolvedLaw

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.laws.antecedents import CitedLaw, CitedLaws
    from pipeline.entities.laws.citation import Citation
    from pipeline.entities.laws.instruments import Instruments
    from pipeline.entities.laws.naming import Naming
    from pipeline.model.entity import Mention

# Orders that a law can have one of: 同施行令 is that of the law named last.
OF_A_LAW = frozenset({"施行令", "施行規則", "施行細則"})
ORDERS = ("施行令", "施行規則")
LAWS = frozenset({"法", "法律"})
# Acts that amend several laws have so many articles at most (決め打ち).
FEW = 30
# 同令, 同基準: words of many meanings, mentions only where such an instrument has been named.
VAGUE = frozenset({"令", "規程", "基準", "施行細則", "同"})


class Pointing:
    """Resolves the anaphors of one document."""

    def __init__(self, naming: Naming, cited: CitedLaws, reference: date | None, known: Instruments) -> None:
        """Take what says what names mean, and the laws that the text has named, which grow as it is read."""
        self._naming, self._cited, self._reference, self._known = naming, cited, reference, known

    def meant(
        self,
        mention: Mention[Citation],
        citation: Citation,
        surface: str,
        spoken: tuple[date, date] | None,
    ) -> ResolvedLaw | None:
        """Return what an anaphor means, None where it points to nothing that could be meant.

        Args:
            mention: Where it stands.
            citation: What is written.
            surface: The clean text of the mention.
            spoken: The time that the sentence or row speaks of, if it names one.
        """
        past, citation = self._antecedent(mention, citation, spoken)
        if past and citation.anaphor in LAWS:
            bare = surface.startswith(citation.anaphor)
            # X法 … Y法 …（法第3条）: which of them, the text does not say
            if (bare and not self._cited.certain(past)) or _of_several(past, citation, bare=bare):
                past = None
        if past is None:
            if citation.anaphor not in HEADS - VAGUE:
                return None
            own = "同" + citation.anaphor + citation.suffix
            return ResolvedLaw(own, locators=citation.locators, flags=("unresolved_anaphora",))
        if citation.anaphor in LEVELS:
            place = resolved_place(citation.anaphor, past.law.locators, citation.locators)
            return replace(past.law, locators=place, antecedent=past.index)
        law = self._instrument(past, citation, surface)
        if citation.suffix:
            law = self._numbered(self._naming.derived(law, citation), citation)
        return replace(law, locators=citation.locators, antecedent=past.index)

    def _antecedent(
        self, mention: Mention[Citation], citation: Citation, spoken: tuple[date, date] | None
    ) -> tuple[CitedLaw | None, Citation]:
        """Return what an anaphor points back to, and the anaphor as it is to be read then: 同施行令 as 同法施行令."""
        past = None if citation.undefined else self._cited.meant(citation, mention, spoken, self._reference)
        if past is None and citation.anaphor in OF_A_LAW:
            of_law = replace(citation, anaphor="法", suffix=citation.anaphor)
            past = self._cited.meant(of_law, mention, spoken, self._reference)
            citation = of_law if past else citation
        if past is None and citation.anaphor in LAWS and not citation.undefined:
            past = self._order(mention, citation, spoken)
        return past, citation

    def _order(
        self, mention: Mention[Citation], citation: Citation, spoken: tuple[date, date] | None
    ) -> CitedLaw | None:
        """Return the order in the same sentence that a law has (X法施行令), where the text names no law."""
        for order in ORDERS:
            own = replace(citation, anaphor=order, suffix="", enacted=False)
            past = self._cited.meant(own, mention, spoken, self._reference)
            if past and past.mention.sentence == mention.sentence and law_of(past.law.norm):
                return past
        return None

    def _instrument(self, past: CitedLaw, citation: Citation, surface: str) -> ResolvedLaw:
        """Return the instrument of ``past``, or the one that it became, amended or is amended by."""
        law = past.law
        other = _other(law.norm, citation, surface)
        if other:
            return self._titled(other, ResolvedLaw(other, flags=("not_in_registry",)))
        if past.citation.bill and citation.anaphor in LAWS and law.norm.endswith("案"):
            # 〜法案を提出し、…成立した。同法は: what the bill became.
            title = law.norm.removesuffix("案")
            return self._titled(title, replace(law, norm=title, kind="law"))
        if past.citation.amended and citation.bill and not past.citation.bill:
            return ResolvedLaw(f"{law.norm}の一部を改正する法律案", kind="bill")
        if citation.anaphor == "改正法" and past.citation.prefix != "改正" and not is_amending(law.norm):
            # 道路交通法の改正法 … 同改正法: an act of its own, whose number the text does not give.
            return ResolvedLaw(f"{law.norm}の一部を改正する法律", kind=law.kind, flags=("not_in_registry",))
        return law

    def _titled(self, title: str, unknown: ResolvedLaw) -> ResolvedLaw:
        """Return the law with a title, or ``unknown`` where no registry holds it."""
        base = self._known.titled(title, self._reference)
        return self._naming.law(base, None) if base else unknown

    def _numbered(self, law: ResolvedLaw, citation: Citation) -> ResolvedLaw:
        """Give 同法施行規則（昭和26年農林省令第35号） its number; another one than the known one speaks against its id."""
        written = kanji_number(citation.number)
        if not written or law.law_num == written:
            return law
        if law.law_num:
            law = replace(law, law_id="", instrument=None, flags=(*law.flags, "number_mismatch"))
        return replace(law, law_num=written)


def _of_several(past: CitedLaw, citation: Citation, *, bare: bool) -> bool:
    """Whether a place may be one in any of the laws that an act changes, or in the act: X法等の一部を改正する法律, 同法第5条.

    So few articles has the act itself; those with a branch number are of the law that it is named after.
    """
    if "等の一部を改正する" not in past.law.norm or citation.supplement:
        return False
    own = (number.isdigit() and int(number) <= FEW for number in citation.locators.article)
    return any(own) or (bare and bool(citation.locators.article))


def _other(title: str, citation: Citation, surface: str) -> str:
    """Return the title of the law that an anaphor means, where it points to another instrument."""
    # A place in the law that was amended: 災害対策基本法の一部を改正する法律により、同法第42条の2に….
    placed = (citation.locators.article and "附則" not in surface) or citation.suffix
    own = title.removesuffix("案") if citation.anaphor in LAWS else title
    if placed and (amended := amended_by(own)):
        return amended
    return law_of(title) if citation.anaphor in LAWS else ""  # X法施行令並びに同法施行規則


def law_of(title: str) -> str:
    """Return the title of the law that an order is made under, as far as its own title says so.

    >>> law_of("電波法施行令"), law_of("輸出貿易管理令")
    ('電波法', '')
    """
    return next((title.removesuffix(order) for order in ORDERS if title.endswith("法" + order)), "")
