"""Months and days in a table that stands below a text of an earlier time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.memory import ASIDE
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Sentence

# So many years before the document's the text above speaks of a time that is over (決め打ち).
OVER = 2
# What the sentence right above a table says of it.
LEADS = Rule(
    "sentence_that_leads_to_a_table",
    r"(?:次|以下|下記|下表|左表|右表|表|図)[^。]{0,24}(?:通り|とおり|示す|示した|まとめた|である)。?$",
    reads=("月ごとの件数は⟦次のとおりである。⟧",),
    leaves=("2019年には連休が長くなった。",),
)


def of_no_told_year(
    mention: Mention[Expression],
    past: Past,
    sentences: Sequence[Sentence],
    memory: Memory,
    today: date | None,
) -> bool:
    """Whether nothing tells that a month or day in a table is of the year of the prose above it.

    2019年には連休が長くなった。｜会場 5/7 5/14: the days may as well be of the document's own time.
    """
    if sentences[mention.sentence].kind != "table" or today is None or past.period.year > today.year - OVER:
        return False
    above = sentences[past.sentence]
    if above.kind in ASIDE or not above.text.endswith("。"):
        return False
    return memory.distance(mention, past) > 1 or LEADS.search(above.text) is None
