"""Departments of bodies: behind the body's name (東京大学｜医学部), or alone once it was named (刑事局)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import MARKS, in_name
from pipeline.entities.organizations import department_names as names
from pipeline.entities.organizations.facts import HEADS, words
from pipeline.entities.organizations.find import OrganizationName
from pipeline.entities.organizations.houses import HOUSES, house_of
from pipeline.entities.organizations.named_parts import NamedParts
from pipeline.entities.organizations.officials_listed import behind_another
from pipeline.entities.organizations.sub_bodies import SubBodies
from pipeline.entities.organizations.telling import PANELS
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis, Token

DIGITS = "一二三四五六七八九十"
TITLE = Rule(
    "title_behind_a_name",
    "(?:長|長官|大臣|次官)$",
    reads=("⟦長官⟧", "局⟦長⟧", "⟦大臣⟧"),
    leaves=("長期", "大臣官房"),
)
NUMERAL = Rule(
    "numeral_of_a_department",
    rf"\d{{1,4}}|[{DIGITS}百]{{1,4}}",
    reads=("⟦一⟧部", "⟦12⟧課"),
    leaves=("⟦第", "部"),
)
DASHES = frozenset("-－")  # ANC-アフリカ民族評議会: two names
LONGEST_TAIL = 8  # 決め打ち: 政策統括官付社会保障担当参事官室
COUNCILS = (
    "審議会",
    "調査会",
    "委員会",
    "会議",
)  # of which a panel may be about two things: 電力・ガス事業分科会
NO_PART = frozenset({"市場", "管内", "編", "期"})  # 東証｜市場第一部, 高松国税局｜管内税務署, 防衛省｜編第1部
_GROWN = frozenset({"org", "content", "word", "ordinal"})
_INSTITUTIONS = frozenset({"institute", "school", "police"})
_COUNTERS = frozenset("局部課室")  # the dictionary takes them for words that count, too
NAMED_LAST = 6
PARTS = frozenset({"bureau", "division"})


def grow(analysis: Analysis, end: int) -> int:
    """Return where a body's name that reaches to ``end`` ends if its departments behind it are taken in."""
    text, tokens = analysis.sentence.text, analysis.tokens
    first = bisect_left(tokens, end, key=lambda token: token.start)
    if first == len(tokens) or tokens[first].start != end:
        return end
    best = reached = end
    begins: set[int] = set()
    for token in tokens[first : first + LONGEST_TAIL]:
        joined = token.surface == "・" and best == end < reached and text.endswith(COUNCILS, 0, end)
        panel = token.surface == "等" and end < reached and text.endswith(COUNCILS, 0, end)
        if token.start != reached or not (joined or panel or _of_a_tail(text, token, end)):
            break
        reached = token.end
        begins.add(token.start)
        if _department(text, token, end, begins):
            best = token.end
    return end if names.of_official(text, tokens[first], best) else best


def _of_a_tail(text: str, token: Token, end: int) -> bool:
    """Whether a token can belong to a department of a body whose name ends at ``end``."""
    if TITLE.search(token.surface) or token.surface in DASHES or token.surface in MARKS:
        return False
    if token.surface in NO_PART or token.surface in names.MANY_OR_SAME:  # 文化財分科会｜各｜調査会
        return False
    counter = token.surface in _COUNTERS
    counted = text[token.start - 1].isdigit() and text.rfind("第", end + 1, token.start) < 0  # 企画｜第1｜課
    if counter and (counted or NUMERAL.fullmatch(text, end, token.start)):
        return False  # 東証｜一｜部, 平成26: a number alone makes no department
    return counter or in_name(token) or NUMERAL.fullmatch(token.surface) is not None


def _department(text: str, token: Token, end: int, begins: set[int]) -> bool:
    """Whether the words behind ``end`` that begin at ``begins`` are a department that ends with ``token``."""
    for head in HEADS.at(text, token.end):
        at = token.end - len(head.head)
        two = "・" in text[end:at] and (head.kind != "council" or text[at - 1] == "・")
        begins_behind = at > end or head.head not in _COUNTERS | PANELS  # グリー｜部, 青葉審議会｜部会
        if (head.needs in _GROWN or head.kind in _INSTITUTIONS) and at >= end and begins_behind and not two:
            whole = at in begins or at in (*token.parts, *token.middle)
            title = head.kind == "police" and text.startswith("長官", token.end)  # ASEAN警察長官会合
            return (
                whole
                and not title
                and not text.endswith(_other_words(head.head), end, at)
                and not names.runs_on(text, token.end)
            )
    return False


def _other_words(head: str) -> tuple[str, ...]:
    """Return what makes of the end of a department another word: 認証｜局, 会議｜室, 閣僚｜理事会."""
    if head == "局":
        return tuple(words("no_department"))
    return tuple(words("occasion") | words("room_in_a_building") if head == "室" else words("occasion"))


# 参議院議員選挙費: the house is not at work, and committees and offices named beside it are others'.
ELECTED = Rule(
    "election_to_a_house",
    "議員(?:総|通常|補欠|の)?選",
    reads=("衆議院⟦議員総選⟧挙費", "参議院⟦議員の選⟧挙"),
    leaves=("参議院⟦議員が", "参議院⟦の選挙制度"),
)


class Departments:
    """The bodies named last: a bare part belongs to one of them if the registry knows it there."""

    def __init__(self, lexicon: Lexicon[Organization], publisher: str = "") -> None:
        self._lexicon = lexicon
        self._publisher = publisher
        self._parents: list[str] = []
        self._house = ""
        self._parts = NamedParts()
        self._subs = SubBodies(lexicon)

    def find(self, analysis: Analysis, edges: frozenset[int], finds: list[Found]) -> Iterator[Found]:
        """Yield 刑事局 where 警察庁 was named and 警察庁刑事局 is known, and remember what was named."""
        here, near = self._named(analysis.sentence.text, finds)
        self._parts.begin(analysis.sentence.section)
        self._subs.begin(analysis.sentence.section, finds)
        known = ((f.start, f.end, None if _of_whom(f) else f) for f in finds)
        bare = sorted([*_free(analysis, edges, finds), *known], key=_place)
        listed: list[Found] = []
        for start, end, whole in bare:
            if whole is not None:
                yield from self._again(whole, analysis, finds, here)
                continue
            name = analysis.sentence.text[start:end]
            of_house = _owned_by_a_house(analysis.sentence.text, start, finds)
            if not of_house and (body := self._known(name, here[::-1], near[::-1], analysis, finds)):
                listed.append(_with_its_parts(analysis, start, end, body))
                yield listed[-1]
            elif part := behind_another(analysis.sentence.text, start, end, [*finds, *listed]):
                listed.append(part)
                yield part
            elif self._parts.whole(name) is None:
                yield from self._of_house(name, start, end) or self._subs.find(analysis, start, end, finds)

    def _named(self, text: str, finds: list[Found]) -> tuple[list[str], list[str]]:
        """Remember the bodies of a sentence; return them, and with them the owners of what is named."""
        here: list[str] = []
        near: list[str] = []
        for find in finds:
            elected = ELECTED.match(text, find.end)
            for record, _ in (find.name.records or find.name.head)[:1]:
                named = house_of(record.name, text, find.start, find.end)
                if elected and named in HOUSES:
                    continue
                self._remember(named)
                # 警察庁生活安全局と｜刑事局: in this sentence alone, the owner of what is named owns others, too.
                near += [record.parent, named] if record.kind in PARTS and record.parent else [named]
                here.append(record.name)
            if find.name.head and find.name.rest:
                self._remember(find.name.rest)
        return here, near

    def _again(self, find: Found, analysis: Analysis, finds: list[Found], here: list[str]) -> Iterator[Found]:
        """Yield a bureau that the registry knows as what was named in full before: 工部省鉄道局 … 鉄道局."""
        name, owned = find.name, [pair for pair in find.name.records if pair[0].parent in here]
        bare = bool(name.records) and all(written.kind != "title" for _, written in name.records)
        if bare and owned:
            self._parts.learn_part(name.name, replace(name, records=tuple(owned)))
        elif bare and self._parts.whole(name.name):
            part = self._parts.of(name.name, analysis, finds)
            if part.contested and {r.name for r, _ in part.records} & {r.name for r, _ in name.records}:
                return  # 外務省北米局 … 米国について北米局は: the registry says the same
            yield replace(find, name=replace(name, whole=part.whole, contested=part.contested))
        else:
            self._parts.learn(name)

    def _known(
        self, name: str, here: list[str], near: list[str], analysis: Analysis, finds: list[Found]
    ) -> OrganizationName | None:
        """Return the part of a body of this sentence, else what was named in full, else any known part."""
        whole = self._parts.whole(name)
        for parent in here if whole else dict.fromkeys([*near, *self._parents, self._publisher]):
            if records := self._lexicon.get(parent + name):
                self._remember(records[0][0].name)
                return OrganizationName(name, records)
        part = self._parts.of(name, analysis, finds) if whole else None
        return part if part and not part.contested else None

    def _of_house(self, name: str, start: int, end: int) -> list[Found]:
        """予算委員会: of the house that the text has named last; which one is open where it named none."""
        if name not in words("of_a_house"):
            return []
        records = self._lexicon.get(self._house + name) if self._house else ()
        return [Find(start, end, "department", OrganizationName(name, records, kind="legislature"))]

    def _remember(self, name: str) -> None:
        if name in HOUSES:
            self._house = name
        self._parents = [name, *(parent for parent in self._parents if parent != name)][:NAMED_LAST]


def _with_its_parts(analysis: Analysis, start: int, end: int, name: OrganizationName) -> Found:
    """Return a department with what is of it behind its name: 企画室｜企画第1課."""
    grown = grow(analysis, end)
    if grown > end and name.records:
        text = analysis.sentence.text
        name = OrganizationName(text[start:grown], head=name.records, rest=text[end:grown])
    return Find(start, grown, "department", name)


def _free(
    analysis: Analysis, edges: frozenset[int], finds: list[Found]
) -> Iterator[tuple[int, int, Found | None]]:
    """Yield the runs that end like a part of a body where nothing is found."""
    for start, end in names.department_runs(analysis, edges):
        if not any(find.start < end and start < find.end for find in finds):
            yield start, end, None


def _of_whom(find: Found) -> bool:
    """Whether it is a panel of which its name does not tell whose it is: 第3回｜基本政策部会."""
    return find.rule == "org_name" and not (find.name.records or find.name.head) and _is_panel(find.name.name)


def _is_panel(name: str) -> bool:
    return name.endswith(tuple(PANELS))


def _owned_by_a_house(text: str, start: int, finds: list[Found]) -> bool:
    """Whether the text says of which house a committee is, whichever else the sentence names: 参議院の｜外交委員会."""
    owner = next((find for find in finds if find.end == start - 1 and text.startswith("の", find.end)), None)
    return owner is not None and owner.name.name in HOUSES


def _place(part: tuple[int, int, Found | None]) -> tuple[int, int]:
    return part[:2]
