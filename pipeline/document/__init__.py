"""What comes out for one source: the document, its entities, its tables."""

from pipeline.document.document import Document
from pipeline.document.entities import Entities

__all__ = ["Document", "Entities"]
