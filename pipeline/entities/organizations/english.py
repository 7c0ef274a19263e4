"""Names of bodies that stand in English: a run of capitalized words with a head (``data/org_english.csv``)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

# At most so many words: it keeps the time linear on endless runs (決め打ち).
LONGEST = 24
_RUN = re.compile(
    rf"(?<![A-Za-z0-9])[A-Z][A-Za-z.&'’-]*(?: ?,? (?:[A-Z][A-Za-z.&'’-]*|and|of|for|the|on|in)(?![A-Za-z0-9]))"
    rf"{{1,{LONGEST}}}"
)
_LINK = re.compile(r"(?:,? (?:and|of|for|the|on|in))+$|[,.]$")
# What the title of a text, a law or a programme ends with.
_NO_BODY = re.compile(
    r"(?i:reports?|acts?|plan|program(?:me)?s?|survey|review|outlook|index|database|statistics|strategy|framework"
    r"|agreement|convention|charter|bill|rules?|standards?|guidelines?|meeting|conference|members?|website|news)$"
)
# The article; © 2009; INTELSAT-International Telecommunications …: two names.
_LEAD = re.compile(r"(?:(?i:copyright) (?:The )?|The |[A-Z]{3,}-(?=[A-Z][a-z]{3,}))")
_RIGHTS = re.compile(r" All Rights? ")  # © 2009 Ministry of Finance All Rights Reserved
# Center of Excellence: a body of a kind.
GENERIC = frozenset({"Excellence"})
# Heads that may begin a name, and heads that count only before of or for (Data Center names none).
BEGINNING = frozenset(
    {"Ministry", "Department", "University", "Institute", "Bureau", "Center", "Centre", "Office"}
)
LED_ONLY = frozenset({"Center", "Centre", "Office"})
_WORD = re.compile("[A-Z][a-z]{4}")
_QUOTE = re.compile('[“”"]')


@cache
def english_heads() -> dict[str, str]:
    """Map each head to the kind of body that it names."""
    return {row["head"]: row["kind"] for row in rows("org_english.csv")}


@cache
def _any_head() -> re.Pattern[str]:
    return re.compile("|".join(english_heads()))


def english_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the half-open span and the kind of each body that ``text`` names in English.

    >>> list(english_names("（Select Committee on Marine Policy）"))
    [(1, 34, 'council')]
    """
    if not _WORD.search(text) or not _any_head().search(text):
        return
    quotes = [match.start() for match in _QUOTE.finditer(text)]
    for match in _RUN.finditer(text):
        if sum(at < match.start() for at in quotes) % 2:
            continue  # “…”: the title of a text
        start, end = match.span()
        if rights := _RIGHTS.search(text, start, end):
            end = rights.start()
        if lead := _LEAD.match(text, start):
            start = lead.end()
        while tail := _LINK.search(text, start, end):
            end = tail.start()
        kind = _kind(text[start:end])
        if kind:
            yield start, end, kind


def _kind(name: str) -> str:
    """Return the kind of body that a run of words names, ``""`` if it names none in particular."""
    words = name.replace(",", "").split(" ")
    if len(words) < 2 or _NO_BODY.search(words[-1]):
        return ""
    for at, word in enumerate(words):
        kind = english_heads().get(word)
        if kind is None:
            continue
        led = at + 2 < len(words) and words[at + 1].lower() in ("of", "for", "on")
        led = led and words[at + 2] not in GENERIC
        last = at == len(words) - 1
        before = sum(word[0].isupper() for word in words[:at])
        if (led and (at or word in BEGINNING)) or (last and before > 1 and word not in LED_ONLY):
            return kind
    return ""
