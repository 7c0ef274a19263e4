"""What 同法, 同条約, 同省令 and 同条 can point back to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.entities.laws.amending import out_of_sight
from pipeline.entities.laws.choice import made_before
from pipeline.entities.laws.citation import Citation
from pipeline.entities.laws.fitting import LAW_HEADS, can_mean, constitution, outside_of, too_far
from pipeline.entities.laws.locators import LEVELS
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipeline.entities.laws.resolved import ResolvedLaw
    from pipeline.model.entity import Mention

_AMENDS = Rule(
    "amending_title",
    "等?の一部を改正する(?:等の)?法律$",
    reads=("災害対策基本法等の一部を改正する法律",),
    leaves=("災害対策基本法を改正する",),
)
# Sentences between an amending act and the law that it amends (決め打ち).
NEAR = 3
# … and mentions of instruments (決め打ち).
MANY = 20
# Mentions of instruments among which 同条約 looks for a 条約 first (決め打ち).
FEW = 6
# Characters of what joins two names: 並びに (決め打ち).
JOINER = 3


_STATUTE = Citation(anaphor="法")


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """An instrument that the text has named; ``index`` is its mention's."""

    index: int
    mention: Mention[Citation]
    citation: Citation
    law: ResolvedLaw


class CitedLaws:
    """The instruments that a text has named so far."""

    def __init__(self) -> None:
        """Start without any."""
        self._all: list[CitedLaw] = []
        self._statutes: dict[str, None] = {}
        self._called: set[str] = set()

    def append(self, cited: CitedLaw) -> None:
        """Take in the next."""
        self._all.append(cited)
        apart = is_amending(cited.law.norm) or constitution(cited.law.norm)
        if not apart and can_mean(_STATUTE, cited.citation, cited.law):
            self._statutes[cited.law.norm.removesuffix("案")] = None  # a bill and what it became are one
        if cited.mention.rule.startswith("definition"):
            self._called.add(cited.law.norm)

    @property
    def last(self) -> CitedLaw | None:
        """The one named last."""
        return self._all[-1] if self._all else None

    def ending_at(self, sentence: int, end: int) -> CitedLaw | None:
        """Return the one whose mention in a sentence ends at ``end``."""
        for past in reversed(self._all):
            if past.mention.sentence != sentence:
                return None
            if past.mention.end == end:
                return past
        return None

    def beside(self, past: CitedLaw) -> bool:
        """Whether a statute stands joined to another one (X法及びY法), so that a bare 法 may mean either."""
        at = next((n for n in reversed(range(len(self._all))) if self._all[n] is past), 0)
        before = self._all[at - 1] if at else None
        if before is None or before.mention.sentence != past.mention.sentence:
            return False
        near = 0 < past.mention.start - before.mention.end <= JOINER
        title = before.law.norm
        return near and title != past.law.norm and title.endswith(("法", "法律")) and not constitution(title)

    def certain(self, past: CitedLaw) -> bool:
        """Whether a bare 法 (法第3条) means ``past`` for certain: the text names no other that it may mean.

        What has been given a short name of its own (以下「通則法」という) is called by that.
        """
        if past.law.norm in self._called:
            return False
        named = (norm for norm in self._statutes if norm not in self._called)
        return next(islice(named, 1, None), None) is None

    def _several(self, at: int) -> bool:
        """Whether the law that 同法 reaches past a quotation or a constitution stands joined to another one."""
        between = self._all[at + 1 : at + 1 + MANY]
        passed = any(one.citation.quoted >= 0 or constitution(one.law.norm) for one in between)
        return passed and self.beside(self._all[at])

    def meant(
        self,
        citation: Citation,
        mention: Mention[Citation],
        spoken: tuple[date, date] | None,
        day: date | None,
    ) -> CitedLaw | None:
        """Return what an anaphor points back to: the last that can be meant, or an act that amended it."""
        at = self._last(citation, mention)
        if at is None or citation.anaphor not in LAW_HEADS:
            return None if at is None else self._all[at]
        if citation.quoted < 0 and self._several(at):
            return None
        return self._numbered_act(at, citation) or self._law(at, citation, spoken, day)

    def _law(
        self, at: int, citation: Citation, spoken: tuple[date, date] | None, day: date | None
    ) -> CitedLaw:
        """Return what 同法 means that points to the ``at``-th: that law, or an act that amended it.

        It is the act where something is said to be enacted that is made already, or where the text speaks of
        the act, and names the amended law in passing only (独占禁止法違反).
        """
        own = self._all[at]
        anew = citation.enacted and made_before(own.law.instrument, spoken, day)
        placed = citation.locators.article or citation.suffix
        if own.citation.prefix == "改正" or (placed and not anew):
            return own
        act = self._amending(at)
        if act is None:
            return own
        passing = act.citation.subject and not own.citation.subject and not citation.applied
        return act if anew or passing else own

    def _last(self, citation: Citation, mention: Mention[Citation]) -> int | None:
        """Return the index of the last one that an anaphor can mean."""
        numbers = (n for n in reversed(range(len(self._all))) if not self._out_of_sight(n, mention, citation))
        fitting = (n for n in numbers if can_mean(citation, self._all[n].citation, self._all[n].law))
        at = next(fitting, None)
        if at is not None and citation.anaphor in LAW_HEADS and constitution(self._all[at].law.norm):
            at = self._no_constitution(at, fitting, citation)
        if at is not None and citation.anaphor in LAW_HEADS and not citation.suffix:
            at = None if too_far(self._all[at].law, citation.locators.article) else at
        if at is not None and citation.anaphor == "条約":
            # 同条約 is a 条約 named shortly before rather than an 協定, which it can also be.
            near = range(at, max(at - FEW, -1), -1)
            at = next((n for n in near if self._all[n].law.norm.endswith("条約")), at)
        return at if at is None or citation.anaphor not in LEVELS else self._placed(at, citation, mention)

    def _no_constitution(self, at: int, before: Iterator[int], citation: Citation) -> int | None:
        """Return the law that 同法 means where a constitution was named last: one named shortly before, if any.

        A place that the constitution has not is one of a law that was named earlier.
        """
        own = self._all[at]
        other = next((n for n in before if not constitution(self._all[n].law.norm)), None)
        if outside_of(own.law.norm, citation.locators.article):
            return other
        near = (
            other is not None
            and at - other <= MANY
            and own.mention.sentence - self._all[other].mention.sentence <= NEAR
        )
        return other if near else at

    def _out_of_sight(self, n: int, mention: Mention[Citation], citation: Citation) -> bool:
        past = self._all[n]
        elsewhere = past.mention.sentence != mention.sentence
        return out_of_sight(past.citation, citation, elsewhere=elsewhere, at=mention.start)

    def _placed(self, at: int, citation: Citation, mention: Mention[Citation]) -> int | None:
        """Return the last one up to ``at`` that names a 項 for 同項, a 号 for 同号.

        Those before it are asked only in the same sentence.
        """
        level = LEVELS.index(citation.anaphor)
        for n in range(at, max(at - MANY, -1), -1):
            place = self._all[n].law.locators
            if n < at and self._all[n].mention.sentence != mention.sentence:
                return None
            if (place.article, place.paragraph, place.item)[level]:
                return n
        return None

    def _numbered_act(self, at: int, citation: Citation) -> CitedLaw | None:
        """Return the act, cited by its number alone, that amended the ``at``-th: X法の改正法（平成30年法律第95号）.

        It is meant where the text goes on to speak of it, and by a place in supplementary provisions; another
        place is one of the law that it amended.
        """
        own, placed = self._all[at], bool(citation.locators.article)
        for n in range(len(self._all) - 1, max(0, len(self._all) - MANY), -1):
            past = self._all[n]
            if past.citation.amends:
                near = own.mention.sentence - past.mention.sentence <= NEAR
                amended = self._all[n - 1].law.norm == own.law.norm
                return past if near and amended and (citation.supplement or (n > at and not placed)) else None
        return None

    def _amending(self, at: int) -> CitedLaw | None:
        """Return the act, named shortly before, that amended the instrument named as the ``at``-th."""
        own = self._all[at]
        for past in reversed(self._all[max(0, at - MANY) : at]):
            if own.mention.sentence - past.mention.sentence > NEAR:
                return None
            if amended_by(past.law.norm) == own.law.norm:
                return past
        return None


def amended_by(title: str) -> str:
    """Return the title of the law that an act amends; ``""`` if ``title`` is no amending act's.

    >>> amended_by("災害対策基本法等の一部を改正する法律")
    '災害対策基本法'
    """
    amended = _AMENDS.sub("", title)
    return amended if amended != title else ""


def is_amending(title: str) -> bool:
    """Whether a title is that of an amending act, or of the bill of one."""
    return bool(amended_by(title.removesuffix("案")))
