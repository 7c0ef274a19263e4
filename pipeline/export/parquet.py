"""Parquet: each table of ``csv_files`` with types, and of the entities also what ``entities.json`` has.

Offsets are 32-bit integers, whole dates are dates, lists are lists. An absent value is null. Columns of few
different values are dictionary-encoded. The bytes depend on the document and the version of pyarrow alone.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline.export.csv_files import CSV_TABLES
from pipeline.export.json_files import LINE_FIELDS, entity_object
from pipeline.export.schema import TABLES_SCHEMA, Column, columns, made_by, whole_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pyarrow as pa

    from pipeline.document.document import Document
    from pipeline.document.tables import TableName

COMPRESSION = "zstd"


def parquet_files(
    document: Document, wanted: Iterable[TableName] = CSV_TABLES
) -> Iterator[tuple[str, bytes]]:
    """Yield a file for each of the tables, one after the other: name, content."""
    for table in wanted:
        yield f"{table}.parquet", parquet_bytes(arrow_table(document, table))


def arrow_table(document: Document, table: TableName) -> pa.Table:
    """Return ``table`` of a document as an Arrow table with the schema of :func:`arrow_schema`.

    Its metadata say which document it is of (``hakusho.doc_id``), what made it (``hakusho.version``) and
    which schema it follows (``hakusho.schema``).
    """
    source = document.source
    of_document = {"hakusho.doc_id": whole_text(source.doc_id), "hakusho.sha256": source.sha256}
    return arrow_rows(table, _values(document, table), of_document)


def arrow_rows(table: str, rows: Iterable[tuple[Any, ...]], metadata: Mapping[str, str]) -> pa.Table:
    """Return rows of ``table`` as an Arrow table, with ``metadata`` beside what made it and its schema."""
    import pyarrow as pa

    described, rows = columns(table, typed=True), list(rows)
    cells = list(zip(*rows, strict=True)) or [()] * len(described)
    own = {"hakusho.table": table, "hakusho.version": made_by(), "hakusho.schema": TABLES_SCHEMA}
    schema = arrow_schema(table).with_metadata({**metadata, **own})
    arrays = [
        pa.array(map(_reader(column), found), type=field.type)
        for column, field, found in zip(described, schema, cells, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def arrow_schema(table: str) -> pa.Schema:
    """Return the types of ``table``, one and the same for every document."""
    import pyarrow as pa

    candidate = pa.struct([(name, pa.string()) for name in ("title", "law_num", "law_id")])
    types = {
        "string": pa.string(), "category": pa.string(), "integer": pa.int32(), "number": pa.float64(),
        "date": pa.date32(), "list": pa.list_(pa.string()), "path": pa.list_(pa.string()),
        "candidates": pa.list_(candidate), "box": pa.list_(pa.float64()),
    }  # fmt: skip
    return pa.schema(
        [pa.field(c.name, types[c.type], nullable=not c.required) for c in columns(table, typed=True)]
    )


def parquet_bytes(table: pa.Table) -> bytes:
    """Return ``table`` as a Parquet file.

    Columns of few values, and the elements of lists, share a dictionary.
    """
    writer = ParquetWriter(table.schema)
    writer.add(table)
    return writer.content()


class ParquetWriter:
    """A Parquet file that is made piece by piece, each a row group."""

    def __init__(self, schema: pa.Schema, sink: BinaryIO | None = None) -> None:
        """Begin a file of tables with this schema, as :func:`arrow_rows` makes them.

        It goes to ``sink``, else into memory.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {c.name: c.type for c in columns(schema.metadata[b"hakusho.table"].decode(), typed=True)}
        shared = [name for name, kind in kinds.items() if kind == "category" or name == "doc_id"]
        shared += [f"{name}.list.element" for name, kind in kinds.items() if kind in ("list", "path")]
        self._sink = io.BytesIO()
        self._writer = pq.ParquetWriter(
            pa.PythonFile(sink or self._sink, mode="w"),
            schema,
            compression=COMPRESSION,
            use_dictionary=shared,
            version="2.6",
        )

    def add(self, table: pa.Table) -> None:
        """Add the rows of ``table``.

        Without rows no row group is made, since some readers cannot cut an empty one.
        """
        if table.num_rows:
            self._writer.write_table(table)

    def close(self) -> None:
        """End the file."""
        self._writer.close()

    def content(self) -> bytes:
        """End the file that is in memory, and return it."""
        self.close()
        return self._sink.getvalue()


def _values(document: Document, table: TableName) -> Iterator[tuple[Any, ...]]:
    if table != "entities":
        yield from document.typed_rows(table)
        return
    for entity in document.entities:
        found = entity_object(entity, document.source.printed)
        yield tuple(found.get(name) for name in LINE_FIELDS)


def _reader(column: Column) -> Callable[[Any], Any]:
    """Return the function that turns a value of ``column`` into one for Arrow."""
    if column.type in ("string", "category"):
        return whole_text if column.required else lambda value: whole_text(value) if value else None
    if column.type == "date":
        return lambda value: date.fromisoformat(value) if value else None
    if column.type in ("list", "path"):
        return lambda value: [whole_text(part) for part in value]
    if column.type == "candidates":
        return lambda value: [{name: whole_text(part) for name, part in one.items()} for one in value]
    return lambda value: value
