"""The words that show what a line is, and whether a sentence continues in it.

Part of stage 3 (see ``builder.py``). They are listed in ``data/line_words.csv``, by place.
"""

from __future__ import annotations

import re

from pipeline.facts import rows


def words(place: str) -> str:
    """Return the words of a place as alternatives for a pattern, the longest first.

    >>> words("behind_number")
    'から|まで|など|して|した|する|され'
    """
    found = [row for row in rows("line_words.csv") if row["place"] == place]
    found.sort(key=lambda row: -len(row["word"]))
    return "|".join(
        re.escape(row["word"]) + (f"(?!{row['unless']})" if row["unless"] else "") for row in found
    )
