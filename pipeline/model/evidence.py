"""The evidence for a document's reference date, title and edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Teller = Literal[
    "manifest", "option", "given", "title_page", "running_head", "colophon", "metadata", "file_name", ""
]  # fmt: skip
Precision = Literal["day", "month", "year", ""]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact about a document was taken from, or why there is none.

    Attributes:
        source: Where it stands: ``manifest``; ``option`` (``--reference-date``); ``given`` with the source by
            a program; of the document itself ``title_page`` (its first lines), ``running_head``, ``colophon``
            (奥付), ``metadata`` (the title of a web page or a PDF), ``file_name``. Empty where nothing is sure.
        precision: Of a day: whether a day, a month or a year is told. A month counts by its last day, a year
            by 1 July.
        quote: What says it, as it stands there; empty for what was given.
        start: Where the quote begins in the raw text, in code points; None where it stands elsewhere.
        end: Where it ends there (half-open).
        agrees: The other sources that say the same year.
        doubt: Why there is none although something was found.
    """

    source: Teller = ""
    precision: Precision = ""
    quote: str = ""
    start: int | None = None
    end: int | None = None
    agrees: tuple[Teller, ...] = ()
    doubt: str = ""

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> Evidence:
        """Return what :meth:`as_json` wrote; raises TypeError for anything else."""
        return cls(**{**written, "agrees": tuple(written.get("agrees", ()))})

    def as_json(self) -> dict[str, Any]:
        """Return it as ``entities.json`` and ``run.json`` have it: without what is empty."""
        found = {
            "source": self.source, "precision": self.precision, "quote": self.quote,
            "start": self.start, "end": self.end, "agrees": list(self.agrees), "doubt": self.doubt,
        }  # fmt: skip
        return {
            name: value for name, value in found.items() if value not in ("", None, []) or name == "source"
        }
