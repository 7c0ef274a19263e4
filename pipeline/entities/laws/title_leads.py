"""What stands before a title and does not belong to it: when it was made, whose it is, who spoke of it."""

from __future__ import annotations

from pipeline.entities.laws.heads import generic
from pipeline.entities.laws.pattern_words import JOINER, MADE, any_of
from pipeline.entities.laws.title_forms import LISTED_LAW, behind_kind, title_of_its_own
from pipeline.entities.names.phrases import alternatives
from pipeline.eras import ERA_NAMES
from pipeline.facts import column
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER


def _words(name: str) -> str:
    return alternatives(column("law_words.csv", "word", "list", name))


# ただいま御指摘の, 委員御質問の, 政府提出の: who speaks of it. 提案の募集に関する規則 begins with no such word.
_SPEAKER = rf"[一-龥ァ-ヶー]{{0,8}}(?:{_words('speaker')})"
_WHO = rf"(?:(?:{_words('just_now')})(?:{_SPEAKER})?|{_SPEAKER})(?:から|より)?"
SPOKEN = (
    rf"(?:(?:{_WHO})?[御ごお]|{_WHO})(?:{_words('said_of')})(?:の(?:あった|ありました|ございました)?|に係る)"
)
# What stands before a title and does not belong to it: when it was made, whose it is.
LEAD = Rule(
    "said_before_a_title",
    rf"(?:(?:(?:{ERA_NAMES})?{NUMBER}年(?:{NUMBER}月)?(?:{NUMBER}日)?)(?:中|{MADE}|改正|締結|署名)?の"
    rf"|(?:{any_of('time_before_a_title')})(?:の|な)"
    rf"|{SPOKEN}|[一-龥ァ-ヶー・]{{1,14}}[省庁府局部会]が所管する(?![一-龥]{{0,10}}法令)"
    r"|[^。]{0,120}改正[前後]の(?=[^。]{4})"  # 第二条の規定による改正後の｜X
    rf"|[^。]{{0,40}}(?:{NUMBER}|の)日(?:又は|若しくは|及び|並びに)(?=[^。]{{4}})"  # 公布の日又は｜X
    r"|いわゆる|\d+[ 　]+|[^　]*　+|(?:[^ ]* +(?=[ -~])){0,8}[^ ]* +(?=[^ -~]))",
    reads=(
        "⟦平成11年公布の⟧電波法",
        "⟦いわゆる⟧電波法",
        "⟦先ほど委員から御紹介のあった⟧電波法",
        "⟦政府提出の⟧電波法",
        "⟦第二条の規定による改正後の⟧港湾の安全に関する法律",
        "⟦令和七年一月一日又は⟧港湾の安全に関する法律",
    ),
    leaves=("⟦電波法", "提案の募集", "発言の記録", "処分の提出"),
)
# 1982年12月10日の海洋法に関する国際連合条約の…: the day of a treaty at the beginning of the title of another.
TREATY_DAY = Rule(
    "day_that_begins_a_title",
    rf"\d{{4}}年{NUMBER}月{NUMBER}日の(?=[^、。]{{2,60}}条約の[^、。]{{2,60}}(?:協定|議定書|条約))",
    reads=("⟦1982年12月10日の⟧海洋法に関する国際連合条約の実施のための協定",),
    leaves=("1982年12月10日の海洋法に関する条約",),
)
# What marks a member of a list, at the beginning of its sentence: 1・報酬の…, ➢ 報酬の…, ①報酬の…, ア・報酬の….
ITEM_MARK = Rule(
    "mark_of_a_list_member",
    r"(?:[^\w\s「『（]|[①-⑳])+\s*|（?(?:\d{1,2}|[ア-ン]|[一二三四五六七八九十]{1,3})[・.）]\s*(?=[^\d\s]|\d{4}年の)",
    reads=("⟦1・⟧報酬の", "⟦3.⟧1974年の", "⟦➢ ⟧報酬の", "⟦①⟧報酬の", "⟦ア・⟧報酬の"),
    leaves=("⟦報酬の", "⟦「報酬の", "⟦3.5年の"),
)
# A title that is complete before the joiner is another instrument: …に関する法律及び…に関する法律; 会社法と….
COMPLETE = Rule(
    "title_complete_before_a_joiner",
    rf"(?:{any_of('complete_head')})(?:{JOINER}|と|や|・)"
    rf"(?![一-龥]{{1,8}}令で)|法(?:と|や)|(?P<bill>法律案)(?:{JOINER}|と|、)",
    reads=("環境に関する⟦法律及び⟧水に関する法律", "会社⟦法と⟧", "環境に関する⟦法律案及び⟧水道法"),
    leaves=("貿易及び投資", "総務省令・財務省令で定める"),
)
# 文化財保護法、古都保存法、…の規制等に関する法律: acts of a list, before a title that is whole without them.
LISTED_ACTS = Rule(
    "acts_listed_before_a_title",
    r"(?:[一-龥々ァ-ヶー]{1,14}(?<![方手療技])法、){2,20}",
    reads=("⟦商法、会社法、⟧監査に関する", "⟦電波法、放送法、⟧倉庫に"),
    leaves=("⟦商法、監査に", "測定方法、検査方法、監査に"),
)
# 臨床研究法及び造血幹細胞の提供の推進に関する法律: no title of an act joins an act and what is none.
JOINED_ACT = Rule(
    "act_joined_to_a_title",
    rf"[一-龥々ァ-ヶー]{{1,14}}(?<![方手療技])法(?:{JOINER})(?!これ|同)",
    reads=("⟦臨床研究法及び⟧幹細胞の",),
    leaves=("測定方法及び器具の", "臨床研究法及びこれに基づく"),
)
# 電波法、…に関する法律などがある: one more of the laws that a list names, whatever is said behind it.
NAMED_BEFORE = Rule(
    "law_named_before_in_a_list",
    rf"(?:に関する(?:法律|条約)|(?P<act>[一-龥々ァ-ヶー]{{2,14}}(?<![方手療技])法))(?:、|{JOINER})[^、。]{{8,80}}$",
    reads=("港湾⟦に関する法律、海外の倉庫の利用に関する⟧", "⟦電波法及び海外の倉庫の利用に関する⟧"),
    leaves=("電波法の海外の倉庫の利用に係る協力に関する", "電波法、倉庫に関する"),
)
# An amending title may name several: 刑法及び刑事訴訟法の一部を改正する法律.
AMENDING = Rule(
    "title_that_amends",
    "の一部を改正|の(?:施行|実施)に伴う|を廃止する|の(?:臨時)?特例",
    reads=("刑法及び刑事訴訟法⟦の一部を改正⟧する",),
    leaves=("刑法の改正",),
)


# 被告人を…に関する法律違反で起訴した: what is done under a title, behind it, is done to what stands before it.
OBJECT = Rule(
    "object_before_a_title",
    r"[^、。のがはをにで第]{1,12}を(?!と|[一-龥]{0,4}(?:と[しす]|[うくすつむるいきしちみりえけせてめれわっ]))",
    reads=("⟦被告人を⟧手話に関する法律", "⟦河川を⟧在外公館に"),
    leaves=("⟦元号を改める政令", "⟦障害を理由とする差別", "⟦技術を活用した"),
)
DONE_BEHIND = Rule(
    "done_under_the_title_before",
    r"違反の?(?:罪|疑い|容疑|事実)?(?:で|に問|として|により)|に(?:基づき|基づいて|より|よって|従)|の規定に",
    reads=("法律⟦違反の罪で⟧起訴した", "法律⟦に基づき⟧指定した"),
    leaves=("法律⟦を改正した", "法律⟦に違反した者を罰する"),
)


# 第2条の規定による…の一部を改正する法律: a place of the law that is spoken of, under which the title stands.
UNDER = Rule(
    "place_of_a_law_before_a_title",
    rf"(?:附則)?(?:第{NUMBER}(?:の{NUMBER})*[条項号]){{1,3}}(?:の規定)?(?:に基づく|による)",
    reads=(
        "⟦第2条第3項に基づく⟧倉庫の利用に関する法律第5条",
        "⟦第2条の規定による⟧電波法の一部を改正する法律",
    ),
    leaves=("第2条に規定する倉庫",),
)

# 民法第667条に規定する組合又は…に関する法律: places of other acts, of which the title is the last.
CITED = Rule(
    "place_cited_before_a_title",
    rf"(?:第{NUMBER}(?:の{NUMBER})*[条項号]){{1,3}}に規定する[^、。（）]{{1,40}}?(?:、|{JOINER})",
    reads=("民法⟦第667条第1項に規定する組合又は⟧貸付けに関する法律",),
    leaves=("銀行法⟦第2条に規定する区分に関する命令",),
)
# …の一部を改正する政令及び…の一部を改正する省令: each amends on its own.
AMENDED = Rule(
    "amending_order_before_another",
    rf"の一部を改正する(?:等の)?(?:{any_of('amending_kind')})(?:{JOINER}|、)",
    reads=("令⟦の一部を改正する政令及び⟧規則の一部を改正する省令",),
    leaves=("令⟦の一部を改正する政令の施行",),
)


def _behind_others(text: str, phrase: int, start: int, end: int) -> int:
    """Return where a title goes on behind places of other acts and behind another amending instrument."""
    cited = list(CITED.finditer(text, phrase, start)) if "第" in text[phrase:start] else []
    if cited and (len(cited) > 1 or text.endswith("法律", start, end)):
        phrase = cited[-1].end()
    if not text.endswith(("の一部を改正する", "の一部を改正する等の"), phrase, start):
        return phrase
    for match in AMENDED.finditer(text, phrase, start):
        if "の一部を改正する法律の一部" not in text[match.end() : start]:
            phrase = match.end()
    return phrase


def _behind_acts(text: str, phrase: int, start: int, end: int) -> int:
    """Return where a title goes on behind acts that a list names before it."""
    acts = LISTED_ACTS.match(text, phrase, start)
    if acts and title_of_its_own(text[acts.end() : start]):
        phrase = acts.end()
    while (law := LISTED_LAW.match(text, phrase, start)) and title_of_its_own(text[law.end() : start]):
        phrase = law.end()
    joined = JOINED_ACT.match(text, phrase, start) if text[start:end] == "法律" else None
    return joined.end() if joined and "法" not in text[joined.end() : start] else phrase


def named_in_a_list(text: str, start: int) -> bool:
    """Whether a law is named before the title whose run of nouns begins at ``start``, in the same list."""
    before = NAMED_BEFORE.search(text, max(0, start - 120), start)
    return before is not None and before["act"] not in generic()


def _behind_the_sentence(text: str, phrase: int, start: int, end: int, *, certain: bool) -> int:
    """Return where a title goes on behind a place of the law that speaks, or what is done behind it."""
    under = UNDER.match(text, phrase, start)
    if under and (certain or "の一部を改正する" in text[phrase:start]):
        phrase = under.end()
    if (done := OBJECT.match(text, phrase, start)) and DONE_BEHIND.match(text, end):
        phrase = done.end()
    return phrase


def without_lead(text: str, phrase: int, start: int, end: int, *, certain: bool) -> int:
    """Cut from the phrase ``text[phrase:start]`` what is said of the instrument, or is another instrument.

    ``end`` is that of the title, and ``certain`` whether a number or a place behind it says that it is one.
    """
    phrase = _behind_the_sentence(text, phrase, start, end, certain=certain)
    if phrase == 0 and (mark := ITEM_MARK.match(text, 0, start)):
        phrase = mark.end()
    while (lead := LEAD.match(text, phrase, start)) and lead.end() < start:
        if TREATY_DAY.match(text, phrase):
            break
        phrase = lead.end()
    phrase = behind_kind(text, phrase, start, end)
    phrase = _behind_acts(text, phrase, start, end)
    if text[start:end] == "法律施行法" and "法律及び" in text[phrase:start]:
        return phrase  # …に関する法律及び…に関する法律施行法 brings both into force
    amending = AMENDING.search(text, phrase, start)
    for match in COMPLETE.finditer(text, phrase, start):
        if not amending or match.group() in ("法と", "法や") or match["bill"]:
            phrase = match.end()
    return _behind_others(text, phrase, start, end)
