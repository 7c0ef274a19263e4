"""Which kind a file is: what is read, what is refused with the way out, and packages that are made to harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.facts import rows
from pipeline.read import read
from pipeline.read.kinds import kind_of_bytes, kind_of_name, kinds
from tests.growth import assert_linear
from tests.read.packages import docx, epub, p, text_row, xlsx, zipped
from tests.read.test_read import complaint, write

SENTENCE = "防衛省は、平成26年４月に指針の見直しについて協議を行った。"
PAGE = f"<html><head><title>白書</title></head><body><h1>総論</h1><p>{SENTENCE}</p></body></html>"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def old(stream: str) -> bytes:
    return OLD + stream.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize("row", rows("kinds.csv"), ids=lambda row: row["kind"])
def test_every_kind_is_known_by_its_endings_and_its_first_bytes(row: dict[str, str]) -> None:
    kind = kinds()[row["kind"]]
    assert kind.reads != bool(kind.way_out)
    assert all(kind_of_name(ending.upper()) is kind for ending in kind.endings)
    assert all(kind_of_bytes(signature + b"\0" * 20) is kind for signature in kind.signatures)
    assert kind_of_bytes(f"{row['name']}{SENTENCE}".encode()) is None


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.doc", old("WordDocument"), "an old Word document, which is not read: save it as .docx"),
        ("a.xls", old("Workbook"), "Excel workbook, which is not read: save it as .xlsx"),
        ("a.ppt", old("PowerPoint Document"), "PowerPoint"),
        ("a.docx", old("EncryptedPackage"), "with a password: save a copy without one"),
        ("a.doc", OLD, "an old Office document"),
        ("a.pptx", zipped({"[Content_Types].xml": "<Types/>", "mimetype": "x"}), "damaged Office document"),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "an OpenDocument text"),
        ("a.ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument spreadsheet"),
        ("a.pages", zipped({"Index/Document.iwa": "x"}), "an iWork document"),
        ("a.docx", SENTENCE.encode(), "is not a Word document, though its name says so"),
        ("a.xlsx", zipped({"a.txt": "x"}), "is a ZIP archive and not an Excel workbook"),
        ("a.docx", docx(p(SENTENCE))[:-300], "cut off"),
        ("a.docx", docx(p(SENTENCE)).replace(b"word/document.xml", b"word/documenx.xml"), "damaged"),
        ("a.docx", docx("<w:p>" + p(SENTENCE)), "damaged or cut off (XML"),
        ("a.tiff", b"II*\0" + bytes(20), "a TIFF picture, which is not read: run a text recognition (OCR)"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\0", "a 7z archive"),
        ("a.mp4", b"OggS\0", "a sound recording"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "is a ZIP archive"),
        ("a.mht", b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--", "without a page in it"),
        ("a.mht", SENTENCE.encode(), "is not a saved web page"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_said_with_the_way_out(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    assert what in complaint(read, write(tmp_path, name, data))


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.doc", PAGE.encode(), "html"),
        ("a.xls", PAGE.encode(), "html"),
        ("a.xlsx", docx(p(SENTENCE)), "docx"),
        ("a", xlsx(text_row(1, "年", "機関")), "xlsx"),
        ("a.zip", epub({"a.xhtml": PAGE}, ["a.xhtml"]), "epub"),
        ("a.txt", zipped({"META-INF/container.xml": "", "a.xhtml": PAGE}), "epub"),
    ],
)
def test_content_decides(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    assert read(write(tmp_path, name, data)).format == kind


BILLION = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("bomb", [BILLION, OUTSIDE])
@pytest.mark.parametrize(
    "part",
    ["word/document.xml", "word/styles.xml", "word/footnotes.xml", "_rels/.rels", "[Content_Types].xml"],
)
def test_entities_are_refused(tmp_path: Path, bomb: str, part: str) -> None:
    content = {}
    with zipfile.ZipFile(io.BytesIO(docx(p(SENTENCE), foot="脚"))) as archive:
        for name in archive.namelist():
            content[name] = archive.read(name)
    content[part] = bomb.encode() + content[part].replace(b"</w:t>", b"&a;</w:t>")
    assert "declares entities" in complaint(read, write(tmp_path, "a.docx", zipped(content)))


def test_a_part_that_unpacks_to_too_much(tmp_path: Path) -> None:
    bomb = docx(p(SENTENCE) + " " * 200 * 2**20)
    assert len(bomb) < 2**20
    assert "unpacks to too much" in complaint(read, write(tmp_path, "a.docx", bomb))


def test_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    data = bytearray(docx(p(SENTENCE * 100)))
    at = data.rindex(b"word/document.xml") - 46 + 24  # the size unpacked, in the list at the end
    data[at : at + 4] = (100).to_bytes(4, "little")
    assert "damaged" in complaint(read, write(tmp_path, "a.docx", bytes(data)))


@pytest.mark.parametrize(
    ("pages", "spine", "wanted"),
    [
        ({"b.xhtml": "<p>一", "a.xhtml": "<p>二"}, ["b.xhtml", "a.xhtml"], "一\n\n二\n"),
        # What stands in no spine is no chapter.
        ({"a.xhtml": "<p>一", "cover.xhtml": "<p>表紙"}, ["a.xhtml"], "一\n"),
        # Readings go; notes on another page keep their numbers.
        (
            {"a.xhtml": '<p><ruby>拉致<rt>らち</rt></ruby><sup><a href="n.xhtml#n1">1</a></sup>', "n.xhtml": '<ol><li id="n1">注記。</ol>'},
            ["a.xhtml", "n.xhtml"],
            "拉致¹\n\n¹ 注記。\n",
        ),
        # A marker that is not set raised, but says what it is.
        ({"a.xhtml": '<p>協定<a epub:type="noteref" href="#n">1</a>は<aside id="n">'}, ["a.xhtml"], "協定¹は\n"),
    ],
)  # fmt: skip
def test_books(tmp_path: Path, pages: dict[str, str], spine: list[str], wanted: str) -> None:
    source = read(write(tmp_path, "a.epub", epub(pages, spine)))
    assert (source.raw, source.title) == (wanted, "白書")


def test_headings_of_all_chapters_are_known(tmp_path: Path) -> None:
    source = read(write(tmp_path, "a.epub", epub({"a.xhtml": PAGE, "b.xhtml": PAGE}, ["a.xhtml", "b.xhtml"])))
    assert [source.raw[start : start + 2] for start in source.told] == ["総論", "総論"]


def test_a_book_without_an_order_says_so(tmp_path: Path) -> None:
    data = zipped({"mimetype": "application/epub+zip", "b.xhtml": "<p>二", "a.xhtml": "<p>一"})
    source = read(write(tmp_path, "a.epub", data))
    assert source.raw == "一\n\n二\n"
    assert "read by their names" in source.warnings[0]


def test_a_protected_book(tmp_path: Path) -> None:
    rights = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'
    for algorithm, refused in (
        ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True),
        ("http://www.idpf.org/2008/embedding", False),
    ):
        data = {
            "mimetype": "application/epub+zip",
            "a.xhtml": PAGE,
            "META-INF/encryption.xml": rights.format(algorithm),
        }
        path = write(tmp_path, "a.epub", zipped(dict(data)))
        assert ("(DRM)" in complaint(read, path)) if refused else read(path).raw


MHT = (
    "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"{start}\r\n\r\n"
    "--b\r\nContent-Type: text/html\r\nContent-ID: <frame>\r\n\r\n<p>枠\r\n"
    "--b\r\nContent-Type: text/html; charset=shift_jis\r\nContent-ID: <main>\r\nContent-Transfer-Encoding: base64\r\n\r\n{page}\r\n--b--\r\n"
)  # fmt: skip


def test_a_saved_page_begins_where_it_says(tmp_path: Path) -> None:
    import base64

    page = base64.b64encode(PAGE.encode("cp932")).decode()
    source = read(write(tmp_path, "a.mhtml", MHT.format(start='; start="<main>"', page=page)))
    assert (source.raw, source.encoding, source.format) == (f"総論\n\n{SENTENCE}\n", "cp932", "mhtml")


def test_parts_within_parts_without_end(tmp_path: Path) -> None:
    deep = "".join(f"--b{n}\nContent-Type: multipart/related; boundary=b{n + 1}\n\n" for n in range(500))
    data = f"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n{deep}"
    assert "parts within parts" in complaint(read, write(tmp_path, "a.mht", data))


@pytest.mark.parametrize(
    ("text", "wanted", "title"),
    [
        ("---\ntitle: 平成26年版\n---\n# 総論\n\n**防衛**省は\n協議した。\n", "総論\n\n防衛省は協議した。\n", "平成26年版"),
        ('+++\ntitle = "白書"\n+++\n一\n', "一\n", "白書"),
        ("# 一\n\n---\n\n二\n", "一\n\n二\n", ""),
        ("[自衛隊法](https://example.jp/)と`民法`", "自衛隊法と民法\n", ""),
        # A list of links is no navigation here.
        ("- [自衛隊法](a)\n- [警察法](b)\n- [民法](c)\n", "・自衛隊法\n・警察法\n・民法\n", ""),
        ("| 年 | 機関 |\n|---|---|\n| 平成26年 | 総務省 |\n", "年\t機関\n平成26年\t総務省\n", ""),
        ("協定[^a]は\n\n[^a]: ACSAをいう。\n", "協定¹は\n\n¹ ACSAをいう。\n", ""),
        ("1. 外務省\n2. 防衛省\n", "[1] 外務省\n[2] 防衛省\n", ""),
        ("<!-- 内部 -->\n一<br>二\n", "一\n二\n", ""),
    ],
)  # fmt: skip
def test_markdown(tmp_path: Path, text: str, wanted: str, title: str) -> None:
    source = read(write(tmp_path, "a.md", text))
    assert (source.raw, source.title, source.format) == (wanted, title, "markdown")


@pytest.mark.parametrize(
    "unit", ["[", "*a", "> ", "`a ", "![", "<a", "- ", "|a", "\\", "[^a]", "a\n=\n", "_a_", "&#x", "# a\n", "[a](", "]("]
)  # fmt: skip
def test_the_time_of_markdown_stays_linear(tmp_path: Path, unit: str) -> None:
    assert_linear(lambda times: read(write(tmp_path, "a.md", f"防衛省\n\n{unit * times}")), 1500, 6000)
