"""``make differences``: our values of dates beside those of other readers; writes docs/project/date_differences.md.

The inputs are the sentences of ``tests/cases/dates.csv``, which say what is right. A difference is one where both
read something at the same place and the values are not the same. Its verdict is ``theirs`` or ``ours`` (whose
value is wrong), or ``scheme``: both say the same or a part of it, written after another convention.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pipeline
from pipeline.entities.dates.parse import parse_date
from pipeline.model.source import Source
from tools import BESIDE
from tools.gold_sets import ROOT
from tools.other_systems import installed, timexes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CASES = ROOT / "tests/cases/dates.csv"
PAGE = ROOT / "docs/project/date_differences.md"
OLD = re.compile(r"0\d{3}|1[0-7]\d\d|18[0-6]\d|187[0-2]")
SEASON = re.compile(r"-(?:2[1-4]|3[3-6])(?:/|$)")
CENTURIES = ("1901/2000", "2001/2100")
MODIFIED = re.compile(r"末|初|[上中下]旬|半ば|前半|後半|前後|頃|ごろ|盤|中葉|央")
MARK = re.compile(r"⟦(.*?)⟧", re.DOTALL)
HEAD = """# Values of dates beside other readers

Written by `make differences`, over the {cases} sentences of `tests/cases/dates.csv`, which mark {marked} dates and say
what is right: an expression of each kind that white papers hold. ja-timex is a reader of TIMEX3, pynormalizenumexp
one of numbers and times; both read a sentence without its text, and neither sets out to resolve 同年 or bare years.

{summary}

- **not found**: nothing is read at the place of the date. **value differs**: each is listed below, with a verdict.
- **theirs**: their value is wrong. **ours**: ours is. **scheme**: no fault of either: {schemes}
- **where there is none**: a date where the sentence marks none (a length of time, a code, a proper name, a date of every year).
"""
SCHEMES = {
    "no context": "the year or the month stands elsewhere in the text, and their value leaves it open (`XXXX-10`)",
    "old calendar": "days before 1873 are of the old calendar, and ours is the year alone",
    "part": "they read the year and not what narrows it down, or one end of a range, and say so by their span",
    "open end": "以降 and 以前 make an open interval of ours, and leave theirs as it is",
    "season": "seasons, quarters and halves are written by EDTF of ours, and by months or not at all of theirs",
    "modifier": "末, 上旬, 前半, 頃 stand in a column of their own of ours, and narrow or widen their value",
    "bounds": "the same days, written as an interval or as a number of units (`199X`)",
}


class Seen(NamedTuple):
    """A date that a reader found: its half-open span and its value."""

    start: int
    end: int
    value: str


class Difference(NamedTuple):
    """Two values at one place."""

    reader: str
    text: str
    ours: str
    span: str
    theirs: str
    verdict: str


def cases() -> Iterator[tuple[str, date | None, list[Seen]]]:
    """Yield the sentences with their reference dates and what is marked in them."""
    with CASES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            text, marked, position = "", [], 0
            wanted = [cell.strip().split(" ")[0] for cell in row["expected"].split(";")]
            for match in MARK.finditer(row["text"]):
                text += row["text"][position : match.start()]
                marked.append((len(text), len(text) + len(match[1])))
                text, position = text + match[1], match.end()
            text += row["text"][position:]
            values = ["" if value.startswith("!") else value for value in wanted]
            day = date.fromisoformat(row["reference_date"]) if row["reference_date"] else None
            seen = [Seen(a, b, value) for (a, b), value in zip(marked, values, strict=False)]
            yield text, day, seen


def by_timex(text: str, day: date | None) -> list[Seen]:
    """Return what ja-timex reads."""
    return [Seen(*found) for found in timexes(text, day)]


def by_numexp() -> Callable[[str, date | None], list[Seen]]:
    """Return pynormalizenumexp's reader of absolute times."""
    from pynormalizenumexp.normalize_numexp import NormalizeNumexp

    reader: Any = NormalizeNumexp("ja")

    def read(text: str, day: date | None) -> list[Seen]:
        found = [each for each in reader.normalize(text) if each.type == "abstime"]
        return [
            Seen(each.position_start, each.position_end, value)
            for each in found
            if (value := _interval(each.value_lower_bound, each.value_upper_bound))
        ]

    return read


def _interval(low: Any, high: Any) -> str:
    one, two = _edtf(low), _edtf(high)
    return one if one == two else f"{one}/{two}"


def _edtf(time: Any) -> str:
    """Write a time of pynormalizenumexp; what it leaves open is infinite there."""
    parts = [time.year, time.month, time.day]
    known = [None if abs(part) == float("inf") else int(part) for part in parts]
    if not any(known):
        return ""
    year = "XXXX" if known[0] is None else f"{known[0]:04d}"
    month = "" if known[1] is None else f"-{known[1]:02d}"
    return year + month + (f"-{known[2]:02d}" if known[2] is not None and month else "")


def verdict(text: str, ours: Seen, right: Seen, other: Seen) -> str:
    """Say whose fault a difference is, or which convention makes it."""
    if ours.value != right.value:
        return "ours"
    if other.value.startswith("XXXX"):
        return "scheme: no context"
    if (other.start, other.end) != (ours.start, ours.end) and _is_part(ours.value, other.value):
        return "scheme: part"
    return _convention(text, ours, other) or "theirs"


def _is_part(ours: str, theirs: str) -> bool:
    """Whether their value is one end of ours, or a year or month that ours lies in."""
    ends = [end for end in ours.split("/") if end]
    return ours.startswith(theirs) or any(bounds(theirs)[0] == bounds(end)[0] for end in ends)


def _convention(text: str, ours: Seen, other: Seen) -> str:
    """Return the convention that alone makes a difference, or nothing."""
    same_year = other.value[:4] == ours.value[:4]
    if OLD.fullmatch(ours.value) and same_year:
        return "scheme: old calendar"
    if ".." in ours.value and other.value in ours.value.split("/"):
        return "scheme: open end"
    if SEASON.search(ours.value) and same_year:
        return "scheme: season"
    if bounds(ours.value) == bounds(other.value) or other.value in CENTURIES:
        return "scheme: bounds"
    modified = MODIFIED.search(text) and (other.start, other.end) == (ours.start, ours.end)
    return "scheme: modifier" if modified else ""


def bounds(value: str) -> tuple[str, str]:
    """Return the first and the last year and month that a value holds, as text that can be compared.

    >>> bounds("199X"), bounds("2013"), bounds("2013-04/2014-03"), bounds("1990/1999")
    (('1990-01', '1999-12'), ('2013-01', '2013-12'), ('2013-04', '2014-03'), ('1990-01', '1999-12'))
    """
    low, _, high = value.partition("/")
    first, last = low.replace("X", "0"), (high or low).replace("X", "9")
    return (first + "-01" if len(first) == 4 else first, last + "-12" if len(last) == 4 else last)


def compared(
    reader: str, read: Callable[[str, date | None], list[Seen]]
) -> tuple[Counter[str], list[Difference]]:
    """Return how a reader does over all cases, and where its values differ."""
    analyze = pipeline.load("sudachi")
    counts: Counter[str] = Counter()
    differences = []
    for text, day, marked in cases():
        entities = analyze(Source("case", text, reference_date=day)).entities
        mine = {(e.start, e.end): e.value for e in entities if e.label == "DATE"}
        if [(seen.start, seen.end) for seen in marked] == [(0, len(text))]:
            # A case of one expression: it is known to be a date.
            mine = {(0, len(text)): parse_date(text, reference=day).value}
        theirs = read(text, day)
        for right in marked:
            ours = right._replace(value=mine.get((right.start, right.end), ""))
            there = [seen for seen in theirs if seen.start < right.end and right.start < seen.end]
            counts["dates"] += 1
            if not there:
                counts["not found"] += 1
                continue
            other = max(there, key=lambda seen: min(seen.end, right.end) - max(seen.start, right.start))
            if other.value == ours.value:
                counts["same value"] += 1
                continue
            found = verdict(text[right.start : right.end], ours, right, other)
            counts["value differs"] += 1
            counts[found] += 1
            differences.append(
                Difference(reader, text[right.start : right.end], ours.value, text[other.start : other.end],
                           other.value, found)
            )  # fmt: skip
        counts["where there is none"] += sum(
            not any(seen.start < right.end and right.start < seen.end for right in marked) for seen in theirs
        )
    return counts, differences


def summary(counted: dict[str, Counter[str]]) -> str:
    """Return a table of the counts, a column a reader."""
    rows = ["dates", "same value", "not found", "value differs", "theirs", "ours"]
    rows += [f"scheme: {name}" for name in SCHEMES] + ["where there is none"]
    lines = [f"| | {' | '.join(counted)} |", f"|---|{'---|' * len(counted)}"]
    lines += [f"| {row} | {' | '.join(str(counts[row]) for counts in counted.values())} |" for row in rows]
    return "\n".join(lines)


def listed(differences: Iterable[Difference]) -> str:
    """Return the differences as tables, a verdict a table, each once."""
    by_verdict: dict[str, dict[Difference, None]] = defaultdict(dict)
    for difference in differences:
        by_verdict[difference.verdict][difference] = None
    lines = []
    for name, found in sorted(by_verdict.items(), key=lambda each: (each[0].startswith("scheme"), each[0])):
        lines += [f"## {name[0].upper()}{name[1:]}", "", "| reader | date | ours | they read | theirs |"]
        lines.append("|---|---|---|---|---|")
        lines += [
            f"| {d.reader} | {_cell(d.text)} | {d.ours or '–'} | {_cell(d.span)} | {d.theirs} |"
            for d in found
        ]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("\n", "␤").replace("|", "\\|").strip()


def main() -> None:
    installed()
    sys.path.append(str(BESIDE))
    readers = {"ja-timex": by_timex, "pynormalizenumexp": by_numexp()}
    counted, differences = {}, []
    for name, read in readers.items():
        counted[name], found = compared(name, read)
        differences += found
    every = list(cases())
    schemes = "; ".join(f"**{name}**: {text}" for name, text in SCHEMES.items()) + "."
    marked = sum(len(seen) for _, _, seen in every)
    head = HEAD.format(cases=len(every), marked=marked, summary=summary(counted), schemes=schemes)
    PAGE.write_text(f"{head}\n{listed(differences)}", encoding="utf-8")
    print(summary(counted))


if __name__ == "__main__":
    main()
