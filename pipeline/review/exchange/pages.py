"""A text with its mentions, and what every format needs: details and other programs' offsets."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from pipeline.entities import fields_of, known_labels
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.scoring.gold import GoldMention

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTS = ("article", "paragraph", "item")
DETAILS = ("norm", "value", "mod", *LISTS, "note")
UNKNOWN = "imported without a value"  # the note of a date that a tool added: gold wants a value or a reason


@dataclass(frozen=True, slots=True)
class Page:
    """One document: its raw text and its mentions, offsets in code points."""

    doc_id: str
    text: str
    mentions: tuple[GoldMention, ...]

    def check(self, place: str) -> None:
        """Compare each mention with the text; raises HakushoError where they differ."""
        for m in self.mentions:
            if self.text[m.start : m.end] != m.text:
                raise HakushoError(
                    f"{place}: {m.doc_id} [{m.start}, {m.end}) is {m.text!r}, but the text has "
                    f"{self.text[m.start : m.end][:60]!r} there: give the text that was annotated"
                )


def details(m: GoldMention) -> dict[str, str]:
    """Return the details of a mention beside span and label; lists joined by a bar, no empty ones."""
    values = {name: getattr(m, name) for name in DETAILS}
    return {name: "|".join(v) if name in LISTS else v for name, v in values.items() if v}


def mention(
    page: tuple[str, str], label: str, start: int, end: int, more: Mapping[str, Any] | None, place: str
) -> GoldMention:
    """Return a mention as a tool gave it; one that the tool added gets its text as norm.

    Args:
        page: The document's id and raw text.
        label: One of the labels.
        start: In code points.
        end: Likewise, behind the last one.
        more: As :func:`details`; None for a mention that is new.
        place: Where it stands, for messages.

    Raises:
        HakushoError: The label is unknown, or the span is none of the text.
    """
    doc_id, text = page
    if label not in known_labels():
        raise HakushoError(
            f"{place}: label is {label!r}; wanted {', '.join(known_labels())}: "
            "rename it in the tool, or name the file of your types with --types"
        )
    if not 0 <= start < end <= len(text):
        raise HakushoError(
            f"{place}: [{start}, {end}) is no span of {doc_id}, which has {plural(len(text), 'character')}"
        )
    if more is None:
        bare = "".join(text[start:end].split())
        more = {"norm": bare} if "norm" in fields_of(label) else {"note": UNKNOWN}
    strings = {name: str(more.get(name, "")) for name in DETAILS if name not in LISTS}
    lists = {name: tuple(filter(None, str(more.get(name, "")).split("|"))) for name in LISTS}
    said: dict[str, Any] = {**strings, **lists}
    return GoldMention(doc_id, label, start, end, text[start:end], **said)


def text_of(doc_id: str, texts: Mapping[str, str], place: str) -> str:
    """Return the raw text of a document; raises HakushoError if there is none."""
    if doc_id not in texts:
        raise HakushoError(
            f"{place}: is about {doc_id!r}, of which there is no text: name its folder with --texts"
        )
    return texts[doc_id]


def same_text(text: str, theirs: str, place: str) -> None:
    """Raise HakushoError unless a tool has the same text, apart from its line ends."""
    if text != theirs and re.sub("\r\n?", "\n", text) != re.sub("\r\n?", "\n", theirs):
        raise HakushoError(f"{place}: annotates another text: give the one that was exported with --texts")


def from_json(content: str, place: str) -> Any:
    """Read JSON; raises HakushoError if it is none."""
    try:
        return json.loads(content)
    except ValueError as error:
        raise HakushoError(f"{place}: is no JSON ({error}): export it again") from None


def file_name(doc_id: str) -> str:
    """Return a document's id as the stem of a file's name."""
    return doc_id.replace("/", "%2F")


def doc_id_of(name: str) -> str:
    """Return the id that :func:`file_name` made a name of."""
    return name.replace("%2F", "/")


def lines_joined(text: str) -> list[int]:
    """Return the offset of each character and of the end, CR LF counted as one line break."""
    return [i for i in range(len(text) + 1) if text[i - 1 : i + 1] != "\r\n" or i == 0]


class Utf16:
    """Offsets in UTF-16 code units, as Java and JavaScript count, and in code points."""

    def __init__(self, text: str) -> None:
        """Count once."""
        self._units = [0, *accumulate(1 + (ord(c) > 0xFFFF) for c in text)]

    def units(self, points: int) -> int:
        """Return code points as code units."""
        return self._units[points]

    def points(self, units: int) -> int:
        """Return code units as code points; raises ValueError within a character or behind the text."""
        at = bisect_left(self._units, units)
        if at == len(self._units) or self._units[at] != units:
            raise ValueError(f"offset {units} is within a character or behind the text")
        return at
