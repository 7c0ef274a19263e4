"""JSON with each value in a line of its own, as ``json.dumps(…, ensure_ascii=False, indent=1)`` writes it.

That one is written in Python and asks at each value for much that does not happen here.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted
from math import isfinite
from types import NoneType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# How values of the usual types are written.
WRITERS: dict[type, Callable[[Any], str]] = {
    str: quoted,
    int: repr,
    float: lambda value: repr(value) if isfinite(value) else json.dumps(value),
    NoneType: lambda _: "null",
}


class _Keys(dict[str, str]):
    """Keys of objects as they are written, with what parts them from their values."""

    def __missing__(self, name: str) -> str:
        self[name] = written = f"{quoted(name)}: "
        return written


_KEYS = _Keys()


def indented(value: Any, margin: str = "\n") -> str:
    """Return ``value`` as JSON.

    Args:
        value: What JSON has; the keys of its objects are strings.
        margin: A line feed and the blanks that stand before the value's last line.
    """
    if write := WRITERS.get(type(value)):
        return write(value)
    inner = f"{margin} "
    if isinstance(value, dict):
        # Most values are short texts, and half of them are empty.
        parts = [
            _KEYS[name] + ((quoted(item) if item else '""') if type(item) is str else indented(item, inner))
            for name, item in value.items()
        ]
        return f"{{{inner}{f',{inner}'.join(parts)}{margin}}}" if parts else "{}"
    if isinstance(value, (list, tuple)):
        parts = [indented(item, inner) for item in value]
        return f"[{inner}{f',{inner}'.join(parts)}{margin}]" if parts else "[]"
    return json.dumps(value)
