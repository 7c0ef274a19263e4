"""Stage 3: Text → blocks and sentences: the lines of a page, what each is, and which carries another on."""

from pipeline.structure.builder import Structure, structure

__all__ = ["Structure", "structure"]
