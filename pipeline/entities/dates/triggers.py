"""Where a date may begin: cheap tests, so that most of the text is passed over.

They are built from the forms themselves. A test shows that reading without them finds the same
(``tests/test_dates.py``): a new unit, or a form that begins otherwise, must be added here.
"""

from __future__ import annotations

import re

from pipeline.entities.dates import month_forms, numeric_forms, year_forms, year_lists
from pipeline.entities.dates.pieces import ERA, NEW_ERA, SHORT_ERA, SMALL, L, S
from pipeline.entities.dates.year_relations import PART_OF_YEAR
from pipeline.eras import ERA_FIRSTS, ERA_LETTERS, ERA_NAMES
from pipeline.model.rule import Rule
from pipeline.numerals import KANJI

_V = re.VERBOSE
# Every form that may stand at the beginning of a date.
FORMS = tuple(
    rule
    for module in (year_forms, year_lists, month_forms, numeric_forms)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
)
_FIRST = rf"\d〇一二三四五六七八九十千元正同翌前本今昨去来当先明再{SHORT_ERA}{ERA_LETTERS}'’‘"
_TAISHO = "|".join(name[1:] for name in ERA_NAMES.split("|") if name[0] not in SHORT_ERA)
# Behind these a numeral is the rest of a longer number, as around.NUMBER_BEFORE has it.
_REST = rf"[\d{KANJI}][0-9{KANJI}]|(?<=\d),\d(?=\d\d)"
# What every date holds but those in digits alone; and one of these stands in all others: 2013/10/3, 大みそか
_UNITS = "年月日世期旦春夏秋冬"
_SIGNS = "./・'’‘FQみ（〈［《〔=＝-"
_NUMERIC = rf"""\d/{S}\d | (?:1[89]|2[01])\d\d[.-]
    | (?:{NEW_ERA}|[{ERA_LETTERS}{ERA_FIRSTS}])(?:\.[ 　]|{S})(?:{SMALL}|元)[.・/=＝-]
    | (?:{NEW_ERA}){S}(?:\d{{1,2}}|元)[ 　]\d{{1,2}}\.[ 　]?\d
    | \d\d\.\d{{1,2}}\.\d | ['’‘]\d\d\.\d | FY[ ]?\d{{4}}
    | (?:19|20)\d\d[ /-]?(?:Q[1-4]|[1-4]Q)"""
_WRITTEN = "'" + "".join(
    sorted({char for rule in FORMS for char in rule.pattern.replace(ERA, NEW_ERA) if not char.isascii()})
)


def _within(stop: str = "") -> str:
    """Return the class of what may stand in a date, up to the first of the characters ``stop``."""
    written = "".join(char for char in _WRITTEN if char not in stop)
    return rf"[\d{ERA_LETTERS} {written}{'' if '-' in stop else '-'}]"


# Behind what may begin a date stands its unit or another sign of one. Bounded, so that a run of digits is not
# searched to its end from each of them; and each run is passed over once before anything costly is tried.
_HELD = rf"""(?: \d\d?(?:,\d\d?){{1,9}}{S}[年月日] | {_within(_UNITS)}{{0,80}}+ [{_UNITS}]
    | (?={_within(_SIGNS)}{{0,90}}+[{_SIGNS}]) {_within()}{{0,80}}? (?:みそか|{_NUMERIC}|{L}{ERA}) )"""
TRIGGER = Rule(
    "trigger",
    # A character that may begin a date; then, what stands about it; at last, from it on, what a date holds.
    rf"""[{_FIRST}第大上下Fさ年春夏秋冬]
        (?: (?<=[{_FIRST}]) (?<!{_REST})
          | (?<=第)(?=(?:[1-4一二三四ⅠⅡⅢⅣ]|I{{1,3}}|IV)(?:[・／/]?四半期|[～・]第?[1-4ⅠⅡⅢⅣI]))
          | (?<=大)(?=晦|みそか|[\d〇一二三四五六七八九十元]|{_TAISHO})
          | (?<=[上下])(?=半?期)
          | (?<=F)(?=Y)
          | (?<=さ)(?=来[年月])
          | (?<=年){PART_OF_YEAR}
          | (?<=[春夏秋冬])(?=[場口以頃ご]) )
        (?<=(?={_HELD}).)""",
    reads=("平成25年", "FY2020", "大正12年", "2013.10.3", "大みそか"),
    leaves=("防衛省の大臣", "1,234人", "第1条"),
    flags=_V,
)
