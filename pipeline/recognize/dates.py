"""DATE: the grammar of calendar expressions, read into parts that the resolver turns into days.

The text is clean (see ``clean.py``): digits are ASCII, brackets full-width, squared eras spelled out.
An expression is a year part, a month part, a day part, each of which may be missing, in era, western or
mixed form, absolute or relative, with a modifier, or two of these as a range. Every pattern is anchored
and bounded, so that reading a text takes linear time.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from pipeline.model import Mention
from pipeline.numerals import NUMBER, number
from pipeline.periods import SEASONS, eras

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Analysis

Relation = Literal["same", "next", "previous", "this", "last", "coming", "before_last"]
# Anaphora point back into the text, deictics at the document's date.
RELATIONS: dict[str, Relation] = {
    "同": "same", "翌": "next", "前": "previous", "本": "this", "今": "this", "当": "this",
    "昨": "last", "去": "last", "先": "last", "来": "coming", "一昨": "before_last",
}  # fmt: skip
DEICTIC = frozenset({"this", "last", "coming", "before_last"})


@dataclass(frozen=True, slots=True)
class Parts:
    """What is written of one end of an expression; ``None`` and ``""`` where nothing is.

    Attributes:
        western: The western year as written; two digits where ``digits`` is 2.
        era: Name of the era, or 同 where it is left to the text.
        bare: A year number without era or century (9年4月).
        unit: What the year is: a calendar or fiscal year, a decade, a century.
        year: Relation of the year to another; ``month`` and ``day`` likewise.
    """

    western: int | None = None
    digits: int = 0
    era: str = ""
    era_year: int | None = None
    bare: int | None = None
    unit: Literal["year", "fiscal_year", "decade", "century"] = "year"
    year_relation: Relation | None = None
    half: int = 0
    quarter: int = 0
    season: str = ""
    month: int | None = None
    month_relation: Relation | None = None
    day: int | None = None
    day_relation: Relation | None = None
    mod: str = ""

    @property
    def has_year(self) -> bool:
        """Whether a year is written, absolutely or by a relation."""
        return any(v is not None for v in (self.western, self.era_year, self.bare, self.year_relation))


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression: one end, or two for a range."""

    first: Parts
    second: Parts | None = None


_S = "[ 　]?"
_ERA = "(?:" + "|".join(eras()) + ")"
_N = NUMBER
_KANJI_YEAR = "[一二][〇一二三四五六七八九]{3}"
_YEARS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # 13（平成25）年, 翌97（同9）年, 13（同25年）10月, 1991（平成 3）年度, 2008（平成20年）
    ("mixed_western", re.compile(
        rf"(?P<rel>翌)?(?P<w>\d{{4}}|\d\d){_S}（{_S}(?P<era>{_ERA}|同){_S}(?P<ey>{_N}){_S}(?:年(?P<fi>度)?)?{_S}）"
        rf"(?:{_S}年(?P<fo>度)?)?")),
    # 2013年（平成25年）, 2013年度（平成25年度）
    ("western_mixed", re.compile(
        rf"(?P<w>\d{{4}}|\d\d|{_KANJI_YEAR}){_S}年(?P<fo>度)?（(?P<era>{_ERA}|同){_S}(?P<ey>{_N}){_S}年?(?P<fi>度)?）")),
    # 平成25（2013）年, 平成25年（2013年）, 平成25年度（2013年度）
    ("era_mixed", re.compile(
        rf"(?P<era>{_ERA}|同){_S}(?P<ey>{_N}){_S}(?P<n>年)?(?P<fo>度)?{_S}（{_S}(?P<w>\d{{4}}|\d\d){_S}(?:年(?P<fi>度)?)?{_S}）"
        rf"(?(n)|{_S}年(?P<fx>度)?)")),
    ("era_decade", re.compile(rf"(?P<era>{_ERA}){_S}(?P<ey>{_N}){_S}年代")),
    ("era", re.compile(rf"(?P<era>{_ERA}){_S}(?P<ey>{_N}){_S}(?:ヵ|カ)?年(?P<fo>度)?")),
    ("century", re.compile(rf"(?P<w>\d\d?|[{'一二三四五六七八九十'}]{{1,3}}){_S}世紀")),
    ("decade", re.compile(rf"(?P<w>\d{{3}}0|\d0|{_KANJI_YEAR}){_S}年代")),
    ("western", re.compile(rf"(?P<w>\d{{4}}|{_KANJI_YEAR}){_S}年(?P<fo>度)?")),
    ("same_era", re.compile(rf"同{_S}(?P<ey>{_N}){_S}年(?P<fo>度)?")),
    # 翌15年5月, 翌平成10年: the relation only repeats what the number says
    ("next_era", re.compile(rf"翌(?P<era>{_ERA}){_S}(?P<ey>{_N}){_S}年(?P<fo>度)?")),
    ("next_bare", re.compile(rf"翌(?P<bare>\d\d?){_S}年(?P<fo>度)?")),
    ("relative", re.compile(r"(?P<rel>同|翌|前|本|今|昨|去|来|一昨|当)年(?P<fo>度)?(?!齢|生|間|賀|金|老|々|功|号|次)")),
    ("bare", re.compile(rf"(?P<bare>\d\d?|元|[一二三四五六七八九十]{{1,3}}){_S}年(?P<fo>度)?")),
)
# H25.10.3, 2013/10/3, 2013.10.3, 2013-10-03, R5.4
_NUMERIC = (
    re.compile(r"(?P<letter>[MTSHR])(?P<ey>\d{1,2})[./](?P<m>\d{1,2})(?:[./](?P<d>\d{1,2}))?(?![\d./])"),
    re.compile(r"(?P<w>(?:18|19|20)\d\d)(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d./-])"),
)
_LETTER_YEAR = re.compile(rf"(?P<letter>[MTSHR])(?P<ey>\d{{1,2}}|元)年(?P<fo>度)?")
_CITED = re.compile(r"(?<=[A-Za-z.一-龥々ァ-ヶ」』])（((?:19|20)\d\d)）(?!年)")
_MONTH = re.compile(rf"{_S}(?P<m>\d\d?|[一二三四五六七八九十]{{1,2}}|正){_S}月(?!曜|謝|例|額|次|給|間|面|刊)")
_MONTH_RELATIVE = re.compile(r"(?P<rel>同|翌|前|先|今|本|来)月(?!曜|例|額|次|給|比|間|号)")
_DAY = re.compile(rf"{_S}(?P<d>\d\d?|[一二三四五六七八九十]{{1,3}}){_S}日(?!間|本|米|以内|以上|前|後|程度|目|ごと|毎|おき|当たり|あたり|平均|未満|数|分|曜|制)")
_DAY_RELATIVE = re.compile(r"(?P<rel>同|翌|前|本|昨|明)日(?!本|米|中|韓|露|ソ|英|仏|独|立|程|常|報|比|曜|付け紙)")
_DAY_NAMES = re.compile(r"元日|元旦|大晦日|大みそか")
_QUARTER = re.compile(rf"{_S}の?{_S}第?(?P<q>[1-4一二三四]){_S}四半期")
_HALF = re.compile(r"(?P<h>上半期|下半期|上期|下期)")
_SEASON = re.compile(r"の?(?P<s>[春夏秋冬])(?=$|[季期頃ごのにかまはで、。）～・]|以降|まで)(?:[季期](?=頃|ごろ|$|に|の|か|ま|は|、|以))?")
_RANGE = re.compile(rf"{_S}(?:から|～|[-－–—―]|ないし|乃至){_S}")
# 平成13～15年度, 平成19年5～6月, 5～6日: the unit stands behind the second number only.
_OPEN_YEAR = re.compile(
    rf"(?P<era>{_ERA})?{_S}(?P<y>\d{{1,4}}|[一二三四五六七八九十]{{1,3}})(?={_S}(?:～|[-－–—―]|から|[・、]|及び|および){_S}{_ERA}?{_S}(?:\d{{1,4}}|[一二三四五六七八九十]{{1,3}}){_S}年)")
_OPEN_MONTH = re.compile(rf"{_S}(?P<m>\d\d?)(?={_S}(?P<c>～|[-－–—―]|から|[・、]|及び|および){_S}\d\d?{_S}月)")
_OPEN_DAY = re.compile(rf"{_S}(?P<d>\d\d?)(?={_S}(?P<c>～|[-－–—―]|から|[・、]|及び|および){_S}\d\d?{_S}日(?!間|本))")
# Where an expression may begin: cheap, so that most of the text is passed over.
_TRIGGER = re.compile(rf"[\d〇一二三四五六七八九十元正同翌前本今昨去来当先明MTSHR]|大晦|大みそか|{_ERA}")
# What stands before a number that makes it a count: 約10年, 第3月曜, 数十年, 1.5年, 今後10年.
_BEFORE_NUMBER = re.compile(r"(?:[\d.,〇一二三四五六七八九十百千数約第毎満計丸築至各全幾]|今後|過去|直近|最近|最大|最長|最低|従来|向こう|ここ|この)$")
_AFTER_YEAR = re.compile(r"間|続き|来|の節目|の節|を迎え|近く|が過ぎ|以上|以下|以内|未満|ぶり|目|前(?!半|後)|後(?!半)|余|超|弱|強|を超|連続|計画|毎|ごと|おき|分|生|制|周年|物|程度|にわた|たった|が経過|の歳月|ほど|かけて|か月|ヶ月|経")
# 震災から10年, 戦後50年, 月1年: what counts from something is a length.
_SINCE = re.compile(r"(?:から|より|以来|以降|後|戦後|開始|設立|創立|[A-Za-z])$")
# 平成30年7月豪雨, 令和元年東日本台風, 2000年問題: the year belongs to an event's proper name.
_EVENT = re.compile(rf"(?:（[^（）]{{1,12}}）)?(?:[一-龥々ァ-ヶー]{{0,14}}(?:豪雨|豪雪|大雪|沖地震|部地震|海地震|半島地震|台風(?:第{_S}\d+号)?(?!の)|噴火災害)|問題(?=[をのにがは、。]))")


@cache
def modifiers() -> dict[str, str]:
    """Return the TIMEX3 ``mod`` of each modifier that may follow a date (``data/date_modifiers.csv``)."""
    with files("pipeline").joinpath("data/date_modifiers.csv").open(encoding="utf-8") as stream:
        return {row["surface"]: row["mod"] for row in csv.DictReader(stream)}


@cache
def _modifier() -> re.Pattern[str]:
    words = sorted(modifiers(), key=len, reverse=True)
    return re.compile(rf"の?(?P<mod>{'|'.join(words)})(?!て|端|裔|梢|席|日(?!以)|っ子|来)")


def recognize(analyses: Sequence[Analysis]) -> Iterator[Mention]:
    """Yield every calendar expression, resolvable or not; whether a bare one is a date, the resolver decides."""
    for index, analysis in enumerate(analyses):
        for start, end, rule, expression in find(analysis.sentence.text):
            yield Mention("DATE", index, start, end, rule, expression)


def find(text: str) -> Iterator[tuple[int, int, str, Expression]]:
    """Yield the half-open span, the rule and the parts of each date expression in clean ``text``."""
    position = 0
    while match := _TRIGGER.search(text, position):
        start = match.start()
        read = _expression(text, start)
        if read is None:
            position = start + 1
            continue
        end, rule, expression = read
        position = max(end, start + 1)
        if not _EVENT.match(text, end):
            yield start, end, rule, expression
    for match in _CITED.finditer(text):
        yield match.start(1), match.end(1), "cited_year", Expression(Parts(western=int(match.group(1)), digits=4))


def _expression(text: str, start: int) -> tuple[int, str, Expression] | None:
    read = _end(text, start)
    if read is None:
        return None
    end, rule, first = read
    connector = _RANGE.match(text, end)
    if connector:
        second = _end(text, connector.end(), opened=first)
        if second and _may_close(first, second[2], text, second[0]):
            return second[0], f"{rule}_range", Expression(first, second[2])
    return (end, rule, Expression(first)) if not _open(text, end, first) else None


def _open(text: str, end: int, parts: Parts) -> bool:
    """Whether a number without its unit would be left alone (平成13 in 平成13～15年度 that did not close)."""
    written = text[max(0, end - 1) : end]
    shared = re.match(rf"{_S}(?:[・、]|及び|および){_S}", text[end:])
    return written.isdigit() and not shared and not parts.day and parts.month is None and parts.digits != 8


def _may_close(first: Parts, second: Parts, text: str, end: int) -> bool:
    """Whether ``second`` can be the other end of a range that ``first`` opens."""
    if second.year_relation or second.month_relation or second.day_relation:
        return second.year_relation == "next" and (second.month is not None) == (first.month is not None)
    if second.bare is not None and second.month is None and _AFTER_YEAR.match(text, end):
        return False
    if second.has_year:
        return True
    return (second.month is not None and first.month is not None) or (
        second.day is not None and second.month is None and first.day is not None
    )


def _end(text: str, start: int, opened: Parts | None = None) -> tuple[int, str, Parts] | None:
    """Read one end of an expression at ``start``; ``opened`` is the other end if this one closes a range."""
    before = text[max(0, start - 4) : start]
    read = _numeric(text, start)
    if read is None:
        read = _year(text, start, before, opened)
        if read:
            read = _within_year(text, *read)
    if read is None and not _BEFORE_NUMBER.search(before if opened is None else ""):
        read = _within_year(text, start, "elliptic", Parts())
    if read is None or read[0] == start:
        return None
    return _modified(text, *read)


def _numeric(text: str, start: int) -> tuple[int, str, Parts] | None:
    if start and (text[start - 1].isascii() and (text[start - 1].isalnum() or text[start - 1] in "./-")):
        return None
    for pattern in (*_NUMERIC, _LETTER_YEAR):
        match = pattern.match(text, start)
        if match is None:
            continue
        found = match.groupdict()
        month, day = (int(found[k]) if found.get(k) else None for k in ("m", "d"))
        if month is not None and not 1 <= month <= 12:
            return None
        letter = found.get("letter")
        if letter:
            era = next(e.name for e in eras().values() if e.letter == letter)
            parts = Parts(era=era, era_year=number(found["ey"]), month=month, day=day)
        else:
            parts = Parts(western=int(found["w"]), digits=4, month=month, day=day)
        if found.get("fo"):
            parts = replace(parts, unit="fiscal_year")
        if pattern is _LETTER_YEAR:
            return _within_year(text, match.end(), "numeric", parts)
        return match.end(), "numeric", parts
    return None


def _year(text: str, start: int, before: str, opened: Parts | None) -> tuple[int, str, Parts] | None:
    if match := _OPEN_YEAR.match(text, start):
        value = number(match["y"])
        if match["era"]:
            return match.end(), "open", Parts(era=match["era"], era_year=value, unit=_shared_unit(text, match.end()))
        if len(match["y"]) == 4 and not _BEFORE_NUMBER.search(before):
            unit = _shared_unit(text, match.end())
            return match.end(), "open", Parts(western=value, digits=4, unit=unit)
    for rule, pattern in _YEARS:
        match = pattern.match(text, start)
        if match is None:
            continue
        if text[start].isdigit() and opened is None and _BEFORE_NUMBER.search(before):
            return None
        if (rule == "mixed_western" and "年" not in match.group()) or (rule == "relative" and before.endswith("毎")):
            continue
        parts = _year_parts(rule, match)
        if rule == "bare" and not _licensed(text, match.end(), before, opened, parts):
            return None
        return match.end(), rule, parts
    return None


def _shared_unit(text: str, end: int) -> Literal["year", "fiscal_year"]:
    """The unit of a year whose 年 or 年度 stands behind the year that it is joined with (平成13～15年度)."""
    return "fiscal_year" if re.match(r"[^年]{1,14}年度", text[end : end + 18]) else "year"


def _licensed(text: str, end: int, before: str, opened: Parts | None, parts: Parts) -> bool:
    """Whether 9年 can be a year at all, and not a length of time."""
    if _AFTER_YEAR.match(text, end) or (_BEFORE_NUMBER.search(before) and opened is None):
        return False
    return bool(parts.bare) and not (opened is None and _SINCE.search(before))


def _year_parts(rule: str, match: re.Match[str]) -> Parts:
    found = match.groupdict()
    fiscal = any(found.get(key) for key in ("fi", "fo", "fx"))
    unit: Literal["year", "fiscal_year", "decade", "century"] = "fiscal_year" if fiscal else "year"
    if rule in ("decade", "era_decade"):
        unit = "decade"
    elif rule == "century":
        unit = "century"
    western = number(found["w"]) if found.get("w") else None
    return Parts(
        western=western,
        digits=0 if western is None else (2 if western < 100 else 4),
        era="同" if rule == "same_era" else found.get("era") or "",
        era_year=number(found["ey"]) if found.get("ey") else None,
        bare=number(found["bare"]) if found.get("bare") else None,
        unit=unit,
        year_relation=RELATIONS[found["rel"]] if rule == "relative" else None,
    )


def _within_year(text: str, end: int, rule: str, parts: Parts) -> tuple[int, str, Parts]:
    """Read the quarter, season, or month and day that follow a year, or stand alone (``Parts()``)."""
    alone = not parts.has_year
    if not alone:
        for key, pattern in (("quarter", _QUARTER), ("half", _HALF), ("season", _SEASON)):
            if match := pattern.match(text, end):
                return match.end(), rule, _part_of_year(parts, key, match)
        if parts.unit in ("decade", "century"):
            return end, rule, parts
    match = _OPEN_MONTH.match(text, end)
    if match and not (alone and match["c"] in "、・" and False):
        if 1 <= int(match["m"]) <= 12:
            return match.end(), "elliptic" if alone else rule, replace(parts, month=int(match["m"]))
    if match := _MONTH.match(text, end):
        value = 1 if match["m"] == "正" else number(match["m"])
        if 1 <= value <= 12:
            return _within_month(text, match.end(), "elliptic" if alone else rule, replace(parts, month=value))
    if match := _MONTH_RELATIVE.match(text, end):
        related = replace(parts, month_relation=RELATIONS[match["rel"]])
        return _within_month(text, match.end(), "relative_month", related)
    if match := re.compile(r"同(?=\d\d?月)").match(text, end):
        month = _MONTH.match(text, match.end())
        if month and alone and 1 <= number(month["m"]) <= 12:
            return _within_month(text, month.end(), "relative", Parts(year_relation="same", month=number(month["m"])))
    return _within_month(text, end, rule, parts) if alone else (end, rule, parts)


def _part_of_year(parts: Parts, key: str, match: re.Match[str]) -> Parts:
    if key == "quarter":
        return replace(parts, quarter=number(match["q"]))
    if key == "half":
        return replace(parts, half=1 if match["h"].startswith("上") else 2)
    return replace(parts, season=match["s"])


def _within_month(text: str, end: int, rule: str, parts: Parts) -> tuple[int, str, Parts]:
    if match := _OPEN_DAY.match(text, end):
        return match.end(), rule, replace(parts, day=int(match["d"]))
    if match := _DAY.match(text, end):
        value = number(match["d"])
        if 1 <= value <= 31:
            return match.end(), rule, replace(parts, day=value)
    if parts.month is None and parts.month_relation is None and (match := _DAY_RELATIVE.match(text, end)):
        return match.end(), "relative_day", replace(parts, day_relation=_DAY_RELATIONS[match["rel"]])
    return end, rule, parts


_DAY_RELATIONS: dict[str, Relation] = {
    "同": "same", "翌": "next", "前": "previous", "本": "this", "昨": "last", "明": "coming",
}  # fmt: skip


def _modified(text: str, end: int, rule: str, parts: Parts) -> tuple[int, str, Parts]:
    """Take in the modifiers that touch the expression; 以降 and 以前 count for more than 末 or 頃."""
    for _ in range(2):
        match = _modifier().match(text, end)
        if match is None:
            break
        mod = modifiers()[match["mod"]]
        if not parts.mod or mod.startswith("ON_"):
            parts = replace(parts, mod=mod)
        end = match.end()
    return end, rule, parts
