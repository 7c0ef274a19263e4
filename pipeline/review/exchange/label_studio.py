"""Label Studio: JSON tasks with predictions, and the set-up that shows them. Offsets: code points.

What belongs to a mention stands in text areas of its region, so that it can be corrected there.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pipeline.entities import known_labels
from pipeline.model.errors import HakushoError
from pipeline.model.shown import style_of
from pipeline.review.exchange import pages
from pipeline.review.exchange.pages import DETAILS, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.scoring.gold import GoldMention


def dump(documents: Sequence[Page]) -> dict[str, str]:
    """Return ``label_studio.json`` and the set-up ``label_studio.xml``."""
    tasks = [
        {
            "data": {"text": page.text, "doc_id": page.doc_id},
            "predictions": [
                {"model_version": "hakusho", "result": [r for m in page.mentions for r in _results(m)]}
            ],
        }
        for page in documents
    ]
    return {
        "label_studio.json": json.dumps(tasks, ensure_ascii=False, indent=1) + "\n",
        "label_studio.xml": _set_up(),
    }


def _results(m: GoldMention) -> Iterator[dict[str, Any]]:
    common = {"id": f"m{m.start}-{m.end}-{m.label}", "to_name": "text"}
    span = {"start": m.start, "end": m.end}
    yield common | {
        "from_name": "label",
        "type": "labels",
        "value": span | {"text": m.text, "labels": [m.label]},
    }
    for name, value in pages.details(m).items():
        yield common | {"from_name": name, "type": "textarea", "value": span | {"text": [value]}}


def _set_up() -> str:
    labels = "".join(
        f'    <Label value="{label}" background="{style_of(label).colour}"/>\n' for label in known_labels()
    )
    areas = "".join(
        f'  <TextArea name="{name}" toName="text" perRegion="true" editable="true" maxSubmissions="1" '
        f'placeholder="{name}"/>\n'
        for name in DETAILS
    )
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}  </Labels>\n'
        f'  <Text name="text" value="$text" granularity="symbol"/>\n{areas}</View>\n'
    )


def parse(files: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[Page]:
    """Yield the documents of every ``.json`` file: the last annotation of a task, else its prediction.

    Raises:
        HakushoError: A file is broken, or annotates another text.
    """
    for name, content in files.items():
        if name.endswith(".json"):
            tasks = pages.from_json(content, name)
            for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
                yield _page(task, texts, f"{name}, task {number}")


def _page(task: Any, texts: Mapping[str, str], place: str) -> Page:
    try:
        doc_id = task["data"]["doc_id"]
        text = pages.text_of(doc_id, texts, place)
        pages.same_text(text, task["data"]["text"], place)
        answers = [a for a in task.get("annotations") or () if not a.get("was_cancelled")]
        results = (answers or task.get("predictions") or [{"result": []}])[-1]["result"]
        mentions = [_mention(region, doc_id, text, place) for region in _regions(results)]
    except (KeyError, TypeError, IndexError) as error:
        raise HakushoError(f"{place}: is no task of Label Studio ({error!r}): export it as JSON") from None
    return Page(doc_id, text, tuple(sorted(mentions, key=lambda m: (m.start, m.end))))


def _regions(results: list[Any]) -> Iterator[tuple[Any, dict[str, str] | None]]:
    """Yield each labelled region with what its text areas say."""
    more: dict[str, dict[str, str]] = {}
    for result in results:
        if result.get("type") == "textarea":
            said = result["value"]["text"]
            more.setdefault(result["id"], {})[result["from_name"]] = "".join(said)
    for result in results:
        if result.get("type") == "labels":
            ours = re.fullmatch(r"m\d+-\d+-[A-Z][A-Z0-9_]*", str(result["id"]))
            yield result["value"], more.get(result["id"], {} if ours else None)


def _mention(region: tuple[Any, dict[str, str] | None], doc_id: str, text: str, place: str) -> GoldMention:
    value, more = region
    start, end = int(value["start"]), int(value["end"])
    quoted = value.get("text", text[start:end])
    if text[start:end] != quoted:  # a version that reads \r\n as one line break
        at = pages.lines_joined(text)
        if end >= len(at) or text[at[start] : at[end]].replace("\r\n", "\n") != quoted.replace("\r\n", "\n"):
            raise HakushoError(
                f"{place}: [{start}, {end}) is {quoted!r}, but the text has {text[start:end][:60]!r} there: "
                "label it anew in the tool"
            )
        start, end = at[start], at[end]
    return pages.mention((doc_id, text), value["labels"][0], start, end, more, place)
