"""WebAnno TSV 3.3, which INCEpTION reads and writes. Offsets count UTF-16 code units.

A sentence is a line of the text, or several where a mention runs over them; a token is a run of one kind of
characters, cut at the edges of mentions. ``value`` is the label, ``identifier`` what else is known, as JSON.
"""

from __future__ import annotations

import json
import re
from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.review.exchange import pages
from pipeline.review.exchange.pages import Page, Utf16

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.scoring.gold import GoldMention

LAYER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
HEAD = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={LAYER}|identifier|value\n"
_RUNS = re.compile(r"[一-鿿々〆]+|[ぁ-ゟ]+|[゠-ヿー]+|[^\W一-鿿々〆ぁ-ゟ゠-ヿ]+|[^\w\s]|\S")
_RESERVED = re.compile(r"[\\\[\]|_;*]|->")
_CELL = re.compile(r"((?:[^\\|]|\\.)*?)(?:\[(\d+)\])?(?:\||$)", re.DOTALL)


def dump(documents: Sequence[Page]) -> dict[str, str]:
    """Return one ``.tsv`` for each document."""
    return {f"{pages.file_name(page.doc_id)}.tsv": HEAD + "".join(_sentences(page)) for page in documents}


def _sentences(page: Page) -> Iterator[str]:
    utf16 = Utf16(page.text)
    waiting = deque(enumerate(sorted(page.mentions, key=lambda m: (m.start, m.end)), 1))
    number = 0
    for start, end in _lines(page):
        inside = []
        while waiting and waiting[0][1].start < end:
            inside.append(waiting.popleft())
        tokens = list(_tokens(page.text, start, end, [m for _, m in inside]))
        if not tokens:
            continue
        number += 1
        yield "\n\n" + "".join(f"#Text={_text(line)}\n" for line in page.text[tokens[0][0] : end].split("\n"))
        for place, (a, b) in enumerate(tokens, 1):
            cells = _cells([(n, m) for n, m in inside if m.start <= a and b <= m.end])
            yield f"{number}-{place}\t{utf16.units(a)}-{utf16.units(b)}\t{_text(page.text[a:b])}\t{cells}\t\n"


def _lines(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the lines of the text, joined where a mention runs over them."""
    spans = [(line.start(), line.end()) for line in re.finditer(r"[^\r\n]+", page.text)]
    mentions = sorted((m.start, m.end) for m in page.mentions)
    at = 0
    while spans:
        start, end = spans.pop(0)
        while at < len(mentions) and mentions[at][0] < end:
            reach = mentions[at][1]
            while spans and spans[0][0] < reach:
                end = spans.pop(0)[1]
            at += 1
        yield start, end


def _tokens(text: str, start: int, end: int, inside: Sequence[GoldMention]) -> Iterator[tuple[int, int]]:
    cuts = sorted({start, end, *(edge for m in inside for edge in (m.start, m.end))})
    for a, b in pairwise(cuts):
        for run in _RUNS.finditer(text, a, b):
            yield run.span()


def _cells(over: Sequence[tuple[int, GoldMention]]) -> str:
    """Return the two cells of a token: what is known, and the label, numbered by the mention."""
    if not over:
        return "_\t_"
    more = [(n, json.dumps(pages.details(m), ensure_ascii=False, separators=(",", ":"))) for n, m in over]
    identifiers = "|".join(f"{_value(known)}[{n}]" for n, known in more)
    return f"{identifiers}\t" + "|".join(f"{m.label}[{n}]" for n, m in over)


def _value(text: str) -> str:
    return _RESERVED.sub(lambda m: "\\" + m[0], text)


def _text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n")


def parse(files: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[Page]:
    """Yield the document of every ``.tsv`` file.

    Raises:
        HakushoError: A file has no layer of named entities, a line is broken, or the text is another.
    """
    for name, content in files.items():
        if name.endswith(".tsv"):
            doc_id = pages.doc_id_of(name.removesuffix(".tsv"))
            text = pages.text_of(doc_id, texts, name)
            yield Page(doc_id, text, tuple(_mentions(content, doc_id, text, name)))


def _columns(lines: Sequence[str], name: str) -> tuple[int, int | None]:
    """Return the columns of value and identifier; layers of several features stand side by side."""
    at = 3
    for line in lines:
        if line.startswith("#T_"):
            layer, *features = line.partition("=")[2].split("|")
            if layer.endswith(".NamedEntity") and "value" in features:
                known = features.index("identifier") + at if "identifier" in features else None
                return features.index("value") + at, known
            at += len(features)
    raise HakushoError(f"{name}: has no layer of named entities: export it as WebAnno TSV v3 from INCEpTION")


def _mentions(content: str, doc_id: str, text: str, name: str) -> list[GoldMention]:
    lines = content.split("\n")
    label_column, known_column = _columns(lines, name)
    utf16 = Utf16(text)
    spans: dict[str, list[int]] = {}
    said: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(lines, 1):
        if not re.match(r"\d+-\d+(?:\.\d+)?\t", line, re.ASCII):
            continue
        place = f"{name}, line {number}"
        cells = line.rstrip("\r").split("\t")
        try:
            start, end = (utf16.points(int(offset)) for offset in cells[1].split("-"))
            labels = _stacked(cells[label_column])
            known = _stacked(cells[known_column]) if known_column else []
        except (ValueError, IndexError) as error:
            raise HakushoError(
                f"{place}: is no token of this text ({error}): give the text that was exported"
            ) from None
        if _text(text[start:end]) != cells[2] and text[start:end] != cells[2]:
            raise HakushoError(f"{place}: found {cells[2]!r} where the text has {text[start:end]!r}")
        for i, (label, group) in enumerate(labels):
            key = group or f"{cells[0]}/{i}"
            spans.setdefault(key, [start, end])[1] = end
            said.setdefault(key, (label, known[i][0] if i < len(known) else ""))
    found = [
        pages.mention((doc_id, text), said[key][0], start, end, _details(said[key][1]), name)
        for key, (start, end) in spans.items()
    ]
    return sorted(found, key=lambda m: (m.start, m.end))


def _stacked(cell: str) -> list[tuple[str, str]]:
    """Split a cell into its values and their numbers: ``A[1]|B[2]``; ``_`` is none."""
    if cell == "_":
        return []
    found = [(m[1], m[2] or "") for m in _CELL.finditer(cell) if m[0]]
    return [("" if value == "*" else re.sub(r"\\(.)", r"\1", value), number) for value, number in found]


def _details(known: str) -> dict[str, str] | None:
    if not known:
        return None
    try:
        values = json.loads(known)
    except ValueError:
        return {"norm": known}  # an identifier that somebody chose in INCEpTION
    return values if isinstance(values, dict) else None
