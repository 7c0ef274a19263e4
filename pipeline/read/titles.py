"""Which titles of files are none: what programs put there when nobody wrote one, and names of files."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from pipeline import facts
from pipeline.model.rule import Pattern
from pipeline.read.days import ERA_YEAR, WESTERN, folded, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEAR = Pattern(rf"{ERA_YEAR}(?=年|\))|(?<!\d)(?P<year>{WESTERN})(?!\d)")
# Most titles stand at the beginning, within so many code points (決め打ち).
OPENING = 5000


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


def borne_out(title: str, raw: str) -> bool:
    """Whether a text tells of every year that a title names: an old file's title stays in newer ones.

    >>> raw = "令 和 ３ 年度港湾予算"
    >>> [borne_out(title, raw) for title in ("平成24年度港湾予算", "港湾予算2021", "令和3年度予算", "予算")]
    [False, True, True, True]
    """
    named = set(_years(title))
    return not named or named <= set(_years(raw[:OPENING])) or named <= set(_years(raw))


def _years(text: str) -> Iterator[int]:
    """Yield the years that a text names, as western ones."""
    plain = "".join(folded(text).split())
    for match in _YEAR.finditer(plain):
        if year := year_of(match.groupdict()):
            yield year


@cache
def _none() -> re.Pattern[str]:
    """Return what matches a title that is none (``data/no_titles.csv``)."""
    patterns = (row["pattern"] for row in facts.rows("no_titles.csv"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
