"""The documented name of :mod:`pipeline.spacy.doc`: a ``Doc`` of a document, and a document's mentions of a ``Doc``."""

from pipeline.spacy.attributes import register
from pipeline.spacy.doc import annotate, entities, to_doc

__all__ = ["annotate", "entities", "register", "to_doc"]
