"""The edition that the name of a file gives: a weak source, since a file may be called anything."""

from __future__ import annotations

import re
from datetime import date

from pipeline.eras import eras
from pipeline.read.days import WESTERN, folded
from pipeline.read.edition_forms import EDITION_DAY, Named, edition_in, folded_line, words
from pipeline.read.imprint import Statement

# Eras as file names write them: r4, H26, reiwa5, 平成26.
_ROMAJI = {"明治": "meiji", "大正": "taisho", "昭和": "showa", "平成": "heisei", "令和": "reiwa"}
_ERAS = {
    written: era
    for name, era in eras().items()
    for written in (era.letter.lower(), _ROMAJI.get(name, name), name)
}
_PAPER = re.compile(words("file"))
_YEAR = re.compile(
    rf"""
    (?:
        (?<![a-z])(?P<era>{"|".join(sorted(_ERAS, key=len, reverse=True))})[-_ ]?(?P<era_year>\d{{1,2}}|元)
        |(?<!\d)(?P<year>{WESTERN})
    )(?!\d)
    """,
    re.VERBOSE,
)


def named_by_file(stem: str) -> tuple[Statement | None, bool]:
    """Return the edition that a file's name without its ending gives, and whether it speaks of a paper.

    >>> names = ("r4_whitepaper", "H26", "2022_2023")
    >>> [(found and found.named.day.year, paper) for found, paper in map(named_by_file, names)]
    [(2022, True), (2014, False), (None, False)]
    """
    plain = folded(stem).casefold()
    years = {year for match in _YEAR.finditer(plain) if (year := _year(match))}
    if len(years) != 1:
        return None, False
    written = edition_in(folded_line(stem))
    named = Named(date(years.pop(), *EDITION_DAY), "year", written.edition if written else "")
    return Statement("file_name", named, stem), bool(_PAPER.search(plain))


def _year(match: re.Match[str]) -> int | None:
    if match["year"]:
        return int(match["year"])
    era, year = _ERAS[match["era"]], 1 if match["era_year"] == "元" else int(match["era_year"])
    return era.year(year) if era.holds(year) else None
