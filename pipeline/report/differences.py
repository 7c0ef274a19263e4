"""The page on which two annotations stand side by side where they differ, and are settled."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.entities import labels_among
from pipeline.report.changes import pieces_of, value_of
from pipeline.report.pages import asset, page, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.scoring.scores import Case

KINDS = ("norm", "boundary", "label", "missed", "spurious")


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two annotations differ.

    Attributes:
        case: The first annotation's mention (``left``) and the second's; one may be None.
        raw: The text of its document.
        path: Where the server shows the document, and takes judgements of it.
        choices: A judgement for ``first``, ``second`` and, where both have a mention, ``neither``.
    """

    case: Case
    raw: str
    path: str
    choices: Mapping[str, Mapping[str, Any]]


def differences_page(
    found: Sequence[Difference],
    names: tuple[str, str],
    agreed: int,
    logs: Mapping[str, Sequence[Mapping[str, Any]]],
    faults: Iterable[str] = (),
    who: str = "",
) -> str:
    """Return the page.

    Args:
        found: The differences, document by document.
        names: What the two annotations are called.
        agreed: How many mentions are the same in both.
        logs: Every judgement so far of each document, by its path.
        faults: Why documents are left out.
        who: The name that judgements carry unless the reader changes it.
    """
    own = json.loads(asset("differences_words.json"))
    return page(
        "differences.html.j2",
        ("dom.js", "sift.js", "differences.js"),
        rows=[(n, d, [*_pieces(d)]) for n, d in enumerate(found)],
        content={"logs": logs, "rows": [{"path": d.path, "choices": d.choices} for d in found]},
        names=names,
        agreed=agreed,
        faults=[*faults],
        who=who,
        labels=labels_among(m.label for d in found for m in (d.case.left, d.case.right) if m),
        kinds=[(kind, count) for kind in KINDS if (count := sum(d.case.kind == kind for d in found))],
        value_of=value_of,
        differences_style=asset("differences.css"),
        words={language: known | own[language] for language, known in words().items()},
    )


def _pieces(difference: Difference) -> Iterable[tuple[str, str]]:
    case = difference.case
    return pieces_of(
        [(m, side) for m, side in ((case.left, "first"), (case.right, "second")) if m], difference.raw
    )
