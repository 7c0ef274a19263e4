"""The page of ``hakusho compare``: what a second run lost, gained, moved and changed, each in its context."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from pipeline.entities import fields_of, labels_among
from pipeline.report.overview import LEVELS
from pipeline.report.pages import page
from pipeline.scoring.scores import ChangeKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.scoring.gold import GoldMention
    from pipeline.scoring.scores import Case, Comparison

AROUND = 60  # characters each side (決め打ち)


@dataclass(frozen=True, slots=True)
class Change:
    """One change as the page shows it: pieces of text, each with the sides that mark it.

    The sides are ``old`` and ``new``.
    """

    case: Case
    pieces: tuple[tuple[str, str], ...]


def changes_page(comparison: Comparison, texts: Mapping[str, str], names: tuple[str, str]) -> str:
    """Return the page.

    Args:
        comparison: What changed.
        texts: Raw texts by document, for the context; without one, a change shows its mention alone.
        names: What the two runs are called.
    """
    kinds: tuple[ChangeKind, ...] = get_args(ChangeKind)
    verdicts: tuple[Verdict, ...] = get_args(Verdict)
    judged = any(case.verdict for case in comparison.changes)
    return page(
        "changes.html.j2",
        ("dom.js", "table.js", "sift.js"),
        comparison=comparison,
        changes=[Change(case, tuple(_pieces(case, texts))) for case in comparison.changes],
        names=names,
        labels=labels_among(m.label for c in comparison.changes for m in (c.left, c.right) if m),
        value_of=value_of,
        kinds=[(kind, comparison.count(kind)) for kind in kinds],
        verdicts=[v for v in verdicts if v] if judged else [],
        heads=("label", *(["verdict"] if judged else []), "context", "before", "after", "place"),
    )


def _pieces(case: Case, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    sides = [(m, side) for m, side in ((case.left, "old"), (case.right, "new")) if m]
    text = texts.get(case.mention.doc_id)
    if text is None:
        yield from ((m.text, side) for m, side in sides)
        return
    yield from pieces_of(sides, text)


def pieces_of(sides: Sequence[tuple[GoldMention, str]], text: str) -> Iterator[tuple[str, str]]:
    """Yield the text around mentions in pieces, each with the names of the sides that mark it."""
    start, end = min(m.start for m, _ in sides), max(m.end for m, _ in sides)
    edges = {max(start - AROUND, 0), min(end + AROUND, len(text))}
    for a, b in pairwise(sorted(edges | {edge for m, _ in sides for edge in (m.start, m.end)})):
        yield text[a:b], " ".join(side for m, side in sides if m.start <= a and b <= m.end)


def value_of(m: GoldMention | None) -> str:
    """Return what a mention means: value and modifier, or name and place in a law."""
    if m is None:
        return ""
    values = ((name, getattr(m, name)) for name in fields_of(m.label))
    return " ".join(_written(name, value) for name, value in values if value)


def _written(name: str, value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else f"{','.join(value)}{LEVELS[name]}"
