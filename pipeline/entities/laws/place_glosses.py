"""The units of places, and what a place is called, in brackets behind it: 第1号（優良誤認）及び第2号, 第37条《更正の請求》第2項."""

from __future__ import annotations

from pipeline.entities.laws.parties import parties
from pipeline.entities.names.phrases import alternatives
from pipeline.facts import column
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

_AGREEMENTS = column("law_words.csv", "word", "list", "short_for_an_agreement")
# 第14.5条, only of what states agree on: in 民法第4.5条 the point parts two articles, or is a misprint.
_AGREED = (*_AGREEMENTS, "協定", "条約", "憲章", r"\.\d条及び", r"\.\d\d条及び", r"\.\d条、", r"\.\d\d条、")
CHAPTERED = rf"(?:{'|'.join(f'(?<={name}第)' for name in _AGREED)})\d{{1,2}}\.[1-9]\d?(?=条)"
# 第4号議案, 第3号様式: what has a number of its own, and is no item of the place before it.
_NUMBERED = alternatives(column("law_words.csv", "word", "list", "numbered_thing"))
# Not in 条約, 条件, 条例; 項目; 2号機.
UNIT = rf"(?P<unit>条(?!約(?!束)|[件例文理])|項(?!目)|号(?![機室線車館棟店艦炉]|{_NUMBERED}))"
# Tax tribunals write the heading of an article in 《》, courts in 〔〕.
_MARKED = "《[^《》「」。]{1,80}》|〔[^〔〕「」。…]{1,60}〕"
# 第1号（優良誤認）及び第2号（有利誤認）
GLOSS = Rule(
    "gloss_of_a_place",
    rf"（(?![^（）]{{0,40}}(?:(?<!方)[法令則]第|準用))[^（）「」]{{1,40}}）|{_MARKED}",
    reads=("第1号⟦（優良誤認）⟧及び", "第5条⟦（第3項を除く。）⟧及び", "第37条⟦《更正の請求》⟧及び第38条"),
    leaves=("第1号⟦（以下「号」という。）", "第5条⟦（同法第9条において準用する場合を含む。）、第8条"),
)
# 第2条（定義）第1項: the heading of an article before what stands in it. A bracket that says which law is meant,
# or what of the place (第1項を除く), is none.
# 労使協定 and 建築協定 are headings, agreements of states none.
_STATES = alternatives(name for names in parties().values() for name in names)
_TREATY = (
    rf"(?:日・?(?:{_STATES})|[米英]|{alternatives(_AGREEMENTS)})[^（）]{{0,20}}協定"
    "|国連憲章|議定書|施行令|施行規則"
)
_OTHER = rf"以下|除く|含む|限る|改正|準用|[法律令則]第|(?:(?<!方)法|法律|条約|{_TREATY})）|[条項号年]"
HEADING = Rule(
    "heading_within_a_place",
    rf"(?:（(?![^（）]{{0,40}}(?:{_OTHER}))[^（）「」。]{{1,40}}）|{_MARKED})"
    rf"(?=第[ 　]?{NUMBER}[ 　]?(?:項|号(?!議案|様式|証|事件)))",
    reads=(
        "第2条⟦（定義）⟧第1項",
        "第37条⟦《更正の請求》⟧第2項",
        "第22条⟦〔所得の計算〕⟧第3項",
        "第2条⟦（届出の方法）⟧第1項",
        "第2条⟦（建築協定）⟧第1項",
    ),
    leaves=(
        "第2条⟦（定義）及び第1項",
        "第2条⟦（第3項を除く。）第1項",
        "第2条⟦（昭和40年法律第33号）第1項",
        "第2条⟦（報酬）第4号議案",
        "第2条⟦（電波法）第1項",
        "第2条⟦（日米地位協定）第1項",
    ),
)
