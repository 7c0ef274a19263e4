"""Bodies that the registry knows with their state in front of their names: 韓国の｜国防部."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import in_name
from pipeline.entities.organizations.abroad import forms_of, state_before
from pipeline.entities.organizations.facts import generic, words
from pipeline.entities.organizations.find import OrganizationName
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis

JOINED = "(?P<joint>と|や|・|、?(?:及び|および|並びに|又は|または)|、)"
JOINT = Rule(
    "joint_of_two_bodies",
    rf"(?:（[A-Za-z]{{2,8}}）)?(?:[、・とや][一-龥ぁ-んァ-ヶー]{{1,8}}党)?{JOINED}",  # 、緑の党、: one of no registry
    reads=("⟦と⟧民主党", "⟦（CDU）と⟧社会民主党", "⟦、及び⟧財務省", "⟦、緑の党、⟧自由民主党"),
    leaves=("⟦は", "⟦の", "⟦（青葉）と"),
)
PARTY, MINISTRY = "party", "ministry"
NAMED = frozenset({PARTY, MINISTRY, "court", "legislature", "prosecution"})
BARE = frozenset({"議会"})
LONGEST = 4  # 決め打ち: words of a body's name behind its state


def of_states(analysis: Analysis, lexicon: Lexicon[Organization]) -> Iterator[Found]:
    """Yield the bodies that the registry knows with their state in front: 韓国の｜国防部｜と｜外交部."""
    text = analysis.sentence.text
    tokens = analysis.tokens
    for i in [i for i, token in enumerate(tokens[1:-1]) if token.surface == "の"]:
        if "地名" not in tokens[i].pos:
            continue
        state = state_before(text, tokens[i + 1].end)
        first: int | None = i + 2
        while state and first is not None and (found := _known(analysis, first, state, lexicon)):
            yield found
            joint = JOINT.match(text, found.end)
            first = analysis.ends[joint.end()] + 1 if joint and joint.end() in analysis.ends else None


def _known(analysis: Analysis, first: int, state: str, lexicon: Lexicon[Organization]) -> Found | None:
    """Return the longest name from a token on that the registry knows as one of a ``state``."""
    tokens, text = analysis.tokens, analysis.sentence.text
    if first >= len(tokens):
        return None
    start = end = tokens[first].start
    found = None
    for token in tokens[first : first + LONGEST]:
        if token.start != end or not in_name(token):
            break
        end = token.end
        called = text[start:end]
        records = next(filter(None, (lexicon.get(form + called) for form in forms_of(state))), ())
        if records and called not in BARE | generic() and all(r.kind in NAMED for r, _ in records):
            found = Find(start, end, "abroad", OrganizationName(called, records, kind=records[0][0].kind))
    return found if found is not None and not _cut(analysis, found.end) else None


def _cut(analysis: Analysis, end: int) -> bool:
    """Whether a name that reaches to ``end`` is cut out of a longer one: 連邦議会｜予算局, 国民党｜軍."""
    at = analysis.ends[end] + 1
    behind = analysis.tokens[at] if at < len(analysis.tokens) else None
    if behind is None or behind.start != end or not in_name(behind):
        return False
    at_most = words("title") | words("behind") | words("behind_a_states_body")
    return behind.surface not in at_most or analysis.sentence.text.startswith("会", behind.end)
