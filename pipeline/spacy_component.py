"""The documented name of :mod:`pipeline.spacy.component`. Importing it registers the component."""

from pipeline.spacy.component import Hakusho, make_hakusho, source_doc

__all__ = ["Hakusho", "make_hakusho", "source_doc"]
