"""Bodies of another state that a text names beside one of its bodies, or after it: 米国の共和党と｜民主党."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import in_name
from pipeline.entities.organizations.abroad import HOME, OF_STATES, forms_of, of_state, state_before
from pipeline.entities.organizations.facts import countries, generic, isos, words
from pipeline.entities.organizations.find import OrganizationName, longest
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis, Sentence

JOINT = Rule(
    "joint_of_two_bodies",
    "(?:（[A-Za-z]{2,8}）)?(?P<joint>と|や|・|、?(?:及び|および|並びに|又は|または)|、)",
    reads=("⟦と⟧民主党", "⟦（CDU）と⟧社会民主党", "⟦、及び⟧財務省"),
    leaves=("⟦は", "⟦の", "⟦（青葉）と"),
)
MUTUAL = Rule(
    "what_two_states_do",  # フランスの外務省と財務省の協議: the second may as well be Japan's
    "協議|会談|覚書|交渉|交流|会合|協定|署名|両国|日[一-龥]?(?:間|両)",
    reads=("財務省の⟦協議⟧が", "⟦覚書⟧を交わした"),
    leaves=("声明を出した",),
)
OURS = Rule(
    "this_country",
    "日本|我が国|わが国|本邦|国内|邦人",
    reads=("⟦日本⟧の外務省", "⟦我が国⟧では"),
    leaves=("ブラジルの",),
)
PARTY, MINISTRY, AND = "party", "ministry", "と"
_NAMED = frozenset({PARTY, MINISTRY, "court", "legislature", "prosecution"})
BARE = frozenset({"議会"})
REACH = 2  # 決め打ち: so many sentences later a name alone may still be the other state's body
LONGEST = 4  # 決め打ち: words of a body's name behind its state


def carried(analysis: Analysis, finds: list[Found], lexicon: Lexicon[Organization]) -> list[Found]:
    """Return ``finds``, with the bodies that a state's body is joined with as bodies of that state.

    Where the other may be the Japanese one as well (フランスの外務省と財務省), it is left open which of them is meant.
    """
    text = analysis.sentence.text
    if "の" in text:
        finds = longest([*finds, *_of_states(analysis, lexicon)])
    state, owned = "", False
    last: Found | None = None
    kept = []
    for find in finds:
        before = state_before(text, find.start) if _kind(find) in OF_STATES else ""
        own = before or _state_of(find)
        joint = JOINT.fullmatch(text, last.end, find.start) if last is not None and state else None
        if own:
            state, owned = own, bool(before)
            if before and _kind(find) == PARTY and _open(find):
                find = of_state(find, own, lexicon)
        elif joint and last is not None and (_kind(last) == PARTY) == (_kind(find) == PARTY):
            find = _joined(text, find, state, joint["joint"], lexicon, owned=owned)
        else:
            state = ""
        kept.append(find)
        last = find
    return kept


def _joined(
    text: str, find: Found, state: str, joint: str, lexicon: Lexicon[Organization], *, owned: bool
) -> Found:
    """Return what a ``joint`` joins with a body of ``state`` as one of that state, or as an open question.

    ``owned`` says that the state stands before the first of them with の.
    """
    if _open(find):  # ビルマ社会主義計画党と民主正義党: of two states
        return of_state(find, state, lexicon) if owned else find
    if not _shared(find):
        return find
    if _kind(find) == PARTY or joint != AND:
        return of_state(find, state, lexicon)
    return find if MUTUAL.search(text, find.end) else _contested(find)


def _of_states(analysis: Analysis, lexicon: Lexicon[Organization]) -> Iterator[Found]:
    """Yield the bodies that the registry knows with their state in front: 韓国の｜国防部｜と｜外交部."""
    text = analysis.sentence.text
    for i, token in enumerate(analysis.tokens[:-2]):
        if analysis.tokens[i + 1].surface != "の" or "地名" not in token.pos:
            continue
        state = state_before(text, analysis.tokens[i + 1].end)
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
        if records and called not in BARE | generic() and all(r.kind in _NAMED for r, _ in records):
            found = Find(start, end, "abroad", OrganizationName(called, records, kind=records[0][0].kind))
    return found


def _state_of(find: Found) -> str:
    """Return the other state with whose name a party's begins: 米共和党; 中国地方整備局 is none of 中国."""
    name = find.name.name if _kind(find) == PARTY else ""
    state = next((name[:at] for at in range(len(name) - 1, 0, -1) if name[:at] in countries()), "")
    return state if state and isos()[state] != HOME else ""


def _kind(find: Found) -> str:
    records = find.name.records or find.name.head
    return find.name.kind or (records[0][0].kind if records else "")


def _open(find: Found) -> bool:
    """Whether no registry holds it and nothing says whose it is: the 共和党 of any state."""
    name = find.name
    known = name.records or name.head or name.alias_of or name.norms or name.members
    return not known and _kind(find) in _NAMED and not name.name.startswith(tuple(countries()))


def _shared(find: Found) -> bool:
    """Whether it is a Japanese body of a name that bodies of other states have, too."""
    records = find.name.records
    return bool(records) and records[0][0].country == HOME and find.name.name in words("states_have")


def _contested(find: Found) -> Found:
    return replace(find, name=replace(find.name, contested=True))


class Namesakes:
    """The bodies of other states that a section has named by names that Japanese bodies bear, too."""

    def __init__(self) -> None:
        """Begin with none."""
        self._named: dict[str, int] = {}
        self._number = 0
        self._section: tuple[str, ...] = ()

    def settle(self, sentence: Sentence, finds: list[Found]) -> list[Found]:
        """Return ``finds`` of the next sentence; a name alone that meant another state's is left open."""
        self._number += 1
        ours = OURS.search(sentence.text) is not None
        if sentence.section != self._section or ours:
            self._named.clear()
            self._section = sentence.section
        kept = []
        for find in finds:
            named = self._named.get(find.name.name)
            if find.rule == "abroad" and find.name.name in words("states_have"):
                self._named[find.name.name] = self._number
            elif not ours and named is not None and self._number - named <= REACH and _shared(find):
                find = _contested(find)
            kept.append(find)
        return kept
