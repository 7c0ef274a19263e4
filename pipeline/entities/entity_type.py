"""What a type of entity is: how its mentions are found, what they mean, and how they are compared.

All that a type needs lies in its folder beside this module. What the rest of the pipeline may know of it is
its record, an :class:`EntityType`, in ``entities.TYPES``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from pipeline.model.entity import Payload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pipeline.entities.names.titled import Titled
    from pipeline.model.cells import Value
    from pipeline.model.entity import Candidate, Entity, Mention
    from pipeline.model.evidence import Precision
    from pipeline.model.labels import OwnLabel
    from pipeline.model.sentence import Analysis, Sentence

T = TypeVar("T")
Span = tuple["date", "date"]
"""The first and the last day of a time, both included."""


class Known:
    """What a run knows beside the facts that are shipped, by the class of what holds it."""

    def __init__(self, *things: object) -> None:
        """Take in things of different classes, such as a full list of laws."""
        self._things = {type(thing): thing for thing in things}
        self._made: dict[Callable[[Known], object], object] = {}

    def get(self, kind: type[T]) -> T | None:
        """Return the thing of exactly this class, or None."""
        thing = self._things.get(kind)
        return thing if isinstance(thing, kind) else None

    def beside(self, thing: object) -> Known:
        """Return this with one thing more, such as the document that is read; what was made is shared."""
        more = Known(*self._things.values(), thing)
        more._made = self._made
        return more

    def made(self, make: Callable[[Known], T]) -> T:
        """Return what ``make`` makes of this, made once: a registry is read for the first text only."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]  # type: ignore[return-value]  # the key says what was made


@dataclass(frozen=True, slots=True)
class Context:
    """What the meaning of a mention may depend on.

    Attributes:
        sentences: Those of the document, in the order that a mention's ``sentence`` counts.
        reference_date: The day on which the document speaks, None where that is unknown.
        known: What the run knows.
        precision: How much of ``reference_date`` is known: a day, a month or a year.
        times: For each sentence or row of a table the one time that it speaks of, if it is one.
    """

    sentences: Sequence[Sentence]
    reference_date: date | None
    known: Known
    precision: Precision = "day"
    times: Mapping[object, Span] = field(default_factory=dict)

    def unit(self, mention: Mention[Any]) -> object:
        """Return what shares a time with ``mention``: its row of a table, else its sentence."""
        sentence = self.sentences[mention.sentence]
        return (sentence.block_id, sentence.row) if sentence.row >= 0 else mention.sentence

    def spoken(self, mention: Mention[Any]) -> Span | None:
        """Return the time that the sentence or row of ``mention`` speaks of, if it names one."""
        return self.times.get(self.unit(mention))

    def surface(self, mention: Mention[Any]) -> str:
        """Return the clean text of ``mention``."""
        return self.sentences[mention.sentence].text[mention.start : mention.end]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a mention means: the part of an :class:`Entity` that its type works out.

    What does not apply is empty.

    Attributes:
        norm: As of an :class:`Entity`, like all that is not named here.
        first: The first day of ``value``, None where it is open or there is none.
        last: The last day likewise.
        antecedent: Index of the mention that this one leans on, or None.
    """

    norm: str
    value: str = ""
    mod: str = ""
    first: date | None = None
    last: date | None = None
    granularity: str = ""
    era: str = ""
    era_year: int | None = None
    law_num: str = ""
    law_id: str = ""
    article: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    kind: str = ""
    antecedent: int | None = None
    flags: tuple[str, ...] = ()
    url: str = ""
    title_today: str = ""
    candidates: tuple[Candidate, ...] = ()
    ids: tuple[str, ...] = ()
    id_candidates: int | None = None
    part_of: str = ""


class Table(NamedTuple):
    """A table of its own that a type gives for each document.

    Attributes:
        name: Of the table and of its file.
        columns: In their order. One is ``entity_id``, the mention that a row is of; ``page`` is added.
        rows: From the ``doc_id`` and the entities of all types, in text order, to the rows.
        later: Columns that came after ``page`` and stand behind it; a row has their values last.
    """

    name: str
    columns: tuple[str, ...]
    rows: Callable[[str, Iterable[Entity]], Iterator[tuple[Value, ...]]]
    later: tuple[str, ...] = ()


class Measure(NamedTuple):
    """What a score compares in mentions with the same span and label.

    Attributes:
        name: As the tables of scores print it.
        columns: Those of ``entities.csv`` that must agree.
    """

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityType(Generic[Payload]):
    """One type of entity. What its recognizer hands to its resolver, the payload, nobody else reads.

    Attributes:
        label: As in the column ``label``.
        precedence: Of mentions of equal length that overlap the one with the lower number counts.
        measures: What scores compare, in the order in which they are printed.
        recognize: Yields the mentions of a document, sentence by sentence or not; they may overlap.
        resolver: Makes, for one document, what gives a mention its meaning. It is called with the index of
            each mention among those that count, in text order, and returns None where the mention turns out
            to be none.
        tells_time: Whether its mentions say of which time a sentence speaks. Such types are resolved first.
        table: A table of its own, if it has one.
        candidates: Yields what is nearly a mention, each with its reason; they may overlap each other and
            what was found. A payload of None says that nothing was read in it.
        shown: What it is called and how it looks; of the types that are shipped ``data/entity_types.csv``
            says that.
        over_time: From a norm to the official names of the same thing over time, the first first; none where
            the registry does not know.
    """

    label: str
    precedence: int
    measures: tuple[Measure, ...]
    recognize: Callable[[Sequence[Analysis], Known], Iterator[Mention[Payload]]]
    resolver: Callable[[Context], Callable[[int, Mention[Payload]], Meaning | None]]
    tells_time: bool = False
    table: Table | None = None
    candidates: Callable[[Sequence[Analysis], Known], Iterator[Mention[Any]]] | None = None
    shown: OwnLabel | None = None
    over_time: Callable[[str], Sequence[Titled]] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that scores compare and that the form of the review asks for."""
        return tuple(column for measure in self.measures for column in measure.columns)
