"""brat stand-off: ``.txt`` and ``.ann`` for each document, offsets in code points.

A mention over several lines is a discontinuous one, a fragment for each line, as brat wants it. What else is
known of a mention is its note, as JSON.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pipeline.entities import known_labels
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.review.exchange import pages
from pipeline.review.exchange.pages import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.scoring.gold import GoldMention

_ENTITY = re.compile(r"(T\d+)\t(\S+) (\d+(?: \d+;\d+)* \d+)(?:\t|$)", re.ASCII)
_BLANK = re.compile(r"[\s\x00-\x1f]")
_NOTE = re.compile(r"#\d+\tAnnotatorNotes (T\d+)\t(.*)")


def dump(documents: Sequence[Page]) -> dict[str, str]:
    """Return the two files of each document, and ``annotation.conf``."""
    labels = "\n".join(known_labels())
    files = {"annotation.conf": f"[entities]\n{labels}\n\n[relations]\n\n[events]\n\n[attributes]\n"}
    for page in documents:
        name = pages.file_name(page.doc_id)
        files[f"{name}.txt"] = page.text
        files[f"{name}.ann"] = "".join(_lines(page))
    return files


def _lines(page: Page) -> Iterator[str]:
    for number, m in enumerate(page.mentions, 1):
        spans = list(_fragments(m, page.text))
        quoted = _BLANK.sub(" ", " ".join(page.text[start:end] for start, end in spans))
        offsets = ";".join(f"{start} {end}" for start, end in spans)
        yield f"T{number}\t{m.label} {offsets}\t{quoted}\n"
        yield f"#{number}\tAnnotatorNotes T{number}\t{json.dumps(pages.details(m), ensure_ascii=False)}\n"


def _fragments(m: GoldMention, text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of a mention; the first begins and the last ends with it."""
    lines = [line for line in re.finditer(r"[^\r\n]+", text[m.start : m.end]) if line[0].strip()]
    for number, line in enumerate(lines or [None]):
        start = m.start + line.start() if line and number else m.start
        end = m.start + line.end() if line and number < len(lines) - 1 else m.end
        yield start, end


def parse(files: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[Page]:
    """Yield the document of every ``.ann`` file; a mention runs from its first fragment to its last.

    Raises:
        HakushoError: A line is broken, or the ``.txt`` beside it is another text.
    """
    for name, content in files.items():
        if name.endswith(".ann"):
            doc_id = pages.doc_id_of(name.removesuffix(".ann"))
            text = pages.text_of(doc_id, texts, name)
            theirs = files.get(f"{name.removesuffix('.ann')}.txt", text)
            pages.same_text(text, theirs, name)
            at = list(range(len(text) + 1)) if theirs == text else pages.lines_joined(text)
            yield Page(doc_id, text, tuple(_mentions(content, (doc_id, text), at, name)))


def _mentions(content: str, page: tuple[str, str], at: Sequence[int], name: str) -> Iterator[GoldMention]:
    lines = content.split("\n")
    notes = {m[1]: m[2] for m in map(_NOTE.match, lines) if m}
    found = []
    for number, line in enumerate(lines, 1):
        if not line.startswith("T"):
            continue
        place = f"{name}, line {number}"
        match = _ENTITY.match(line)
        if not match:
            raise HakushoError(
                f"{place}: found {line[:60]!r}; wanted an id, a label and offsets, tabs between"
            )
        offsets = re.split("[ ;]", match[3])
        start, end = int(offsets[0]), int(offsets[-1])
        if end >= len(at):
            raise HakushoError(
                f"{place}: {end} lies behind the text, which has {plural(len(at) - 1, 'character')}"
            )
        note = notes.get(match[1])
        more = _details(note) if note is not None else None
        found.append(pages.mention(page, match[2], at[start], at[end], more, place))
    yield from sorted(found, key=lambda m: (m.start, m.end))


def _details(note: str) -> dict[str, str]:
    """Read a note; any other text of a person there is a comment."""
    try:
        known = json.loads(note)
    except ValueError:
        return {"note": note}
    return known if isinstance(known, dict) else {"note": note}
