"""The grammar of places in a law: 第3条の2第1項第2号イ, 第65、66条, 第4条から第7条まで, 附則第2条, 別表第1.

A mention names one place or several. A place is a way down: 条, then 項, then 号, then イロハ; at each step one
number stands or
several. What joins places joins numbers as well.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from pipeline.entities.laws.numbers import roman
from pipeline.entities.laws.pattern_words import any_of
from pipeline.entities.laws.place_glosses import CHAPTERED, GLOSS, HEADING, UNIT
from pipeline.entities.laws.place_words import BLANK, BRANCH, DEEP, JOIN, KANA, TO
from pipeline.entities.laws.places_apart import APART, BESIDE, PARTS
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER, number

_ROMAN = "[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|[IVX]{1,6}"
# 第4～6条, 199・203条, 第1、2項: numbers that share their unit.
_NUMBERS = rf"(?:{CHAPTERED}|{NUMBER}{BRANCH}(?:{BLANK}{JOIN}{BLANK}第?{BLANK}{NUMBER}{BRANCH}){{0,20}})"

# （b）項, （b）（xxvi）
_LATIN = r"（[a-z]）(?:（(?:[ivx]{1,6}|[a-z]|\d{1,2})）)*(?:項(?!目))?"

STEP = Rule(
    "place_step",
    rf"(?:(?P<mark>第?){BLANK}(?P<numbers>{_NUMBERS})|(?P<roman>第{BLANK}(?:{_ROMAN}))){BLANK}{UNIT}"
    rf"(?P<branch>{BRANCH})",
    reads=("⟦第4～6条⟧に", "⟦第 4 条の 2⟧ 第 1 項", "⟦199・203条⟧の罪", "⟦第Ⅵ条⟧", "EPA⟦第14.5条⟧"),
    leaves=("⟦第3条約", "⟦2項目", "⟦2号機", "⟦第4号議案", "民法⟦第4.5条", "⟦第1.5項"),
)
# 五条坂, 三条京阪: streets of a city, and no article of the law that is named before them.
STREET = Rule(
    "street_that_looks_like_an_article",
    rf"[一二三四五六七八九十]条(?:{any_of('behind_a_street')})",
    reads=("⟦五条坂⟧の工事", "⟦四条大橋⟧を"),
    leaves=("五条の規定", "九条市民の会", "五条通知"),
)
# 第十一条2: how treaties number their paragraphs.
BARE_PARAGRAPH = Rule(
    "bare_paragraph",
    r"(?<=条)(?P<number>\d{1,2})(?![\d年月日条項号か箇カヶ人名件回つ歳割%～〜・]|[.．]\d)",
    reads=("第十一条⟦2⟧の規定",),
    leaves=("第十一条⟦2名", "第十一条⟦3月"),
)
# 第四条1（b）及び2（a）: how treaties go on below their paragraphs.
LETTERS = Rule(
    "letters_of_a_paragraph",
    rf"{DEEP}(?:{BLANK}{JOIN}{BLANK}{DEEP})*(?:{DEEP})*(?=[、。，・（）」～〜 ぁ-ん及又若並該掲規]|$)",
    reads=("第17条5⟦（c）⟧の", "第4条1⟦（b）及び（c）⟧に"),
    leaves=("第17条5⟦（略）",),
)
# GATT第20条（b）及び（g）, 証券取引所法10条（b）項: Latin letters stand right behind an article as well.
LATIN = Rule(
    "latin_letters_of_an_article",
    rf"{_LATIN}(?:{BLANK}{JOIN}{BLANK}{_LATIN})*(?=[、。，・（）」～〜 ぁ-ん及又若並該掲規]|$)",
    reads=("第20条⟦（b）及び（g）⟧の", "10条⟦（b）項⟧に", "8条2項⟦（b）（xxvi）⟧は"),
    leaves=("第20条⟦（略）", "第20条⟦（EU）"),
)
LETTERED = Rule(
    "further_paragraph_with_letters",
    r"(?P<number>\d{1,2})（[a-z]）",
    reads=("1（b）及び⟦2（a）⟧",),
    leaves=("1（b）及び⟦2つ",),
)
ITEMS = Rule(
    "items_in_kana",
    rf"(?:{KANA}(?:{BLANK}{JOIN}{BLANK}(?:{KANA}|{DEEP}))*|{DEEP}(?:{BLANK}{JOIN}{BLANK}{DEEP})*)(?:まで)?"
    r"(?=[、。，・（）」～〜 ぁ-ん及又若並該掲規]|$)",
    reads=("第1号⟦イ又はロ⟧に", "第9号⟦ロからニまで⟧に", "第1号⟦ロ（1）⟧に"),
    leaves=("第1号⟦イラン", "第1号⟦ニ対シ"),
)
JOINER = Rule(
    "joiner_of_places",
    rf"{BLANK}(?:{JOIN}|と(?={BLANK}(?:第|\d{{1,4}}(?:の\d{{1,2}})?条(?![約件例文])))){BLANK}",
    reads=("第3条⟦及び⟧第5条", "56条⟦と⟧57条", "第3条⟦から⟧第5条", "第3条⟦、又は⟧第5条"),
    leaves=("第3条⟦に", "56条⟦と3件"),
)
RANGE = Rule("range_of_places", TO, reads=("第3条⟦から⟧第5条", "第4⟦～⟧6条"), leaves=("第3条⟦及び",))
# 1、2: what parts the numbers of a step.
_SPLIT = rf"{BLANK}({JOIN}){BLANK}第?{BLANK}"
LEVELS = ("条", "項", "号")


@dataclass(frozen=True, slots=True)
class Locators:
    """The places that a mention names, in text order, as the columns want them."""

    article: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    item: tuple[str, ...] = ()


@dataclass(slots=True)
class _Read:
    """What has been read so far: up to where, and the values of each column."""

    end: int
    values: tuple[list[str], list[str], list[str]] = field(default_factory=lambda: ([], [], []))

    def add(self, level: int, values: list[tuple[str, bool]], *, ranged: bool) -> None:
        """Take in the values of one step, each with whether it ends a range that the one before begins."""
        column = self.values[level]
        for n, (value, to) in enumerate(values):
            if (to or (ranged and n == 0)) and column and "-" not in column[-1]:
                column[-1] = f"{column[-1]}-{value}"
            else:
                column.append(value)

    def locators(self) -> Locators:
        """Return the columns."""
        return Locators(*map(tuple, self.values))


def read_locators(text: str, start: int, *, within: int = -1) -> tuple[int, Locators]:
    """Read the locators at ``start`` of clean ``text``; return their end and what they say.

    Args:
        text: A clean text; offsets count its code points.
        start: Where the places may begin. Without a place the returned end is ``start``.
        within: The level that stands before ``start`` already: 0 for 同条, 1 for 同項, 2 for 同号; -1 for the name
        of a law.

    >>> read_locators("第3条第1項第2号に", 0)
    (9, Locators(article=('3',), paragraph=('1',), item=('2',)))
    >>> read_locators("第100条から第107条までの", 0)
    (14, Locators(article=('100-107',), paragraph=(), item=()))
    >>> read_locators("第4条第1、2項の", 0)[1]
    Locators(article=('4',), paragraph=('1', '2'), item=())
    >>> read_locators("第76条 防衛省", 0)[0]
    4
    """
    read = _Read(start)
    begun = start
    if within < 0 and text[start : start + 1] in (" ", "　"):
        ahead = STEP.match(text, start + 1)
        begun += ahead is not None and ahead["unit"] == "条" and ahead["mark"] != ""
    ranged = glossed = False
    if not _place(text, begun, read, within=within, ranged=False, first=True):
        return start, Locators()
    while True:
        if ranged and text.startswith("まで", read.end):
            read.end += 2
        gloss = GLOSS.match(text, read.end)
        joiner = JOINER.match(text, gloss.end() if gloss else read.end)
        ranged = joiner is not None and RANGE.search(joiner.group()) is not None
        before = read.end
        if joiner is None or not _place(text, joiner.end(), read, within=-1, ranged=ranged, first=False):
            read.end = gloss.end() if glossed and gloss else before
            return read.end, read.locators()
        glossed |= gloss is not None


def _place(text: str, at: int, read: _Read, *, within: int, ranged: bool, first: bool) -> bool:
    """Read one place at ``at`` into ``read``; return whether there is one."""
    apart = BESIDE.match(text, at) or APART.match(text, at)
    end = apart.end() if apart else at
    level, reached = _steps(text, end, read, within, ranged=ranged, bare=not first or within >= 0 or end > at)
    if level == 0:
        reached = _bare_paragraph(text, reached, read, BARE_PARAGRAPH, ranged=False)
    elif not first and reached == at and read.values[1]:
        reached = _bare_paragraph(text, at, read, LETTERED, ranged=ranged)
    if reached > at or within >= 0:
        reached = _below(text, reached, level)
    if reached > at:
        read.end = reached if reached > end else len(text[:end].rstrip(" 　"))
    return reached > at


def _below(text: str, at: int, level: int) -> int:
    """Return where letters and parts end that stand below the step ending at ``at``."""
    rule = ITEMS if level == 2 else LETTERS if text[at - 1].isdigit() else LATIN
    letters = rule.match(text, at) if rule else None
    at = letters.end() if letters else at
    if letters and RANGE.search(letters.group()) and text.startswith("まで", at):
        at += 2
    parts = PARTS.match(text, at)
    return parts.end() if parts else at


def _bare_paragraph(text: str, at: int, read: _Read, rule: Rule, *, ranged: bool) -> int:
    """Read a paragraph that a treaty numbers without 項; return where it ends, ``at`` where there is none."""
    found = rule.match(text, at)
    if found is None:
        return at
    read.add(1, [(found["number"], False)], ranged=ranged)
    return found.end("number")


def _steps(text: str, at: int, read: _Read, level: int, *, ranged: bool, bare: bool) -> tuple[int, int]:
    """Read 条, 項 and 号, each deeper than the one before, from ``at``; return level and end.

    ``bare`` says whether a paragraph or an item can stand first without 第: not behind the name of a law.
    """
    reached = at
    while step := STEP.match(text, _skipped(text, reached)):
        own = LEVELS.index(step["unit"])
        # 第3条第5条 are two places.
        if own <= level or (reached == at and own > 0 and not step["mark"] and not bare):
            break
        if STREET.match(text, step.start()):
            break
        read.add(own, _values(step), ranged=ranged)
        ranged, level, reached = False, own, step.end()
    return level, reached


def _skipped(text: str, at: int) -> int:
    """Return ``at`` or, where a blank, の or the heading of an article stands there, the offset behind it."""
    below = STEP.match(text, at + 1) if at and text[at : at + 1] == "の" else None
    if below and below["unit"] != LEVELS[0]:
        return at + 1  # 第16条の第2項
    heading = HEADING.match(text, at) if at else None
    return heading.end() if heading else at + (text[at : at + 1] in (" ", "　") and at > 0)


def _values(step: re.Match[str]) -> list[tuple[str, bool]]:
    """Return the numbers of a step as the columns write them, each with whether it ends a range."""
    if step["roman"]:
        return [(str(roman(unicodedata.normalize("NFKC", step["roman"][1:].strip(" 　")))), False)]
    parts = re.split(_SPLIT, step["numbers"])
    parts[-1] += step["branch"]
    joined = [False, *(RANGE.search(joiner) is not None for joiner in parts[1::2])]
    return [(_written(value), to) for value, to in zip(parts[::2], joined, strict=True)]


def _written(value: str) -> str:
    """Write 3の2 as ``3_2``; 14.5, as treaties number articles by their chapters, stays."""
    if "." in value:
        return value
    return "_".join(str(number(part.strip(" 　"))) for part in value.replace("ノ", "の").split("の"))
