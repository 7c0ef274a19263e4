"""Dates in English: March 11, 2011; 11 March 2011; Mar. 2011."""

from __future__ import annotations

import re

from pipeline.entities.dates.months import Read
from pipeline.entities.dates.parts import Parts
from pipeline.model.rule import Rule

_MONTHS = (
    "Jan(?:uary|\\.)?", "Feb(?:ruary|\\.)?", "Mar(?:ch|\\.)?", "Apr(?:il|\\.)?", "May", "June?\\.?",
    "July?\\.?", "Aug(?:ust|\\.)?", "Sept?(?:ember|\\.)?", "Oct(?:ober|\\.)?", "Nov(?:ember|\\.)?",
    "Dec(?:ember|\\.)?",
)  # fmt: skip
_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_MONTH = f"(?P<m>{'|'.join(_MONTHS)})"
# A month in English and its year, with a day before or behind the month where there is one.
ENGLISH = Rule(
    "date_in_english",
    rf"""(?<![A-Za-z0-9.,/-]) (?:(?P<before>[12]?\d|3[01])(?:st|nd|rd|th)?[ ])?
        {_MONTH} (?:[ ](?P<d>[12]?\d|3[01])(?:st|nd|rd|th)?(?:,[ ]?|[ ](?=\d{{4}})))? [ ]?,?[ ]?
        (?P<w>(?:1[5-9]|20)\d\d)(?![\d.:-])""",
    flags=re.VERBOSE,
    reads=("⟦March 11, 2011⟧の地震", "⟦11 March 2011⟧", "（⟦Mar. 2011⟧）", "⟦July 2020⟧"),
    leaves=("May I", "Marc 2011", "MAR 2011", "March 20111"),
)
MONTH = Rule(
    "begins_a_month_in_english",
    "|".join(_NUMBERS),
    reads=("⟦Mar⟧ch", "⟦Sep⟧t."),
    leaves=("MAR", "march", "三月"),
)


def starts(text: str) -> list[int]:
    """Return where a date in English begins, in text order.

    >>> starts("地震（March 11, 2011）"), starts("May I")
    ([3], [])
    """
    if not text or ("20" not in text and "1" not in text) or MONTH.search(text) is None:
        return []
    return [match.start() for match in ENGLISH.finditer(text)]


def english(text: str, start: int) -> Read | None:
    """Read the date in English that begins at ``start``."""
    match = ENGLISH.match(text, start)
    if match is None:
        return None
    day = match["d"] or match["before"]
    parts = Parts(western=int(match["w"]), month=_NUMBERS[match["m"][:3]], day=int(day) if day else None)
    return Read(match.end(), "numeric", parts)
