"""Counts with their nouns, in messages."""

from __future__ import annotations


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count and what is counted, in the singular or the plural.

    >>> [plural(n, "document") for n in (0, 1, 1200)]
    ['0 documents', '1 document', '1,200 documents']
    >>> plural(2, "body", "bodies")
    '2 bodies'

    Args:
        count: How many there are.
        one: What one of them is called.
        many: What more of them are called; by default ``one`` with an ``s``.
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
