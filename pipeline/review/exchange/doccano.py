"""doccano, sequence labelling: JSONL, one document a line; offsets in code points.

Keys that doccano does not know come back in its export: ``doc_id``, and ``details`` by span and label.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.model.errors import HakushoError
from pipeline.review.exchange import pages
from pipeline.review.exchange.pages import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def dump(documents: Sequence[Page]) -> dict[str, str]:
    """Return ``doccano.jsonl``."""
    lines = [
        {
            "text": page.text,
            "label": [[m.start, m.end, m.label] for m in page.mentions],
            "doc_id": page.doc_id,
            "details": {f"{m.start}-{m.end}-{m.label}": pages.details(m) for m in page.mentions},
        }
        for page in documents
    ]
    return {"doccano.jsonl": "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)}


def parse(files: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[Page]:
    """Yield the documents of every ``.jsonl`` file.

    Raises:
        HakushoError: A line is broken, or annotates another text.
    """
    for name, content in files.items():
        if name.endswith(".jsonl"):
            for number, line in enumerate(content.split("\n"), 1):
                if line.strip():
                    yield _page(pages.from_json(line, place := f"{name}, line {number}"), texts, place)


def _page(line: Any, texts: Mapping[str, str], place: str) -> Page:
    try:
        doc_id = line["doc_id"]
        text = pages.text_of(doc_id, texts, place)
        pages.same_text(text, line["text"], place)
        more = line.get("details", {})
        at = range(len(text) + 1) if line["text"] == text else pages.lines_joined(text)
        spans = sorted((at[start], at[end], label) for start, end, label in _spans(line))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise HakushoError(f"{place}: is no line of a doccano export ({error!r}): export it again") from None
    return Page(
        doc_id,
        text,
        tuple(
            pages.mention((doc_id, text), label, start, end, more.get(f"{start}-{end}-{label}"), place)
            for start, end, label in spans
        ),
    )


def _spans(line: Any) -> list[list[Any]]:
    """Return the spans as either kind of project exports them."""
    if "entities" in line:
        return [[e["start_offset"], e["end_offset"], e["label"]] for e in line["entities"]]
    spans: list[list[Any]] = line["label"] if "label" in line else line["labels"]
    return spans
