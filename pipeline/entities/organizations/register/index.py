"""The index of registered bodies: one SQLite file, built in bounded memory and replaced as a whole.

A body is found by its name without the legal form, of which the index keeps a fingerprint of 8 bytes. Its
number is kept without the check digit, since the other twelve digits lie near those of its neighbours in the
file.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from functools import cache
from hashlib import blake2b, sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote

from pipeline.entities.organizations.houjin import whole
from pipeline.entities.organizations.register import Register, RegisteredBody, bare_key
from pipeline.facts import folder
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from pathlib import Path

NAME = "orgs.sqlite"
FORMAT = "1"
FOUND = """
SELECT b.number, b.name, b.kind, p.name, b.since, b.until FROM bodies b JOIN places p ON p.id = b.place
"""


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
        found = self._asked(f"{FOUND} WHERE b.bare = ? ORDER BY b.number", fingerprint(bare))
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
    if (told.get("format"), told.get("folding")) != (FORMAT, folding()):
        index._damaged("made by another version")
    return register_of(index, told)


def register_of(index: Index, told: dict[str, str]) -> Register:
    """Return the register that an index holds."""
    return Register(index.named, date.fromisoformat(told["snapshot"]), told["source"], int(told["count"]))


def _body(row: tuple[Any, ...]) -> RegisteredBody:
    number, name, kind, place, *days = row
    since, until = (date.fromordinal(day) if day else None for day in days)
    return RegisteredBody(whole(number), name, str(kind), place, since, until)


def fingerprint(bare: str) -> int:
    """Return the fingerprint of a key without legal form."""
    return int.from_bytes(blake2b(bare.encode(), digest_size=8).digest(), signed=True)


@cache
def folding() -> str:
    """Return a fingerprint of what makes keys of names; an index is read only with the same one."""
    data = files("pipeline").joinpath("data")
    text = b"".join(data.joinpath(name).read_bytes() for name in ("variants.csv", "legal_forms.csv"))
    return sha256(text).hexdigest()[:16]
