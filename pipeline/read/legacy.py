"""The encodings that ministries used before UTF-8: EUC-JP, Shift_JIS and ISO-2022-JP, as Windows reads them.

Part of stage 1. Python has no codec for Windows' EUC-JP and ISO-2022-JP, which have ① and ㈱ too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The sequence that switches ISO-2022-JP to kanji and back; a file without it is ASCII.
TO_KANJI, TO_KANA, TO_ASCII = (b"\x1b$B", b"\x1b$@"), (b"\x1b(I",), (b"\x1b(B", b"\x1b(J")
ESCAPES = (*TO_KANJI, *TO_KANA, b"\x1b(J", b"\x1b$(")


def readings(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Yield text and codec for each way to read an encoding that fits ``data``, the best first."""
    for codec, decoder in decoders(data, name):
        try:
            yield decoder(data), codec
        except UnicodeDecodeError:
            continue


def decoders(data: bytes, name: str) -> list[tuple[str, Callable[[bytes], str]]]:
    """Return how to read an encoding: the standard's way, then that of Windows, then those of JIS X 0213."""
    if name == "euc_jp":
        return [_python(name), ("cp51932", cp51932), _python("euc_jis_2004")]
    if name == "cp932":
        return [_python(name), _python("shift_jis_2004")]
    if name == "utf-7":
        return [(name, utf7)]
    if name.startswith("iso2022_jp") and data.isascii():
        return [_python(name), ("cp50221", cp50221), _python("iso2022_jp_2004"), _python("iso2022_jp_2")]
    return [_python(name)]


def _python(name: str) -> tuple[str, Callable[[bytes], str]]:
    return name, lambda data: data.decode(name)


def utf7(data: bytes) -> str:
    """Read UTF-7, but no half of a surrogate pair, to which Python's codec does not object."""
    text = data.decode("utf-7")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnicodeDecodeError("utf-7", data, 0, len(data), error.reason) from None
    return text


def cp51932(data: bytes) -> str:
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


def cp50221(data: bytes) -> str:
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
