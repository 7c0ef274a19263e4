"""The grammar of places in a law: 第3条の2第1項第2号, 第78条及び第81条, 第4条から第7条まで, 附則第2条."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.numerals import NUMBER, number

_N = NUMBER
_S = "[ 　]?"
_BRANCH = rf"(?:[のノ]{_N})*"
# 第76条の2第1項第2号; an article may lack 第 (行政手続法8条); treaties number paragraphs bare (第十一条2).
_ROMAN = "[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|[IVX]{1,6}"
_ARTICLE = rf"(?:第?{_S}(?P<article>{_N})|第{_S}(?P<roman>{_ROMAN})){_S}条(?P<article_branch>{_BRANCH})"
_PARAGRAPH = rf"(?:第?{_S}(?P<paragraph>{_N}){_S}項|(?<=条)(?P<bare>\d{{1,2}})(?![\d年月日条項号か条箇カヶ]))"
_ITEM = rf"第?{_S}(?P<item>{_N}){_S}号(?P<item_branch>{_BRANCH})"
_TAIL = (
    r"(?:[イロハニホヘト](?=[、。）及又にのを規])|（[0-9]{1,2}）)?"
    r"(?:前段|後段|本文|ただし書き?|柱書き?|各号(?:列記以外の部分)?)?"
)
# What one place can look like, tried in this order.
_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?:附則|本則){_S})?{_ARTICLE}{_S}(?:{_PARAGRAPH})?{_S}(?:{_ITEM})?{_TAIL}",
        rf"第{_S}(?P<paragraph>{_N}){_S}項{_S}(?:{_ITEM})?{_TAIL}",
        rf"附則(?:第(?P<paragraph>{_N})項)?",
        rf"別表(?:第{_N}号?{_BRANCH})?|別記様式(?:第{_N}号?)?",
        rf"第(?:{_N}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+)[編章節款部](?:第{_N}[章節款])*",
    )
)
_ITEM_ONLY = re.compile(rf"第{_S}(?P<item>{_N}){_S}号(?P<item_branch>{_BRANCH})")
# 放送法第113条、122条: the places behind the first may lack 第.
_BARE = re.compile(r"\d{1,4}条(?![件約例文])")
JOINER = re.compile(
    rf"{_S}(?:、|,|・|及び|および|又は|または|並びに|ならびに|若しくは|から|～|乃至|ないし){_S}"
)
RANGE = re.compile("から|～|乃至|ないし")


@dataclass(frozen=True, slots=True)
class Locators:
    """The places that a mention names, in text order, as the columns want them."""

    article: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    item: tuple[str, ...] = ()


def read_locators(text: str, start: int) -> tuple[int, Locators]:
    """Read the locators at ``start`` of clean ``text``; return their end and what they say.

    Without a locator the end is ``start``.

    >>> read_locators("第3条第1項第2号に", 0)
    (9, Locators(article=('3',), paragraph=('1',), item=('2',)))
    >>> read_locators("第100条から第107条までの", 0)
    (14, Locators(article=('100-107',), paragraph=(), item=()))
    >>> read_locators("第76条 防衛省", 0)[0]
    4
    """
    match = _place(text, start)
    if match is None:
        return start, Locators()
    articles: list[str] = []
    paragraphs: list[str] = []
    items: list[str] = []
    end = start
    ranged = False
    while match and match.end() > match.start():
        for values, found in zip((articles, paragraphs, items), _values(match), strict=True):
            if found and ranged and values:
                values[-1] = f"{values[-1]}-{found}"
            elif found:
                values.append(found)
        end = match.start() + len(match.group().rstrip(" 　"))
        if ranged and text.startswith("まで", end):
            end += 2
        joiner = JOINER.match(text, end)
        if joiner is None:
            break
        ranged = bool(RANGE.search(joiner.group()))
        match = _place(text, joiner.end()) or _ITEM_ONLY.match(text, joiner.end())
        if (
            match
            and not match.group().startswith(("第", "附", "別"))
            and not _BARE.match(text, match.start())
        ):
            break
    return end, Locators(tuple(articles), tuple(paragraphs), tuple(items))


def _place(text: str, start: int) -> re.Match[str] | None:
    return next((match for pattern in _PLACES if (match := pattern.match(text, start))), None)


def _values(match: re.Match[str]) -> tuple[str, str, str]:
    found = match.groupdict()
    roman = found.get("roman")
    if roman:
        found["article"] = str(_roman(unicodedata.normalize("NFKC", roman)))
    paragraph = found.get("paragraph") or found.get("bare") or ""
    return (
        _written(found.get("article"), found.get("article_branch")),
        str(number(paragraph)) if paragraph else "",
        _written(found.get("item"), found.get("item_branch")),
    )


def _roman(text: str) -> int:
    """Return the value of a Roman numeral up to XXXIX, as treaties number their articles."""
    digits = [{"I": 1, "V": 5, "X": 10}[letter] for letter in text]
    return sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))


def _written(value: str | None, branch: str | None) -> str:
    """Write 第3条の2 as ``3_2``."""
    if not value:
        return ""
    return "_".join(str(number(part)) for part in (value, *filter(None, re.split("[のノ]", branch or ""))))
