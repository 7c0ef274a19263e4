"""Where inputs lie: paths of this machine, and addresses that fsspec knows (``s3://…``)."""

from __future__ import annotations

import glob
import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pipeline.model.errors import HakushoError
from pipeline.model.extras import require

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_PATTERN = re.compile(r"[*?\[]")
_FILES = ("file", "local")
# What stands there is made anew for each reader: what was saved stays what was read.
_WEB = ("http", "https", "ftp", "ftps")


def is_address(name: str) -> bool:
    """Whether a name is that of a place that only fsspec reaches.

    >>> is_address("s3://bucket/a.txt"), is_address("a.txt"), is_address("file:///a.txt")
    (True, False, False)
    """
    found = _ADDRESS.match(name)
    return found is not None and found[1].lower() not in _FILES


def place(name: str) -> Path:
    """Return the path that a name stands for; that of an address reads through fsspec.

    Raises:
        HakushoError: It is an address of the web or of a kind that nobody knows, or what reads it is not
            installed.
    """
    found = _ADDRESS.match(name)
    if not found:
        return Path(name)
    if found[1].lower() in _FILES:
        return Path(name[found.end() :])
    if found[1].lower() in _WEB:
        raise HakushoError(f"{name}: is an address: save the page or the file first, and give what you saved")
    require(name, ("fsspec", "upath"), "remote")
    from upath import UPath

    with reached(name):
        try:
            path = UPath(name.rstrip("/"))
            _ = path.fs  # loads what the kind needs
        except (ImportError, ValueError) as error:
            raise HakushoError(
                f"{name}: no such kind of place ({error}): install what it needs, or give a file or a folder"
            ) from None
    return cast("Path", path)  # it has what a path has


def is_far(path: Path) -> bool:
    """Whether a path is that of an address (:func:`place`)."""
    return not isinstance(path, Path)


@contextmanager
def reached(name: str) -> Iterator[None]:
    """Say in one line what a file system behind an address says in a way of its own.

    Raises:
        HakushoError: It cannot be reached or read.
        FileNotFoundError: Nothing is there.
    """
    try:
        yield
    except (HakushoError, FileNotFoundError):
        raise
    except Exception as error:
        if not is_address(name):
            raise
        reason = " ".join(str(error).split()) or type(error).__name__
        raise HakushoError(
            f"{name}: cannot be read ({reason}): check the address, your credentials and your rights there"
        ) from None


def is_pattern(name: str) -> bool:
    """Whether a name may stand for several files."""
    return _PATTERN.search(name) is not None


def matching(pattern: str) -> tuple[Path, list[Path]]:
    """Return the fixed part of a pattern (``papers/**/*.pdf``), and the files that it matches."""
    head = _PATTERN.split(pattern, maxsplit=1)[0]
    fixed: Any = place(head)
    base = fixed if head.endswith(("/", os.sep)) or not head else fixed.parent
    if is_address(pattern):
        found = fixed.fs.glob(pattern, detail=True)
        names = (fixed.fs.unstrip_protocol(name) for name in found if found[name]["type"] == "file")
        return base, sorted(map(place, names))
    matches = glob.glob(pattern, recursive=True)  # noqa: PTH207 -- Path.glob takes no absolute pattern
    return base, sorted(path for path in map(Path, matches) if not path.is_dir())


def absolute(name: str) -> str:
    """Return a path from the root, and an address as it is; links are not followed."""
    return name.rstrip("/") if is_address(name) else os.path.abspath(name)  # noqa: PTH100


def above(name: str) -> set[str]:
    """Return all folders that a place lies in.

    >>> sorted(above("s3://bucket/a/b.txt"))
    ['s3://bucket', 's3://bucket/a']
    """
    if not is_address(name):
        return {str(folder) for folder in Path(name).parents}
    scheme, _, rest = name.partition("://")
    parts = rest.split("/")
    return {f"{scheme}://{'/'.join(parts[:n])}" for n in range(1, len(parts))}
