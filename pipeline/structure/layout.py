"""What each line of a page is, and which headings it stands under.

Part of stage 3 (see ``builder.py``). The rules look at one line and its neighbours; none of them
knows a word of a particular document. Which line carries another on is decided in ``joins.py``.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.eras import ERA_NAMES
from pipeline.structure.lines import Line, LineKind
from pipeline.structure.notes import footnotes
from pipeline.structure.rows import with_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


NUMBER = r"[0-9一二三四五六七八九十百ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]+"
# 「14 （平成26）年」 begins with no number of a heading.
ERA_IN_BRACKETS = f"（(?:同|{ERA_NAMES})"
# 「31 年に」「3 月の」「2.6 ポイント増」 begin with none either; 「2 年金」「3 日本の」「1 月例経済報告」 do.
DATED = (
    r"年(?:\s?\d|[度末初以頃代にはのかま、（・～]|前半|後半|$)|月(?:\s?\d|[末初上中下以頃にはのかま、（・～]|$)"
    r"|日(?:[以頃にはのかま付、（・～]|午前|午後|$)"
)
MEASURE = "(?:ポイント|パーセント|[%％倍円人件台社か]|[千百万億兆]|[年月日]間?[にはの、])"
# Heading schemes: name → pattern. The order in which a document first uses them gives their level.
SCHEMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("編", re.compile(rf"第{NUMBER}編(?=$|\s|第{NUMBER}[部章](?:$|\s))")),
    ("部", re.compile(rf"第{NUMBER}部(?=$|\s|第{NUMBER}章(?:$|\s))")),
    ("章", re.compile(rf"(?:第{NUMBER}章|序章|終章)(?=$|\s|第{NUMBER}節(?:$|\s))")),
    ("節", re.compile(rf"第{NUMBER}節(?=$|\s)")),
    ("項", re.compile(rf"第{NUMBER}項(?=$|\s)")),
    ("第1", re.compile(rf"第{NUMBER}\s+(?=\S)")),
    ("1-2", re.compile(rf"\d{{1,2}}(?:[-ー‐.]\d{{1,2}})+\s+(?=\S)(?!{MEASURE})")),
    ("Ⅰ", re.compile(r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,3}[\s.、]+(?=\S)")),
    (
        "1",
        re.compile(
            rf"\d{{1,2}}(?:\u3000\s*(?=\S)|(?:[\s、]+|\.\s*)(?=[^\d\s.]))(?!{ERA_IN_BRACKETS})(?!{DATED})"
        ),
    ),
    ("一", re.compile(r"[一二三四五六七八九十]{1,3}[\s、.]+(?=\S)")),
    ("(1)", re.compile(r"（\d{1,2}）\s*(?=\S)")),
    ("(一)", re.compile(r"（[一二三四五六七八九十]{1,3}）\s*(?=\S)")),
    ("(i)", re.compile(r"（?[ivx]{1,4}）\s*(?=\S)")),
    ("(a)", re.compile(r"（?[a-zA-Z]）\s*(?=\S)")),
    ("1)", re.compile(r"\d{1,2}）\s*(?=\S)")),
    ("①", re.compile(r"[①-⑳]\s*(?=\S)")),
    ("ア", re.compile(r"[ア-ン][\s.]+(?=\S)")),
    ("(ア)", re.compile(r"（[ア-ン]）\s*(?=\S)")),
    ("A", re.compile(r"[A-Z](?:[\s、]+|\.\s*)(?=[ぁ-ヿ一-龥「])")),
    ("◆", re.compile(r"[◆◇■□●○▼▽★☆]\s*(?=\S)")),
    (
        "コラム",
        re.compile(r"[【（]?(?:コラム|事例|解説|トピックス?|Column|COLUMN|MEMO|Q&A)[】）\s\d:：](?!参照)"),
    ),
)
# All of them at once: the number of the group is that of the scheme.
_SCHEME = re.compile("|".join(f"({pattern.pattern})" for _, pattern in SCHEMES))
# A heading whose title stands on a line of its own: 「第1章」.
BARE = re.compile(rf"(?:第{NUMBER}[編部章節]|序章|終章)+")
# Schemes that no running text begins with.
UPPER = frozenset(("編", "部", "章", "節"))
# Marks of a list: dots, arrows, ticks, and what the fonts of symbols (Wingdings) have in the private range of
# Unicode.
BULLET = re.compile(
    r"[-*–—]\s+\S|[・•‣▪●○◇◆■□※➢✓⚫⚪◦⁃❖➤➔➡⇨▶►▷✔☑❏❑\uf020-\uf0ff]\s*\S|（[ア-ン\d]{1,2}）|[①-⑳]|\[\d{1,2}\]\s*\S"
)
# A sentence that is a member of a series: 「ア　老人福祉法の改正により…。」.
ITEM = re.compile(r"(?:[ア-ン]|[a-zA-Z]|\d{1,2}|[一二三四五六七八九十]{1,2})\u3000+\S")
CAPTION = re.compile(
    rf"[<〈【]?(?:図表?|表|写真|資料)(?:[\[［]\d{{1,3}}[\]］]\s*\S|\s?{NUMBER}(?:[-ー.]{NUMBER})*"
    r"(?![はがをにでのとも、,\d]|）[。、はがをにでのとも]|\s?参照)|\s+(?=\S))"
    r"|[<〈【]?第?[\dⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+(?:[-ー.]\d+)*[図表](?=$|[\s】〉>）]|[ぁ-ヿ一-龥])(?![はがをにでのとも、])"
)
REFERENCE = re.compile(
    r"⇒|(?:→|※(?!\d))\s*\S.*参照。?$|【(?:参照|参考)】|[【（<〈]?(?:参照|参考)[】）>〉]?(?=[\s図表資第ⅠⅡⅢⅣⅤ「：:])"
)
FOOTNOTE = re.compile(
    r"[¹²³⁰⁴-⁹]+\s*\S|[（〔［【<〈]?(?:脚?注|※|備考|出典|出所|資料)\s?\d{0,2}[）〕］】>〉:：、.\s]|\*\d"
    r"|(?:\d{1,3}[\s.]+)?https?://"
)
PAGE = re.compile(
    r"[-―—–~〔［\[ 　]*(?:[Pp]\.? ?)?\d{1,4}[-―—–~〕］\] 　]*|第?\d{1,4}(?:頁|ページ)|\d{1,4} ?/ ?\d{1,4}"
)
# The title of the publication with the page number: 「警察白書　45」.
HEAD_WITH_PAGE = re.compile(
    r"(?:\d{1,4}[ 　]+)?\S{1,20}(?:白書|青書|レポート|年報)\S{0,10}(?:[ 　]+\d{1,4})?"
)
STROKES = re.compile(r"^\|| \| ")
LATIN_LINE = re.compile(r"[A-Za-z][A-Za-z .,&'’/()（）-]*")
# A heading cannot end on these.
OPEN_TITLE = re.compile(r"[、，・（「『をがはにのとやも]$")
LONG_HEADING, LONG_HEAD = 60, 40
# A heading that is glued to what stands before it: 「…を示した。第3節　…」「…の推移3　放送衛星」.
GLUED = re.compile(
    rf"(?<=[^\s（「『、・及び章部編次前本])(?=第{NUMBER}[部章節]\u3000\S)"
    r"|(?<=。)(?=(?:（\d{1,2}）|\d{1,2}|[ア-ン]|（[ア-ン]）)\u3000\S|コラム\d*\u3000|図表\d+(?:-\d+)+\u3000)"
    r"|(?<=。)(?=（(?:\d{1,2}|[ア-ン])）\S[^。]{0,58}$)"
    r"|(?<=[A-Za-z/])(?=(?:（\d{1,2}）|\d{1,2}|コラム\d*)\u3000\S)"
)
AFTER_CAPTION = re.compile(
    r"(?<=[ぁ-ヿ一-龥々）])(?<![図表第その注])(?=(?:（\d{1,2}）|\d{1,2}|コラム\d*|第\d+[章節])\u3000\S)"
)


def read_lines(clean: str, page_ends: Collection[int] = ()) -> tuple[list[Line], dict[int, int]]:
    """Return the lines of ``clean`` with their kinds, and the markers that were printed like plain figures.

    Args:
        clean: The cleaned text.
        page_ends: Offsets of the line ends at which a page ends.

    Returns:
        The lines, and start → end of each such marker (offsets in ``clean``, blanks around it included).
    """
    lines = [Line(start, start + len(text), text, _kind(text)) for start, text in _cut(clean)]
    notes, markers = footnotes(clean, lines)
    for i, number in notes.items():
        lines[i] = lines[i]._replace(kind="footnote", number=number)
    return _without_running_heads(with_rows(lines), page_ends), markers


def _cut(clean: str) -> Iterator[tuple[int, str]]:
    """Yield the lines with their offsets; a line is cut before a heading that was glued to it."""
    start = 0
    for text in clean.split("\n"):
        cuts = {match.start() for match in GLUED.finditer(text)} if "　" in text or "。（" in text else set()
        if CAPTION.match(text):
            cuts.update(match.start() for match in AFTER_CAPTION.finditer(text))
        edges = [0, *sorted(cuts), len(text)]
        for left, right in pairwise(edges):
            yield start + left, text[left:right]
        start += len(text) + 1


def _kind(text: str) -> LineKind:
    stripped = text.strip()
    if not stripped:
        return "blank"
    if "\t" in text.strip("\n ") or STROKES.search(stripped):
        return "table"
    if REFERENCE.match(stripped):
        return "reference"
    if FOOTNOTE.match(stripped):
        return "footnote"
    if CAPTION.match(stripped) and "。" not in stripped:
        return "caption"
    if furniture := _furniture(stripped):
        return furniture
    ended = stripped.endswith("。") or OPEN_TITLE.search(stripped)
    if len(stripped) <= LONG_HEADING and not ended and scheme(stripped):
        return "heading"
    return "list_item" if BULLET.match(stripped) or ITEM.match(stripped) else "paragraph"


def _furniture(stripped: str) -> LineKind | None:
    """Return what a line is that is no text of its own: a page's number or head, a gloss in English."""
    if PAGE.fullmatch(stripped):
        return "page_number"
    if stripped[:1].isdigit() != stripped[-1:].isdigit() and HEAD_WITH_PAGE.fullmatch(stripped):
        return "running_head"
    return "gloss" if " " in stripped and LATIN_LINE.fullmatch(stripped) else None


def scheme(title: str) -> str:
    """Return the name of the heading scheme that ``title`` follows, or an empty string.

    >>> scheme("第2節 日米同盟の強化"), scheme("（ア）「指針」の目的"), scheme("本章では")
    ('節', '(ア)', '')
    """
    match = _SCHEME.match(title)
    return SCHEMES[match.lastindex - 1][0] if match and match.lastindex else ""


def _without_running_heads(lines: list[Line], page_ends: Collection[int]) -> list[Line]:
    """Mark lines at the edges of pages that come again and again as parts of the page, not of the text."""
    full = [i for i, line in enumerate(lines) if line.kind != "blank"]
    edges: dict[int, str] = {}
    for before, after in pairwise(full):
        broken = page_ends and any(lines[k].end in page_ends for k in range(before, after))
        for i, other in ((before, after), (after, before)):
            line = lines[i]
            if (broken or lines[other].kind == "page_number") and line.kind in ("heading", "paragraph"):
                edges[i] = re.sub(r"\d+", "#", line.text.strip())
    times = Counter(edges.values())
    seen: set[str] = set()
    out = list(lines)
    for i, key in edges.items():
        text = lines[i].text.strip()
        known = lines[i].kind == "paragraph" or (scheme(text) in UPPER and key in seen)
        if len(text) <= LONG_HEAD and "。" not in text and times[key] > 1 and known:
            out[i] = lines[i]._replace(kind="running_head")
        seen.add(key)
    return out
