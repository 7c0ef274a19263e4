"""How precise the words are that tell a body's name, measured on the gold for development.

    python -m tools.telling_words [TEXTS]

A mention that no registry holds was found by the word that it ends with (研究会, 証券), by its legal form, or by what stands
beside it (社, 出典：). The table in ``docs/explanation/organizations.md`` says how often gold has the same span. The texts of the
stand-off passages are found in TEXTS by their SHA-256; without them the chapter and the samples are measured alone.
"""

from __future__ import annotations

from collections import Counter
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import pipeline
from pipeline.entities.organizations.facts import HEADS
from tools.given import folder
from tools.gold_sets import sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.entity import Entity
    from tools.gold_sets import Set

PAGE = Path(__file__).parent.parent / "docs/explanation/organizations.md"
OPEN, CLOSE = "<!-- telling words -->", "<!-- /telling words -->"
SHOWN_BESIDE = {
    "legal_form": "a legal form",
    "firm": "社 behind it",
    "listed": "a count of firms behind it",
    "credited": "出典：, 資料： before it",
}
# A word that found fewer is counted with the others.
ENOUGH = 3
Z = 1.96  # of 95 %


def telling(entity: Entity) -> str:
    """Return what told that ``entity`` is a body, ``""`` if that was the registry or the text itself."""
    if entity.rule in SHOWN_BESIDE:
        return SHOWN_BESIDE[entity.rule]
    if not entity.rule.endswith("_name") or "not_in_registry" not in entity.flags:
        return ""
    return next((head.head for head in HEADS.at(entity.surface, len(entity.surface))), entity.rule)


def found(part: Set, analyze: pipeline.Analyzer) -> Iterator[tuple[str, bool]]:
    """Yield what told each mention of a part, and whether gold has its span."""
    gold = {(mention.doc_id, mention.start, mention.end) for mention in part.gold if mention.label == "ORG"}
    for source in part.sources:
        areas = [(a, b) for doc_id, a, b in part.regions if doc_id == source.doc_id] or [(0, len(source.raw))]
        for entity in analyze(source).entities:
            inside = any(a <= entity.start and entity.end <= b for a, b in areas)
            if entity.label == "ORG" and inside and (word := telling(entity)):
                yield word, (source.doc_id, entity.start, entity.end) in gold


def low(right: int, all_: int) -> float:
    """Return the lower bound of a share by Wilson, at 95 %.

    >>> round(low(9, 10), 3)
    0.596
    """
    share, square = right / all_, Z * Z / all_
    return (share + square / 2 - Z * sqrt((share * (1 - share) + square / 4) / all_)) / (1 + square)


def table(pairs: list[tuple[str, bool]]) -> str:
    """Return the table: the words that found most first, and those that found few together."""
    counts = Counter(word for word, _ in pairs)
    named = {
        word: word if counts[word] >= ENOUGH else f"other words (fewer than {ENOUGH} each)" for word in counts
    }
    every, right = Counter(named[word] for word, _ in pairs), Counter(named[word] for word, ok in pairs if ok)
    lines = ["| telling word | found | right | precision | at least (95 %) |", "|---|---|---|---|---|"]
    for word, n in [*every.most_common(), ("all", len(pairs))]:
        hits = right[word] if word != "all" else right.total()
        lines.append(f"| {word} | {n} | {hits} | {hits / n:.2f} | {low(hits, n):.2f} |")
    return "\n".join(lines)


def main() -> None:
    """Write the table into its page."""
    texts = folder(__doc__)
    analyze = pipeline.load("sudachi")
    parts = [part for name, part in sets(texts).items() if not name.endswith("test")]
    rows = table([pair for part in parts for pair in found(part, analyze)])
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(f"{OPEN}\n")
    PAGE.write_text(f"{head}{OPEN}\n{rows}\n{CLOSE}{rest.partition(CLOSE)[2]}", encoding="utf-8")
    print(rows)


if __name__ == "__main__":
    main()
