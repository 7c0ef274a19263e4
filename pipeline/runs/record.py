"""``run.json``: what a folder holds, of which runs, and which documents a later run need not do again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import platform
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pipeline.entities import LABELS
from pipeline.model.cells import plain
from pipeline.model.errors import HakushoError
from pipeline.read.results import RECORD
from pipeline.read.results import whole as whole  # it judges what the record says
from pipeline.runs.locks import alone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    # What a place holds of a document (of itself: of ``""``) under a name; None if it cannot be read.
    Read = Callable[[str, str], bytes | None]

MANIFEST = RECORD
LOCK = ".lock"


@cache
def versions() -> dict[str, str]:
    """Return the versions of the code, the interpreter, the dictionary and the models.

    ``code`` is a hash over the package's modules and data, so that a corrected fact counts as another
    version.
    """
    found = {"python": platform.python_version()}
    for name in ("hakusho", "sudachipy", "sudachidict-core", "spacy", "ginza", "ja-ginza"):
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    digest = hashlib.sha256()
    for name, content in sorted(_contents(files("pipeline"), "")):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return found | {"code": digest.hexdigest()[:16]}


def _contents(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _contents(entry, f"{path}{entry.name}/")
        elif entry.is_file():
            yield f"{path}{entry.name}", entry.read_bytes()


def fingerprint(sha256: str, facts: Mapping[str, str], settings: Mapping[str, Any]) -> str:
    """Return a hash of all that a document's results depend on.

    That is its bytes, its row of the manifest, the settings and the versions; the language of a workbook
    changes nothing in it.
    """
    asked = {name: value for name, value in settings.items() if name != "lang"}
    whole = json.dumps([sha256, dict(facts), asked, versions()], sort_keys=True)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def record_json(content: Mapping[str, Any]) -> str:
    """Return the text of ``run.json``.

    JSON's escapes stand for bytes in a file's name that are no text.
    """
    written = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return written.encode("utf-8", "backslashreplace").decode()


def read_record(read: Read) -> dict[str, Any]:
    """Return the content of the ``run.json`` of a place; empty if there is none, or a damaged one."""
    try:
        found = json.loads((read("", MANIFEST) or b"").decode())
        return {
            **found,
            "documents": [row for row in found["documents"] if _sound(row)],
            "failures": [row for row in found.get("failures", ()) if named(row["doc_id"])],
            "pending": [doc_id for doc_id in found.get("pending", ()) if named(doc_id)],
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def named(doc_id: object) -> bool:
    """Whether something can be the id of a document, and names a folder here and nowhere else."""
    return isinstance(doc_id, str) and doc_id not in ("", ".", "..") and not set(doc_id) & set("/\\\0")


def _sound(row: Mapping[str, Any]) -> bool:
    dicts = all(isinstance(row[name], dict) for name in ("files", "mentions", "source"))
    return dicts and named(row["doc_id"]) and all(isinstance(v, str) for v in row["files"].values())


def unfolded(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the documents, each with the run that made it under ``run``.

    A run is ``when`` it was (UTC), its ``settings`` and ``versions``. In ``run.json`` the rows have numbers
    of the list ``runs``; a record without that list is of one run.
    """
    last = {"when": "", "settings": found.get("settings", {}), "versions": found.get("versions", {})}
    runs = found.get("runs") or [last]
    rows = []
    for row in found["documents"]:
        number = row.get("run", 0)
        known = isinstance(number, int) and 0 <= number < len(runs)
        rows.append({**row, "run": runs[number] if known else last})
    return rows


def folded(rows: Iterable[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the runs of rows as :func:`unfolded` gives them, and the rows with numbers in their place."""
    runs: list[dict[str, Any]] = []
    numbers: dict[str, int] = {}
    found = []
    for row in rows:
        written = json.dumps(row["run"], sort_keys=True)
        if written not in numbers:
            numbers[written] = len(runs)
            runs.append(row["run"])
        found.append({**row, "run": numbers[written]})
    return runs, found


def in_order(before: Collection[str], given: Iterable[str], there: Container[str]) -> list[str]:
    """Return the ids of a folder's documents in their order.

    Each stays where it was, and a new one follows the one before it in its run. Those that a run gives in
    another order than they had share their places in its order.

    Args:
        before: The ids before the run, in order.
        given: Those that the run was given, in order.
        there: Those that the folder holds now; others are left out.

    >>> in_order("abc", "cxa", "abcx")
    ['c', 'x', 'b', 'a']
    """
    groups: list[list[str]] = [[]]
    led = False  # whether the last group has a document that has a place
    given = [doc_id for doc_id in given if doc_id in there]
    for doc_id in given:
        placed = doc_id in before
        if placed and led:
            groups.append([])
        groups[-1].append(doc_id)
        led = led or placed
    ours, left = frozenset(given), iter(groups)
    order: list[str] = []
    for doc_id in before:
        if doc_id in there:
            order += next(left) if doc_id in ours else [doc_id]
    return [*order, *(doc_id for group in left for doc_id in group)]


def recorded_names(read: Read, doc_id: str) -> dict[str, list[str]]:
    """Return the different names in a document's ``entities.csv`` by label, nothing if there is none."""
    names: dict[str, set[str]] = {label: set() for label in LABELS}
    table = (read(doc_id, "entities.csv") or b"").decode("utf-8-sig", "surrogatepass")
    with suppress(KeyError):
        for row in csv.DictReader(io.StringIO(table, newline="")):
            names.setdefault(row["label"], set()).update(filter(None, plain(row["norm"]).split("|")))
    return {label: sorted(found) for label, found in names.items()}


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock ``folder`` for one run at a time; the lock ends with the process, however that ends.

    Raises:
        HakushoError: Another run is writing into it.
    """
    with alone(folder / LOCK) as owner:
        if owner:
            raise HakushoError(
                f"{folder}: another run (process {owner}) is writing there: "
                "wait for it, or give another folder"
            )
        yield
