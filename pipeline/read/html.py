"""HTML → the text of its main part, and its title.

Part of stage 1. What the text looks like is the work of ``html_text.py``; here it is decided what
belongs to it. Elements are visited one after the other, never by recursion: pages may nest as deep as they
like.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from pipeline.model.errors import HakushoError
from pipeline.read.encodings import decode
from pipeline.read.html_guard import bounded
from pipeline.read.html_survey import events, roles, said_of, survey_of
from pipeline.read.html_text import Writer
from pipeline.read.pieces import Extract, joined
from pipeline.read.signs import HEAD_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection

    from selectolax.lexbor import LexborNode

    from pipeline.read.html_survey import Survey
    from pipeline.read.pieces import Piece

# How a page names its encoding: an XML declaration or a meta element, within the first bytes.
DECLARED = re.compile(
    rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
# Names that pages use and Python does not know.
CHARSETS = {
    "x-sjis": "cp932",
    "shift-jis": "cp932",
    "ms_kanji": "cp932",
    "x-euc-jp": "euc_jp",
    "x-euc": "euc_jp",
}
# An element with this share of a page's text is no navigation, whatever it is called; a part with less is not
# the main part (決め打ち).
MOST, LEAST = 0.5, 0.25
# An element with at least this many links and this part of its text in links is a list of links (決め打ち).
LINKS, LINKED = 3, 0.9
LINK_LISTS = frozenset(("ul", "ol", "dl", "table", "tr", "td", "p", "div", "center"))
BACK = re.compile("[\\s↑↩⏎^▲△\ufe0e\ufe0f]+")
# Within one of these the frame of the page has ended.
ARTICLES = frozenset(("article", "section", "aside"))
INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(data: bytes, where: str, declared: str = "") -> Extract:
    """Return the text of a page's main part, and its title.

    Args:
        data: The whole page.
        where: What an error calls it.
        declared: The encoding that whoever sent it names; without it, the page's own word counts.

    Raises:
        HakushoError: The page cannot be decoded, or holds no text.
    """
    match = None if declared else DECLARED.search(data[:HEAD_BYTES])
    named = (match[1] or match[2]).decode("ascii", "replace") if match else declared
    page, encoding = decode(data, where, CHARSETS.get(named.lower(), named.lower()))
    found = read_page(page)
    if not found.text.strip():
        frames = "<frame" in page[:100_000].lower()
        raise HakushoError(
            f"{where}: holds no text outside of its navigation: "
            + (
                "it only names frames; give the pages in them"
                if frames
                else "save the page that has the text"
            )
        )
    return replace(found, encoding=encoding)


def extract(page: str) -> tuple[str, str]:
    r"""Return the text of the main part of ``page``, and its title.

    >>> extract("<title>白書</title><nav><a href=/>ホーム</a></nav><h1>第1章</h1><p>防衛<br>省は")
    ('第1章\n\n防衛\n省は\n', '白書')
    """
    found = read_page(page)
    return found.text, found.title


def read_page(page: str, notes: Collection[str] = (), *, navigates: bool = True) -> Extract:
    """Return the text of the main part of a page that is decoded already.

    Args:
        page: As HTML.
        notes: Ids of elements that are notes, though nothing on the page points to them.
        navigates: Whether parts of it may be navigation; else all of it is text.
    """
    # A lone surrogate cannot be handed to a parser of UTF-8.
    tree = LexborHTMLParser(bounded(page.encode("utf-8", "replace").decode()))
    found = tree.css_first("title")
    title = " ".join((found.text(deep=True) or "").split()) if found else ""
    if tree.body is None:
        return Extract("", "utf-8", "html", title)
    survey = survey_of(tree.body, title)
    survey.notes.update(notes)
    whole = survey.sizes[tree.body.mem_id]
    root, framed = tree.body, True
    for _, node in sorted(survey.mains if navigates else (), key=lambda pair: pair[0]):
        size = survey.sizes[node.mem_id]
        if size.text - size.linked >= LEAST * max(1, whole.text - whole.linked):
            root, framed = node, False
            break
    text, told = joined(_written(root, survey, framed=framed, navigates=navigates))
    return Extract(text, "utf-8", "html", title, told=told)


def _written(root: LexborNode, survey: Survey, *, framed: bool, navigates: bool) -> list[Piece]:
    writer = Writer(survey.layouts, survey.notes)
    whole = survey.sizes[root.mem_id].text
    skipped: int | None = None
    inside = 0
    for enters, node in events(root):
        if skipped is not None:
            if not enters and node.mem_id == skipped:
                skipped = None
            continue
        tag = node.tag or ""
        if tag.startswith(("-", "!")):
            writer.text((node.text_content or "") if tag == "-text" else "")
            continue
        role = roles().get(("tag", tag), "")
        inside += (tag in ARTICLES) * (1 if enters else -1)
        if enters and node.mem_id != root.mem_id:
            edge = framed and not inside
            if _left_out(node, tag, role, survey, whole, framed=edge, navigates=navigates):
                skipped = node.mem_id
                continue
        (writer.enter if enters else writer.leave)(node, tag, role)
    return writer.finish()


def _left_out(
    node: LexborNode, tag: str, role: str, survey: Survey, whole: int, *, framed: bool, navigates: bool
) -> bool:
    aside = navigates and _aside(node, tag, role, survey, whole, framed=framed)
    return aside or _hidden(node, tag, role)


def _aside(node: LexborNode, tag: str, role: str, survey: Survey, whole: int, *, framed: bool) -> bool:
    """Whether an element is no part of the text: navigation, the frame of the page, lists of links."""
    size = survey.sizes[node.mem_id]
    if not size.text or size.text > MOST * whole:
        return False
    said = said_of(node)
    if "skip" in said or (framed and "frame" in (role, *said)):
        return True
    if tag not in LINK_LISTS or not size.links:
        return False
    if size.pager or size.trail.is_breadcrumb(size.links, size.text, survey.titles):
        return True
    return framed and size.links >= LINKS and size.linked >= LINKED * size.text


def _hidden(node: LexborNode, tag: str, role: str) -> bool:
    """Whether an element is never shown, or only leads from a note back to its marker (↑)."""
    if role == "skip":
        return True
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or INVISIBLE.search(attributes.get("style") or ""):
        return True
    back = tag == "a" and (attributes.get("href") or "").startswith("#")
    return back and BACK.fullmatch(node.text(deep=True)) is not None
