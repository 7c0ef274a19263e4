"""Synthetic full data of 法人番号, for tests and for measuring: ``python -m tools.houjin 200000 > all.csv``."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator

from pipeline.entities.organizations.houjin import SCHEME, identifiers, whole

PREFECTURES = ("東京都", "大阪府", "北海道", "福岡県")
FORMS = ("株式会社{}", "{}株式会社", "有限会社{}", "一般社団法人{}")
FIRST = 100_001_000_001


def line(number: str, name: str, **cells: str) -> list[str]:
    """Return a row as published; ``cells`` are ``process``, ``changed``, ``kind``, ``closed``, ``latest``."""
    row = [""] * 30
    row[0], row[1], row[2], row[3] = "1", number, cells.get("process", "01"), "1"
    row[4], row[5], row[6] = "2025-05-30", cells.get("changed", "2015-10-05"), name
    row[8], row[9], row[10] = cells.get("kind", "301"), PREFECTURES[int(number) % 4], "架空市"
    row[18], row[22], row[23], row[29] = cells.get("closed", ""), "2015-10-05", cells.get("latest", "1"), "0"
    return row


def public() -> Iterator[list[str]]:
    """Yield the public bodies that the shipped registry has numbers of: they are in every whole file."""
    for name, numbers in identifiers().items():
        for number in numbers:
            yield line(number.removeprefix(SCHEME), name, kind="101")


def companies(count: int) -> Iterator[list[str]]:
    """Yield invented companies, each under a number and a name of its own."""
    for at in range(count):
        yield line(whole(FIRST + at), FORMS[at % 4].format(f"架空{at // 4:x}商事"))


def text(*rows: list[str]) -> str:
    """Return a whole file: the public bodies, then ``rows``."""
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([*public(), *rows])
    return stream.getvalue()


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, quoting=csv.QUOTE_ALL)
    writer.writerows(public())
    writer.writerows(companies(int(sys.argv[1])))
