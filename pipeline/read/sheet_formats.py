"""Numbers and days of a spreadsheet as it shows them: a cell holds 41856, and a person reads 平成26年8月5日.

Formats are those of ECMA-376, 18.8.30 and 18.8.31; ``data/excel_formats.csv`` has those that a file names
by number only, as Excel shows them in Japan. What a format leaves out is left out here, too: a day shown as
2014年8月 is no day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from pipeline.eras import era_on
from pipeline.facts import rows

TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
    |\\(?P<escaped>.)
    |(?P<blank>[_*].)                          # as wide as a letter, or a letter that fills the cell
    |\[(?P<bracket>[^\]\[]*)\]                 # a colour, a currency, a condition
    |(?P<general>General|G/標準)
    |(?P<half>AM/PM|A/P)
    |(?P<day>y+|m+|d+|h+|s+|g+|e+|a{3,4})
    |(?P<digits>[0#?.,]+)
    |(?P<percent>%)
    |(?P<other>E[+-]|/(?=[0-9#?])|@)
    |(?P<sign>.)
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
CURRENCY = re.compile(r"\$([^-]*)")
CONDITION = re.compile(r"[<>=]")
WEEKDAYS = "月火水木金土日"
# The day before the first of each system; that of 1900 counts a 29 February that there was not.
SYSTEM_1904, SYSTEM_1900, LEAP_1900 = date(1904, 1, 1), date(1899, 12, 30), 60
LAST_DAY = 2_958_465  # 9999-12-31
SECONDS = 86_400


class Token(NamedTuple):
    """A part of a format: its kind (the name of a group of ``TOKEN``), and what is written there."""

    kind: str
    text: str


@cache
def builtin(number: int) -> str:
    """Return the format that has a number below 164; General for others."""
    return {int(row["id"]): row["format"] for row in rows("excel_formats.csv")}.get(number, "General")


def shown(value: float, form: str, *, since_1904: bool = False) -> str:
    """Return a number as a cell of this format shows it.

    >>> shown(41856, 'ggge"年"m"月"d"日"'), shown(41856, "mmm-yy"), shown(-1234.5, '#,##0;"△"#,##0')
    ('平成26年8月5日', '2014年8月', '△1,235')
    """
    sections = _sections(form)
    if sections is None or not form:
        return general(value)
    at = 1 if value < 0 < len(sections) - 1 else 2 if value == 0 and len(sections) > 2 else 0
    tokens = sections[at]
    if any(token.kind == "day" for token in tokens):
        return _moment(value, tokens, since_1904=since_1904) or general(value)
    sign = "-" if value < 0 and at == 0 else ""
    written = _number(abs(value), tokens)
    return general(value) if written is None else sign + written


def general(value: float) -> str:
    """Return a number without a format of its own."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    plain = Decimal(f"{value:.15g}")
    return f"{plain:f}" if -30 < plain.adjusted() < 15 else f"{value:.15g}"


@cache
def _sections(form: str) -> tuple[tuple[Token, ...], ...] | None:
    """Return the parts of a format for numbers above and below zero and for zero.

    None for one that depends on more.
    """
    sections: list[list[Token]] = [[]]
    for match in TOKEN.finditer(form):
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "bracket" and CONDITION.search(text):
            return None
        if kind == "sign" and text == ";":
            sections.append([])
        elif kind == "bracket" and text.lower() in ("h", "m", "s", "hh", "mm", "ss"):
            sections[-1].append(Token("elapsed", text))
        elif kind == "bracket":
            found = CURRENCY.match(text)
            sections[-1].append(Token("quoted", found[1] if found else ""))
        elif kind != "blank":
            sections[-1].append(Token(kind, text))
    return tuple(map(tuple, sections[:3]))


def _number(value: float, tokens: tuple[Token, ...]) -> str | None:
    """Return what a format for numbers makes of a number that is not below zero.

    None where that is not known.
    """
    digits = [token.text for token in tokens if token.kind == "digits" and token.text.strip(",.")]
    if len(digits) > 1 or any(token.kind in ("other", "general", "elapsed") for token in tokens):
        return None
    out = ""
    for kind, text in tokens:
        if kind == "digits" and digits and text == digits[0]:
            percent = sum(token.kind == "percent" for token in tokens)
            try:
                out += _digits(Decimal(repr(value)) * 100**percent, text)
            except InvalidOperation:
                return None
        else:
            out += text
    return " ".join(out.split())


def _digits(value: Decimal, form: str) -> str:
    whole, _, places = form.partition(".")
    value /= 1000 ** (len(form) - len(form.rstrip(",")))
    places = places.rstrip(",")
    rounded = value.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    while right and places[len(right) - 1] == "#" and right.endswith("0"):
        right = right[:-1]
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole.rstrip(","):
        left = f"{int(left or 0):,}" if left else ""
    return f"{left}.{right}" if right else left


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day, and the seconds that have gone of it; ``elapsed`` is how many there are in all."""

    day: date | None
    seconds: int
    elapsed: int


def _moment(value: float, tokens: tuple[Token, ...], *, since_1904: bool) -> str:
    """Return what a format for days and times makes of a number; nothing where it is no day."""
    if not 0 <= value <= LAST_DAY:
        return ""
    moment = _moment_of(value, since_1904=since_1904)
    letters = "".join(token.text[0].lower() for token in tokens if token.kind == "day")
    if moment.day is None and set(letters) & set("ydgea"):
        return ""
    if any(token.kind == "day" and re.fullmatch("m{3,}", token.text, re.IGNORECASE) for token in tokens):
        return _plainly(moment.day, letters) if moment.day else ""
    out = ""
    for at, (kind, text) in enumerate(tokens):
        if kind == "day":
            out += _part(moment, text.lower(), minutes=_is_minute(tokens, at), half=_has(tokens, "half"))
        elif kind == "elapsed":
            out += str(moment.elapsed // {"h": 3600, "m": 60, "s": 1}[text[0].lower()])
        elif kind == "half":
            out += "午前" if moment.seconds < SECONDS / 2 else "午後"
        else:
            out += text
    return " ".join(out.split())


def _moment_of(value: float, *, since_1904: bool) -> _Moment:
    elapsed = round(value * SECONDS)
    days, seconds = divmod(elapsed, SECONDS)
    first = SYSTEM_1904 if since_1904 else SYSTEM_1900 + timedelta(days=days < LEAP_1900)
    known = since_1904 or (days > 0 and days != LEAP_1900)
    return _Moment(first + timedelta(days=days) if known else None, seconds, elapsed)


def _has(tokens: tuple[Token, ...], kind: str) -> bool:
    return any(token.kind == kind for token in tokens)


def _plainly(day: date, letters: str) -> str:
    """Return a day that is shown with the English name of its month, as far as it is shown."""
    year = f"{day.year}年" if "y" in letters else ""
    return f"{year}{day.month}月" + (f"{day.day}日" if "d" in letters else "")


def _is_minute(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether an m stands for minutes: behind hours, or before seconds."""
    near = [token.text[0].lower() if token.kind in ("day", "elapsed") else "" for token in tokens]
    before = next((letter for letter in reversed(near[:at]) if letter), "")
    after = next((letter for letter in near[at + 1 :] if letter), "")
    return before == "h" or after == "s"


def _part(moment: _Moment, text: str, *, minutes: bool, half: bool) -> str:
    """Return a part of a day or a time; a year of two figures is given all four, since 14 may be 平成14年."""
    letter, wide = text[0], len(text) > 1
    hours = moment.seconds // 3600
    if letter in "hs" or (letter == "m" and minutes):
        number = {
            "h": hours % 12 if half else hours,
            "m": moment.seconds // 60 % 60,
            "s": moment.seconds % 60,
        }[letter]
        return f"{number:02}" if wide else str(number)
    return _part_of_day(moment.day, letter, len(text)) if moment.day else ""


def _part_of_day(day: date, letter: str, length: int) -> str:
    if letter == "a" or (letter == "d" and length > 2):
        return WEEKDAYS[day.weekday()] + ("曜日" if length > 3 else "")
    era = era_on(day)
    if letter == "g":
        return "" if era is None else (era.letter, era.name[0], era.name)[min(length, 3) - 1]
    number = {"y": day.year, "m": day.month, "d": day.day}.get(letter, 0)
    if letter == "e":
        number = day.year - era.first.year + 1 if era else day.year
    return f"{number:02}" if length > 1 and letter != "y" else str(number)
