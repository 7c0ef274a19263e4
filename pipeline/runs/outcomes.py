"""The settings and the outcomes of a run: the rows and the whole of ``run.json``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from pipeline.entities import LABELS
from pipeline.entities.laws.registry import instruments
from pipeline.entities.organizations.registry import organizations

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.entities.declared import OwnTypes
    from pipeline.entities.laws.instruments import FullList
    from pipeline.entities.organizations.register import Register
    from pipeline.entities.own_names import OwnNames
    from pipeline.read import Skipped

DEFAULT_FORMATS = ("csv", "json", "html")


# Ten times a long white paper; docs/howto/many_documents.md says what such a text takes.
MAX_CHARACTERS = 5_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was asked for.

    Attributes:
        max_characters: A longer document is refused, 0 none; no result depends on it.
        accept_from: Candidates that are at least so likely are mentions; None for none.
        lang: In which language a workbook has its headings: ``ja`` or ``en``.
        tables: Which tables CSV and Parquet hold of a document: ``all``, or ``entities`` without the tokens.
    """

    analyzer: str = "ginza"
    reference_date: date | None = None
    formats: tuple[str, ...] = DEFAULT_FORMATS
    laws: FullList | None = None
    register: Register | None = None
    max_characters: int = MAX_CHARACTERS
    accept_from: float | None = None
    names: OwnNames | None = None
    types: OwnTypes | None = None
    lang: str = "ja"
    tables: str = "all"

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that are looked for."""
        return (*LABELS, *(self.types.labels if self.types else ()))

    def as_json(self) -> dict[str, Any]:
        """Return the settings as ``run.json`` has them."""
        day = self.reference_date.isoformat() if self.reference_date else None
        laws = _listed(self.laws, len(self.laws.laws)) if self.laws else None
        bodies = _listed(self.register, self.register.count) if self.register else None
        found = {
            "analyzer": self.analyzer,
            "reference_date": day,
            "formats": list(self.formats),
            "accept_from": self.accept_from,
            "laws": {"shipped": len(instruments()), "full_list": laws},
            "organizations": {"shipped": len(organizations()), "register": bodies},
            "names": self.names.as_json() if self.names else [],
            "types": self.types.as_json() if self.types else [],
        }
        # A later run without a workbook makes the folder's one anew, in its language.
        found["lang"] = self.lang
        if self.tables != "all":
            found["tables"] = self.tables
        return found


def _listed(known: FullList | Register, count: int) -> dict[str, Any]:
    """Say what was known beside the shipped facts."""
    return {"snapshot": known.snapshot.isoformat(), "count": count, "source": known.source}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one document: counts, or the line that says why it failed.

    Attributes:
        names: The different names (norms) by label; what is counted of them stays in ``distinct_names``.
        unlisted: Titles of laws that no known list holds, and that the full list may hold.
        files: The SHA-256 of each file that was written.
        source: What is known of the document itself: title, publisher, edition, part, licence, url, format.
        warnings: What of the document could not be read, a line each.
        evidence: Where its reference date, edition and title were taken from.
        fingerprint: Of all that the results depend on.
        unchanged: Nothing was done, since an earlier run had done it.
        touched: It failed when its files were written, or may have: some may stand there.
    """

    doc_id: str
    path: str
    sha256: str = ""
    encoding: str = ""
    characters: int = 0
    sentences: int = 0
    reference_date: str | None = None
    mentions: dict[str, int] = field(default_factory=dict)
    distinct_names: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    files: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    source: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    evidence: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    unlisted: list[str] = field(default_factory=list)
    error: str = ""
    unchanged: bool = False
    touched: bool = False


UNRECORDED = frozenset({"names", "unlisted", "error", "unchanged", "touched"})
"""The fields of an outcome that count while the run lasts; failures stand in ``run.json`` on their own."""
RECORDED = tuple(f.name for f in fields(Outcome) if f.name not in UNRECORDED)
"""The fields of an outcome that stand in ``run.json``."""


@dataclass(slots=True)
class RunResult:
    """The outcomes of a run so far.

    ``outcomes`` are in the order of the inputs; ``place`` is where the results are; ``skipped`` are the
    inputs that were not read; ``unlisted`` are the titles of laws that no known list holds.
    """

    place: str
    skipped: Sequence[Skipped] = ()
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0
    status: str = "running"
    unlisted: set[str] = field(default_factory=set)
    _names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The documents that could not be processed."""
        return tuple(o for o in self.outcomes if o.error)

    def add(self, outcome: Outcome) -> None:
        """Add the outcome of a document; only names that are new are kept."""
        for label, names in outcome.names.items():
            self._names[label].update(names)
        self.unlisted.update(outcome.unlisted)
        self.outcomes.append(replace(outcome, names={}, unlisted=[]))

    def mentions(self, label: str) -> int:
        """Return how often ``label`` was found."""
        return sum(o.mentions.get(label, 0) for o in self.outcomes)

    def names(self, label: str) -> int:
        """Return how many different names (norms) of ``label`` were found in this run."""
        return len(self._names[label])
