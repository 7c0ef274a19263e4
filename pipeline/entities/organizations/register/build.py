"""How the index of registered bodies is built: in bounded memory, and put in place as a whole."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections import defaultdict
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.entities.organizations.houjin import SCHEME, identifiers
from pipeline.entities.organizations.register import Register, bare_key
from pipeline.entities.organizations.register.index import (
    FORMAT,
    NAME,
    Index,
    fingerprint,
    folding,
    register_of,
)
from pipeline.entities.organizations.register.published import NotARegisterError, read_bodies, told_day
from pipeline.facts import folder
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.entities.organizations.register import RegisteredBody

TEMPORARY = ".orgs-"
STALE = 86_400.0  # seconds after which a half-built index is nobody's any more (決め打ち)
BATCH = 5_000  # rows that are written at once (決め打ち)
CACHE = 32 << 10  # KiB of pages that SQLite holds (決め打ち)
MOST_PLACES = 20_000  # prefectures with municipalities; Japan has 1,900 (決め打ち)
# Of the numbers that we list so many are in every whole file; one prefecture has few of them (決め打ち).
WHOLE = 0.9
TABLES = """
CREATE TABLE bodies (
    number INTEGER PRIMARY KEY, bare INTEGER NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL,
    place INTEGER NOT NULL, since INTEGER, until INTEGER
);
CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
TAKEN = "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?)"
_Cells = tuple[int, int, str, int, int, int | None, int | None]


def build(path: Path, day: date | None, progress: Callable[[int], None] | None = None) -> Register:
    """Make the index of a file anew, and put it in place of the old one once it has been read back.

    Args:
        path: The full data as published.
        day: The day that they show; else that in the file's name, else that of the newest entry.
        progress: Told how many rows were read.

    Raises:
        HakushoError: The file is not the whole full data, or the folder cannot be written to. The old index
            stays.
    """
    place = folder()
    temporary = ""
    try:
        place.mkdir(parents=True, exist_ok=True)
        _sweep(place)
        handle, temporary = tempfile.mkstemp(dir=place, prefix=TEMPORARY)
        os.close(handle)
        index = Index(Path(temporary))
        _fill(Path(temporary), path, day, progress)
        index.check()
        _flush(temporary)
        Path(temporary).replace(place / NAME)
        return register_of(Index(place / NAME), index.facts())
    except NotARegisterError as error:
        wanted = "give the full data (全件データ, 全国) of the National Tax Agency as CSV or ZIP"
        raise HakushoError(f"{path}: {error}: {wanted}; an index that was there stays") from None
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise HakushoError(
            f"{path}: cannot be taken into {place} ({why}): check the file, the folder and its free space; "
            "HAKUSHO_DATA names another folder"
        ) from None
    finally:
        with suppress(OSError):
            Path(temporary or place / TEMPORARY).unlink(missing_ok=True)


def _fill(temporary: Path, path: Path, day: date | None, progress: Callable[[int], None] | None) -> None:
    """Write the rows of a file into an empty database."""
    with closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
            f"PRAGMA cache_size = -{CACHE}; {TABLES} BEGIN"
        )
        newest = date.min
        places: defaultdict[str, int] = defaultdict(lambda: len(places))
        batch: list[_Cells] = []
        for count, (body, updated) in enumerate(read_bodies(path), start=1):
            newest = max(newest, updated)
            batch.append(_cells(body, places[body.place]))
            if len(places) > MOST_PLACES:
                raise NotARegisterError(f"it names more than {MOST_PLACES:,} municipalities")
            if len(batch) == BATCH:
                connection.executemany(TAKEN, batch)
                batch.clear()
                if progress:
                    progress(count)
        connection.executemany(TAKEN, batch)
        connection.executemany(
            "INSERT INTO places VALUES (?, ?)", ((at, name) for name, at in places.items())
        )
        _check_whole(connection)
        total = connection.execute("SELECT count(*) FROM bodies").fetchone()[0]
        snapshot = day or told_day(path) or newest
        told = {
            "format": FORMAT,
            "folding": folding(),
            "snapshot": snapshot.isoformat(),
            "source": path.name,
        }
        connection.executemany("INSERT INTO facts VALUES (?, ?)", (told | {"count": str(total)}).items())
        connection.execute("CREATE INDEX bodies_by_bare ON bodies (bare)")
        connection.execute("COMMIT")


def _check_whole(connection: sqlite3.Connection) -> None:
    """Raise NotARegisterError unless nearly all bodies of the shipped registry are there."""
    listed = [number.removeprefix(SCHEME) for numbers in identifiers().values() for number in numbers]
    there = sum(
        connection.execute("SELECT 1 FROM bodies WHERE number = ?", (int(number[1:]),)).fetchone() is not None
        for number in listed
    )
    if there < WHOLE * len(listed):
        raise NotARegisterError(
            f"it holds {there} of {len(listed)} public bodies that all of Japan has: not the whole of it"
        )


def _sweep(place: Path) -> None:
    """Remove what an import that was killed left behind."""
    for path in place.glob(f"{TEMPORARY}*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > STALE:
                path.unlink()


def _flush(path: str) -> None:
    """Have what was written on the disk before it takes the place of anything."""
    with open(path, "rb+") as stream:  # noqa: PTH123 -- a name that was just made
        if hasattr(os, "fchmod"):
            os.fchmod(stream.fileno(), 0o644)
        os.fsync(stream.fileno())


def _cells(body: RegisteredBody, place: int) -> _Cells:
    since, until = (day.toordinal() if day else None for day in (body.since, body.until))
    return (
        int(body.number[1:]),
        fingerprint(bare_key(body.name)),
        body.name,
        int(body.kind),
        place,
        since,
        until,
    )
