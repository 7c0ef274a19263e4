"""Docs and commands in step: what README shows is what comes out, and every command and column is documented."""

from __future__ import annotations

import csv
import re

from typer.main import get_command

from pipeline.cli import app
from pipeline.document import tables
from tests.conftest import CHAPTER, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COLUMNS = (ROOT / "docs/reference/columns.md").read_text(encoding="utf-8")


def test_readme_opens_with_a_line_of_the_chapter_and_its_rows() -> None:
    with (ROOT / f"corpus/{CHAPTER}.txt").open(encoding="utf-8", newline="") as stream:
        raw = stream.read()
    quote = re.search("^> (.+)$", README, re.MULTILINE)
    assert quote
    assert quote.group(1) in raw
    first = raw.index(quote.group(1))
    with (ROOT / f"outputs/{CHAPTER}/entities.csv").open(encoding="utf-8-sig", newline="") as stream:
        wanted = [
            [row[c] for c in ("label", "start", "end", "text", "norm", "start_date", "end_date")]
            for row in csv.DictReader(stream)
            if first <= int(row["start"]) < first + len(quote.group(1))
        ]
    shown = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in README.splitlines()
        if re.match(r"\| (ORG|DATE|LAW) \|", line)
    ][: len(wanted)]
    assert shown == wanted


def test_every_command_is_in_the_readme() -> None:
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"hakusho {name}" in README


def test_every_column_is_documented() -> None:
    for column in (*tables.ENTITY_COLUMNS, *tables.JSON_FIELDS):
        assert f"`{column}`" in COLUMNS
    for columns in (tables.columns("organizations"), tables.SENTENCE_COLUMNS, tables.TOKEN_COLUMNS):
        assert ", ".join(columns).replace(" ", "") in re.sub(r"\s", "", COLUMNS)


def test_every_dependency_is_justified() -> None:
    decisions = (ROOT / "docs/decisions.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in re.findall(r'^    "([a-z0-9-]+)[><=]', project, re.MULTILINE):
        assert re.search(rf"\b{re.escape(name)}\b", decisions), (
            f"{name} is not justified in docs/decisions.md"
        )


def test_the_lock_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index" not in lock


def test_every_data_file_has_a_source() -> None:
    sources = (ROOT / "pipeline/data/SOURCES.md").read_text(encoding="utf-8")
    for path in (ROOT / "pipeline/data").glob("*.csv"):
        assert path.name in sources
    assert "organizations/*.csv" in sources
