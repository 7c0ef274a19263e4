"""``make undated``: the dates of the gold, read from texts whose reference date is not told.

What leans on the document's day cannot be known then. Its value must be empty, with a flag; a wrong value without
a flag is the worst that can be written. The command shows counts alone, so that it can be run on any split.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pipeline
from tools.given import folder
from tools.gold_sets import sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.document import Document
    from pipeline.model.entity import Entity
    from pipeline.model.source import Source
    from tools.gold_sets import Set

JUDGED = (
    "right",
    "empty, flagged",
    "empty, not flagged",
    "wrong, flagged",
    "wrong, not flagged",
    "not in the gold",
)


def judged(entity: Entity, wanted: str | None) -> str:
    """Return how the value of a date is judged; ``wanted`` is that of the gold, None where it has no such date."""
    if wanted is None:
        return "not in the gold"
    value = entity.norm or ""
    if value == wanted:
        return "right"
    known = "empty" if not value or value.startswith("XXXX") else "wrong"
    return f"{known}, {'flagged' if entity.flags else 'not flagged'}"


def counts(part: Set, analyze: Callable[[Source], Document]) -> Counter[str]:
    """Count the dates that are found in the texts of ``part`` without their reference dates, as judged."""
    found: Counter[str] = Counter()
    gold = {(one.doc_id, one.start, one.end): one.norm for one in part.gold if one.label == "DATE"}
    for source in part.sources:
        areas = part.areas(source)
        for entity in analyze(replace(source, reference_date=None)).entities:
            if entity.label == "DATE" and any(start <= entity.start < end for start, end in areas):
                found[judged(entity, gold.get((source.doc_id, entity.start, entity.end)))] += 1
    return found


def lines(of: Iterable[tuple[str, Counter[str]]]) -> list[str]:
    """Return a table of the counts of each set, a line for each."""
    heads = [f"{'dates of the gold without reference dates':44}" + "".join(f"{name:>20}" for name in JUDGED)]
    return heads + [f"{title:44}" + "".join(f"{found[name]:20,}" for name in JUDGED) for title, found in of]


def main() -> None:
    """Print the counts of each set, also of the texts that are not shipped where their folder is given."""
    texts = folder(__doc__)
    analyze = pipeline.load("sudachi")
    found = ((title, counts(part, analyze)) for title, part in sets(texts).items())
    print("\n".join(lines(found)))


if __name__ == "__main__":
    main()
