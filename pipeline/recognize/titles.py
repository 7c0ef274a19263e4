"""The grammar of titles: where a name of a law or treaty that no registry holds begins and ends.

The end is a head (``data/law_heads.csv``). The beginning is found by grammar: a run of nouns
(電気通信事業法), or a phrase whose last link says what the instrument is about
(…に関する法律, …との間の協定). In quotation marks the quotation is the title.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Analysis, Token

# Verbs and particles that link the subject of a title to its head, as dictionary forms.
LINKS = frozenset({"関する", "係る", "掛かる", "かかる", "基づく", "対する", "伴う", "図る", "為", "因る", "於く", "置く", "資する"})
# Within a phrase these may stand; anything else ends it to the left.
PARTICLES = frozenset({"の", "と", "に", "及び", "並びに", "又は", "若しくは", "等", "その", "他", "や"})
CLAUSE = frozenset({"を", "が"})
DROPPED_FIRST = frozenset({"の", "と", "に", "及び", "並びに", "又は", "や", "等", "その", "他", "各", "当該", "同", "本", "両"})
QUOTED = re.compile(r"「([^「」]{4,160})」")
PHRASE_LINK = re.compile(r"(?:に関する|に係る|にかかる|に基づく|に対する|に伴う|における|のための|するための|等の|との間の|間の|についての|による|の一部を改正する|の)$")
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Head:
    """A head of titles: the kind of instrument, and what must stand before it."""

    head: str
    kind: str
    needs: str


@cache
def heads() -> tuple[Head, ...]:
    """Return the heads, the longest first (``data/law_heads.csv``)."""
    rows = (Head(row["head"], row["kind"], row["needs"]) for row in _rows("law_heads.csv"))
    return tuple(sorted(rows, key=lambda h: -len(h.head)))


@cache
def stems() -> frozenset[str]:
    """Return the words that make 〜法 a statute (``data/law_stems.csv``)."""
    return frozenset(row["stem"] for row in _rows("law_stems.csv"))


@cache
def generic() -> frozenset[str]:
    """Return what looks like a name but is a kind or a field of law (``data/law_generic.csv``)."""
    return frozenset(row["name"] for row in _rows("law_generic.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    with files("pipeline").joinpath(f"data/{name}").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def find_titles(analysis: Analysis, edges: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the half-open span and the rule of each title in the sentence."""
    text, tokens = analysis.sentence.text, analysis.tokens
    for match in QUOTED.finditer(text):
        title = re.sub(r"案$", "", match.group(1))
        head = next((h for h in heads() if title.endswith(h.head)), None)
        if head and title not in generic() and (head.needs != "stem" or _statute(title)) and title != head.head:
            yield match.start(1), match.start(1) + len(title), "quoted_title"
    for last, token in enumerate(tokens):
        for head in heads():
            at = token.end - len(head.head)
            if not text.endswith(head.head, 0, token.end) or at not in edges or _runs_on(text, token.end):
                continue
            span = _title(text, tokens, last, at, head)
            if span:
                yield span[0], token.end, span[1]
            break


def _runs_on(text: str, end: int) -> bool:
    return bool(re.match(r"[人的制学廷曹案]人?|上の手続", text[end : end + 2])) and not text.startswith("案", end)


def _title(text: str, tokens: Sequence[Token], last: int, at: int, head: Head) -> tuple[int, str] | None:
    first = _noun_run(tokens, last)
    start = tokens[first].start
    before = text[max(0, start - 8) : start]
    if first > 0 and PHRASE_LINK.search(before) and not before.endswith(("年の", "月の", "日の")):
        phrase = _phrase_start(text, tokens, first)
        linked = PHRASE_LINK.search(before)
        if phrase is not None and linked and linked.group() not in ("の", "間の", "等の", "による"):
            return phrase, "descriptive_title"
    name = text[start : tokens[last].end]
    if name in generic() or name == head.head or start >= at:
        return None
    stem = text[start:at]
    match head.needs:
        case "left":
            named = len(stem) >= 2
        case "stem":
            named = _statute(name)
        case "proper":
            named = _proper(tokens[first : last + 1], stem)
        case _:
            named = False
    return (start, "compound_title") if named else None


def _statute(name: str) -> bool:
    stem = re.sub(r"法(?:律)?$", "", name)
    return name not in generic() and stem not in stems() and any(stem.endswith(word) for word in stems())


def _noun_run(tokens: Sequence[Token], last: int) -> int:
    """Return the index of the first token of the run of nouns that ends with token ``last``."""
    first = last
    while first > 0 and tokens[first - 1].end == tokens[first].start and _in_name(tokens[first - 1]):
        first -= 1
    while first < last and (tokens[first].surface in DROPPED_FIRST or _edge_mark(tokens[first])):
        first += 1
    return first


def _in_name(token: Token) -> bool:
    if token.surface in ("・", "－", "-"):
        return True
    if token.surface in ("旧", "新", "改正", "現行", "関係", "年", "月", "日", "等"):
        return False
    return token.pos.startswith(("名詞", "接頭辞", "接尾辞-名詞的", "形状詞-一般")) and "数詞" not in token.pos


def _edge_mark(token: Token) -> bool:
    return token.surface in ("・", "－", "-")


def _proper(tokens: Sequence[Token], stem: str) -> bool:
    """Whether the run holds a proper noun, a foreign word or a pair of countries (日独)."""
    if any("固有名詞" in token.pos for token in tokens):
        return True
    return bool(re.search(r"[A-Za-z]{2,}|^日[米英仏独伊加豪中韓朝露ソ印比越泰星]", stem))


def _phrase_start(text: str, tokens: Sequence[Token], first: int) -> int | None:
    """Return where the phrase begins that ends before token ``first``: a quotation, or what grammar allows."""
    end = tokens[first].start
    i = first
    while i > 0 and end - tokens[i - 1].start <= LONGEST and _in_phrase(text, tokens, i - 1):
        i -= 1
    while i < first and (tokens[i].surface in DROPPED_FIRST or tokens[i].pos.startswith(("助詞", "補助記号", "接続詞"))):
        i += 1
    return tokens[i].start if i < first else None


def _in_phrase(text: str, tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if token.pos.startswith(("名詞", "接頭辞", "接尾辞", "形状詞")):
        return True
    if token.surface in PARTICLES or token.surface == "・":
        return token.surface != "に" or text.startswith(("に関", "に係", "にかか", "に基", "に対", "に伴", "におけ", "による", "についての"), token.start)
    if token.norm in LINKS or token.lemma in LINKS or token.surface in ("する", "ための", "おける", "つい", "て"):
        return True
    if token.surface in CLAUSE:
        return text.startswith(("を図る", "を改正する", "を防止する", "を確保する", "を促進する"), token.start)
    return False
