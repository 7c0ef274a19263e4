"""The grammar of names of bodies: from a head to the left, and whether the result names a particular body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.recognize.bodyfacts import OrgHead, countries, generic, heads, heads_by_end, outside
from pipeline.recognize.companies import companies
from pipeline.recognize.phrases import LINK_ENDS, MARKS, in_name, noun_run, phrase_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Analysis, Token

# A footnote's number may stand inside the quotation: 「…検討会 10 」.
QUOTED = re.compile(r"「((?:[^「」]|「[^「」]{1,30}」){3,80}?)(?:[ 　]\d{1,3}[ 　]?|(?<=[会部ムプG])\d{1,2}|（仮称）)?」")
_UNIT = re.compile(r"第[ 　]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[ 　]?")
_ORDINAL = re.compile(r"第[ 　]?[\d一二三四五六七八九十]{1,4}[ 　]?回")
_ABROAD = re.compile(r"(?:在|駐)[一-龥ァ-ヶー]{1,10}$")
# What makes of a name another word: 委員会制度, 部会員, 国会法.
_GOES_ON = re.compile("[員制性系隊]|法(?![務令])|会議|会合")
# Numbers that begin a name: 21世紀.
_CENTURY = re.compile(r"\d{2}$")
_LINK_NOT_TOPIC = ("の", "間の", "等の", "による", "との間の", "における")
# 医政局長・保険局長, 世界資源研究所（WRI）・国際金融公社: what ends a member of a list.
_MEMBER_ENDS = re.compile("[長）等氏]$|大臣|グループ|教授")
_GROWN = frozenset({"org", "content", "word", "ordinal"})
_INSTITUTIONS = frozenset({"institute", "school", "police"})
_STATE = re.compile("(?:共和国|王国|連邦|首長国|帝国)$")
# 全府省, 電気通信主管庁, 同情報通信省.
_NO_OFFICE = re.compile("^(?:同|後|各|全|両|諸|関係)|(?:各|全|府|本|他|両|関係|主管|所管|監督|行政|官|主務|担当|都道府県|中央|地方)$")
_COUNTERS = frozenset("局部課室")  # the dictionary takes them for words that count, too
_TITLE = re.compile("(?:長|長官|大臣|次官)$")
LONG_STEM = 5  # 決め打ち: 個人情報保護検討部会 names one, 技術委員会 does not
LONGEST_TAIL = 6


@dataclass(frozen=True, slots=True)
class Body:
    """A name that was built: its half-open span in the sentence, and how."""

    start: int
    end: int
    kind: str
    rule: str
    confidence: float = 0.8
    members: tuple[str, ...] = ()


def grow(analysis: Analysis, end: int) -> int:
    """Return where a body's name that reaches to ``end`` ends if its departments behind it are taken in."""
    text, tokens = analysis.sentence.text, analysis.tokens
    first = next((i for i, token in enumerate(tokens) if token.start == end), None)
    if first is None:
        return end
    best = reached = end
    for token in tokens[first : first + LONGEST_TAIL]:
        if token.start != reached or _TITLE.search(token.surface):
            break
        reached = token.end
        if not (in_name(token) or token.surface in _COUNTERS or token.surface.isdecimal()) or token.surface in MARKS:
            break
        if token.surface in _COUNTERS and text[token.start - 1].isdigit():
            break
        for head in _heads_at(text, token.end):
            at = token.end - len(head.head)
            if (head.needs in _GROWN or head.kind in _INSTITUTIONS) and at >= end:
                whole = at == token.start or at in (token.start, *token.parts, *token.middle)
                if whole and not _runs_on(text, token.end):
                    best = token.end
                break
    return best


def _heads_at(text: str, end: int) -> Iterator[OrgHead]:
    for head in heads_by_end().get(text[end - 1], ()):
        if text.endswith(head.head, 0, end):
            yield head


def _runs_on(text: str, end: int) -> bool:
    return bool(_GOES_ON.match(text, end)) or (text.endswith("事務局", 0, end) and text.startswith("長", end))


def department_runs(analysis: Analysis, edges: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of nouns that end like a part of a body (刑事局, 組織犯罪対策部, 環境委員会)."""
    text, tokens = analysis.sentence.text, analysis.tokens
    for last, token in enumerate(tokens):
        if token.end not in edges or _runs_on(text, token.end):
            continue
        if token.surface[-1] in "局部課室" or text.endswith(("委員会", "理事会", "部会", "分科会", "総会"), 0, token.end):
            start = tokens[noun_run(text, tokens, last)].start
            if token.end - start > 2:
                yield start, token.end


def bodies(analysis: Analysis, edges: frozenset[int], known: Sequence[tuple[int, int]]) -> Iterator[Body]:
    """Yield the names built in a sentence; ``known`` are the spans of registry names in it."""
    text, tokens = analysis.sentence.text, analysis.tokens
    yield from _quoted(text)
    for start, end, kind, rule in companies(text, tokens):
        yield Body(start, end, kind, rule, 0.8 if rule == "legal_form" else 0.7)
    for last, token in enumerate(tokens):
        for head in _heads_at(text, token.end):
            at = token.end - len(head.head)
            if at not in edges or _runs_on(text, token.end):
                continue
            body = _body(text, tokens, last, at, head, known)
            if body:
                yield body
                break


def _quoted(text: str) -> Iterator[Body]:
    """「安全保障の法的基盤の再構築に関する懇談会」: a quotation that ends with a head is the name."""
    for match in QUOTED.finditer(text):
        head = next((h for h in _heads_at(text, match.end(1)) if h.needs in ("content", "word", "domestic")), None)
        occasion = head is not None and head.needs == "domestic" and _ORDINAL.match(match.group(1))
        if occasion:
            continue
        if head and match.end(1) - match.start(1) > len(head.head) + 2 and not re.search("[。、：:]", match.group(1)):
            yield Body(match.start(1), match.end(1), head.kind, "quoted_name", 0.9)


def _body(
    text: str, tokens: Sequence[Token], last: int, at: int, head: OrgHead, known: Sequence[tuple[int, int]]
) -> Body | None:
    end = tokens[last].end
    if head.needs == "ordinal":
        return _unit(text, tokens, last, at, end, head)
    first = noun_run(text, tokens, last)
    first = _past_bracket(tokens, first, last, known)
    first = _past_lists(text, tokens, first, last, known)
    first = _past_outside(tokens, first, last)
    if head.needs not in ("person", "country"):
        first = _past_person(tokens, first, last)
    start = _with_pair(text, tokens, first)
    if any(a <= start and end <= b for a, b in known):
        return None
    if head.needs in ("content", "word", "domestic"):
        linked = LINK_ENDS.search(text, max(0, start - 8), start)
        if linked and linked.group() not in _LINK_NOT_TOPIC:
            phrase = _phrase(text, tokens, first)
            if phrase is not None:
                return Body(_without_owner(phrase, known, text), end, head.kind, "phrase_name", 0.85)
    if start >= at or text[start:end] in generic():
        return None
    run = [token for token in tokens[first : last + 1] if token.start < at]
    if _names_one(text, run, start, at, head, known):
        return Body(start, end, head.kind, f"{head.needs}_name", members=_members(text, run, end, head))
    return None


def _members(text: str, run: Sequence[Token], end: int, head: OrgHead) -> tuple[str, ...]:
    """東北・関東総合通信局: places joined before one head are as many bodies."""
    if head.needs not in ("place", "proper") or len(run) < 3:
        return ()
    places = [run[0]]
    for mark, place in zip(run[1::2], run[2::2], strict=False):
        if mark.surface != "・" or "地名" not in place.pos:
            break
        places.append(place)
    if len(places) < 2 or "地名" not in places[0].pos:
        return ()
    return tuple(place.surface + text[places[-1].end : end] for place in places)


def _phrase(text: str, tokens: Sequence[Token], first: int) -> int | None:
    """Return where the phrase before a run begins; a wide space or a bare number ends it to the left."""
    start = phrase_start(text, tokens, first)
    while start is not None:
        i = next((i for i, token in enumerate(tokens) if token.start >= start), first)
        # 安全・安心な, 総合的な, IPv6による: what goes with a noun of the phrase belongs to it.
        adjective = i > 1 and tokens[i - 1].surface == "な" and tokens[i - 2].pos.startswith(("形状詞", "接尾辞-形状詞"))
        means = i > 2 and tokens[i - 1].surface == "よる" and tokens[i - 2].surface == "に"
        if adjective or means:
            further = phrase_start(text, tokens, i - (1 if adjective else 2))
            if further is None and means:
                further = tokens[noun_run(text, tokens, i - 3)].start
            if further is not None and further < start:
                start = further
                continue
        break
    if start is None:
        return None
    cut = text.rfind("　", start, tokens[first].start) + 1
    if cut:
        start = cut if LINK_ENDS.search(text, cut, tokens[first].start) and cut < tokens[first].start - 4 else -1
    return start if start >= 0 else None


def _past_bracket(tokens: Sequence[Token], first: int, last: int, known: Sequence[tuple[int, int]]) -> int:
    """国際原子力機関（IAEA）理事会: the bracket ends a name; but …責任者（CIO）連絡会議 is one."""
    ends = {b for _, b in known}
    for i in range(last - 1, first - 1, -1):
        if tokens[i].surface == "）":
            opener = next((j for j in range(i - 1, first - 1, -1) if tokens[j].surface == "（"), None)
            return i + 1 if opener is not None and tokens[opener].start in ends else first
    return first


def _past_outside(tokens: Sequence[Token], first: int, last: int) -> int:
    while first < last and tokens[first].surface in outside():
        first += 1
    return first


def _with_pair(text: str, tokens: Sequence[Token], first: int) -> int:
    """Take in what the analyzer takes for a number or a day: 日｜ベトナム…作業部会, 21｜世紀…委員会."""
    token = tokens[first]
    if first and tokens[first - 1].end == token.start:
        if tokens[first - 1].surface == "日" and token.surface in countries() and not text[: token.start - 1][-1:].isdigit():
            return tokens[first - 1].start
        if token.surface == "世紀" and _CENTURY.search(text, 0, token.start):
            return token.start - 2
    return token.start


def _past_lists(text: str, tokens: Sequence[Token], first: int, last: int, known: Sequence[tuple[int, int]]) -> int:
    """Drop the earlier members of a list with ・: 防衛省・自衛隊 are two names."""
    ends = {b for _, b in known}
    for i in range(last - 1, first, -1):
        if tokens[i].surface == "・" and (
            tokens[i].start in ends or _MEMBER_ENDS.search(tokens[i - 1].surface) or any(_heads_at(text, tokens[i].start))
        ):
            return i + 1
    return first


def _past_person(tokens: Sequence[Token], first: int, last: int) -> int:
    """Drop the full name of a person that stands before the body's: 野依良治｜名古屋大学."""
    i = first
    while i < last and "人名" in tokens[i].pos:
        i += 1
    return i if i - first > 1 and any(t.pos.endswith("人名-名") for t in tokens[first:i]) else first


def _without_owner(start: int, known: Sequence[tuple[int, int]], text: str) -> int:
    """総務省の電波の利用に関する研究会: whose it is stays outside."""
    for a, b in known:
        if a == start and text.startswith("の", b):
            return b + 1
    return start


def _unit(text: str, tokens: Sequence[Token], last: int, at: int, end: int, head: OrgHead) -> Body | None:
    """第7艦隊, 米第3海兵機動展開部隊: a number, and what stands before it."""
    i = last
    while i >= 0 and tokens[last].start - tokens[i].start <= 16:
        if tokens[i].surface == "第" and (match := _UNIT.match(text, tokens[i].start)):
            first = i
            while first > 0 and tokens[first - 1].end == tokens[first].start and (
                tokens[first - 1].surface in countries() or re.search("[軍隊自]$", tokens[first - 1].surface)
            ):
                first -= 1
            return Body(tokens[first].start, end, head.kind, "ordinal_name") if match.end() <= at else None
        if not (in_name(tokens[i]) or re.fullmatch(r"[\d一二三四五六七八九十]+", tokens[i].surface)):
            return None
        i -= 1
    return None


def _names_one(
    text: str, run: Sequence[Token], start: int, at: int, head: OrgHead, known: Sequence[tuple[int, int]]
) -> bool:
    """Whether what stands before the head tells one body from the others of its kind."""
    stem = text[start:at]
    begins_known = any(a == start and b <= at for a, b in known)
    proper = any("固有名詞" in t.pos and t.surface not in generic() for t in run)
    words = [t.surface for t in run if t.surface not in MARKS and t.surface not in generic()]
    latin = any(re.fullmatch("[A-Z][A-Za-z]+", t.surface) for t in run)
    match head.needs:
        case "org":
            return begins_known
        case "country":
            return stem in countries() or begins_known or (_STATE.search(stem) is not None and proper) or _ABROAD.search(stem) is not None
        case "state":
            places = [t for t in run if "地名" in t.pos]
            return len(run) > 1 and run[0].surface in countries() and len(places) <= 1
        case "office":
            return _office(text, run, stem, at + len(head.head), head, known)
        case "person":
            return any("人名" in token.pos for token in run)
        case "place":
            whole = len(run) == 1 and run[0].end > at and "固有名詞" in run[0].pos and head.kind != "media" and head.head != "センター"
            if whole and run[0].surface not in generic():
                return True
            return bool(run) and ("地名" in run[-1].pos or "地名" in run[0].pos) and run[-1].surface not in generic()
        case "proper":
            return begins_known or proper
        case "domestic":
            return (len(words) > 1 or latin or (bool(words) and len(stem) >= LONG_STEM)) and not begins_known and not any("地名" in t.pos for t in run)
        case "content" | "word":
            enough = len(words) > 1 or (bool(words) and (head.needs == "word" or len(stem) >= LONG_STEM))
            return begins_known or proper or latin or enough
    return False


def _office(
    text: str, run: Sequence[Token], stem: str, end: int, head: OrgHead, known: Sequence[tuple[int, int]]
) -> bool:
    """貿易産業省, 国際開発庁: a field, and neither a province nor a word for offices in general."""
    if any(b == end for _, b in known) or text.startswith(("令", "エネ", "資源", "力"), end) or _NO_OFFICE.search(stem):
        return False
    return len(stem) >= (2 if head.kind == "ministry" else 4) and not any("地名" in t.pos or "副詞" in t.pos for t in run)


__all__ = ["Body", "bodies", "department_runs", "grow", "heads"]
