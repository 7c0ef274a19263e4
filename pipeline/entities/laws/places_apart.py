"""Places that have no column: chapters, tables, forms, the preamble; and the parts of a paragraph."""

from __future__ import annotations

from pipeline.entities.laws.pattern_words import any_of
from pipeline.entities.laws.place_words import AND, BLANK, BRANCH, JOIN, KANA, TO
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

_PART = f"(?:{any_of('part')})"
PARTS = Rule(
    "parts_of_a_place",
    rf"{_PART}(?:{AND}?{_PART})*",
    reads=("第1項⟦前段⟧の", "第1項⟦本文及びただし書⟧の", "第4号⟦ただし書前段⟧の"),
    leaves=("第1項⟦の",),
)
# Places without a column: parts of the law, its tables and forms.
_DIVISION = (
    rf"第{BLANK}(?:{NUMBER}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[IVX]{{1,6}}){BLANK}[編章節款目部](?![会長局隊門分])(?:の{NUMBER})*"
)
_NTH = rf"第{BLANK}{NUMBER}{BLANK}号"
# 別表第一号及び第二号, 様式第一号から第三号まで: numbers of tables and forms, and no items.
_MORE = (
    rf"(?:(?<=号){BLANK}(?:{TO}{BLANK}{_NTH}まで|{JOIN}{BLANK}{_NTH}(?!(?:の{NUMBER})*様式))){{0,9}}{BRANCH}"
)
# 別表第1の1の項から15の項まで: rows of a table, of which the first may have been read as a branch of its number.
_ROW = rf"(?:{NUMBER}(?:の{NUMBER})*)の項(?![目番])"
_ROWS = rf"(?:(?:の{_ROW}|の項(?![目番]))(?:{BLANK}{TO}{BLANK}{_ROW}まで|{BLANK}{JOIN}{BLANK}{_ROW}(?!まで)){{0,9}})?"
_TABLE = (
    rf"別表(?:{BLANK}第?{BLANK}{NUMBER}(?:[.．]\d{{1,4}}項?)?号?{_MORE}{_ROWS})?{_ROWS}"
    rf"(?:{BLANK}{_NTH}{_MORE})?"
    rf"(?:の?（(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})）{BLANK}項"
    rf"(?:{KANA}(?:{BLANK}{JOIN}{BLANK}{KANA})*(?:まで)?)?)?"
)
# 第一号及び第二号様式
_NUMBERED_FORM = (
    rf"(?:別記)?{BLANK}(?:{_NTH}(?:の{NUMBER})*{BLANK}{JOIN}{BLANK}){{0,9}}{_NTH}(?:の{NUMBER})*様式{BRANCH}"
)
_FORM = (
    rf"{_NUMBERED_FORM}|別記様式(?:{BLANK}第{BLANK}{NUMBER}{BLANK}号?{_MORE})?"
    rf"|別記(?:{BLANK}第{BLANK}{NUMBER}{BLANK}号?{BRANCH})?|別図(?:第{NUMBER})?"
    rf"|様式第{NUMBER}号?{_MORE}"
)
# 憲法前文及び第25条: the preamble, first of a list of places.
_PREAMBLE = rf"前文(?:{BLANK}第?{NUMBER}[段項])?(?={BLANK}{AND}{BLANK}第?{BLANK}{NUMBER}{BLANK}条)"
APART = Rule(
    "place_without_column",
    rf"(?:{_DIVISION})(?:{BLANK}{_DIVISION})*|{_TABLE}|{_FORM}|{_PREAMBLE}",
    reads=(
        "⟦第4章第2節⟧の",
        "⟦別表1⟧による",
        "⟦別表第1（6）項ロ⟧に",
        "⟦別表第一の二⟧の",
        "⟦別表第1の16の項⟧の",
        "⟦別表第1の1の項から15の項まで⟧の",
        "⟦別表の1の項、2の項及び3の2の項⟧の",
        "⟦別記様式第1号⟧",
        "⟦別記第2号様式⟧による",
        "⟦第十五号の二様式⟧に",
        "⟦第一号及び第二号様式⟧に",
        "⟦様式第一号及び第二号⟧に",
        "⟦様式第一号から第三号まで⟧の",
        "⟦別表第一号及び第二号⟧に",
        "⟦前文⟧及び第25条",
        "⟦前文2段⟧、13条",
    ),
    leaves=("⟦第4部会", "⟦第4条", "⟦前文を", "⟦第4号による"),
)
BESIDE = Rule(
    "supplement_before_a_place",
    rf"(?:附則|本則){BLANK}",
    reads=("⟦附則⟧第2条",),
    leaves=("⟦附属書",),
)
