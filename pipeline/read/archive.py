"""ZIP archives, also those that Office documents and EPUB books are: opened and unpacked within bounds.

Nothing of an archive is ever written to disk, so that no name in it can lead anywhere.
"""

from __future__ import annotations

import io
import zlib
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from pipeline.model.errors import HakushoError
from pipeline.read.intake import MOST_BYTES, bounded

try:
    from lzma import LZMAError
except ImportError:  # a Python that was built without it reads no such members
    LZMAError = zlib.error  # type: ignore[misc,assignment]

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO
    from zipfile import ZipInfo

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
# The longest list of members that an Office document may have, in bytes; each member takes at least 46
# (決め打ち).
MOST_LISTED = 4 * 2**20
# A member that unpacks to more than SMALL may be at most MOST_RATIO times as large as before (決め打ち; a
# white paper's XML packs to a tenth, a table of zeros to a hundredth, empty rows of a sheet to a thousandth).
SMALL, MOST_RATIO = 64 * 2**20, 200
END, END_LENGTH, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_BROKEN = (
    BadZipFile, zlib.error, LZMAError,
    EOFError, OSError, ValueError, OverflowError, LookupError, RuntimeError,
)  # fmt: skip


class Archive:
    """A ZIP archive whose members can be read by their names."""

    def __init__(self, content: bytes | BinaryIO, where: str, most: int = MOST_BYTES) -> None:
        """Open it.

        Args:
            content: Its bytes, or a file that can be sought in.
            where: What an error calls it.
            most: How many bytes its members may have, all that are read together.

        Raises:
            HakushoError: It is damaged, or holds too many members.
        """
        self._where, self._left, self._most = where, most, most
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        try:
            if _listed(stream) > MOST_LISTED:
                raise HakushoError(f"{where}: holds too many files: unpack it, and give the folder")
            self._zip = ZipFile(stream)
        except _BROKEN:
            raise HakushoError(
                f"{where}: is a damaged ZIP archive or Office document, or one that is cut off: get it again"
            ) from None
        self.members: dict[str, ZipInfo] = {}
        self.twice: list[str] = []
        for info in self._zip.infolist():
            if not info.filename:  # zipfile cuts a name at its first NUL
                continue
            if not info.is_dir() and self.members.setdefault(_name(info), info) is not info:
                self.twice.append(_name(info))

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def locked(self, names: Iterable[str]) -> bool:
        """Whether a member of these needs a password."""
        return any(self.members[name].flag_bits & 1 for name in names)

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            HakushoError: It is missing or damaged, needs a password, or unpacks to too much.
        """
        info = self.members.get(name)
        if info is None:
            raise HakushoError(f"{self._where}: holds no {name!r}: get it again")
        if info.flag_bits & 1:
            raise HakushoError(f"{self._where}: needs a password: save a copy without one")
        bound = min(self._left, max(SMALL, info.compress_size * MOST_RATIO))
        if info.file_size > bound:
            raise self._bomb(name)
        try:
            with self._zip.open(info) as stream:
                data = bounded(stream, self._where, bound)  # type: ignore[arg-type]
        except HakushoError:
            raise self._bomb(name) from None
        except NotImplementedError:
            raise HakushoError(
                f"{self._where}: {name!r} in it is packed in a way that is not read: "
                "unpack it, and pack it anew"
            ) from None
        except _BROKEN:
            raise HakushoError(f"{self._where}: {name!r} in it is damaged: get it again") from None
        self._left -= len(data)
        return data

    def _bomb(self, name: str) -> HakushoError:
        return HakushoError(
            f"{self._where}: {name!r} in it unpacks to too much (more than {MOST_RATIO} times its size, or "
            f"{self._most / 2**20:,.0f} MiB with the others): unpack it yourself if you trust it"
        )


def _listed(stream: BinaryIO) -> int:
    """Return how many bytes the list of members takes, from the record at the archive's end."""
    stream.seek(0, io.SEEK_END)
    stream.seek(max(0, stream.tell() - END_LENGTH - LONGEST_COMMENT))
    tail = stream.read()
    at = tail.rfind(END)
    stream.seek(0)
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def _name(info: ZipInfo) -> str:
    """Return the name of a member as its maker wrote it.

    Windows in Japan writes CP932 and does not say so.
    """
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        for codec in ("utf-8", "cp932"):
            with suppress(UnicodeError):
                name = name.encode("cp437").decode(codec)
                break
    return str(PurePosixPath(name if "/" in name else name.replace("\\", "/")))
