"""What objects show of themselves: short, escaped, complete in itself, and readable for everybody."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.document import display
from pipeline.entities import LABELS
from pipeline.flow import Analyzer
from pipeline.model import shown
from pipeline.model.entity import Candidate
from pipeline.model.source import Source
from tests.conftest import CHAPTER, ROOT

HOSTILE = "<script>alert('x')</script>&\"'\u202e<b onclick=x>"
VOID = {"br"}


class Page(HTMLParser):
    """Checks that tags close in order, and keeps tags, attributes and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def chapter(analyze: Analyzer) -> pipeline.Document:
    return analyze(pipeline.read(ROOT / f"corpus/{CHAPTER}.txt"))


def test_lines_are_short_and_say_what_it_is(chapter: pipeline.Document, analyze: Analyzer) -> None:
    counts = {label: sum(e.label == label for e in chapter.entities) for label in LABELS}
    line = repr(chapter)
    assert all(f"{label} {n}" in line for label, n in counts.items())
    for seen in (chapter, chapter.source, chapter.text, chapter.sentences[9], chapter.entities[3], analyze):
        assert "\n" not in repr(seen)
        assert len(repr(seen)) < 300
    assert CHAPTER in repr(chapter.source)
    assert "2014-08-05" in repr(chapter.source)
    entity = chapter.entities[3]
    assert f"{entity.entity_id} ORG [{entity.start}, {entity.end})" in repr(entity)
    assert entity.norm in repr(entity)
    assert repr(chapter.entities).count("<Entity") == display.ROWS
    assert repr(analyze("")) == "<Document 'text': 0 characters, 0 sentences, 0 entities>"


def test_html_is_complete_in_itself_and_does_not_grow(chapter: pipeline.Document, analyze: Analyzer) -> None:
    twice = analyze(chapter.source.raw * 2)
    for seen in (chapter, chapter.entities, twice, twice.entities, *chapter.entities):
        html = seen._repr_html_()
        page = Page(html)
        assert len(html) < 30_000
        assert not {"script", "style", "link", "img", "iframe"} & set(page.tags)
        assert {name for name, _ in page.attributes} <= {"style", "title", "lang", "scope"}
        assert "url(" not in html
        assert "http" not in re.sub("https://laws.e-gov.go.jp/[^<]*", "", html)
    assert abs(len(twice._repr_html_()) - len(chapter._repr_html_())) < 3000


def test_html_of_a_document_shows_text_counts_and_mentions(chapter: pipeline.Document) -> None:
    text = Page(chapter._repr_html_()).text
    assert f"{len(chapter.source.raw):,} characters" in text
    for label in LABELS:
        assert f"{len(chapter.entities.of(label))}{label}" in text
    assert (
        "日米間の安全保障に関する政策協議は、通常的外交ルートによるもののほか、日米安全保障協議委員会ORG（"
        in text
    )
    assert f"{len(chapter.entities) - display.ROWS} more" in text
    assert "…" in text


def test_everything_that_is_known_of_a_mention_is_shown(chapter: pipeline.Document) -> None:
    law = replace(
        next(e for e in chapter.entities.of("LAW") if e.article and e.norm),
        flags=("ambiguous_name",),
        candidates=(Candidate("甲法"), Candidate("乙法")),
    )
    text = Page(law._repr_html_()).text
    for value in (law.norm[:50], law.article[0], law.rule, str(law.start), "ambiguous_name", "甲法 | 乙法"):
        assert value in text
    assert "era_year" not in text, "what is empty is left out"


def test_hostile_texts_stay_text(analyze: Analyzer) -> None:
    source = Source(HOSTILE, f"防衛省{HOSTILE}は2013年に", title=HOSTILE, publisher=HOSTILE)
    document = analyze(source)
    first = replace(
        document.entities[0], norm=HOSTILE, surface=HOSTILE, flags=(HOSTILE,), rule=HOSTILE, label=HOSTILE
    )
    document = replace(document, entities=pipeline.Entities((first, *document.entities[1:])))
    for seen in (document, document.entities, first):
        page = Page(seen._repr_html_())
        assert not {"script", "b"} & set(page.tags)
        assert "onclick" not in {name for name, _ in page.attributes}
        assert "alert('x')" in page.text


@given(
    st.text(max_size=60),
    st.lists(st.sampled_from(["防衛省", "平成25年", "\n", "自衛隊法", "、", "㍻"]), max_size=12),
)
def test_any_text_can_be_shown(analyze: Analyzer, anything: str, pieces: list[str]) -> None:
    document = analyze("".join(pieces) + anything)
    for seen in (document, document.entities, *document.entities):
        Page(seen._repr_html_())
        assert repr(seen)
    shown_text = Page(document._repr_html_()).text
    for sentence in document.sentences[:1]:
        bare = sentence.text
        for entity in document.entities:
            if entity.sentence_id == sentence.sentence_id:
                assert f"{entity.surface}{entity.label}" in shown_text
        assert bare[:1] in shown_text


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(a: str, b: str) -> float:
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_can_be_read_and_are_not_needed() -> None:
    assert set(shown.styles()) == set(LABELS)
    styles = [*shown.styles().values(), shown.OTHER]
    for ground, _, colour in styles:
        assert _contrast(shown.INK, ground) >= 7
        assert _contrast(colour, "#ffffff") >= 3
    assert len({style.line for style in styles}) == len(styles), "each its own kind of line"
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01), "the formula is WCAG's"


def test_the_mentions_are_a_tuple(chapter: pipeline.Document) -> None:
    entities = chapter.entities
    assert entities == tuple(entities)
    assert isinstance(entities[:3], pipeline.Entities)
    assert isinstance(entities[0], pipeline.Entity)
    assert entities.of("LAW") == tuple(e for e in entities if e.label == "LAW") != ()
    assert replace(chapter, entities=tuple(entities[:2])).entities == entities[:2]
