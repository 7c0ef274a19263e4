"""What other people's parsers read is read apart: whatever becomes of it, a file costs itself only."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.model.errors import HakushoError
from pipeline.read import apart, discover, load, read, readers
from pipeline.read.pdf_process import BARE, Child
from tests.read.packages import docx, epub, p, text_row, xlsx, zipped
from tests.read.test_kinds import MHT, PAGE, SENTENCE
from tests.read.test_read import complaint, write

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = "from pipeline.read import apart_child as child; child.MEMORY, child.MEMORY_PER_BYTE = 1, 0; child.serve()"
# What is read and too large to be told.
UNTOLD = """
from pipeline.read import apart_child as child
class Json:
    loads = staticmethod(child.json.loads)
    def dumps(self, found, dumps=child.json.dumps):
        if found[0] == "read":
            raise MemoryError
        return dumps(found)
child.json = Json()
child.serve()
"""
LAW = "<Law><LawBody><MainProvision><Article Num='1'><ArticleTitle>第一条</ArticleTitle></Article></MainProvision></LawBody></Law>"
FILES: dict[str, bytes] = {
    "a.docx": docx(p("総論", "1") + p(SENTENCE)),
    "a.xlsx": xlsx(text_row(1, "年", "機関")),
    "a.epub": epub({"a.xhtml": PAGE, "b.xhtml": PAGE}, ["b.xhtml", "a.xhtml"]),
    "a.html": PAGE.encode("cp932"),
    "a.mht": MHT.format(start="", page="").encode(),
    "a.md": f"# 総論\n\n{SENTENCE}\n".encode(),
    "a.xml": LAW.encode(),
    "a.json": f'{{"speechRecord":[{{"speech":"{SENTENCE}\\ud800"}}]}}'.encode(),
}


@pytest.fixture(autouse=True)
def _all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read small files apart, too."""
    monkeypatch.setattr(apart, "SMALL", 0)


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Child]:
    """Let a child do something else than read."""
    made = Child(apart.SECONDS, f"{BARE}{request.param}", "its reader")
    monkeypatch.setattr(apart, "_CHILD", made)
    yield made
    made.close()


@pytest.mark.parametrize("name", FILES)
def test_what_is_read_apart_is_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, ending = FILES[name], Path(name).suffix
    here = readers.extracted(data, name, ending)
    monkeypatch.setattr(readers, "extracted", None)  # nothing is read in this process
    assert apart.extracted(data, name, ending) == here
    assert here.text.strip()


def test_one_process_reads_one_file_after_the_other() -> None:
    apart.extracted(FILES["a.html"], "a.html", ".html")
    process = apart._CHILD._process
    apart.extracted(FILES["a.docx"], "a.docx", ".docx")
    with pytest.raises(HakushoError, match=r"b.xml: is damaged or cut off"):
        apart.extracted(b"<Law>", "b.xml", ".xml")
    apart.extracted(FILES["a.docx"], "a.docx", ".docx")
    assert apart._CHILD._process is process


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.pdf", "a.docx"])
def test_small_files_and_texts_of_our_own_need_no_other_process(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "SMALL", 2**18)
    monkeypatch.setattr(apart, "_CHILD", None)
    data = FILES.get(name, SENTENCE.encode() * 9000 if name != "a.pdf" else b"%PDF-" + b" " * 2**19)
    asked = []
    monkeypatch.setattr(readers, "extracted", lambda *given: asked.append(given))
    apart.extracted(data, name, Path(name).suffix)
    assert asked == [(data, name, Path(name).suffix)]


@pytest.mark.parametrize(
    ("child", "what"),
    [
        ("import os; os.abort()", "its reader was stopped by signal"),
        ("import sys; sys.exit(3)", "its reader ended with code 3"),
        (HERE, "needs more memory"),
        (UNTOLD, "needs more memory"),
    ],
    indirect=["child"],
)
def test_a_file_that_kills_its_reader_is_one_line_and_the_next_is_read(
    child: Child, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a.html", "<p>" + SENTENCE * 50_000)
    said = complaint(read, path)
    assert said.startswith(f"{path}: ")
    assert what in said
    assert len(said.splitlines()) == 1
    monkeypatch.undo()
    assert read(write(tmp_path, "b.html", PAGE)).raw


@pytest.mark.parametrize("child", ["import time; time.sleep(60)"], indirect=True)
def test_a_file_that_takes_too_long_is_given_up(
    child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.05)
    began = time.monotonic()
    assert "took longer than 0.05" in complaint(read, write(tmp_path, "a.html", PAGE))
    assert time.monotonic() - began < 30


def _cells(columns: int, rows: int) -> str:
    """Return a row of so many cells, and rows with one cell each."""
    first = "".join(f'<c t="inlineStr"><is><t>{n}年</t></is></c>' for n in range(columns))
    return f'<row r="1">{first}</row>' + "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>省</t></is></c></row>' for n in range(2, rows)
    )


def _column(number: int) -> str:
    return chr(65 + number // 26) + chr(65 + number % 26)


SWELLING = {
    "one string in each cell": xlsx(
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 400)),
        shared=f"<si><t>{'省' * 30_000}</t></si>",
    ),
    "cells merged over all rows": xlsx(
        _cells(400, 4000),
        merged="".join(f'<mergeCell ref="{_column(n)}1:{_column(n)}1048576"/>' for n in range(400)),
    ),
    "one cell at the end of each row": xlsx(
        _cells(600, 2)
        + "".join(
            f'<row r="{n}"><c r="WA{n}" t="inlineStr"><is><t>省</t></is></c></row>' for n in range(2, 3000)
        )
    ),
}


@pytest.mark.parametrize("name", SWELLING)
def test_a_sheet_that_swells(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, "a.xlsx", SWELLING[name])
    assert path.stat().st_size < 2**16
    assert "its sheet repeats cells, or has empty ones, without end" in complaint(read, path)


def test_corners_of_the_largest_sheet(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>年</t></is></c></row>'
    assert read(write(tmp_path, "a.xlsx", xlsx(text_row(1, "省") + far))).raw == "省\t\n\n\t年\n"


def test_archives_within_archives_are_not_unpacked(tmp_path: Path) -> None:
    inner: bytes | str = SENTENCE
    for _ in range(4):
        inner = zipped({f"{n}.zip": inner for n in range(8)})
    bomb = write(tmp_path, "a.zip", inner)
    assert "holds nothing that is read" in complaint(discover, [str(bomb)])


DEEP = "<a>" * 50_000 + SENTENCE + "</a>" * 50_000
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE Law {}><Law><LawBody>{}</LawBody></Law>'


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.xml", f"<Law><LawBody>{DEEP}</LawBody></Law>", ""),
        ("a.html", f"<html><body>{DEEP}", ""),
        ("a.json", '{"speechRecord":' + "[" * 200_000, "nests too deep"),
        ("a.json", '{"law_full_text":' + '{"tag":"Law","children":[' * 9000 + "]}" * 9000 + "}", "nests too deep"),
        ("a.xml", OUTSIDE.format('[<!ENTITY a SYSTEM "file:///etc/passwd">]', "&a;"), "declares entities"),
        ("a.xml", OUTSIDE.format('[<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]', "省"), "declares entities"),
        # What is declared elsewhere is not fetched.
        ("a.xml", OUTSIDE.format('SYSTEM "file:///dev/zero"', "省"), ""),
    ],
)  # fmt: skip
def test_what_nests_or_points_elsewhere(name: str, data: str, what: str, tmp_path: Path) -> None:
    path = write(tmp_path, name, data)
    if what:
        assert what in complaint(read, path)
    else:
        assert read(path).raw.strip() in (SENTENCE, "省")


def test_books_that_lead_out_or_in_circles(tmp_path: Path) -> None:
    (tmp_path / "secret.xhtml").write_text("<p>秘密", encoding="utf-8")
    pages = {
        "../../secret.xhtml": "<p>内",
        "a.xhtml": "<p>一<a href='a.xhtml#x'>",
        f"{tmp_path}/secret.xhtml": "<p>内",
    }
    out = epub(pages, ["../../../secret.xhtml", *["a.xhtml"] * 2000])
    circle = '<c><rootfiles><rootfile full-path="META-INF/container.xml"/></rootfiles></c>'
    turning: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip", "META-INF/container.xml": circle, "a.xhtml": "<p>一",
    }  # fmt: skip
    for data in (out, zipped(turning)):
        (item,) = discover([str(write(tmp_path, "a.epub", data))])
        assert load(item).raw == "一\n"
