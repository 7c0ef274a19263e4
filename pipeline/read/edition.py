"""The day on which a document speaks, and its edition, from statements about the document itself.

In this order: the day that a manifest (or a program) gives, the option, the edition or title that a manifest
gives, the first lines, running heads, the colophon, the title of the web page or PDF, the file's name. A
citation never gives a day: what the document says of itself must agree, what the text tells of must not come
after it, and a file's name counts only if the text bears it out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from pipeline.model.evidence import Evidence
from pipeline.read import imprint
from pipeline.read.edition_forms import edition_alone, edition_in, folded_line, year_alone
from pipeline.read.file_names import named_by_file
from pipeline.read.imprint import Statement
from pipeline.read.signatures import closed, signed
from pipeline.read.told_years import ToldYears, told_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pipeline.model.evidence import Teller
    from pipeline.model.source import Source

# Separators between the title of a web page and the names of the site and of the section.
_PARTS = re.compile(r"[|｜:：/／>＞»]| [-–—―] ")
_PRECISIONS = ("day", "month", "year")
SEVERAL = "{source} gives several days ({days})"
LATER = "{source} says {quote!r}, but the text tells of what was later"
DISAGREE = "{first.source} says {first.quote!r}, {other.source} says {other.quote!r}"
ALONE = "only the file's name says {quote!r}, which the text does not bear out"


def dated(source: Source, option: date | None = None) -> Source:
    """Return ``source`` with its reference date, edition and title, and where each was taken from.

    Args:
        source: What it brings itself stays.
        option: The day on which those documents speak for which neither a manifest nor a program gives one.
    """
    evidence = {name: Evidence("given") for name in ("title", "edition") if getattr(source, name)}
    evidence |= source.evidence
    given = source.reference_date or option
    if source.reference_date:
        evidence.setdefault("reference_date", Evidence("given", "day"))
    elif option:
        evidence["reference_date"] = Evidence("option", "day")
    own, why = _own(source, evidence)
    if given is None:
        evidence["reference_date"] = why
        given = own.named.day if own else None
    edition, title = source.edition, source.title
    if own and given and own.named.day.year == given.year:
        told = replace(why, precision="")
        if not edition and own.named.edition:
            edition, evidence["edition"] = own.named.edition, told
        if not title and own.named.title:
            title, evidence["title"] = own.named.title, told
    return replace(source, reference_date=given, edition=edition, title=title, evidence=evidence)


def _own(source: Source, evidence: dict[str, Evidence]) -> tuple[Statement | None, Evidence]:
    """Return the day that a document states as its own, with the evidence, or why it is not taken."""
    if listed := next(_listed(source, evidence), None):
        return listed, _evidence(listed, ())
    told = [
        [*imprint.title_page(source.raw), *signed(source.raw)],
        imprint.running_heads(source.raw), [*imprint.colophon(source.raw), *closed(source.raw)],
        list(_titled(source, evidence)),
    ]  # fmt: skip
    weak, paper = named_by_file(PurePath(source.path).stem)
    if not weak and not any(told):
        return None, Evidence()
    years = told_years(source.raw)
    doubts: list[str] = []
    sure = [one for statements in told if (one := _agreed(statements, years, doubts))]
    if sure:
        return _borne_out(sure, weak, paper=paper)
    if weak and years.bear_out(weak.named.day.year, paper=paper):
        return weak, _evidence(weak, ())
    if weak:
        doubts.append(ALONE.format(quote=weak.quote))
    return None, Evidence(doubt=doubts[0])


def _borne_out(
    sure: list[Statement], weak: Statement | None, *, paper: bool
) -> tuple[Statement | None, Evidence]:
    """Return the first of several statements if all others agree with it, with those that do.

    Args:
        sure: What the document itself says, in the order of its sources.
        weak: What the name of its file says.
        paper: Whether that name speaks of a paper: then one source alone is not believed against it.
    """
    first, others = sure[0], sure[1:]
    if weak and (paper or _same_year(first, weak)):
        others.append(weak)
    agreeing = [one.source for one in others if _same_year(first, one)]
    other = next((one for one in others if not _same_year(first, one)), None)
    if other and not (other is weak and agreeing):
        return None, Evidence(doubt=DISAGREE.format(first=first, other=other))
    return first, _evidence(first, agreeing)


def _same_year(one: Statement, other: Statement) -> bool:
    return one.named.day.year == other.named.day.year


def _evidence(statement: Statement, agrees: Iterable[Teller]) -> Evidence:
    return Evidence(
        statement.source, statement.named.precision, statement.quote, statement.start, statement.end,
        tuple(agrees),
    )  # fmt: skip


def _agreed(statements: list[Statement], years: ToldYears, doubts: list[str]) -> Statement | None:
    """Return the most precise statement of one source, with its edition, if all of them mean one day."""
    if not statements:
        return None
    ordered = sorted(statements, key=lambda one: _PRECISIONS.index(one.named.precision))
    best = ordered[0]
    if not all(_same(best, one) for one in ordered):
        days = ", ".join(dict.fromkeys(one.named.day.isoformat() for one in statements))
        doubts.append(SEVERAL.format(source=best.source, days=days))
        return None
    day = best.named.day
    if years.contradict(day.year) or (best.named.precision != "year" and years.contradict_month(day)):
        doubts.append(LATER.format(source=best.source, quote=best.quote))
        return None
    edition = next((one.named for one in ordered if one.named.edition), best.named)
    return replace(best, named=replace(best.named, edition=edition.edition, title=edition.title))


def _same(best: Statement, other: Statement) -> bool:
    """Whether two days of one source are the same, as far as the less precise one goes."""
    one, two = best.named.day, other.named.day
    if other.named.precision == "day":
        return one == two
    return one.year == two.year and (other.named.precision == "year" or one.month == two.month)


def _listed(source: Source, evidence: dict[str, Evidence]) -> Iterator[Statement]:
    """Yield the edition that came with a document, from its manifest or from a program."""
    for name in ("edition", "title"):
        teller = evidence[name].source if name in evidence else ""
        if teller in ("manifest", "given"):
            yield from _named(teller, getattr(source, name), edition=name == "edition")


def _titled(source: Source, evidence: dict[str, Evidence]) -> Iterator[Statement]:
    """Yield the edition that the title of a web page or PDF names."""
    if source.title and evidence.get("title", Evidence()).source == "metadata":
        yield from _named("metadata", source.title)


def _named(teller: Teller, text: str, *, edition: bool = False) -> Iterator[Statement]:
    """Yield what a title names, or, with ``edition``, a column of that name, which may hold a year alone."""
    if edition and (named := year_alone(folded_line(text))):
        yield Statement(teller, named, text)
        return
    for part in (text, *_PARTS.split(text)):
        line = folded_line(part)
        if named := edition_in(line) or edition_alone(line):
            yield Statement(teller, named, part.strip())
            return
