"""The flow over one document: load once, call on a text or a file, iterate over many."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from pipeline.clean import clean
from pipeline.document import Document
from pipeline.instruments import Instruments, shipped
from pipeline.model import Analysis, Source
from pipeline.numerals import NUMBER, number
from pipeline.periods import eras
from pipeline.recognize import dates, laws, organizations
from pipeline.registry import organization_lexicon
from pipeline.resolve import resolve
from pipeline.segment import analyzer as load_analyzer
from pipeline.structure import structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.instruments import FullList
    from pipeline.model import Mention

# 平成26年版: the edition that a text names speaks in the middle of its year (決め打ち: white papers come out in summer).
EDITION = re.compile(rf"(?:({'|'.join(eras())})({NUMBER})|((?:19|20)\d\d))年版")
EDITION_MONTH = 7
# No edition is written in more characters.
LONGEST_EDITION = 16


class Analyzer:
    """The whole flow, its models loaded: a callable from a source or a text to a document."""

    def __init__(
        self,
        analyzer: str = "ginza",
        reference_date: date | None = None,
        laws: FullList | None = None,
    ) -> None:
        """Load the segmenter and the registries.

        Args:
            analyzer: ``ginza`` (UD tags, dependencies, bunsetsu) or ``sudachi`` (faster; the same entities).
            reference_date: For sources that bring none of their own.
            laws: A full list of laws beside the shipped registry (``pipeline.installed_laws()``).

        Raises:
            HakushoError: There is no such analyzer.
        """
        self._segmenter = load_analyzer(analyzer)
        self._reference_date = reference_date
        self._laws = Instruments(laws) if laws else shipped()
        self._organizations = organization_lexicon()
        self.name = analyzer
        self.versions = self._segmenter.versions

    def __call__(self, source: Source | str) -> Document:
        """Analyse one source, or a text from memory (whose ``doc_id`` is ``text``)."""
        source = _dated(_source(source), self._reference_date)
        text = clean(source)
        blocks, sentences, repairs = structure(text)
        tokens = self._segmenter(sentence.text for sentence in sentences)
        analyses = tuple(Analysis(s, t) for s, t in zip(sentences, tokens, strict=True))
        entities = resolve(source, sentences, self._mentions(analyses), self._laws)
        # What recognizers worked out of each sentence has done its work: let it go.
        analyses = tuple([Analysis(analysis.sentence, analysis.tokens) for analysis in analyses])
        return Document(source, text, blocks, analyses, entities, self.name, self.versions, repairs)

    def pipe(self, sources: Iterable[Source | str]) -> Iterator[Document]:
        """Analyse many sources, one after the other; nothing is kept of a document that was yielded."""
        for source in sources:
            yield self(source)

    def _mentions(self, analyses: tuple[Analysis, ...]) -> Iterator[Mention]:
        yield from dates.recognize(analyses)
        yield from laws.recognize(analyses, self._laws.lexicon)
        yield from organizations.recognize(analyses, self._organizations)


def load(
    analyzer: str = "ginza", reference_date: date | None = None, laws: FullList | None = None
) -> Analyzer:
    """Load the flow once; call what it returns on sources, or its ``pipe`` on many.

    Raises:
        HakushoError: There is no such analyzer.
    """
    return Analyzer(analyzer, reference_date, laws)


def _source(source: Source | str) -> Source:
    if isinstance(source, Source):
        return source
    return Source("text", source, sha256(source.encode("utf-8", "surrogatepass")).hexdigest())


def _dated(source: Source, reference_date: date | None) -> Source:
    """Give a source its reference date: its own, else the one that was set, else that of the edition that it or its title names."""
    if source.reference_date:
        return source
    edition = edition_date(source.raw) or edition_date(f"{source.title} {source.edition}")
    return replace(source, reference_date=reference_date or edition)


def edition_date(raw: str) -> date | None:
    """Return the day on which the edition that a text names first speaks, or None.

    >>> edition_date("平成26年版防衛白書")
    datetime.date(2014, 7, 1)
    """
    for end in (found.end() for found in re.finditer("年版", raw)):
        if match := EDITION.search(raw, max(0, end - LONGEST_EDITION), end):
            era, era_year, year = match.groups()
            return date(int(year) if year else eras()[era].year(number(era_year)), EDITION_MONTH, 1)
    return None
