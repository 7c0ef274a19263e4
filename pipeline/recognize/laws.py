"""LAW: statutes, treaties and other binding instruments, with number, prefix and place in the law.

A name is found in the registry, by the grammar of titles (``titles.py``), by a definition in the text, by its
number alone, or as an anaphor (同法). What touches it belongs to the mention: 旧 or 改正 before it,
施行令, 案 or 改正議定書 behind it, its number in brackets, and the locators.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.locators import Locators, read_locators
from pipeline.model import Mention
from pipeline.numerals import NUMBER
from pipeline.periods import eras
from pipeline.recognize.definitions import borders, learn, occurrences, on_edges
from pipeline.recognize.titles import find_titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Analysis
    from pipeline.registry import Hit, Instrument, Lexicon, Name

_S = "[ 　]?"
_ERA = "(?:" + "|".join(eras()) + ")"
_TYPE = (
    r"(?:法律|政令|勅令|条約|条例|人事院規則|太政官布告|太政官達|(?:[一-龥]{1,8}[省府庁院会](?:・[一-龥]{1,8}[省府庁])*)(?:令|告示|訓令|規則)"
    r"|(?:省令|府令|告示|訓令|規則))"
)
# 平成25年法律第108号, 同年法律第5号, 法律第17号, 総務省告示第124号; bills: 閣法第5号.
LAW_NUMBER = re.compile(
    rf"(?:(?:{_ERA}{_S}{NUMBER}{_S}年|同年){_S}(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?{_TYPE}{_S}第?{_S}{NUMBER}{_S}号"
    rf"|(?:法律|政令|勅令|条約){_S}第{_S}{NUMBER}{_S}号|[一-龥]{{1,8}}[省府庁](?:令|告示|訓令){_S}第{_S}{NUMBER}{_S}号|[閣衆参]法第{_S}\d+{_S}号|{_ERA}{_S}{NUMBER}{_S}年憲法)"
)
_ANAPHOR_HEADS = (
    "法律案|法案|法律|法|条約案|条約|協定案|協定|取極|議定書|憲章|施行令|施行規則|規則|政令|省令|府令|条例|告示|訓令|改正法|特措法|指令"
)
_ANAPHOR = re.compile(
    rf"「?(?<!共)(?<!合)同(?P<head>{_ANAPHOR_HEADS})(?P<own>施行令|施行規則)?(?P<close>」)?(?![人的制務廷学曹定理科例令])"
)
_SAME_PLACE = re.compile(rf"同(?P<place>条|項)(?![約件例目])(?P<rest>(?:第?{_S}{NUMBER}{_S}[項号])*)")
_SUFFIX = re.compile(
    r"(?P<sub>施行令|施行規則|施行細則|施行法)|(?P<amend>等?の一部を改正する(?:等の)?法律|(?:の)?改正議定書|一部改正法)"
)
_BILL = re.compile(r"案(?![件内分配文])")
# 刑法犯, 民法学, 憲法上: words of their own.
_WORD_GOES_ON = re.compile("[犯学典廷]")
_PREFIX = re.compile(r"(?:旧|新|改正)「?$")
_NOT_PREFIX = re.compile(r"(?:[一-龥]新|一部改正|の改正|、改正)$")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is written of an instrument.

    Attributes:
        name: The name without prefix, number and locators; ``""`` for a number alone or an anaphor.
        records: What the registry knows under the name.
        number: The law number as written.
        anaphor: The head of a 同-mention (法, 条約 …; 条, 項 for a place).
        defines: Names that the text gives it.
    """

    name: str = ""
    records: tuple[tuple[Instrument, Name], ...] = ()
    prefix: str = ""
    suffix: str = ""
    bill: bool = False
    number: str = ""
    locators: Locators = Locators()
    anaphor: str = ""
    defines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Find:
    start: int
    end: int
    rule: str
    citation: Citation


def recognize(analyses: Sequence[Analysis], lexicon: Lexicon[Instrument]) -> Iterator[Mention]:
    """Yield the mentions of binding instruments; mentions may overlap, the longest counts."""
    found: dict[int, list[_Find]] = defaultdict(list)
    defined: dict[str, tuple[int, int, Citation]] = {}
    for index, analysis in enumerate(analyses):
        text = analysis.sentence.text
        edges = borders(analysis.tokens)
        for find in _names(analysis, lexicon, edges):
            found[index].append(find)
            for start, end, is_definition in learn(text, find.end):
                alias = text[start:end]
                if (is_definition or _like_a_law(alias)) and alias not in defined and find.citation.name:
                    base = replace(find.citation, locators=Locators(), number="", prefix="")
                    defined[alias] = (index, start, base)
    for index, analysis in enumerate(analyses):
        text, edges = analysis.sentence.text, borders(analysis.tokens)
        finds = _longest(found[index] + list(_defined(index, text, edges, defined)))
        finds += list(_numbers_and_anaphors(text, finds, edges))
        for find in finds:
            rule = find.rule if not find.citation.locators.article else f"{find.rule}_place"
            yield Mention("LAW", index, find.start, find.end, rule, find.citation)


def _names(analysis: Analysis, lexicon: Lexicon[Instrument], edges: frozenset[int]) -> Iterator[_Find]:
    text = analysis.sentence.text
    hits: dict[tuple[int, int], Hit[Instrument]] = {
        (hit.start, hit.end): hit
        for hit in lexicon.find(text)
        if on_edges(text, hit.start, hit.end, edges | _law_edges(text, hit.end)) and not _WORD_GOES_ON.match(text, hit.end)
    }
    for (start, end), hit in hits.items():
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in hits):
            yield _grown(text, start, end, "registry", Citation(text[start:end], hit.records))
    for start, end, rule in find_titles(analysis, edges):
        records = lexicon.get(text[start:end])
        yield _grown(text, start, end, rule, Citation(text[start:end], records))


def _law_edges(text: str, end: int) -> frozenset[int]:
    """A name also ends where a place in the law or a bracket begins, whatever the morphemes are."""
    return frozenset({end}) if text[end : end + 1] in {"第", "（", "」", "。", "、", ""} else frozenset()


def _grown(text: str, start: int, end: int, rule: str, citation: Citation) -> _Find:
    """Take in what touches a name: prefix, suffix, number in brackets, locators."""
    suffix = _SUFFIX.match(text, end)
    if suffix:
        end = suffix.end()
        citation = replace(citation, suffix=suffix.group())
    bill = _BILL.match(text, end)
    if bill:
        end = bill.end()
        citation = replace(citation, bill=True)
    before = text[max(0, start - 4) : start]
    prefix = _PREFIX.search(before)
    if prefix and not _NOT_PREFIX.search(before.rstrip("「")):
        quoted = prefix.group().endswith("「")
        if not quoted or text[end : end + 1] == "」":
            start -= len(prefix.group())
            end += quoted
            citation = replace(citation, prefix=prefix.group().rstrip("「"))
    bracket = re.compile(rf"{_S}（{_S}({LAW_NUMBER.pattern}){_S}）").match(text, end)
    if bracket:
        end = bracket.end()
        citation = replace(citation, number=bracket.group(1))
    end, locators = read_locators(text, end)
    return _Find(start, end, rule, replace(citation, locators=locators))


def _like_a_law(alias: str) -> bool:
    if re.fullmatch(r"[ァ-ヶー・]{2,12}", alias):
        return True
    return bool(re.search(r"(?:法|法案|条約|協定|取極|議定書|憲章|憲法|条例|規則|令)$|^[A-Z][A-Za-z-]{1,9}$", alias))


def _defined(
    index: int, text: str, edges: frozenset[int], defined: dict[str, tuple[int, int, Citation]]
) -> Iterator[_Find]:
    """Yield the names that the text has defined, at their definition and after it."""
    for start, end, alias in occurrences(text, list(defined), edges):
        where, offset, citation = defined[alias]
        if (index, start) >= (where, offset):
            yield _grown(text, start, end, "definition", replace(citation, bill=citation.bill and alias.endswith("案")))
    for alias, (where, offset, citation) in defined.items():
        if where == index:
            yield _Find(offset, offset + len(alias), "definition", citation)


def _longest(finds: list[_Find]) -> list[_Find]:
    """Keep the finds that no longer one holds; of equal spans the first rule counts."""
    kept: list[_Find] = []
    for find in sorted(finds, key=lambda f: (f.start - f.end, f.start)):
        if all(find.end <= other.start or other.end <= find.start for other in kept):
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)


def _numbers_and_anaphors(text: str, finds: list[_Find], edges: frozenset[int]) -> Iterator[_Find]:
    taken = [(f.start, f.end) for f in finds]

    def free(start: int, end: int) -> bool:
        return all(end <= a or b <= start for a, b in taken)

    for match in LAW_NUMBER.finditer(text):
        if free(*match.span()):
            end, locators = read_locators(text, match.end())
            taken.append((match.start(), end))
            yield _Find(match.start(), end, "number", Citation(number=match.group(), locators=locators))
    for match in _ANAPHOR.finditer(text):
        start, end = match.start(), match.end()
        quoted = text[start] == "「"
        if quoted or match["close"]:
            start, end = start + quoted, end - bool(match["close"])
        if not free(start, end) or start not in edges:
            continue
        place, locators = read_locators(text, end)
        citation = Citation(anaphor=match["head"], suffix=match["own"] or "", locators=locators)
        yield _Find(start, place, "anaphor", replace(citation, bill=match["head"].endswith("案")))
    for match in _SAME_PLACE.finditer(text):
        if free(*match.span()) and match.start() in edges:
            rest = "第0条" + match["rest"]
            _, locators = read_locators(rest, 0)
            yield _Find(match.start(), match.end(), "anaphor", Citation(anaphor=match["place"], locators=locators))
