"""What interrupts a sentence without a line break: English glosses and the markers of footnotes.

Part of stage 3 (see ``builder.py``). A gloss becomes a block of its own, which records the name that
it explains. A marker is left out, and its footnote records where it stood (see ``notes.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

# An acronym in brackets, and the English that was set above or behind it: 「（SDC）^{Subcommittee …}」.
RAISED = Rule(
    "raised_gloss",
    r"\^\{([^{}\n]*)\}",
    reads=("（SDC）⟦^{Subcommittee for Defense}⟧",),
    leaves=("{Subcommittee}", "^{Subcommittee"),
)
ACRONYM = Rule(
    "acronym_before_gloss",
    r"（([A-Z][A-Za-z0-9&+/.-]{1,14})） ?(?=[A-Z])",
    reads=("協定⟦（ACSA） ⟧Acquisition", "小委員会⟦（SDC）⟧Subcommittee"),
    leaves=("協定（ACSA）は", "協定（略称） Acquisition"),
)
_WORDS = r"[A-Za-z.&'’-]*(?:,? (?:[A-Z][A-Za-z.&'’-]*|and|of|for|the|on|in|to|de))+"
ENGLISH = Rule(
    "english_of_gloss",
    rf"[A-Z]{_WORDS}",
    reads=("⟦Acquisition and Cross-Servicing Agreement⟧は", "⟦Subcommittee for Defense⟧"),
    leaves=("Subcommittee", "acquisition and servicing"),
)
INSET = Rule(
    "english_among_japanese",
    rf"[A-Z](?<=[ぁ-ヿ一-龥々][A-Z]){_WORDS}(?=[ぁ-ヿ一-龥々])",
    reads=("配備先と⟦Ballistic Missile Defense⟧として",),
    leaves=("配備先とNATOとして", "（Ballistic Missile Defense）", "配備先とBallistic Missile Defense"),
)
_JAPANESE = "ぁ-ヿ一-龥々）」"
_SIGN = r"(?:注|※)\d{0,2}"
MARKER = Rule(
    "marker_of_note",
    rf"""
    (?P<raised>[¹²³⁰⁴-⁹]+)
    |(?:(?<=[A-Za-z{_JAPANESE}。])|(?<=[A-Za-z{_JAPANESE}][ ]))
        (?:（(?P<a>{_SIGN})）|[〔［](?P<b>{_SIGN})[〕］])
    |(?<=[{_JAPANESE}])
        (?:(?P<c>(?<!付)[注※]\d{{1,2}})(?=[、。）」はがをのにとでも])|(?P<d>\*\d{{1,2}})(?!\d))
    """,
    flags=re.VERBOSE,
    reads=("協定⟦¹¹⟧（ACSA）", "協定⟦（注1）⟧を", "協定⟦〔※〕⟧を", "協定⟦注2⟧を", "協定⟦*3⟧を"),
    leaves=("付注2を", "（注1）", "注意を", "協定2を"),
)
# A note that the sentence speaks of: （2）の（注3）参照, 。（注1）を参照; a marker stands behind what it is a note on.
SPOKEN_OF = Rule(
    "behind_note_spoken_of",
    "、?参照|[はがをにのとでも及並]",
    reads=("（注3）⟦参照⟧", "（注3）⟦を⟧"),
    leaves=("（注3）、", "（注3）平和"),
)
_NO_NAME_BEFORE = frozenset("のはがをにと、。及び")
MARK = Rule(
    "sign_of_marker",  # a text without one needs no closer look
    "[¹²³⁰⁴-⁹注※*]",
    reads=("協定⟦¹⟧¹", "協定（⟦注⟧1）"),
    leaves=("協定2を",),
)
DIGITS = Rule(
    "marker_glued_to_clause",
    r"[0-9](?<=[ぁ-ん）」][0-9])[0-9]{0,2}(?=[。、])",
    reads=("問題が生じた⟦1⟧。", "「指針」⟦12⟧、"),
    leaves=("問題が生じた1件。", "平成26、27年", "政府は2014、"),
)
NAME = Rule(
    "name_before_gloss",
    r"[一-龥々ァ-ヿA-Za-z0-9・&+/.-]+$",
    reads=("の⟦在日米軍⟧", "と⟦サイバー・センター⟧"),
    leaves=("協議の", "協議（案）"),
)
INITIAL = Rule(
    "initial_of_word",
    r"(?<![^ -])[A-Z]",
    reads=("⟦B⟧allistic", "Cross-⟦S⟧ervicing", "Missile ⟦D⟧efense"),
    leaves=("and missile", "iPad", "（Defense"),
)
LATIN_WORD = Rule(
    "word_of_latin_letters",
    r"[A-Za-z]+",
    reads=("防衛（⟦BMD⟧）", "⟦Missile⟧ Defense"),
    leaves=("防衛", "2014"),
)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# An acronym is looked for this near to an inset gloss; acronyms and names are at most this long (決め打ち).
NEAR, LONGEST_ACRONYM, LONGEST_NAME = 120, 15, 40

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Interruption:
    """A half-open span of running text that is no part of its sentence.

    Attributes:
        kind: ``gloss`` (becomes a block), ``sign`` (``^{`` or ``}``) or ``marker`` (of a footnote).
        label: Of a marker: the label of its footnote (``1``, ``注1``, ``※``).
        explains: Of a gloss: the span of the name that it explains, if known.
    """

    start: int
    end: int
    kind: Literal["gloss", "sign", "marker"]
    label: str = ""
    explains: Span | None = None


def interruptions(running: str, notes: set[str]) -> list[Interruption]:
    """Return what interrupts the sentences of ``running``, in text order; spans may overlap.

    Args:
        running: The text of a paragraph, its lines joined.
        notes: The labels of the document's footnotes; only these are taken for glued markers.

    >>> [(i.kind, i.start, i.end, i.label, i.explains) for i in interruptions(
    ...     "協定¹¹（ACSA） Acquisition and Cross-Servicing Agreementは", set())]
    [('marker', 2, 4, '11', None), ('gloss', 11, 52, '', (5, 9))]
    """
    found = {(i.start, i.end, i.kind): i for i in _glosses(running)}
    for match in MARKER.finditer(running) if MARK.search(running) else ():
        if _spoken_of(running, match):
            continue
        label = match[match.lastgroup or 0].translate(SUPERSCRIPTS)
        found[(*match.span(), "marker")] = Interruption(*match.span(), "marker", label)
    if notes:
        for match in DIGITS.finditer(running):
            if match[0] in notes:
                found[(*match.span(), "marker")] = Interruption(*match.span(), "marker", match[0])
    return [found[key] for key in sorted(found)]


def _spoken_of(running: str, marker: re.Match[str]) -> bool:
    """Whether what looks like a marker is the name of a note in the sentence itself: 表の（注3）を参照."""
    if marker.lastgroup not in ("a", "b") or running[marker.start() - 1] not in _NO_NAME_BEFORE:
        return False
    return SPOKEN_OF.match(running, marker.end()) is not None


def _glosses(running: str) -> Iterator[Interruption]:
    for match in RAISED.finditer(running) if "^{" in running else ():
        yield Interruption(match.start(), match.start(1), "sign")
        yield Interruption(match.end(1), match.end(), "sign")
        if match[1].strip():
            yield Interruption(*match.span(1), "gloss", explains=_name_before(running, match.start()))
    for match in ACRONYM.finditer(running):
        gloss = ENGLISH.match(running, match.end())
        if gloss and gloss[0][0] == match[1][0]:
            yield Interruption(*gloss.span(), "gloss", explains=match.span(1))
    for match in INSET.finditer(running) if " " in running else ():
        if acronym := _spelled(match, running):
            yield Interruption(*match.span(), "gloss", explains=acronym)


def _name_before(running: str, end: int) -> Span | None:
    """Return the name that ends at ``end``, brackets around an acronym not counted."""
    if running.endswith("）", 0, end):
        opening = running.rfind("（", max(0, end - LONGEST_NAME), end)
        return (opening + 1, end - 1) if opening >= 0 else None
    start = max(0, end - LONGEST_NAME)
    name = NAME.search(running[start:end])
    return (start + name.start(), end) if name else None


def _spelled(match: re.Match[str], running: str) -> Span | None:
    """Return the acronym nearby that the initials of the English spell, or None."""
    initials = "".join(initial[0] for initial in INITIAL.finditer(match.group()))
    if len(initials) > LONGEST_ACRONYM:
        return None
    start = max(0, match.start() - NEAR)
    near = running[start : match.end() + NEAR]
    acronym = next((word for word in LATIN_WORD.finditer(near) if word[0] == initials), None)
    return (start + acronym.start(), start + acronym.end()) if acronym else None
