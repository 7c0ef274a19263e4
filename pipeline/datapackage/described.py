"""What a run's folder holds: each file with its format, its table and what it is (``data/files.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline import facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    Attributes:
        format: The ``--format`` that asks for it, or nothing.
        of: ``document`` if each has one in its folder, ``run`` if there is one in all.
        table: The table that it holds, or nothing.
        schema: The file in ``docs/schemas/`` that describes it, or nothing.
    """

    file: str
    format: str
    of: str
    table: str
    media_type: str
    schema: str
    en: str
    ja: str

    @property
    def name(self) -> str:
        """The name of the resource: ``entities`` for the CSV table, ``entities-json`` for another file."""
        stem, _, ending = self.file.rpartition(".")
        return stem if ending == "csv" else f"{stem}-{ending}"


@cache
def kinds() -> tuple[Kind, ...]:
    """Return all kinds of files, those of ``data/files.csv``."""
    return tuple(Kind(**row) for row in facts.rows("files.csv"))


@cache
def held_in(table: str) -> frozenset[str]:
    """Return the names of the files of a document that hold a table and can be read back."""
    formats = ("csv", "parquet", *(("json", "jsonl") if table == "entities" else ()))
    return frozenset(f"{table}.{name}" for name in formats)


def present(manifest: Mapping[str, Any], hashes: Mapping[str, str]) -> Iterator[tuple[Kind, dict[str, str]]]:
    """Yield each kind of file that a run wrote, with path → SHA-256 of its files.

    Args:
        manifest: The content of ``run.json``.
        hashes: SHA-256 of the files of the run itself that are described, by name.
    """
    for kind in kinds():
        if kind.of == "run":
            found = {kind.file: hashes[kind.file]} if kind.file in hashes else {}
        else:
            found = {
                f"{row['doc_id']}/{kind.file}": row["files"][kind.file]
                for row in manifest["documents"] if kind.file in row["files"]
            }  # fmt: skip
        if found:
            yield kind, found


def formats_of(manifest: Mapping[str, Any]) -> set[str]:
    """Return the formats in which any document of a folder stands; without one, those that were asked for."""
    rows, runs = manifest["documents"], manifest.get("runs") or [manifest]
    found = {name for row in rows for name in runs[row.get("run", 0)]["settings"]["formats"]}
    pages = {"html"} if any("report.html" in row["files"] for row in rows) else set()  # written later
    return (found if rows else set(manifest["settings"]["formats"])) | pages


def unwanted(manifest: Mapping[str, Any]) -> list[str]:
    """Return the names of files over the whole run that no format of its documents asks for."""
    wanted = formats_of(manifest)
    return [kind.file for kind in kinds() if kind.of == "run" and kind.format and kind.format not in wanted]


def licences(manifest: Mapping[str, Any]) -> list[str]:
    """Return the different licences of the documents, in their order."""
    return list(
        dict.fromkeys(row["source"]["licence"] for row in manifest["documents"] if row["source"]["licence"])
    )
