"""Numbers and words that look like dates, but may count or compare: for ``candidates.csv`` alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.dates.facts import words
from pipeline.entities.dates.parts import LABEL
from pipeline.model.entity import Mention
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.dates.parts import Expression
    from pipeline.model.sentence import Analysis

# The look-behind comes after the first character, because the search is faster that way.
YEAR = Rule(
    "four_figures_like_a_year",
    r"(?:18|19|20)(?<![\d.,/-]..)\d\d(?:[-－~～/](?:(?:18|19|20)?\d\d)(?!\d))?(?![\d.,%％A-Za-z]|[ 　]?[一-龥ァ-ヶ])",
    reads=("⟦2004⟧、", "⟦2004-05⟧、"),
    leaves=("⟦2004人", "⟦2004.5", "⟦3004"),
)
TWICE = Rule(
    "year_of_an_era_and_western_year",
    r"(?:[明大昭平令][治正和成])?(?<!\d)\d{1,2}[ 　]?（(?:18|19|20)\d\d）",
    reads=("⟦昭和35（1960）⟧", "⟦12 （2000）⟧"),
    leaves=("112（2000）", "12（2.5）"),
)
COUNTED = Rule(
    "count_of_years_months_or_days",
    r"[\d〇一二三四五六七八九十百元](?<![\d.,].)"
    r"(?:(?<=\d)\d{0,3}|(?<=[〇一二三四五六七八九十百])[〇一二三四五六七八九十百]{0,3}|(?<=元))(?:年度?|月|日)"
    rf"(?!{words('no_candidate_behind')})",
    reads=("⟦30年⟧に", "⟦五月⟧の", "⟦元年⟧の"),
    leaves=("⟦30年間", "⟦5年以", "⟦年"),
)
ABBREVIATED = Rule(
    "letter_of_an_era",
    r"[MTSHR](?<![A-Za-z0-9].)\d{1,2}(?:[./年]\d{1,2}){0,2}(?:年度?|月|日)?(?![A-Za-z0-9.%])",
    reads=("⟦H25⟧、", "⟦S50.4⟧の"),
    leaves=("⟦H250", "⟦HS5"),
)
SLASHED = Rule(
    "numbers_with_a_stroke",
    r"\d(?<![\d/.].)\d{0,3}[/.]\d{1,2}(?:[/.]\d{1,2})?(?![\d/.%％A-Za-z])",
    reads=("⟦10/3⟧に", "⟦25.10.3⟧"),
    leaves=("⟦10%", "⟦1/2%"),
)
WORD = Rule(
    "word_that_leans_on_a_date",
    rf"""(?: (?:{words("candidate_relation")})(?:{words("candidate_unit")})
    | 第[ 　]?[1-4一二三四ⅠⅡⅢⅣ][ 　]?四半期 | 年度?末 )
    (?:{words("candidate_part")})?""",
    flags=re.VERBOSE,
    reads=("⟦前年⟧に", "⟦翌月末⟧に"),
    leaves=("⟦年始",),
)
FORMS = (
    (YEAR, "figures"),
    (ABBREVIATED, "era_letter"),
    (COUNTED, "counted"),
    (SLASHED, "stroke"),
    (WORD, "leaning_word"),
)


def candidates(analyses: Sequence[Analysis]) -> Iterator[Mention[Expression | None]]:
    """Yield what looks like a date; candidates may overlap each other and what was found.

    Nothing is read in them: a number that is no certain date has no certain day either.
    """
    for index, analysis in enumerate(analyses):
        text = analysis.sentence.text
        twice = {match.end(): match.start() for match in TWICE.finditer(text)} if "（" in text else {}
        for end, start in twice.items():
            yield Mention(LABEL, index, start, end, "bare", None, "figures")
        for pattern, reason in FORMS:
            for match in pattern.finditer(text):
                if match.end() + 1 in twice:
                    continue
                yield Mention(LABEL, index, match.start(), match.end(), "bare", None, reason)
