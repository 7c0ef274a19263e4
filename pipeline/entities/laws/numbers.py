"""Law numbers as they were promulgated: kanji numerals, era and kind written out."""

from __future__ import annotations

import re

from pipeline.eras import ERA_FIRSTS, ERA_LASTS, ERA_NAMES, eras
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER, number

DIGITS = "〇一二三四五六七八九"
ERAS = {name[0]: name for name in eras()}
_ERA = "|".join(f"{name[0]}(?:{name[1:]})?" for name in eras())
KINDS = {"法": "法律", "政": "政令", "勅": "勅令", "条": "条約"}
# 昭25.10.21政令第317号
_DATED = r"\.\d{1,2}\.\d{1,2}"
# 平11法52, 昭24政令378, 平成12年法82号: as yearbooks of the police and the courts cite.
SHORT = (
    rf"(?:{_ERA})(?:\d{{1,2}}|元|[一二三四五六七八九十]{{1,3}})(?:年|{_DATED})?(?:法律?|政令?|勅令?|条約?)第?{NUMBER}"
    r"(?:号|(?![\d一二三四五六七八九十百条項年月日回期度]))"
)
_SHORT = Rule(
    "short_law_number",
    rf"(?P<era>[{ERA_FIRSTS}])[{ERA_LASTS}]?(?P<year>\d{{1,2}}|元|[一二三四五六七八九十]{{1,3}})(?:年|{_DATED})?"
    rf"(?P<kind>[法政勅条])[律令約]?第?(?P<number>{NUMBER})号?",
    reads=("⟦平11法52⟧", "⟦昭24政令378⟧", "⟦昭25.10.21政令第317号⟧"),
    leaves=("法52",),
)
# 人事院規則9-153: its two numbers are written digit by digit, 九―一五三.
_RULE = Rule(
    "rule_of_the_personnel_authority",
    r"人事院規則(\w+)[―－‐−ー-](\w+)",
    reads=("人事院規則14―7",),
    leaves=("人事院規則による",),
)
_POSITIONAL = str.maketrans("0123456789", DIGITS)
# 平成12年（2000年）, 平成12（2000）年, 2000（平成12）年: the year of the era counts.
_BESIDE = Rule(
    "western_year_beside_an_era_year",
    rf"(?:(?P<one>(?:{ERA_NAMES}){NUMBER})(?:年（\d{{4}}年）|（\d{{4}}）年)"
    rf"|\d{{4}}(?:（(?P<two>(?:{ERA_NAMES}){NUMBER})）年|年（(?P<three>(?:{ERA_NAMES}){NUMBER})年）))",
    reads=("⟦平成12年（2000年）⟧法律第145号", "⟦2000（平成12）年⟧法律"),
    leaves=("平成12年法律第145号",),
)
# 昭和48年5月8日環境庁告示25号: the day is no part of the number, and 第 is.
_DAY = Rule(
    "day_in_a_law_number",
    rf"(?<=年)(?P<month>{NUMBER})月(?:(?P<day>{NUMBER})日)?の?",
    reads=("昭和48年⟦5月8日⟧環境庁告示25号",),
    leaves=("昭和48年環境庁告示",),
)
_ORDINAL = Rule(
    "number_without_ordinal_mark",
    rf"(?<=[律令約例示則達法])(?={NUMBER}号$)",
    reads=("告示⟦⟧25号",),
    leaves=("告示⟦第25号",),
)


def kanji_number(text: str) -> str:
    """Write a law number with kanji numerals, as it was promulgated.

    >>> kanji_number("平成11年法律第60号"), kanji_number("平二六法一〇四"), kanji_number("人事院規則14-7")
    ('平成十一年法律第六十号', '平成二十六年法律第百四号', '人事院規則一四―七')
    """
    text = _BESIDE.sub(_era_year, text.replace(" ", "").replace("　", ""))
    rule = _RULE.fullmatch(text)
    if rule:
        return "人事院規則" + "―".join(part.translate(_POSITIONAL) for part in rule.groups())
    short = _SHORT.fullmatch(text)
    if short:
        text = f"{ERAS[short['era']]}{short['year']}年{KINDS[short['kind']]}第{short['number']}号"
    text = _ORDINAL.sub("第", _DAY.sub("", text))
    return re.sub(rf"(?:(?<=[{ERA_LASTS}第])|(?=\d)){NUMBER}", _in_kanji, text)


def made_on(text: str) -> tuple[int, int] | None:
    """Return month and day that a law number gives, or None without a day.

    >>> made_on("昭和27年6月10日 法律第180号"), made_on("昭和27年法律第180号")
    ((6, 10), None)
    """
    found = _DAY.search(_BESIDE.sub(_era_year, text.replace(" ", "").replace("　", "")))
    return (number(found["month"]), number(found["day"])) if found and found["day"] else None


def _era_year(match: re.Match[str]) -> str:
    return f"{match['one'] or match['two'] or match['three']}年"


def _in_kanji(match: re.Match[str]) -> str:
    return match.group() if match.group() in ("", "元") else _kanji(number(match.group()))


def _kanji(value: int) -> str:
    """Write 1-9999 with 十百千, without 一 before them, as law numbers do."""
    out = ""
    for unit, word in ((1000, "千"), (100, "百"), (10, "十")):
        digit, value = divmod(value, unit)
        out += ("" if digit == 1 else DIGITS[digit]) + word if digit else ""
    return out + (DIGITS[value] if value else "")


def roman(text: str) -> int:
    """Return the value of a Roman numeral up to XXXIX, as treaties number their articles.

    >>> roman("XIV")
    14
    """
    digits = [{"I": 1, "V": 5, "X": 10}[letter] for letter in text]
    return sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))
