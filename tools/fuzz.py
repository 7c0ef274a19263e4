"""Coverage-guided fuzzing of what reads strangers' bytes: ``make fuzz``, or ``python -m tools.fuzz TARGET SECONDS``.

Each target must hold for any input; what breaks one is written to ``tests/finds/TARGET/`` and stays there as a case,
which ``tests/test_hostile.py`` runs. Needs atheris, which ``make fuzz`` installs beside the locked packages.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

try:
    import atheris
except ImportError:  # the cases are run without it
    atheris = None
watched: Any = atheris.instrument_imports(include=["pipeline"]) if atheris else nullcontext()
with watched:
    from pipeline.clean import clean
    from pipeline.entities.dates.parse import parse_date
    from pipeline.entities.laws.locators import read_locators
    from pipeline.model.errors import HakushoError
    from pipeline.model.source import Source
    from pipeline.read import discover, load
    from pipeline.read.encodings import decode
    from pipeline.read.html import extract, read_html
    from pipeline.read.pdf import read_pdf
    from pipeline.review.corrections import read_corrections
    from pipeline.review.serve import Review, saved
    from pipeline.runs.finished import manifest
    from pipeline.scoring.gold import read_gold

ROOT = Path(__file__).parent.parent
FINDS = ROOT / "tests/finds"
DOCUMENTS = ROOT / "tests/documents"


def _text(data: bytes) -> str:
    """Return any text, lone surrogates included."""
    return data.decode("utf-8", "surrogateescape")


def _clear(error: HakushoError) -> None:
    """A refusal is one line."""
    assert len(str(error).splitlines()) == 1


def fuzz_decode(data: bytes) -> None:
    """Bytes are text or one clear line."""
    try:
        text, _ = decode(data, "x")
    except HakushoError as error:
        _clear(error)
    else:
        assert text.strip()


def fuzz_html(data: bytes) -> None:
    """A page gives a text without NULs, or one clear line."""
    assert "\0" not in extract(_text(data))[0]
    try:
        read_html(data, "x")
    except HakushoError as error:
        _clear(error)


def fuzz_pdf(data: bytes) -> None:
    """A PDF gives a text with a place for every character, or one clear line."""
    try:
        text, _, printed, _ = read_pdf(data, "x")
    except HakushoError as error:
        _clear(error)
    else:
        assert len(text) == len(printed.pages) == len(printed.boxes) // 4


def fuzz_clean(data: bytes) -> None:
    """Cleaning is total, monotone and idempotent."""
    raw = _text(data)
    text = clean(Source("x", raw))
    assert len(text.clean) == len(text.starts) == len(text.ends)
    assert list(text.starts) == sorted(text.starts)
    assert all(0 <= a < b <= len(raw) for a, b in zip(text.starts, text.ends, strict=True))
    assert clean(Source("x", text.clean)).clean == text.clean


def fuzz_dates(data: bytes) -> None:
    """A date expression has a value, or is refused as none."""
    try:
        parse_date(_text(data))
    except (ValueError, HakushoError):
        return


def fuzz_locators(data: bytes) -> None:
    """Locators end within the text, and not before they begin."""
    text = _text(data)
    end, _ = read_locators(text, 0)
    assert 0 <= end <= len(text)


def fuzz_file(ending: str) -> Callable[[bytes], None]:
    """Return a target: a file of a kind gives a text, or one clear line."""

    def target(data: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"a.{ending}"
            path.write_bytes(data)
            try:
                for item in discover([str(path)]):
                    load(item)
            except HakushoError as error:
                _clear(error)

    return target


def fuzz_office(data: bytes) -> None:
    """The main part of a Word document, of a workbook and of a book, within a package that is right."""
    for main, ending in (
        ("word/document.xml", "docx"),
        ("xl/worksheets/sheet1.xml", "xlsx"),
        ("OPS/a.xhtml", "epub"),
    ):
        stream = BytesIO()
        with ZipFile(stream, "w") as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            package.writestr(main, data)
        fuzz_file(ending)(stream.getvalue())


def _table(name: str, read: Callable[[Path], object]) -> Callable[[bytes], None]:
    """Return a target: a table of that name is read, or refused in one clear line."""

    def target(data: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            try:
                read(path)
            except HakushoError as error:
                _clear(error)

    return target


def _manifest(path: Path) -> None:
    (path.parent / "a.txt").write_text("防衛省は", encoding="utf-8")
    discover([str(path.parent)])


def _request(path: Path) -> None:
    """Answer a judgement by a status below 500, and keep only what can be read again."""
    raw = "防衛省は2013年に"
    out = path.parent / "out"
    (out / "d").mkdir(parents=True)
    text = path.parent / "d.txt"
    text.write_text(raw, encoding="utf-8")
    row = {
        "doc_id": "d",
        "path": str(text),
        "sha256": sha256(raw.encode()).hexdigest(),
        "reference_date": None,
    }
    run = {"documents": [row | {"characters": len(raw), "mentions": {}}]}
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (out / "d/entities.csv").write_text("doc_id,entity_id,label,start,end,text,norm\n", encoding="utf-8")
    review = Review(out)
    assert saved(review, "d", path.read_bytes()).status_code < 500
    review.log("d")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "decode": fuzz_decode,
    "html": fuzz_html,
    "pdf": fuzz_pdf,
    "clean": fuzz_clean,
    "dates": fuzz_dates,
    "locators": fuzz_locators,
    "office": fuzz_office,
    "markdown": fuzz_file("md"),
    "json": fuzz_file("json"),
    "xml": fuzz_file("xml"),
    "csv": fuzz_file("csv"),
    "archive": fuzz_file("zip"),
    "manifest": _table("manifest.csv", _manifest),
    "gold": _table("gold.csv", read_gold),
    "corrections": _table("corrections.csv", read_corrections),
    "record": _table("run.json", lambda path: manifest(path.parent)),
    "request": _table("request", _request),
}
SEEDS = {
    "decode": ["防衛省は".encode(codec) for codec in ("utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16")],
    "html": [
        "<meta charset=euc-jp><table><tr><td rowspan=2>平成<td>省<ul><li><sup>1</sup><ruby>字<rt>じ".encode()
    ],
    "pdf": [(DOCUMENTS / "upright.pdf").read_bytes()],
    "clean": ["㍻26年ｶﾞか\u3099\r\n（ウ）（工）１，０００".encode()],
    "dates": [
        "13（平成25）年10月３日から同月末".encode(),
        "昭和六十年度以降".encode(),
        "2014年4～6月".encode(),
    ],
    "locators": ["第3条の2第1項第2号及び第5条から第7条まで".encode(), "第三十七条の三".encode()],
    "office": [
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>省'.encode(),
        '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>省</t></is></c></row></sheetData>'.encode(),
        b"<html><body><p>a</p><ul><li>b</li></ul></body></html>",
    ],
    "markdown": ["# 省\n\n- a\n  - b\n\n|a|b|\n|-|-|\n|c|d|\n\n[^1]: 注\n".encode()],
    "json": [
        '{"meetingRecord":[{"speechRecord":[{"speech":"省は"}]}]}'.encode(),
        b'{"law_full_text":{"tag":"Law"}}',
    ],
    "xml": ["<Law><LawBody><MainProvision><Article Num='1'><ArticleTitle>第一条".encode()],
    "csv": ["省,年\n防衛省,2013\n".encode()],
    "archive": [b"PK\x05\x06" + bytes(18)],
    "manifest": [b"file,doc_id,title,reference_date\na.txt,a,x,2014-01-01\n"],
    "gold": [
        "doc_id,label,start,end,text,norm,value,mod,article,paragraph,item\nd,ORG,0,3,防衛省,,,,,,\n".encode()
    ],
    "corrections": [
        b"doc_id,action,at_label,at_start,at_end,label,start,end,text,norm,value,mod,article,paragraph,item\n"
    ],
    "record": [
        b'{"documents":[{"doc_id":"d","path":"a","sha256":"","reference_date":null,"characters":1,"mentions":{}}]}'
    ],
    "request": [
        '{"since":0,"entry":{"action":"add","at_label":"ORG","at_start":0,"at_end":3,"label":"ORG","start":0,"end":3,"text":"防衛省"}}'.encode()
    ],
}


def main(target: str, seconds: int) -> None:
    """Fuzz one target for so many seconds."""
    folder = FINDS / target
    folder.mkdir(parents=True, exist_ok=True)
    seeds = Path(__file__).parent.parent / ".fuzz" / target
    seeds.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[target]):
        (seeds / f"seed{number}").write_bytes(seed)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            "-timeout=20",
            "-max_len=40000",
            f"-artifact_prefix={folder}/",
            str(seeds),
        ],
        TARGETS[target],
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
