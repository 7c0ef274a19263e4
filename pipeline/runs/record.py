"""``run.json``: the record of a run, and which documents a later run need not do again."""

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
from pipeline.runs.locks import alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    # What a place holds of a document (of itself: of ``""``) under a name; None if it cannot be read.
    Read = Callable[[str, str], bytes | None]

MANIFEST = "run.json"
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

    That is its bytes, its row of the manifest, the settings and the versions.
    """
    whole = json.dumps([sha256, dict(facts), dict(settings), versions()], sort_keys=True)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def record_json(content: Mapping[str, Any]) -> str:
    """Return the text of ``run.json``.

    JSON's escapes stand for bytes in a file's name that are no text.
    """
    written = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return written.encode("utf-8", "backslashreplace").decode()


def read_record(read: Read) -> dict[str, dict[str, Any]]:
    """Return the records of documents in the ``run.json`` of a place, by id; empty if there is none."""
    try:
        documents = json.loads((read("", MANIFEST) or b"").decode())["documents"]
        return {row["doc_id"]: row for row in documents if isinstance(row["files"], dict)}
    except (ValueError, KeyError, TypeError):
        return {}


def recorded_names(read: Read, doc_id: str) -> dict[str, list[str]]:
    """Return the different names in a document's ``entities.csv`` by label, nothing if there is none."""
    names: dict[str, set[str]] = {label: set() for label in LABELS}
    table = (read(doc_id, "entities.csv") or b"").decode("utf-8-sig", "surrogatepass")
    with suppress(KeyError):
        for row in csv.DictReader(io.StringIO(table, newline="")):
            names[row["label"]].update(filter(None, plain(row["norm"]).split("|")))
    return {label: sorted(found) for label, found in names.items()}


def whole(read: Read, doc_id: str, hashes: Mapping[str, str]) -> bool:
    """Whether the files of a document have their recorded SHA-256."""
    found = ((read(doc_id, name), digest) for name, digest in hashes.items())
    return all(data is not None and hashlib.sha256(data).hexdigest() == digest for data, digest in found)


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
                "wait for it, or choose another folder with -o"
            )
        yield
