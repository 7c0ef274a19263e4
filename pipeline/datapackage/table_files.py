"""A table over a whole run as files, CSV and Parquet, that are made row by row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.datapackage.standing import typed
from pipeline.document.tables import columns
from pipeline.export import BYTE_ORDER_MARK, encoded
from pipeline.model.cells import csv_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.datapackage.standing import Standing

# How many rows are made at once (決め打ち).
BATCH = 5_000


class File(Protocol):
    """A file that grows."""

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Add rows."""

    def close(self) -> Path:
        """End the file, and return where it is."""


class Csv:
    """A table as CSV."""

    def __init__(self, table: str, folder: Path) -> None:
        """Begin the file with its header."""
        self._path = folder / f"{table}.csv"
        self._stream = self._path.open("wb")
        self._stream.write(encoded(BYTE_ORDER_MARK + csv_lines([columns(table)])))

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Add rows."""
        self._stream.write(encoded(csv_lines(rows)))

    def close(self) -> Path:
        """End the file, and return where it is."""
        self._stream.close()
        return self._path


class Parquet:
    """A table as Parquet; rows of texts get their types."""

    def __init__(self, table: str, folder: Path, about: Mapping[str, str]) -> None:
        """Begin the file; ``about`` is what it says of itself."""
        # pyarrow: only for those who ask for it
        import pyarrow as pa

        from pipeline.export.parquet import ParquetWriter, arrow_rows

        self._rows = partial(arrow_rows, table, metadata=about)
        self._typed = typed(table)
        strict = self._rows(rows=()).schema
        # A cell that somebody edited may be absent where every row should have one.
        self._schema = pa.schema([field.with_nullable(True) for field in strict], strict.metadata)
        self._path = folder / f"{table}.parquet"
        self._stream = self._path.open("wb")
        self._writer = ParquetWriter(self._schema, self._stream)

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Add rows."""
        self._writer.add(self._rows(rows=map(self._typed, rows)).cast(self._schema))

    def close(self) -> Path:
        """End the file, and return where it is."""
        self._writer.close()
        self._stream.close()
        return self._path


class Table:
    """A table over the whole run, in CSV or Parquet or both."""

    def __init__(self, table: str, formats: set[str], folder: Path, about: Mapping[str, str]) -> None:
        """Begin the files.

        Args:
            table: The table.
            formats: ``csv``, ``parquet`` or both; others do not matter.
            folder: Where the files are made.
            about: What the Parquet file says of itself.
        """
        self._table = table
        self._waiting: list[tuple[Any, ...]] = []
        self._files: list[File] = []
        if "csv" in formats:
            self._files.append(Csv(table, folder))
        if "parquet" in formats:
            self._files.append(Parquet(table, folder, about))

    def add(self, _: Standing, made: Mapping[str, list[tuple[str, ...]]]) -> None:
        """Take in a document, if it has rows of this table."""
        self.write(made.get(self._table, ()))

    def write(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take in rows."""
        waiting = self._waiting
        waiting.extend(rows)
        for begin in range(0, len(waiting) - BATCH + 1, BATCH):
            self._put(waiting[begin : begin + BATCH])
        self._waiting = waiting[len(waiting) // BATCH * BATCH :]

    def _put(self, rows: list[tuple[Any, ...]]) -> None:
        for file in self._files:
            file.write(rows)

    def close(self) -> Iterator[Path]:
        """End the files, and yield where they are."""
        self._put(self._waiting)
        for file in self._files:
            yield file.close()
