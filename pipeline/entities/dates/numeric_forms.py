"""Dates in digits with points, strokes or hyphens: H25.10.3, 2013/10/3, 昭49.12.1, '98.3, 10/3（木）."""

from __future__ import annotations

import re
from functools import cache
from string import digits

from pipeline.entities.dates.facts import words
from pipeline.entities.dates.pieces import (
    DASH,
    DAY_DIGITS,
    KIND,
    MONTH_DIGITS,
    NEW_ERA,
    RANGE_SIGN,
    SHORT_ERA,
    SMALL,
    S,
)  # fmt: skip
from pipeline.eras import ERA_FIRSTS, ERA_LETTERS
from pipeline.model.rule import Rule

_V = re.VERBOSE
# What may stand behind: no other digit, but the other end of a range (2019/2/28-2019/3/1).
_TAIL = r"(?![\d/]|\.\d|-\d(?!\d{3}[./-]|\d?[./]))"
# Where a letter and a number do not stand for an era: 図H2.5, 区分S2, PM2.5, M7.3.
_EDGE = "(?<![A-Za-z一-龥々ァ-ヶー])"
_LETTER = rf"(?P<letter>[{ERA_LETTERS}]) (?:\.[ 　]|{S}) (?P<ey>\d{{1,2}}|元)"
LETTERED = Rule(
    "numeric_lettered",
    rf"""{_LETTER} (?: (?P<s>[./・-]){S}(?P<m>\d{{1,2}})(?P=s){S}(?P<d>\d{{1,2}}) {_TAIL} (?![A-Za-z])
        | {S}{KIND}?年(?:(?P<fo>度)|(?P<dec>代))? )""",
    reads=("⟦H25.10.3⟧", "⟦H25. 4. 1⟧", "⟦R. 4. 1. 3⟧", "⟦R2年度⟧", "⟦S40年代⟧"),
    leaves=("⟦H25.10.3.1", "⟦H25", "⟦M7.3"),
    flags=_V,
)
# A letter with a decimal is mostly no date (M7.3, H2.5m, R10.5％): two numbers are one where nothing adjoins.
LETTERED_MONTH = Rule(
    "numeric_lettered_month",
    rf"""{_EDGE} (?P<letter>[SHR]) (?P<ey>\d{{1,2}}|元) (?P<s>[./])(?P<m>{MONTH_DIGITS}) {_TAIL}
        (?= [～–—-] | [にかま現改新時頃以末制施]
          | (?: (?<=元..) | (?<=元...) | (?<=\d\d..) | (?<=\d\d[./]\d\d) | (?<=[./]0\d) ) (?: $ | [\s、。）」のはよ] )
          | ,(?=[SHR]\d) | (?<=^....) (?:$|\s) | (?<=（....) ） | (?<=[～–—-]....) | (?<=から....) )""",
    reads=(
        "⟦R5.4⟧",
        "⟦H25.4⟧に開設した。",
        "⟦S60/4⟧～",
        "設立（⟦R5.4⟧）",
        "⟦H25.4⟧、",
        "⟦R5.04⟧、",
        "⟦R5.4⟧,R6.5",
    ),
    leaves=("⟦M7.3", "⟦R10.5％", "⟦H2.5m", "⟦S2-3", "⟦S1.2⟧の合金", "⟦H1.8⟧、"),
    flags=_V,
)
# （H12=100）: the year that an index counts from.
LETTERED_BASE = Rule(
    "numeric_lettered_base",
    rf"{_EDGE}(?P<letter>[SHR])(?P<ey>\d{{1,2}}|元)(?=[ 　]?[=＝][ 　]?100(?![\d.,]))",
    reads=("生産指数（⟦H12⟧=100）",),
    leaves=("⟦H12=10", "⟦H12=100.5"),
)
OPEN_LETTERED = Rule(
    "numeric_open_lettered",
    rf"""{_LETTER}
        (?= (?: {S} (?:{RANGE_SIGN}|[・、/]) {S} [{ERA_LETTERS}]? (?:\d{{1,2}}|元) ){{1,12}} {S} 年(?P<u>度)? )""",
    reads=("⟦H25⟧～R2年度", "⟦H30⟧/31年度", "⟦H28⟧、29、30年度"),
    leaves=("⟦H25年度",),
    flags=_V,
)
DOTTED_ERA = Rule(
    "numeric_era",
    rf"""(?P<era>{NEW_ERA}) {S} (?P<ey>{SMALL}|元)
        (?P<s>[./](?![ 　])|[./](?=[ ]{SMALL}[./])|[・-](?={SMALL}[・-])) {S} (?P<m>{SMALL})
        (?:(?P=s){S}(?P<d>{SMALL}))? {_TAIL} (?!{S}両?年)""",
    reads=("⟦平成25.10.3⟧", "⟦平成 25. 4. 1⟧", "⟦平成7・1・17⟧", "⟦昭和四九・一二・一⟧"),
    leaves=("⟦平成7・8年",),
    flags=_V,
)
ABBREVIATED = Rule(
    "numeric_abbreviated",
    rf"""(?:(?<![一-龥々])|(?<=[一-龥][判決審])) (?P<short>[{SHORT_ERA}]|大(?=.{{1,3}}[./・-])) {S} (?P<ey>{SMALL}|元)
        (?: (?P<s>[./・-]){S}(?P<m>{SMALL})(?P=s){S}(?P<d>{SMALL}) {_TAIL} | 年(?P<fo>度)?(?![生制次間前後目]) )""",
    reads=("⟦昭49.12.1⟧", "⟦平元.4.1⟧", "⟦平22年度⟧", "⟦大12.9.1⟧", "最判⟦昭49.12.1⟧", "地裁決⟦平12. 4. 1⟧"),
    leaves=("公平5年", "⟦大3年"),
    flags=_V,
)
# 昭39.10, 平22.4～: two numbers alone, and none of a measure behind (平3.2m).
ABBREVIATED_MONTH = Rule(
    "numeric_abbreviated_month",
    rf"""(?<![一-龥々]) (?P<short>[昭平令]) (?P<ey>\d{{1,2}}|元) (?P<s>[./])(?P<m>{MONTH_DIGITS}) {_TAIL}
        (?= [～–—-] | [ 　]?(?:から|[にかま現改新時頃以末制施設廃]) | $ | [\s、。）」] )""",
    reads=("⟦昭39.10⟧に設立", "⟦平22.4⟧～", "（⟦令5.4⟧）"),
    leaves=("水平3.2", "⟦平3.2m", "⟦昭39.13"),
    flags=_V,
)
# 昭和22 4. 1, 昭和22 11.20: in a list, with a blank behind the year.
BLANK_ERA = Rule(
    "numeric_era_apart",
    rf"(?P<era>{NEW_ERA}){S}(?P<ey>\d{{1,2}}|元)[ 　]"
    rf"(?P<m>{MONTH_DIGITS})\.[ 　]?(?P<d>{DAY_DIGITS})(?![\d.%％])",
    reads=("⟦昭和22 4. 1⟧ 改称", "⟦昭和22 11.20⟧ 落成"),
    leaves=("⟦昭和22 13.20", "⟦昭和22 4.1％"),
)
DOTTED = Rule(
    "numeric_western",
    rf"(?P<w>(?:1[89]|2[01])\d\d)(?P<s>[./-]){S}(?P<m>\d{{1,2}})(?P=s){S}(?P<d>\d{{1,2}}){_TAIL}",
    reads=("⟦2013/10/3⟧", "⟦2013-10-03⟧"),
    leaves=("2013/10/3/4",),
)
DOTTED_MONTH = Rule(
    "numeric_western_month",
    rf"(?P<w>(?:18|19|20)\d\d)(?P<s>[./])(?P<m>{MONTH_DIGITS}){_TAIL}(?!{words('behind_decimal')})",
    reads=("⟦2013.10⟧", "⟦2013/10⟧", "⟦2016/4⟧から2017/3まで"),
    leaves=("2010.5人",),
)
# The other end of 2012/4/3～6, 2012/4/3-4/6, 2016.4～6
CLOSING = Rule(
    "numeric_closing",
    rf"(?:(?P<m>{MONTH_DIGITS})(?P<s>[./]){S})?(?P<d>{DAY_DIGITS})(?=$|[\s、。）」（にまのはで])",
    reads=("2012/4/3～⟦6⟧", "2012/4/3-⟦4/6⟧に開く。"),
    leaves=("2012/4/3～⟦6人", "2012/4/3から⟦6か月"),
)
# The other end of 2016.4～17.3, 平成28/4～29/3, H28.4～29.3: the year in two digits, and the same sign.
CLOSING_MONTH = Rule(
    "numeric_closing_month",
    rf"(?P<bare>\d\d)(?P<s>[./])(?P<m>{MONTH_DIGITS})(?=$|[\s、。）」（にまのはで])",
    reads=("2016.4～⟦17.3⟧", "平成28/4～⟦29/3⟧まで"),
    leaves=("2016.4～⟦17.3％", "2016.4～⟦17.13"),
)
SHORT_DOTTED = Rule(
    "numeric_shortened",
    rf"['’‘](?P<w>\d\d)(?P<s>[./])(?P<m>{MONTH_DIGITS})(?:(?P=s)(?P<d>{DAY_DIGITS}))?{_TAIL}(?![Q期])",
    reads=("⟦'14.4.1⟧", "⟦'98.3⟧"),
    leaves=("⟦'98", "⟦'24/4Q"),
)
DOTTED_BARE = Rule(
    "numeric_bare",
    rf"(?P<bare>[1-6]\d)(?P<s>[./])(?P<m>{MONTH_DIGITS})(?P=s)(?P<d>{DAY_DIGITS}){_TAIL}",
    reads=("年月\t発足\n25.10.3\t委員会", "⟦25.10.3⟧"),
    leaves=("⟦25.10",),
)
SLASHED = Rule(
    "numeric_slashed",
    rf"(?P<m>{MONTH_DIGITS})/(?P<d>{DAY_DIGITS}){_TAIL}(?![ 　]?(?:{words('behind_fraction')}))",
    reads=("⟦10/3⟧（金）に開催する。",),
    leaves=("⟦13/3", "⟦1/2以下"),
)
# 4/28に採択された, 12/29～1/3: in prose a day where no share is written so; its months and days say more.
SLASHED_TOLD = Rule(
    "day_in_digits_told",
    rf"""(?P<m>{MONTH_DIGITS})/(?P<d>{DAY_DIGITS}) (?: (?=から|まで|現在|時点|締め?切|〆切|付け?(?![近属]))
        | (?P<ni>(?=[にのよ]り?(?!\d)))
        | [ 　]?[～~〜–-][ 　]?(?P<m2>{MONTH_DIGITS})/(?P<d2>{DAY_DIGITS})(?![\d/]) )""",
    flags=_V,
    reads=("⟦4/28⟧に採択した。", "⟦12/29～1/3⟧", "⟦4/1⟧から受け付ける。"),
    leaves=("⟦4/28％", "⟦13/3に", "⟦1/2"),
)
# 1/2, 2/3: shares of a cost rather than days of January and February, where nothing shows a day.
SHARE = Rule(
    "share_in_a_cell",
    r"(?:1/[2-4]|2/3|3/4)(?![\d/～~-]|[ 　]?（[月火水木金土日祝])",
    reads=("補助率\t⟦1/2⟧\t3/4", "⟦2/3⟧"),
    leaves=("⟦1/2（金）", "⟦1/20", "⟦3/4～3/10"),
)
# 1/3～1/2: from one share to another.
SHARES = Rule(
    "shares_from_to",
    r"(?:1/\d|2/3|3/4|[2-4]/5|1/10)[ 　]?[～~〜-][ 　]?(?:1/\d|2/3|3/4|[2-4]/5|10/10)(?![\d/]|[ 　]?（[月火水木金土日祝])",
    reads=("補助率\t⟦1/2～2/3⟧", "⟦1/3〜1/2⟧が多い"),
    leaves=("⟦12/29～1/3", "⟦1/2～1/20"),
)
SHARED = Rule(
    "what_is_borne_in_shares",  # with nothing but figures, blanks and signs between it and the share
    rf"(?:{words('before_fraction')})[^一-龥々ぁ-ゖァ-ヺA-Za-z]{{0,30}}$|(?<![一-龥])[国県市町村]費?[ 　：:（]?$",
    reads=("若葉支援事業費⟦補助金（⟧", "⟦負担金　△330 （1/3・⟧", "（⟦国⟧", "1/2、⟦県費　⟧"),
    leaves=("補助金の申請（", "行事（", "全国（"),
)
# The years of cited works: 小野（2021）, 白書（2010，2012）
CITED = Rule(
    "cited_year",
    r"""(?: (?<=[A-Za-z.一-龥々ァ-ヶー」』][（［]) | (?<=[A-Za-z.,][ ][（［])
          | (?<=[一-龥々ァ-ヶー][、,]) (?=\d{4}）) )
        (?:19|20)\d\d[a-z]? (?:[、，,][ ]?(?:19|20)\d\d[a-z]?)* (?=[）］](?!年))
      | (?<=白書)[ 　]{1,4}(?:19|20)\d\d(?!年) | (?:19|20)\d\d(?=[ ]{1,4}White[ ]Paper)
      | (?<=[一-龥])(?<!第)(?:19|20)\d\d(?=」)""",
    reads=(
        "小野（⟦2021⟧）による。",
        "白書（⟦2010、2012⟧）",
        "Ono, J., et al., （⟦2021⟧）, “On",
        "（総務省、⟦2021⟧）",
        "水産白書⟦   2023⟧ 115第1節",
        "⟦2023⟧ White Paper on",
        "「農業戦略⟦2022⟧」",
    ),
    leaves=("小野（2021）年", "は（2021）", "白書2023年", "「第2022」"),
    flags=_V,
)
# （1867-1916）, 『七十年史：1925-1994』: a life, or the years of which a work tells.
SPAN = Rule(
    "years_in_a_bracket",
    r"(?:(?<=[（『])|(?<=[:：])|(?<=[:：][ ]))(?P<w>(?:1[5-9]|20)\d\d)"
    rf"[ ]?(?:{DASH}|[～~])[ ]?(?P<w2>(?:1[5-9]|20)\d\d)(?=[）』])",
    reads=("若葉太郎（⟦1867-1916⟧）", "『若葉七十年史 : ⟦1925-1994⟧』"),
    leaves=("（⟦1867-16", "電話1867-1916"),
)
CITED_ONE = Rule("cited_one", r"\d{4}", reads=("白書（2010、⟦2012⟧）",), leaves=("212",))
# Tried in this order, each with the characters that it may begin with.
NUMERIC: tuple[tuple[Rule, str], ...] = (
    (LETTERED, ERA_LETTERS),
    (LETTERED_MONTH, "SHR"),
    (LETTERED_BASE, "SHR"),
    (DOTTED_ERA, ERA_FIRSTS),
    (BLANK_ERA, ERA_FIRSTS),
    (ABBREVIATED, ERA_FIRSTS),
    (ABBREVIATED_MONTH, "昭平令"),
    (DOTTED, "12"),
    (DOTTED_MONTH, "12"),
    (SHORT_DOTTED, "'’‘"),
)
# Read as dates in a table cell and behind the first end of a range.
NUMERIC_BARE: tuple[tuple[Rule, str], ...] = ((DOTTED_BARE, digits), (SLASHED, digits))


@cache
def beginning(first: str, joined: bool) -> tuple[Rule, ...]:
    """Return the forms that may begin with ``first``, in order; with ``joined``, the bare too."""
    return tuple(rule for rule, firsts in NUMERIC + NUMERIC_BARE * joined if first in firsts)
