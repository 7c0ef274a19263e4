"""Lists of a Word document: the numbers that Word writes itself (第1条, （1）, ア)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts import rows
from pipeline.read.docx_styles import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.read.docx_styles import Numbered
    from pipeline.read.xml_events import Event

PLACE = re.compile(r"%([1-9])")
# Word takes 31 signs for the text of a level, and no label is longer (決め打ち).
LONGEST = 255


@dataclass(slots=True)
class Level:
    """A level of a list: the form of its numbers, and the text around them (``第%1章``)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    after: str = "tab"
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    kinds: dict[str, dict[int, Level]] = field(default_factory=dict)
    kind_of: dict[str, str] = field(default_factory=dict)
    own: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[Numbered] = field(default_factory=set)

    def label(self, num_id: str, at: int) -> str | None:
        """Count a paragraph of a list. Return the number that Word shows before it, and the separator.

        Returns:
            Nothing but ``""`` for a bullet or a number that cannot be known; None where there is no such
            list.
        """
        kind = self.kind_of.get(num_id)
        if kind is None:
            return None
        levels = self.kinds.get(kind, {}) | self.own.get(num_id, {})
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(kind, {})
        begins = self.starts.get(num_id, {}).get(at)
        if begins is not None and (num_id, at) not in self._begun:
            counts[at] = begins
        else:
            counts[at] = counts.get(at, level.start - 1) + 1
        self._begun.add((num_id, at))
        for below in [n for n in counts if n > at and levels.get(n, Level()).restart != 0]:
            del counts[below]
        return _shown(level, levels, counts)


def _shown(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if level.form in ("bullet", "none") and not PLACE.search(level.text):
        return ""
    out, done = "", 0
    for place in PLACE.finditer(level.text):
        at = int(place[1]) - 1
        of = levels.get(at, Level())
        number = written(counts.get(at, of.start), "decimal" if level.legal else of.form)
        if number is None:
            return ""
        out += level.text[done : place.start()] + number
        done = place.end()
    out += level.text[done:]
    return out + ("" if level.after == "nothing" or not out else "　")


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """Return the signs that count in each form of numbers, see ``data/number_forms.csv``."""
    return {row["form"]: tuple(row["signs"].split()) for row in rows("number_forms.csv")}


def written(number: int, form: str) -> str | None:
    """Return a number in a form of Word's (ECMA-376, ST_NumberFormat); None where that is not known.

    >>> written(3, "decimalFullWidth"), written(12, "japaneseCounting"), written(2, "aiueoFullWidth")
    ('３', '十二', 'イ')
    """
    if form in ("decimal", "decimalZero"):
        return f"{number:02}" if form == "decimalZero" else str(number)
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate({ord("0") + n: ord("０") + n for n in range(10)})
    if form in ("japaneseCounting", "chineseCounting", "chineseCountingThousand"):
        return _kanji(number)
    if form == "japaneseDigitalTenThousand":
        return str(number).translate({ord("0") + n: digit for n, digit in enumerate("〇一二三四五六七八九")})
    signs = _forms().get(form, ())
    return signs[number - 1] if 0 < number <= len(signs) else None


def _kanji(number: int) -> str | None:
    """Return a number below a hundred in kanji: 二十三."""
    if not 0 < number < 100:
        return None
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return (digits[tens].strip() if tens > 1 else "") + ("十" if tens else "") + digits[ones].strip()


def read_numbering(stream: Iterable[Event]) -> Numbering:
    """Return the lists of ``numbering.xml``."""
    found = Numbering()
    kind = num_id = ""
    level, at = Level(), 0
    for what, name, _, attributes in stream:
        if what != "start":
            continue
        value = attributes.get("val", "")
        if name == "abstractNum":
            kind, num_id = attributes.get("abstractNumId", ""), ""
            found.kinds[kind] = {}
        elif name == "num":
            num_id = attributes.get("numId", "")
        elif name == "abstractNumId":
            found.kind_of[num_id] = value
        elif name == "lvlOverride":
            at = number_of(attributes.get("ilvl", "0"))
        elif name == "startOverride":
            found.starts.setdefault(num_id, {})[at] = number_of(value)
        elif name == "lvl":
            level, at = Level(), number_of(attributes.get("ilvl", "0"))
            (found.own.setdefault(num_id, {}) if num_id else found.kinds[kind])[at] = level
        else:
            _say(level, name, value)
    return found


def _say(level: Level, name: str, value: str) -> None:
    """Read an element within a level."""
    if name == "start":
        level.start = number_of(value)
    elif name == "numFmt":
        level.form = value
    elif name == "lvlText":
        level.text = value[:LONGEST]
    elif name == "suff":
        level.after = value
    elif name == "isLgl":
        level.legal = value not in ("0", "false")
    elif name == "lvlRestart":
        level.restart = number_of(value)
