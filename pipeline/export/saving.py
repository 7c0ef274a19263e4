"""Single files that a user named: written whole or not at all, and never in place of a device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.export import write_files, write_kept
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from pathlib import Path


def save(path: Path, content: str, *, keep: bool = False, within: Path | None = None) -> None:
    """Write ``content`` to ``path``, whole or not at all; a pipe or ``/dev/stdout`` is written to as it is.

    Args:
        path: Where to; its folder is made.
        content: The whole file.
        keep: Keep what stood there before, with the ending ``.bak``.
        within: The folder that must hold it, whoever filled that: below it no link is followed, and nothing
            but a plain file is replaced.

    Raises:
        HakushoError: The file cannot be written, or is a folder.
    """
    try:
        if path.is_dir():
            raise HakushoError(f"{path}: is a folder: name a file in it")
        if within:
            write_kept(path, content, within) if keep else write_files(
                path.parent, {path.name: content}, within
            )
            return
        if path.exists() and not path.is_file():
            path.write_bytes(content.encode("utf-8", "surrogatepass"))
            return
        # What a link leads to is replaced, not the link.
        target = path.resolve() if path.is_symlink() else path
        (write_kept(target, content) if keep else write_files(target.parent, {target.name: content}))
    except OSError as error:
        raise HakushoError(
            f"{path}: cannot be written ({error.strerror}): free some space, or choose another place"
        ) from None
