"""The flow over one document: load once, call on a text or a file, iterate over many."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager, nullcontext
from datetime import date
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.clean import clean
from pipeline.document.document import Document
from pipeline.document.entities import Entities
from pipeline.entities import LABELS
from pipeline.entities.declared import OwnTypes, read_types
from pipeline.entities.entity_type import Known
from pipeline.entities.names.registry import index_all
from pipeline.entities.own_names import OwnNames, read_names
from pipeline.model.errors import HakushoError
from pipeline.model.rule import compile_all
from pipeline.model.sentence import Analysis
from pipeline.model.source import Source
from pipeline.read import ENDINGS, read
from pipeline.read.edition import dated
from pipeline.recognize import recognize
from pipeline.resolve import resolve
from pipeline.segment import load_segmenter
from pipeline.structure import structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.entities.laws.instruments import FullList
    from pipeline.entities.organizations.register import Register
    from pipeline.entities.own_files import Files
    from pipeline.model.sentence import Sentence

# A str is a text; one that is a single name with the ending of a file was meant as a path.
FILE_NAME = re.compile(rf"[^\s、。，．「」（）]+(?:{'|'.join(map(re.escape, ENDINGS))})", re.IGNORECASE)

# How much of the work is done when the structure, the tokens, the mentions and what they mean are found; the
# rest is writing (決め打ち: measured on two editions).
STEPS = {"ginza": (0.01, 0.88, 0.96, 0.97), "sudachi": (0.12, 0.3, 0.65, 0.75)}


class Analyzer:
    """The whole flow, its models loaded: a callable from a source, a file or a text to a document.

    It keeps nothing of what it has analysed; the same input gives the same document.

    Attributes:
        name: ``ginza`` or ``sudachi``.
        versions: Of what the analyzer uses, by name.
    """

    def __init__(
        self,
        analyzer: str = "ginza",
        reference_date: date | str | None = None,
        laws: FullList | None = None,
        register: Register | None = None,
        accept_from: float | None = None,
        names: OwnNames | Files | None = None,
        types: OwnTypes | Files | None = None,
    ) -> None:
        """Load the segmenter and the registries; see :func:`load`."""
        self._accept_from = accept_from
        self._segmenter = load_segmenter(analyzer)
        self._reference_date = day(reference_date) if isinstance(reference_date, str) else reference_date
        own = names if isinstance(names, OwnNames) or names is None else read_names(names)
        more = (own.organizations, own.laws) if own else ()
        declared = types if isinstance(types, OwnTypes) or types is None else read_types(types)
        self._known = Known(*filter(None, (laws, register, declared, *more)))
        self._labels = (*LABELS, *(declared.labels if declared else ()))
        with uncollected():
            any(recognize((), self._known))  # registries are read now, not with the first text
        self.name = analyzer
        self.versions = self._segmenter.versions

    def __repr__(self) -> str:
        return f"<Analyzer {self.name}, {self._reference_date or 'no reference date of its own'}>"

    def __call__(
        self, source: Source | str | PathLike[str], told: Callable[[float], None] | None = None
    ) -> Document:
        """Analyse one source, one file, or a text from memory.

        Args:
            source: What :func:`pipeline.read` returned; a ``pathlib.Path``, which is read; or a ``str``,
                which is the text itself (its ``doc_id`` is ``text``).
            told: Is told again and again how much of the work is done, 0 to 1.

        Returns:
            A document whose offsets are half-open and count code points of ``document.source.raw``.

        Raises:
            HakushoError: The file cannot be read (as of :func:`pipeline.read`), or the text is nothing but
                the name of a file.
            TypeError: ``source`` is none of these.
        """
        told = told or _unheard
        structured, cut, found_all, meant = STEPS[self.name]
        source = dated(_source(source), self._reference_date)
        with uncollected():
            text = clean(source)
            blocks, sentences, repairs = structure(text)
        # The models of GiNZA leave cycles behind, which would stay as long as the document is read.
        with uncollected() if self.name == "sudachi" else nullcontext():
            tokens = self._segmenter(sentence.text for sentence in sentences)
            told_of = _followed(sentences, told, structured, cut)
            analyses = tuple([Analysis(s, t) for s, t in zip(told_of, tokens, strict=True)])
        with uncollected():
            known = self._known.beside(source)
            mentions = list(recognize(analyses, known))
            told(found_all)
            found = resolve(source, analyses, mentions, known, self._accept_from)
            told(meant)
            # What recognizers worked out of each sentence has done its work: let it go.
            analyses = tuple([Analysis(analysis.sentence, analysis.tokens) for analysis in analyses])
        entities = Entities(found.entities)
        of_analyzer = self.name, self.versions
        return Document(
            source, text, blocks, analyses, entities, *of_analyzer, repairs, found.candidates, self._labels
        )

    def pipe(self, sources: Iterable[Source | str | PathLike[str]]) -> Iterator[Document]:
        """Analyse many sources, one after the other; nothing is kept of a document that was yielded.

        Args:
            sources: Each as for a single call.

        Raises:
            HakushoError: As for a single call, when its turn comes.
            TypeError: It is a single source.
        """
        if isinstance(sources, (str, PathLike, Source)):
            raise TypeError("pipe takes many sources: give a list, or call the analyzer itself on one")
        for source in sources:
            yield self(source)


def load(
    analyzer: str = "ginza",
    reference_date: date | str | None = None,
    laws: FullList | None = None,
    register: Register | None = None,
    accept_from: float | None = None,
    names: OwnNames | Files | None = None,
    types: OwnTypes | Files | None = None,
) -> Analyzer:
    """Load the flow once; call what it returns on sources, or its ``pipe`` on many.

    Args:
        analyzer: ``ginza`` (with UD tags, dependencies, bunsetsu; two seconds to load) or ``sudachi`` (some
            thirty times faster; the same mentions).
        reference_date: The day (a ``date``, or ``YYYY-MM-DD``) on which those sources speak that bring none
            of their own: what 昨年 and 本年度 count from. Without it, what a document says of itself (its title
            page: 平成26年版防衛白書) gives one.
        laws: A full list of laws beside the shipped registry (:func:`pipeline.installed_laws`).
        register: A register of bodies that gives organizations their 法人番号
            (:func:`pipeline.installed_register`).
        accept_from: Make mentions of candidates that are at least so likely (0 to 1), with the flag
            ``accepted_candidate``; None of none.
        names: Names of one's own beside the shipped registry: a CSV file, several of them, or what
            :func:`pipeline.read_names` or :func:`pipeline.installed_names` returned.
        types: Types of one's own beside organizations, dates and laws: a TOML file, several of them, or what
            :func:`pipeline.read_types` or :func:`pipeline.installed_types` returned.

    Returns:
        A callable, its models loaded.

    Raises:
        HakushoError: There is no such analyzer or no such day, or a file of names or types is at
            fault.
    """
    return Analyzer(analyzer, reference_date, laws, register, accept_from, names, types)


def _followed(
    sentences: Sequence[Sentence], told: Callable[[float], None], first: float, last: float
) -> Iterator[Sentence]:
    """Yield sentences, and tell between ``first`` and ``last`` how far they are."""
    whole, done = sum(len(sentence.text) for sentence in sentences) or 1, 0
    for sentence in sentences:
        told(first + (last - first) * done / whole)
        yield sentence
        done += len(sentence.text)


def _unheard(share: float) -> None:
    """Take no notice of how far the work is."""


def share() -> None:
    """Load what processes that are forked from this one can share: patterns, and the shipped registries."""
    compile_all()
    with uncollected():
        any(recognize((), Known()))
        index_all()


def _source(source: Source | str | PathLike[str]) -> Source:
    if isinstance(source, Source):
        return source
    if isinstance(source, PathLike):
        return read(Path(source))
    if not isinstance(source, str):
        raise TypeError(
            f"give a Source, a path or a text, not {type(source).__name__}; for many there is pipe"
        )
    if FILE_NAME.fullmatch(source):
        raise HakushoError(
            f"{source!r}: is the name of a file, and a text was wanted: "
            f"give pathlib.Path({source!r}), or pipeline.read(…) of it"
        )
    return Source("text", source, sha256(source.encode("utf-8", "surrogatepass")).hexdigest())


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the garbage collector rest.

    What is made of a document holds no cycles, and the collector would search it again and again.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def day(written: str) -> date:
    """Return the day that is written as ``YYYY-MM-DD``; raises HakushoError for anything else."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise HakushoError(
            f"reference_date {written!r} is no day: write it as YYYY-MM-DD, such as 2014-08-05"
        ) from None
