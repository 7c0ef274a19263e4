"""Which year heads the rows of a chronicle, and which months run on into the year behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.pieces import S
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Sentence

# A row of a chronicle begins with its year, within so many characters (決め打ち).
HEAD = 20
# 平成7年の震災: the year only says which is meant. 昭和40年度の経済, a title, tells of its year.
OF = Rule(
    "year_that_says_which",
    "の(?![^ぁ-ん。、]{1,30}$)",
    reads=("平成7年⟦の⟧震災では",),
    leaves=("昭和40年度⟦の若葉経済", "平成7年⟦に"),
)
# 10～12月に比べて1～3月は: what is compared with lies before.
COMPARED = Rule(
    "months_compared_with",
    f"{S}期?{S}(?:[にと]比(?:べ|較)|より[も、]?[^。、]{{0,12}}(?:増|減|多|少|高|低|改善|悪化))",
    reads=("1～3月は10～12月⟦に比べ⟧て",),
    leaves=("10～12月⟦に",),
)
# 40年7月の98から3月の99まで
FROM = Rule(
    "first_of_two_values",
    "の[^、。はがを]{1,16}から、?$",
    reads=("40年7月⟦の98.1から、⟧",),
    leaves=("40年7月から",),
)
TO = Rule(
    "last_of_two_values",
    "の[^、。はがを]{1,16}(?:まで|へ|に)",
    reads=("3月⟦の99.5まで⟧",),
    leaves=("3月まで",),
)

# （12月）　（4月）: months that stand apart in a row and run forward, unless back is nearer (6月　5月　4月).
APART = Rule(
    "blanks_between_months_of_a_row",
    r"[）］〕]?[ 　\t]{1,8}[（［〔]?",
    reads=("（12月⟦）　（⟧4月）",),
    leaves=("12月⟦、⟧4月", "12月⟦に4月"),
)
MONTHS_ALONE = Rule(
    "row_of_months",
    r"(?:[（［〔]?(?:1[0-2]|[1-9])月(?:末|期)?[）］〕]?[ 　\t]{0,8}){2,24}",
    reads=("⟦（12月）　（4月）⟧",),
    leaves=("12月は、4月より",),
)
MONTH_OF_A_ROW = Rule("month_of_a_row", r"\d{1,2}(?=月)", reads=("（⟦12⟧月）",), leaves=("12日",))


def heads(past: Past, mention: Mention[Expression], sentences: Sequence[Sentence]) -> bool:
    """Whether ``past`` heads the rows in which ``mention`` is a month: 大正14年 - 設立｜2月 創業."""
    if mention.start or past.sentence == mention.sentence or past.ranged or past.period.granularity != "year":
        return False
    above, here = sentences[past.sentence].text, sentences[mention.sentence].text
    behind = above[past.end : past.end + 1]
    return past.end <= HEAD and not "ぁ" <= behind <= "ん" and not here.endswith("。")


def turn(past: Past, month: int, mention: Mention[Expression], text: str, memory: Memory) -> int:
    """How many years off the month lies from the year of ``past``."""
    period = past.period
    if not period.has_month():
        return 0
    if month > period.part and COMPARED.match(text, mention.end):
        return -1
    if past.sentence != mention.sentence or month >= period.part:
        return 0
    if APART.fullmatch(text, past.end, mention.start):
        return int(month + 12 - period.part < period.part - month)
    if FROM.search(text, past.end, mention.start) and TO.match(text, mention.end):
        return 1
    told = next((one for one in memory.years() if one.period.granularity == "fiscal_year"), None)
    of_it = told is not None and told.period.year == period.year and told.end > 0 and not past.fiscal
    return int(of_it and month < 4 <= period.part and text[past.end : past.end + 1] == "の")


def may_be_over(text: str, mention: Mention[Expression], month: int) -> bool:
    """Whether a month behind the document's date heads a row that turns to the next year: （12月）　（4月）."""
    if mention.start > 1 or MONTHS_ALONE.fullmatch(text) is None:
        return False
    return any(int(one.group()) < month for one in MONTH_OF_A_ROW.finditer(text))
