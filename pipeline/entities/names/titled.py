"""An official name, and when it was one."""

from __future__ import annotations

from typing import NamedTuple


class Titled(NamedTuple):
    """An official name and its first and last day, month or year (EDTF), ``""`` where open or unknown."""

    name: str
    first: str
    last: str
