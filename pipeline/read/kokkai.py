"""The records of the Diet (国会会議録検索システム, its API's JSON and XML): each speech under the name of its speaker.

The fields are those of https://kokkai.ndl.go.jp/api.html.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.model.errors import HakushoError
from pipeline.read.pieces import Extract, Piece, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.read.xml_events import Event

SPEECH, MEETING = "speechRecord", "meetingRecord"
# The fields that name the meeting; a day in the form of the record.
OF_MEETING = ("nameOfHouse", "nameOfMeeting", "issue", "date")
# 「○国務大臣（…君）　…」
SPEAKER = re.compile(r"\s*([○◯〇][^\s　]{1,60})[ 　]+")
LINE_END = re.compile(r"\r\n|[\r\n]")
# A line that ends so goes on in the next one, though that is set in.
OPEN_END = re.compile(r"[、，（「『]$")
Record = dict[str, Any]


def is_record(content: object) -> bool:
    """Whether JSON is an answer of the API."""
    return isinstance(content, dict) and (SPEECH in content or MEETING in content)


def read_records(content: Mapping[str, Any], where: str) -> Extract:
    """Return the text of speeches: the meeting and each speaker as headings, what was said below.

    Args:
        content: The answer of the API, from JSON or XML.
        where: What an error calls it.

    Raises:
        HakushoError: It holds no speech.
    """
    speeches = list(_speeches(content))
    if not any(_text(speech, "speech").strip() for speech in speeches):
        raise HakushoError(f"{where}: holds no speech: ask the API for records with 'speech'")
    text, told = joined(_pieces(speeches))
    meetings = {name for speech in speeches if (name := _meeting(speech))}
    return Extract(
        text,
        "utf-8",
        "kokkai",
        title=meetings.pop() if len(meetings) == 1 else "",
        day=_day(speeches),
        told=told,
    )


def _speeches(content: Mapping[str, Any]) -> Iterator[Record]:
    for meeting in _records(content.get(MEETING)):
        known = {name: meeting.get(name) for name in OF_MEETING}
        yield from (known | speech for speech in _records(meeting.get(SPEECH)))
    yield from _records(content.get(SPEECH))


def _records(found: object) -> Iterator[Record]:
    for record in found if isinstance(found, list) else [found]:
        if isinstance(record, dict):
            yield record


def _text(record: Mapping[str, Any], name: str) -> str:
    """Return a field of a record; a lone surrogate, which JSON can write, is no character."""
    value = record.get(name)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _meeting(speech: Mapping[str, Any]) -> str:
    return "　".join(filter(None, (_text(speech, name).strip() for name in OF_MEETING)))


def _pieces(speeches: Iterable[Record]) -> Iterator[Piece]:
    last = ""
    for speech in speeches:
        if (meeting := _meeting(speech)) and meeting != last:
            yield Piece(meeting, "heading", 1)
            last = meeting
        said = _text(speech, "speech")
        opening = SPEAKER.match(said)
        if speaker := opening[1] if opening else _text(speech, "speaker").strip():
            yield Piece(speaker, "heading", 2)
        if lines := list(_lines(said[opening.end() :] if opening else said)):
            yield Piece("\n".join(lines))


def _lines(said: str) -> Iterator[str]:
    before = ""
    for line in LINE_END.split(said):
        text = line.rstrip().replace("\t", " ")
        if text:
            yield text.lstrip() if OPEN_END.search(before) else text
            before = text


def _day(speeches: Iterable[Record]) -> date | None:
    """Return the day on which all of them were made, if it was one."""
    try:
        days = {date.fromisoformat(day) for speech in speeches if (day := _text(speech, "date"))}
    except ValueError:
        return None
    return days.pop() if len(days) == 1 else None


def records_of(stream: Iterable[Event]) -> Record:
    """Return what the XML answer of the API holds, in the form of the JSON one."""
    content: Record = {SPEECH: [], MEETING: []}
    meeting: Record | None = None
    speech: Record | None = None
    for what, name, *_ in stream:
        if what == "start" and name == MEETING:
            meeting = {SPEECH: []}
            content[MEETING].append(meeting)
        elif what == "start" and name == SPEECH:
            speech = {}
            (content if meeting is None else meeting)[SPEECH].append(speech)
        elif what == "end" and name == MEETING:
            meeting = None
        elif what == "end" and name == SPEECH:
            speech = None
        else:
            _gather(speech if speech is not None else meeting, what, name)
    return content


def _gather(record: Record | None, what: str, name: str) -> None:
    """Put a field of a record together; ``""`` holds the name of the field that is open."""
    if record is None:
        return
    if what == "start":
        record[""] = name
        record[name] = ""
    elif what == "end":
        record[""] = None
    elif record.get(""):
        record[record[""]] += name
