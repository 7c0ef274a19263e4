"""The members of an archive as documents.

A ZIP is read like a folder, and nothing of it is written to disk.
"""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.read.archive import MOST_RATIO, SMALL, Archive
from pipeline.read.ids import id_of, listed
from pipeline.read.inputs import Input, Skipped
from pipeline.read.intake import MOST_BYTES, open_file
from pipeline.read.kinds import kind_of_name
from pipeline.read.manifest import MANIFEST, WORKBOOK, rows_of
from pipeline.read.places import reached
from pipeline.read.spelled import among_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from zipfile import ZipInfo

# An archive of a white paper has at most this many documents (決め打ち).
MOST_MEMBERS = 1000
# An archive with one of these is a single document: an Office document, a book.
PACKAGES = frozenset(("[Content_Types].xml", "mimetype"))
TWICE = "a second file of this name, of which only the first is read: give it another name"
NOTHING = "holds nothing that is read"


def members(path: Path) -> list[Input | Skipped]:
    """Return the members of an archive; raises HakushoError as :func:`members_among`, or if none is read."""
    found = members_among(path, ())
    if not any(isinstance(item, Input) for item in found):
        raise HakushoError(f"{path}: holds nothing that is read: put texts, web pages or PDF files into it")
    return found


def members_among(path: Path, above: tuple[str, ...]) -> list[Input | Skipped]:
    """Return the members of an archive that are read as documents, and those that are not.

    Args:
        path: Of the archive.
        above: The folders that stand before its name in the ids.

    Raises:
        HakushoError: It is damaged or locked, or holds or unpacks to too much.
    """
    where = str(path)
    try:
        with reached(where), open_file(path, where) as stream:
            archive = Archive(stream, where)
            if archive.members.keys() & PACKAGES:
                return [Input(path, id_of(*above, path.name))]
            found = list(_found(archive, path, (*above, path.stem)))
            _check(archive, [item for item in found if isinstance(item, Input)], path)
    except OSError as error:
        raise HakushoError(f"{where}: cannot be read ({error.strerror}): check its permissions") from None
    return [
        *(_sized(archive, item, path) if isinstance(item, Input) else item for item in found),
        *(Skipped(f"{where}/{name}", TWICE) for name in archive.twice),
    ]


def among(path: Path, parts: tuple[str, ...]) -> Iterator[Input | Skipped]:
    """Yield the documents of an archive among other files: one that cannot be read stops no other."""
    try:
        found = members_among(path, parts[:-1])
    except HakushoError as error:
        yield Input(path, id_of(*parts), fault=str(error))
        return
    if any(isinstance(item, Input) for item in found):
        yield from found
    else:
        yield Skipped(str(path), NOTHING)


def _sized(archive: Archive, item: Input, path: Path) -> Input:
    """Return a document with its bytes, which nobody sees from outside."""
    member = archive.members.get(_inner(item, path))
    return replace(item, size=member.file_size) if member else item


def _check(archive: Archive, items: list[Input], path: Path) -> None:
    names = [name for item in items if (name := _inner(item, path)) in archive.members]
    unpacked = sum(archive.members[name].file_size for name in names)
    if len(items) > MOST_MEMBERS:
        raise HakushoError(f"{path}: holds more than {MOST_MEMBERS:,} documents: divide it")
    if archive.locked(names):
        raise HakushoError(f"{path}: needs a password: unpack it, and give the folder")
    if unpacked > MOST_BYTES or unpacked > max(SMALL, MOST_RATIO * path.stat().st_size):
        raise HakushoError(
            f"{path}: unpacks to {unpacked / 2**20:,.0f} MiB from {path.stat().st_size / 2**20:,.1f}, "
            "which looks like a trap: unpack it yourself if you trust it"
        )


def _inner(item: Input, path: Path) -> str:
    return item.path.relative_to(path).as_posix() if item.path else ""


def _found(archive: Archive, path: Path, prefix: tuple[str, ...]) -> Iterator[Input | Skipped]:
    # As in a folder: a table, or a workbook where only that is.
    manifests = [
        name
        for called in (WORKBOOK, MANIFEST)
        for name in archive.members
        if PurePosixPath(name).name == called and _leads_in(name)
    ]
    places = {str(PurePosixPath(name).parent): name for name in manifests}
    for folder, name in places.items():
        spelled = among_members(archive.members, folder)

        def place(file: str, spelled: Callable[[str], str] = spelled, name: str = name) -> Path:
            if not _leads_in(file.replace("\\", "/")):
                raise HakushoError(f"{path}/{name}: {file!r} leads out of the archive: name files beside it")
            return path / spelled(file)

        where = f"{path}/{name}"
        yield from listed(
            rows_of(archive.read(name), where), where, place, (*prefix, *PurePosixPath(folder).parts)
        )
    for name in sorted(archive.members):
        below = any(str(parent) in places for parent in PurePosixPath(name).parents)
        if not below and name not in manifests:
            reason = _unread(name) or _no_file(archive.members[name])
            yield (
                Skipped(f"{path}/{name}", reason)
                if reason
                else Input(path / name, id_of(*prefix, *PurePosixPath(name).parts))
            )


def _no_file(member: ZipInfo) -> str:
    """Say what a member is that is no file, if its maker said so (the mode that Unix has of it)."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    return "" if kind in (0, stat.S_IFREG) else "is no file but a link or a device"


def _leads_in(name: str) -> bool:
    """Whether the name of a member leads nowhere else: not up, not to the root."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\0" not in name and ":" not in name


def _unread(name: str) -> str:
    path = PurePosixPath(name)
    kind = kind_of_name(path.suffix)
    if not _leads_in(name):
        return "its name leads out of the archive"
    if any(part.startswith((".", "__MACOSX")) for part in path.parts):
        return "hidden"
    if kind is None:
        return "not of a kind that is read"
    if kind.kind == "zip":
        return "an archive in an archive: unpack it"
    return "" if kind.reads else kind.refusal


def member_bytes(path: Path, name: str, where: str) -> bytes:
    """Return the bytes of the member ``name`` of the archive ``path``.

    Raises:
        HakushoError: It is missing, damaged or locked, or unpacks to too much.
        OSError: The archive cannot be opened.
    """
    with open_file(path, where) as stream:
        return Archive(stream, where).read(name)
