"""What other systems find in the texts of the gold: GiNZA's NER, ja-timex (DATE), jlawcite (LAW with an article).

``make bench`` and ``make scores`` install the last two apart, in build/bench. ja-timex and jlawcite get
sentences as hakusho cuts them, GiNZA lines.
"""

from __future__ import annotations

import csv
import re
import sys
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import spacy

from pipeline.scoring.gold import GoldMention
from tools import BESIDE
from tools.gold_sets import ROOT
from tools.jlawcite_table import law_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pipeline.document.document import Document
    from pipeline.model.sentence import Sentence
    from pipeline.model.source import Source
    from tools.gold_sets import Set

# A month or a day of ja-timex that the text does not give.
_UNKNOWN = re.compile(r"(?:-XX)+$")
_FISCAL = re.compile(r"FY(\d{4})$")


def by_ginza(part: Set) -> list[GoldMention]:
    """Return what GiNZA's NER finds, without values; ``tests/ene_labels.csv`` maps its labels."""
    with (ROOT / "tests/ene_labels.csv").open(encoding="utf-8") as stream:
        labels: dict[str, str] = {row["ene"]: row["label"] for row in csv.DictReader(stream)}
    nlp = spacy.load("ja_ginza")
    found = []
    for source in part.sources:
        lines = [
            (start + match.start(), match.group())
            for start, end in part.areas(source)
            for match in re.finditer(r"[^\r\n]+", source.raw[start:end])
        ]
        for (offset, _), doc in zip(lines, nlp.pipe(text for _, text in lines), strict=True):
            for ent in doc.ents:
                if label := labels.get(ent.label_):
                    a, b = offset + ent.start_char, offset + ent.end_char
                    found.append(GoldMention(source.doc_id, label, a, b, ent.text, ""))
    return found


def installed() -> None:
    """Make what is installed apart importable; raises SystemExit where it is not there."""
    sys.path.append(str(BESIDE))
    try:
        __import__("ja_timex"), __import__("jlawcite")
    except ImportError as error:
        sys.exit(f"{error}: run 'make scores' or 'make bench', which install it")


@cache
def timex_parser(day: date | None) -> Any:
    """Return ja-timex's parser for texts of a day."""
    from ja_timex import TimexParser

    reference = datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001
    return TimexParser(reference=reference) if reference else TimexParser()


def timex_value(value: str) -> str:
    """Return a value of ja-timex as EDTF has it (``2013-10-XX`` → ``2013-10``).

    >>> [timex_value(v) for v in ("2013-10-03", "2013-XX-XX", "XXXX-10-XX", "FY2013", "20XX")]
    ['2013-10-03', '2013', 'XXXX-10', '2013-04/2014-03', '20XX']
    """
    if match := _FISCAL.match(value):
        year = int(match[1])
        return f"{year:04d}-04/{year + 1:04d}-03"
    return _UNKNOWN.sub("", value)


def timexes(text: str, day: date | None) -> Iterator[tuple[int, int, str]]:
    """Yield the dates that ja-timex finds in a text: start, end, value.

    Its spans are of a text that it changed (1,234 → 1234), so that each is looked for in the text itself.
    """
    position = 0
    for tag in timex_parser(day).parse(text):
        start = text.find(tag.text, position)
        start = tag.span[0] if start < 0 else start  # １９７０年, which it reads as 1970年
        position = start + len(tag.text)
        if tag.type == "DATE" and position <= len(text):
            yield start, position, timex_value(tag.value)


def sentences_in(part: Set, documents: Iterable[Document]) -> Iterator[tuple[Source, Sentence]]:
    """Yield the sentences that lie in what is scored, each with its text."""
    for document in documents:
        areas = part.areas(document.source)
        for sentence in document.sentences:
            start, end = sentence.raw_span(0, len(sentence.text))
            if any(start < b and a < end for a, b in areas):
                yield document.source, sentence


def by_ja_timex(part: Set, documents: Iterable[Document]) -> list[GoldMention]:
    """Return the dates that ja-timex finds, sentence by sentence."""
    found = []
    for source, sentence in sentences_in(part, documents):
        for start, end, value in timexes(sentence.text, source.reference_date):
            a, b = sentence.raw_span(start, end)
            found.append(GoldMention(source.doc_id, "DATE", a, b, source.raw[a:b], value, value=value))
    return found


def by_jlawcite(part: Set, documents: Iterable[Document]) -> list[GoldMention]:
    """Return the citations that jlawcite finds, with the names that hakusho's registry gives it."""
    from jlawcite.citation import extract_external

    found = []
    for source, sentence in sentences_in(part, documents):
        for ref in extract_external(sentence.text)[0]:
            if ref.naked:
                continue
            a, b = sentence.raw_span(*ref.span)
            places = ref.article_path.replace("-", "_"), str(ref.paragraph or ""), ref.item_path or ""
            article, paragraph, item = ((place,) if place else () for place in places)
            law = law_of(ref, source.reference_date)
            found.append(
                GoldMention(
                    source.doc_id, "LAW", a, b, source.raw[a:b], law,
                    article=article, paragraph=paragraph, item=item,
                )
            )  # fmt: skip
    return found
