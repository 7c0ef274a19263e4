"""Judgements as the page has them, and how far a document is judged."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline.model.errors import HakushoError
from pipeline.review.corrections import settled
from pipeline.review.spans import Spans
from pipeline.runs.read_back import read_candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from pipeline.review.corrections import Correction, Target

_LEAST = timedelta(milliseconds=1)


def among(theirs: Iterable[Correction], mine: Sequence[Correction]) -> list[Correction]:
    """Return those of ``theirs`` that judge a mention or overlapping text of ``mine``, the last of each place."""
    spans: Spans[tuple[int, int]] = Spans()
    for span in {span for c in mine for span in _spans_of(c)}:
        spans.add(span, *span)
    found = [c for c in theirs if any(True for span in _spans_of(c) for _ in spans.overlapping(*span))]
    return list({c.target: c for c in found}.values())


def _spans_of(c: Correction) -> tuple[tuple[int, int], tuple[int, int]]:
    return c.target[2:], (c.mention.start, c.mention.end)


def judged(log: Iterable[Correction]) -> dict[Target, Correction]:
    """Return the last judgement of each mention; a comment alone judges nothing."""
    return {target: c for target, c in settled(log).items() if c.action != "comment"}


def path_of(doc_id: str) -> str:
    """Return where the server shows a document, and takes judgements of it."""
    return f"/{quote(doc_id)}/report.html"


def standing(
    folder: Path, row: Mapping[str, Any], log: Callable[[], Sequence[Correction]], total: int | None = None
) -> dict[str, Any]:
    """Return where the server shows the document of a row of ``run.json``, and how much of it is judged.

    ``total`` is that of its mentions and its candidates where none is given; ``judged`` is None where ``log``
    cannot be read: its own page says why.
    """
    doc_id, done = row["doc_id"], None
    if total is None:
        total = sum(row["mentions"].values()) + len(read_candidates(folder / doc_id))
    with suppress(HakushoError):
        done = len(judged(log()))
    return {
        "doc_id": doc_id,
        "title": row.get("source", {}).get("title", ""),
        "path": path_of(doc_id),
        "judged": done,
        "total": total,
    }


def moment(log: Sequence[Correction]) -> str:
    """Return the time in UTC to the millisecond, and later than the last judgement of ``log``."""
    now = datetime.now(UTC)
    if log:
        with suppress(ValueError, OverflowError, TypeError):  # a time that somebody edited by hand
            now = max(now, datetime.fromisoformat(log[-1].when) + _LEAST)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z"


def entry_of(c: Correction) -> dict[str, Any]:
    """Return a judgement as the page has it."""
    m, (_, label, start, end) = c.mention, c.target
    lists = {name: "|".join(getattr(m, name)) for name in ("article", "paragraph", "item")}
    strings = {
        name: getattr(m, name) for name in ("label", "start", "end", "text", "norm", "value", "mod", "note")
    }
    at = {"at_label": label, "at_start": start, "at_end": end}
    return {"doc_id": m.doc_id, "action": c.action, **at, **strings, **lists, "who": c.who, "when": c.when}
