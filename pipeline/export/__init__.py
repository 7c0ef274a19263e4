"""Stage 7: document → files, one module a format; nothing is written but by :func:`write_files`.

``docs/reference/formats.md`` says what each format holds, which tool reads it, and what may change when.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.export.annotations import annotation_files
from pipeline.export.conllu import conllu_files
from pipeline.export.csv_files import BYTE_ORDER_MARK, CSV_TABLES, TABLES, csv_files, table_csv
from pipeline.export.files import (
    TEMPORARY,
    Content,
    digest_of,
    encoded,
    read_within,
    tidy,
    try_folder,
    write_files,
    write_kept,
)
from pipeline.export.json_files import (
    SCHEMA,
    entities_json,
    entity_object,
    json_files,
    json_lines_files,
    structure_json,
)  # fmt: skip
from pipeline.model.cells import csv_text
from pipeline.model.errors import HakushoError
from pipeline.model.extras import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.document.document import Document
    from pipeline.document.tables import TableName
    from pipeline.export.files import Files

__all__ = [
    "BYTE_ORDER_MARK",
    "CSV_TABLES",
    "EXTRACTED",
    "FORMATS",
    "SCHEMA",
    "TABLES",
    "TEMPORARY",
    "Content",
    "check_formats",
    "completed",
    "contents",
    "csv_text",
    "digest_of",
    "each_file",
    "encoded",
    "entities_json",
    "entity_object",
    "read_within",
    "structure_json",
    "table_csv",
    "tidy",
    "try_folder",
    "write_files",
    "write_kept",
]  # fmt: skip

EXTRACTED = "source.txt"
# What a format needs beyond the least: its modules, and the extra that brings them.
_REQUIRED: dict[str, tuple[tuple[str, ...], str]] = {
    "parquet": (("pyarrow",), "parquet"),
    "docbin": (("spacy",), ""),
}


def _parquet(document: Document, tables: Iterable[TableName]) -> Files:
    from pipeline.export.parquet import parquet_files  # pyarrow: only for those who ask for it

    return parquet_files(document, tables)


def _docbin(document: Document) -> Mapping[str, bytes]:
    from pipeline.export.docbin import docbin_files  # spaCy, likewise

    return docbin_files(document)


# ``html`` is made by ``report``, ``xlsx`` and ``sqlite`` by ``datapackage``, over all documents.
_WRITERS: dict[str, Callable[[Document, Iterable[TableName]], Files]] = {
    "csv": csv_files,
    "json": lambda document, _: json_files(document),
    "html": lambda *_: {},
    "jsonl": lambda document, _: json_lines_files(document),
    "parquet": _parquet,
    "conllu": lambda document, _: conllu_files(document),
    "docbin": lambda document, _: _docbin(document),
    "webannotation": lambda document, _: annotation_files(document),
    "xlsx": lambda *_: {},
    "sqlite": lambda *_: {},
}
FORMATS = tuple(_WRITERS)
# Formats that are made from another format, which is then written as well.
_NEEDED = {"xlsx": "csv", "sqlite": "csv"}


def check_formats(formats: Iterable[str]) -> None:
    """Make sure that each of ``formats`` is known and can be written; raises HakushoError if not."""
    for name in formats:
        if name not in FORMATS:
            raise HakushoError(f"no format {name!r}: choose among {','.join(FORMATS)}")
        if name in _REQUIRED:
            require(f"--format {name}", *_REQUIRED[name])


def completed(formats: Iterable[str]) -> tuple[str, ...]:
    """Return ``formats`` with those that they are made of.

    >>> completed(["json", "xlsx"]), completed(["xlsx", "csv"])
    (('json', 'xlsx', 'csv'), ('xlsx', 'csv'))
    """
    wanted = tuple(formats)
    return tuple(dict.fromkeys([*wanted, *(_NEEDED[name] for name in wanted if name in _NEEDED)]))


def contents(document: Document, formats: Iterable[str]) -> dict[str, Content]:
    """Return the files that ``formats`` ask for: name → content, a text or bytes.

    The text that was extracted from HTML or PDF is always one of them: the offsets count in it. ``html`` adds
    nothing
    here: ``report.render`` makes the page.

    Raises:
        HakushoError: A format is unknown.
    """
    return dict(each_file(document, formats))


def each_file(
    document: Document, formats: Iterable[str], tables: str = "all"
) -> Iterator[tuple[str, Content]]:
    """Yield what :func:`contents` returns, one file at a time, so that memory never holds all of them.

    ``tables`` is one of ``TABLES``: which tables CSV and Parquet hold.
    """
    wanted = frozenset(formats)
    check_formats(sorted(wanted))
    if document.source.format != "text":
        yield EXTRACTED, document.source.raw
    for name, write in _WRITERS.items():
        if name in wanted:
            found = write(document, TABLES[tables])
            yield from found.items() if isinstance(found, Mapping) else found
