"""Citations by number: law numbers, those of bills, of the European Union and of the United States."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.citation import Citation, Find
from pipeline.entities.laws.locators import read_locators
from pipeline.entities.laws.numbers import SHORT
from pipeline.entities.laws.pattern_words import JOINER, MADE, any_of
from pipeline.eras import ERA_FIRSTS, ERA_LASTS, ERA_NAMES
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

_S = "[ 　]?"
_ERA_YEAR = rf"(?:{ERA_NAMES}){_S}{NUMBER}"
_WESTERN = r"(?<!\d)(?:1[89]|20)\d\d"
# 平成25年, 平成12年（2000年）, 平成12（2000）年, 2003（平成15）年, 2003年, 同年.
_YEAR = (
    rf"(?:{_ERA_YEAR}{_S}年(?:{_S}（{_WESTERN}年）)?|{_ERA_YEAR}{_S}（{_WESTERN}）{_S}年"
    rf"|{_WESTERN}{_S}（(?:{_ERA_YEAR})）{_S}年|{_WESTERN}年(?:{_S}（{_ERA_YEAR}年）)?|同年)"
)
# 昭和27年6月10日法律第180号
_DAY = rf"(?:{_S}{NUMBER}{_S}月(?:{_S}{NUMBER}{_S}日)?の?)?"
# こども家庭庁, カジノ管理委員会, 最高裁判所, 内閣府・総務省; 当該総務省令 is none.
_BODY = r"(?:こども家庭庁|最高裁|(?!当該|同|本|各|現行|改正|前記|上記)[一-龥ァ-ヶー]{1,10}(?:[省府庁院会所局]|本部))"
# 厚生労働・農林水産省令: ministries that share one 省.
_SHARED = r"(?:(?<![一-龥ァ-ヶー])|(?<=年))(?:[一-龥]{2,4}・){1,5}(?=[一-龥]{2,4}省)"
_BODIES = rf"(?:{_SHARED})?{_BODY}(?:令?・{_BODY}){{0,6}}"
_OF_A_BODY = rf"(?:{_BODIES}(?:{any_of('body_kind')})|内閣(?:告示|訓令))"
_OF_A_PLACE = (
    r"(?:[一-龥ァ-ヶー]{1,8}|(?<![ぁ-ん一-龥])[ぁ-ん]{2,6})[都道府県市区町村](?:条例|規則|告示|訓令)"
)
_ANY_PLACE = r"[一-龥ぁ-んァ-ヶー]{0,8}[都道府県市区町村](?:条例|規則|告示|訓令)"
_KIND = rf"(?:{any_of('numbered_kind')}|{_OF_A_BODY}|{_ANY_PLACE})"
_BARE_KIND = rf"(?:法律|政令|勅令|条約|太政官布告|太政官達|{_OF_A_BODY}|{_OF_A_PLACE})"
_NUMBER = rf"{_S}{NUMBER}{_S}号"
_RULE_NUMBER = r"(?:\d{1,2}[―－‐−ー-]\d{1,3}|[一二三四五六七八九〇]{1,2}[―－ー][一二三四五六七八九〇]{1,3})"
# 昭和27年6月10日 法律第180号: a blank parts the day from the number. 平成12年4月1日 法律第87号施行 is a day in force.
_IN_FORCE = r"(?<!施行日)(?<!施行日.)(?<!施行期日)(?<!施行期日.)"
_APART = (
    rf"{_IN_FORCE}{_YEAR}{_S}{NUMBER}{_S}月{_S}{NUMBER}{_S}日[ 　](?:法律|政令)"
    rf"(?!{_S}第?{_NUMBER}[^。（]{{0,25}}(?:（[^（）]{{0,40}}）[^。（]{{0,25}})?(?:施行|発効))"
)

_FORMS = (
    rf"(?P<lead>{_YEAR}{_S}{_DAY}{_KIND}|{_APART}){_S}第?{_NUMBER}",  # 平成25年法律第108号
    # 法律第17号, 総務省告示第124号; 開示府令第二号様式 is a form of it.
    rf"(?P<bare>{_BARE_KIND}){_S}第{_NUMBER}(?!(?:の{NUMBER})?様式)",
    rf"[閣衆参]法第{_NUMBER}|内閣提出第{_NUMBER}(?!議案|証)",  # bills
    rf"{_ERA_YEAR}{_S}年憲法",
    SHORT,
    rf"人事院規則{_S}{_RULE_NUMBER}",
)
LAW_NUMBER = Rule(
    "law_number",
    f"(?:{'|'.join(_FORMS)})",
    reads=(
        "⟦平成25年法律第108号⟧により",
        "⟦平成12年（2000年）法律第145号⟧により",
        "⟦平成12年6月7日 法律第145号⟧により",
        "⟦令和5年こども家庭庁告示第5号⟧により",
        "⟦内閣府・総務省令第1号⟧により",
        "⟦平成13年厚生労働・農林水産省令第1号⟧により",
        "⟦閣法第5号⟧",
        "⟦内閣提出第十号⟧、参議院送付",
        "⟦人事院規則14―7⟧による",
        "⟦昭和21年憲法⟧",
    ),
    leaves=(
        "平成25年度予算",
        "第108号",
        "府令第二号様式",
        "⟦平成25年4月1日、法律第145号",
        "⟦平成12年4月1日 法律第87号を施行",
    ),
)
# Without groups, for other patterns.
NUMBER_TEXT = LAW_NUMBER.pattern.replace("(?P<lead>", "(?:").replace("(?P<bare>", "(?:")
# No number of a law is without one of these.
_SIGN = Rule(
    "sign_of_a_law_number",
    rf"[号年人{ERA_FIRSTS}](?:(?<=号)|(?<=年)憲法|(?<=人)事院規則"
    rf"|(?<=[{ERA_FIRSTS}])[{ERA_LASTS}]?[\d元一二三四五六七八九十]{{1,3}}年?[法政勅条])",
    reads=("第108号", "平二六法一〇四"),
    leaves=("電波法の改正",),
)
# 平成15年法律第57号・第58号: numbers that share year and kind.
_NEXT = Rule(
    "number_that_shares_its_year",
    rf"(?:、|・|{JOINER}|から|～)第{_NUMBER}(?![イロハ]|の{NUMBER}|の規定)",
    reads=("平成15年法律第57号⟦・第58号⟧", "第58号⟦及び第59号⟧の施行"),
    leaves=("平成15年法律第57号⟦第2条",),
)
# 成立し（平成26年法律第118号）
_PASSED = Rule(
    "number_of_what_was_passed",
    rf"(?:{MADE})(?:され|し)(?:た|ており|、)?（[ 　]?$",
    reads=("成立し（",),
    leaves=("成立に（",),
)
# …に関する法律」（平成25年法律第108号, （4月24日公布、法律第17号: whose number it is.
_OWNED = Rule(
    "number_in_the_bracket_of_a_name",
    r"[」』]?[ 　]?（[^（）]{0,20}$|[」』]?[ 　]$",
    reads=("特定秘密の保護に関する法律⟦」（⟧", "改正法案⟦（第204回国会⟧"),
    leaves=("に関する法律、",),
)
# （平成26年法律第68号による改正前のもの）, （令和4年法律第68号との関係）: what else the bracket says of a law.
_ANOTHER = Rule(
    "number_of_another_law_in_a_bracket",
    "(?!とし|にいう)[ぁ-ん]",
    reads=("第68号⟦に⟧よる改正前のもの）", "第68号⟦と⟧の関係）"),
    leaves=("第68号⟦）", "第68号⟦として成立）"),
)
_OF_AN_AMENDING_ACT = Rule(
    "number_of_an_amending_act",
    r"(?:の改正法（|（改正法[：:、])[ 　]?$",
    reads=("漁業法⟦の改正法（⟧", "漁業法⟦（改正法：⟧"),
    leaves=("改正漁業法（", "漁業法（改正"),
)
# 規則（EU）2016/679, 指令2006/32/EC, Regulation (EC) No 1907/2006; US statutes: Public Law 107-56.
_UNION = "E(?:U|C|EC|URATOM)"
_SERIAL = rf"(?:第|No\.?{_S})?\d{{1,4}}/\d{{1,4}}(?:/{_UNION})?号?(?![\d/])"
# 電池規則（EU）2023/1542: what such an act is about.
_EU_NAME = r"(?<![一-龥々ァ-ヶーA-Za-z])(?!同|本|当該|新|旧|両|各|現行|改正)[一-龥々ァ-ヶーA-Z]{2,20}"
_EU_BODY = f"(?:欧州議会(?:及び|・)(?:欧州)?理事会|{any_of('eu_body')})"
EU_NUMBER_BEHIND = Rule(
    "eu_number_behind_a_name",
    rf"{_S}（{_UNION}）{_S}{_SERIAL}",
    reads=("一般データ保護規則⟦（EU）2016/679⟧により",),
    leaves=("規則⟦（案）",),
)
FOREIGN_NUMBER = Rule(
    "foreign_law_number",
    rf"(?:(?:{_EU_BODY}{{0,2}}|{_EU_NAME})(?:規則|指令){_S}(?:（{_UNION}）|{_UNION})?{_S}{_SERIAL}"
    rf"|(?:Council |Commission )?(?:Regulation|Directive) (?:（{_UNION}） ?)?{_SERIAL}"
    r"|(?:Public Law|Pub\. ?L\.|P\. ?L\.) ?(?:No\. ?)?\d{2,3}[-–]\d{1,3}|大統領令(?:第?\d{4,5}号?))",
    reads=(
        "⟦規則（EU）2016/679⟧により",
        "⟦指令2006/32/EC⟧",
        "⟦電池規則（EU）2023/1542⟧と",
        "⟦Public Law 107-56⟧",
        "⟦大統領令14017号⟧",
    ),
    leaves=("規則第3条",),
)
# How far a number may stand behind the name that it belongs to (決め打ち).
REACH = 24


def numbers(text: str) -> Iterator[Find]:
    """Yield the law numbers of a sentence, with what places stand behind them."""
    for match in LAW_NUMBER.finditer(text) if _SIGN.search(text) else ():
        yield _find(text, match.start(), match.end(), match.group())
        lead, end = match["lead"] or match["bare"], match.end()
        while lead and (further := _NEXT.match(text, end)):
            start = further.start() + further.group().index("第")
            end = further.end()
            yield replace(_find(text, start, end, lead + text[start:end]), rule="number")


def _find(text: str, start: int, end: int, number: str) -> Find:
    """Return the find of the law number at a span; ``number`` is what it says in full."""
    passed = _PASSED.search(text, max(0, start - 8), start) is not None
    owned = _OWNED.search(text, max(0, start - REACH), start)
    reached, locators = read_locators(text, end)
    owner = owned.start() if owned and not _ANOTHER.match(text, reached) else -1
    amends = _OF_AN_AMENDING_ACT.search(text, max(0, start - 8), start) is not None
    owner = -1 if amends else owner
    citation = Citation(number=number, passed=passed, owner=owner, amends=amends, locators=locators)
    return Find(start, reached, "number", citation)


def foreign_numbers(text: str) -> Iterator[Find]:
    """Yield the acts of the European Union and of the United States that are cited by their number."""
    if "/" not in text and "P" not in text and "大統領令" not in text:
        return
    for match in FOREIGN_NUMBER.finditer(text):
        end, locators = read_locators(text, match.end())
        yield Find(match.start(), end, "number", Citation(name=match.group(), locators=locators))
