"""ORG: names of bodies, from the registry, from the grammar of names, and from what the text introduces.

A registry name counts where it stands as whole morphemes; names written together are one mention
(外務省北米局). What no registry holds is built from its head (``data/org_heads.csv``) to the left, and kept
only if something in it names a particular body: a proper noun, a country, a parent body, or enough content.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.organizations.abroad import owned, state_of_office
from pipeline.entities.organizations.built import Body, bodies, within_head
from pipeline.entities.organizations.coordination import coordinated
from pipeline.entities.organizations.departments import Departments, grow
from pipeline.entities.organizations.factions import Factions
from pipeline.entities.organizations.facts import HEADS, without_legal_form, words
from pipeline.entities.organizations.find import GROWING, LABEL, OrganizationName, by_short_name, longest
from pipeline.entities.organizations.glosses import gloss, identified
from pipeline.entities.organizations.homographs import ACRONYM, elsewhere, set_apart
from pipeline.entities.organizations.introduced import Introduced
from pipeline.entities.organizations.local_names import local_names
from pipeline.entities.organizations.neighbours import Namesakes, carried
from pipeline.entities.organizations.offices import offices
from pipeline.entities.organizations.officials_listed import without_surnames
from pipeline.entities.organizations.panels import panel_end
from pipeline.entities.organizations.registered import known
from pipeline.entities.organizations.set_apart_parts import joined
from pipeline.entities.organizations.spelled import english, spelled
from pipeline.entities.organizations.stem import DEFINED, ends_before, opener_before
from pipeline.entities.organizations.titles import parted
from pipeline.entities.organizations.unions import Unions
from pipeline.entities.organizations.whole import group
from pipeline.model.entity import Mention
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.names.registry import Lexicon, Name
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis

__all__ = ["OrganizationName", "recognize"]

ADDRESS = Rule(
    "web_address",
    r"(?:https?://|www\.)[!-~]+",  # nothing in one names a body
    reads=("⟦https://www.itu.int/en/ITU-D/⟧を", "⟦www.itu.int⟧"),
    leaves=("ITU", "itu.int"),
)
SHIP = Rule(
    "name_of_a_ship",  # or of a train or an aircraft: a firm in it is no body that acts
    "「[^「」]{1,30}」号(?![外令車数俸])",
    reads=("⟦「トヨタ・スピリット」号⟧が", "⟦「青葉」号⟧は"),
    leaves=("「青葉」号外", "「青葉」号令", "「トヨタ」は", "青葉号"),
)
# A lost letter (U+FFFD) beside katakana or Latin letters is most often one of the same word: �デル was モデル.
LOST_BESIDE = Rule(
    "word_with_a_lost_letter",
    "�[ァ-ヶーA-Za-z0-9.-]+|[ァ-ヶーA-Za-z0-9.-]+�",
    reads=("生成⟦�デル⟧", "⟦エアバ�⟧"),
    leaves=("⟦防衛省�", "⟦�防衛省"),
)
BRACKET = Rule("bracket_as_an_edge", "[（）「」]", reads=("国際連合児童基金⟦（⟧ユニセフ）",), leaves=("・",))


def recognize(
    analyses: Sequence[Analysis], lexicon: Lexicon[Organization], publisher: str = ""
) -> Iterator[Mention[OrganizationName]]:
    """Yield the mentions of bodies; they do not overlap each other. The ``publisher`` owns bare offices."""
    found: dict[int, list[Found]] = defaultdict(list)
    analyses = [parted(analysis, lexicon) for analysis in analyses]
    introduced = Introduced(lexicon)
    barred, apart = elsewhere(analyses), set_apart(analyses)
    for index, analysis in enumerate(analyses):
        if analysis.sentence.kind == "gloss":
            continue
        edges = _edges(analysis)
        registered = [] if index in apart else known(analysis, edges, lexicon, barred)
        text = analysis.sentence.text
        built = without_surnames(text, _built(analysis, edges, registered, lexicon), registered, lexicon)
        finds = longest([*registered, *_coordinated(text, lexicon), *built])
        finds = [identified(text, find, lexicon) for find in _without_apart(text, finds)]
        finds = carried(analysis, finds, lexicon)
        found[index].extend(finds)
        for find in finds:
            introduced.learn(index, analysis.sentence, find)
    main, finds, context, factions = None, [], Departments(lexicon, publisher), Factions()
    namesakes, unions = Namesakes(), Unions(lexicon)
    for index, analysis in enumerate(analyses):
        if analysis.sentence.kind == "gloss":
            kept = list(gloss(analysis, main, finds, lexicon)) or list(
                english(analysis.sentence.text, lexicon)
            )
        else:
            edges = _edges(analysis)
            kept = longest(_ranked(found[index], list(introduced.finds(index, analysis, edges))))
            kept = longest([*context.find(analysis, edges, kept), *kept])
            kept = longest([*kept, *offices(analysis, publisher, kept), *factions.find(analysis, kept)])
            kept = longest([*kept, *unions.find(analysis.sentence, kept)])
            kept = namesakes.settle(analysis.sentence, joined(analysis, kept, lexicon))
            main, finds = analysis, kept
        for find in kept:
            yield Mention(LABEL, index, find.start, find.end, find.rule, find.name)


def _without_apart(text: str, finds: list[Found]) -> list[Found]:
    """Drop what is no name of a body: in web addresses, as names of ships, in words cut short."""
    addresses = ADDRESS.finditer(text) if "://" in text or "www." in text else ()
    ships = [match.span() for match in SHIP.finditer(text)] if "」号" in text else []
    lost = LOST_BESIDE.finditer(text) if "\ufffd" in text else ()
    apart = [match.span() for match in (*addresses, *lost)]
    finds = [find for find in finds if not any(a <= find.start < b for a, b in apart)]
    return [find for find in finds if not any(_of_a_ship(text, find, a, b - 2) for a, b in ships)]


def _of_a_ship(text: str, find: Found, opened: int, closed: int) -> bool:
    """Whether a body's name fills a ship's or stands at a mark in it: not 「海上保安庁巡視船やしま」号."""
    marked = text.startswith("・", find.end) or text.startswith("・", find.start - 1)
    filled = (opened + 1, closed) == find.span
    return filled or (marked and opened < find.start < closed)


def _ranked(found: list[Found], introduced: list[Found]) -> list[Found]:
    """Order the finds of a sentence: of equal spans a short form that the text gives goes first."""
    given = [find for find in introduced if find.name.alias_of]
    foreign = [find for find in found if find.rule == "english_name"]
    return [*given, *(find for find in found if find.rule != "english_name"), *introduced, *foreign]


def _edges(analysis: Analysis) -> frozenset[int]:
    """Return where units end, and brackets: the dictionary has 国際連合児童基金（ユニセフ） as one word."""
    text = analysis.sentence.text
    if "（" not in text and "「" not in text:
        return analysis.edges
    return analysis.edges.union([at for match in BRACKET.finditer(text) for at in match.span()])


def _built(
    analysis: Analysis, edges: frozenset[int], registered: list[Found], lexicon: Lexicon[Organization]
) -> Iterator[Found]:
    """Names with a head: those that extend a registry name, and those that no registry holds."""
    text = analysis.sentence.text
    for find in registered:
        yield from group(text, edges, find)
        end = panel_end(analysis, find) or grow(analysis, find.end)
        if end > find.end:
            name = text[find.start : end]
            parent = find.name.head or find.name.records
            rest = find.name.rest + text[find.end : end]
            yield Find(
                find.start, end, "registry_extended", OrganizationName(name, lexicon.get(name), parent, rest)
            )
    yield from spelled(text, lexicon)
    yield from local_names(analysis)
    spans = [(find.start, find.end) for find in registered]
    yield from owned(analysis, spans, lexicon)
    for body in bodies(analysis, edges, spans):
        if body.kind in GROWING and not body.members:
            body = replace(body, end=_grown(analysis, body.end))
        whole_word = body.start + 1 not in analysis.edges
        named = replace(_name(text, body, registered, lexicon), whole_word=whole_word)
        yield Find(body.start, body.end, body.rule, named)


def _grown(analysis: Analysis, end: int) -> int:
    """Take in the parts of a body behind its name, and an institute of it that a wide space parts from it."""
    text, end = analysis.sentence.text, grow(analysis, end)
    if not text.startswith("　", end):
        return end
    further = grow(analysis, end + 1)
    institute = any(head.kind == "institute" for head in HEADS.at(text, further))
    return further if further > end + 1 and institute else end


def _name(text: str, body: Body, registered: list[Found], lexicon: Lexicon[Organization]) -> OrganizationName:
    name = text[body.start : body.end]
    if body.members and not name.startswith(tuple(words("joint_district"))):  # 姶良・伊佐地域振興局 is one
        return _several(name, body.members, lexicon, body.kind)
    records = lexicon.get(name) or lexicon.get(without_legal_form(name))
    first = next((f for f in registered if f.start == body.start and f.end < body.end), None)
    if first is not None and not _another(text, body, first):
        rest = first.name.rest + text[first.end : body.end]
        return OrganizationName(name, records, first.name.head or first.name.records, rest, kind=body.kind)
    owner = _bracketed(text, body.start, registered)
    if owner is not None:  # 経済協力開発機構（OECD）開発援助委員会
        joined = lexicon.get(owner.name.records[0][0].name + name)
        return OrganizationName(name, joined or records, owner.name.records, name, kind=body.kind)
    if joined := _owned(text, body, name, registered, lexicon):
        return OrganizationName(name, joined, kind=body.kind)
    owner = _force(text, body, registered)
    if owner is not None:
        return OrganizationName(name, records, owner.name.records, name, kind=body.kind)
    state = "" if records else state_of_office(text, body.start, body.kind, body.rule)
    return OrganizationName(name, records, kind=body.kind, alias_of=state and state + name)


def _owned(
    text: str, body: Body, name: str, registered: list[Found], lexicon: Lexicon[Organization]
) -> tuple[tuple[Organization, Name], ...]:
    """Return what the registry knows of a part under its body's name: 総合…会議の｜有識者議員懇談会."""
    if not text.startswith("の", body.start - 1):
        return ()
    owner = next((f for f in registered if f.end == body.start - 1 and f.name.records), None)
    return lexicon.get(owner.name.records[0][0].name + name) if owner is not None else ()


def _another(text: str, body: Body, first: Found) -> bool:
    """Whether a name only begins like another's, as a company's with a company's: PwC｜あらた有限責任監査法人."""
    about = body.rule == "phrase_name" and by_short_name(
        first
    )  # EU｜離脱に関する検討会: called as it is written
    if about or within_head(text, body, first.end):
        return True
    firms = first.name.head or first.name.records
    return body.kind == "company" and body.rule == "legal_form" and all(r.kind == "company" for r, _ in firms)


def _force(text: str, body: Body, registered: list[Found]) -> Found | None:
    """Return the force to which a unit belongs: 米海兵隊の第9工兵支援大隊."""
    if body.rule != "ordinal_name" or not text.startswith("の", body.start - 1):
        return None
    owner = next((f for f in registered if f.end == body.start - 1 and f.name.records), None)
    return owner if owner is not None and owner.name.records[0][0].kind == "military" else None


def _bracketed(text: str, at: int, registered: list[Found]) -> Found | None:
    """Return the body whose acronym or definition stands in the bracket that ends at ``at``."""
    opener = opener_before(text, at) if text.startswith("）", at - 1) else -1
    alone = any(f.span == (opener + 1, at - 1) for f in registered)  # （産総研）｜つくばセンター
    filled = alone or text.endswith(DEFINED, 0, at) or ACRONYM.fullmatch(text[opener + 1 : at - 1])
    if opener < 1 or not filled:
        return None
    return next((f for f in registered if f.end in ends_before(text, opener) and f.name.records), None)


def _coordinated(text: str, lexicon: Lexicon[Organization]) -> Iterator[Found]:
    for start, end, members in coordinated(text, lexicon.get):
        yield Find(start, end, "coordination", _several(text[start:end], members, lexicon))


def _several(
    name: str, members: tuple[str, ...], lexicon: Lexicon[Organization], kind: str = ""
) -> OrganizationName:
    return OrganizationName(name, norms=members, members=tuple(map(lexicon.get, members)), kind=kind)
