"""The documented name of :mod:`pipeline.spacy.component`: importing it registers the component ``hakusho``."""

from pipeline.spacy.component import Hakusho, make_hakusho, source_doc

__all__ = ["Hakusho", "make_hakusho", "source_doc"]
