"""What the date grammar takes from tables: modifiers, and words that make a number no date."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


def _facts(name: str) -> list[dict[str, str]]:
    with files("pipeline").joinpath("data", name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@cache
def modifiers() -> dict[str, str]:
    """Return the TIMEX3 ``mod`` of each modifier that may follow a date (``data/date_modifiers.csv``)."""
    return {row["surface"]: row["mod"] for row in _facts("date_modifiers.csv")}


@cache
def modifier() -> re.Pattern[str]:
    """Return the pattern of a modifier that touches a date."""
    rows = sorted(_facts("date_modifiers.csv"), key=lambda row: len(row["surface"]), reverse=True)
    words = [
        (f"(?<=[{row['behind']}])" if row["behind"] else "")
        + row["surface"]
        + (f"(?!{row['unless']})" if row["unless"] else "")
        for row in rows
    ]
    return re.compile(rf"の?(?P<mod>{'|'.join(words)})(?!て|端|裔|梢|席|日(?!以)|っ子|来)")


@cache
def context(place: str) -> re.Pattern[str]:
    """Return the pattern of the words that make a number no date in ``place`` (``data/date_contexts.csv``).

    What stands before is matched at its end by ``search``, what stands behind by ``match``.
    """
    rows = [row for row in _facts("date_contexts.csv") if row["place"] == place]
    words = [row["surface"] + (f"(?![{row['unless']}])" if row["unless"] else "") for row in rows]
    joined = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{joined}){'' if place.startswith('after') else '(?:の)?$'}")


def counted(before: str) -> bool:
    """Whether the number that follows ``before`` counts something: 約10年, 毎年4月."""
    return bool(context("before_number").search(before) or context("recurrent").search(before))
