"""The tutorial, the limits and the how-to pages in Japanese: the same code, figures and links as in English."""

from __future__ import annotations

import os.path
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [DOCS / "tutorial.md", DOCS / "explanation/limits.md", *sorted((DOCS / "howto").glob("*.md"))]
FENCED = re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1 *$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`[^`]+`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
FIGURE = re.compile(r"\d[\d,.]*\d|\d{2,}")


def japanese(page: Path) -> Path:
    """Return where the Japanese of a page stands."""
    return DOCS / "ja" / page.relative_to(DOCS)


def links(page: Path) -> set[str]:
    """Return the places that a page leads to: of pages in both languages the English one, without its heading."""
    found = set()
    for target in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        place = target if "://" in target else os.path.normpath(page.parent.relative_to(ROOT) / path)
        english = place.replace("docs/ja/", "docs/")
        in_both = ROOT / english in PAGES or not path
        found.add(english if in_both or not anchor or "://" in target else f"{english}#{anchor}")
    return found


def codes(text: str) -> set[str]:
    """Return the code within the lines of a page; a line break in it is a blank."""
    return {" ".join(found.split()) for found in INLINE.findall(text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_the_same_in_japanese(page: Path) -> None:
    other = japanese(page)
    assert other.exists(), f"write {other.relative_to(ROOT)}"
    english, said = page.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")
    assert [found[0] for found in FENCED.finditer(english)] == [found[0] for found in FENCED.finditer(said)]
    english, said = FENCED.sub("", english), FENCED.sub("", said)
    assert codes(english) == codes(said)
    # Japanese counts in 万: 2.9 million is 290 万.
    prose = re.sub(r"[\d,.]+ million", "", INLINE.sub("", LINK.sub("", english)))
    assert set(FIGURE.findall(prose)) <= set(FIGURE.findall(said))
    assert links(page) == links(other)
    assert len(re.findall(r"^#+ ", english, re.MULTILINE)) == len(re.findall(r"^#+ ", said, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_japanese_page_is_japanese(page: Path) -> None:
    """No paragraph was left in English."""
    text = INLINE.sub("", FENCED.sub("", japanese(page).read_text(encoding="utf-8")))
    for paragraph in re.split(r"\n\s*\n", LINK.sub("]", text)):
        words = re.findall(r"\b[a-z]{2,}\b", paragraph)
        assert len(words) < 12 or re.search(r"[ぁ-ん]", paragraph), paragraph
