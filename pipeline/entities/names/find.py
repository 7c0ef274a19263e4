"""A name in a sentence, as a recognizer found it, before it is known which of several counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from pipeline.model.entity import Payload


@dataclass(frozen=True, slots=True)
class Find(Generic[Payload]):
    """A name in a sentence: its half-open span, the rule that found it, and what was read in it."""

    start: int
    end: int
    rule: str
    name: Payload

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end
