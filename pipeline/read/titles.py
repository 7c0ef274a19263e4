"""Which titles of files are none: what programs put there when nobody wrote one, and names of files."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath

from pipeline import facts
from pipeline.read.days import folded


def real_title(title: str, path: str) -> str:
    """Return the title that the metadata of a web page or a PDF give, or nothing if nobody wrote one.

    Args:
        title: As the file has it.
        path: Of the file: its own name is no title.

    >>> real_title("Microsoft Word - 01.docx", "a.pdf"), real_title("令和5年版防衛白書", "r5.pdf")
    ('', '令和5年版防衛白書')
    """
    plain = " ".join(folded(title).split())
    stem = folded(PurePath(path).stem)
    if not plain or plain.casefold() == stem.casefold() or _none().fullmatch(plain):
        return ""
    return title.strip()


@cache
def _none() -> re.Pattern[str]:
    """Return what matches a title that is none (``data/no_titles.csv``)."""
    patterns = (row["pattern"] for row in facts.rows("no_titles.csv"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
