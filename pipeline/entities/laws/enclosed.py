"""What stands between two signs of a text: brackets, quotation marks."""

from __future__ import annotations


def enclosed(text: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """Return the half-open spans from each ``opening`` to its ``closing``, without those inside another.

    >>> enclosed("電波法（A（B）C）と（D）", "（", "）")
    [(3, 10), (11, 14)]
    """
    spans, depth, start = [], 0, 0
    for at, char in enumerate(text):
        if char == opening:
            start, depth = (at if not depth else start), depth + 1
        elif char == closing and depth:
            depth -= 1
            if not depth:
                spans.append((start, at + 1))
    return spans
