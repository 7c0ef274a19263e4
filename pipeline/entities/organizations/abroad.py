"""Bodies of other states that a text calls by a name that a Japanese body bears, too: ブラジルでは最高裁判所が…."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.facts import HEADS, countries, isos, states, words
from pipeline.entities.organizations.find import OrganizationName
from pipeline.entities.organizations.left_edge import run_start
from pipeline.entities.organizations.parts_of_states import STATE_COURT, of_part
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis

OURS = "日本"
HOME, SEVERAL = "JP", "INT"
_STATE = alternatives(name for name in countries() if len(name) > 1 and isos()[name] != HOME)
TOPIC = Rule(
    "state_that_is_spoken_of",
    rf"(?<![ァ-ヶー一-龥])(?:(?P<state>{_STATE})|日本の?|我が国の?|わが国の?|本邦の?)(?:では|でも|において|における)"
    "|(?:日本|我が国|わが国|本邦)の",
    reads=("⟦ブラジルでは⟧最高裁判所が", "⟦わが国の⟧国会"),
    leaves=("対ブラジルでは", "ブラジル産", "ブラジルの"),
)
OF_STATE = Rule(
    "state_whose_body_it_is",
    rf"(?<![ァ-ヶー一-龥])旧?(?P<state>{_STATE})の$",
    reads=("⟦ブラジルの⟧", "⟦旧ソ連の⟧"),
    leaves=("ブラジルでは", "西ブラジルの", "日本の"),
)
NAMED_STATE = Rule(
    "state_right_before_a_body",
    rf"(?<![ァ-ヶー一-龥A-Za-z])(?P<name>(?P<state>{_STATE})"
    rf"(?:{alternatives(words('in_a_states_name'))}|・)*(?:共和国|王国|連邦|国)?"
    "|(?P<letter>[英仏独伊加豪露印韓]))$",
    reads=("⟦カナダ⟧", "⟦ケニア共和国⟧", "⟦仏⟧"),
    leaves=("対カナダ", "カナダの", "日仏", "王国"),
)
OF_MANY = Rule(
    "states_whose_bodies_they_are",  # a class of bodies, none of them by its name
    rf"(?:{alternatives(words('kind_of_states'))})国の?$",
    reads=("⟦各国の⟧", "加盟⟦両国の⟧", "諸⟦外国の⟧", "⟦主要国の⟧", "⟦同国⟧"),
    leaves=("各国は", "我が国の", "韓国の"),
)
PARTY_BEFORE = Rule(
    "party_beside_another",  # オーストリアの｜国民党と｜自由党
    "[一-龥ァ-ヶー]{2,12}党(?:と|や|、|・)$",
    reads=("オーストリアの⟦国民党と⟧", "⟦社会労働党、⟧"),
    leaves=("国民党が", "国民党の"),
)
SOURCE = Rule(
    "body_as_a_source",
    "「|資料|調べ|統計|ホームページ",
    reads=("財務省⟦「⟧貿易統計」", "財務省⟦調べ⟧"),
    leaves=("⟦は",),
)
KANJI_NAMES = frozenset({"CN", "KR", "KP", "TW", "SG"})  # where people's names are written as in Japan
LONGEST_STATE = 24  # 決め打ち: characters of a state's name before its body's
REACH = 60  # 決め打ち: so far behind its topic a sentence still speaks of that state
# Bodies that states have, and that a text names without its state where it has named that before.
OF_STATES = frozenset(
    [
        "ministry",
        "agency",
        "court",
        "legislature",
        "prosecution",
        "council",
        "police",
        "cabinet",
        "bureau",
        "party",
    ]
)
_HEAD_KINDS = frozenset({"ministry", "agency", "court", "council", "party"})


def abroad(analysis: Analysis, finds: Iterable[Found], lexicon: Lexicon[Organization]) -> Iterator[Found]:
    """Yield ``finds`` of the registry; those of other states with their state, not as a Japanese body."""
    text = analysis.sentence.text
    courts = [match.span() for match in STATE_COURT.finditer(text)] if "州最高裁" in text else []
    for find in finds:
        if _home(find) not in ("", SEVERAL) and of_many(text, find.start):
            continue
        if named := _of_named_state(text, find):
            yield named
            continue
        if part := of_part(text, find):
            yield part
            continue
        court = next(((a, b) for a, b in courts if a <= find.start and find.end <= b), None)
        if court is not None and _japanese(find):
            name = text[slice(*court)]
            yield Find(*court, "abroad", OrganizationName(name, kind="court"))
            continue
        state = _state(analysis, find)
        yield of_state(find, state, lexicon) if state else find


def owned(
    analysis: Analysis, known: Sequence[tuple[int, int]], lexicon: Lexicon[Organization]
) -> Iterator[Found]:
    """Yield the bodies that stand behind their state and の: ドイツの｜憲法裁判所."""
    text = analysis.sentence.text
    for end in HEADS.ends(text) if "の" in text or "では" in text else ():
        last = analysis.ends.get(end)
        if last is None or any(a < end <= b for a, b in known):
            continue
        start = analysis.tokens[run_start(text, analysis.tokens, last)].start
        owner = state_before(text, start)
        for head in HEADS.at(text, end):
            state = owner or (_topic(text, start) if head.kind == "court" else "")
            bare = start == end - len(head.head) and len(head.head) > 2
            if state and bare and head.needs == "country" and head.kind in _HEAD_KINDS:
                name = OrganizationName(text[start:end], kind=head.kind)
                yield of_state(Find(start, end, "abroad", name), state, lexicon)
                break


def state_before(text: str, at: int) -> str:
    """Return the state whose body the text says begins ``at``: ベトナムの｜計画投資省; ``""`` for none."""
    owner = OF_STATE.search(text, max(0, at - LONGEST_STATE), at)
    return owner["state"] if owner else ""


def of_many(text: str, at: int) -> bool:
    """Whether the text says of a body that begins ``at`` that each of several states has one: 各国の｜財務省."""
    return OF_MANY.search(text, max(0, at - 6), at) is not None


def of_two_fields(text: str, mark: int, field: int) -> bool:
    """Whether a state's ministry has two fields, joined at the ``mark``: ノルウェーの石油・｜エネルギー省.

    Args:
        text: Of the sentence.
        mark: Where the ・ stands.
        field: Where the word before it begins.
    """
    state = state_before(text, field) or NAMED_STATE.search(text, max(0, field - LONGEST_STATE), field)
    return text[mark : mark + 1] == "・" and bool(state)


def state_of_office(text: str, at: int, kind: str, rule: str) -> str:
    """Return the state before an office that nothing else names; a local one keeps its place: ドイツの｜ベルリン…."""
    built = rule in ("office_name", "acronym_name") and kind in ("ministry", "agency", "bureau")
    return state_before(text, at) if built else ""


def _japanese(find: Found) -> bool:
    records = find.name.records
    return bool(records) and all(r.country == HOME and r.kind in OF_STATES for r, _ in records)


def _of_named_state(text: str, find: Found) -> Found | None:
    """Return a body of the state that stands right before another's namesake: カナダ｜国防総省, not アメリカ合衆国国防総省."""
    home = _home(find)
    if home in ("", HOME, SEVERAL) or find.name.name.startswith(tuple(countries())):
        return None
    before = NAMED_STATE.search(text, max(0, find.start - LONGEST_STATE), find.start)
    state = before and (before["state"] or before["letter"])
    if not before or not state or isos()[state] == home:
        return None
    name = before["name"] + find.name.name
    kind = find.name.records[0][0].kind
    return Find(before.start(), find.end, "abroad", OrganizationName(name, kind=kind))


def _home(find: Found) -> str:
    """Return the country of a body of a state that other states may have, too; ``""`` of any other."""
    homes = {record.country for record, _ in find.name.records}
    of_states = all(record.kind in OF_STATES for record, _ in find.name.records)
    return homes.pop() if len(homes) == 1 and of_states and not find.name.name.isascii() else ""


def _state(analysis: Analysis, find: Found) -> str:
    """Return the state whose body is meant, ``""`` for the one whose the registry knows."""
    home, text = _home(find), analysis.sentence.text
    party = home == HOME and find.name.records[0][0].kind == "party"
    owner = state_before(text, find.start) if home not in ("", SEVERAL) else ""
    if party and not owner:
        owner = _beside(text, find.start)
    if owner:
        shared = not party or (find.name.name in _party_names() and not _led(analysis, find, owner))
        return owner if shared and isos()[owner] != home else ""
    if home != HOME or find.name.name not in words("states_have") or SOURCE.match(text, find.end):
        return ""
    if text.rfind("（", 0, find.start) > text.rfind("）", 0, find.start):
        return ""  # 韓国では…（財務省「貿易統計」による）
    return _topic(text, find.start)


def _party_names() -> frozenset[str]:
    """Return the names that parties of several states bear."""
    return words("states_have") | words("states_have_joined")


def _beside(text: str, at: int) -> str:
    """Return the state whose party, which nothing finds, stands before another one that begins ``at``."""
    beside = PARTY_BEFORE.search(text, max(0, at - LONGEST_STATE), at)
    return state_before(text, beside.start()) if beside else ""


def _led(analysis: Analysis, find: Found, state: str) -> bool:
    """Whether a Japanese family name stands behind a party, of who leads it: 民主党｜鳩山｜政権."""
    at = bisect_left(analysis.tokens, find.end, key=lambda token: token.start)
    leader = analysis.tokens[at] if at < len(analysis.tokens) else None
    named = leader is not None and leader.start == find.end and leader.pos.endswith("人名-姓")
    return named and isos()[state] not in KANJI_NAMES


def _topic(text: str, at: int) -> str:
    """Return the state of which a sentence speaks before ``at``, ``""`` for Japan or none."""
    topics = list(TOPIC.finditer(text, max(0, at - REACH), at))
    return topics[-1]["state"] or "" if topics else ""


def forms_of(state: str) -> tuple[str, ...]:
    """Return the forms of a state's name with which its bodies' names begin: 韓国, 大韓民国."""
    return tuple(dict.fromkeys((state, countries()[state], states()[state])))


def of_state(find: Found, state: str, lexicon: Lexicon[Organization]) -> Found:
    """Return the find as one of a body of ``state``, as the registry knows it or with its state in front."""
    official = find.name.records[0][0].name if _japanese(find) else find.name.name
    official = (
        find.name.name if official.startswith(OURS) else official
    )  # フランスの社会党: no フランス日本社会党
    kind = find.name.kind or (find.name.records[0][0].kind if find.name.records else "")
    for owner in forms_of(state):
        for called in (official, find.name.name):
            if records := lexicon.get(owner + called):
                return replace(find, rule="abroad", name=OrganizationName(find.name.name, records, kind=kind))
    name = OrganizationName(find.name.name, kind=kind, alias_of=state + official)
    return replace(find, rule="abroad", name=name)
