"""Where two annotations of a run differ, and what each choice between them says."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from starlette.responses import PlainTextResponse, Response

from pipeline.model.errors import HakushoError
from pipeline.report.differences import Difference, differences_page
from pipeline.review.answering import shown
from pipeline.review.corrections import Correction
from pipeline.review.entries import entry_of, path_of
from pipeline.scoring.pairs import pair

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.document.document import Document
    from pipeline.review.annotations import Annotations
    from pipeline.review.corrections import Action
    from pipeline.scoring.gold import GoldMention
    from pipeline.scoring.scores import Case


class Annotated(Protocol):
    """What the page asks of a review."""

    who: str
    annotations: Annotations

    @property
    def doc_ids(self) -> Iterable[str]:
        """The documents, in the order of the run."""

    def document(self, doc_id: str) -> Document:
        """Return a document of the run."""

    def log_of(self, document: Document) -> tuple[Correction, ...]:
        """Return every judgement of a document so far."""


def differing(review: Annotated) -> Response:
    """Answer with the page of the differences between two annotations, if there are two."""
    if review.annotations.two:
        return shown(partial(differences, review))
    return PlainTextResponse("there is one annotation only: add --second\n", 404)


def differences(review: Annotated) -> str:
    """Return the page of all differences between the two annotations of a review.

    A document whose text cannot be read, or that the annotations do not fit, is named with the reason.
    """
    found: list[Difference] = []
    logs: dict[str, list[dict[str, Any]]] = {}
    faults, agreed = [], 0
    for doc_id in review.doc_ids:
        try:
            cases = pair(*review.annotations.both(doc_id), {})
            apart = [case for case in cases if case.kind != "correct"]
            agreed += len(cases) - len(apart)
            if not apart:
                continue
            document = review.document(doc_id)
            raw, log = document.source.raw, review.log_of(document)
        except HakushoError as error:
            faults.append(f"{doc_id}: {error}")
            continue
        path = path_of(doc_id)
        logs[path] = [entry_of(c) for c in log]
        found += [Difference(case, raw, path, choices(case)) for case in apart]
    return differences_page(found, review.annotations.names, agreed, logs, faults, review.who)


def choices(case: Case) -> dict[str, dict[str, Any]]:
    """Return what is said of the mention that the document's page shows, by the side that is right.

    The page shows the first annotation's mention, or else the second's.
    """
    shown = case.mention
    rejected = _entry("reject", shown, shown)
    made = {
        "first": _entry("accept", shown, case.left) if case.left else rejected,
        "second": _entry("change" if case.left else "accept", shown, case.right) if case.right else rejected,
    }
    return made | ({"neither": rejected} if case.left and case.right else {})


def _entry(action: Action, shown: GoldMention, mention: GoldMention) -> dict[str, Any]:
    target = (shown.doc_id, shown.label, shown.start, shown.end)
    return entry_of(Correction(action, target, replace(mention, note="")))
