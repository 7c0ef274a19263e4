"""The pages are true: their commands run and print what stands there, their links lead somewhere, and the site builds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pipeline.facts import rows
from pipeline.flow import Analyzer
from pipeline.model.source import Source
from tests.conftest import ROOT, warm
from tests.warm_shell import programs

DOCS = ROOT / "docs"
BLOCK = re.compile(
    r"^<!-- (?P<what>run|prints)(?:: (?P<words>[^\n]*?))? -->\n(?:```\w*\n(?P<text>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
# The Japanese pages have the same commands: test_languages.py.
PAGES = sorted(
    path
    for path in DOCS.rglob("*.md")
    if DOCS / "ja" not in path.parents and BLOCK.search(path.read_text(encoding="utf-8"))
)
MARKDOWN = sorted(
    path
    for folder in (".", ".github", "docs", "corpus", "pipeline/data", "notebooks", "outputs")
    for path in ((ROOT / folder).glob("*.md") if folder == "." else (ROOT / folder).rglob("*.md"))
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?![a-z]+:)(?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]*))?\)")


def _programs(folder: Path, *, anew: bool) -> str:
    """Make ``hakusho`` and ``python`` of this tree in a folder; return it as a place where a shell looks first."""
    folder.mkdir()
    if anew:
        for name, words in (("hakusho", "-m pipeline"), ("python", "")):
            program = folder / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
            program.chmod(0o755)
    else:
        programs(folder, warm().address)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_the_commands_of_a_page_run_and_print_what_it_says(page: Path, tmp_path: Path) -> None:
    """In the order of the page, in a folder of their own.

    Where a page changes the package, the folder holds a copy of it, and each program starts anew. Elsewhere programs
    have nothing left to load.
    """
    work, text = tmp_path / "work", page.read_text(encoding="utf-8")
    work.mkdir()
    changes = "pipeline/" in "".join(block["text"] or "" for block in BLOCK.finditer(text))
    if anew := changes or sys.platform != "linux":
        # Compiled files as well: they save a second a command.
        shutil.copytree(ROOT / "pipeline", work / "pipeline")
    environment = {
        **os.environ,
        "PATH": _programs(tmp_path / "bin", anew=anew),
        "PYTHONPATH": str(work),
        "LC_ALL": "C.UTF-8",
    }
    printed, counts = "", {"run": 0, "prints": 0}
    for block in BLOCK.finditer(text):
        counts[block["what"]] += 1
        if block["what"] == "prints":
            wanted = "\n".join(block["words"].split()) if block["words"] else block["text"]
            assert printed.strip("\n") == wanted.strip("\n")
            continue
        process = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block["text"]],
            cwd=work, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        assert process.returncode == 0, f"{block['text']}\n{process.stdout}\n{process.stderr}"
        printed = process.stdout
    assert all(counts.values())
    if page.stem == "new_entity_type":
        assert _changed(ROOT / "pipeline", work / "pipeline") == {"entities/__init__.py"}


def _changed(before: Path, after: Path) -> set[str]:
    """Return what differs between two copies of the package, but for data and for the folder of the new type."""
    files = {
        path.relative_to(folder).as_posix()
        for folder in (before, after)
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    own = ("data/", "entities/money/")
    return {
        name
        for name in files
        if not name.startswith(own) and _content(before / name) != _content(after / name)
    }


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _marked() -> list[tuple[str, str]]:
    """The examples of the page on the guidelines, each with the label of its section."""
    page = (DOCS / "explanation/guidelines.md").read_text(encoding="utf-8")
    labels = {"Organizations": "ORG", "Dates": "DATE", "Laws": "LAW"}
    parts = {part.partition("\n")[0]: part for part in page.split("\n## ")[1:]}
    return [
        (label, text)
        for head, label in labels.items()
        for text in re.findall(r"^\| `(.+?)` \|", parts[head], re.MULTILINE)
    ]


@pytest.mark.parametrize(("label", "text"), _marked(), ids=lambda value: value[:30])
def test_the_examples_of_the_guidelines_are_what_is_found(label: str, text: str, analyze: Analyzer) -> None:
    source = Source("x", re.sub("[⟦⟧]", "", text), reference_date=date(2014, 8, 5))
    spans, at = [], 0
    for part in re.split("(⟦.+?⟧)", text):
        name = part.strip("⟦⟧")
        if name != part:
            spans.append((at, at + len(name)))
        at += len(name)
    assert [(e.start, e.end) for e in analyze(source).entities if e.label == label] == spans


def _slugs(path: Path) -> set[str]:
    """The anchors of a page's headings, as hosts of Markdown make them."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_headings(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in LINK.finditer(text):
        target = (page.parent / link["path"]).resolve() if link["path"] else page
        assert target.exists(), link.group()
        assert target.is_relative_to(ROOT), link.group()
        if link["anchor"] and target.suffix == ".md":
            assert link["anchor"] in _slugs(target), link.group()


@pytest.mark.parametrize(
    "name", ["organizations/government.csv", "laws.csv", "treaties.csv", "foreign_laws.csv", "eras.csv"]
)
def test_every_column_of_a_registry_is_explained(name: str) -> None:
    page = (DOCS / "howto/new_registry_entry.md").read_text(encoding="utf-8")
    columns = set(rows(name)[0])
    assert {column for column in columns if f"`{column}`" not in page} == set()


def test_every_page_is_in_the_table_of_contents() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^(?:[^<\n]*<)?([\w/]+)>?$", index, re.MULTILINE))
    pages = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")} - {"index"}
    assert pages <= listed, f"add to docs/index.md: {', '.join(sorted(pages - listed))}"


def test_the_site_builds_without_a_warning_and_asks_no_other_host(tmp_path: Path) -> None:
    command = (
        sys.executable,
        "-m",
        "sphinx",
        "--quiet",
        "--fail-on-warning",
        "--keep-going",
        "-b",
        "html",
        DOCS,
        tmp_path / "site",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert not re.search(r'<(?:script|img|iframe)[^>]+src="(?:https?:)?//', html), page
        assert not re.search(r'<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]+href="(?:https?:)?//', html), (
            page
        )
    assert "防衛白書" in (tmp_path / "site/project/readme_ja.html").read_text(encoding="utf-8")
