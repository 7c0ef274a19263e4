"""Comparisons: which date is what another is compared with, and of which year 前年比 speaks.

In 令和8年度予算は、令和7年度当初予算に比べて減った, the text goes on to tell of 令和8年度: 前年度 behind it is 令和7年度.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.dates.bare_years import UnlicensedError
from pipeline.entities.dates.facts import words
from pipeline.entities.dates.undated import REACH
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.dates.memory import Memory
    from pipeline.entities.dates.parts import Expression
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Sentence

_V = re.VERBOSE
# What makes a date the base of a comparison: 平成21年末より54万人増加して, 平成16年と比べると, 2010年比, 昭和50年=100.
BASE = Rule(
    "comparison_behind",
    rf"""分?[にと]比(?:べ|較|し) | (?:、\d\d?年){{0,3}}に(?:引き?続|続[いき]) | 比(?!率|重|例) | を[上下]回 | を?[=＝]?100 | を?基準
        | (?:暦年)?(?:連鎖)?価格 | から最も
        | 分?（[^（）]{{1,20}}）(?:から[\d.,]|[にと]比べ)
        | より[^。、]{{0,16}}?(?:{words("comparison")})
        | から約?[\d.,]+[^。、]{{0,8}}?(?:{words("comparison")}) | 以来の(?!\d)""",
    reads=(
        "平成22年は、昭和60年⟦比⟧で増えた。10月に決めた。",
        "平成22年末は、平成21年末⟦より54万人増⟧加した（前年比0.6％増）。",
        "平成21年⟦と比べ⟧て",
        "平成21年⟦分と比較⟧する",
        "平成22年分は、平成21年⟦分（596人）から3⟧人減り、前年比1％減となった。",
        "平成22年度は、平成21年度⟦に引き続⟧き増加し、前年度比2％増となった。",
        "平成22年は、20年⟦、21年に続き⟧増え、前年を上回った。",
        "平成22年は、平成13年⟦以来の⟧高い伸びとなり、前年を上回った。",
    ),
    leaves=("平成21年⟦比率", "平成21年⟦より続く"),
    flags=_V,
)
# 生産指数（平成22年＝100）は5月に96.2となった: the year of the scale is not that of the month.
SCALE = Rule(
    "year_of_a_scale",
    "(?:の?平均)?(?:を?[=＝]100|を100と)",
    reads=("生産指数（平成22年⟦=100⟧）は5月に改めた。", "2020年⟦平均=100⟧"),
    leaves=("平成22年⟦は100",),
)
# 昭和24年以降で最少, 昭和45年の16%: an older year that only measures the later one before it.
MEASURE = Rule(
    "year_that_measures",
    rf"""）? (?: (?:(?<=以[来降])|以[来降])(?:でも?|の中で|の)?、?(?:最(?!近)|初めて)
        | 以来[、の]?\d+年度?ぶり
        | の[^、。（）はがをでに\d]{{0,12}}水準(?=[にをとま])
        | の[^、。（）はがをでに]{{0,16}}を[上下]回
        | の約?[\d.,]+(?:割|倍|分の\d+|%)(?![はがをも])
        | の?[^、。（）はがをで]{{0,16}}に対し[^、。]{{0,16}}(?:{words("comparison")})
        | の?[^、。（）はがで]{{0,12}}を100と
        | の?[^\s、。（）はがをもでへや]{{1,16}}より[^、。]{{0,12}}(?:{words("comparison")})
        | の?[^\s、。（）はがをもでにとへや]{{0,16}}[にと]比(?:べ|較し) )""",
    reads=(
        "令和5年は、昭和24年以降⟦で最⟧少となり、前年より減った。",
        "令和5年は、ピーク時（昭和45年⟦）の16%⟧となり、前年より減った。",
        "令和5年は、平成10年⟦以来25年ぶり⟧となり、前年を上回った。",
        "令和5年は、平成19年⟦の生産の水準⟧に戻り、前年を上回った。",
        "令和8年度予算は、令和7年度⟦当初予算に比べ⟧て減った。前年度を下回った。",
    ),
    leaves=(
        "昭和24年以降⟦は減り",
        "平成19年⟦の16件",
        "平成19年⟦に水準",
        "平成10年⟦以来続く",
        "平成19年⟦に国と比べて",
    ),
    flags=_V,
)
# 前年比で減少が続いた: a comparison that runs over years.
RUNS_ON = Rule(
    "comparison_runs_on",
    r"(?:同期|同月|対)?比[^、。）\d]{0,14}?(?:(?<!引き)続[いきけ]|連続|推移)",
    reads=("平成22年は前年⟦比で減少が続い⟧た。", "前年⟦同期比プラスで推移⟧した。"),
    leaves=("前年⟦比5％増が続いた。", "前年⟦比で引き続き増えた。"),
)
# 3年連続で前年度比減: likewise.
RAN_BEFORE = Rule(
    "comparison_ran_before", "連続(?:で|して)?、?$", reads=("平成22年は3年連続で",), leaves=("連続する",)
)


def is_scale(text: str, end: int) -> bool:
    """Whether the year that ends there is that of a scale: 平成22年｜＝100."""
    return "100" in text[end : end + 8] and SCALE.match(text, end) is not None


def is_base(mention: Mention[Expression], sentences: Sequence[Sentence], year: int, memory: Memory) -> bool:
    """Whether a date is what another, which is told of, is compared with.

    Args:
        mention: The date.
        sentences: Of the document.
        year: Its year.
        memory: The dates before it.
    """
    past, here = memory.latest("year"), sentences[mention.sentence]
    if past is None or BASE.match(here.text, mention.end):
        return past is not None
    if past.period.year <= year:
        return False
    block = sentences[past.sentence].block_id == here.block_id
    near = block and mention.sentence - past.sentence <= 1
    return near and MEASURE.match(here.text, mention.end) is not None


def is_one_of_several(mention: Mention[Expression], sentences: Sequence[Sentence], memory: Memory) -> bool:
    """Whether 前年 stands in a table of several years, and its row does not say which one is meant.

    Args:
        mention: Where it stands.
        sentences: Of the document.
        memory: The dates before it.
    """
    row = sentences[mention.sentence].row
    if row < 0:
        return False
    past = list(memory.years_aside())
    years = {one.period.year for one in past if sentences[one.sentence].row == row}
    return len(years or {one.period.year for one in past}) > 1


def check(mention: Mention[Expression], sentences: Sequence[Sentence], memory: Memory, *, based: int) -> None:
    """See whether 前年比 is a date: only where the text says of which one year it speaks.

    Args:
        mention: Where it stands.
        sentences: Of the document.
        memory: The dates before it.
        based: Index of the sentence in which the base of a comparison stood last.

    Raises:
        UnlicensedError: It is none.
    """
    past = memory.latest("year")
    if memory.lost("year") == mention.sentence:
        return
    sentence = sentences[mention.sentence]
    here = mention.sentence in (past.sentence if past else -1, based)
    near = past and (here or sentence.row >= 0 or memory.distance(mention, past) <= REACH)
    if past is None or not near or past.over_years or is_one_of_several(mention, sentences, memory):
        raise UnlicensedError
    before = sentence.text[max(0, mention.start - 6) : mention.start]
    if RUNS_ON.match(sentence.text, mention.end) or RAN_BEFORE.search(before):
        raise UnlicensedError
    if past.sentence == mention.sentence and sentence.text.startswith(("まで", "から", "の間"), past.end):
        raise UnlicensedError
