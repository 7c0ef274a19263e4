"""ORG: names of bodies, from the registry, from the grammar of names, and from what the text introduces.

A registry name counts where it stands as whole morphemes; names written together are one mention
(外務省北米局). What no registry holds is built from its head (``data/org_heads.csv``) to the left, and kept
only if something in it names a particular body: a proper noun, a country, a parent body, or enough content.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import in_name
from pipeline.entities.organizations.built import Body, bodies, department_runs, grow
from pipeline.entities.organizations.coordination import coordinated
from pipeline.entities.organizations.facts import generic, without_legal_form, words
from pipeline.entities.organizations.find import LABEL, Find, OrganizationName, longest
from pipeline.entities.organizations.introduced import Introduced, gloss, identified
from pipeline.entities.organizations.registered import ACRONYM, elsewhere, known
from pipeline.entities.organizations.spelled import english, spelled
from pipeline.model.entity import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis

__all__ = ["OrganizationName", "recognize"]

NAMED_LAST = 6
# A committee named without its parent belongs to a body of these kinds that the sentence named before.
PARENTS = frozenset({"international", "legislature", "alliance", "council"})
# Nothing in an address names a body: https://www.itu.int/en/ITU-D/.
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
BRACKET = re.compile("[（）「」]")
GROUP = "グループ"
# What a name built of itself takes in behind it: 埼玉医科大学｜国際医療センター.
GROWING = frozenset({"university", "institute", "corporation", "association", "council", "police"})
SUB_BODY = re.compile(r"(?:委員会|理事会|部会|分科会)$")


def recognize(
    analyses: Sequence[Analysis], lexicon: Lexicon[Organization]
) -> Iterator[Mention[OrganizationName]]:
    """Yield the mentions of bodies; they do not overlap each other."""
    found: dict[int, list[Find]] = defaultdict(list)
    introduced = Introduced(lexicon)
    barred = elsewhere(analyses)
    edges = [_edges(analysis) for analysis in analyses]
    for index, analysis in enumerate(analyses):
        if analysis.sentence.kind == "gloss":
            continue
        registered = known(analysis, edges[index], lexicon, barred)
        built = _built(analysis, edges[index], registered, lexicon)
        text = analysis.sentence.text
        addresses = (
            [match.span() for match in ADDRESS.finditer(text)] if "://" in text or "www." in text else []
        )
        finds = longest([*registered, *_coordinated(text, lexicon), *built])
        finds = [
            identified(text, find, lexicon)
            for find in finds
            if not any(a <= find.start < b for a, b in addresses)
        ]
        found[index].extend(finds)
        for find in finds:
            introduced.learn(index, analysis.sentence, find)
    main, finds, context = None, [], _Context(lexicon)
    for index, analysis in enumerate(analyses):
        if analysis.sentence.kind == "gloss":
            kept = list(gloss(analysis, main, finds, lexicon)) or list(
                english(analysis.sentence.text, lexicon)
            )
        else:
            kept = longest(_ranked(found[index], list(introduced.finds(index, analysis, edges[index]))))
            kept = longest([*kept, *context.departments(analysis, edges[index], kept)])
            main, finds = analysis, kept
        for find in kept:
            yield Mention(LABEL, index, find.start, find.end, find.rule, find.name, find.confidence)


def _ranked(found: list[Find], introduced: list[Find]) -> list[Find]:
    """Order the finds of a sentence: of equal spans a short form that the text gives goes before the registry."""
    given = [find for find in introduced if find.name.alias_of]
    foreign = [find for find in found if find.rule == "english_name"]
    return [*given, *(find for find in found if find.rule != "english_name"), *introduced, *foreign]


def _edges(analysis: Analysis) -> frozenset[int]:
    """Return where units end, and brackets: the dictionary has 国際連合児童基金（ユニセフ） as one word."""
    text = analysis.sentence.text
    if "（" not in text and "「" not in text:
        return analysis.edges
    return analysis.edges.union([at for match in BRACKET.finditer(text) for at in match.span()])


class _Context:
    """The bodies named last: a bare part belongs to one of them if the registry knows it there."""

    def __init__(self, lexicon: Lexicon[Organization]) -> None:
        self._lexicon = lexicon
        self._parents: list[str] = []

    def departments(self, analysis: Analysis, edges: frozenset[int], finds: list[Find]) -> Iterator[Find]:
        """Yield 刑事局 where 警察庁 was named and 警察庁刑事局 is known, and remember what was named."""
        for find in finds:
            for record, _ in (find.name.records or find.name.head)[:1]:
                self._remember(record.name)
            if find.name.head and find.name.rest:
                self._remember(find.name.rest)
        for start, end in department_runs(analysis, edges):
            if any(find.start < end and start < find.end for find in finds):
                continue
            name = analysis.sentence.text[start:end]
            for parent in self._parents:
                records = self._lexicon.get(parent + name)
                if records:
                    yield Find(start, end, "department", OrganizationName(name, records))
                    self._remember(records[0][0].name)
                    break
            else:
                yield from _sub_body(name, start, end, finds)

    def _remember(self, name: str) -> None:
        self._parents = [name, *(parent for parent in self._parents if parent != name)][:NAMED_LAST]


def _sub_body(name: str, start: int, end: int, finds: list[Find]) -> Iterator[Find]:
    """OECDは…環境委員会を: a committee belongs to the body that the sentence named last before it."""
    stem = SUB_BODY.sub("", name)
    if stem == name or stem in generic() or len(stem) < 2:
        return
    before = [find for find in finds if find.end <= start]
    for record, _ in (before[-1].name.records if before else ())[:1]:
        if record.kind in PARENTS and not (record.kind == "council" and record.country != "JP"):
            head = before[-1].name.records
            yield Find(start, end, "sub_body", OrganizationName(name, head=head, rest=name), 0.6)


def _built(
    analysis: Analysis, edges: frozenset[int], registered: list[Find], lexicon: Lexicon[Organization]
) -> Iterator[Find]:
    """Names with a head: those that extend a registry name, and those that no registry holds."""
    text = analysis.sentence.text
    for find in registered:
        yield from _group(text, edges, find)
        yield from _company(analysis, find, lexicon)
        end = grow(analysis, find.end)
        if end > find.end:
            name = text[find.start : end]
            parent = find.name.head or find.name.records
            rest = find.name.rest + text[find.end : end]
            yield Find(
                find.start, end, "registry_extended", OrganizationName(name, lexicon.get(name), parent, rest)
            )
    yield from spelled(text, lexicon)
    spans = [(find.start, find.end) for find in registered]
    for body in bodies(analysis, edges, spans):
        if body.kind in GROWING and not body.members:
            body = replace(body, end=grow(analysis, body.end))
        yield Find(body.start, body.end, body.rule, _name(text, body, registered, lexicon), body.confidence)


def _group(text: str, edges: frozenset[int], find: Find) -> Iterator[Find]:
    """日立グループ: the group of a company is one name with it."""
    end = find.end + len(GROUP)
    written = text.startswith(GROUP, find.end) and end in edges and not find.name.name.endswith(GROUP)
    if written and find.name.records and find.name.records[0][0].kind == "company":
        name = OrganizationName(text[find.start : end], head=find.name.records, rest=GROUP, kind="company")
        yield Find(find.start, end, "company_group", name)


def _company(analysis: Analysis, find: Find, lexicon: Lexicon[Organization]) -> Iterator[Find]:
    """東急｜不動産, 三菱商事｜倉庫: a company's name and a trade are another company's name."""
    if not find.name.records or find.name.records[0][0].kind != "company":
        return
    for token, after in pairwise((*analysis.tokens, None)):
        if token is None or token.start > find.end:
            return
        if token.start == find.end and token.surface in words("trade"):
            if after is None or after.start > token.end or not in_name(after):
                name = analysis.sentence.text[find.start : token.end]
                known = lexicon.get(name)
                yield Find(
                    find.start, token.end, "company_trade", OrganizationName(name, known, kind="company")
                )
            return


def _name(text: str, body: Body, registered: list[Find], lexicon: Lexicon[Organization]) -> OrganizationName:
    name = text[body.start : body.end]
    if body.members:
        return _several(name, body.members, lexicon, body.kind)
    records = lexicon.get(name) or lexicon.get(without_legal_form(name))
    first = next((f for f in registered if f.start == body.start and f.end < body.end), None)
    if first is not None:
        rest = first.name.rest + text[first.end : body.end]
        return OrganizationName(name, records, first.name.head or first.name.records, rest, kind=body.kind)
    if (
        text.startswith("）", body.start - 1)
        and (owner := _bracketed(text, body.start, registered)) is not None
    ):
        # 経済協力開発機構（OECD）開発援助委員会
        joined = lexicon.get(owner.name.records[0][0].name + name)
        return OrganizationName(name, joined or records, owner.name.records, name, kind=body.kind)
    if body.rule == "ordinal_name" and text.startswith("の", body.start - 1):
        # 米海兵隊の第9工兵支援大隊: the unit of the force that stands before it.
        owner = next((f for f in registered if f.end == body.start - 1 and f.name.records), None)
        if owner is not None and owner.name.records[0][0].kind == "military":
            return OrganizationName(name, records, owner.name.records, name, kind=body.kind)
    return OrganizationName(name, records, kind=body.kind)


def _bracketed(text: str, at: int, registered: list[Find]) -> Find | None:
    """Return the body whose acronym stands in the bracket that ends at ``at``."""
    opener = text.rfind("（", max(0, at - 16), at)
    if opener < 1 or not ACRONYM.fullmatch(text[opener + 1 : at - 1]):
        return None
    return next((f for f in registered if f.end == opener and f.name.records), None)


def _coordinated(text: str, lexicon: Lexicon[Organization]) -> Iterator[Find]:
    for start, end, members in coordinated(text):
        yield Find(start, end, "coordination", _several(text[start:end], members, lexicon))


def _several(
    name: str, members: tuple[str, ...], lexicon: Lexicon[Organization], kind: str = ""
) -> OrganizationName:
    return OrganizationName(name, norms=members, members=tuple(map(lexicon.get, members)), kind=kind)
