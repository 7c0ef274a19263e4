"""Markdown, as CommonMark and GitHub have it: its structure is that of the page which it stands for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.model.errors import HakushoError
from pipeline.read.encodings import decode
from pipeline.read.html import read_page

if TYPE_CHECKING:
    from pipeline.read.pieces import Extract

# The front matter of a file: between lines of --- (YAML) or +++ (TOML).
FRONT = re.compile(
    r"""
    \ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n
    (?P<matter>.*?)
    ^(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
TITLE = re.compile(r"^title[ \t]*[:=][ \t]*(.+)$", re.MULTILINE)
# No front matter is longer (決め打ち).
LONGEST_FRONT = 20_000


def read_markdown(data: bytes, where: str) -> Extract:
    """Return the text of a Markdown file without marks and front matter, and the title that this gives.

    Raises:
        HakushoError: It cannot be decoded, or holds no text.
    """
    text, encoding = decode(data, where)
    front = FRONT.match(text[:LONGEST_FRONT])
    titled = TITLE.search(front["matter"]) if front else None
    title = titled[1].strip().strip("\"'") if titled else ""
    found = read_page(_parser().render(text[front.end() :] if front else text), navigates=False)
    if not found.text.strip():
        raise HakushoError(f"{where}: holds no text: give a file with the text of a chapter")
    return replace(found, encoding=encoding, format="markdown", title=title)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
