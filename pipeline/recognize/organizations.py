"""ORG: names of bodies, from the registry, from the grammar of names, and from what the text defines.

A registry name counts where it stands as whole morphemes; names written together are one mention
(外務省北米局). What no registry holds is built from its head (``data/org_heads.csv``) to the left, and kept only
if something in it names a particular body: a proper noun, a country, a parent body, or enough content.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.model import Mention
from pipeline.recognize.bodies import Body, bodies, department_runs, grow
from pipeline.recognize.coordination import coordinated
from pipeline.recognize.definitions import borders, learn, occurrences, on_edges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Analysis, Token
    from pipeline.registry import Lexicon, Name, Organization

# 財務省令, 統幕長, 国会議事堂: longer words that only look as if they held the body's name.
NOT_BEFORE = re.compile(r"令(?=[^和]|$)|(?<=内閣)総理|(?<=[統陸海空]幕)長|議事堂|(?<=米軍)(?:事|縮)")
# 日米政府, 両政府: bodies of several countries are generic.
NOT_AFTER = re.compile(r"(?:日|両|各国|[一-龥]{2,4}・)$")
ENGLISH = re.compile(r"(?:The )?[A-Z][A-Za-z.&'’-]*(?:,? (?:[A-Z][A-Za-z.&'’-]*|and|of|for|the|on|in))+")
ACRONYM = re.compile(r"[A-Z][A-Za-z0-9/&.+-]{1,11}")
# 国家安全保障戦略（NSS）: an acronym that stands for a thing is no body, even if a body has the same one.
THING = re.compile(
    r"(?:戦略|計画|会合|協議|会談|構想|制度|活動|システム|能力|対話|訓練|演習|監視|防衛|技術|方式|規格|放送|サービス|事業|指標|経費|支援|指針|体制|措置|見直し|会議|貿易|調整|合意|宣言|運動|関税|ミサイル|地域)[」』]?[ ]?（$"
)
# What may stand behind a body's name though the analyzer cuts the word elsewhere (衆議｜院本｜会議).
TOLERATED = re.compile("本会議|議員|規則|職員")
GLOSS_GAP = 4
NAMED_LAST = 6
OWN = frozenset({"当社", "同社", "弊社", "当該", "当局", "本会", "同会", "甲", "乙"})


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """What is written of a body.

    Attributes:
        name: The clean text of the mention, or of the name that an alias stands for.
        records: What the registry knows under the whole name.
        head: The registry's record of the leading part, and the rest of the name (空自|航空総隊司令部).
        norms: The official names of a coordination (陸・海・空自).
        alias_of: The clean name that the text says this one stands for.
    """

    name: str
    records: tuple[tuple[Organization, Name], ...] = ()
    head: tuple[tuple[Organization, Name], ...] = ()
    rest: str = ""
    norms: tuple[str, ...] = ()
    alias_of: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Find:
    start: int
    end: int
    rule: str
    name: OrganizationName
    confidence: float = 1.0


def recognize(analyses: Sequence[Analysis], lexicon: Lexicon[Organization]) -> Iterator[Mention]:
    """Yield the mentions of bodies; they do not overlap each other."""
    found: dict[int, list[_Find]] = defaultdict(list)
    defined: dict[str, tuple[int, int, OrganizationName]] = {}
    for index, analysis in enumerate(analyses):
        text = analysis.sentence.text
        if analysis.sentence.kind == "gloss":
            continue
        edges = borders(analysis.tokens)
        finds = _longest([*_known(analysis, edges, lexicon), *_built(analysis, edges, lexicon), *_coordinated(text)])
        found[index].extend(finds)
        for find in finds:
            _define(index, text, find, lexicon, defined)
    main, finds, context = None, [], _Context(lexicon)
    for index, analysis in enumerate(analyses):
        if analysis.sentence.kind == "gloss":
            kept = list(_gloss(analysis, main, finds, lexicon))
        else:
            text, edges = analysis.sentence.text, borders(analysis.tokens)
            kept = _longest([*found[index], *_defined(index, text, edges, defined)])
            kept = _longest([*kept, *context.departments(analysis, edges, kept)])
            main, finds = analysis, kept
        for find in kept:
            yield Mention("ORG", index, find.start, find.end, find.rule, find.name, find.confidence)


class _Context:
    """The bodies named last: a bare department belongs to one of them if the registry knows it there."""

    def __init__(self, lexicon: Lexicon[Organization]) -> None:
        self._lexicon = lexicon
        self._parents: list[str] = []

    def departments(self, analysis: Analysis, edges: frozenset[int], finds: list[_Find]) -> Iterator[_Find]:
        """Yield 刑事局 where 警察庁 was named and 警察庁刑事局 is known, and remember the bodies of the sentence."""
        for find in finds:
            for record, _ in (find.name.records or find.name.head)[:1]:
                self._remember(record.name)
        for start, end in department_runs(analysis, edges):
            name = analysis.sentence.text[start:end]
            for parent in self._parents:
                records = self._lexicon.get(parent + name)
                if records:
                    yield _Find(start, end, "department", OrganizationName(name, records))
                    self._remember(records[0][0].name)
                    break

    def _remember(self, name: str) -> None:
        self._parents = [name, *(parent for parent in self._parents if parent != name)][:NAMED_LAST]


def _known(analysis: Analysis, edges: frozenset[int], lexicon: Lexicon[Organization]) -> list[_Find]:
    """Registry names on morpheme borders; names that touch are one (外務省＋北米局)."""
    text = analysis.sentence.text
    hits = []
    for hit in lexicon.find(text):
        start, end = hit.start, hit.end
        if _elsewhere(analysis.tokens, start, hit.records):
            continue
        tolerant = edges | {end} if end - start >= 3 and TOLERATED.match(text, end) else edges
        if not on_edges(text, start, end, tolerant) or NOT_BEFORE.match(text, end):
            continue
        if text[start:end].endswith("政府") and NOT_AFTER.search(text, 0, start):
            continue
        if ACRONYM.fullmatch(text[start:end]) and THING.search(text, 0, start):
            continue
        hits.append(_Find(start, end, "registry", OrganizationName(text[start:end], hit.records)))
    finds: list[_Find] = []
    for find in _longest(hits):
        last = finds[-1] if finds else None
        if last and _together(text, last, find):
            records = last.name.head or last.name.records
            rest = last.name.rest + text[last.end : find.end].strip()
            joined = OrganizationName(text[last.start : find.end], head=records, rest=rest)
            finds[-1] = _Find(last.start, find.end, "registry_joined", joined)
        else:
            finds.append(find)
    return finds


def _elsewhere(
    tokens: Sequence[Token], start: int, records: Sequence[tuple[Organization, Name]]
) -> bool:
    """Whether a place right before a Japanese council's name makes it another one (アジア｜安全保障会議)."""
    before = next((token for token in tokens if token.end == start), None)
    return (
        before is not None
        and "地名" in before.pos
        and before.surface not in ("日本", "国内")
        and all(record.country == "JP" and record.kind == "council" for record, _ in records)
    )


def _together(text: str, first: _Find, second: _Find) -> bool:
    """Whether two names are written as one: they touch, or a space parts a body from one that belongs to it."""
    if second.name.name.isascii():
        return False
    if first.end == second.start:
        return True
    owners = {record.name for record, _ in first.name.records}
    parted = text[first.end : second.start] in (" ", "　")
    return parted and any(record.parent in owners for record, _ in second.name.records)


def _built(analysis: Analysis, edges: frozenset[int], lexicon: Lexicon[Organization]) -> Iterator[_Find]:
    """Names with a head: those that extend a registry name, and those that no registry holds."""
    text = analysis.sentence.text
    known = _known(analysis, edges, lexicon)
    for find in known:
        end = grow(analysis, find.end)
        if end > find.end:
            name = text[find.start : end]
            records = lexicon.get(name)
            parent = find.name.head or find.name.records
            rest = find.name.rest + text[find.end : end]
            yield _Find(find.start, end, "registry_extended", OrganizationName(name, records, parent, rest))
    spans = [(find.start, find.end) for find in known]
    for body in bodies(analysis, edges, spans):
        yield _Find(body.start, body.end, body.rule, _name(text, body, known, lexicon), body.confidence)


def _name(text: str, body: Body, known: list[_Find], lexicon: Lexicon[Organization]) -> OrganizationName:
    name = text[body.start : body.end]
    first = next((f for f in known if f.start == body.start and f.end < body.end), None)
    if first is None:
        return OrganizationName(name, lexicon.get(name), kind=body.kind)
    rest = first.name.rest + text[first.end : body.end]
    return OrganizationName(name, lexicon.get(name), first.name.head or first.name.records, rest, kind=body.kind)


def _coordinated(text: str) -> Iterator[_Find]:
    for start, end, norms in coordinated(text):
        yield _Find(start, end, "coordination", OrganizationName(text[start:end], norms=norms))


def _define(
    index: int,
    text: str,
    find: _Find,
    lexicon: Lexicon[Organization],
    defined: dict[str, tuple[int, int, OrganizationName]],
) -> None:
    for start, end, is_definition in learn(text, find.end):
        alias = text[start:end]
        if alias in OWN or alias in defined or lexicon.get(alias):
            continue
        if is_definition or ACRONYM.fullmatch(alias) or ENGLISH.fullmatch(alias):
            defined[alias] = (index, start, replace(find.name, alias_of=find.name.alias_of or find.name.name))
    if find.rule in ("quoted_name", "phrase_name") and find.name.name not in defined:
        defined[find.name.name] = (index, find.start, find.name)


def _defined(
    index: int, text: str, edges: frozenset[int], defined: dict[str, tuple[int, int, OrganizationName]]
) -> Iterator[_Find]:
    for alias, (where, offset, name) in defined.items():
        if where == index:
            yield _Find(offset, offset + len(alias), "definition", name)
    for start, end, alias in occurrences(text, list(defined), edges):
        where, offset, name = defined[alias]
        if (index, start) >= (where, offset):
            yield _Find(start, end, "definition", name)


def _gloss(
    analysis: Analysis, main: Analysis | None, finds: list[_Find], lexicon: Lexicon[Organization]
) -> Iterator[_Find]:
    """An English gloss that spells out a body: one that the registry knows, or whose acronym it stands behind."""
    text = analysis.sentence.text
    article = 4 if text.startswith("The ") else 0
    records = lexicon.get(text[article:])
    if records:
        yield _Find(article, len(text), "gloss", OrganizationName(text[article:], records))
    elif main is not None:
        start = analysis.sentence.starts[0]
        for find in finds:
            gap = start - main.sentence.raw_span(find.start, find.end)[1]
            if 0 <= gap <= GLOSS_GAP and main.sentence.text[find.start : find.end].isascii():
                yield _Find(article, len(text), "gloss", find.name)


def _longest(finds: list[_Find]) -> list[_Find]:
    """Keep the finds that no longer one overlaps; of equal spans the first counts."""
    kept: list[_Find] = []
    for find in sorted(finds, key=lambda f: f.start - f.end):
        if all(find.end <= other.start or other.end <= find.start for other in kept):
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)
