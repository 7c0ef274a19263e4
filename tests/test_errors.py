"""The catalogue of errors is that of the code, and what a reader can say can be provoked."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pipeline.model import HakushoError
from pipeline.read import discover, load, read
from pipeline.read.encodings import decode
from pipeline.read.pdf import read_pdf
from tests.conftest import ROOT
from tests.make_errors import errors, page, template

DOCUMENTS = Path(__file__).parent / "documents"


def test_the_catalogue_is_up_to_date() -> None:
    wanted = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    assert wanted == page(), "run: python -m tests.make_errors"


def _manifest(folder: Path, content: str) -> list[str]:
    (folder / "a.txt").write_text("防衛省は", encoding="utf-8")
    (folder / "manifest.csv").write_text(content, encoding="utf-8")
    return [str(folder)]


def provoked(folder: Path) -> list[str]:
    """Return the messages that faulty inputs to the readers give."""
    found = []

    def provoke(call: object, *arguments: object) -> None:
        with pytest.raises(HakushoError) as caught:
            call(*arguments)  # type: ignore[operator]
        found.append(str(caught.value))

    def file(name: str, data: bytes) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    for data in (b"\x89PNG", b"a\0b", b"", b"\1\2\3", b"caf\xe9 \xa9"):
        provoke(decode, data, "x")
    for data in (b"%PDF-", b"%PDF-1 %%EOF", (DOCUMENTS / "picture.pdf").read_bytes()):
        provoke(read_pdf, data, "x")
    provoke(read, file("no.pdf", b"text"))
    provoke(read, file("no.html", b"<html><frameset></html>"))
    provoke(read, folder / "nowhere.txt")
    provoke(read, folder)
    provoke(discover, [str(file("x.txt", "省は".encode()))] * 2)
    empty = folder / "empty"
    empty.mkdir()
    provoke(discover, [str(empty)])
    for content in ("name\n", 'file\n""\n', "file,doc_id\na.txt,..\n"):
        provoke(discover, _manifest(empty, content))
    (empty / "manifest.csv").write_bytes(b"file\n\xff\n")
    provoke(discover, [str(empty)])
    for content in ("file,sha256\na.txt,00\n", "file,reference_date\na.txt,2014\n", "file\nb.txt\n"):
        provoke(load, discover(_manifest(empty, content))[0])
    return found


# What only a faulty disk or a font without Unicode provokes, and what has its own test.
ELSEWHERE = (
    "check its permissions",
    "does not tell what its letters mean",
    "is damaged: download",
    "protection",
    "password",
)


def test_every_error_of_the_readers_can_be_provoked(tmp_path: Path) -> None:
    messages = provoked(tmp_path)
    readers = [row for row in errors() if row[0].startswith("pipeline/read/")]
    assert len(readers) > 15
    for module, text in readers:
        if any(part in text for part in ELSEWHERE):
            continue
        parts = [part for part in re.split(r"…| / ", text) if part.strip(" :,;()'")]
        assert any(all(part in message for part in parts[:1]) for message in messages), (module, text)


def test_a_template_shows_what_is_filled_in() -> None:
    assert template(ast.parse('f"{x}: no {y!r}: " "give z"', mode="eval").body) == "…: no …: give z"
