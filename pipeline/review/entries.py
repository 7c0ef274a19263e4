"""Judgements as the page has them, and how far a document is judged."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline.model.errors import HakushoError
from pipeline.review.corrections import settled
from pipeline.review.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence, Set

    from pipeline.review.corrections import Correction, Target

    # Label, start and end of what a page shows, in code points of the raw text.
    Place = tuple[str, int, int]

_LEAST = timedelta(milliseconds=1)


def among(theirs: Iterable[Correction], mine: Sequence[Correction]) -> list[Correction]:
    """Return those of ``theirs`` that judge a mention, or overlapping text, of ``mine``: the last of each."""
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
    row: Mapping[str, Any], places: Set[Place], log: Callable[[], Sequence[Correction]]
) -> dict[str, Any]:
    """Return where the server shows the document of a row of ``run.json``, and how much of it is judged.

    Args:
        row: What ``run.json`` says of the document.
        places: Those that its page shows; what a reader has added counts beside them, as it does there.
        log: Gives its judgements; where they cannot be read, ``judged`` is None: its own page says why.
    """
    done, added = None, 0
    with suppress(HakushoError):
        targets = judged(log())
        done, added = len(targets), sum(target[1:] not in places for target in targets)
    return {
        "doc_id": row["doc_id"],
        "title": row.get("source", {}).get("title", ""),
        "path": path_of(row["doc_id"]),
        "judged": done,
        "total": len(places) + added,
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
