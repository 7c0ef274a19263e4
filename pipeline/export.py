"""Stage 7: document → CSV and JSON files, whole or not at all.

CSV is UTF-8 with a byte-order mark, which spreadsheets in Japan need. A cell that a spreadsheet would run
as a formula gets an apostrophe before it; ``gold.read_mentions`` takes it off again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import tables
from pipeline.model import HakushoError
from pipeline.structure.tree import structure_object
from pipeline.token_table import tokens_csv

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.document import Document
    from pipeline.model import Entity
    from pipeline.printed import Print

    Content = str | bytes
    Files = Mapping[str, Content] | Iterable[tuple[str, Content]]

SCHEMA = "urn:hakusho:schema:entities:1"
EXTRACTED = "source.txt"
TEMPORARY = ".writing-"
CSV_TABLES: tuple[tables.TableName, ...] = ("entities", "organizations", "sentences", "tokens")


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[tables.Cell]]) -> str:
    """Return a CSV table with its header; None is an empty cell."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([tables.defused(cell) for cell in row] for row in rows)
    return stream.getvalue()


def table_csv(document: Document, table: tables.TableName) -> str:
    """Return ``table`` of the document as CSV."""
    if table == "tokens":
        return tokens_csv(document)
    return csv_text(tables.columns(table), document.rows(table))


def entity_object(entity: Entity, printed: Print | None = None) -> dict[str, Any]:
    """Return an entity as JSON has it: numbers are numbers, lists are lists; of a PDF with page and box."""
    found = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in ((name, getattr(entity, name)) for name in tables.ENTITY_COLUMNS)
    } | {
        "antecedent_distance": entity.antecedent_distance,
        "url": entity.url,
        "title_today": entity.title_today,
        "candidates": [asdict(candidate) for candidate in entity.candidates],
    }
    if printed:
        place = printed.place(entity.start, entity.end)
        found |= {"page": place[0] if place else None, "bbox": list(place[1]) if place else None}
    return found


def entities_json(document: Document) -> str:
    """Return the entities with the document's metadata, as ``docs/schemas/entities-1.json`` describes."""
    source = document.source
    metadata = {
        "doc_id": source.doc_id,
        "title": source.title,
        "publisher": source.publisher,
        "edition": source.edition,
        "part": source.part,
        "reference_date": source.reference_date.isoformat() if source.reference_date else None,
        "licence": source.licence,
        "url": source.url,
        "sha256": source.sha256,
        "encoding": source.encoding,
        "characters": len(source.raw),
    }
    if source.format != "text":
        metadata["format"] = source.format
    content = {
        "$schema": SCHEMA,
        "document": metadata,
        "entities": [entity_object(entity, source.printed) for entity in document.entities],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def structure_json(document: Document) -> str:
    """Return the blocks as a tree, as ``docs/schemas/structure-1.json`` describes."""
    source = document.source
    content = structure_object(source.doc_id, source.raw, document.blocks, document.sentences)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def contents(document: Document, formats: Iterable[str]) -> dict[str, str]:
    """Return the files that ``formats`` (``csv``, ``json``) ask for: name → content.

    The text that was extracted from HTML or PDF is always one of them: the offsets count in it.
    """
    wanted = set(formats)
    found = {} if document.source.format == "text" else {EXTRACTED: document.source.raw}
    if "csv" in wanted:
        for table in CSV_TABLES:
            found[f"{table}.csv"] = "\ufeff" + table_csv(document, table)
    if "json" in wanted:
        found["entities.json"] = entities_json(document)
        found["structure.json"] = structure_json(document)
    return found


def try_folder(folder: Path) -> None:
    """Make sure that ``folder`` exists and can be written to; raises HakushoError if not."""
    write_files(folder, {".probe": ""})
    with suppress(OSError):
        (folder / ".probe").unlink()


def encoded(content: Content) -> bytes:
    """Return the bytes of a file; a lone surrogate of a broken text is written as it is, so that nothing is lost."""
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


def write_files(folder: Path, files: Files) -> dict[str, str]:
    """Write all of ``files`` into ``folder``: each is whole or absent, and none is written if one cannot be.

    Args:
        folder: Made if there is none.
        files: Name → content, or pairs of them, which are taken one after the other.

    Returns:
        The SHA-256 of each file.

    Raises:
        HakushoError: The folder cannot be made or written to.
    """
    waiting: list[tuple[Path, Path]] = []
    hashes: dict[str, str] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items() if isinstance(files, Mapping) else files:
            data = encoded(content)
            hashes[name] = hashlib.sha256(data).hexdigest()
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=TEMPORARY)
            waiting.append((Path(temporary), folder / name))
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
        for path, _ in waiting:
            path.chmod(0o644)
        for path, final in waiting:
            path.replace(final)
    except OSError as error:
        raise HakushoError(
            f"{folder}: cannot be written ({error.strerror}): choose another folder with -o"
        ) from None
    finally:
        for path, _ in waiting:
            with suppress(OSError):
                path.unlink(missing_ok=True)
    return hashes


def write_kept(path: Path, content: str) -> None:
    """Write one file, whole or not at all; what stood there before is kept with the ending ``.bak``.

    Raises:
        HakushoError: The file cannot be written.
    """
    files = {path.name: content}
    if path.is_file():
        files = {f"{path.name}.bak": path.read_bytes().decode("utf-8", "surrogatepass"), **files}
    write_files(path.parent, files)


def tidy(folder: Path) -> None:
    """Remove what a run that was killed left half-written in ``folder``; only the run that holds its lock may."""
    for path in folder.glob(f"{TEMPORARY}*"):
        with suppress(OSError):
            path.unlink()
