"""Reading: encodings, manifests, and one clear line for everything that cannot be read."""

from __future__ import annotations

import hashlib
import io
import sys
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.errors import HakushoError
from pipeline.read import Input, discover, load, read
from pipeline.read.encodings import decode
from pipeline.read.legacy import cp51932
from tests.read.packages import zipped

if TYPE_CHECKING:
    from pathlib import Path

CHAPTER = "第２節　日米同盟の強化\r\n　平成26年４月、防衛省は「指針」の見直しについて協議を行った。\n"


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def complaint(call: object, *arguments: object) -> str:
    """Return the message of the HakushoError that a call raises: one line."""
    with pytest.raises(HakushoError) as caught:
        call(*arguments)  # type: ignore[operator]
    message = str(caught.value)
    assert message
    assert len(message.splitlines()) == 1
    return message


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp932", "cp932"),
        ("euc_jp", "euc_jp"),
        ("iso2022_jp", "iso2022_jp"),
    ],
)
def test_encodings_that_ministries_use(tmp_path: Path, codec: str, name: str) -> None:
    source = read(write(tmp_path, "a.txt", CHAPTER.encode(codec)))
    assert (source.raw, source.encoding) == (CHAPTER, name)


def test_big_endian_text_with_a_byte_order_mark() -> None:
    assert decode(b"\xfe\xff" + CHAPTER.encode("utf-16-be"), "x")[0] == CHAPTER


def test_circled_and_roman_numbers_of_windows() -> None:
    text = CHAPTER + "① Ⅲ ㈱"
    assert decode(text.encode("cp932"), "x") == (text, "cp932")


@settings(deadline=None)
@given(
    st.text("あいうのにはを海上保安庁①、。\n", min_size=8).filter(
        lambda t: sum("ぁ" <= c <= "ん" for c in t) > len(t) // 4
    )
)
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode(), "x") == (text, "utf-8")


def test_what_is_known_of_a_source(tmp_path: Path) -> None:
    path = write(tmp_path, "chapter.txt", CHAPTER)
    source = read(path)
    assert source.doc_id == "chapter"
    assert source.sha256 == hashlib.sha256(CHAPTER.encode()).hexdigest()
    assert source.path == str(path)
    assert source.reference_date is None


def test_a_manifest_gives_id_date_and_title(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", CHAPTER)
    write(
        tmp_path,
        "manifest.csv",
        "\ufefffile,doc_id,title,reference_date\na.txt,defense,防衛白書,2014-08-05\n",
    )
    source = read(tmp_path / "a.txt")
    assert (source.doc_id, source.title, source.reference_date) == ("defense", "防衛白書", date(2014, 8, 5))
    assert [item.doc_id for item in discover([str(tmp_path)])] == ["defense"]


def test_a_file_that_the_manifest_beside_it_leaves_out(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", CHAPTER)
    path = write(tmp_path, "b.txt", CHAPTER)
    write(tmp_path, "manifest.csv", "file\na.txt\n")
    assert read(path).doc_id == "b"


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "c.text", "d.pdf", "e.HTM", "f.html", "g.docx", "h.csv", "i.doc"):
        write(tmp_path, name, CHAPTER)
    assert [item.doc_id for item in discover([str(tmp_path)])] == list("abcdefgh")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(CHAPTER.encode("cp932"))))
    source = load(discover(["-"])[0])
    assert (source.doc_id, source.path, source.raw) == ("stdin", "-", CHAPTER)


def test_standard_input_without_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"")))
    assert "standard input: holds no text" in complaint(load, Input(None, "stdin"))


def test_missing_paths(tmp_path: Path) -> None:
    assert "no such file" in complaint(read, tmp_path / "none.txt")
    assert "no such file or folder" in complaint(discover, [str(tmp_path / "none")])


def test_a_folder_given_for_a_file(tmp_path: Path) -> None:
    assert "is a folder" in complaint(read, tmp_path)


def test_a_folder_without_texts(tmp_path: Path) -> None:
    write(tmp_path, "a.doc", "PK")
    message = complaint(discover, [str(tmp_path)])
    assert "holds nothing that is read (1 skipped" in message
    assert "save it as .docx or PDF" in message


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "　\n".encode()])
def test_files_without_text(tmp_path: Path, data: bytes) -> None:
    assert "holds no text" in complaint(read, write(tmp_path, "a.txt", data))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"%PDF-1.7\n1 0 obj\n", "PDF"),
        (b"PK\x03\x04\x14\0\0\0", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"GIF89a\x01\0", "GIF"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"{\\rtf1\\ansi", "RTF"),
        ("防衛A".encode("utf-16-le"), "is not a text file"),
        (b"abc\0def", "byte 0 at offset 3"),
        (b"\x01\x02\x03\x04 abc", "control characters"),
    ],
)
def test_files_that_are_not_text(tmp_path: Path, data: bytes, what: str) -> None:
    message = complaint(read, write(tmp_path, "a.txt", data))
    assert what in message
    assert "a.txt" in message


@pytest.mark.parametrize(
    "data",
    [
        CHAPTER.encode() + b"\xff\xfe",
        "防衛省".encode() + b"\x80\x80",
        b"caf\xe9 au lait \xa9",
        b"\xff\xfe\x00",
        b"\xff\xfe" + CHAPTER.encode("utf-16-le") + b"\0\xd8",
        bytes(range(128, 256)),
        "防衛省".encode("iso2022_jp") + b"\x80",
        "防衛省".encode("iso2022_jp")[:4],
    ],
)
def test_undecodable_bytes(tmp_path: Path, data: bytes) -> None:
    message = complaint(read, write(tmp_path, "a.txt", data))
    assert "byte 0x" in message
    assert "convert it to UTF-8" in message


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CHAPTER.encode("utf-16-le"), "utf-16-le"),
        (CHAPTER.encode("utf-16-be"), "utf-16-be"),
        # ① and ㈱ stand in rows that JIS left empty and Windows filled.
        (CHAPTER.encode("euc_jp") + b"\xad\xa1\xad\xea", "cp51932"),
        (CHAPTER.encode("iso2022_jp") + b"\x1b$B-!-j\x1b(B", "cp50221"),
    ],
)
def test_encodings_of_windows_and_without_a_mark(data: bytes, name: str) -> None:
    text = CHAPTER if name.startswith("utf") else CHAPTER + "①㈱"
    assert decode(data, "x") == (text, name)


def test_half_width_kana_in_every_encoding() -> None:
    text = CHAPTER + "ｶﾞｲﾄﾞﾗｲﾝ"
    kana = b"\x1b(I" + bytes(byte - 0x80 for byte in "ｶﾞｲﾄﾞﾗｲﾝ".encode("cp932")) + b"\x1b(B"
    for data in (text.encode("cp932"), text.encode("euc_jp"), CHAPTER.encode("iso2022_jp") + kana):
        assert decode(data, "x")[0] == text


def test_the_way_through_the_jis_table_is_that_of_the_standard() -> None:
    """Every character that EUC-JP and CP932 share is read alike by both ways."""
    for row in range(0xA1, 0xF5):
        for cell in range(0xA1, 0xFF):
            data = bytes((row, cell))
            try:
                wanted, found = data.decode("euc_jp"), cp51932(data)
            except UnicodeDecodeError:
                continue
            # Windows has other forms of seven marks: ～ for 〜, and so on.
            assert wanted == found or wanted in "〜‖−¢£¬―＼\\"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("shift_jis", "cp932"),
        ("euc-jp", "euc_jp"),
        ("utf-8", "cp932"),
        ("shift_jis", "utf-8"),
        ("shift_jis", "euc_jp"),
        ("no-such-name", "euc_jp"),
    ],
)
def test_a_declared_encoding_counts_unless_it_is_wrong(declared: str, codec: str) -> None:
    assert decode(CHAPTER.encode(codec), "x", declared) == (CHAPTER, codec)


def test_a_declared_encoding_is_believed_where_nothing_else_tells() -> None:
    assert decode("防衛省".encode("cp932"), "x", "shift_jis") == ("防衛省", "cp932")


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_text_or_one_clear_line(data: bytes) -> None:
    try:
        text, encoding = decode(data, "x")
    except HakushoError:
        complaint(decode, data, "x")
        return
    assert text.strip()
    if encoding not in ("cp51932", "cp50221"):
        cut = encoding.startswith("utf-8") and text.endswith("\ufffd")  # it ends within a letter
        assert data.decode(encoding, "replace" if cut else "strict") == text


def test_a_stray_byte_behind_ascii_is_no_letter_that_was_cut() -> None:
    with pytest.raises(HakushoError):
        decode(b"\t\xde", "x")
    assert decode("防衛省".encode()[:-1], "x") == ("防衛\ufffd", "utf-8")


@pytest.mark.parametrize(
    ("manifest", "what"),
    [
        ("name\na.txt\n", "column 'file'"),
        ("", "column 'file'"),
        ("file\n", "column 'file'"),
        ("file,doc_id\n,x\n", "row 2: the column 'file' is empty"),
        ("file,doc_id\na.txt,..\n", "cannot name a folder"),
        ("file,doc_id\na.txt,../up\n", "cannot name a folder"),
        ("file,doc_id\na.txt,a/b\n", "cannot name a folder"),
        ("file,doc_id\na.txt,a\\b\n", "cannot name a folder"),
        ("file,doc_id\na.txt,.hidden\n", "cannot name a folder"),
        ('file,doc_id\na.txt,"a\nb"\n', "cannot name a folder"),
        (f"file,doc_id\na.txt,{'x' * 200}\n", "cannot name a folder"),
        ("file,doc_id\na.txt,x\nb.txt,x\n", "two documents are called 'x'"),
        ("file\na.txt\na.txt\n", "two documents are called 'a'"),
        ('file,title\na.txt,"港\nb.txt,船\n', "row 2: a quotation mark is not closed"),
        ('file,title\na.txt,港\nb.txt,"船', "row 3: a quotation mark is not closed"),
        (
            'file,title\na.txt,"港\nb.txt,"船"\n',
            "row 2: a cell holds what looks like a row ('b.txt,船",
        ),
        ('title;file\n"港;a.txt\n船";b.txt\n', "row 2: a cell holds what looks like a row"),
    ],
)
def test_faults_of_a_manifest(tmp_path: Path, manifest: str, what: str) -> None:
    for name in ("a.txt", "b.txt"):
        write(tmp_path, name, CHAPTER)
    write(tmp_path, "manifest.csv", manifest)
    message = complaint(discover, [str(tmp_path)])
    assert what in message


@pytest.mark.parametrize(
    ("manifest", "what"),
    [
        (
            "file,reference_date\na.txt,2014-13-01\n",
            "manifest.csv, row 2: reference_date '2014-13-01' is not a date",
        ),
        ("file,reference_date\na.txt,平成26年\n", "is not a date"),
        ("file,sha256\na.txt,0123\n", "SHA-256"),
        ("file\nnone.txt\n", "manifest.csv names it"),
    ],
)
def test_faults_of_one_document_do_not_stop_the_others(tmp_path: Path, manifest: str, what: str) -> None:
    for name in ("a.txt", "b.txt"):
        write(tmp_path, name, CHAPTER)
    write(tmp_path, "manifest.csv", manifest + "b.txt\n")
    bad, good = discover([str(tmp_path)])
    assert what in complaint(load, bad)
    assert load(good).raw == CHAPTER


@pytest.mark.parametrize(
    "manifest",
    [
        "sep=;\r\nfile;title\r\na.txt;港\r\n", "sep=\t\nfile\ttitle\na.txt\t港\n", "\n;;\nfile;title\na.txt;港\n",
        'file,title\na.txt,"港"\n', "file,title\na.txt,港",
    ],
)  # fmt: skip
def test_manifests_as_spreadsheets_save_them(tmp_path: Path, manifest: str) -> None:
    write(tmp_path, "a.txt", CHAPTER)
    write(tmp_path, "manifest.csv", manifest)
    (item,) = discover([str(tmp_path)])
    assert load(item).title == "港"


def test_a_title_of_two_lines(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", CHAPTER)
    write(tmp_path, "manifest.csv", 'file,title\na.txt,"港湾の白書\n平成26年版, 第1部"\n')
    (item,) = discover([str(tmp_path)])
    assert load(item).title == "港湾の白書\n平成26年版, 第1部"


@pytest.mark.parametrize("written", ["が/ば.txt", "が\\ば.txt", ".\\が\\ば.txt", "か\u3099/ば.txt"])
def test_a_manifest_from_another_system(tmp_path: Path, written: str) -> None:
    """Names of macOS have が in two characters, and Windows parts folders otherwise."""
    (tmp_path / "か\u3099").mkdir()
    write(tmp_path / "か\u3099", "は\u3099.txt", CHAPTER)
    write(tmp_path, "manifest.csv", f"file,doc_id\n{written},\n")
    (item,) = discover([str(tmp_path)])
    assert (load(item).raw, item.doc_id) == (CHAPTER, "ば")
    write(
        tmp_path,
        "t.zip",
        zipped({"x/か\u3099/は\u3099.txt": CHAPTER, "x/manifest.csv": f"file\n{written}\n"}),
    )
    (item,) = discover([str(tmp_path / "t.zip")])
    assert (load(item).raw, item.doc_id) == (CHAPTER, "t_x_ば")


def test_a_manifest_that_is_not_utf8(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", CHAPTER)
    for encoding in ("cp932", "euc_jp", "utf-16"):
        write(tmp_path, "manifest.csv", "file,title\na.txt,もののけの白書について\n".encode(encoding))
        assert read(tmp_path / "a.txt").title == "もののけの白書について"
    write(tmp_path, "manifest.csv", b"file,title\na.txt,\xff\xfd\xff\n")
    assert "convert it to UTF-8" in complaint(discover, [str(tmp_path)])


@pytest.mark.parametrize(
    "written",
    [
        "2014/8/5", "2014/08/05", "2014.8.5", "20140805", "2014/8/5 0:00", "2014-08-05T00:00:00",
        "平成26年8月5日", "平成２６年８月５日", "平成二十六年八月五日", "H26.8.5", "2014年8月5日（火）",
        "2014（平成26）年8月5日", "平成26年（2014年）8月5日", "２０１４／８／５", " 2014-08-05 ",
    ],
)  # fmt: skip
def test_days_of_a_manifest(tmp_path: Path, written: str) -> None:
    write(tmp_path, "a.txt", CHAPTER)
    write(tmp_path, "manifest.csv", f'file,reference_date\na.txt,"{written}"\n')
    assert read(tmp_path / "a.txt").reference_date == date(2014, 8, 5)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("Aug-14", "a spreadsheet makes of a date"),
        ("Oct-14", "a spreadsheet makes of a date"),
        ("14-Aug", "a spreadsheet makes of a date"),
        ("5-Aug-14", "a spreadsheet makes of a date"),
        ("41856", "a spreadsheet makes of a date"),
        ("8/5/2014", "put the year first"),
        ("05.08.14", "put the year first"),
        ("2014-08", "is not a date: write the day"),
        ("2014年8月", "is not a date: write the day"),
        ("2014-02-30", "is not a date"),
        ("令和2年13月1日", "is not a date"),
        ("平成40年4月1日", "is not a date"),
        ("令和元年4月30日", "is not a date"),
        ("平成26年（2013年）8月5日", "is not a date"),
        ("summer", "is not a date"),
    ],
)
def test_what_gives_no_day_is_never_guessed(tmp_path: Path, written: str, what: str) -> None:
    path = write(tmp_path, "a.txt", CHAPTER)
    write(tmp_path, "manifest.csv", f"file,reference_date\na.txt,{written}\n")
    assert what in complaint(read, path)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("license", "the nearest known one is 'licence'"),
        ("reference date", "the nearest known one is 'reference_date'"),
        ("Title", "the nearest known one is 'title'"),
        ("date", "the nearest known one is 'reference_date'"),
        ("ｆｉｌｅｓ", "the nearest known one is 'file'"),
        ("著者", "known are file, doc_id"),
    ],
)
def test_an_unknown_column_is_an_error_that_names_the_nearest(tmp_path: Path, name: str, what: str) -> None:
    write(tmp_path, "a.txt", CHAPTER)
    write(tmp_path, "manifest.csv", f"file,{name}\na.txt,x\n")
    message = complaint(discover, [str(tmp_path)])
    assert f"unknown column {name!r}" in message

    assert what in message
    write(tmp_path, "manifest.csv", f" file ,_{name},\na.txt,x,\n")
    assert load(discover([str(tmp_path)])[0]).raw == CHAPTER


def test_a_row_with_too_many_or_too_few_cells(tmp_path: Path) -> None:
    """A comma in a title moves all cells behind it; empty ones are what a spreadsheet leaves."""
    write(tmp_path, "manifest.csv", "file,doc_id\na.txt\nb.txt,b,,\n")
    assert [item.doc_id for item in discover([str(tmp_path)])] == ["a", "b"]
    write(tmp_path, "manifest.csv", "file,title,reference_date\na.txt,港,湾の白書,2024-07-01\n")
    message = complaint(discover, [str(tmp_path)])
    assert "row 2: has 4 cells below 3 column names ('2024-07-01')" in message
    write(tmp_path, "manifest.csv", 'file,title,reference_date\na.txt,"港,湾の白書",2024-07-01\n')
    assert [item.facts["title"] for item in discover([str(tmp_path)])] == ["港,湾の白書"]


def test_the_same_name_in_two_folders(tmp_path: Path) -> None:
    paths = []
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        paths.append(str(write(tmp_path / folder, "a.txt", CHAPTER)))
    assert "give them different doc_id values" in complaint(discover, paths)


def test_the_right_hash_is_taken_in_either_case(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", CHAPTER)
    digest = hashlib.sha256(CHAPTER.encode()).hexdigest().upper()
    write(tmp_path, "manifest.csv", f"file,sha256\na.txt,{digest}\n")
    assert read(tmp_path / "a.txt").raw == CHAPTER
