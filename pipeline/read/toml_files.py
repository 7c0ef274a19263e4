"""TOML files of a person's own, read within bounds.

The parser takes time and stack without limit for what nests.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from pipeline.read.intake import file_bytes

if TYPE_CHECKING:
    from pathlib import Path

# No table of ours is named within so many others (決め打ち).
DEEPEST = 32
# A key of many parts (a.b.c…): for each part the parser looks at all those before it.
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+"""
_DEEP = re.compile(rf"(?<![\w-])(?:{_PART}\.[ \t]*+){{{DEEPEST}}}")


def toml_of(path: Path, where: str, most: int) -> tuple[bytes, dict[str, Any]]:
    """Return the bytes of a file and what it holds.

    Args:
        path: Of the file.
        where: What an error calls it.
        most: How many bytes it may have.

    Raises:
        HakushoError: It is no file, or too large.
        OSError: It cannot be opened.
        ValueError: It is no TOML, not in UTF-8, or nests too deep.
    """
    data = file_bytes(path, where, most)
    text = data.decode("utf-8-sig")
    if _DEEP.search(text):
        raise ValueError("it nests too deep")
    try:
        return data, tomllib.loads(text)
    except RecursionError:
        raise ValueError("it nests too deep") from None
