"""Numbers of items that look like dates in digits: 2.1.6 and 10.5.5 before what they number in a budget.

One alone cannot be told from a date. Many can: they stand right before a name, count in small numbers, and
differ in the last one, which as days of a month so many would not.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.entities.dates.around import DAY_OF_WEEK
from pipeline.entities.dates.facts import words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.dates.parts import Expression, Found
    from pipeline.model.sentence import Analysis, Sentence

# So many numbers before names, with so many last numbers, of which none is larger, number items (決め打ち).
LEAST, DIFFERENT, LARGEST = 5, 3, 12
ITEM = Rule(
    "number_before_its_item",
    r"(?<![\d./A-Za-z元年一-龥々])\d{1,2}\.\d{1,2}\.(?P<last>\d{1,2})[ 　]?(?=[一-龥ァ-ヶ])",
    reads=("⟦2.1.6 ⟧財産管理費", "⟦10.5.5⟧図書館費"),
    leaves=("H25.10.3施行", "25.10.3", "2.1.6.1図書館費", "令和5.4.1施行"),
)


# 補助率 at the head of a column: 10/10 below it is a share of a cost.
COLUMN = Rule(
    "head_of_a_column_of_shares",
    rf"^(?:国の?|県の?|国庫)?(?:{words('share_column')})[^、。\d]{{0,8}}$",
    reads=("⟦補助率⟧", "⟦国庫補助率（上限）⟧", "⟦補助率の例⟧"),
    leaves=("補助率（10/10）は200", "補助金"),
)


def tells_shares(analyses: Sequence[Analysis]) -> bool:
    """Whether a table of the text tells shares of a cost, so that 1/2 and 10/10 are no days there."""
    return any(one.sentence.kind == "table" and COLUMN.search(one.sentence.text) for one in analyses)


def may_be_share(expression: Expression) -> bool:
    """Whether an expression has the form of a share: 10/10, and not 10/3 or 2024/1/2."""
    first = expression.first
    alone = not first.has_year and expression.second is None
    return alone and 0 < (first.month or 0) <= (first.day or 0)


def number_items(analyses: Sequence[Analysis]) -> bool:
    """Whether numbers like 10.5.5 number the items of a text."""
    lasts = [
        int(match["last"])
        for analysis in analyses
        if "." in analysis.sentence.text
        for match in ITEM.finditer(analysis.sentence.text)
    ]
    return len(lasts) >= LEAST and len(set(lasts)) >= DIFFERENT and max(lasts) <= LARGEST


def may_number(expression: Expression) -> bool:
    """Whether an expression has the form of such a number: 10.5.5, and not 10年5月5日."""
    first = expression.first
    return first.bare is not None and first.day is not None and expression.second is None


class Codes:
    """The numbers of one document that are no dates, whatever they look like."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        """Take the sentences; they are looked through where a number asks for it."""
        self._analyses = analyses

    def is_none(self, sentence: Sentence, found: Found) -> bool:
        """Whether it numbers an item (10.5.5), or is a share below the head of its column (10/10)."""
        if may_number(found.expression):
            return self._numbered
        if sentence.kind != "table" or not may_be_share(found.expression) or not self._shared:
            return False
        return DAY_OF_WEEK.match(sentence.text, found.end) is None

    @cached_property
    def _numbered(self) -> bool:
        return number_items(self._analyses)

    @cached_property
    def _shared(self) -> bool:
        return tells_shares(self._analyses)
