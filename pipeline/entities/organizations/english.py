"""Names of bodies in English: a run of capitalized words with a head (``data/org_english.csv``)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.facts import words
from pipeline.facts import rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

# At most so many words: it keeps the time linear on endless runs (決め打ち).
LONGEST = 24
_CAPITAL = "[A-Z][A-Za-z.&'’-]*"
_SMALL = "and|of|for|the|on|in"
RUN = Rule(
    "english_run",
    rf"(?<![A-Za-z0-9]){_CAPITAL}(?: ?,? (?:{_CAPITAL}|{_SMALL})(?![A-Za-z0-9])){{1,{LONGEST}}}",
    reads=("⟦Select Committee on Marine Policy⟧", "⟦Department of Fisheries, Forests and⟧"),
    leaves=("Fisheries", "select committee"),
)
LINK = Rule(
    "link_at_an_end",
    rf"(?:,? (?:{_SMALL}))+$|[,.]$",
    reads=("Department⟦ of the⟧", "Department⟦,⟧"),
    leaves=("Department of Fisheries",),
)
PUBLICATION = Rule(
    "title_of_a_publication",  # what the title of a text, a law or a programme ends with
    rf"(?i:{alternatives(words('publication'))})$",
    reads=("Fisheries ⟦Report⟧", "Trade ⟦Act⟧"),
    leaves=("Reporting Office", "Fisheries Commission"),
)
ARTICLE = Rule(
    "before_an_english_name",  # the article; INTELSAT-International Telecommunications …: two names
    "(?i:copyright) (?:The )?|The |[A-Z]{3,}-(?=[A-Z][a-z]{3,})",
    reads=("⟦The ⟧Department", "⟦Copyright The ⟧Department", "⟦INTELSAT-⟧International"),
    leaves=("⟦Department", "⟦Thereof"),
)
RIGHTS = Rule(
    "all_rights",
    " All Rights? ",
    reads=("Ministry of Finance⟦ All Rights ⟧Reserved",),
    leaves=("All Ministries",),
)
OFFICER = Rule(
    "officer_of_an_english_body",  # with what makes a title before it: Deputy Director-General of the
    r"(?:^|, ?)(?:[A-Z][A-Za-z.'’-]* ){0,3}"
    rf"(?:{alternatives(words('english_officer'))})(?:[ -]General)?(?:, ?| (?:of|for|at) (?:the )?)",
    reads=("⟦President of the ⟧European Council", "Aoba⟦, Deputy Director-General, ⟧Bureau"),
    leaves=("Executive Office of the President of Aoba", "President's Council of Trade", "Head Office"),
)
PERSON = Rule(
    "person_before_an_english_name",
    r"(?:(?:H\. ?E\.|Hon\.|Mrs?\.?|Ms\.?|Dr\.|Prof\.) )+[^,]*, ?",
    reads=("⟦H. E. Mr. Taro Aoba, ⟧University of Trade", "⟦Dr. Aoba, ⟧Bureau of Trade"),
    leaves=("⟦Drug Enforcement, Bureau", "⟦Mr. Taro Aoba"),
)
# Center of Excellence: a body of a kind.
GENERIC = frozenset({"Excellence"})
# Heads that may begin a name, and heads that count only before of or for (Data Center names none).
BEGINNING = frozenset(
    {"Ministry", "Department", "University", "Institute", "Bureau", "Center", "Centre", "Office"}
)
LED_ONLY = frozenset({"Center", "Centre", "Office"})
WORD = Rule("english_word", "[A-Z][a-z]{4}", reads=("⟦Minis⟧try",), leaves=("NATO", "Ship"))
QUOTE = Rule("english_quotation", '[“”"]', reads=("⟦“⟧Trade”",), leaves=("「Trade」",))


@cache
def english_heads() -> dict[str, str]:
    """Map each head to the kind of body that it names."""
    return {row["head"]: row["kind"] for row in rows("org_english.csv")}


@cache
def _any_head() -> re.Pattern[str]:
    return re.compile(alternatives(english_heads()))


def english_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the half-open span and the kind of each body that ``text`` names in English.

    >>> list(english_names("（Select Committee on Marine Policy）"))
    [(1, 34, 'council')]
    """
    if not WORD.search(text) or not _any_head().search(text):
        return
    quotes = [match.start() for match in QUOTE.finditer(text)]
    for match in RUN.finditer(text):
        if sum(at < match.start() for at in quotes) % 2:
            continue  # “…”: the title of a text
        start, end = match.span()
        if rights := RIGHTS.search(text, start, end):
            end = rights.start()
        if lead := ARTICLE.match(text, start):
            start = lead.end()
        while tail := LINK.search(text, start, end):
            end = tail.start()
        yield from _without_officers(text, start, end)


def _without_officers(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the bodies of a run, without persons and titles: Mr. Aoba, President of the｜Academy of …."""
    person = PERSON.match(text, start, end)
    start = person.end() if person else start
    run, at = text[start:end], 0
    for officer in [*OFFICER.finditer(run), None]:
        until = officer.start() if officer else len(run)
        if kind := _kind(run[at:until]):
            yield start + at, start + until, kind
        at = officer.end() if officer else until


def _kind(name: str) -> str:
    """Return the kind of body that a run of words names, ``""`` if it names none in particular."""
    parts = name.replace(",", "").split(" ")
    if len(parts) < 2 or PUBLICATION.fullmatch(parts[-1]):
        return ""
    for at, word in enumerate(parts):
        kind = english_heads().get(word)
        if kind is None:
            continue
        led = at + 2 < len(parts) and parts[at + 1].lower() in ("of", "for", "on")
        led = led and parts[at + 2] not in GENERIC
        last = at == len(parts) - 1
        before = sum(word[0].isupper() for word in parts[:at])
        if (led and (at or word in BEGINNING)) or (last and before > 1 and word not in LED_ONLY):
            return kind
    return ""
