"""Errors of reading what is no plain text: packages, archives, tables, records, special files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.read import Input, apart, archive, discover, fetch, intake, members, read, sheet, workbook
from pipeline.read.pdf_process import Child
from tests.provoke import Calls, call, file
from tests.read.packages import docx, epub, p, text_row, xlsx, zipped

TEXT = "防衛省は"
ENTITIES = '<?xml version="1.0"?><!DOCTYPE Law [<!ENTITY a "b">]><Law>&a;</Law>'
PARTS = "From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
RIGHTS = '<encryption><EncryptionMethod Algorithm="x"/></encryption>'
MAIN = '<Types xmlns="x"><Override PartName="/x" ContentType="visio"/></Types>'
RELATION = '<Relationships><Relationship Id="r" Type="/officeDocument" Target="x"/></Relationships>'


def kinds_that_are_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    contents: dict[str, bytes | str] = {
        "a.png": b"\x89PNG",
        "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "b.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "a.docx": TEXT,
        "b.docx": docx(p("")),
        "c.docx": zipped({"a.txt": TEXT}),
        "d.docx": zipped({"[Content_Types].xml": "<Types/>"}),
        "e.docx": zipped({"[Content_Types].xml": MAIN, "_rels/.rels": RELATION, "x": ""}),
        "f.docx": docx("<w:p>"),
        "a.xlsx": xlsx(""),
        "a.odt": zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
        "a": zipped({"a.txt": TEXT}),
        "a.epub": zipped({"mimetype": "application/epub+zip"}),
        "b.epub": zipped({"mimetype": "application/epub+zip", "META-INF/encryption.xml": RIGHTS}),
        "c.epub": epub({"a.xhtml": "<img>"}, ["a.xhtml"]),
        "a.md": "<!-- -->",
        "a.mht": PARTS,
        "b.mht": PARTS + "boundary=" * 30,
        "a.xml": TEXT,
        "b.xml": "<?xml version='1.0'?><rss/>",
        "c.xml": ENTITIES,
        "d.xml": "<Law></Law>",
        "a.json": "{",
        "b.json": "[" * 100_000,
        "c.json": "{}",
        "d.json": '{"speechRecord": []}',
    }
    for name, content in contents.items():
        yield call(read, file(folder / name, content))
    with monkeypatch.context() as patched:
        patched.setattr(workbook, "MOST_CELLS", 1)
        yield call(read, file(folder / "b.xlsx", xlsx(text_row(1, "年", "機関"))))
    with monkeypatch.context() as patched:
        patched.setattr(sheet, "FREE_CELLS", -1)
        patched.setattr(sheet, "CELLS_PER_CELL", 0)
        yield call(read, file(folder / "c.xlsx", xlsx(text_row(1, "年", "機関"))))
    with monkeypatch.context() as patched:
        patched.setattr(apart, "SMALL", 0)
        patched.setattr(apart, "_CHILD", Child(start="import os; os.abort()", reader="its reader"))
        yield call(read, file(folder / "a.html", f"<p>{TEXT}"))
    with monkeypatch.context() as patched:
        patched.setattr(apart, "SMALL", 0)
        for kind in ("memory", "refused"):
            patched.setattr(
                apart._CHILD,
                "read",
                lambda *_, kind=kind: (kind, "a.docx: needs a password: save a copy without one"),
            )
            yield call(read, folder / "a.html")


def archives(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    locked = bytearray(zipped({"a.txt": TEXT}))
    for at in (6, locked.rindex(b"PK\x01\x02") + 8):
        locked[at] |= 1
    broken = bytearray(zipped({"a.txt": TEXT * 9}))
    broken[40] ^= 255
    yield call(read, file(folder / "broken.zip", bytes(broken)) / "a.txt")
    yield call(read, file(folder / "locked.zip", bytes(locked)) / "a.txt")
    yield call(read, folder / "locked.zip" / "b.txt")
    yield call(discover, [str(folder / "locked.zip")])
    yield call(fetch, Input(folder / "locked.zip", "locked", fault="locked.zip: needs a password: unpack it"))
    unknown = bytearray(zipped({"a.txt": TEXT}))
    for at in (8, unknown.rindex(b"PK\x01\x02") + 10):
        unknown[at] = 99
    yield call(read, file(folder / "unknown.zip", bytes(unknown)) / "a.txt")
    contents: dict[str, dict[str, str | bytes]] = {
        "empty.zip": {"a.doc": TEXT},
        "out.zip": {"a.txt": TEXT, "manifest.csv": "file\n../a.txt\n"},
        "many.zip": {"a.txt": TEXT, "b.txt": TEXT},
        "bomb.zip": {"a.txt": TEXT * 9000},
    }
    for name, parts in contents.items():
        with monkeypatch.context() as patched:
            patched.setattr(members, "MOST_MEMBERS", 1)
            for module in (members, archive):
                patched.setattr(module, "SMALL", 9)
            patched.setattr(members, "MOST_RATIO", 9)
            yield call(discover, [str(file(folder / name, zipped(parts)))])
    with monkeypatch.context() as patched:
        patched.setattr(archive, "SMALL", 9)
        patched.setattr(archive, "MOST_RATIO", 9)
        yield call(read, folder / "bomb.zip" / "a.txt")
    with monkeypatch.context() as patched:
        patched.setattr(archive, "MOST_LISTED", 0)
        yield call(discover, [str(folder / "many.zip")])
    yield call(discover, [str(file(folder / "cut.zip", b"PK\x03\x04"))])
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", _refused)
        yield call(discover, [str(folder / "many.zip")])


def _refused(*_: object, **__: object) -> int:
    raise PermissionError(13, "Permission denied")


def inputs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    yield call(discover, ["https://example.jp/"])
    yield call(discover, [f"{folder}/*.txt"])
    os.mkfifo(folder / "pipe")
    yield call(read, folder / "pipe")
    text = file(folder / "a.txt", TEXT)
    with monkeypatch.context() as patched:
        patched.setattr(intake, "MOST_TEXT", 1)
        yield call(read, text)
