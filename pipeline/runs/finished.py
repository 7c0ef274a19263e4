"""Results of a finished run, read back from its folder."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.clean import clean
from pipeline.document.document import Document
from pipeline.document.entities import Entities
from pipeline.entities import LABELS
from pipeline.model.errors import HakushoError
from pipeline.model.evidence import Evidence
from pipeline.model.labels import declare, of_record, of_settings
from pipeline.model.sentence import Analysis
from pipeline.read import Input, archive_of, load
from pipeline.read.intake import file_bytes
from pipeline.read.places import is_address, place
from pipeline.read.results import content, settled
from pipeline.runs.read_back import metadata, read_candidates, read_entities
from pipeline.runs.record import unfolded
from pipeline.structure import structure

# The beginnings of addresses, with blanks between them, at which the texts of results are read again.
ADDRESSES = "HAKUSHO_ADDRESSES"

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.source import Source


def manifest(folder: Path) -> dict[str, Any]:
    """Return the content of ``run.json``, without documents that a killed run left half-written.

    The labels of its own types are known from then on.

    Raises:
        HakushoError: The folder holds no run, or one that names places outside of it.
    """
    path = folder / "run.json"
    try:
        found: dict[str, Any] = json.loads(file_bytes(path, str(path)).decode())
        _check(found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, HakushoError):
        raise HakushoError(f"{path}: is missing or damaged: run 'hakusho run' into {folder} first") from None
    inside = folder.resolve()
    for doc_id in (row["doc_id"] for row in found["documents"]):
        if inside not in (folder / doc_id).resolve().parents:
            raise HakushoError(f"{path}: {doc_id!r} lies outside the folder: run it again")
    declare(of_record(found))
    return settled(found, partial(content, folder))


def _check(found: Any) -> None:
    """Raise ValueError, KeyError or TypeError unless the used fields of ``run.json`` have the right types."""
    rows, failures = found["documents"], found.get("failures", [])
    pending, runs = found.get("pending", []), found.get("runs", [])
    right = all(isinstance(each, list) for each in (rows, failures, pending, runs))
    right = right and all(isinstance(run["settings"], dict) for run in runs)
    right = right and all(isinstance(doc_id, str) for doc_id in pending)
    right = right and not (pending and any(not isinstance(row["files"], dict) for row in rows))
    right = right and all(isinstance(found.get(name, {}), dict) for name in ("settings", "versions"))
    for row in rows:
        strings = (row["doc_id"], row["path"], row["sha256"], row["reference_date"] or "")
        counts = (row["characters"], *row["mentions"].values())
        right = right and "\0" not in "".join(strings).encode("utf-8", "surrogateescape").decode(
            "utf-8", "replace"
        )
        right = right and all(isinstance(value, int) for value in counts)
        for written in row.get("evidence", {}).values():
            Evidence.of(written)
    right = right and all(isinstance(row[name], str) for row in failures for name in ("doc_id", "error"))
    if not right:
        raise ValueError


def sources(folder: Path, only: str = "") -> Iterator[Source]:
    """Read the sources of a run again, or the one called ``only``; those from standard input are left out.

    Raises:
        HakushoError: The folder holds no run, or a source is gone or has changed since.
    """
    for row in manifest(folder)["documents"]:
        if row["path"] != "-" and only in ("", row["doc_id"]):
            yield source_of(folder, row)


def documents(folder: Path, only: str = "") -> Iterator[Document]:
    """Yield the documents of a run, or the one called ``only``.

    Their entities are those that ``entities.csv`` holds now.

    Raises:
        HakushoError: As :func:`sources`, or a table cannot be read.
    """
    for row in unfolded(manifest(folder)):
        if row["path"] != "-" and only in ("", row["doc_id"]):
            yield document_of(folder, row)


def document_of(folder: Path, row: dict[str, Any]) -> Document:
    """Return the document of a row of ``run.json`` (:func:`unfolded`); raises as :func:`documents`."""
    source, run = source_of(folder, row), row["run"]
    text = clean(source)
    blocks, sentences, repairs = structure(text)
    analyses = tuple(Analysis(sentence, ()) for sentence in sentences)
    entities = Entities(read_entities(folder / source.doc_id, source))
    near = read_candidates(folder / source.doc_id, len(source.raw))
    analyzer, versions = run["settings"].get("analyzer", ""), run.get("versions", {})
    labels = (*LABELS, *(own.label for own in of_settings(run["settings"])))
    return Document(source, text, blocks, analyses, entities, analyzer, versions, repairs, near, labels)


def source_of(folder: Path, row: dict[str, Any]) -> Source:
    """Read the source of a row of ``run.json`` again; raises HakushoError as :func:`sources`."""
    if not row["sha256"]:  # a folder out of an archive may name any file of this machine
        raise HakushoError(
            f"{folder / 'run.json'}: {row['doc_id']!r} has no SHA-256 of its source, so any file could pass "
            "for it: run it again"
        )
    _check_address(folder, row)
    facts = {"sha256": row["sha256"], "reference_date": row["reference_date"] or ""}
    known = metadata(folder / row["doc_id"])
    source = load(Input(_path(folder, row), row["doc_id"], known | facts))
    evidence = {name: Evidence.of(written) for name, written in row.get("evidence", {}).items()}
    return replace(source, evidence=evidence)


def _check_address(folder: Path, row: dict[str, Any]) -> None:
    """Ask at no address that the user did not name: results from somebody else may name any.

    Raises:
        HakushoError: The text lies at an address that does not begin as one in ``HAKUSHO_ADDRESSES``.
    """
    path = row["path"]
    named = [begin.rstrip("/") for begin in os.environ.get(ADDRESSES, "").split()]
    if not is_address(path) or any(path == begin or path.startswith(f"{begin}/") for begin in named):
        return
    top = "/".join(path.split("/")[:3])
    raise HakushoError(
        f"{folder / 'run.json'}: the text of {row['doc_id']!r} lies at {path}, and results from somebody "
        f"else may name any address: if it is yours, set HAKUSHO_ADDRESSES={top} and hakusho asks there"
    )


def _path(folder: Path, row: dict[str, Any]) -> Path:
    """Return where a document lies: from the results, or else as it was given."""
    path, file = place(row["path"]), row.get("file", "")
    if file and not is_address(row["path"]) and not path.is_absolute():
        found = Path(os.path.normpath(os.path.join(os.path.abspath(folder), file)))  # noqa: PTH100, PTH118
        if found.exists() or archive_of(found):
            return found
    return path
