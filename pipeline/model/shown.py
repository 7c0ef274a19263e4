"""How the objects of the model show themselves: shortened text, and pieces of HTML for notebooks.

The HTML is complete in itself (no script, no style sheet, nothing fetched) and escaped. Labels are told apart
by name and line as well as by colour; the colours are those of the report (``data/entity_types.csv``).
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from pipeline.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 60  # characters of a cell (決め打ち)
INK, PAPER = "#1d2330", "#ffffff"
BOX = (
    f"max-width:62em;padding:.6em .9em;background:{PAPER};color:{INK};font-family:sans-serif;"
    "line-height:1.7;text-align:left"
)
CELL = f"padding:.15em .6em;text-align:left;vertical-align:top;background:{PAPER};color:{INK}"
SMALL = "margin-left:.15em;font-size:.65em;font-weight:bold"


class Style(NamedTuple):
    """How a type of entity looks on every page and in every tool.

    Attributes:
        ground: Colour behind a mention, as ``#rrggbb``; dark letters keep a contrast of 7 to 1 on it.
        line: Kind of line below a mention, by its name in CSS.
        colour: Colour of that line, of charts and of annotation tools, as ``#rrggbb``.
    """

    ground: str
    line: str
    colour: str


OTHER = Style("#f6e1ed", "dotted", "#cc79a7")
"""The style of a label that has none."""


@cache
def styles() -> dict[str, Style]:
    """Return the style of each label."""
    return {
        row["label"]: Style(row["ground"], row["line"], row["colour"]) for row in rows("entity_types.csv")
    }


_OWN: dict[str, Style] = {}


def put_style(label: str, style: Style) -> None:
    """Give a label beside those that are shipped its style."""
    _OWN[label] = style


def style_of(label: str) -> Style:
    """Return the style of a label."""
    return styles().get(label) or _OWN.get(label, OTHER)


def cut(text: str) -> str:
    """Return a text of at most some sixty characters."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def marked(text: str, label: str, meaning: str = "") -> str:
    """Return a mention in the colours of its label; ``meaning`` shows when it is pointed at."""
    look = style_of(label)
    title = f' title="{escape(cut(meaning))}"' if meaning else ""
    style = (
        f"padding:0 .15em;background:{look.ground};color:{INK};border-bottom:3px {look.line} {look.colour}"
    )
    small = f'<span style="{SMALL}">{escape(label)}</span>'
    return f'<mark{title} style="{style}"><bdi>{escape(cut(text))}</bdi>{small}</mark>'


def boxed(html: str) -> str:
    """Put a piece of HTML into a box with colours and letters of its own."""
    return f'<div lang="ja" style="{BOX}">{html}</div>'


def facts_table(facts: Iterable[tuple[str, str]]) -> str:
    """Return a table of names and values."""
    body = "".join(
        f'<tr><th scope="row" style="{CELL}">{escape(name)}</th>'
        f'<td style="{CELL}"><bdi>{escape(cut(value))}</bdi></td></tr>'
        for name, value in facts
    )
    return f"<table>{body}</table>"
