"""Bytes → characters: the encoding of a text, and files that are no text at all.

Part of stage 1. A byte-order mark decides, then what the file says of itself, then its content.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NamedTuple

from pipeline.facts import rows
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.model.rule import Pattern
from pipeline.read.legacy import ESCAPES, decoders, readings
from pipeline.read.likely import likely

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8-sig",
}
# A reading that only the content supports must look like Japanese by LEAST. UTF-16 makes kanji of
# anything, so it needs LEAST_WIDE and at least SHORTEST_WIDE bytes. A reading other than the encoding
# that the file names needs SURE (決め打ち).
LEAST, LEAST_WIDE, SHORTEST_WIDE, SURE = 0.7, 0.8, 16, 0.9
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# A binary file has more controls among its characters, and more than two for a Japanese letter (決め打ち).
MOST_CONTROLS = 0.1
CONTROL, JAPANESE = re.compile("[\0-\x08\x0e-\x1f]"), Pattern("[ぁ-ヺー一-龥々ｦ-ﾝ]")
# A file is damaged UTF-8 if at least this part of its bytes beyond ASCII is UTF-8 (決め打ち).
MOSTLY = 0.8
WHITE_SPACE = "\ufeff \t\n\v\f\r\u3000\x85\xa0"


class Reading(NamedTuple):
    """A text that bytes may stand for, and the codec that reads them so."""

    text: str
    codec: str


def decode(data: bytes, where: str, declared: str = "") -> tuple[str, str]:
    """Return the text of ``data`` and the name of its encoding; line ends stay as they are.

    Args:
        data: The whole file.
        where: What an error calls it.
        declared: The encoding that the file names. It is tried first if it is one of ``data/encodings.csv``,
            and given up if it does not fit.

    Raises:
        HakushoError: Nothing but white space, not text, or bytes that no known encoding explains.
    """
    if what := signature(data):
        raise HakushoError(f"{where}: is {what}, not a text file: save its text as a .txt file")
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), "")
    found = None if marked else _declared(data, known(declared))
    text, encoding = found or _read(data, where, marked)
    if not text.strip(WHITE_SPACE + "\0"):
        raise HakushoError(f"{where}: holds no text: give a file with the text of a chapter")
    controls = len(CONTROL.findall(text))
    if controls > MOST_CONTROLS * len(text) and controls > 2 * len(JAPANESE.findall(text)):
        raise _no_text(data, where, controls)
    return text, encoding


def _no_text(data: bytes, where: str, controls: int) -> HakushoError:
    if (at := data.find(0)) >= 0:
        return HakushoError(f"{where}: is not a text file (byte 0 at offset {at}): give plain text in UTF-8")
    return HakushoError(
        f"{where}: is not a text file ({plural(controls, 'control character')}): give a plain text file"
    )


def signature(data: bytes) -> str:
    """Return the kind of a file that is no text by its first bytes, or nothing (``data/signatures.csv``)."""
    return next((what for offset, mark, what in _signatures() if data.startswith(mark, offset)), "")


@cache
def _signatures() -> tuple[tuple[int, bytes, str], ...]:
    return tuple(
        (int(row["offset"]), bytes.fromhex(row["bytes"]), row["what"]) for row in rows("signatures.csv")
    )


@cache
def known(label: str) -> str:
    """Return the codec of an encoding that a page names, or nothing: only what is listed is believed.

    >>> known("x-sjis"), known("undefined"), known("rot13")
    ('cp932', '', '')
    """
    label = label.strip().lower()
    return next((row["codec"] for row in rows("encodings.csv") if row["label"] == label), "")


def _declared(data: bytes, name: str) -> Reading | None:
    """Return the reading in the encoding that the file names, unless it fits worse than another."""
    escaped = data.isascii() and any(escape in data for escape in ESCAPES)
    # A page whose name of UTF-16 could be read is in another encoding.
    narrow = name.startswith(("utf-16", "utf-32")) and b"\0" not in data
    if not name or narrow or (escaped and not name.startswith("iso2022")):
        return None
    for text, codec in readings(data, name):
        if name.startswith("utf-8") or not _misnamed(data, text):
            return Reading(text, codec)
    return None


def _misnamed(data: bytes, text: str) -> bool:
    """Whether a file that names its encoding, and is ``text`` then, is rather in another one."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        other = max((likely(other) for other, _ in _legacy(data)), default=0.0)
        return other >= SURE and other > likely(text)
    return True


def _read(data: bytes, where: str, encoding: str) -> Reading:
    """Return the reading in the encoding that a mark names, or in the one that the content speaks for."""
    if not encoding and data.isascii() and any(escape in data for escape in ESCAPES):
        encoding = "iso2022_jp"
    plain = _plain(data, encoding or "utf-8")
    zero = b"\0" in data and not encoding
    if isinstance(plain, Reading) and not zero:
        return plain
    guess = None if encoding else _guessed(data)
    if guess:
        return guess
    if isinstance(plain, Reading):
        return plain
    if cut := _cut_off(data, encoding or "utf-8", plain):
        return cut
    if zero:
        raise _no_text(data, where, 0)
    raise HakushoError(
        f"{where}: byte {data[plain.start]:#04x} at offset {plain.start} is not {plain.encoding}, "
        "nor is the file Shift_JIS, EUC-JP or ISO-2022-JP: convert it to UTF-8"
    )


def _plain(data: bytes, encoding: str) -> Reading | UnicodeDecodeError:
    """Return the first reading in one encoding, or where the first way to read it failed."""
    failures = []
    for codec, decoder in decoders(data, encoding):
        try:
            return Reading(decoder(data), codec)
        except UnicodeDecodeError as error:
            failures.append(error)
    return failures[0]


def _cut_off(data: bytes, encoding: str, error: UnicodeDecodeError) -> Reading | None:
    """Return the text of a file that ends within a letter, with a sign for that letter."""
    if not encoding.startswith("utf-8") or error.reason != "unexpected end of data" or not error.start:
        return None
    text = codecs.getincrementaldecoder(encoding)().decode(data)
    # A stray byte behind ASCII is no sign of UTF-8.
    return None if text.isascii() else Reading(text + "\ufffd", encoding)


def _guessed(data: bytes) -> Reading | None:
    """Return the reading that looks most like Japanese, if any looks enough like it."""
    found = [(likely(text), Reading(text, codec)) for text, codec in _wide(data)]
    found = [(share, reading) for share, reading in found if share >= LEAST_WIDE]
    if not _damaged(data):
        found += [(likely(text), Reading(text, codec)) for text, codec in _legacy(data)]
    share, reading = max(found, default=(0.0, None), key=lambda pair: pair[0])
    return reading if share >= LEAST else None


def _legacy(data: bytes) -> list[tuple[str, str]]:
    """Read ``data`` in each encoding that ministries used before UTF-8: the texts, with their codecs."""
    found = (next(readings(data, name), None) for name in ("cp932", "euc_jp"))
    return [reading for reading in found if reading]


def _wide(data: bytes) -> list[tuple[str, str]]:
    """Read ``data`` as UTF-16 or UTF-32 without a byte-order mark: each text, with its codec."""
    if len(data) < SHORTEST_WIDE or len(data) % 2:
        return []
    found = (next(readings(data, name), None) for name in WIDE)
    return [reading for reading in found if reading and "\0" not in reading[0]]


def _damaged(data: bytes) -> bool:
    """Whether ``data`` is UTF-8 but for a few bytes."""
    beyond = len(data.translate(None, bytes(range(128))))
    right = re.sub("[\0-\x7f\ufffd]+", "", data.decode("utf-8", "replace"))
    return len(right.encode()) > MOSTLY * beyond
