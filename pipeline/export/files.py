"""Files, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.export.held import held
from pipeline.model.errors import HakushoError

Content = str | bytes | Path
"""A text, bytes, or a file that holds them, which is copied: what is larger than memory is made in one."""

if TYPE_CHECKING:
    from collections.abc import Iterable

    Files = Mapping[str, Content] | Iterable[tuple[str, Content]]

TEMPORARY = ".writing-"


def encoded(content: Content) -> bytes:
    """Return the bytes of a file.

    A lone surrogate of a broken text is written as it is, so that nothing is lost.
    """
    if isinstance(content, Path):
        return content.read_bytes()
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


def digest_of(content: Content) -> str:
    """Return the SHA-256 of the bytes of a file."""
    if isinstance(content, Path):
        with content.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    return hashlib.sha256(encoded(content)).hexdigest()


def joined(pieces: Iterable[str]) -> bytes:
    """Return the bytes of a file that is made in pieces.

    This takes a third of the memory that the whole text would take.
    """
    stream = io.BytesIO()
    for piece in pieces:
        stream.write(encoded(piece))
    return stream.getvalue()


def try_folder(folder: Path) -> None:
    """Make sure that ``folder`` exists and can be written to; raises HakushoError if not."""
    write_files(folder, {".probe": ""})
    with suppress(OSError):
        (folder / ".probe").unlink()


def write_files(folder: Path, files: Files, within: Path | None = None) -> dict[str, str]:
    """Write all of ``files`` into ``folder``: each is whole or absent, and none is written if one cannot be.

    Args:
        folder: Made if there is none.
        files: Name → content, or pairs of them, which are taken one after the other.
        within: A folder above it, that a user named: below it no link is followed (see ``held.py``).

    Returns:
        The SHA-256 of each file.

    Raises:
        HakushoError: The folder cannot be made or written to, or is a link that could lead elsewhere.
    """
    waiting: list[tuple[str, str]] = []
    hashes: dict[str, str] = {}
    ours = f"{TEMPORARY}{secrets.token_hex(4)}-"
    try:
        with held(folder, within, make=True) as place:
            try:
                for name, content in files.items() if isinstance(files, Mapping) else files:
                    data = content if isinstance(content, Path) else encoded(content)
                    hashes[name] = digest_of(data)
                    waiting.append((place.write(ours, data), name))
                for temporary, final in waiting:
                    place.move(temporary, final)
            except BaseException:
                # By their names: a signal may come between a file and the note of it.
                with suppress(OSError):
                    for temporary in place.names():
                        if temporary.startswith(ours):
                            place.remove(temporary)
                raise
    except OSError as error:
        raise HakushoError(
            f"{folder}: cannot be written ({error.strerror}): choose another folder with -o"
        ) from None
    return hashes


def write_kept(path: Path, content: str, within: Path | None = None) -> None:
    """Write one file, whole or not at all; the old file is kept with the ending ``.bak``.

    Args:
        path: The file.
        content: The whole of it.
        within: As in :func:`write_files`; an old file that is a link is refused then.

    Raises:
        HakushoError: The file cannot be written.
    """
    files: dict[str, Content] = {path.name: content}
    if path.is_file() or (within and path.is_symlink()):
        files = {f"{path.name}.bak": read_within(path, within) if within else path.read_bytes(), **files}
    write_files(path.parent, files, within)


def read_within(path: Path, within: Path) -> bytes:
    """Return the content of a file, without following any link below ``within``.

    Raises:
        HakushoError: A link is in the way, or the file is none.
        OSError: The system refuses.
    """
    with held(path.parent, within) as place:
        return place.read(path.name)


def tidy(folder: Path, within: Path | None = None) -> None:
    """Remove files that a killed run left half-written in ``folder``.

    Only the run that holds the folder's lock may do so. ``within`` is as in :func:`write_files`.
    """
    with suppress(OSError, HakushoError), held(folder, within) as place:
        for name in place.names():
            if name.startswith(TEMPORARY):
                place.remove(name)
