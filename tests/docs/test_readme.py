"""README.md and README.ja.md say the same: a change to one fails until the other follows."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.conftest import ROOT
from tools.scores import in_japanese

ENGLISH, JAPANESE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"(?:^|(?<=\s))#(?:\s.*)?$", re.MULTILINE)
# What both write alike: code, where links lead, figures, names of tools and of standards.
CODE, TARGET = re.compile(r"`[^`\n]+`"), re.compile(r"\]\(([^)\s]+)\)")
FIGURE = re.compile(r"\d[\d,.]*\d|\d")


def _sections(text: str) -> list[tuple[int, str]]:
    """The level of each heading, and the text under it without code blocks."""
    parts = re.split(r"^(#+) .+$", FENCE.sub("", text), flags=re.MULTILINE)
    assert not parts[0].strip()
    return [(len(marks), body) for marks, body in zip(parts[1::2], parts[2::2], strict=True)]


SECTIONS = list(zip(_sections(ENGLISH), _sections(JAPANESE), strict=False))


def _code(text: str) -> list[tuple[str, list[str]]]:
    """The language and the lines of each code block, without comments; of a picture of folders, their names."""
    blocks = []
    for language, body in FENCE.findall(text):
        lines = [COMMENT.sub("", line).rstrip() for line in body.splitlines()]
        blocks.append((language, lines if language else [line.split()[0] for line in lines]))
    return blocks


def _tables(text: str) -> list[list[list[str]]]:
    found: list[list[list[str]]] = []
    last = False
    for line in FENCE.sub("", text).splitlines():
        row = line.startswith("|")
        if row:
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
            found[-1].append(cells) if last else found.append([cells])
        last = row
    return found


def _alike(target: str) -> str:
    """Return where a link leads, whatever the language: a page in both has headings of its own."""
    page = target.partition("#")[0].removeprefix("docs/").removeprefix("ja/")
    return f"docs/{page}" if (ROOT / "docs/ja" / page).is_file() else target


def _data(text: str) -> Counter[str]:
    targets = [_alike(one) for one in TARGET.findall(text) if one not in ("README.md", "README.ja.md")]
    plain = CODE.sub("", TARGET.sub("]", text))
    return Counter(CODE.findall(text)) + Counter(targets) + Counter(FIGURE.findall(plain))


def test_the_headings_have_the_same_structure() -> None:
    assert [level for level, _ in _sections(ENGLISH)] == [level for level, _ in _sections(JAPANESE)]


def test_the_code_is_the_same_but_for_comments() -> None:
    assert _code(JAPANESE) == _code(ENGLISH)
    assert len(_code(ENGLISH)) >= 4


@pytest.mark.parametrize("pair", SECTIONS, ids=lambda pair: pair[0][1].strip()[:20])
def test_a_section_has_the_same_code_links_and_figures(pair: tuple[tuple[int, str], tuple[int, str]]) -> None:
    (_, english), (_, japanese) = pair
    assert _data(japanese) == _data(english)


@pytest.mark.parametrize("pair", SECTIONS, ids=lambda pair: pair[0][1].strip()[:20])
def test_a_section_has_as_many_paragraphs(pair: tuple[tuple[int, str], tuple[int, str]]) -> None:
    counts = [len([part for part in re.split(r"\n\s*\n", body) if part.strip()]) for _, body in pair]
    assert counts[0] == counts[1]


def test_the_tables_have_the_same_rows_and_the_same_data() -> None:
    english, japanese = _tables(ENGLISH), _tables(JAPANESE)
    assert [[len(row) for row in table] for table in english] == [
        [len(row) for row in table] for table in japanese
    ]
    for ours, theirs in zip(english, japanese, strict=True):
        for row, other in zip(ours, theirs, strict=True):
            for cell, same in zip(row, other, strict=True):
                assert _data(cell) == _data(same), cell


def test_the_tables_of_mentions_and_scores_are_the_same_to_the_letter() -> None:
    english, japanese = _tables(ENGLISH), _tables(JAPANESE)
    assert english[0] == japanese[0]
    scores = [
        text.partition("<!-- scores -->")[2].partition("<!-- /scores -->")[0] for text in (ENGLISH, JAPANESE)
    ]
    assert in_japanese(scores[0]) == scores[1]


def test_each_leads_to_the_other() -> None:
    assert "](README.ja.md)" in ENGLISH
    assert "](README.md)" in JAPANESE


def test_the_quoted_line_is_the_same() -> None:
    assert re.findall("^> .+$", ENGLISH, re.MULTILINE) == re.findall("^> .+$", JAPANESE, re.MULTILINE)


def test_no_line_break_stands_within_japanese() -> None:
    """A single line break is shown as a blank, which Japanese does not set between words."""
    text = FENCE.sub("", JAPANESE)
    assert re.findall(r"[ぁ-ヿ一-龥、。）][\n](?=[ぁ-ヿ一-龥（`\[])", text) == []
