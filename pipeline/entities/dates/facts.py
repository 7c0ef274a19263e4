"""What the date grammar takes from tables: modifiers, and words that make a number no date."""

from __future__ import annotations

import re
from functools import cache

from pipeline.facts import rows


@cache
def modifiers() -> dict[str, str]:
    """Return the TIMEX3 ``mod`` of each modifier that may follow a date (``data/date_modifiers.csv``)."""
    return {row["surface"]: row["mod"] for row in rows("date_modifiers.csv")}


@cache
def modifier() -> re.Pattern[str]:
    """Return the pattern of a modifier that touches a date."""
    longest = sorted(rows("date_modifiers.csv"), key=lambda row: len(row["surface"]), reverse=True)
    words = [
        (f"(?<=[{row['behind']}])" if row["behind"] else "")
        + row["surface"]
        + (f"(?!{row['unless']})" if row["unless"] else "")
        for row in longest
    ]
    return re.compile(rf"の?(?P<mod>{'|'.join(words)})(?!て|端|裔|梢|席|日(?!以)|っ子|来)")


@cache
def context(place: str) -> re.Pattern[str]:
    """Return the pattern of the words that make a number no date in ``place`` (``data/date_contexts.csv``).

    What stands before is matched at its end by ``search``, what stands behind by ``match``.
    """
    there = [row for row in rows("date_contexts.csv") if row["place"] == place]
    words = [row["surface"] + (f"(?![{row['unless']}])" if row["unless"] else "") for row in there]
    joined = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{joined}){'' if place.startswith('after') else '(?:の)?$'}")


@cache
def recurrent() -> re.Pattern[str]:
    """Return the pattern of the words before days of every year (毎年, 例年)."""
    words = [row["surface"] for row in rows("date_contexts.csv") if row["place"] == "recurrent"]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def counted(before: str) -> bool:
    """Whether the number that follows ``before`` counts something: 約10年, 毎年4月."""
    return bool(context("before_number").search(before) or context("recurrent").search(before))
