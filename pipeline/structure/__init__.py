"""Stage 3: Text → blocks and sentences: the kinds of the lines of a page, and which lines belong together."""

from pipeline.structure.builder import Structure, structure

__all__ = ["Structure", "structure"]
