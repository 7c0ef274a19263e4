"""The grammar of titles: where a name of a law or treaty that no registry holds begins and ends.

The end is a head (``data/law_heads.csv``). The beginning is found by grammar: a run of nouns
(電気通信事業法), or a phrase whose last link says what the instrument is about
(…に関する法律, …との間の協定). In quotation marks the quotation is the title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.laws.heads import (
    generic,
    head_endings,
    heads,
    heads_at,
    kinds_of_order,
    methods,
    private,
)
from pipeline.entities.laws.left_edge import title_start
from pipeline.entities.laws.ordinances import ordinance_start
from pipeline.entities.laws.statutes import Listed, cited, of_a_country, of_many_states, proper, statute
from pipeline.entities.names.phrases import LISTED, in_name, noun_run
from pipeline.eras import ERA_NAMES
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipeline.entities.laws.heads import Head
    from pipeline.model.sentence import Analysis, Token

QUOTED = Rule(
    "quoted_title",
    r"「([^「」]{4,160})」",
    reads=("「電波の利用に関する法律」",),
    leaves=("「電波」",),
)
GLOSSED = Rule(
    "gloss_within_quotation",
    r"[ 　]?（[^（）「」]{1,20}）$",
    reads=("汚染の防止に関する国際条約⟦（OPRC条約）⟧",),
    leaves=("国際条約⟦（OPRC条約）の",),
)  # 「…に関する国際条約（OPRC条約）」
# A name with its number behind it is a law, whatever it is called: 借地法（大正10年法律第49号）.
NUMBERED = Rule(
    "number_behind_a_title",
    rf"[ 　]?（(?:{ERA_NAMES})[^（）]{{1,12}}年[^（）]{{0,24}}第[^（）]{{1,6}}号",
    reads=("借地法⟦（大正10年法律第49号⟧）",),
    leaves=("借地法⟦（略称",),
)
# What stands before a title and does not belong to it: when it was made, whose it is.
LEAD = Rule(
    "said_before_a_title",
    rf"(?:(?:(?:{ERA_NAMES})?{NUMBER}年(?:{NUMBER}月)?(?:{NUMBER}日)?)(?:中|公布|制定|施行|成立|改正|締結|署名)?の"
    r"|(?:同年|昨年|本年|前年|翌年|今回|今般|今次|現行|既存|新た|前述|上記|一連|関連|米|英)(?:の|な)"
    r"|いわゆる|\d+[ 　]+|[^　]*　+|[^ ]* +(?=[^ -~]))",
    reads=("⟦平成11年公布の⟧電波法", "⟦いわゆる⟧電波法"),
    leaves=("⟦電波法",),
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
    r"(?:[^\w\s「『（]|[①-⑳])+\s*|（?(?:\d{1,2}|[ア-ン]|[一二三四五六七八九十]{1,3})[・.）]\s*(?=[^\d\s])",
    reads=("⟦1・⟧報酬の", "⟦➢ ⟧報酬の", "⟦①⟧報酬の", "⟦ア・⟧報酬の"),
    leaves=("⟦報酬の", "⟦「報酬の"),
)
# A title that is complete before the joiner is another instrument: …に関する法律及び…に関する法律; 会社法と….
COMPLETE = Rule(
    "title_complete_before_a_joiner",
    r"(?:法律|条約|協定|議定書|憲章|施行令|規則|政令|省令|条例)(?:及び|並びに|又は|と|や|・)|法(?:と|や)",
    reads=("環境に関する⟦法律及び⟧水に関する法律", "会社⟦法と⟧"),
    leaves=("貿易及び投資",),
)
# An amending title may name several: 刑法及び刑事訴訟法の一部を改正する法律.
AMENDING = Rule(
    "title_that_amends",
    "の一部を改正|の施行に伴|を廃止する|の特例",
    reads=("刑法及び刑事訴訟法⟦の一部を改正⟧する",),
    leaves=("刑法の改正",),
)
# Links that do not yet make a title of what follows.
WEAK_LINKS = frozenset(
    {"の", "間の", "等の", "による", "に伴う", "に向けた", "を考える", "を検討する", "に基づく"}
)
LINK = Rule(
    "link_before_a_head",
    r"(?:に関する|に係る|にかかる|に基づく|に対する|に伴う|における|のための|するための|(?<!する)等の|との間の|間の|についての"
    r"|に際しての|による|に向けた|の一部を改正する|を考える|を検討する|の|を(?!一部)[一-龥]{1,4}(?:める|する)|を[一-龥]{1,4}する等の|とする)$",
    reads=("利用に関する", "事項を定める", "日を休日とする"),
    leaves=("利用した",),
)
# …に対する特別給付金支給法, …に伴う臨時措置法: links that begin a title only before what is a law by itself.
NEAR_LINKS = frozenset({"に対する", "に伴う"})
ENACTED = frozenset({"法律", "政令", "省令", "府令", "命令", "告示", "条例", "する件", "訓令"})
VERB_LINK = Rule(
    "verb_before_a_head",
    "(?:める|(?<!に関)する|する等の)$",
    reads=("を定める", "を改正する"),
    leaves=("に関する",),
)
# 銀行法第26条に規定する区分等を定める命令: an order says which law it is made under.
OF_A_LAW = Rule(
    "law_that_an_order_is_made_under",
    r"(?:法|法律|令|規則)(?:第[\d一二三四五六七八九十百]|に係る|に基づ|における|の規定|の施行|及び)",
    reads=("銀行法第26条に規定する",),
    leaves=("設備の接続に関する",),
)
# A place behind a title says that there is such an instrument.
PLACED = Rule(
    "place_behind_a_title",
    rf"[」』]?[ 　]?第{NUMBER}(?:の{NUMBER})*条(?![約件例文])",
    reads=("利用に関する規則⟦第3条⟧",),
    leaves=("利用に関する規則⟦を",),
)
# 環境に関する法律: a subject of so few characters names a field and no law (決め打ち).
SHORT_SUBJECT = 4
BARE_HEADS = frozenset({"法律", "条約", "協定", "政令", "省令", "規則", "条例", "議定書", "取極"})
CLAUSES = ("こと", "もの", "ところ", "とき", "よう", "おそれ")  # ことを防止するための|保障措置協定
# 海洋法四条約, 教育三法: several together.
COLLECTIVE = Rule(
    "several_together",
    "(?<!第)[二三四五六七八九](?:法|条約|協定|法案|議定書)$",
    reads=("海洋法四条約",),
    leaves=("第四条約",),
)
POINTING = ("ため", "これ", "それ", "この", "その", "こう", "そう")
# The links before 〜法 that belong to its title; others (における, に基づく) say where or whose it is.
TITLE_LINKS = frozenset(
    {"に関する", "に係る", "にかかる", "のための", "するための", "についての", "の一部を改正する"}
)
PURPOSES = frozenset({"のための", "するための"})
# 災害予防に関する法律としては: which laws there are, not the name of one.
KIND_OF_LAW = Rule(
    "laws_of_a_kind",
    "として[はも]|など[がはを]|には、|が(?:複数|数多く|多く|ない|なく|必要)|の(?:例|一つ|多く)",
    reads=("災害予防に関する法律⟦としては⟧",),
    leaves=("災害予防に関する法律⟦を改正",),
)
# …に関する規則を定める says that there are rules, not which.
REGULATED = Rule(
    "rules_that_are_set",
    r"[をが][^、。]{0,4}?(?:規定|定め|設け|策定|作成|明確|整備|導入|検討|交渉)",
    reads=("規則⟦を定め⟧る",),
    leaves=("規則⟦に基づく",),
)
# 2019年度国防授権法: the year before a name.
NOT_FIRST = frozenset({"年度", "年", "期", "回", "次", "号", "ポスト", "前", "後", "改正前", "改正後"})
# 改正前放送法, 2019会計年度国防授権法: what stands before a name and belongs to none.
BEFORE_NAMES = Rule(
    "said_in_front_of_a_name",
    r"(?:\d{2,4})?(?:(?:一部)?(?:改正|施行)[前後]|会計年度|事業年度)の?",
    reads=("⟦改正前⟧放送法", "⟦2019会計年度⟧国防授権法"),
    leaves=("改正放送法",),
)
# 総務省令基幹放送の…: the kind of order before its title.
KIND_BEFORE = Rule(
    "kind_of_order_before_a_title",
    r"[一-龥]{1,8}[省府庁会](?:令|告示|訓令|規則)(?=[一-龥ァ-ヶ])(?!第|施行|等|及|並|又|案|改正)",
    reads=("⟦総務省令⟧基幹放送の",),
    leaves=("総務省令の", "総務省令第3号"),
)
RUNS_ON = Rule(
    "person_or_field_of_law",
    "[人的制学廷曹令]人?|上の手続",
    reads=("労働法⟦学⟧", "法⟦人⟧"),
    leaves=("労働法⟦を",),
)


def find_titles(
    analysis: Analysis, edges: frozenset[int], known: Collection[tuple[int, int]] = ()
) -> Iterator[tuple[int, int, str]]:
    """Yield the half-open span and the rule of each title in the sentence.

    Args:
        analysis: The sentence with its tokens.
        edges: Where a name may begin and end.
        known: The spans of the registered names in the sentence: what is listed with a law is one.
    """
    text, tokens = analysis.sentence.text, analysis.tokens
    for match in QUOTED.finditer(text) if "「" in text else ():
        title = re.sub(r"案$", "", GLOSSED.sub("", match.group(1)))
        head = next(heads_at(title, len(title)), None)
        if head and title != head.head and _quotes_title(text, match.start(1) + len(title), title, head):
            yield match.start(1), match.start(1) + len(title), "quoted_title"
    ending = _ending_with_a_head(analysis)
    if not ending:
        return
    listed = Listed(text, known)
    for last in ending:
        token = tokens[last]
        if _in_dictionary(token):
            yield token.start, token.end, "dictionary_title"
            continue
        for end in (token.end, token.end - 1) if token.surface.endswith("案") else (token.end,):
            head = next(
                (h for h in heads_at(text, end) if end - len(h.head) in edges or _split(token, h)), None
            )
            span = (
                None
                if head is None or RUNS_ON.match(text, end)
                else _title(text, tokens, last, end, head, listed)
            )
            if span:
                yield span[0], end, span[1]
            if head:
                break


def _ending_with_a_head(analysis: Analysis) -> list[int]:
    """Return the indexes of the tokens that end with a head, or with 案 behind one."""
    text, ends = analysis.sentence.text, analysis.ends
    found = head_endings().find(text)
    if not found:
        return []
    found += [end + 1 for end in found if text.startswith("案", end)]
    return sorted({ends[end] for end in found if end in ends})


def _split(token: Token, head: Head) -> bool:
    """Whether the analyzer may have cut a name before its last word: 譲与｜税法, 国基｜本法."""
    return head.needs == "stem" and len(token.surface) == len(head.head) + 1


def _quotes_title(text: str, end: int, title: str, head: Head) -> bool:
    if title in generic() or re.search(r"[。！？]|とは|する$", title) or COLLECTIVE.search(title):
        return False
    if head.needs == "numbered":
        return text.startswith("」", end) and NUMBERED.match(text, end + 1) is not None
    if head.needs == "stem":
        return statute(title) or cited(text, end, title)
    if head.needs == "phrase":
        return len(title) > len(head.head) + 4
    return True


def _in_dictionary(token: Token) -> bool:
    """Whether Sudachi's dictionary has the whole title as one proper noun."""
    if not token.pos.startswith("名詞-固有名詞-一般") or token.surface in generic():
        return False
    ends = (h.head for h in heads() if h.needs not in ("stem", "numbered"))
    return any(token.surface.endswith(end) and len(token.surface) > len(end) + 2 for end in ends)


def _title(
    text: str, tokens: Sequence[Token], last: int, end: int, head: Head, listed: Listed
) -> tuple[int, str] | None:
    at = end - len(head.head)
    first = noun_run(text, tokens, last)
    said = BEFORE_NAMES.match(text, tokens[first].start)
    while first < last and (
        tokens[first].surface in NOT_FIRST
        or tokens[first].pos.endswith("副詞可能")
        or (said is not None and tokens[first].start < said.end())
    ):
        first += 1
    start = tokens[first].start
    numbered = NUMBERED.match(text, end) is not None
    whose = ordinance_start(text, tokens, last, end) if head.head == "条例" else None
    if whose is not None and whose < start:
        return whose, "ordinance"
    certain = numbered or PLACED.match(text, end) is not None
    phrase = _phrase(text, tokens, first, last, end, head, certain=certain)
    if phrase is not None:
        return phrase, "descriptive_title"
    first = _wide_run(text, tokens, first)
    start = tokens[first].start
    name = text[start:end]
    if (
        name in generic()
        or name == head.head
        or start >= at
        or COLLECTIVE.search(name)
        or name.endswith(kinds_of_order())
    ):
        return None
    if head.needs == "numbered" and not numbered:
        return None
    start = _country_pair(text, start)
    if head.kind == "directive":
        start = _whole_line(text, tokens, first, end)
    if text.startswith("同", start) or text[max(0, start - 1) : start] == "同":
        return None
    if numbered:
        return start, "numbered_title"
    named = _named(text, tokens[first : last + 1], (start, at, end), head)
    if not named and not (head.needs == "stem" and listed.holds(start, end)):
        return None
    return start, "compound_title"


def _wide_run(text: str, tokens: Sequence[Token], first: int) -> int:
    """Return where a run of nouns begins that 等 or 及 joins to another one: 印紙等模造取締法, 総務省関係…法施行規則."""
    while first > 1 and tokens[first - 1].surface in ("等", "関係", "及") and in_name(tokens[first - 2]):
        first = noun_run(text, tokens, first - 2)
    return first


def _links(link: str, head: Head) -> bool:
    """Whether a link before a run of nouns can begin its title: a verb only before what is enacted (を定める省令)."""
    if link in WEAK_LINKS:
        return link in NEAR_LINKS and head.needs in ("stem", "left")
    return head.head in ENACTED or not VERB_LINK.search(link)


def _phrase(
    text: str, tokens: Sequence[Token], first: int, last: int, end: int, head: Head, *, certain: bool
) -> int | None:
    """Return where the phrase begins that says what an instrument is about, or None if there is none.

    Args:
        text: Of the sentence.
        tokens: Of the sentence.
        first: The first token of the run of nouns that ends with the head.
        last: The last one.
        end: Where the head ends.
        head: What the title ends with.
        certain: Whether a number or a place behind it says that it is an instrument.
    """
    start = tokens[first].start
    before = text[max(0, start - 8) : start]
    linked = LINK.search(before)
    if first == 0 or linked is None or not _links(linked.group(), head):
        return None
    if (head.needs == "numbered" and not certain and text[start:end] != "命令") or (
        _split(tokens[last], head) and not statute(text[start:end])
    ):
        return None
    if not certain and not _names_one(text, (start, end), linked.group(), head):
        return None
    at = title_start(text, tokens, first, certain=certain)
    if at and tokens[at - 1].surface == "）" and not certain:
        return None  # what stands behind a bracket is no whole title
    phrase = _left_edge(text, tokens[at].start, start)
    about = text[phrase:start]
    if text.endswith(private(), phrase, end):
        return None
    if phrase >= start or text.startswith((*POINTING, *CLAUSES), phrase):
        return None
    if head.kind == "treaty" and any(clause + "を" in about for clause in CLAUSES):
        return start if end - start > len(head.head) + 2 and text[start:end] not in generic() else None
    if head.needs == "numbered" and not certain and not OF_A_LAW.search(about):
        return None
    short = len(about.removesuffix(linked.group())) <= SHORT_SUBJECT and text[start:end] in BARE_HEADS
    return None if short and not certain else phrase


def _names_one(text: str, span: tuple[int, int], link: str, head: Head) -> bool:
    """Whether a link before a run of nouns with a head makes it the title of one instrument; ``span`` is the run's."""
    start, end = span
    name = text[start:end]
    if KIND_OF_LAW.match(text, end) or REGULATED.match(text, end):
        return False
    if head.needs == "stem":
        stem = name.removesuffix(head.head)
        return (
            link in TITLE_LINKS | NEAR_LINKS and name not in generic() and not stem.endswith(tuple(methods()))
        )
    if head.kind in ("order", "ordinance", "directive") or head.head == "法律":
        return link not in PURPOSES
    about = link in ("に関する", "の一部を改正する")
    return name not in generic() or text.startswith("国際", start) or (about and head.needs == "left")


def _named(text: str, run: Sequence[Token], span: tuple[int, int, int], head: Head) -> bool:
    """Whether a run of nouns names an instrument; ``span`` is its start, its head's start, its end."""
    start, at, end = span
    stem = text[start:at]
    if text.startswith("（正式名称", end):
        return True
    match head.needs:
        case "left":
            return len(stem) >= 2
        case "stem":
            name = text[start:end]
            if _split(run[-1], head):
                return statute(name)
            return statute(name) or cited(text, end, name) or of_a_country(run, name)
        case "order":
            name = text[start:end]
            plain = head.head == "令" and len(stem) > 1
            return plain or stem.startswith(("EU", "欧州")) or cited(text, end, name)
        case "proper":
            return proper(run, stem) or of_many_states(text, start, stem, head)
        case _:
            return False


def _left_edge(text: str, phrase: int, start: int) -> int:
    """Cut from the phrase ``text[phrase:start]`` what is said of the instrument, or is another instrument."""
    if phrase == 0 and (mark := ITEM_MARK.match(text, 0, start)):
        phrase = mark.end()
    while (lead := LEAD.match(text, phrase, start)) and lead.end() < start:
        if TREATY_DAY.match(text, phrase):
            break
        phrase = lead.end()
    if kind := KIND_BEFORE.match(text, phrase):
        phrase = kind.end()
    amending = AMENDING.search(text, phrase, start)
    for match in COMPLETE.finditer(text, phrase, start):
        if not amending or match.group() in ("法と", "法や"):
            phrase = match.end()
    return phrase


def _country_pair(text: str, start: int) -> int:
    """Take in 日・ of 日・ペルー経済連携協定 and 日 of 日ベルギー租税条約, which the analyzer takes for a day."""
    before = text[max(0, start - 3) : start]
    pair = re.search(r"(?<![\d一二三四五六七八九十])(?:日・|日)$", before)
    katakana = "ァ" <= text[start : start + 1] <= "ヶ"
    if pair is None or not (pair.group() == "日・" or katakana):
        return start
    return start - len(pair.group())


def _whole_line(text: str, tokens: Sequence[Token], first: int, end: int) -> int:
    """Return where a title begins; one that fills its line reaches to the mark of the line: (3) アクセス及び相互接続指令案."""
    begin = tokens[title_start(text, tokens, first)].start
    listed = LISTED.match(text)
    fills = listed is not None and listed.end() == begin and not text[end:].strip("案 　。")
    return begin if fills else tokens[first].start
