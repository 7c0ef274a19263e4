"""The documented name of :mod:`pipeline.spacy.doc`: a ``Doc`` of a document, and its mentions."""

from pipeline.spacy.attributes import register
from pipeline.spacy.doc import annotate, entities, to_doc

__all__ = ["annotate", "entities", "register", "to_doc"]
