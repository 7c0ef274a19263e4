"""Titles in quotation marks: the quotation is the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.heads import generic, heads_at
from pipeline.entities.laws.pattern_words import JOINER
from pipeline.entities.laws.private_agreements import private_agreement
from pipeline.entities.laws.statutes import cited, statute
from pipeline.eras import ERA_NAMES
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.laws.heads import Head

# A name with its number behind it is a law, whatever it is called: 借地法（大正10年法律第49号）.
NUMBERED = Rule(
    "number_behind_a_title",
    rf"[ 　]?（(?:{ERA_NAMES})[^（）]{{1,12}}年[^（）]{{0,24}}第[^（）]{{1,6}}号",
    reads=("借地法⟦（大正10年法律第49号⟧）",),
    leaves=("借地法⟦（略称",),
)
# 海洋法四条約, 教育三法: several together.
COLLECTIVE = Rule(
    "several_together",
    "(?<!第)[二三四五六七八九両2-9](?:法|条約|協定|法案|議定書)$",
    reads=("海洋法四条約", "両法"),
    leaves=("第四条約",),
)
QUOTED = Rule(
    "quoted_title",
    r"「([^「」]{4,160})」",
    reads=("「電波の利用に関する法律」",),
    leaves=("「電波」",),
)
JOINED = Rule(
    "joiner_begins_a_quotation",
    JOINER,
    reads=("⟦及び⟧海上交通安全法",),
    leaves=("⟦海上交通安全法",),
)
GLOSSED = Rule(
    "gloss_within_quotation",
    r"[ 　]?（[^（）「」]{1,20}）$",
    reads=("汚染の防止に関する国際条約⟦（OPRC条約）⟧",),
    leaves=("国際条約⟦（OPRC条約）の",),
)  # 「…に関する国際条約（OPRC条約）」

# “Executive Order on …”, “Inflation Reduction Act of 2022”.
ENGLISH = Rule(
    "english_title_in_quotation_marks",
    r"(?<=[“\"「『‘])(?:Executive Order (?:on|No\.?|\d)[A-Za-z0-9 ,.'’&()（）-]{3,180}?"
    r"|[A-Z][A-Za-z ,.'’&-]{4,120} (?:Act|Directive|Convention|Treaty)(?: of \d{4})?)(?=,?[”\"」』’])",
    reads=("“⟦Executive Order on Safe Roads⟧”", "“⟦Clean Roads Act of 2022⟧,”"),
    leaves=("“Roads in Japan”", "“Executive Summary”"),
)


def english_titles(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of English titles of acts and orders in quotation marks."""
    if "Executive Order" in text or " Act" in text or " Directive" in text or " Treaty" in text:
        yield from (match.span() for match in ENGLISH.finditer(text))


def quoted_titles(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the titles in quotation marks."""
    for match in QUOTED.finditer(text) if "「" in text else ():
        title = GLOSSED.sub("", match.group(1)).removesuffix("案")
        if JOINED.match(title):
            continue  # 「港則法」の下に「及び海上交通安全法」を加える
        head = next(heads_at(title, len(title)), None)
        if head and title != head.head and _quotes_title(text, match.start(1) + len(title), title, head):
            yield match.start(1), match.start(1) + len(title), "quoted_title"


def _quotes_title(text: str, end: int, title: str, head: Head) -> bool:
    if (
        title.removeprefix("本件") in generic()
        or private_agreement(text, end - len(title), end)
        or COLLECTIVE.search(title)
    ):
        return False
    if head.head == "件" and not "ぁ" <= title[-2:-1] <= "ん":
        return False  # 技術的条件
    if head.needs == "numbered":
        return text.startswith("」", end) and NUMBERED.match(text, end + 1) is not None
    if head.needs == "stem":
        return statute(title) or cited(text, end, title)
    if head.needs == "phrase":
        return len(title) > len(head.head) + 4
    return True
