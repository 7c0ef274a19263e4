"""The grammar of titles: where a name of a law or treaty that no registry holds begins and ends.

The end is a head (``data/law_heads.csv``). The beginning is found by grammar: a run of nouns
(電気通信事業法), or a phrase whose last link says what the instrument is about
(…に関する法律, …との間の協定). In quotation marks the quotation is the title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.numerals import NUMBER
from pipeline.periods import ERA_NAMES
from pipeline.recognize.heads import generic, head_endings, heads, heads_at, methods
from pipeline.recognize.ordinances import ordinance_start
from pipeline.recognize.phrases import LINK_ENDS, LISTED, in_name, noun_run, phrase_start
from pipeline.recognize.statutes import Listed, cited, of_a_country, of_many_states, proper, statute

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipeline.model import Analysis, Token
    from pipeline.recognize.heads import Head

QUOTED = re.compile(r"「([^「」]{4,160})」")
GLOSSED = re.compile(r"[ 　]?（[^（）「」]{1,20}）$")  # 「…に関する国際条約（OPRC条約）」
# A name with its number behind it is a law, whatever it is called: 借地法（大正10年法律第49号）.
NUMBERED = re.compile(rf"[ 　]?（(?:{ERA_NAMES})[^（）]{{1,12}}年[^（）]{{0,24}}第[^（）]{{1,6}}号")
# What stands before a title and does not belong to it: when it was made, whose it is.
LEAD = re.compile(
    rf"(?:(?:(?:{ERA_NAMES})?{NUMBER}年度?(?:{NUMBER}月)?(?:{NUMBER}日)?)(?:公布|制定|施行|成立|改正|締結|署名)?の"
    r"|(?:同年|昨年|本年|前年|翌年|今回|今般|今次|現行|既存|新た|前述|上記|一連|関連|米|英)(?:の|な)"
    r"|いわゆる|\d+[ 　]+|[^　]*　+|[^ ]* +(?=[^ -~]))"
)
# What marks a member of a list, at the beginning of its sentence: 1・報酬の…, ➢ 報酬の…, ①報酬の…, ア・報酬の….
ITEM_MARK = re.compile(
    r"(?:[^\w\s「『（]|[①-⑳])+\s*|（?(?:\d{1,2}|[ア-ン]|[一二三四五六七八九十]{1,3})[・.）]\s*(?=[^\d\s])"
)
# A title that is complete before the joiner is another instrument: …に関する法律及び…に関する法律; 会社法と….
COMPLETE = re.compile(
    r"(?:法律|条約|協定|議定書|憲章|施行令|規則|政令|省令|条例)(?:及び|並びに|又は|と|や|・)|法(?:と|や)"
)
# An amending title may name several: 刑法及び刑事訴訟法の一部を改正する法律.
AMENDING = re.compile("の一部を改正|の施行に伴|を廃止する|の特例")
# Links that do not yet make a title of what follows.
WEAK_LINKS = frozenset({"の", "間の", "等の", "による", "に伴う", "に向けた", "を考える", "を検討する"})
CLAUSES = ("こと", "もの", "ところ", "とき", "よう", "おそれ")  # ことを防止するための|保障措置協定
# …のための国際条約が作成される: none yet; 防止のための規則（附属書Ⅴ）: a part of a treaty.
NO_NAME = re.compile("(?:が|を)[^、。]{0,4}(?:作成|策定|検討|交渉)|[ 　]?（附属書")
# 海洋法四条約, 教育三法: several together.
COLLECTIVE = re.compile("(?<!第)[二三四五六七八九](?:法|条約|協定|法案|議定書)$")
POINTING = ("ため", "これ", "それ", "この", "その", "こう", "そう")
# The links before 〜法 that belong to its title; others (における, に基づく) say where or whose it is.
TITLE_LINKS = frozenset(
    {"に関する", "に係る", "にかかる", "のための", "するための", "についての", "の一部を改正する"}
)
PURPOSES = frozenset({"のための", "するための"})
# 災害予防に関する法律としては: which laws there are, not the name of one.
KIND_OF_LAW = re.compile(
    "として[はも]|など[がはを]|には、|が(?:複数|数多く|多く|ない|なく|必要)|の(?:例|一つ|多く)"
)
# …に関する規則を定める says that there are rules, not which.
REGULATED = re.compile(r"を(?:規定|定め|設け|策定|作成|明確|整備|導入)")
# 2019年度国防授権法: the year before a name.
NOT_FIRST = frozenset({"年度", "年", "期", "回", "次", "号", "ポスト"})
RUNS_ON = re.compile("[人的制学廷曹令]人?|上の手続")


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
            head = next((h for h in heads_at(text, end) if end - len(h.head) in edges), None)
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
    while first < last and tokens[first].surface in NOT_FIRST:
        first += 1
    start = tokens[first].start
    numbered = NUMBERED.match(text, end) is not None
    if head.needs == "numbered" and not numbered:
        return None
    whose = ordinance_start(text, tokens, last, end) if head.head == "条例" else None
    if whose is not None and whose < start:
        return whose, "ordinance"
    phrase = _phrase(text, tokens, first, end, head)
    if phrase is not None:
        return phrase, "descriptive_title"
    while (
        numbered and first > 1 and tokens[first - 1].surface in ("等", "関係") and in_name(tokens[first - 2])
    ):
        first = noun_run(text, tokens, first - 2)
    start = tokens[first].start
    name = text[start:end]
    if name in generic() or name == head.head or start >= at or COLLECTIVE.search(name):
        return None
    start = _country_pair(text, start)
    if numbered:
        return start, "numbered_title"
    named = _named(text, tokens[first : last + 1], (start, at, end), head)
    if not named and not (head.needs == "stem" and listed.holds(start, end)):
        return None
    if head.kind == "directive":
        start = _whole_line(text, tokens, first, end)
    return start, "compound_title"


def _phrase(text: str, tokens: Sequence[Token], first: int, end: int, head: Head) -> int | None:
    """Return where the phrase begins that says what an instrument is about, or None if there is none."""
    start = tokens[first].start
    before = text[max(0, start - 8) : start]
    linked = LINK_ENDS.search(before)
    if (
        first == 0
        or linked is None
        or linked.group() in WEAK_LINKS
        or before.endswith(("年の", "月の", "日の"))
    ):
        return None
    indefinite = linked.group() == "に基づく" or REGULATED.match(text, end)
    if NO_NAME.match(text, end) or (head.kind in ("order", "ordinance") and indefinite):
        return None
    if head.head == "法律" and (linked.group() not in TITLE_LINKS - PURPOSES or KIND_OF_LAW.match(text, end)):
        return None
    if head.needs == "stem":
        stem = text[start:end].removesuffix(head.head)
        if (
            linked.group() not in TITLE_LINKS
            or text[start:end] in generic()
            or stem.endswith(tuple(methods()))
        ):
            return None
    phrase = phrase_start(text, tokens, first, title=True)
    phrase = None if phrase is None else _left_edge(text, phrase, start)
    if phrase is not None and text.startswith(CLAUSES, phrase):
        return start if end - start > len(head.head) + 2 and text[start:end] not in generic() else None
    about = head.needs == "left" and linked.group() == "に関する" and not KIND_OF_LAW.match(text, end)
    about |= linked.group() == "の一部を改正する"
    kind_of = text[start:end] in generic() and not text.startswith("国際", start) and not about
    if phrase is None or phrase >= start or kind_of or text.startswith(POINTING, phrase):
        return None
    return phrase


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
            return statute(name) or cited(text, end, name) or of_a_country(run, name)
        case "proper":
            return proper(run, stem) or of_many_states(text, start, stem, head)
        case _:
            return False


def _left_edge(text: str, phrase: int, start: int) -> int:
    """Cut from the phrase ``text[phrase:start]`` what is said of the instrument, or is another instrument."""
    if phrase == 0 and (mark := ITEM_MARK.match(text, 0, start)):
        phrase = mark.end()
    while (lead := LEAD.match(text, phrase, start)) and lead.end() < start:
        phrase = lead.end()
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
    """Return where a title begins that fills its line: (3) アクセス及び相互接続指令案."""
    start = tokens[first].start
    listed = LISTED.match(text)
    phrase = phrase_start(text, tokens, first, title=True)
    if listed is None or phrase is None or text[end:].strip("案 　。"):
        return start
    begin = max(listed.end(), phrase)
    joined = re.search(r"(?:及び|および|並びに|における|に係る)$", text[begin:start])
    return begin if joined and begin <= phrase and phrase <= listed.end() else start
