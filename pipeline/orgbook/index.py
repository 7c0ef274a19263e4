"""The index of registered bodies: one SQLite file, built in bounded memory and replaced as a whole.

A body is found by its name without the legal form, of which the index keeps a fingerprint of 8 bytes. Its number is
kept without the check digit, since the other twelve digits lie near those of its neighbours in the file.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections import defaultdict
from contextlib import closing, suppress
from datetime import date
from functools import cache
from hashlib import blake2b, sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote

from pipeline.entities.organizations.houjin import SCHEME, identifiers, whole
from pipeline.entities.organizations.register import Register, RegisteredBody, bare_key
from pipeline.model.errors import HakushoError
from pipeline.orgbook.published import NotARegisterError, read_bodies, told_day
from pipeline.userdata import folder

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "orgs.sqlite"
FORMAT = "1"
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
FOUND = """
SELECT b.number, b.name, b.kind, p.name, b.since, b.until FROM bodies b JOIN places p ON p.id = b.place
"""
_Cells = tuple[int, int, str, int, int, int | None, int | None]


class Index:
    """An index that is looked into, opened when it is first asked, in each process anew."""

    def __init__(self, path: Path) -> None:
        """Take its path."""
        self.path = path
        self._opened: tuple[int, sqlite3.Connection] | None = None

    def __reduce__(self) -> tuple[type[Index], tuple[Path]]:
        """Be sent to another process as a path."""
        return Index, (self.path,)

    def named(self, bare: str) -> tuple[RegisteredBody, ...]:
        """Return the bodies whose name without legal form has this key.

        Raises:
            HakushoError: The index is gone or damaged.
        """
        found = self._asked(f"{FOUND} WHERE b.bare = ? ORDER BY b.number", _fingerprint(bare))
        return tuple(body for body in map(_body, found) if bare_key(body.name) == bare)

    def numbered(self, number: str) -> RegisteredBody | None:
        """Return the body with a 法人番号, None if there is none; raises as :meth:`named`."""
        return next(map(_body, self._asked(f"{FOUND} WHERE b.number = ?", int(number[1:]))), None)

    def facts(self) -> dict[str, str]:
        """Return what the index says of itself; raises as :meth:`named`."""
        return dict(self._asked("SELECT name, value FROM facts"))

    def check(self) -> None:
        """Read the whole index.

        Raises:
            HakushoError: It cannot be read as it was written.
        """
        told = [row[0] for row in self._asked("PRAGMA quick_check(1)")]
        count = self._asked("SELECT count(*) FROM bodies")[0][0]
        if told != ["ok"] or str(count) != self.facts().get("count"):
            self._damaged(told[0] if told != ["ok"] else f"{count:,} bodies")

    def _asked(self, question: str, *values: int) -> list[tuple[Any, ...]]:
        try:
            return self._connection().execute(question, values).fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            self._damaged(str(error))

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None or self._opened[0] != os.getpid():
            address = f"file:{quote(str(self.path))}?mode=ro&immutable=1"
            self._opened = os.getpid(), sqlite3.connect(address, uri=True, check_same_thread=False)
        return self._opened[1]

    def _damaged(self, why: str) -> NoReturn:
        raise HakushoError(
            f"{self.path}: is no whole index of bodies ({why}): run 'hakusho orgs import' again, "
            "or give --orgs shipped to do without"
        ) from None


def installed_register() -> Register | None:
    """Return the register in the user's data folder, None if there is none.

    It is what ``hakusho orgs import`` took from the full data of 法人番号.

    Raises:
        HakushoError: It cannot be read, is damaged, or was made by another version.
    """
    path = folder() / NAME
    if not path.is_file():
        return None
    index = Index(path)
    told = index.facts()
    if (told.get("format"), told.get("folding")) != (FORMAT, _folding()):
        index._damaged("made by another version")
    return register_of(index, told)


def register_of(index: Index, told: dict[str, str]) -> Register:
    """Return the register that an index holds."""
    return Register(index.named, date.fromisoformat(told["snapshot"]), told["source"], int(told["count"]))


def build(path: Path, day: date | None, progress: Callable[[int], None] | None = None) -> Register:
    """Make the index of a file anew, and put it in place of the old one once it has been read back.

    Args:
        path: The full data as published.
        day: The day that they show; else that in the file's name, else that of the newest entry.
        progress: Told how many rows were read.

    Raises:
        HakushoError: The file is not the whole full data, or the folder cannot be written to. The old index stays.
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
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE}; {TABLES} BEGIN"
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
            "folding": _folding(),
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
        os.fchmod(stream.fileno(), 0o644)
        os.fsync(stream.fileno())


def _cells(body: RegisteredBody, place: int) -> _Cells:
    since, until = (day.toordinal() if day else None for day in (body.since, body.until))
    return (
        int(body.number[1:]),
        _fingerprint(bare_key(body.name)),
        body.name,
        int(body.kind),
        place,
        since,
        until,
    )


def _body(row: tuple[Any, ...]) -> RegisteredBody:
    number, name, kind, place, *days = row
    since, until = (date.fromordinal(day) if day else None for day in days)
    return RegisteredBody(whole(number), name, str(kind), place, since, until)


def _fingerprint(bare: str) -> int:
    return int.from_bytes(blake2b(bare.encode(), digest_size=8).digest(), signed=True)


@cache
def _folding() -> str:
    """Return a fingerprint of what makes keys of names; an index is read only with the same one."""
    data = files("pipeline").joinpath("data")
    text = b"".join(data.joinpath(name).read_bytes() for name in ("variants.csv", "legal_forms.csv"))
    return sha256(text).hexdigest()[:16]
