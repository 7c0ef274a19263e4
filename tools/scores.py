"""``make scores``: hakusho, GiNZA's NER, ja-timex and jlawcite on one gold; writes docs/project/scores.md.

README's table is of hakusho and GiNZA alone.

The texts of the passages are not shipped: ``make scores TEXTS=folder`` finds them by their SHA-256, and without
them those sets are left out.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pipeline
from pipeline.entities import LABELS
from pipeline.scoring.evaluate import evaluate
from pipeline.scoring.gold import GoldMention, mentions_of
from tools import structure_table
from tools.given import folder
from tools.gold_sets import ROOT, Set, sets
from tools.other_systems import by_ginza, by_ja_timex, by_jlawcite, installed

if TYPE_CHECKING:
    from pipeline.document.document import Document
    from pipeline.scoring.scores import Scores

JAPANESE = (
    ("| text | mentions | system |", "| 文章 | 言及 | システム |"),
    ("the chapter", "本章"),
    ("samples,", "サンプル,"),
    ("GiNZA's NER", "GiNZA の固有表現抽出"),
    ("passages of papers,", "白書の抜粋,"),
    ("passages of pdf,", "PDF の抜粋,"),
    ("passages of diet,", "国会発言の抜粋,"),
    ("passages of public,", "その他の公開文書の抜粋,"),
)
OURS = "hakusho"
# Which labels each system sets out to find.
SYSTEMS = {OURS: LABELS, "GiNZA's NER": LABELS, "ja-timex": ("DATE",), "jlawcite": ("LAW",)}
# These give values that can be compared with those of the gold.
WITH_VALUES = frozenset({OURS, "ja-timex", "jlawcite"})
PAGE = ROOT / "docs/project/scores.md"
HEAD = """# Scores beside other systems

Written by `make scores TEXTS=folder` (__DAY__; __VERSIONS__): every system on the same gold, scored by the
same program. What the gold is worth: [corpus/GOLD.md](gold.md). To score a system of your own:
[Score your own system](../howto/score_your_system.md).

- **Systems.** hakusho with `--analyzer sudachi`. GiNZA's NER finds all three types; its labels are mapped by
  `tests/ene_labels.csv`, and it gives no values. ja-timex finds dates: its type DATE counts (昨年 is a
  DURATION there), and its values are written as EDTF. jlawcite finds citations with an article; laws without
  one are not its aim, so its recall is low by design. It is given the names that hakusho's registry knows.
  ja-timex and jlawcite get hakusho's sentences, GiNZA the lines of the text.
- **Scores.** strict: the same label and span. overlap: the same label, and a character in common. value:
  strict, and the same normalized value. In brackets the 95 % interval of F1, by bootstrap. Rules were written
  by looking at the chapter and at `dev`: believe the figures on `test`.

"""
COLUMNS = (
    "| label | gold | system | P | R | strict F1 | overlap F1 | value F1 |\n|---|---|---|---|---|---|---|---|"
)


def _scores(found: list[GoldMention], part: Set) -> Scores:
    documents = None if part.regions else [source.doc_id for source in part.sources]
    return evaluate(found, part.gold, documents=documents, regions=part.regions or None)


def _row(name: str, system: str, scores: Scores) -> str:
    cells = []
    for label in LABELS:
        strict, norm = scores.line(label), scores.line(label, "norm")
        own = f"{strict.f1:.3f} / {norm.f1:.3f}" if system == OURS else f"{strict.f1:.3f}"
        cells.append(f"{own} ({strict.low:.2f}–{strict.high:.2f})")
    mentions = sum(scores.line(label).gold for label in LABELS)
    return f"| {name} | {mentions} | {system} | {' | '.join(cells)} |"


def _full_rows(scored: dict[str, Scores]) -> list[str]:
    """Return the rows of one set in the page: each label, and each system that finds it."""
    rows = []
    for label in LABELS:
        for system, scores in scored.items():
            if label not in SYSTEMS[system]:
                continue
            strict, over, norm = (scores.line(label, scheme) for scheme in ("strict", "overlap", "norm"))
            cells = [label, str(strict.gold), system, f"{strict.precision:.3f}", f"{strict.recall:.3f}"]
            cells += [f"{line.f1:.3f} ({line.low:.2f}–{line.high:.2f})" for line in (strict, over)]
            cells.append(f"{norm.f1:.3f} ({norm.low:.2f}–{norm.high:.2f})" if system in WITH_VALUES else "")
            rows.append(f"| {' | '.join(cells)} |")
    return rows


def _scored(part: Set, documents: list[Document]) -> dict[str, Scores]:
    found = {
        OURS: [m for document in documents for m in mentions_of(document.entities)],
        "GiNZA's NER": by_ginza(part),
        "ja-timex": by_ja_timex(part, documents),
        "jlawcite": by_jlawcite(part, documents),
    }
    return {system: _scores(mentions, part) for system, mentions in found.items()}


def main() -> None:
    texts = folder(__doc__)
    installed()
    analyze = pipeline.load("sudachi")
    lines = ["| text | mentions | system | ORG | DATE | LAW |", "|---|---|---|---|---|---|"]
    page: list[str] = []
    known: dict[str, Document] = {}
    for name, part in sets(texts).items():
        for source in part.sources:
            known.setdefault(source.doc_id, analyze(source))
        scored = _scored(part, [known[source.doc_id] for source in part.sources])
        lines += [
            _row(name if system == OURS else "", system, scored[system]) for system in list(SYSTEMS)[:2]
        ]
        page += [f"## {name[0].upper()}{name[1:]}", "", COLUMNS, *_full_rows(scored), ""]
        print(name)
    table = "\n".join(lines)
    _put(ROOT / "README.md", table)
    _put(ROOT / "README.ja.md", in_japanese(table))
    day = datetime.now(UTC).date().isoformat()
    versions = ", ".join(f"{system} {version(system)}" for system in ("ginza", "ja-timex", "jlawcite"))
    head = HEAD.replace("__DAY__", day).replace("__VERSIONS__", versions)
    PAGE.write_text(head + "\n".join(page), encoding="utf-8")
    _put(ROOT / "docs/explanation/structure.md", structure_table.table())


def in_japanese(table: str) -> str:
    """Return the table with its words as README.ja.md has them."""
    for english, japanese in JAPANESE:
        table = table.replace(english, japanese)
    return table


def _put(page: Path, table: str) -> None:
    """Put a table between the marks of a page, and print it."""
    head, _, rest = page.read_text(encoding="utf-8").partition("<!-- scores -->\n")
    _, _, tail = rest.partition("<!-- /scores -->")
    page.write_text(f"{head}<!-- scores -->\n{table}\n<!-- /scores -->{tail}", encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
