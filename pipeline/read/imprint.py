"""Statements of a document about itself: in first lines, at the edges of pages, in a colophon (奥付)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from pipeline.model.rule import Pattern
from pipeline.read.day_forms import day_in
from pipeline.read.edition_forms import (
    LONGEST,
    Named,
    edition_alone,
    edition_in,
    folded_line,
    revised,
    running_edition,
    words,
)
from pipeline.read.lines import Line, lines_in
from pipeline.read.occasions import held_on, listed, of_occasion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pipeline.model.evidence import Teller


# At most this many lines that are not blank, and this many code points, at the beginning and at the end
# of a text are read (決め打ち).
HEAD_LINES, HEAD_LENGTH = 15, 1500
TAIL_LINES, TAIL_LENGTH = 25, 2000
# A line of prose: it holds the end of a sentence, or is longer than a title, in code points (決め打ち).
SENTENCE_END, LONGEST_TITLE = "。", 60
# A line at the edges of at least LEAST_HEADS pages is a running head. An edge is EDGE code points or
# EDGE_LINES lines long (決め打ち).
LEAST_HEADS, EDGE, EDGE_LINES = 3, 80, 3
# A heading within a paper, which is no title: 第1章 …, 1 …, (1) …
CHAPTER = Pattern(r"第?[\dIVX一二三四五六七八九十]{1,3}(?:[部章節編款巻項]|[-.]\d| |$)|\(\d{1,2}\)|[①-⑳]")
# A line that begins with one of these continues a sentence of the line before, but for a heading like はじめに
# and for a town like みずき市.
GOES_ON = re.compile(
    rf"(?!(?:{words('opening')})$|(?![にをはがのでともへや])[ぁ-ん]{{2,6}}[市県町村区])[ぁ-ん、。）」』)]"
)
# A line that begins so belongs to a list of sources, not to a first page: a source, a note, an address.
LISTED = re.compile(r"\(?(?:出典|出所|資料(?:[:)]|出所)|参考文献|注\d*[:) ]|備考)|※|https?:", re.IGNORECASE)
_INDENTED = re.compile(r"\u3000\S.*。", re.DOTALL)
_INNER = Pattern(rf"{CHAPTER.pattern}|(?:{words('inset')})(?![ァ-ヶ一-龠])", re.IGNORECASE)
# 議事録 names a record; 議事録はこちら and 議事録の公開について do not.
_RECORD = Pattern(rf"(?:{words('record')})(?![はをのがにへもと])")
# What stands above the text of a web page, as in a copy of it.
_FRAME = Pattern(rf"(?:{words('frame')})|.{{1,40}} > .{{1,40}} > ")
_PAPERS = re.compile("白書|青書|[Ww]hite [Pp]aper|[Bb]luebook")
_COLOPHON = re.compile(words("colophon"))
_FIRST_PRINT = re.compile(r"初版|第[1一]版|第[1一]刷")
_ISSUED = re.compile(rf"^(?:{words('label')}|発行|刊行|印刷)|(?:発行|刊行|初版|第[\d一]+[版刷]).{{0,4}}$")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source says of the day on which a document speaks.

    Attributes:
        named: The day, with the edition that gives it.
        quote: What says it, as it stands there.
        start: Where that begins in the raw text, in code points; None where it stands elsewhere. ``end``
            likewise.
    """

    source: Teller
    named: Named
    quote: str
    start: int | None = None
    end: int | None = None


def says(line: Line, source: Teller, named: Named) -> Statement:
    """Return what a line names as a statement of ``source``."""
    quote = line.raw.strip()
    start = line.start + line.raw.index(quote)
    return Statement(source, named, quote, start, start + len(quote))


def title_page(raw: str) -> list[Statement]:
    """Return the editions and days that the first lines name, up to the first line of prose."""
    first = list(islice(_own_lines(raw), HEAD_LINES))
    head = list(takewhile(_may_be_title, first))
    opening = first[: len(head) + 1]
    if any(LISTED.match(line.text) for line in opening):
        return []
    listing = listed(first)
    following = [*(_after(line, raw) for line in opening[1:]), ""]
    recorded = any(_RECORD.search(line.text) for line in opening)
    titled = any(_is_title(line.text) for line in head)
    found: list[Statement] = []
    for place, (line, after) in enumerate(zip(head, following, strict=False)):
        named = edition_in(line.text) or _beside(head, place)
        named = named or (None if listing else _day(line.text, recorded=recorded, titled=titled))
        occasion = named and of_occasion(named, first[place + 1 :], recorded=recorded)
        if named and not occasion and not GOES_ON.match(after):
            found.append(says(line, "title_page", named))
    if recorded and not found and (held := held_on(_own_lines(raw))):
        return [says(held[0], "title_page", held[1])]
    return _newest(found)


def _own_lines(raw: str) -> Iterator[Line]:
    """Yield the first lines without those of a web page's frame (更新日, ページ番号, a trail)."""
    return (line for line in lines_in(raw, 0, HEAD_LENGTH) if not _FRAME.match(line.text))


def _may_be_title(line: Line) -> bool:
    """Whether a line is no prose."""
    return SENTENCE_END not in line.text and len(line.raw.strip()) <= LONGEST_TITLE


def _after(line: Line, raw: str) -> str:
    """Return a line that may continue the one before it: not at the top of a page, and no new paragraph."""
    if _INDENTED.match(line.raw):
        return ""
    blank = raw[max(0, line.start - LONGEST) : line.start]
    return "" if "\f" in blank[len(blank.rstrip()) :] else line.text


def _newest(found: list[Statement]) -> list[Statement]:
    """Leave out the days before the last one on which a document was changed.

    One that it only says was amended (改正) may be that of a law of which it tells.
    """
    renewed = [one.named for one in found if one.named.renewed]
    if not renewed:
        return found
    if len(renewed) == len(found) and not any(one.renewed in revised() for one in renewed):
        return []
    last = max(one.day for one in renewed)
    return [one for one in found if one.named.precision == "year" or one.named.day >= last]


def _day(text: str, *, recorded: bool, titled: bool) -> Named | None:
    """Return the day that a line gives; that of a meeting is the day of its record alone."""
    told = day_in(text)
    return told if told and (recorded if told.held else titled or not told.bare) else None


def _is_title(text: str) -> bool:
    """Whether a line may be the title of a document: neither a day nor a heading of a chapter."""
    return len(text) > 3 and not _INNER.match(text) and day_in(text) is None and "年" not in text[-1:]


def _beside(head: list[Line], place: int) -> Named | None:
    """Return the edition that a line names alone: the first line, or one next to the paper's name."""
    named = edition_alone(head[place].text)
    if named is None:
        return None
    for other in head[max(0, place - 2) : place + 3]:
        if re.fullmatch(r"[^、。「」『』]{0,30}(?:白書|青書)", other.text):
            return Named(named.day, named.precision, named.edition, other.text)
    return named if place == 0 else None


def running_heads(raw: str) -> list[Statement]:
    """Return the edition that the edges of many pages name, or, without form feeds, many short lines."""
    found: dict[date, list[Statement]] = {}
    for statement in _edges(raw) if "\f" in raw else _repeated(raw):
        found.setdefault(statement.named.day, []).append(statement)
    often = [statements for statements in found.values() if len(statements) >= LEAST_HEADS]
    return [max(statements, key=lambda one: bool(one.named.title)) for statements in often]


def _edges(raw: str) -> Iterator[Statement]:
    """Yield the lines at the edges of each page, each once a page."""
    start = 0
    for page in raw.split("\f"):
        end, seen = start + len(page), set()
        for at, until in ((start, min(end, start + 4 * EDGE)), (max(start, end - 4 * EDGE), end)):
            for statement in _edge(list(lines_in(raw, at, until)), top=at == start):
                if statement.named.day not in seen:
                    seen.add(statement.named.day)
                    yield statement
        start = end + 1


def _edge(lines: list[Line], *, top: bool) -> Iterator[Statement]:
    for line in lines[:EDGE_LINES] if top else lines[-EDGE_LINES:]:
        if named := _day(line.text, recorded=False, titled=True) or edition_in(line.text):
            yield says(line, "running_head", named)
            continue
        start = line.start if top else line.start + max(0, len(line.raw) - EDGE)
        edge = line.raw[:EDGE] if top else line.raw[-EDGE:]
        if found := running_edition(edge):
            named, begin, end = found
            yield Statement("running_head", named, edge[begin:end], start + begin, start + end)


def _repeated(raw: str) -> Iterator[Statement]:
    """Yield the short lines that name an edition, by themselves or with a page number."""
    for found in _PAPERS.finditer(raw):
        start = raw.rfind("\n", max(0, found.start() - LONGEST), found.start()) + 1
        end = raw.find("\n", found.end(), found.end() + LONGEST)
        if start and end > 0 and end - start <= LONGEST:
            line = Line(start, raw[start:end], folded_line(raw[start:end]))
            text = re.sub(r"^\d{1,4} |(?<!\d) ?\d{1,3}$", "", line.text)
            if named := edition_in(line.text) or edition_in(text):
                yield says(line, "running_head", named)


def colophon(raw: str) -> list[Statement]:
    """Return the day of issue that the last lines tell beside publisher, printer or price."""
    lines = list(lines_in(raw, max(0, len(raw) - TAIL_LENGTH), len(raw)))[-TAIL_LINES:]
    if not any(_COLOPHON.search(line.text) for line in lines):
        return []
    issued = [line for line in lines if _ISSUED.search(line.text) and SENTENCE_END not in line.text]
    found = [(line, named) for line in issued for named in _issues(line.text)]
    if len({named.day for _, named in found}) > 1:
        found = [(line, named) for line, named in found if _FIRST_PRINT.search(line.text)]
    return [says(line, "colophon", named) for line, named in _distinct(found)]


def _issues(text: str) -> Iterator[Named]:
    plain = re.sub(r"^(?:発行|刊行|印刷|初版)[:  ]*|[  ]?(?:初版|第[\d一]+[版刷]|発行|刊行)+$", "", text)
    for part in {text, plain.strip()}:
        if named := day_in(part):
            yield Named(named.day, named.precision)
            return


def _distinct(found: Iterable[tuple[Line, Named]]) -> list[tuple[Line, Named]]:
    return list({named.day: (line, named) for line, named in found}.values())
