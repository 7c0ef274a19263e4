"""The types that stages hand to each other.

All spans are half-open ``[start, end)``. Offsets of a :class:`Source`, :class:`Block` or :class:`Entity`
count Unicode code points of the raw text. Offsets of a :class:`Token` or a :class:`Mention` count code points
of the text of their :class:`Sentence`, which knows the way back to the raw text.
"""

from pipeline.model.entity import Candidate, Entity, Mention
from pipeline.model.errors import HakushoError
from pipeline.model.page import Block, BlockKind
from pipeline.model.sentence import Analysis, Sentence, Token
from pipeline.model.source import Format, Repair, Source, Text, Told

__all__ = [
    "Analysis",
    "Block",
    "BlockKind",
    "Candidate",
    "Entity",
    "Format",
    "HakushoError",
    "Mention",
    "Repair",
    "Sentence",
    "Source",
    "Text",
    "Token",
    "Told",
]
