"""Writes what the docs say of files and columns, from ``pipeline/data/files.csv`` and ``columns.csv``.

    python -m tools.make_formats

That is the tables in ``docs/reference/columns.md`` and ``docs/reference/formats.md``, and the schemas ``tables-1.json`` and
``entity-line-1.json`` in ``docs/schemas/``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pipeline import facts
from pipeline.datapackage.described import kinds
from pipeline.datapackage.frictionless import table_schema
from pipeline.export.json_files import LINE_FIELDS
from pipeline.export.schema import TABLES_SCHEMA, Column, columns

ROOT = Path(__file__).parent.parent
MARKED = re.compile(r"(<!-- (columns|fields|files): (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
DEFINED = "https://json-schema.org/draft/2020-12/schema"
TYPES = {
    "category": "string",
    "path": "list, ` > `",
    "list": "list, `\\|`",
    "candidates": "objects",
    "box": "4 numbers",
}


def tables() -> list[str]:
    """Return the names of all tables, in the order of ``data/columns.csv``."""
    return list(dict.fromkeys(row["table"] for row in facts.rows("columns.csv")))


def column_table(table: str, *, typed: bool) -> str:
    """Return the columns of a table as Markdown; with ``typed`` those that no CSV has."""
    lines = ["| column | type | unit | meaning | 意味 |", "|---|---|---|---|---|"]
    for column in columns(table, typed=True):
        if column.typed == typed:
            cells = (f"`{column.name}`", _type(column), column.unit, column.en, column.ja)
            lines.append(f"| {' | '.join(cells)} |")
    listed = ", ".join(column.name for column in columns(table))
    return "\n".join(lines if typed else [f"`{listed}`", "", *lines])


def _type(column: Column) -> str:
    return TYPES.get(column.type, column.type) + (", key" if column.key else "")


def file_table(of: str) -> str:
    """Return the files of a run (``of`` is ``run``) or of a document as Markdown."""
    lines = ["| file | `--format` | holds | 内容 |", "|---|---|---|---|"]
    for kind in kinds():
        if kind.of == of:
            schema = f" ([schema](../schemas/{kind.schema}))" if kind.schema else ""
            cells = (
                f"`{kind.file}`",
                f"`{kind.format}`" if kind.format else "always",
                kind.en + schema,
                kind.ja,
            )
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def filled(page: str) -> str:
    """Return a page with what stands between its marks made anew."""

    def content(found: re.Match[str]) -> str:
        head, what, name, end = found.groups()
        made = file_table(name) if what == "files" else column_table(name, typed=what == "fields")
        return f"{head}{made}\n{end}"

    return MARKED.sub(content, page)


def tables_json() -> dict[str, Any]:
    """Return the Table Schema of every table that is written as CSV."""
    written = [table for table in tables() if table != "blocks"]
    return {
        "$id": TABLES_SCHEMA,
        "title": "Tables of hakusho, version 1: a Table Schema (Frictionless) for each",
        "tables": {table: table_schema(table, set(written)) for table in written},
    }


def line_json() -> dict[str, Any]:
    """Return the JSON Schema of a line of ``entities.jsonl``: that of an entity, with every field in every line."""
    whole = json.loads((ROOT / "docs/schemas/entities-1.json").read_text(encoding="utf-8"))
    entity, strings = whole["$defs"]["entity"], whole["$defs"]["strings"]
    return {
        "$schema": DEFINED,
        "$id": "urn:hakusho:schema:entity-line:1",
        "title": "A line of entities.jsonl of hakusho, version 1",
        **entity,
        "required": list(LINE_FIELDS),
        "properties": {name: entity["properties"][name] for name in LINE_FIELDS},
        "$defs": {"strings": strings},
    }


def made() -> dict[str, str]:
    """Return every file that follows from the data: path → content."""
    found = {
        f"docs/schemas/{name}.json": json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        for name, content in (("tables-1", tables_json()), ("entity-line-1", line_json()))
    }
    for name in ("docs/reference/columns.md", "docs/reference/formats.md"):
        found[name] = filled((ROOT / name).read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    for path, text in made().items():
        (ROOT / path).write_text(text, encoding="utf-8")
