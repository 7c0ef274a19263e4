"""Bodies of another state that a text names beside one of its bodies, or after it: 米国の共和党と｜民主党."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.abroad import HOME, OF_STATES, forms_of, of_state, state_before
from pipeline.entities.organizations.facts import countries, isos, words
from pipeline.entities.organizations.find import longest
from pipeline.entities.organizations.under_state import JOINED, JOINT, NAMED, PARTY, of_states
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis, Sentence

BESIDE = Rule(
    "body_that_every_state_has",  # 米国の｜議会｜と共和党: none of the registry, but whose it is also holds of the next
    rf"(?<=の)(?P<body>{alternatives(words('of_every_state'))}){JOINED}$",
    reads=("米国の⟦議会と⟧", "の⟦政府や⟧"),
    leaves=("議会と", "の議会が"),
)
ROW = Rule(
    "row_that_begins_with_a_state",  # 英国⇥外務省⇥内務省: cells, of which nothing says whose bodies they name
    rf"(?:{alternatives(n for n in countries() if len(n) > 1 and isos()[n] != HOME)})[ 　\t]+(?=[^。]*$)",
    reads=("⟦英国\t⟧外務省", "⟦米国　⟧財務省"),
    leaves=("英国の外務省", "英国　外務省が答えた。", "日本　外務省"),
)
MUTUAL = Rule(
    "what_two_states_do",  # フランスの外務省と財務省の協議: the second may as well be Japan's
    rf"{alternatives(words('what_two_states_do'))}|日[一-龥]?(?:間|両)",
    reads=("財務省の⟦協議⟧が", "⟦覚書⟧を交わした"),
    leaves=("声明を出した",),
)
OURS = Rule(
    "this_country",
    alternatives(words("this_country")),
    reads=("⟦日本⟧の外務省", "⟦我が国⟧では"),
    leaves=("ブラジルの",),
)
AND = "と"
REACH = 2  # 決め打ち: so many sentences later a name alone may still be the other state's body
NEAR = 8  # 決め打ち: characters of a state's 議会 and what joins it with the next body


class _List:
    """The bodies of one state that a text lists one after another, as far as they have been read."""

    def __init__(self, text: str, lexicon: Lexicon[Organization]) -> None:
        """Begin with none."""
        self._text, self._lexicon = text, lexicon
        self._state, self._owned = "", False
        self._last: Found | None = None
        self._named: set[str] = set()

    def read(self, find: Found) -> Found:
        """Return the next find of the sentence, as one of the list's state where it belongs to that."""
        if _glosses(self._text, find) and self._last is not None:
            return find
        owned = _kind(find) in OF_STATES
        before = state_before(self._text, find.start) if owned else ""
        own = before or _state_of(find)
        joint = self._joint(find) if owned and not own else ""
        if own:
            self._state, self._owned, self._named = own, bool(before), set()
            if before and _kind(find) == PARTY and _open(find):
                find = of_state(find, own, self._lexicon)
        elif joint and self._goes_on(find):
            find = self._joined(find, joint)
        elif not (joint and self._of_it(find)):
            self._state = ""
        self._named.add(find.name.name)
        self._last = find
        return find

    def _joint(self, find: Found) -> str:
        """Return what joins a find with the last one, or with a state's 議会; ``""`` for nothing."""
        if self._state and self._last is not None:
            joint = JOINT.fullmatch(self._text, self._last.end, find.start)
            return joint["joint"] if joint else ""
        beside = BESIDE.search(self._text, max(0, find.start - NEAR), find.start)
        state = state_before(self._text, beside.start("body")) if beside else ""
        if not beside or not state:
            return ""
        self._state, self._owned, self._named, self._last = state, True, set(), None
        return beside["joint"]

    def _of_it(self, find: Found) -> bool:
        """Whether the find is known as a body of the list's state."""
        named = find.name.alias_of.startswith(forms_of(self._state))
        return named or any(record.country == isos()[self._state] for record, _ in find.name.records)

    def _goes_on(self, find: Found) -> bool:
        """Whether a find may be of the list's state: no body that only Japan has, nor one of many states."""
        new = find.name.name not in self._named
        return _open(find) or (new and (_shared(find) or self._of_another(find)))

    def _of_another(self, find: Found) -> bool:
        """Whether it bears a name that is known as a third state's, but that many have: タイの…、｜商務省."""
        home = {record.country for record, _ in find.name.records}
        own = isos()[self._state] in home or HOME in home
        return bool(home) and not own and find.name.name in words("states_have_joined")

    def _joined(self, find: Found, joint: str) -> Found:
        """Return what is joined with the list as one of its state, or as an open question."""
        last, state = self._last, self._state
        party = _kind(find) == PARTY
        alike = last is None or (_kind(last) == PARTY) == party
        if _open(find):  # ビルマ社会主義計画党と民主正義党: of two states
            return of_state(find, state, self._lexicon) if self._owned and alike else find
        known = any(self._lexicon.get(form + find.name.name) for form in forms_of(state))
        otherwise = _called_otherwise(find, state)
        sure = self._sure(joint, known=known, parties=alike and party)
        if sure and (known or (alike and not otherwise)):
            return of_state(find, state, self._lexicon)
        mutual = joint == AND and MUTUAL.search(self._text, find.end)
        return find if mutual or _ours(find, otherwise=otherwise, theirs=sure or known) else _contested(find)

    def _sure(self, joint: str, *, known: bool, parties: bool) -> bool:
        """Whether a joint tells that the next is of the state, too: 米国の国務省、｜財務省, 米共和党と｜民主党."""
        return (self._owned and (joint != AND or parties)) or (parties and known)


def _ours(find: Found, *, otherwise: bool, theirs: bool) -> bool:
    """Whether only Japan's body can be meant: the state has none of that name, and Japan has it still."""
    return otherwise and not theirs and not _over(find)


def _called_otherwise(find: Found, state: str) -> bool:
    """Whether a state's own ministry or parliament has another name: 国務省 is no 外務省, 下院 is no 国会."""
    others = {isos()[name] for name in words("state_of_other_ministries")}
    return _kind(find) != PARTY and (isos()[state] in others or _kind(find) == "legislature")


def carried(analysis: Analysis, finds: list[Found], lexicon: Lexicon[Organization]) -> list[Found]:
    """Return ``finds``, with the bodies that a state's body is joined with as bodies of that state.

    The list of a state's bodies ends at a body that only Japan has, at one of many states and at a second
    one of the same name. Where a member may be the Japanese one as well (フランスの外務省と財務省), it is left
    open which of them is meant.
    """
    text = analysis.sentence.text
    if "の" in text:
        finds = longest([*finds, *of_states(analysis, lexicon)])
    if not finds:
        return finds
    listed = _List(text, lexicon)
    finds = [listed.read(find) for find in finds]
    if ROW.match(text):
        return [_contested(find) if _shared(find) else find for find in finds]
    return finds


def _glosses(text: str, find: Found) -> bool:
    """Whether letters in brackets gloss the name before them: 国防省（｜MOD｜）、外務省."""
    bracketed = text.startswith("（", find.start - 1) and text.startswith("）", find.end)
    return bracketed and find.name.name.isascii()


def _over(find: Found) -> bool:
    """Whether Japan's body of that name is long gone: 内務省."""
    return all(record.valid.last is not None for record, _ in find.name.records)


def _state_of(find: Found) -> str:
    """Return the other state with whose name its own begins: フランス外務省, 米共和党; 中国地方整備局 is none of 中国."""
    name = find.name.name if _kind(find) in OF_STATES else ""
    state = next((name[:at] for at in range(len(name) - 1, 0, -1) if name[:at] in countries()), "")
    iso = isos()[state] if state else HOME
    known = {record.country for record, _ in find.name.records}
    return state if iso != HOME and (iso in known or _kind(find) == PARTY) else ""


def _kind(find: Found) -> str:
    records = find.name.records or find.name.head
    return find.name.kind or (records[0][0].kind if records else "")


def _open(find: Found) -> bool:
    """Whether no registry holds it and nothing says whose it is: the 共和党 of any state."""
    name = find.name
    known = name.records or name.head or name.alias_of or name.norms or name.members
    return not known and _kind(find) in NAMED and not name.name.startswith(tuple(countries()))


def _shared(find: Found) -> bool:
    """Whether it is a Japanese body of a name that bodies of other states have, too."""
    records = find.name.records
    named = words("states_have") | words("states_have_joined")
    alone = words("of_japan_alone")
    return bool(records) and records[0][0].country == HOME and find.name.name in named - alone


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
