"""Labels beside those of ``data/entity_types.csv``: what they are called, how they look, what is compared.

Which types a run looks for is its own setting. What a label *means to a reader* is known to the whole process
once it was declared: by a file of types, by another package, or by the ``run.json`` of results that are read.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pipeline.model.shown import INK, OTHER, Style, put_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LINES = ("dotted", "solid", "dashed", "double", "groove", "ridge")
"""Kinds of lines below a mention, by their names in CSS."""
# Dark letters on the ground of a mention keep this contrast (WCAG 2.2, success criterion 1.4.6).
CONTRAST = 7.0
# The part of white in a ground, tried from the strongest colour on (決め打ち).
WHITES = (0.8, 0.85, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class OwnLabel:
    """A label beside those that are shipped.

    Attributes:
        label: As in the column ``label``.
        name_en: Of one mention, in English; ``name_ja`` in Japanese.
        plural_en: Of many; ``plural_ja`` likewise. By default as of one.
        colour: Of the line below a mention and of charts, as ``#rrggbb``.
        line: Kind of that line, one of :data:`LINES`.
        ground: Colour behind a mention, as ``#rrggbb``; by default a pale ``colour``.
        measures: What scores compare: names, each with its columns of ``entities.csv``.
        tells_time: Whether its mentions say of which time a sentence speaks.
    """

    label: str
    name_en: str
    name_ja: str
    plural_en: str = ""
    plural_ja: str = ""
    colour: str = OTHER.colour
    line: str = OTHER.line
    ground: str = ""
    measures: tuple[tuple[str, tuple[str, ...]], ...] = (("norm", ("norm",)),)
    tells_time: bool = False

    @property
    def style(self) -> Style:
        """How a mention looks."""
        return Style(self.ground or pale(self.colour), self.line, self.colour)

    def called(self, language: str) -> tuple[str, str]:
        """Return the names of one and of many in ``en`` or ``ja``."""
        one, many = (self.name_en, self.plural_en) if language == "en" else (self.name_ja, self.plural_ja)
        return one, many or one

    def as_json(self) -> dict[str, Any]:
        """Return it as ``run.json`` has it."""
        measures = [[name, list(columns)] for name, columns in self.measures]
        return asdict(self) | {"measures": measures}

    @classmethod
    def of_json(cls, found: Mapping[str, Any]) -> OwnLabel | None:
        """Return what :meth:`as_json` wrote, None where that is no label: a record may be damaged."""
        try:
            measures = tuple((str(name), tuple(map(str, columns))) for name, columns in found["measures"])
            strings = {name: str(found[name]) for name in STRINGS}
            own = cls(**strings, measures=measures, tells_time=found["tells_time"] is True)
        except (KeyError, TypeError, ValueError):
            return None
        sound = is_colour(own.colour) and is_colour(own.ground or own.colour) and can_compare(own)
        return own if sound and is_label(own.label) and own.line in LINES else None


STRINGS = ("label", "name_en", "name_ja", "plural_en", "plural_ja", "colour", "line", "ground")
_DECLARED: dict[str, OwnLabel] = {}


COMPARED = frozenset(("norm", "value", "mod", "article", "paragraph", "item"))
"""The columns of gold that say what a mention means."""


def can_compare(own: OwnLabel) -> bool:
    """Whether scores can compare what a label names: columns that gold has, at least one a measure."""
    return all(columns and COMPARED.issuperset(columns) for _, columns in own.measures)


def is_label(text: str) -> bool:
    """Whether a text looks like a label: capital letters, digits and _."""
    return re.fullmatch("[A-Z][A-Z0-9_]*", text, re.ASCII) is not None


def is_colour(text: str) -> bool:
    """Whether a text is a colour as ``#rrggbb``, in small letters."""
    return re.fullmatch("#[0-9a-f]{6}", text, re.ASCII) is not None


def declare(labels: Iterable[OwnLabel], *, again: bool = True) -> None:
    """Make labels known to this process; one that was declared before is as it was declared last.

    Args:
        labels: Of types of one's own.
        again: Whether a known label is replaced.
    """
    for own in labels:
        if own.label in _DECLARED and not again:
            continue
        _DECLARED[own.label] = own
        put_style(own.label, own.style)


def of_settings(settings: Mapping[str, Any]) -> list[OwnLabel]:
    """Return the labels of a run's own types, as its settings in ``run.json`` tell them."""
    types = settings.get("types")
    rows = types if isinstance(types, list) else []
    return [own for row in rows if isinstance(row, dict) and (own := OwnLabel.of_json(row))]


def of_record(record: Mapping[str, Any]) -> list[OwnLabel]:
    """Return the labels of the own types of every run that ``run.json`` names, the last run's last."""
    runs = record.get("runs")
    named = [run.get("settings") for run in runs if isinstance(run, dict)] if isinstance(runs, list) else []
    return [
        own
        for settings in (*named, record.get("settings"))
        if isinstance(settings, dict)
        for own in of_settings(settings)
    ]


def own_labels() -> dict[str, OwnLabel]:
    """Return the labels that were declared in this process, in their order."""
    return dict(_DECLARED)


def pale(colour: str) -> str:
    """Return a ground of a colour on which dark letters are easy to read.

    >>> pale("#cc79a7"), pale("#000000")
    ('#f5e4ed', '#cccccc')
    """
    parts = _parts(colour)
    grounds = [[round(part * (1 - white) + 255 * white) for part in parts] for white in WHITES]
    found = next((g for g in grounds if contrast(_written(g)) >= CONTRAST), grounds[-1])
    return _written(found)


def contrast(ground: str) -> float:
    """Return the contrast of the letters on a ground, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(INK), _luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _written(parts: Iterable[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)
