"""Errors of reading: files, encodings, manifests, PDF."""

from __future__ import annotations

import csv
import errno
import os
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline.entities.dates.parse import parse_date
from pipeline.export import check_formats, try_folder
from pipeline.flow import Analyzer
from pipeline.read import Input, discover, load, read
from pipeline.read.encodings import decode
from pipeline.read.pdf import read_pdf
from pipeline.runs.destination import destination, refuse_replaced
from pipeline.runs.documents import worker
from pipeline.runs.locks import waiting
from pipeline.runs.outcomes import Settings
from pipeline.runs.record import locked
from pipeline.segment import load_segmenter
from tests.provoke import Calls, call, file
from tests.read.pdfs import draws_itself, pdf, typed
from tests.read.test_read_pdf import ENCRYPTED

DOCUMENTS = Path(__file__).parent.parent / "documents"
CODES = {char: 0x100 + n for n, char in enumerate("防衛省は")}


def bytes_that_are_no_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    for data in (b"\x89PNG", b"a\0b", b"", b"\1\2\3", b"caf\xe9 \xa9"):
        yield call(decode, data, "x")


def pdfs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    for data in (b"%PDF-", b"%PDF-1 %%EOF", (DOCUMENTS / "picture.pdf").read_bytes(), ENCRYPTED):
        yield call(read_pdf, data, "x")
    yield call(read_pdf, ENCRYPTED.replace(b"/Standard", b"/Unheard"), "x")
    yield call(read_pdf, pdf([typed("防衛省は", CODES)], None), "x")

    yield call(read_pdf, pdf([""], None).replace(b"/Kids [8 0 R]", b"/Kids [9 9 R]"), "x")
    yield call(read_pdf, draws_itself(), "x")


def files_and_folders(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    yield call(read, file(folder / "no.pdf", b"text"))
    yield call(read, file(folder / "no.html", b"<html><frameset></html>"))
    yield call(read, folder / "nowhere.txt")
    yield call(read, folder)
    yield call(discover, [str(file(folder / "x.txt", "省は"))] * 2)
    (folder / "empty").mkdir()
    yield call(discover, [str(folder / "empty")])

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", _refused)
        yield call(read, folder / "x.txt")


def _refused(*_: object, **__: object) -> int:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def manifests(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    file(folder / "a.txt", "防衛省は")
    faulty = (
        "name\n",
        'file,title\n"",x\n',
        "file,doc_id\na.txt,..\n",
        b"file\n\xff\n",
        "file,titel\na.txt,x\n",
        "file,title\na.txt,x,y\n",
        "file,doc_id\na.txt,con\n",
        "file,file\na.txt,x\n",
        'file,title\na.txt,"x\nb.txt,y\n',
        'file,title\na.txt,"x\nb.txt,"y"\n',
    )
    for content in faulty:
        file(folder / "manifest.csv", content)
        yield call(discover, [str(folder)])
    dated = [f"file,reference_date\na.txt,{day}\n" for day in ("2014", "Aug-14", "8/5/2014")]
    for content in ("file,sha256\na.txt,00\n", *dated, "file\nb.txt\n"):
        file(folder / "manifest.csv", content)
        yield call(load, discover([str(folder)])[0])
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", _refused)
        yield call(discover, [str(folder)])

    def broken(*_: object, **__: object) -> None:
        raise csv.Error("line contains NUL")

    with monkeypatch.context() as patched:
        patched.setattr(csv, "reader", broken)
        yield call(discover, [str(folder)])


def places_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    yield call(try_folder, file(folder / "file", "") / "below")
    yield call(waiting(folder / "file/lock").__enter__)
    with locked(folder):
        yield call(locked(folder).__enter__)
    page = file(folder / "index.html", "")
    yield call(refuse_replaced, destination(str(folder)), [Input(page, "index")])
    yield call(destination, "nosuch://place")
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "fsspec", None)
        yield call(destination, "memory://x")

    def unreachable(*_: object) -> None:
        raise RuntimeError("no route")

    with monkeypatch.context() as patched:
        patched.setattr("fsspec.url_to_fs", unreachable)
        yield call(destination, "memory://x")
    yield call(destination("memory://x").write, "", [("a", 5)])
    with monkeypatch.context() as patched:
        patched.setattr("fsspec.implementations.memory.MemoryFileSystem.cat_file", unreachable)
        yield call(destination("memory://x").read, "", "run.json")


def addresses_that_cannot_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    yield call(discover, ["https://example.jp/a.pdf"])
    yield call(discover, ["nosuch://bucket/a.txt"])

    def refused(*_: object, **__: object) -> None:
        raise PermissionError("Access Denied")

    with monkeypatch.context() as patched:
        patched.setattr("fsspec.implementations.memory.MemoryFileSystem.info", refused)
        yield call(discover, ["memory://bucket/papers"])


def what_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    yield call(load_segmenter, "mecab")
    yield call(Analyzer, "sudachi", "2014")
    yield call(pipeline.load("sudachi"), "chapter.txt")
    yield call(check_formats, ["docx"])
    yield call(parse_date, "省")
    yield call(parse_date, "平成25年に開いた")
    with monkeypatch.context() as patched:  # a guard: no expression is known that gets there alone
        patched.setattr("pipeline.entities.dates.parse.DateResolver.resolve", lambda *_: None)
        yield call(parse_date, "13年")


def tables_over_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    from pipeline.datapackage import database, workbook

    with monkeypatch.context() as patched:
        patched.setattr(database, "SEARCH", "CREATE VIRTUAL TABLE x USING nothing")
        yield call(database.check_search)
    run: dict[str, object] = {"documents": [], "settings": {}, "versions": {}}
    (folder / database.NAME).write_bytes(b"no database at all, but long enough to be taken for one")
    yield call(database.Database, run, folder)
    (folder / workbook.NAME).mkdir()
    yield call(list, workbook.Workbook(run, folder).close())


def workers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    yield call(worker, Settings("sudachi"), None, {})
    from pipeline.runs.documents import _check_length

    yield call(_check_length, pipeline.Source("x", "省" * 9), "x", 8)
