"""法人番号, the numbers that the National Tax Agency gives: their check digit, and those of bodies that we list.

The check digit is that of 法人番号の指定等に関する省令 (平成26年財務省令第70号), article 2: nine minus the remainder by nine of the
sum of the twelve digits behind it, of which every second one, counted from the last but one, is doubled.
"""

from __future__ import annotations

from functools import cache

from pipeline.facts import rows

DIGITS = 13
SCHEME = "houjin:"


def is_number(number: str) -> bool:
    """Whether ``number`` has thirteen ASCII digits and the right check digit in front.

    >>> is_number("8000012130001"), is_number("7000012130001")
    (True, False)
    """
    if len(number) != DIGITS or not (number.isascii() and number.isdecimal()):
        return False
    behind = [int(digit) for digit in number[:0:-1]]
    total = sum(digit * (1 + at % 2) for at, digit in enumerate(behind))
    return int(number[0]) == 9 - total % 9


@cache
def identifiers() -> dict[str, tuple[str, ...]]:
    """Map official names to identifiers, such as ``houjin:8000012130001`` (``data/org_ids.csv``)."""
    return {row["name"]: tuple(row["ids"].split("|")) for row in rows("org_ids.csv")}
