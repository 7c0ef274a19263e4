"""What is known of the instrument that a mention means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.entities.entity_type import Meaning
from pipeline.entities.laws.locators import Locators

if TYPE_CHECKING:
    from pipeline.entities.laws.registry import Instrument
    from pipeline.model.entity import Candidate


@dataclass(frozen=True, slots=True)
class ResolvedLaw:
    """The instrument of one mention; ``law_id`` is empty where none is known for certain."""

    norm: str
    law_num: str = ""
    law_id: str = ""
    kind: str = ""
    locators: Locators = field(default_factory=Locators)
    antecedent: int | None = None
    flags: tuple[str, ...] = ()
    instrument: Instrument | None = None
    candidates: tuple[Candidate, ...] = ()
    url: str = ""
    title_today: str = ""

    def meaning(self) -> Meaning:
        """Return what the entity shows of it."""
        return Meaning(
            self.norm,
            law_num=self.law_num,
            law_id=self.law_id,
            article=self.locators.article,
            paragraph=self.locators.paragraph,
            item=self.locators.item,
            kind=self.kind,
            antecedent=self.antecedent,
            flags=self.flags,
            url=self.url,
            title_today=self.title_today,
            candidates=self.candidates,
        )
