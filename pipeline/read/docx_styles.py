"""Styles and numbering of a Word document: which paragraphs are headings or items, and the numbers that Word shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.read.xml_events import Event

HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
# A table of contents, of figures: what stands there stands elsewhere, too.
CONTENTS = re.compile(r"toc(?: heading| ?\d)?|table of (?:figures|authorities)|index ?\d?", re.IGNORECASE)
PLACE = re.compile(r"%([1-9])")
# A chain of styles that rest on each other is no longer (決め打ち); an outline level of 9 is that of plain text.
LONGEST_CHAIN, NO_LEVEL = 20, 9
Numbered = tuple[str, int]
"""A list's id and the level in it, from 0."""


@dataclass(slots=True)
class Style:
    """A paragraph style; what it does not say, the style that it rests on says."""

    name: str = ""
    base: str = ""
    outline: int | None = None
    num_id: str | None = None
    num_level: int | None = None


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document by their ids, and the one of paragraphs that name none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    def _chain(self, style_id: str) -> Iterable[Style]:
        for _ in range(LONGEST_CHAIN):
            style = self.by_id.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.base

    def level(self, style_id: str) -> int:
        """Return the level of heading that a style makes, 1 for the uppermost, 0 for none."""
        for style in self._chain(style_id or self.default):
            if match := HEADING.fullmatch(style.name):
                return int(match[1])
            if style.name.lower() in ("title", "subtitle"):
                return 1 if style.name.lower() == "title" else 2
            if style.outline is not None:
                return 0 if style.outline >= NO_LEVEL else style.outline + 1
        return 0

    def named(self, style_id: str, pattern: re.Pattern[str]) -> bool:
        """Whether a style, or one that it rests on, has a name that ``pattern`` matches whole."""
        return any(pattern.fullmatch(style.name) for style in self._chain(style_id))

    def numbered(self, style_id: str) -> Numbered | None:
        """Return the list that a style puts its paragraphs into."""
        num_id = level = None
        for style in self._chain(style_id or self.default):
            num_id = style.num_id if num_id is None else num_id
            level = style.num_level if level is None else level
        return (num_id, level or 0) if num_id and num_id != "0" else None


def read_styles(stream: Iterable[Event]) -> Styles:
    """Return the paragraph styles of ``styles.xml``."""
    styles, style = Styles(), Style()
    for what, name, _, attributes in stream:
        if what == "start" and name == "style":
            style = Style()
            if attributes.get("type", "paragraph") == "paragraph":
                styles.by_id[attributes.get("styleId", "")] = style
                if attributes.get("default") in ("1", "true"):
                    styles.default = attributes.get("styleId", "")
        elif what == "start":
            _style_says(style, name, attributes.get("val", ""))
    return styles


def _style_says(style: Style, name: str, value: str) -> None:
    """Take in what an element within a style says of it."""
    if name == "name":
        style.name = value
    elif name == "basedOn":
        style.base = value
    elif name == "outlineLvl" and value.isdigit():
        style.outline = _number(value)
    elif name == "numId":
        style.num_id = value
    elif name == "ilvl" and value.isdigit():
        style.num_level = _number(value)


@dataclass(slots=True)
class Level:
    """A level of a list: how its numbers are written, and around them what (``第%1章``)."""

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
        """Count a paragraph of a list, and return the number that Word shows before it, and what parts them.

        Returns:
            Nothing but ``""`` for a bullet or a number that cannot be known; None where there is no such list.
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

    >>> written(3, "decimalFullWidth"), written(12, "japaneseCounting"), written(2, "aiueoFullWidth"), written(4, "odd")
    ('３', '十二', 'イ', None)
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
            at = _number(attributes.get("ilvl", "0"))
        elif name == "startOverride":
            found.starts.setdefault(num_id, {})[at] = _number(value)
        elif name == "lvl":
            level, at = Level(), _number(attributes.get("ilvl", "0"))
            (found.own.setdefault(num_id, {}) if num_id else found.kinds[kind])[at] = level
        else:
            _say(level, name, value)
    return found


def _say(level: Level, name: str, value: str) -> None:
    """Take in what an element within a level says of it."""
    if name == "start":
        level.start = _number(value)
    elif name == "numFmt":
        level.form = value
    elif name == "lvlText":
        level.text = value
    elif name == "suff":
        level.after = value
    elif name == "isLgl":
        level.legal = value not in ("0", "false")
    elif name == "lvlRestart":
        level.restart = _number(value)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
