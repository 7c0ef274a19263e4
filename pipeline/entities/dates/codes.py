"""Numbers of items that look like dates in digits: 2.1.6 and 10.5.5 before what they number in a budget.

One alone cannot be told from a date. Many can: they stand right before a name, count in small numbers, and
differ in the last one, which as days of a month so many would not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.dates.parts import Expression
    from pipeline.model.sentence import Analysis

# So many numbers before names, with so many last numbers, of which none is larger, number items (決め打ち).
LEAST, DIFFERENT, LARGEST = 5, 3, 12
ITEM = Rule(
    "number_before_its_item",
    r"(?<![\d./A-Za-z元年一-龥々])\d{1,2}\.\d{1,2}\.(?P<last>\d{1,2})[ 　]?(?=[一-龥ァ-ヶ])",
    reads=("⟦2.1.6 ⟧財産管理費", "⟦10.5.5⟧図書館費"),
    leaves=("H25.10.3施行", "25.10.3", "2.1.6.1図書館費", "令和5.4.1施行"),
)


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
