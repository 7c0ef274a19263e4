"""Encodings of texts that have no hiragana to prove them, declared encodings, and what is a binary file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model.errors import HakushoError
from pipeline.read import read
from pipeline.read.encodings import decode, known
from pipeline.read.likely import likely

if TYPE_CHECKING:
    from pathlib import Path

# Tables and lists as ministries have them: not one hiragana.
BODIES = "機関名,設置\r\n防衛省,平成26年10月3日\r\n外務省北米局,昭和60年\r\n資源エネルギー庁,昭和48年\r\n"
WORKS = "㈱山田製作所\n東京都千代田区\n"
HALF = "ﾎｳｼﾞﾝﾒｲ,ｾﾂﾘﾂ\r\nﾄﾖﾀ自動車,昭和12年\r\nﾊﾟﾅｿﾆｯｸ,大正7年\r\n"
CODECS = [
    "cp932",
    "euc_jp",
    "iso2022_jp",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
    "utf-16",
    "utf-8-sig",
]


@pytest.mark.parametrize("codec", CODECS)
def test_a_text_without_hiragana_is_read(codec: str) -> None:
    assert decode(BODIES.encode(codec), "x") == (BODIES, codec)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_a_file_that_ends_within_a_letter_is_read_and_says_so(codec: str, tmp_path: Path) -> None:
    data = BODIES.strip().encode(codec)[:-1]
    assert decode(data, "x") == (BODIES.strip()[:-1] + "\ufffd", codec)
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert any("U+FFFD" in warning for warning in read(path).warnings)
    with pytest.raises(HakushoError, match="is not utf-8"):
        decode(data + b"\xff." + data, "x")


@pytest.mark.parametrize("codec", ["cp932", "euc_jp", "utf-16-le", "utf-16-be"])
def test_half_width_kana_without_hiragana_are_read(codec: str) -> None:
    assert decode(HALF.encode(codec), "x") == (HALF, codec)


def test_the_characters_of_windows_and_of_jis_x_0213_are_read_without_hiragana() -> None:
    assert decode((WORKS + BODIES).encode("cp932"), "x")[0] == WORKS + BODIES
    later = "俱楽部と鷗外、噓\n" + BODIES
    for codec in ("shift_jis_2004", "euc_jis_2004"):
        assert decode(later.encode(codec), "x") == (later, codec)


def test_japanese_is_likelier_than_its_misreadings() -> None:
    for text in (BODIES, HALF, "防衛"):
        for written, read_as in (
            ("utf-8", "cp932"),
            ("euc_jp", "cp932"),
            ("cp932", "euc_jp"),
            ("utf-16-le", "utf-16-be"),
        ):
            assert likely(text.encode(written).decode(read_as, "replace")) < likely(text)


@pytest.mark.parametrize(
    "data",
    [
        "北京市人民政府关于进一步加强基础设施建设的意见".encode("gbk"),
        "대한민국 정부는 오늘 새로운 경제 정책을 발표하였다".encode("euc_kr"),
        "Правительство России".encode("cp1251"),
        "stratégie énergétique à présenté".encode("latin-1"),
        BODIES.encode() + b"\xff",
        bytes(range(128, 256)) * 3,
    ],
)
def test_what_is_no_japanese_is_refused_and_never_read_as_if_it_were(data: bytes) -> None:
    with pytest.raises(HakushoError, match="convert it to UTF-8"):
        decode(data, "x")


@pytest.mark.parametrize(
    ("declared", "data", "wanted"),
    [
        *(("x-sjis", BODIES.encode("cp932"), "cp932"), ("x-euc-jp", BODIES.encode("euc_jp"), "euc_jp")),
        ("gb2312", "政府关于进一步加强建设的意见".encode("gbk"), "gb18030"),
        ("iso-8859-1", "stratégie énergétique".encode("latin-1"), "cp1252"),
        # What is declared and does not fit is given up.
        *((name, BODIES.encode("cp932"), "cp932") for name in ("iso-8859-1", "utf-8", "euc-jp", "utf-16")),
        ("iso-8859-1", BODIES.encode("iso2022_jp"), "iso2022_jp"),
        # Previously the letters of UTF-7 were taken for the text.
        *((name, BODIES.encode("utf-7"), "utf-7") for name in ("utf-7", "UTF-7", "unicode-1-1-utf-7")),
        *(("utf-7", BODIES.encode(codec), codec) for codec in ("utf-8", "cp932", "iso2022_jp")),
        ("utf-7", b"a +2AA- b", "utf-8"),
        # What is no encoding of texts is not looked up.
        *((name, BODIES.encode(), "utf-8") for name in ("undefined", "idna", "rot13", "unicode_escape", "hex", "mbcs", "")),
    ],
)  # fmt: skip
def test_only_known_encodings_are_believed(declared: str, data: bytes, wanted: str) -> None:
    assert decode(data, "x", declared)[1] == wanted


def test_a_page_that_declares_no_encoding_of_this_world_is_read(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(
        "<html><head><meta charset=undefined></head><body><p>防衛省は、</p></body></html>".encode()
    )
    assert read(page).raw == "防衛省は、\n"
    assert known("undefined") == ""


@pytest.mark.parametrize(
    "data",
    [
        "第１節\x07米国\x07第２節\x01欧州\x02\x03\x04\x05\x06\x08".encode(),
        "防衛省\0は、外務省と\0\0協議した。".encode(),
        "防衛省\0は、外務省と\0協議した。".encode("cp932"),
        b"\x1b[1mNATO\x1b[0m and the Ministry of Defense\n",
    ],
)
def test_controls_do_not_make_a_text_a_binary_file(data: bytes) -> None:
    text, _ = decode(data, "x")
    assert len(text) > 10


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x7fELF\x02\x01\x01\0", "a program"),
        (b"a.txt" + bytes(252) + b"ustar\0", "a tar archive"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"II*\0\x08\0\0\0", "a TIFF picture"),
        (b"Rar!\x1a\x07\0", "a RAR archive"),
        (bytes([*b"abcdefgh", 0, 0, 1, 2]) * 9, "is not a text file"),
        (b"\0\x01\x02\x03" * 9, "is not a text file"),
    ],
)
def test_binary_files_are_refused(data: bytes, what: str) -> None:
    with pytest.raises(HakushoError, match=what):
        decode(data, "x")
