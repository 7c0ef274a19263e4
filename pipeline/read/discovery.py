"""The documents in files, folders, archives and patterns; what is found but not read is named."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.errors import HakushoError
from pipeline.read.archive import SIGNATURES
from pipeline.read.ids import folder_name, id_of, listed
from pipeline.read.inputs import Input, Skipped
from pipeline.read.intake import archive_of, special
from pipeline.read.kinds import kind_of_name
from pipeline.read.manifest import MANIFEST, manifest_of, rows
from pipeline.read.members import among, members
from pipeline.read.places import is_far, is_pattern, matching, place, reached
from pipeline.read.results import RECORD, is_result
from pipeline.read.spelled import in_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# A table of ours (gold, corrections, passages) begins with this column; no text does.
OURS = re.compile(rb"(?:\xef\xbb\xbf)?\"?doc_id\"?[,\t]")
# The options of runs that stand beside the inputs (``commands/configured.py``): nobody takes them for one.
OPTIONS = "hakusho.toml"
NOT_READ = "not of a kind that is read: give it by its name if it is text all the same"
HIDDEN, LINK, RESULTS, TABLE = "hidden", "a link to a folder", "results of a run", "a table of hakusho's own"
UNLISTED = f"not in {MANIFEST}"


class Found(NamedTuple):
    """The documents of a run in their order, and what was found beside them.

    Attributes:
        wholes: The folders and archives that were given, of which every document was found.
    """

    documents: list[Input]
    skipped: list[Skipped]
    wholes: list[Path]


def discover(inputs: Iterable[str]) -> list[Input]:
    """Return the documents that inputs stand for, in that order; see :func:`find`."""
    return find(inputs).documents


def find(inputs: Iterable[str]) -> Found:
    """Find the documents that files, folders (with all below them), archives, patterns and ``-`` stand for.

    A place may also be an address that fsspec knows (``s3://bucket/papers``).

    A folder with a ``manifest.csv`` holds what that names. The id of a document is the name of its file
    without the ending; below a folder or a pattern's fixed part, and in an archive, the folders (the
    archive) stand before it: ``2014_chapter1``.

    Raises:
        HakushoError: A path is missing or an address of the web, an address cannot be reached, a folder holds
            nothing that is read, or two documents share an id.
    """
    found = Found([], [], [])
    for name in inputs:
        if name == "-":
            found.documents.append(Input(None, "stdin"))
            continue
        with reached(name):
            path = place(name)
            if _is_whole(path):
                found.wholes.append(path)
            for item in _of(name, path):
                if isinstance(item, Skipped):
                    found.skipped.append(item)
                else:
                    found.documents.append(item)
    _check_ids(found.documents)
    return found


def _check_ids(documents: Iterable[Input]) -> None:
    seen: dict[str, Path | None] = {}
    for item in documents:
        name = folder_name(item.doc_id)
        if name in seen:
            raise HakushoError(
                f"two documents are called {item.doc_id!r} ({seen[name] or '-'} and {item.path or '-'}): "
                "give each once, give the folder above both, or give them different doc_id values "
                f"in a {MANIFEST}"
            )
        seen[name] = item.path


def _is_whole(path: Path) -> bool:
    """Whether an input is a folder or an archive."""
    try:
        return path.is_dir() or (path.exists() and _is_archive(path))
    except (OSError, ValueError):
        return False


def _of(name: str, path: Path) -> Iterator[Input | Skipped]:
    """Yield the documents of one input, which lies at a path unless it is a pattern."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if is_far(path) and not isinstance(error, FileNotFoundError):
            raise
        mode = 0
    if stat.S_ISDIR(mode):
        yield from _all_of(path)
    elif not mode and is_pattern(name):
        yield from _matching(name)
    elif mode and _is_archive(path):
        yield from members(path)
    else:
        yield document_of(path)


def document_of(path: Path) -> Input:
    """Return the document that the path of a file, or of a member of an archive, stands for.

    Raises:
        HakushoError: There is no such file, or it is a folder.
    """
    if not path.exists() and not archive_of(path):
        raise HakushoError(f"{path}: no such file or folder: check the path")
    if path.is_dir():
        raise HakushoError(f"{path}: is a folder: give a file in it")
    manifest = manifest_of(path.parent)
    if manifest.is_file():
        for item in listed(rows(manifest), str(manifest), in_folder(path.parent), ()):
            if item.path and item.path.resolve() == path.resolve():
                return item
    return Input(path, id_of(path.name))


def _is_archive(path: Path) -> bool:
    """Whether a file is an archive of documents.

    A ZIP that is called so; an Office document is one inside, too.
    """
    kind = kind_of_name(path.suffix)
    if special(path.stat().st_mode) or not kind or kind.kind != "zip":
        return False
    return _head(path)[:4] in SIGNATURES


def _matching(pattern: str) -> Iterator[Input | Skipped]:
    """Yield the files that a pattern matches which the shell has left as it is."""
    base, paths = matching(pattern)
    if not paths:
        raise HakushoError(f"{pattern}: matches no file: check the pattern")
    for path in paths:
        yield from _one(path, path.relative_to(base).parts if base in path.parents else (path.name,))


def _all_of(folder: Path) -> Iterator[Input | Skipped]:
    found = list(_below(folder, ()))
    if not any(isinstance(item, Input) for item in found):
        first = next((item for item in found if isinstance(item, Skipped)), None)
        left = f" ({len(found)} skipped: {first.path} {first.reason} …)" if first else ""
        raise HakushoError(
            f"{folder}: holds nothing that is read{left}: "
            f"put texts, web pages, PDF or Word files into it, or a {MANIFEST} with the column 'file'"
        )
    yield from found


def _below(top: Path, _: tuple[()]) -> Iterator[Input | Skipped]:
    """Yield the files of a folder, folder by folder, each in the order of names."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        parts = folder.relative_to(top).parts
        manifest = manifest_of(folder)
        if manifest.is_file():
            yield from _listed(folder, manifest, parts)
            continue
        try:
            entries = _entries(folder)
        except OSError as error:
            if is_far(folder):
                raise
            yield Skipped(f"{folder}/", f"cannot be read ({error.strerror})")
            continue
        below = []
        for path in entries:
            if reason := _passed_over(path):
                yield Skipped(f"{path}/" if path.is_dir() else str(path), reason)
            elif path.is_dir():
                below.append(path)
            else:
                yield from _one(path, (*parts, path.name))
        waiting.extend(reversed(below))


def _listed(folder: Path, manifest: Path, parts: tuple[str, ...]) -> Iterator[Input | Skipped]:
    """Yield the documents that a manifest names, and the files in its folder that it does not name."""
    items = listed(rows(manifest), str(manifest), in_folder(folder), parts)
    yield from items
    named = {parent for item in items if item.path for parent in (item.path, *item.path.parents)}
    for path in _entries(folder):
        if path != manifest and path not in named:
            yield Skipped(f"{path}/" if path.is_dir() else str(path), UNLISTED)


def _entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name != OPTIONS)


def _passed_over(path: Path) -> str:
    """Say why an entry of a folder is not looked into; nothing if it is."""
    if path.name.startswith("."):
        return HIDDEN
    if not path.is_dir():
        return ""
    if path.is_symlink():
        return LINK
    return RESULTS if (path / RECORD).is_file() else ""


def _one(path: Path, parts: tuple[str, ...]) -> Iterator[Input | Skipped]:
    """Yield the documents of a file that a folder or a pattern gave."""
    if reason := _unread(path):
        yield Skipped(str(path), reason)
    elif _is_archive(path):
        yield from among(path, parts)
    else:
        yield Input(path, id_of(*parts))


def _unread(path: Path) -> str:
    kind = kind_of_name(path.suffix)
    if kind is None or path.name.startswith("~$"):  # what Word leaves beside an open file
        return NOT_READ
    if not kind.reads:
        return kind.refusal
    try:
        what = special(path.stat().st_mode)
        made, ours = is_result(path), not what and kind.kind == "csv" and OURS.match(_head(path))
    except (OSError, HakushoError):
        return ""  # reading it says why
    return f"is {what.name}, not a file" if what else RESULTS if made else TABLE if ours else ""


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(64)
