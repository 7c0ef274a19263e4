"""The phrase of a title: what before a run of nouns with a head says what the instrument is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.heads import generic, method_endings, private
from pipeline.entities.laws.left_edge import title_start
from pipeline.entities.laws.pattern_words import any_of
from pipeline.entities.laws.private_agreements import PARTIES, private_agreement
from pipeline.entities.laws.statutes import CONCLUDED, statute
from pipeline.entities.laws.title_forms import behind_a_mark
from pipeline.entities.laws.title_leads import named_in_a_list, without_lead
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.laws.heads import Head
    from pipeline.model.sentence import Token

BETWEEN_STATES = Rule(
    "between_japan_and_a_state",
    "日本国?(?:政府)?(?:と|及び)[^、。]{1,20}との間の$",
    reads=("日本国とジョージアとの間の",),
    leaves=("両国との間の",),
)
# Links that do not yet make a title of what follows.
WEAK_LINKS = frozenset(
    {"の", "間の", "等の", "による", "に伴う", "に向けた", "を考える", "を検討する", "に基づく"}
)
LINK = Rule(
    "link_before_a_head",
    rf"(?:{any_of('link')}|(?<=[うくすつむる])ための|(?<!する)等の|の一部を改正する(?:等の)?|の"
    r"|を(?!一部)[一-龥]{1,4}(?:める|する)|を[一-龥]{1,4}する等の|とする)$",
    reads=("利用に関する", "事項を定める", "日を休日とする"),
    leaves=("利用した",),
)
# …に対する特別給付金支給法, …に伴う臨時措置法: links that begin a title only before what is a law by itself.
NEAR_LINKS = frozenset({"に対する", "に伴う"})
ENACTED = frozenset({"法律", "政令", "省令", "府令", "命令", "告示", "条例", "する件", "件", "訓令"})
VERB_LINK = Rule(
    "verb_before_a_head",
    "(?:める|(?<!に関)する|する等の)$",
    reads=("を定める", "を改正する"),
    leaves=("に関する",),
)
SAID_TO_BE = Rule(
    "what_a_law_is_said_to_be",
    "法律で(?:、|あ|す)",
    reads=("基準を定める⟦法律で、⟧", "手続を定める⟦法律であ⟧る"),
    leaves=("基準を定める⟦法律で定める",),
)
# 銀行法第26条に規定する区分等を定める命令: an order says which law it is made under.
OF_A_LAW = Rule(
    "law_that_an_order_is_made_under",
    r"(?:法|法律|令|規則)(?:第[\d一二三四五六七八九十百]|に係る|に基づ|における|の規定|の施行|及び)",
    reads=("銀行法第26条に規定する",),
    leaves=("設備の接続に関する",),
)
# …の財務及び会計に関する命令, …の設備及び運営に関する基準: an order and no command, an order and no yardstick.
ORDERED = Rule(
    "subject_of_an_order",
    rf"(?:を定める|(?:{any_of('subject_of_an_order')})に関する)命令$"
    r"|(?:設備|人員|職員).*運営に関する基準$",
    reads=("⟦会計に関する命令⟧", "様式⟦を定める命令⟧", "⟦設備及び運営に関する基準⟧"),
    leaves=("停止に関する命令", "安全に関する基準"),
)
# 環境に関する法律: a subject of so few characters names a field and no law (決め打ち).
SHORT_SUBJECT = 4
# 武器の移転に関する条約: a subject of several words is what one treaty is about.
JOINED = Rule("subject_of_several_words", "[ぁ-ん、・]", reads=("武器の移転",), leaves=("知的財産権",))
# 離島の医療の確保等: a subject of so many parts is that of one law (決め打ち).
SEVERAL_PARTS = 2
PARTS = Rule("parts_of_a_subject", "の|等|及び", reads=("離島⟦の⟧医療",), leaves=("労働時間",))
QUOTED_END = Rule(
    "quotation_closed_behind_a_title",
    r"[」』]|[ 　]?（[^（）]*(?:条約|以下「|[A-Z])",
    reads=("条約⟦」⟧を", "条約⟦（国連条約⟧）"),
    leaves=("条約⟦の",),
)
BARE_HEADS = frozenset({"法律", "条約", "協定", "政令", "省令", "規則", "条例", "議定書", "取極"})
CLAUSES = ("こと", "もの", "ところ", "とき", "よう", "おそれ")  # ことを防止するための|保障措置協定
POINTING = ("ため", "これ", "それ", "この", "その", "こう", "そう")
# The links before 〜法 that belong to its title; others (における, に基づく) say where or whose it is.
TITLE_LINKS = frozenset(
    {"に関する", "に係る", "にかかる", "のための", "するための", "についての", "の一部を改正する"}
)
PURPOSES = frozenset({"のための", "するための", "ための"})
# 災害予防に関する法律としては: which laws there are, not the name of one.
KIND_OF_LAW = Rule(
    "laws_of_a_kind",
    rf"として[はも]|など[がはを]|には、|が(?:{any_of('many')})|の(?:例|一つ|多く)|は(?:多い|少ない|数多い)"
    rf"|(?<!律)案を[^。、]{{0,12}}?(?:提出|策定|作成|準備)する(?:{any_of('intended')})"
    rf"|の(?:{any_of('to_be_made')})(?:に向けた|について|を)(?:{any_of('wished')})"
    rf"|を(?:制定|施行)し(?:た|ている)(?:{any_of('makers')})",
    reads=(
        "災害予防に関する法律⟦としては⟧",
        "投資の保護に関する条約⟦の締結を検討⟧する",
        "災害に関する法⟦案を提出する方針⟧だ",
        "災害に関する条例⟦を制定した市町村⟧",
    ),
    leaves=("災害予防に関する法律⟦を改正",),
)
# …に関する規則を定める says that there are rules, not which.
REGULATED = Rule(
    "rules_that_are_set",
    rf"[をが][^、。]{{0,4}}?(?:{any_of('set')})"
    rf"|を[^、。]{{0,8}}?(?:{PARTIES})と(?:の間で)?(?:締?結)",
    reads=("規則⟦を定め⟧る", "協定⟦を市と結⟧んだ"),
    leaves=("規則⟦に基づく",),
)


def phrase_of(
    text: str, tokens: Sequence[Token], run: tuple[int, int], end: int, head: Head, *, certain: bool
) -> int | None:
    """Return where the phrase begins that says what an instrument is about, or None if there is none.

    Args:
        text: Of the sentence.
        tokens: Of the sentence.
        run: The first and the last token of the run of nouns that ends with the head.
        end: Where the head ends.
        head: What the title ends with.
        certain: Whether a number or a place behind it says that it is an instrument.
    """
    first, last = run
    start = tokens[first].start
    linked = LINK.search(text, max(0, start - 10), start)
    if first == 0 or linked is None or not _links(linked.group(), head):
        return None
    name, link = text[start:end], linked.group()
    if cut_off(tokens[last], head) and not statute(name):
        return None
    if not _names_one(text, (start, end), link, head, certain=certain):
        return None
    at = title_start(text, tokens, first, certain=certain)
    phrase = without_lead(text, tokens[at].start, start, end, certain=certain)
    if head.kind == "treaty" and any(clause + "を" in text[phrase:start] for clause in CLAUSES):
        return start if end - start > len(head.head) + 2 and name not in generic() else None
    if text.endswith("同", 0, phrase):
        return None  # 同条約第6条の実施に関する交換公文: no title begins within a word that points back
    if not _begins(text, (phrase, start, end)) or (
        not certain and _unsure(text, (phrase, start, end), head, link)
    ):
        return None
    return phrase


def _begins(text: str, span: tuple[int, int, int]) -> bool:
    """Whether a title can begin with a phrase.

    ``span`` is its start, that of the run of nouns, and the end.
    """
    phrase, start, end = span
    pointing = text.startswith(
        (*POINTING, *CLAUSES, "一部を改正", "一部の施行"), phrase
    )  # …規則（昭和25年…号）の｜一部を改正する省令
    if phrase >= start or pointing or text.endswith(private(), phrase, end):
        return False
    return not private_agreement(text, phrase, end)


def _unsure(text: str, span: tuple[int, int, int], head: Head, link: str) -> bool:
    """Whether a phrase alone does not say that there is such an instrument: 環境に関する法律."""
    phrase, start, end = span
    about, name = text[phrase:start], text[start:end]
    if text[phrase - 1 : phrase] == "）" and not behind_a_mark(text, phrase, end, head.kind):
        return True  # what stands behind a bracket is no whole title
    field = name == "条約" and link in ("に関する", "に係る") and not JOINED.search(about.removesuffix(link))
    if field and not CONCLUDED.match(text, end) and not QUOTED_END.match(text, end):
        return True  # 知的財産権に関する条約: there are many
    if name == "法律" and _of_any_law(text, end, about.removesuffix(link)):
        return True
    if head.needs == "numbered" and not _orders(about, name):
        return True
    return len(about.removesuffix(link)) <= SHORT_SUBJECT and name in BARE_HEADS


def _of_any_law(text: str, end: int, about: str) -> bool:
    """Whether 労働時間に関する法律違反, 債権の回収に関する法律上の問題 speak of any law, not of one by its title."""
    if text.startswith("違反", end):
        return JOINED.search(about) is None
    return text.startswith("上", end) and len(PARTS.findall(about)) < SEVERAL_PARTS


def _orders(about: str, name: str) -> bool:
    """Whether what 命令 or 基準 is about makes it an order."""
    return bool(name == "命令" and OF_A_LAW.search(about)) or ORDERED.search(about + name) is not None


def cut_off(token: Token, head: Head) -> bool:
    """Whether the analyzer may have cut a name before its last word: 譲与｜税法, 国基｜本法."""
    return head.needs == "stem" and len(token.surface) == len(head.head) + 1


def _links(link: str, head: Head) -> bool:
    """Whether a link before a run of nouns can begin its title.

    A verb only before what is enacted (を定める省令).
    """
    if link in WEAK_LINKS | NEAR_LINKS:
        return link in NEAR_LINKS and head.needs in ("stem", "left")
    return head.head in ENACTED or not VERB_LINK.search(link)


def _names_one(text: str, span: tuple[int, int], link: str, head: Head, *, certain: bool) -> bool:
    """Whether a link before a run of nouns with a head makes it the title of one instrument.

    ``span`` is the run's. What is ``certain`` does, but for a short name said of someone (贈与者に対する措置法).
    """
    start, end = span
    if _no_title(text, start, end, link):
        return False
    if certain and link not in NEAR_LINKS:
        return True
    name = text[start:end]
    if link in ("との間の", "間の") and BETWEEN_STATES.search(text, max(0, start - 40), start):
        return True  # 日本国とジョージアとの間の航空協定
    if _of_a_kind(text, start, end):
        return False
    if head.needs == "stem":
        return _names_act(name, link, head)
    if head.kind in ("order", "ordinance", "directive") or head.head == "法律":
        return link not in PURPOSES
    about = link in ("に関する", "の一部を改正する")
    return name not in generic() or text.startswith("国際", start) or (about and head.needs == "left")


def _of_a_kind(text: str, start: int, end: int) -> bool:
    """Whether the sentence goes on as it does behind laws of a kind, and no list names laws before it."""
    if REGULATED.match(text, end):
        return True
    listed = text.startswith("など", end) and named_in_a_list(text, start)
    return not listed and KIND_OF_LAW.match(text, end) is not None


def _no_title(text: str, start: int, end: int, link: str) -> bool:
    """Whether a run behind a link is a bare 法 (要求量に係る法第7条), or what a law is said to be (…を定める法律で、)."""
    return text[start:end] == "法" or bool(VERB_LINK.search(link) and SAID_TO_BE.match(text, start))


def _names_act(name: str, link: str, head: Head) -> bool:
    """Whether a link before 〜法 begins its title: 妻に対する｜特別給付金支給法, and not 法人税に対する｜通則法."""
    if link in NEAR_LINKS:
        return statute(name)
    stem = name.removesuffix(head.head)
    return link in TITLE_LINKS and name not in generic() and not stem.endswith(method_endings())
