"""``make no-dates``: what is no date, by kind, and how often each kind stands in texts; writes docs/project/no_dates.md.

A kind is a place of ``pipeline/data/date_contexts.csv``: its words stand before or behind a number and make it a
length, a count or a code. How often it alone decides is counted by reading the texts once more without its words.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.clean import clean
from pipeline.entities.dates.facts import CONTEXTS
from pipeline.entities.dates.recognize import recognize
from pipeline.entities.dates.resolve import DateResolver
from pipeline.facts import rows
from pipeline.model.rule import Rule
from pipeline.model.sentence import Analysis, Sentence
from pipeline.model.source import Source
from pipeline.structure import structure
from tools.given import folder
from tools.gold_sets import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

PAGE = ROOT / "docs/project/no_dates.md"
NUMBER = Rule(
    "number_with_a_unit_of_time",
    r"(?<![\d.,〇一二三四五六七八九十百千元])[\d〇一二三四五六七八九十百千元]{1,8}(?P<unit>年度?|月|日)",
    reads=("⟦10年⟧間", "⟦元年度⟧", "⟦三月⟧ごと"),
    leaves=("10か月",),
)
NOTHING = Rule("nothing", "(?!)", reads=(), leaves=("約10年",))
HEAD = """# What is no date, by kind

<!-- Made by: make no-dates -->

{numbers:,} numbers with 年, 月 or 日 stand in the {texts} texts that this was counted on, and {dated:,} of them in the {found:,} dates
that are read there. The others are no dates, by what stands beside them. *share*: of all those numbers.
*kept out*: dates that are read in the same texts where the words of the kind alone are not known; a number that other words or
the text keep out as well counts for none. Without the words of all kinds, {taken:,} more dates are read: **{before:.1%}** of all that is
then read; with them, **none** of these.

The words of a kind stand in `pipeline/data/date_contexts.csv`, each with an example and a counter-example that a test runs.

| kind | words | for example | numbers | share | kept out |
|---|--:|---|--:|--:|--:|
"""
REST = "nothing beside it, or a rule of its own"
UNITS = {"年": "year", "年度": "fiscal_year", "月": "month", "日": "day"}
Place = tuple[int, int, int, int]
Text = tuple["Sequence[Sentence]", "date | None"]


def texts(place: Path) -> list[Text]:
    """Return the sentences and the reference date of each text file in ``place``."""
    paths = sorted(place.glob("*.txt"))
    sources = [Source(path.stem, path.read_text(encoding="utf-8")) for path in paths]
    return [(structure(clean(source)).sentences, source.reference_date) for source in sources]


def found(documents: Iterable[Text]) -> set[Place]:
    """Return the document, the sentence, the beginning and the end of each date."""
    places: set[Place] = set()
    for number, (sentences, reference) in enumerate(documents):
        resolver = DateResolver(sentences, reference)
        for index, mention in enumerate(recognize([Analysis(sentence, ()) for sentence in sentences])):
            if resolver.resolve(index, mention, mention.payload):
                places.add((number, mention.sentence, mention.start, mention.end))
    return places


@contextmanager
def without(*kinds: str) -> Iterator[None]:
    """Read as if the words of ``kinds`` were not known."""
    kept = {kind: CONTEXTS[kind] for kind in kinds}
    CONTEXTS.update(dict.fromkeys(kinds, NOTHING))
    try:
        yield
    finally:
        CONTEXTS.update(kept)


def beside(text: str, start: int, end: int, unit: str) -> str:
    """Return the kind whose words stand beside the number ``text[start:end]``, else ``REST``."""
    before = text[max(0, start - 12) : start]
    for kind, rule in CONTEXTS.items():
        if not kind.startswith("after"):
            if rule.search(before):
                return kind
        elif kind.removeprefix("after_").removesuffix("_span").endswith(UNITS[unit]) and rule.match(
            text, end
        ):
            return kind
    return REST


def kinds(documents: Sequence[Text], dates: set[Place]) -> Counter[str]:
    """Count the numbers of each kind; those in ``dates`` by the empty name."""
    counted: Counter[str] = Counter()
    inside = {(*place[:2], at) for place in dates for at in range(place[2], place[3])}
    for number, (sentences, _) in enumerate(documents):
        for index, sentence in enumerate(sentences):
            for match in NUMBER.finditer(sentence.text):
                dated = (number, index, match.start()) in inside
                counted["" if dated else beside(sentence.text, *match.span(), match["unit"])] += 1
    return counted


def page(documents: Sequence[Text]) -> str:
    """Return the page, in Markdown."""
    base = found(documents)
    with without(*CONTEXTS):
        taken = len(_begin(found(documents)) - _begin(base))
    kept_out = {REST: 0}
    for kind in CONTEXTS:
        with without(kind):
            kept_out[kind] = len(_begin(found(documents)) - _begin(base))
    counted = kinds(documents, base)
    head = HEAD.format(
        numbers=counted.total(), texts=len(documents), dated=counted[""], found=len(base), taken=taken,
        before=taken / max(1, taken + len(base)),
    )  # fmt: skip
    order = sorted(kept_out, key=lambda kind: (-counted[kind], -kept_out[kind]))
    return head + "".join(_line(kind, counted[kind], counted.total(), kept_out[kind]) for kind in order)


def _begin(places: set[Place]) -> set[tuple[int, int, int]]:
    return {place[:3] for place in places}


def _line(kind: str, count: int, numbers: int, kept_out: int) -> str:
    words = [row for row in rows("date_contexts.csv") if row["place"] == kind]
    examples = "、".join(row["example"] for row in words[:3])
    name = f"`{kind}`" if words else kind
    return (
        f"| {name} | {len(words)} | {examples} | {count:,} | {count / max(1, numbers):.1%} | {kept_out:,} |\n"
    )


def main() -> None:
    """Write the page for the texts of the folder that is given, or of the corpus."""
    PAGE.write_text(page(texts(folder(__doc__) or ROOT / "corpus")), encoding="utf-8")


if __name__ == "__main__":
    main()
