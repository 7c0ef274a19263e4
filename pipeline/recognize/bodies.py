"""The grammar of names of bodies: from a head to the left, and whether the result names a particular body."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.recognize.phrases import LINK_ENDS, MARKS, in_name, noun_run, phrase_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Analysis, Token

QUOTED = re.compile(r"「((?:[^「」]|「[^「」]{1,30}」){3,80})」")
# 株式会社日立製作所, 日本電気株式会社, （株）NTTドコモ: a written legal form makes any name a company.
LEGAL = r"(?:株式会社|有限会社|合同会社|合資会社|財団法人|社団法人|公益財団法人|一般財団法人|公益社団法人|一般社団法人|特定非営利活動法人|NPO法人|独立行政法人|国立研究開発法人|学校法人|医療法人|社会福祉法人|宗教法人|国立大学法人|特殊法人|認可法人|（[株有財社独]）)"
_LEGAL_FIRST = re.compile(LEGAL)
_LEGAL_LAST = re.compile(r"(?:株式会社|有限会社|合同会社|（[株有]）)")
_LATIN_COMPANY = re.compile(r"[A-Z][A-Za-z0-9&.'’-]*(?: [A-Z&][A-Za-z0-9&.'’-]*){0,4},? (?:Inc|Corp|Corporation|Ltd|Limited|LLC|plc|GmbH|AG|S\.A|Co)\b\.?(?:,? Ltd\.?)?")
# ネットレイティングス社, Vonage社: the firm's name before 社.
_FIRM = re.compile(r"(?<![A-Za-zァ-ヶー・])((?:[A-Z][A-Za-z0-9&.'’-]+(?: [A-Z][A-Za-z0-9&.'’-]+)*|[ァ-ヶー]{3,}(?:・[ァ-ヶー]{2,})*))社(?![会内員長外債団交])")
_UNIT = re.compile(r"第[ 　]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[ 　]?")
_ABROAD = re.compile(r"(?:在|駐)[一-龥ァ-ヶー]{1,10}$")
# What makes of a name another word: 委員会制度, 部会員, 国会法.
_GOES_ON = re.compile("[員制法性系隊]|会議|会合")
LONGEST_TAIL = 6


@dataclass(frozen=True, slots=True)
class OrgHead:
    """A head of names of bodies: the kind of body, and what must stand before it."""

    head: str
    kind: str
    needs: str


@dataclass(frozen=True, slots=True)
class Body:
    """A name that was built: its half-open span in the sentence, and how."""

    start: int
    end: int
    kind: str
    rule: str
    confidence: float = 0.8


def _rows(name: str) -> list[dict[str, str]]:
    with files("pipeline").joinpath(f"data/{name}").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def heads() -> tuple[OrgHead, ...]:
    """Return the heads, the longest first (``data/org_heads.csv``)."""
    found = (OrgHead(row["head"], row["kind"], row["needs"]) for row in _rows("org_heads.csv"))
    return tuple(sorted(found, key=lambda h: -len(h.head)))


@cache
def generic() -> frozenset[str]:
    """Return the words that do not tell one body from another (``data/org_generic.csv``)."""
    return frozenset(row["word"] for row in _rows("org_generic.csv"))


@cache
def countries() -> dict[str, str]:
    """Map the names and short forms of countries to the form that opens a norm (``data/countries.csv``)."""
    return {row["short"]: row["name"] for row in _rows("countries.csv")}


@cache
def _endings() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(h.head) for h in heads()) + "$")


def grow(analysis: Analysis, end: int) -> int:
    """Return where a body's name that reaches to ``end`` ends if its departments behind it are taken in."""
    text, tokens = analysis.sentence.text, analysis.tokens
    first = next((i for i, token in enumerate(tokens) if token.start == end), None)
    if first is None:
        return end
    best = end
    for token in tokens[first : first + LONGEST_TAIL]:
        if not (in_name(token) or re.fullmatch(r"\d+", token.surface)) or token.surface in MARKS:
            break
        for head in heads():
            at = token.end - len(head.head)
            if head.needs in ("org", "content", "word", "ordinal") and text.endswith(head.head, 0, token.end) and at >= end:
                whole = at == token.start or at in (token.start, *token.parts, *token.middle)
                if whole and not _runs_on(text, token.end):
                    best = token.end
                break
    return best


def _runs_on(text: str, end: int) -> bool:
    return bool(_GOES_ON.match(text, end)) or (text.endswith("事務局", 0, end) and text.startswith("長", end))


def department_runs(analysis: Analysis, edges: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of nouns that end like a department (刑事局, 組織犯罪対策部, 情報技術犯罪対策課)."""
    text, tokens = analysis.sentence.text, analysis.tokens
    for last, token in enumerate(tokens):
        if token.surface[-1] in "局部課室" and token.end in edges and not _GOES_ON.match(text, token.end):
            start = tokens[noun_run(text, tokens, last)].start
            if token.end - start > 2:
                yield start, token.end


def bodies(analysis: Analysis, edges: frozenset[int], known: Sequence[tuple[int, int]]) -> Iterator[Body]:
    """Yield the names built in a sentence; ``known`` are the spans of registry names in it."""
    text, tokens = analysis.sentence.text, analysis.tokens
    yield from _quoted(text)
    yield from _companies(text, tokens)
    for last, token in enumerate(tokens):
        for head in heads():
            at = token.end - len(head.head)
            if not text.endswith(head.head, 0, token.end) or at not in edges or _runs_on(text, token.end):
                continue
            body = _body(text, tokens, last, at, head, known)
            if body:
                yield body
                break


def _quoted(text: str) -> Iterator[Body]:
    """「安全保障の法的基盤の再構築に関する懇談会」: a quotation that ends with a head is the name."""
    for match in QUOTED.finditer(text):
        head = next((h for h in heads() if h.needs in ("content", "word") and match.group(1).endswith(h.head)), None)
        if head and len(match.group(1)) > len(head.head) + 2 and not re.search("[。、]", match.group(1)):
            yield Body(match.start(1), match.end(1), head.kind, "quoted_name", 0.9)


def _companies(text: str, tokens: Sequence[Token]) -> Iterator[Body]:
    for match in _LATIN_COMPANY.finditer(text):
        yield Body(match.start(), match.end(), "company", "legal_form")
    for match in _FIRM.finditer(text):
        yield Body(match.start(1), match.end(1), "company", "firm", 0.7)
    for match in _LEGAL_FIRST.finditer(text):
        end = _run_end(text, tokens, match.end())
        if end > match.end():
            yield Body(match.start(), end, "association" if "法人" in match.group() else "company", "legal_form")
    for match in _LEGAL_LAST.finditer(text):
        last = next((i for i, t in enumerate(tokens) if t.end == match.start()), None)
        if last is not None and in_name(tokens[last]):
            start = tokens[noun_run(text, tokens, last)].start
            yield Body(start, match.end(), "company", "legal_form")


def _run_end(text: str, tokens: Sequence[Token], start: int) -> int:
    """Return the end of the run of nouns at ``start`` (``start`` if there is none)."""
    while text[start : start + 1] in (" ", "　") and start < len(text):
        start += 1
    end = start
    for token in tokens:
        if token.start < start:
            continue
        if token.start != end or not (in_name(token) or token.surface.isascii()) or token.surface in ("（", "）"):
            break
        if token.surface in ("社長", "会長", "代表", "取締役", "理事長", "法"):
            break
        end = token.end
    while end > start and text[end - 1] in "・-":
        end -= 1
    return end


def _body(
    text: str, tokens: Sequence[Token], last: int, at: int, head: OrgHead, known: Sequence[tuple[int, int]]
) -> Body | None:
    end = tokens[last].end
    if head.needs == "ordinal":
        return _unit(text, tokens, last, at, end, head)
    first = noun_run(text, tokens, last)
    first = _past_lists(text, tokens, first, last, known)
    if head.needs in ("proper", "content", "word"):
        first = _past_person(tokens, first, last)
    start = tokens[first].start
    if head.needs in ("content", "word"):
        linked = LINK_ENDS.search(text, max(0, start - 8), start)
        if linked and linked.group() not in ("の", "間の", "等の", "による", "との間の", "における"):
            phrase = phrase_start(text, tokens, first)
            if phrase is not None:
                return Body(_without_owner(phrase, known, text), end, head.kind, "phrase_name", 0.85)
    if start >= at or any(a <= start and end <= b for a, b in known):
        return None
    run = [token for token in tokens[first : last + 1] if token.start < at]
    if _names_one(text, run, start, at, head, known):
        return Body(start, end, head.kind, f"{head.needs}_name")
    return None


def _past_lists(text: str, tokens: Sequence[Token], first: int, last: int, known: Sequence[tuple[int, int]]) -> int:
    """Drop the earlier members of a list with ・: 防衛省・自衛隊 are two names."""
    ends = {b for _, b in known}
    for i in range(last - 1, first, -1):
        if tokens[i].surface == "・" and (tokens[i].start in ends or _endings().search(text, 0, tokens[i].start)):
            return i + 1
    return first


def _past_person(tokens: Sequence[Token], first: int, last: int) -> int:
    """Drop the name of a person that stands before the body's: 野依良治｜名古屋大学."""
    i = first
    while i < last - 1 and "人名" in tokens[i].pos and any("人名" in t.pos for t in tokens[i + 1 : i + 2]):
        i += 1
    return i + 1 if i > first and i < last - 1 else first


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
    match head.needs:
        case "org":
            return begins_known
        case "country":
            return stem in countries() or begins_known or _ABROAD.search(stem) is not None
        case "person":
            return any("人名" in token.pos for token in run)
        case "proper":
            return begins_known or any("固有名詞" in t.pos and t.surface not in generic() for t in run)
        case "content" | "word":
            words = [t.surface for t in run if t.surface not in MARKS]
            telling = [word for word in words if word not in generic()]
            proper = any("固有名詞" in t.pos or re.fullmatch("[A-Z][A-Za-z]+", t.surface) for t in run)
            return begins_known or proper or len(telling) >= (2 if head.needs == "content" else 1)
    return False
