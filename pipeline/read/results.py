"""What a folder of results holds, as its ``run.json`` lists it: nothing else in it counts."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import facts
from pipeline.model.errors import HakushoError
from pipeline.model.labels import declare, of_record
from pipeline.read.intake import file_bytes
from pipeline.read.places import is_far

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    # What a place holds of a document (of itself: of ``""``) under a name; None if it cannot be read.
    Read = Callable[[str, str], bytes | None]

RECORD = "run.json"
"""The record of a run: a folder that holds it holds results, not texts."""


def listed_files(folder: str | Path, name: str) -> list[Path] | None:
    """Return the path of a file of each document that a run's folder lists, in their order.

    Args:
        folder: The output folder of a run.
        name: Of the file: ``entities.csv``. It need not be there.

    Returns:
        The paths, or None if the folder holds no ``run.json``.

    Raises:
        HakushoError: The ``run.json`` is damaged.
    """
    path = Path(folder) / RECORD
    if not path.is_file():
        return None
    try:
        found = settled(json.loads(path.read_text(encoding="utf-8")), partial(content, Path(folder)))
        return [Path(folder) / str(row["doc_id"]) / name for row in found["documents"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise HakushoError(f"{path}: is missing or damaged: run 'hakusho run' into {folder} first") from None


def declare_labels(*places: str | Path, again: bool = True) -> None:
    """Make the labels of own types known that results were made with; what is damaged tells nothing.

    Args:
        places: Folders of results, or tables in the folder of a document there.
        again: Whether a known label is replaced.
    """
    for place in places:
        for folder in (Path(place), *Path(place).absolute().parents[:2]):
            with suppress(OSError, ValueError, RecursionError, HakushoError):
                found = json.loads(file_bytes(folder / RECORD, RECORD).decode())
                declare(of_record(found if isinstance(found, dict) else {}), again=again)


def made_there(of: str) -> frozenset[str]:
    """Return the names of files that runs make: of a ``document`` or of the whole ``run``."""
    return frozenset(row["file"] for row in facts.rows("files.csv") if row["of"] == of)


def is_result(path: Path) -> bool:
    """Whether a run made a file of a folder of this machine: one that is read may hold its results, too."""
    if is_far(path):
        return False
    if path.name in made_there("run") and stands(path.parent / RECORD):
        return True
    record = path.parent.parent / RECORD
    if path.name not in made_there("document") or not stands(record):
        return False
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        rows = json.loads(record.read_text(encoding="utf-8"))["documents"]
        return any(row["doc_id"] == path.parent.name and path.name in row["files"] for row in rows)
    return False


def stands(path: Path) -> bool:
    """Whether there is such a file; there is none whose name cannot be one."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def content(folder: Path, part: str, name: str) -> bytes | None:
    """Return what a folder holds of a document under a name; None if it cannot be read."""
    path = folder / part / name
    try:
        return file_bytes(path, str(path))
    except (OSError, ValueError, HakushoError):
        return None


def whole(read: Read, doc_id: str, hashes: Mapping[str, str]) -> bool:
    """Whether the files of a document have their recorded SHA-256."""
    found = ((read(doc_id, name), digest) for name, digest in hashes.items())
    return all(data is not None and hashlib.sha256(data).hexdigest() == digest for data, digest in found)


def settled(found: Mapping[str, Any], read: Read) -> dict[str, Any]:
    """Return the content of ``run.json`` without what a killed run left half-written.

    Such a run leaves the ids that it had not recorded yet (``pending``). Their files are those of the run
    before, or newer ones, or some of each: only those that are as recorded count, the others have failed.
    """
    pending = frozenset(found.get("pending", ()))
    broken = {
        row["doc_id"]: row
        for row in found["documents"]
        if row["doc_id"] in pending and not whole(read, row["doc_id"], row["files"])
    }
    rows = [row for row in found["documents"] if row["doc_id"] not in broken]
    failures = [row for row in found.get("failures", ()) if row["doc_id"] not in broken]
    return dict(found) | {"documents": rows, "failures": failures + [cut_off(r) for r in broken.values()]}


def cut_off(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the failure that stands for a document whose run ended while it was written."""
    error = f"{row['path']}: a run ended while it wrote the results: run it again"
    return {"doc_id": row["doc_id"], "path": row["path"], "file": row.get("file", ""), "error": error}
