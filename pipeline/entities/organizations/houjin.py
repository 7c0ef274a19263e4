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
    return number == whole(int(number[1:]))


def whole(behind: int) -> str:
    """Return the number whose twelve digits behind the check digit are ``behind``.

    >>> whole(12130001)
    '8000012130001'
    """
    odd = even = 0
    left = behind
    while left:
        left, digits = divmod(left, 100)
        odd += digits % 10
        even += digits // 10
    return f"{9 - (odd + 2 * even) % 9}{behind:012}"


@cache
def identifiers() -> dict[str, tuple[str, ...]]:
    """Map official names to identifiers, such as ``houjin:8000012130001`` (``data/org_ids.csv``)."""
    return {row["name"]: tuple(row["ids"].split("|")) for row in rows("org_ids.csv")}
