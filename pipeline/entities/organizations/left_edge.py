"""The left edge of a body's name: what stands before it without being of it, and what is of it after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives, noun_run
from pipeline.entities.organizations.english import english_heads
from pipeline.entities.organizations.facts import HEADS, countries, outside, words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.names.heads import Head
    from pipeline.model.sentence import Token

LONGEST_RUN = 48  # tokens; keeps the time linear on endless runs
LATIN_LEAD = Rule(
    "latin_and_digits_before_a_name",
    r"(?<![A-Za-z0-9.])(?=[0-9]{0,2}[A-Za-z]{1,6}[0-9]{0,2}$)(?=.*\d)[0-9A-Za-z]{2,10}$",
    reads=("次の⟦IPv6⟧", "⟦5G⟧"),
    leaves=("ISR", "2014", "3.5G"),
)
# Minutes whose line ends and blanks are lost: ○井野委員｜自由民主党の井野です.
SPEAKER = Rule(
    "who_speaks_in_minutes",
    f"○[^、。「」（） 　]{{1,14}}?(?:{alternatives(words('speaker_in_minutes'))})(?![長側会])"
    "|○[^、。「」 　]{1,8}（[^、。「」 　]{1,6}）(?:委員|君)",
    reads=(
        "⟦○井野委員⟧自由民主党",
        "⟦○塩田博昭君⟧公明党",
        "⟦○西川（厚）委員⟧立憲民主党",
        "⟦○田辺政府参考人⟧消防庁",
    ),
    leaves=("○青葉委員長", "○青葉委員会"),
)
FOUNDER = Rule(
    "prefecture_before_a_founding_town",
    "(?:北海道|(?:京都|大阪)府|東京都|[一-龥]{2,3}県)(?=[一-龥ァ-ヶーぁ-ん]{1,6}?[市町村区]立)",
    reads=("⟦青森県⟧弘前市立若葉小学校",),
    leaves=("青森県立弘前高等学校", "弘前市立若葉小学校"),
)
KATAKANA = Rule("katakana_word", "[ァ-ヶー]{2,}", reads=("⟦オムロン⟧",), leaves=("⟦ア", "会"))
CENTURY = Rule("century_in_a_name", r"\d{2}$", reads=("⟦21⟧",), leaves=("1", "世紀"))
ANNIVERSARY = Rule(
    "anniversary_in_a_name",
    r"(?:創[立業刊]|設立|開[設校業館港])?(?<![\d.,])\d{1,3}周年$",
    reads=("⟦70周年⟧", "青葉⟦創立100周年⟧"),
    leaves=("周年", "70周年を", "1,070周年"),
)
GLOSSED_WORD = Rule(
    "word_with_its_gloss",  # that the dictionary has as one
    "[一-龥ァ-ヶー]（[^（）]+）$",
    reads=("青葉振興機⟦構（アオバ）⟧",),
    leaves=("（アオバ）", "）"),
)
ITS_OWN = Rule(
    "what_a_panel_on_a_body_is_about",  # 中医協の在り方に関する有識者会議: none that 中医協 has
    "の(?:在り方|あり方|見直し|将来像|改革|役割)(?:に関する|に係る|について|を)",
    reads=("中医協⟦の在り方に関する⟧会議", "青葉会⟦の見直しについて⟧"),
    leaves=("総務省の電波の利用に関する", "青葉会⟦の今後に関する"),
)
EQUAL = frozenset("=＝")
HOME_NAME = "日本"
BEFORE_A_PARTY = frozenset({"政党", "与党", "野党", "とも", "党"})  # 我が党｜自由民主党
SIDES = frozenset({"与党", "野党"})
LIKE_A_PARTY = frozenset({"連合", "同盟", "戦線", "運動"})  # 与党｜カメルーン人民民主連合（RDPC）
MEMBER_ENDS = Rule(
    "end_of_a_member",  # of a list: 医政局長・保険局長, 世界資源研究所（WRI）・国際金融公社
    "[長）等氏県市町村]$|大臣|グループ|教授",
    reads=("局⟦長⟧", "（WRI⟦）⟧", "⟦大臣⟧"),
    leaves=("長期", "放送"),
)


def run_start(text: str, tokens: Sequence[Token], last: int) -> int:
    """Return the index of the first token of the run of nouns that ends with ``last``, within bounds."""
    low = max(0, last - LONGEST_RUN)
    return low + noun_run(text, tokens[low : last + 1], last - low)


def past_leading_words(
    text: str, tokens: Sequence[Token], first: int, last: int, known: Sequence[tuple[int, int]]
) -> int:
    """Drop who speaks, words that are not of a name, and the part that the body plays in a case."""
    speaker = SPEAKER.match(text) if text.startswith("○") else None
    if speaker and tokens[first].start < speaker.end() <= tokens[last].start:
        first = next(i for i in range(first, last + 1) if tokens[i].start >= speaker.end())
    return _past_party(tokens, past_outside(tokens, first, last, known), last)


def past_outside(
    tokens: Sequence[Token], first: int, last: int, known: Sequence[tuple[int, int]] = ()
) -> int:
    """Drop what never begins a name: 今後｜IT戦略本部, 両院とも｜参議院憲法審査会, and all of 同日｜本委員会."""
    starts = {a for a, _ in known}
    shared = (
        i + 1 for i in range(first + 1, last) if tokens[i].surface == "とも" and tokens[i].end in starts
    )
    first = next(shared, first)
    if (
        first
        and tokens[first].surface == HOME_NAME
        and tokens[first - 1].surface == "同"
        and first + 1 == last
    ):
        return last
    while first < last and tokens[first].surface in outside():
        first += 1
    return first


def _past_party(tokens: Sequence[Token], first: int, last: int) -> int:
    """Drop the part that a body plays in a case: 被控訴人｜米子税務署."""
    for size in (1, 2):  # 被｜控訴人
        role = "".join(token.surface for token in tokens[first : first + size])
        proper = first + size <= last and "固有名詞" in tokens[first + size].pos  # not 債権者｜委員会
        if proper and role in words("party_to_case"):
            return first + size
    return first


def past_class_of_party(tokens: Sequence[Token], first: int, last: int, head: Head) -> int:
    """Drop the class of a party, and who else does the same: ファシスト政党｜ファランヘ党, 両院とも｜自民党."""
    sides = BEFORE_A_PARTY if head.kind == "party" else SIDES if head.head in LIKE_A_PARTY else ()
    return next((i + 1 for i in range(last - 1, first - 1, -1) if tokens[i].surface in sides), first)


def past_bracket(tokens: Sequence[Token], first: int, last: int, known: Sequence[tuple[int, int]]) -> int:
    """国際原子力機関（IAEA）理事会: the bracket ends a name; but …責任者（CIO）連絡会議 is one."""
    ends = {b for _, b in known}
    for i in range(last - 1, first - 1, -1):
        if GLOSSED_WORD.search(tokens[i].surface):
            return i + 1
        if tokens[i].surface == "）":
            opener = next((j for j in range(i - 1, first - 1, -1) if tokens[j].surface == "（"), None)
            cut = opener is not None and (opener == first or tokens[opener].start in ends)
            return i + 1 if cut else first  # （NPO）｜難民支援協会
    return first


def with_pair(text: str, tokens: Sequence[Token], first: int) -> int:
    """Take in what the analyzer takes for a number or a day: 日｜ベトナム…作業部会, 21｜世紀…委員会."""
    token = tokens[first]
    if first and tokens[first - 1].end == token.start:
        if (
            tokens[first - 1].surface == "日"
            and token.surface in countries()
            and not text[: token.start - 1][-1:].isdigit()
        ):
            return tokens[first - 1].start
        if years := ANNIVERSARY.search(text, max(0, token.start - 8), token.start):
            return years.start()  # 創立70周年｜記念事業特別委員会
        if latin := LATIN_LEAD.search(text, max(0, token.start - 10), token.start):
            return latin.start()  # IPv6｜普及・高度化推進協議会, 5G｜利活用推進協議会
        if token.surface == "世紀" and CENTURY.search(text, max(0, token.start - 2), token.start):
            return token.start - 2
    return token.start


def past_lists(
    text: str, tokens: Sequence[Token], first: int, last: int, known: Sequence[tuple[int, int]]
) -> int:
    """Drop the earlier members of a list with ・: 防衛省・自衛隊 are two names."""
    ends = {b for _, b in known}
    for i in range(last - 1, first, -1):
        if tokens[i].surface == "・" and (
            tokens[i].start in ends
            or MEMBER_ENDS.search(tokens[i - 1].surface)
            or any(HEADS.at(text, tokens[i].start))
        ):
            return i + 1
        before = tokens[i - 1].surface
        if tokens[i].surface in EQUAL and not KATAKANA.fullmatch(before) and before not in countries():
            return i + 1  # 総評＝｜社会党, but ドッド＝フランク and 日本＝ASEAN特別委員会
    return first


def past_space(tokens: Sequence[Token], first: int, last: int, head: Head) -> int:
    """Drop who stands before the ministry behind a space: Dr. Aoba｜仏教育省; and the name in English."""
    if head.kind not in ("ministry", "agency"):
        return _past_english(tokens, first, last)
    return next((i for i in range(last, first, -1) if tokens[i].start > tokens[i - 1].end), first)


def _past_english(tokens: Sequence[Token], first: int, last: int) -> int:
    """Drop the name in English before the Japanese one: Aoba Institute｜アオバ研究所, but Aoba Networks研究所."""
    for i in range(last, first, -1):
        parted = tokens[i].start > tokens[i - 1].end and not tokens[i].surface.isascii()
        if parted and any(token.surface in english_heads() for token in tokens[first:i]):
            return i
    return first


def past_common(tokens: Sequence[Token], first: int, last: int, known: Sequence[tuple[int, int]]) -> int:
    """Drop the common words before a name of the registry: 最難関｜東京大学, 親会社｜京成電鉄."""
    begin = max((a for a, b in known if b == tokens[last].end and a > tokens[first].start), default=-1)
    at = next((i for i in range(first, last + 1) if tokens[i].start == begin), first)
    common = all(
        t.pos.startswith(("名詞-普通名詞", "接頭辞", "形状詞")) or t.surface in countries()
        for t in tokens[first:at]
    )
    return at if common else first


def past_country(tokens: Sequence[Token], first: int, last: int, head: Head) -> int:
    """Drop the country before a school or institute of it: 米国・シカゴ大学, but 日本・EU…委員会.

    Without a mark, a proper name in katakana must follow (米国｜シカゴ大学; not インド工科大学, 中国人民大学).
    """
    if first >= last:
        return first
    if tokens[first + 1].surface != "・" or len(tokens[first].surface) < 2:
        return first + 1 if _of_one_town(tokens, first, head) else first
    if first + 2 > last:
        return first
    place = tokens[first].surface in countries() and tokens[first + 2].surface not in countries()
    return first + 2 if place else first


def _of_one_town(tokens: Sequence[Token], first: int, head: Head) -> bool:
    """Whether a country stands before a school or institute that has a name of its own: 米国｜シカゴ大学."""
    country, name = tokens[first].surface, tokens[first + 1]
    abroad = country in words("nationality") and head.kind in ("university", "institute", "school")
    whole = name.surface in countries() or name.surface.startswith(tuple(words("part_of_the_world")))
    return abroad and not whole and KATAKANA.match(name.surface) is not None and "固有名詞" in name.pos


def past_prefecture(text: str, start: int, head: Head) -> int:
    """Drop the prefecture of a town before what the town has founded: 青森県｜弘前市立若葉小学校."""
    found = FOUNDER.match(text, start) if head.kind in ("school", "institute", "university") else None
    return found.end() if found else start


def without_owner(start: int, known: Sequence[tuple[int, int]], text: str) -> int:
    """総務省の電波の利用に関する研究会: whose it is stays outside."""
    for a, b in known:
        if a == start and text.startswith("の", b) and not ITS_OWN.match(text, b):
            return b + 1
    return start
