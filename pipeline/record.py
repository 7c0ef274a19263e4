"""``run.json``: what was run and what came of it, and what of it a later run need not do again."""

from __future__ import annotations

import csv
import hashlib
import json
import platform
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pipeline.locks import alone
from pipeline.model import LABELS, HakushoError
from pipeline.tables import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

MANIFEST = "run.json"
LOCK = ".lock"


@cache
def versions() -> dict[str, str]:
    """Return the versions of the code, the interpreter, the dictionary and the models.

    ``code`` is a hash over the package's modules and data, so that a corrected fact counts as another version.
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
    """Return a hash of all that a document's results depend on: its bytes, its manifest row, settings, versions."""
    whole = json.dumps([sha256, dict(facts), dict(settings), versions()], sort_keys=True)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def read_record(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the ``run.json`` of ``folder`` says of each document, by its id; nothing if there is none."""
    try:
        documents = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["documents"]
        return {row["doc_id"]: row for row in documents if isinstance(row["files"], dict)}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def recorded_names(folder: Path) -> dict[str, list[str]]:
    """Return the different names by label that the ``entities.csv`` of a document holds; nothing if there is none."""
    names: dict[str, set[str]] = {label: set() for label in LABELS}
    with (
        suppress(OSError, KeyError),
        (folder / "entities.csv").open(encoding="utf-8-sig", newline="") as stream,
    ):
        for row in csv.DictReader(stream):
            names[row["label"]].update(filter(None, plain(row["norm"]).split("|")))
    return {label: sorted(found) for label, found in names.items()}


def whole(folder: Path, hashes: Mapping[str, str]) -> bool:
    """Whether the files of ``folder`` have the SHA-256 that are recorded of them."""
    try:
        return all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            for name, digest in hashes.items()
        )
    except OSError:
        return False


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep ``folder`` for one run at a time; the lock goes with the process, however that ends.

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
