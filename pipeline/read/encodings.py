"""Bytes → characters: which encoding a text is in, and what is no text at all.

Part of stage 1. A byte-order mark decides, then what the file says of itself, then its content.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Callable

BYTE_ORDER_MARKS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb\xbf": "utf-8-sig",
}
# The first bytes of files that people take for text, and what they are.
SIGNATURES = {
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "an RTF document",
}
# What switches ISO-2022-JP to kanji and back; without it, such a file is ASCII.
TO_KANJI, TO_KANA, TO_ASCII = (b"\x1b$B", b"\x1b$@"), (b"\x1b(I",), (b"\x1b(B", b"\x1b(J")
ESCAPES = (*TO_KANJI, *TO_KANA, b"\x1b(J")
# Running Japanese has at least a tenth of hiragana; a wrong decoding has next to none (決め打ち).
LEAST_HIRAGANA = 0.02


def decode(data: bytes, where: str, declared: str = "") -> tuple[str, str]:
    """Return the text of ``data`` and the name of its encoding; line ends stay as they are.

    Args:
        data: The whole file.
        where: What an error calls it.
        declared: The encoding that the file names; it is tried first, and given up if it does not fit.

    Raises:
        HakushoError: Nothing but white space, not text, or bytes that no known encoding explains.
    """
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            raise HakushoError(f"{where}: is {what}, not a text file: save its text as a .txt file")
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), "")
    encoding = encoding or _wide(data)
    if not encoding and b"\0" in data:
        raise HakushoError(
            f"{where}: is not a text file (byte 0 at offset {data.index(0)}): give plain text in UTF-8"
        )
    text, encoding = _declared(data, declared) if declared and not encoding else ("", encoding)
    if not text:
        text, encoding = _guessed(data, where, encoding)
    if not text.strip("\ufeff \t\n\v\f\r\u3000\x85\xa0"):
        raise HakushoError(f"{where}: holds no text: give a file with the text of a chapter")
    controls = sum(text.count(chr(c)) for c in range(32) if chr(c) not in "\t\n\v\f\r\x1b")
    if controls * 100 > len(text):
        raise HakushoError(
            f"{where}: is not a text file ({controls} control characters): give a plain text file"
        )
    return text, encoding


def _wide(data: bytes) -> str:
    """Return ``utf-16-le`` or ``utf-16-be`` for Japanese in UTF-16 without a byte-order mark, else nothing.

    A line end of one byte order is a rare letter (U+0A00) in the other; the right one has line ends and hiragana.
    """
    if len(data) % 2 or b"\0" not in data:
        return ""
    for name, line_end in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if line_end in data and "\0" not in text and _hiragana(text) >= LEAST_HIRAGANA:
            return name
    return ""


def _declared(data: bytes, declared: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return "", ""
    # What is called Shift_JIS is nearly always Windows' superset of it.
    name = "cp932" if name in ("shift_jis", "shift_jisx0213", "shift_jis_2004") else name
    for codec, decoder in _decoders(data, name):
        try:
            text = decoder(data)
        except (UnicodeDecodeError, LookupError):
            continue
        if name == "utf-8" or not _misnamed(data, text):
            return text, codec
    return "", ""


def _misnamed(data: bytes, text: str) -> bool:
    """Whether a file that names its encoding, and is ``text`` then, is rather in another one."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return max((share for share, _, _ in _legacy(data)), default=0.0) > _hiragana(text)
    return True


def _guessed(data: bytes, where: str, encoding: str) -> tuple[str, str]:
    if not encoding:
        escaped = data.isascii() and any(escape in data for escape in ESCAPES)
        encoding = "iso2022_jp" if escaped else "utf-8"
    failure: UnicodeDecodeError | None = None
    for codec, decoder in _decoders(data, encoding):
        try:
            return decoder(data), codec
        except UnicodeDecodeError as error:
            failure = failure or error
    found = [] if encoding != "utf-8" else _legacy(data)
    share, text, encoding = max(found, default=(0.0, "", ""))
    if share < LEAST_HIRAGANA and failure:
        raise HakushoError(
            f"{where}: byte {data[failure.start]:#04x} at offset {failure.start} is not {failure.encoding}, "
            "nor is the file Shift_JIS, EUC-JP or ISO-2022-JP: convert it to UTF-8"
        )
    return text, encoding


def _legacy(data: bytes) -> list[tuple[float, str, str]]:
    """Read ``data`` as what ministries published before UTF-8: how Japanese it is then, the text, the encoding."""
    found = []
    for name in ("cp932", "euc_jp"):
        for codec, decoder in _decoders(data, name):
            try:
                text = decoder(data)
            except UnicodeDecodeError:
                continue
            found.append((_hiragana(text), text, codec))
            break
    return found


def _decoders(data: bytes, name: str) -> list[tuple[str, Callable[[bytes], str]]]:
    """Return how to read an encoding: the standard's way, then that of Windows, which has ① and ㈱ too."""
    standard = [(name, lambda data: data.decode(name))]
    if name == "euc_jp":
        return [*standard, ("cp51932", _cp51932)]
    if name.startswith("iso2022_jp") and data.isascii():
        return [*standard, ("cp50221", _cp50221)]
    return standard


def _cp51932(data: bytes) -> str:
    """Read Windows' EUC-JP: the characters of CP932 in the places of EUC."""
    out, i = bytearray(), 0
    while i < len(data):
        byte = data[i]
        if byte == 0x8E and i + 1 < len(data):
            out.append(data[i + 1])
            i += 2
        elif 0xA1 <= byte <= 0xFE and i + 1 < len(data) and 0xA1 <= data[i + 1] <= 0xFE:
            out += _shifted(byte - 0x80, data[i + 1] - 0x80)
            i += 2
        elif byte < 0x80:
            out.append(byte)
            i += 1
        else:
            raise UnicodeDecodeError("cp51932", data, i, i + 1, "no such character")
    return out.decode("cp932")


def _cp50221(data: bytes) -> str:
    """Read Windows' ISO-2022-JP: the characters of CP932, and half-width kana."""
    out, i = bytearray(), 0
    mode: tuple[bytes, ...] = TO_ASCII
    while i < len(data):
        if data[i] == 0x1B:
            mode = next((m for m in (TO_KANJI, TO_KANA, TO_ASCII) if data[i : i + 3] in m), ())
            if not mode:
                raise UnicodeDecodeError("cp50221", data, i, i + 1, "unknown escape sequence")
            i += 3
        elif mode is TO_ASCII or data[i] <= 0x20:
            out.append(data[i])
            i += 1
        elif mode is TO_KANA:
            out.append(data[i] + 0x80)
            i += 1
        elif i + 1 < len(data) and data[i + 1] > 0x20:
            out += _shifted(data[i], data[i + 1])
            i += 2
        else:
            raise UnicodeDecodeError("cp50221", data, i, i + 1, "half a character")
    return out.decode("cp932")


def _shifted(row: int, cell: int) -> bytes:
    """Return the two bytes in Shift_JIS of a place in the JIS table (both 0x21 to 0x7e)."""
    lead = (row - 0x21) // 2 + 0x81
    lead += 0x40 if lead > 0x9F else 0
    trail = cell + (0x7E if row % 2 == 0 else 0x20 if cell > 0x5F else 0x1F)
    return bytes((lead, trail))


def _hiragana(text: str) -> float:
    """Return the share of hiragana among the characters that are not ASCII."""
    wide = sum(char > "\x7f" for char in text)
    return sum("ぁ" <= char <= "ん" for char in text) / wide if wide else 0.0
