"""What interrupts a sentence without a line break: English glosses and the markers of footnotes.

Part of stage 3 (see ``structure.py``). A gloss becomes a unit of its own; a marker is left out.
"""

from __future__ import annotations

import re

# An acronym in brackets, and the English that was set above or behind it: 「（SDC）^{Subcommittee …}」.
RAISED = re.compile(r"\^\{([^{}\n]*)\}")
ACRONYM = re.compile(r"（([A-Z][A-Za-z0-9&+/.-]{1,14})） ?(?=[A-Z])")
ENGLISH = re.compile(r"[A-Z][A-Za-z.&'’-]*(?:,? (?:[A-Z][A-Za-z.&'’-]*|and|of|for|the|on|in|to|de))+")
# 「2基目のレーダーの配備先とBallistic Missile Defenseとして」: an English run right among Japanese.
INSET = re.compile(r"(?<=[ぁ-ヿ一-龥々])" + ENGLISH.pattern + r"(?=[ぁ-ヿ一-龥々])")
MARKER = re.compile(
    r"[¹²³⁰⁴-⁹]+|(?<=[ぁ-ヿ一-龥々）」])(?:（(?:注|※)\d{0,2}）|[〔［](?:注|※)\d{0,2}[〕］]|(?<!付)[注※]\d{1,2}(?=[、。）」はがをのにとでも]))"
)
# 「…生じた1。」: a footnote number glued to the end of a sentence or clause.
DIGITS = re.compile(r"(?<=[ぁ-ん）」])(\d{1,3})(?=[。、])")
# The number at the head of a footnote: 「8 海洋法に関する…」.
NOTE_NUMBER = re.compile(r"\s*(?:[¹²³⁰⁴-⁹]+|\d{1,3}[\s　]+)")
# An acronym of an inset gloss stands this near to it (決め打ち).
NEAR, LONGEST_ACRONYM = 120, 15

Span = tuple[int, int]


def interruptions(running: str, notes: set[str]) -> tuple[list[Span], list[Span]]:
    """Return the half-open spans that do not belong to the sentence, and those of the glosses among them.

    Args:
        running: The text of a paragraph, its lines joined.
        notes: The numbers of the document's footnotes; only these are taken for glued markers.

    >>> interruptions("協定¹¹（ACSA） Acquisition and Cross-Servicing Agreementは", set())
    ([(2, 4), (11, 52)], [(11, 52)])
    """
    dropped: list[Span] = []
    glosses: list[Span] = []
    for match in RAISED.finditer(running):
        dropped.append(match.span())
        glosses.append(match.span(1))
    for match in ACRONYM.finditer(running):
        gloss = ENGLISH.match(running, match.end())
        if gloss and gloss.group()[0] == match.group(1)[0]:
            glosses.append(gloss.span())
    glosses.extend(match.span() for match in INSET.finditer(running) if _spells(match, running))
    dropped.extend(glosses)
    dropped.extend(match.span() for match in MARKER.finditer(running))
    dropped.extend(match.span() for match in DIGITS.finditer(running) if match.group(1) in notes)
    return sorted(dropped), sorted({span for span in glosses if span[0] < span[1]})


def _spells(match: re.Match[str], running: str) -> bool:
    """Whether an acronym nearby is what the initials of the English spell."""
    initials = "".join(word[0] for word in re.split(r"[ -]", match.group()) if word[:1].isupper())
    if len(initials) > LONGEST_ACRONYM:
        return False
    near = running[max(0, match.start() - NEAR) : match.end() + NEAR]
    return re.search(rf"(?<![A-Za-z]){re.escape(initials)}(?![A-Za-z])", near) is not None
