"""What is written of an instrument, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.entities.laws.locators import Locators

if TYPE_CHECKING:
    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Name

LABEL = "LAW"


@dataclass(frozen=True, slots=True)
class Citation:
    """What is written of an instrument.

    Attributes:
        name: The name without prefix, number and locators; ``""`` for a number alone or an anaphor.
        records: What the registry knows under the name.
        prefix: 旧, 新 or 改正 before the name, or the year of a foreign statute (1996年).
        suffix: 施行令, の一部を改正する法律, … behind it.
        number: The law number as written in brackets that belong to the mention.
        near: The number that stands behind the closing quotation mark, a mention of its own.
        owner: Of a number alone, where the name before it ends that it belongs to: 」（平成25年法律第108号; -1 for
        none.
        foreign: Whether it is an instrument of another state: no Japanese law is meant.
        aside: Where the bracket ends in which it stands, if that is one behind another name; -1 for none.
        made: The year that the text gives for its making (16年に制定された…法).
        amended: Whether the text goes on to a bill that amends it (…法の一部改正法案).
        enacted: Of an anaphor, whether the text says that it was made or came into force (同法は4月に施行された).
        applied: Of an anaphor, whether the text says what is done under it (同法に基づく, 同法違反).
        subject: Whether は, が or を stands behind it: the text speaks of the instrument itself.
        passed: Of a number alone, whether it is said behind what was passed: 成立し（平成26年法律第118号）.
        renamed: Whether it is a new name of the instrument before it (…法から…法に改称).
        quoted: Where the quotation ends in which it stands, if that replaces words; -1 for none.
        amends: Of a number alone, whether it is said to be that of an act that amends the law before it.
        supplement: Of an anaphor, whether a place in its supplementary provisions (附則) stands behind it.
        undefined: Of a bare name with a place, whether another text says what it means.
        anaphor: The head of a 同-mention (法, 条約 …; 条, 項, 号 for a place).
    """

    name: str = ""
    records: tuple[tuple[Instrument, Name], ...] = ()
    prefix: str = ""
    suffix: str = ""
    bill: bool = False
    number: str = ""
    near: str = ""
    owner: int = -1
    foreign: bool = False
    aside: int = -1
    made: str = ""
    amended: bool = False
    enacted: bool = False
    applied: bool = False
    subject: bool = False
    passed: bool = False
    renamed: bool = False
    quoted: int = -1
    amends: bool = False
    supplement: bool = False
    undefined: bool = False
    locators: Locators = field(default_factory=Locators)
    anaphor: str = ""


@dataclass(frozen=True, slots=True)
class Find:
    """A citation and its half-open span in the sentence."""

    start: int
    end: int
    rule: str
    citation: Citation
