"""What describes the gold package: the dataset card, datapackage.json (Frictionless) and croissant.json."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.croissant import CONFORMS_TO, CONTEXT
from pipeline.datapackage.frictionless import PROFILE
from pipeline.export.schema import made_by

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "hakusho-gold"
TITLE = "Organizations, dates and laws in Japanese white papers: gold"
# Of each column: its name, its type, what it says.
MENTION_COLUMNS = (
    ("doc_id", "string", "Id of the text."),
    ("label", "string", "ORG, DATE or LAW."),
    ("start", "integer", "Offset in the whole text, in Unicode code points."),
    ("end", "integer", "End of the span, exclusive."),
    ("text", "string", "The characters of the span."),
    ("norm", "string", "The official name; of a DATE its value."),
    ("value", "string", "DATE: EDTF (ISO 8601-2)."),
    ("mod", "string", "DATE: TIMEX3 modifier."),
    ("article", "string", "LAW: articles, joined by |."),
    ("paragraph", "string", "LAW: paragraphs, joined by |."),
    ("item", "string", "LAW: items, joined by |."),
    ("split", "string", "dev or test."),
    ("set", "string", "Which set of texts."),
)
PASSAGE_COLUMNS = (
    ("doc_id", "string", "Id of the text."),
    ("start", "integer", "Where the passage begins in the whole text, in code points."),
    ("end", "integer", "Its end, exclusive."),
    ("split", "string", "dev or test."),
    ("set", "string", "Which set of texts."),
    ("sha256", "string", "Of the file with the whole text."),
    ("reference_date", "string", "The day on which the text speaks."),
    ("title", "string", "Of the document."),
    ("publisher", "string", "Of the document."),
    ("licence", "string", "Of the text; empty where it is not known."),
    ("source", "string", "Where the text is from."),
)
CARD = """---
language: ja
pretty_name: "{title}"
license: other
task_categories:
- token-classification
configs:
- config_name: passages
  default: true
  data_files:
  - split: dev
    path: data/dev.jsonl
  - split: test
    path: data/test.jsonl
- config_name: mentions
  data_files:
  - split: dev
    path: mentions/dev.jsonl
  - split: test
    path: mentions/test.jsonl
---
# {title}

Every organization, date and law in passages of Japanese white papers and their like, with its normalized value.
[GUIDELINES.md](GUIDELINES.md) says what counts; [GOLD.md](GOLD.md) how the gold was built, by whom (language
models, twice and apart, then adjudicated), how far they agreed, and what it is not good for.

| set | split | passages | with text | characters | mentions |
|---|---|---|---|---|---|
{sizes}

- `data/*.jsonl`: a passage a line, with its text and its mentions. Offsets count code points of the whole text:
  a mention is `text[mention["start"] - start : mention["end"] - start]`.
- `mentions/*.jsonl`, `gold.csv`: a mention a row. `passages.csv`: a passage a row, without its text.
- `score.py predictions.csv --split test`: the scorer, which needs nothing but Python.
- `datapackage.json` (Frictionless), `croissant.json` (Croissant 1.1).

**Texts.** `text` is empty where the text was not at hand when the package was made; `sha256` and `source` say
which text it is. The samples are our own (MIT). Each other text keeps the licence in `licence`: look at it before you
pass a text on. **Splits.** `dev` is for looking at; of `test`, look at figures only.
"""


def card(sizes: Mapping[tuple[str, str], tuple[int, int, int, int]]) -> str:
    """Return the dataset card.

    Args:
        sizes: Of each set and split: passages, those with a text, characters, mentions.
    """
    rows = [
        f"| {name} | {split} | {' | '.join(f'{number:,}' for number in numbers)} |"
        for (name, split), numbers in sizes.items()
    ]
    return CARD.format(title=TITLE, sizes="\n".join(rows))


def datapackage(hashes: Mapping[str, str]) -> dict[str, Any]:
    """Return the Frictionless description; ``hashes`` are the SHA-256 of the files by path."""
    tables = {
        "gold": ("gold.csv", MENTION_COLUMNS, ["doc_id", "start", "end"]),
        "passages": ("passages.csv", PASSAGE_COLUMNS, ["doc_id", "start"]),
    }
    resources = [
        {
            "name": name, "path": path, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "hash": f"sha256:{hashes[path]}", "type": "table",
            "schema": {
                "fields": [
                    {"name": column, "type": kind, "description": text} for column, kind, text in columns
                ],
                "primaryKey": key,
            },
        }
        for name, (path, columns, key) in tables.items()
    ]  # fmt: skip
    resources += [
        {
            "name": path.replace("/", "-").removesuffix(".jsonl"), "path": path, "type": "file",
            "format": "jsonl",
            "mediatype": "application/jsonl", "encoding": "utf-8", "hash": f"sha256:{digest}",
        }
        for path, digest in hashes.items()
        if path.endswith(".jsonl")
    ]  # fmt: skip
    return {"$schema": PROFILE, "name": NAME, "title": TITLE, "resources": resources}


def croissant(hashes: Mapping[str, str]) -> dict[str, Any]:
    """Return the Croissant description of the mentions and passages; ``hashes`` as :func:`datapackage` has them."""
    lines = [path for path in hashes if path.endswith(".jsonl")]
    described: dict[str, Any] = {
        "@context": CONTEXT, "@type": "sc:Dataset", "conformsTo": CONFORMS_TO, "name": {"en": NAME},
        "description": {"en": TITLE}, "inLanguage": "ja", "license": "See the column licence.", "version": made_by(),
    }  # fmt: skip
    described["distribution"] = [
        {
            "@type": "cr:FileObject", "@id": path, "name": path, "contentUrl": path,
            "encodingFormat": "application/jsonlines", "sha256": hashes[path],
        }
        for path in lines
    ]  # fmt: skip
    described["recordSet"] = [_record_set(path) for path in lines]
    return described


def _record_set(path: str) -> dict[str, Any]:
    split, folder = PurePath(path).stem, PurePath(path).parent.name
    name = f"{'passages' if folder == 'data' else 'mentions'}_{split}"
    columns = MENTION_COLUMNS if folder == "mentions" else (*PASSAGE_COLUMNS, ("text", "string", "The text."))
    return {
        "@type": "cr:RecordSet", "@id": name, "name": name,
        "field": [
            {
                "@type": "cr:Field", "@id": f"{name}/{column}", "name": column, "description": {"en": text},
                "dataType": "sc:Integer" if kind == "integer" else "sc:Text",
                "source": {"fileObject": {"@id": path}, "extract": {"column": column}},
            }
            for column, kind, text in columns
        ],
    }  # fmt: skip
