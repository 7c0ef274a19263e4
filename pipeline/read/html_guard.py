"""What no page needs is taken out before it is parsed: the parser's time grows with the square of how deep a page nests.

Browsers, too, end at a depth of 512. Beyond it an element that stands for a block becomes a paragraph, and others are
left out; the text stays. So are marks of style (bold, font), which a parser reopens in every paragraph, and attributes
beyond what any element has.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

# A page with fewer tags cannot take long (決め打ち).
FEW_TAGS, LONG_TAG = 1000, 20_000
DEEPEST, MOST_ATTRIBUTES = 512, 200
# A tag as the HTML standard's tokenizer reads it; a quotation mark counts only behind an equals sign. Nothing is tried
# twice (possessive), so that the time stays linear.
ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+"""
TAG = re.compile(
    rf"<(?:(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:{ATTRIBUTE})*+)[\s/]*+>|!--(?P<comment>>|->)?+)"
)
ATTRIBUTES = re.compile(ATTRIBUTE)
COMMENT_END = re.compile(r"--!?>")


def bounded(page: str) -> str:
    """Return ``page`` without what would take a parser long; an ordinary page as it is.

    >>> bounded("<div>" * 3 + "防衛省")
    '<div><div><div>防衛省'
    """
    if page.count("<") < FEW_TAGS and not re.search(f"<[^<>]{{{LONG_TAG}}}", page):
        return page
    out: list[str] = []
    done = 0
    for start, end, instead in _changes(page):
        out += (page[done:start], instead)
        done = end
    return "".join((*out, page[done:]))


def _changes(page: str) -> Iterator[tuple[int, int, str]]:
    """Yield what of a page stands for something else: its span, and what it becomes."""
    open_ = _Open()
    at = 0
    while match := TAG.search(page, at):
        at = match.end()
        if match["name"] is None:
            closed = None if match["comment"] else COMMENT_END.search(page, at)
            at = at if match["comment"] else closed.end() if closed else len(page)
            continue
        name, ends = match["name"].lower(), bool(match["end"])
        role = _roles().get(name, "")
        kept = open_.closes(name, role) if ends else open_.opens(name, role)
        if not kept:
            yield match.start(), at, "<p>" if role == "block" and not ends else ""
        elif len(match["attributes"]) > MOST_ATTRIBUTES and (few := _few(match["attributes"])) is not None:
            yield match.start("attributes"), match.end("attributes"), few
        if role == "raw" and not ends:
            closed = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(page, at)
            at = closed.start() if closed else len(page)


def _few(attributes: str) -> str | None:
    """Return the first attributes of an element that has too many."""
    for number, match in enumerate(ATTRIBUTES.finditer(attributes), 1):
        if number > MOST_ATTRIBUTES:
            return attributes[: match.start()]
    return None


class _Open:
    """The elements that are open, counted; tables and the like part what is inside from what is outside."""

    def __init__(self) -> None:
        self._frames: list[tuple[str, Counter[str]]] = [("", Counter())]
        self._depth, self._foreign = 0, 0
        self._times: Counter[str] = Counter()

    def opens(self, name: str, role: str) -> bool:
        """Note that an element begins; return whether it may."""
        if role == "style" or (role == "once" and self._times[name]):
            return False
        self._times[name] += role == "once"
        if role == "cell":
            self._empty(self._last_table())
        if role in ("void", "cell", "closed", "raw", "once") or (not role and self._foreign):
            return True
        if self._depth >= DEEPEST:
            return False
        self._depth += 1
        self._foreign += name in ("svg", "math")
        if role == "frame":
            self._frames.append((name, Counter()))
        else:
            self._frames[-1][1][name] += 1
        return True

    def closes(self, name: str, role: str) -> bool:
        """Note that an element ends; return whether its end may stand."""
        if role == "style":
            return False
        if role == "frame":
            if any(opened == name for opened, _ in self._frames[1:]):
                while self._pop() != name:
                    pass
            return True
        counts = self._frames[-1][1]
        if counts[name]:
            counts[name] -= 1
            self._depth -= 1
            self._foreign -= name in ("svg", "math")
        return True

    def _pop(self) -> str:
        name, counts = self._frames.pop()
        self._depth -= 1 + counts.total()
        self._foreign -= counts["svg"] + counts["math"]
        return name

    def _last_table(self) -> int:
        return next((i for i in range(len(self._frames) - 1, 0, -1) if self._frames[i][0] == "table"), 0)

    def _empty(self, table: int) -> None:
        """Close what is open in a cell when the next begins."""
        if not table:
            return
        while len(self._frames) > table + 1:
            self._pop()
        counts = self._frames[table][1]
        self._depth -= counts.total()
        self._foreign -= counts["svg"] + counts["math"]
        counts.clear()


@cache
def _roles() -> dict[str, str]:
    """Return how elements nest, by name, see ``data/html_nesting.csv``."""
    return {row["name"]: row["nesting"] for row in rows("html_nesting.csv")}
