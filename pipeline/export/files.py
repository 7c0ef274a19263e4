"""Files, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError

Content = str | bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    Files = Mapping[str, Content] | Iterable[tuple[str, Content]]

TEMPORARY = ".writing-"


def encoded(content: Content) -> bytes:
    """Return the bytes of a file.

    A lone surrogate of a broken text is written as it is, so that nothing is lost.
    """
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


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


def write_files(folder: Path, files: Files) -> dict[str, str]:
    """Write all of ``files`` into ``folder``: each is whole or absent, and none is written if one cannot be.

    Args:
        folder: Made if there is none.
        files: Name → content, or pairs of them, which are taken one after the other.

    Returns:
        The SHA-256 of each file.

    Raises:
        HakushoError: The folder cannot be made or written to.
    """
    waiting: list[tuple[Path, Path]] = []
    hashes: dict[str, str] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items() if isinstance(files, Mapping) else files:
            data = encoded(content)
            hashes[name] = hashlib.sha256(data).hexdigest()
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=TEMPORARY)
            waiting.append((Path(temporary), folder / name))
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
        for path, _ in waiting:
            path.chmod(0o644)
        for path, final in waiting:
            path.replace(final)
    except OSError as error:
        raise HakushoError(
            f"{folder}: cannot be written ({error.strerror}): choose another folder with -o"
        ) from None
    finally:
        for path, _ in waiting:
            with suppress(OSError):
                path.unlink(missing_ok=True)
    return hashes


def write_kept(path: Path, content: str) -> None:
    """Write one file, whole or not at all; the old file is kept with the ending ``.bak``.

    Raises:
        HakushoError: The file cannot be written.
    """
    files: dict[str, Content] = {path.name: content}
    if path.is_file():
        files = {f"{path.name}.bak": path.read_bytes(), **files}
    write_files(path.parent, files)


def tidy(folder: Path) -> None:
    """Remove files that a killed run left half-written in ``folder``.

    Only the run that holds the folder's lock may do so.
    """
    for path in folder.glob(f"{TEMPORARY}*"):
        with suppress(OSError):
            path.unlink()
