"""JSON with each value in a line of its own, as ``json.dumps(…, ensure_ascii=False, indent=1)`` writes it.

That one is written in Python and asks at each value for much that does not happen here.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted
from typing import Any


def indented(value: Any, margin: str = "\n") -> str:
    """Return ``value`` as JSON.

    Args:
        value: What JSON has; the keys of its objects are strings.
        margin: A line feed and the blanks that stand before the value's last line.
    """
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is int:
        return repr(value)
    if value is None:
        return "null"
    if isinstance(value, dict):
        pairs = [f"{quoted(name)}: {indented(inner, margin + ' ')}" for name, inner in value.items()]
        return _lines("{", pairs, "}", margin)
    if isinstance(value, (list, tuple)):
        return _lines("[", [indented(inner, margin + " ") for inner in value], "]", margin)
    return json.dumps(value)


def _lines(opening: str, parts: list[str], closing: str, margin: str) -> str:
    if not parts:
        return opening + closing
    return f"{opening}{margin} {f',{margin} '.join(parts)}{margin}{closing}"
