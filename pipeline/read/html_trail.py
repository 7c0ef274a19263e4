"""Breadcrumbs, the way to a page as links (ホーム > 政策 > 白書), known by their form where nothing names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

ORNAMENT = re.compile(r"[\s<>«»‹›←→↑▲▼△▽|｜／/\[\]［］【】・＞＜≪≫（）()-]+")
# Signs between the pages of a trail.
ARROW = re.compile("[>＞›»≫〉▶►⟩]")
# How the first link of the way is called: 「ホーム」「内閣府トップ」.
HOME = re.compile(r"[^、。]{0,20}(?:ホーム(?:ページ)?|トップ(?:ページ)?)|home|top")
# Words before a trail.
LEAD = re.compile(r"(?:現在(?:の)?(?:位置|地|ページ)|いまいる場所|youarehere)[:：]?", re.IGNORECASE)
# The name of the page itself, which ends the way, is no longer (決め打ち).
LONGEST_TAIL = 100


@dataclass(slots=True)
class Trail:
    """The content of an element, as far as it shows a breadcrumb.

    Attributes:
        arrows: Signs between the links.
        first: The label of the first link, bare.
        tail: What stands outside of links, bare.
        texts: How many texts stand outside of links.
        headed: Whether a heading is among it.
        inner: The most links below one element within, and how much text that has.
    """

    arrows: int = 0
    first: str = ""
    tail: str = ""
    texts: int = 0
    headed: bool = False
    inner: tuple[int, int] = (0, 0)

    def note(self, text: str, label: str, *, linked: bool) -> None:
        """Add a text; ``label`` is the text without ornament."""
        if len(text) > 2 * LONGEST_TAIL:  # no part of a way
            self.tail, self.texts = label[: LONGEST_TAIL + 1], self.texts + 1
            return
        self.arrows += len(ARROW.findall(text))
        if linked:
            self.first = self.first or label
        elif (plain := LEAD.sub("", label, count=1)) and len(self.tail) <= LONGEST_TAIL:
            self.tail += plain
            self.texts += 1

    def add(self, inner: Trail, links: int, text: int) -> None:
        """Add the content of an element within."""
        self.arrows += inner.arrows
        self.first = self.first or inner.first
        if len(self.tail) <= LONGEST_TAIL:
            self.tail += inner.tail
        self.texts += inner.texts
        self.headed |= inner.headed
        self.inner = max(self.inner, (links, text))

    def is_breadcrumb(self, links: int, text: int, titles: Collection[str]) -> bool:
        """Whether an element with these links and this text is the breadcrumb of a page with this title."""
        if not links or self.headed or self.texts > 1 or len(self.tail) > LONGEST_TAIL:
            return False
        home = HOME.fullmatch(self.first) is not None
        if self.tail and any(self.tail in title for title in titles):
            return home or self.arrows > 0
        # Text outside of the element with the links is not part of the trail.
        beside = self.inner[0] == links > 1 and text > self.inner[1]
        return home and self.arrows > 0 and not beside


def bare(text: str) -> str:
    """Return a text without blanks and ornament, in small letters."""
    return ORNAMENT.sub("", text).lower()
