"""Stage 2: Source → Text: repairs of single characters, with an exact map back to the raw text.

Cleaning is total (any string is accepted), monotone (the origins never go back) and idempotent
(cleaning a clean text changes nothing). It joins no lines: that takes the page's structure.

Rules, in the order in which they are tried at each raw character:

- line ends (CRLF, CR, form feed, U+2028 …) become one LF;
- invisible characters (zero-width, bidirectional marks, controls, soft hyphen) are dropped;
- half-width kana and decomposed voicing marks are composed (ｶﾞ → ガ);
- full-width letters, digits and signs become ASCII, but brackets become full-width;
- a comma, a full stop or a tilde of ASCII that stands beside Japanese is the Japanese mark (，→ 、 43~47年 → 43～47年);
- squared and compatibility characters are spelled out (㍻ → 平成, ㈱ → （株）, ⼀ → 一);
- variant characters are folded as listed in ``data/variants.csv`` (繩 → 縄);
- a 工 in a series （ウ）（工）（オ） is read as エ.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.facts import rows
from pipeline.model.source import Repair, Source, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
# Brackets and marks that Japanese sets at full width, whichever width was printed.
WIDE = {"(": "（", ")": "）", "｢": "「", "｣": "」", "､": "、", "｡": "。", "･": "・", "＜": "＜", "＞": "＞"}
# Full-width marks that stay: they are Japanese punctuation.
KEEP = frozenset("：；！？（）［］｛｝「」～＜＞")
# ㋀-㋋ (months) to ㏾ (days), squared eras and words, ㈠ …; Kangxi radicals; compatibility ideographs.
SPELLED = re.compile("[\u3200-\u33ff\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
VOICING = frozenset("\u3099\u309a\uff9e\uff9f")
# (工) is a misread (エ) where (ウ) stands before it, this near (決め打ち).
SERIES, SERIES_REACH = re.compile(r"[（(]([ウ工])[）)]"), 4000
# 「１．総論」「３．資本の自由化」「ア．」: a point behind the number of an item is no full stop.
ITEM_NUMBER = re.compile(
    r"(?:^|[\s（(）)「・:：。、〕\]］】])(?:[0-9０-９]{1,3}|[A-Za-zＡ-Ｚａ-ｚ]|[ア-ンⅠ-Ⅹ]|[一二三四五六七八九十]{1,3})$"
)
# 文学,美術; 米国,EU; である.また; 43~47年; 昭和49,50年; what else stands between digits (1,000) and in addresses (/~name) stays.
_ERA = "|".join(row["era"] for row in rows("eras.csv"))
_JA = "ぁ-ゖァ-ヺー々〆一-龥）」』】〕〉》"
ASCII_MARK = re.compile(
    rf"(?<=[{_JA}]),|(?<=[A-Za-z0-9\)]),(?=[{_JA}])"
    r"|(?<=[ぁ-ゖ])\.(?=[ぁ-ゖァ-ヺ一-龥「（\s]|$)"
    rf"|(?<=[0-9{_JA}])~(?=[0-9{_JA}])|(?<=[0-9{_JA}] )~(?= [0-9{_JA}])"
    rf"|(?:(?<=(?:{_ERA})\d)|(?<=(?:{_ERA})\d\d)),(?=\d{{1,2}}(?:年|[,~～〜-]\d{{1,2}}(?!\d)))"
)
SIGN = re.compile("[,.~]")
JAPANESE_MARK = {",": "、", ".": "。", "~": "～"}
# Characters that need no repair, but for the few listed above or in ``data/variants.csv``.
PLAIN = (
    (0x20, 0x7E),
    (0x2010, 0x2027),
    (0x2190, 0x27BF),
    (0x3000, 0x3096),
    (0x309B, 0x30FF),
    (0x4E00, 0x9FFF),
)
Piece = tuple[str, int, str]  # what stands there now, how many raw characters it takes, the reason


def clean(source: Source) -> Text:
    """Return the cleaned text of ``source`` with the raw origin of each character.

    A repair can make room for another (a mark that stood behind a dropped character now touches
    its letter), so the rules are applied until nothing changes; the maps are composed.
    """
    raw = source.raw
    text = Text(source, raw, array("I", range(len(raw))), array("I", range(1, len(raw) + 1)))
    while changes := list(_changes(text.clean)):
        text = _changed(text, changes)
    return text


def _changes(text: str) -> Iterator[tuple[int, Piece]]:
    """Yield the offsets at which something is repaired, with the repair; what one took is not looked at again."""
    misread, done = set(_misread(text)), 0
    suspects = set(misread)
    suspects.update(_marks(text))
    for match in _suspect().finditer(text):
        at = match.start()
        suspects.add(at)
        if text[at] in VOICING and at:
            suspects.add(at - 1)
    for at in sorted(suspects):
        if at >= done:
            piece, width, reason = ("エ", 1, "misread character") if at in misread else _repair(text, at)
            done = at + width
            if reason:
                yield at, (piece, width, reason)


def _changed(text: Text, changes: Sequence[tuple[int, Piece]]) -> Text:
    """Apply the repairs; the runs between them are copied as they are."""
    clean, starts, ends = text.clean, array("I", text.starts), array("I", text.ends)
    out: list[str] = []
    new_starts, new_ends = array("I"), array("I")
    repairs, done = list(text.repairs), 0
    for at, (piece, width, reason) in changes:
        out += (clean[done:at], piece)
        start, end = starts[at], ends[at + width - 1]
        new_starts += starts[done:at]
        new_ends += ends[done:at]
        for _ in piece:
            new_starts.append(start)
            new_ends.append(end)
        repairs.append(Repair(start, end, clean[at : at + width], piece, reason))
        done = at + width
    out.append(clean[done:])
    new_starts += starts[done:]
    new_ends += ends[done:]
    return Text(text.source, "".join(out), new_starts, new_ends, tuple(repairs))


def _misread(text: str) -> Iterator[int]:
    """Yield the offsets of 工 that was read for エ in a series of items."""
    before = -SERIES_REACH
    for match in SERIES.finditer(text):
        if match.group(1) == "ウ":
            before = match.start()
        elif match.start() - before < SERIES_REACH:
            yield match.start(1)
            before = -SERIES_REACH


def _marks(text: str) -> Iterator[int]:
    """Yield the offsets of ASCII marks that stand for Japanese ones."""
    # The sign first: looking around every character would cost more than all other repairs.
    return (at.start() for at in SIGN.finditer(text) if ASCII_MARK.match(text, at.start()))


def fold(text: str) -> str:
    """Return ``text`` as cleaning would leave it; names from data files are compared in this form."""
    if _suspect().search(text) is None and SERIES.search(text) is None and next(_marks(text), None) is None:
        return text
    return clean(Source("", text)).clean


@cache
def _variants() -> dict[str, tuple[str, str]]:
    return {row["variant"]: (row["standard"], row["reason"]) for row in rows("variants.csv")}


@cache
def _suspect() -> re.Pattern[str]:
    """Return the pattern of a character that may need a repair: most need none, wherever they stand."""
    plain = [
        code
        for first, last in PLAIN
        for code in range(first, last + 1)
        if (char := chr(code)) not in WIDE and char not in _variants()
    ]
    plain += map(ord, {"\t", "\n", *KEEP})
    edges = sorted({*plain})
    ranges, first = [], edges[0]
    for code, after in pairwise([*edges, 0]):
        if after != code + 1:
            ranges.append(f"{re.escape(chr(first))}-{re.escape(chr(code))}")
            first = after
    return re.compile(f"[^{''.join(ranges)}]")


def _repair(raw: str, i: int) -> Piece:
    char = raw[i]
    if char in LINE_ENDS:
        width = 2 if raw.startswith("\r\n", i) else 1
        return "\n", width, "" if char == "\n" else "line end"
    follower = raw[i + 1] if i + 1 < len(raw) else ""
    if follower in VOICING:
        composed = unicodedata.normalize("NFKC", char + follower)
        if len(composed) == 1:
            return composed, 2, "composed voicing mark"
    if unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char != "\t":
        return "", 1, "invisible character"
    if char in WIDE:
        return WIDE[char], 1, "" if WIDE[char] == char else "width"
    if char in _variants():
        return _variants()[char][0], 1, _variants()[char][1]
    if char in "，．":
        return _comma(raw, i)
    if char in JAPANESE_MARK:
        return JAPANESE_MARK[char], 1, "Japanese punctuation mark"
    return _compatibility(char)


def _comma(raw: str, i: int) -> Piece:
    """A full-width comma or point: a Japanese mark, except between digits (１，０００) and letters."""
    before = raw[i - 1] if i else ""
    after = raw[i + 1] if i + 1 < len(raw) else ""
    item = raw[i] == "．" and not after.isspace() and ITEM_NUMBER.search(raw[max(0, i - 4) : i])
    if (_ascii(before) and _ascii(after)) or item:
        return ("," if raw[i] == "，" else "."), 1, "width"
    return ("、" if raw[i] == "，" else "。"), 1, "Japanese punctuation mark"


def _ascii(char: str) -> bool:
    folded = unicodedata.normalize("NFKC", char)
    return folded.isascii() and folded.isalnum()


@cache
def _compatibility(char: str) -> Piece:
    folded = unicodedata.normalize("NFKC", char)
    if folded == char or char in KEEP:
        return char, 1, ""
    if "\uff01" <= char <= "\uffdc" and len(folded) == 1:
        return folded, 1, "width"
    if SPELLED.match(char):
        return folded.replace("(", "（").replace(")", "）"), 1, "spelled out"
    return char, 1, ""
