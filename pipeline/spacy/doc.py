r"""Document → spaCy ``Doc``: the same text, the same mentions, each with all its fields.

The text of the ``Doc`` is the raw text, so that offsets in characters are those of every other file. Its
tokens are the pipeline's, cut where a line break, a gloss or the border of a mention runs through a word; so
every mention is exact.

>>> import pipeline
>>> doc = to_doc(pipeline.load(analyzer="sudachi")("防衛省は13（平成25）\n年10月3日に発表した。"))
>>> [(span.text, span.label_, span._.norm) for span in doc.spans["hakusho"]]
[('防衛省', 'ORG', '防衛省'), ('13（平成25）\n年10月3日', 'DATE', '2013-10-03')]
>>> entities(doc)[1].start_date
'2013-10-03'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.lang.ja import Japanese
from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import create_vocab

from pipeline.spacy.attributes import (
    NAME,
    entity_at,
    forget,
    put,
    put_source,
    register,
    registered,
    speakable,
)
from pipeline.spacy.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span
    from spacy.vocab import Vocab

    from pipeline.document.document import Document
    from pipeline.model.entity import Entity


def to_doc(document: Document, vocab: Vocab | None = None, *, key: str = NAME) -> Doc:
    """Return ``document`` as a spaCy ``Doc`` over its raw text.

    ``doc.spans[key]`` and ``doc.ents`` hold the mentions with the attributes that :func:`register` names,
    ``doc.spans[f"{key}_sentences"]`` the unbroken sentences (label: kind, id: sentence_id), ``doc._.hakusho``
    what is known of the source. Tokens have tag, lemma, norm and ``Reading``; with GiNZA also UD tags, heads
    and relations. ``doc.sents`` are stretches without an interruption: a sentence that a page break or a
    gloss interrupts is two of them, each with a root of its own.

    To keep all of it in a ``DocBin``, it must be made with ``store_user_data=True``.

    Args:
        document: What the flow returned.
        vocab: The vocabulary to use; by default a new one for Japanese.
        key: Of ``doc.spans``.
    """
    words = words_of(document)
    doc = Doc(vocab or create_vocab("ja", Japanese.Defaults), **words.given)
    for token, norm in zip(doc, words.norms, strict=True):
        token.norm_ = norm
    doc.spans[f"{key}_sentences"] = [
        _span(doc, *sentence.raw_span(0, len(sentence.text)), sentence.kind, sentence.sentence_id)
        for sentence in document.sentences
    ]
    return annotate(doc, document, key=key)


def annotate(
    doc: Doc, document: Document, *, key: str = NAME, set_ents: bool = True, keep_ents: bool = False
) -> Doc:
    """Write the mentions of ``document`` into a ``Doc`` over the same text, and return it.

    A mention that does not begin and end on a border of tokens gets the tokens that it touches; its
    ``_.aligned`` is False then, and ``_.exact_start``, ``_.exact_end``, ``_.exact_text`` say what it is.
    ``doc.ents`` cannot overlap: of two mentions in one token it has the longer one, ``doc.spans`` has both.

    Args:
        doc: Its text is the raw text of ``document``.
        document: What the flow returned for that text.
        key: Of ``doc.spans``.
        set_ents: Set ``doc.ents``, too.
        keep_ents: Keep the entities that ``doc`` has where no mention touches them; else they go.

    Raises:
        ValueError: The texts differ.
    """
    if doc.text != speakable(document.source.raw):
        raise ValueError("the Doc has another text than the document: analyse doc.text itself")
    if not registered():
        register()
    forget(doc.spans.get(key, ()))
    spans = []
    for entity in document.entities:
        span = _span(doc, entity.start, entity.end, entity.label, entity.entity_id)
        put(span, entity)
        spans.append(span)
    doc.spans[key] = spans
    put_source(doc, document.source, document.versions)
    if set_ents:
        doc.ents = _ents(spans, doc.ents if keep_ents else ())
    return doc


def entities(doc: Doc, key: str = NAME) -> tuple[Entity, ...]:
    """Return the mentions that ``doc.spans[key]`` holds, equal to those of the document that it was made of.

    Args:
        doc: Made by :func:`to_doc` or by the component, in this process or another one.
        key: Of ``doc.spans``.

    Raises:
        KeyError: ``doc.spans`` has no such key.
    """
    return tuple(found for span in doc.spans[key] if (found := entity_at(span)) is not None)


def _span(doc: Doc, start: int, end: int, label: str, name: str) -> Span:
    """Return the tokens that the characters ``[start, end)`` touch."""
    span = doc.char_span(start, end, label=label, span_id=name, alignment_mode="expand")
    if span is None:  # not for a place within the text
        raise IndexError(f"[{start}, {end}) does not lie in a Doc of {len(doc.text)} characters")
    return span


def _ents(spans: list[Span], before: Iterable[Span]) -> list[Span]:
    kept = filter_spans(spans)
    taken = {token.i for span in kept for token in span}
    return sorted([*kept, *(span for span in before if taken.isdisjoint(range(span.start, span.end)))])
