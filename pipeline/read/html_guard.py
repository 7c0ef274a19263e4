"""Markup that no page needs is removed before a page is parsed.

The parser's time grows with the square of how deep a page nests, and of how many attributes an element has.
Browsers, too, end at a depth of 512. Beyond it an element that stands for a block becomes a paragraph, and
others are left out; the text stays. So are marks of style (bold, font), which a parser reopens in every
paragraph, and attributes beyond what any element has.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts import rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# A page with fewer tags cannot take long (決め打ち).
FEW_TAGS, LONG_TAG = 1000, 20_000
DEEPEST, MOST_ATTRIBUTES = 512, 200
# A tag as the HTML standard's tokenizer reads it; a quotation mark counts only behind an equals sign.
# Nothing is tried twice (possessive), so that the time stays linear.
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>))"""
ATTRIBUTE = rf"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?+"
TAG = re.compile(rf"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:{ATTRIBUTE})*+)[\s/]*+>")
ATTRIBUTES = re.compile(ATTRIBUTE)
BEGINS = re.compile(r"<(?:(?P<tag>/?[A-Za-z])|!--(?P<empty>-?>)?|(?P<other>[!?]|/(?!>)))")
COMMENT_END = re.compile(r"--!?>")
# Elements that end another one of these if only a paragraph is open in between.
SIBLINGS = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}
MARKERS = ("p", "li", "dt", "dd")
# An element of a drawing never counts as an element of the page, whatever its name.
DRAWN, CELL = "~", "td"
FOREIGN = frozenset(("svg", "math"))


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
    """Yield the changes of a page: a span, and the text that replaces it."""
    open_ = _Open()
    at = 0
    while begins := BEGINS.search(page, at):
        if not begins["tag"]:
            at = _comment_end(page, begins)
            continue
        match = TAG.match(page, begins.start())
        if match is None:
            return  # where a tag begins and none ends, a parser drops the rest
        at = match.end()
        if match["end"]:
            if not open_.ends(match["name"].lower()):
                yield match.start(), at, ""
            continue
        name = match["name"].lower()
        role = open_.role(name)
        if page[at - 2] == "/" and "/" in page[match.end("attributes") : at] and open_.is_empty(name):
            yield match.start(), at, ""
        elif not open_.opens(name, role):
            yield match.start(), at, "<p>" if role == "block" else ""
        else:
            if (few := _few(match["attributes"])) is not None:
                yield match.start("attributes"), match.end("attributes"), few
            at = _raw_end(page, name, at) if role == "raw" else at


def _raw_end(page: str, name: str, at: int) -> int:
    """Return where an element ends whose content is no markup (``script``)."""
    closed = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(page, at)
    return closed.start() if closed else len(page)


def _comment_end(page: str, begins: re.Match[str]) -> int:
    """Return where a comment ends, or markup that a parser takes for one (``<?``, ``<!x``)."""
    if begins["empty"]:
        return begins.end()
    if begins["other"]:
        end = page.find(">", begins.end())
        return end + 1 if end >= 0 else len(page)
    closed = COMMENT_END.search(page, begins.end())
    return closed.end() if closed else len(page)


def _few(attributes: str) -> str | None:
    """Return the first attributes of an element that has too many; None if it has not."""
    if len(attributes) <= MOST_ATTRIBUTES:
        return None
    for number, match in enumerate(ATTRIBUTES.finditer(attributes), 1):
        if number > MOST_ATTRIBUTES:
            return attributes[: match.start()]
    return None


class _Open:
    """The elements that are open.

    All that a parser has open are among them, so that no page nests deeper than this says.

    An end tag closes here only what it closes for sure. What is ordinary (``span``) is passed over where
    the standard does so; any other element stops the look.
    """

    def __init__(self) -> None:
        self._stack: list[str] = []
        # Once something was left out, an end tag may be that of what is left out: only what is on top is
        # closed then.
        self._strict = False
        self._drawn = False
        self._seen: set[str] = set()

    def role(self, name: str) -> str:
        """Return how an element nests where things stand."""
        role, breaks = _nesting().get(name, ("", False))
        inside = self._drawing()
        if inside and not breaks:
            page = role == f"in {inside}" or (inside == "svg" and name == "title")
            return "frame" if page or name == inside else ""
        return "" if role.startswith("in ") else role

    def is_empty(self, name: str) -> bool:
        """Whether ``/>`` ends an element at once: one of a drawing or a formula, which holds no text then."""
        return name in FOREIGN or (bool(self._drawing()) and not _nesting().get(name, ("", False))[1])

    def opens(self, name: str, role: str) -> bool:
        """Note that an element begins; return whether it may."""
        unsure = role == "raw" and self._strict and self._drawn  # in a drawing its content would be markup
        if role == "style" or unsure or (role == "once" and name in self._seen):
            return False
        self._make_room(name, role)
        if role in ("void", "cell", "raw", "once"):
            self._seen.add(name)
            return True
        if len(self._stack) >= DEEPEST:
            self._strict = True
            return name == "p"
        drawn = bool(self._drawing()) and role != "frame"
        self._stack.append(DRAWN + name if drawn else name)
        self._drawn |= name in FOREIGN
        return True

    def _make_room(self, name: str, role: str) -> None:
        """Close the elements that end where another one begins."""
        if self._drawn and _nesting().get(name, ("", False))[1] and len(self._stack) < DEEPEST:
            while self._drawing():
                self._cut(FOREIGN)
        if role == "cell":
            self._cell(name)
        elif role in ("block", "marker"):
            self._cut(SIBLINGS.get(name, ()), through=("p",))
            self._cut(("p",))
        elif name == "option" and self._stack[-1:] == [name]:
            self._stack.pop()
        elif name == "table":
            last = self._last("table", "template")
            if last >= 0 and self._stack[last] == name and CELL not in self._stack[last:]:
                del self._stack[last:]  # a table right in a table ends that

    def ends(self, name: str) -> bool:
        """Note that an element ends; return whether its end may stand."""
        if self._stack[-1:] == [name]:
            self._stack.pop()
            return True
        role = self.role(name)
        if name in ("table", "template"):
            last = self._last("table", "template")
            if last >= 0 and self._stack[last] == name:
                del self._stack[last:]
        elif name != "form" or self._stack[-1:] == [name]:
            self._cut((name, DRAWN + name), through=MARKERS if role in ("block", "frame") else ())
        return role != "style"

    def _cut(self, names: Collection[str], through: Collection[str] = ()) -> None:
        """Close the last element with one of these names and all in it, unless another one stops a parser."""
        for i in range(len(self._stack) - 1, -1, -1):
            name = self._stack[i]
            if name in names:
                del self._stack[i:]
                return
            if self._strict or (name not in through and _special(name)):
                return

    def _drawing(self) -> str:
        """Return which of ``FOREIGN`` the next element stands in, if it does."""
        for name in reversed(self._stack if self._drawn else ()):
            if name in FOREIGN:
                return name
            if (self._strict and not name.startswith(DRAWN)) or _special(name):
                return ""
        return ""

    def _last(self, *names: str) -> int:
        """Return the place of the last element of these names, -1 if there is none."""
        least = len(self._stack) - 2 if self._strict else -1
        return next((i for i in range(len(self._stack) - 1, least, -1) if self._stack[i] in names), -1)

    def _cell(self, name: str) -> None:
        """Close the cell or the row that is open when another begins."""
        last = self._last("table", "template")
        if last >= 0 and self._stack[last] == "table":
            del self._stack[last + 1 :]
            if name in ("td", "th", "caption"):
                self._stack.append(CELL)


@cache
def _special(name: str) -> bool:
    """Whether an element may stop a parser that looks for one to close: all that nest unlike ``span``."""
    return bool(_nesting().get(name, ("", False))[0]) or name == "title"


@cache
def _nesting() -> dict[str, tuple[str, bool]]:
    """Return how elements nest, and whether they end a drawing or a formula that is open.

    See ``data/html_nesting.csv``.
    """
    return {row["name"]: (row["nesting"], row["breaks_out"] == "yes") for row in rows("html_nesting.csv")}
