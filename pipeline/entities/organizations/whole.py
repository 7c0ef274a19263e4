"""A name is never cut out of a longer one: 日産｜化学, スティーヴ・エリクソン and クルゼイロEC are no 日産, エリクソン, EC."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import MARKS
from pipeline.entities.organizations.behind_firms import (
    FORMER,
    GROUP,
    LONGEST_TAIL,
    SITE,
    company,
    with_tail,
)
from pipeline.entities.organizations.facts import countries, words
from pipeline.entities.organizations.find import OrganizationName
from pipeline.entities.organizations.left_edge import KATAKANA
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.entities.names.registry import Lexicon, Name
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis, Token

FIRMS = frozenset({"company", "media"})
PLACES = ("駅", "杯", "賞")  # what the dictionary has as one name, and what is no body
NATION = Rule(
    "nation_before_a_firm",
    "[米英仏独伊韓中露印豪加](?=[A-Zァ-ヶ])",
    reads=("⟦米⟧GM", "⟦仏⟧ルノー"),
    leaves=("⟦英国電気通信公社",),
)


def whole(analysis: Analysis, finds: Iterable[Found], lexicon: Lexicon[Organization]) -> list[Found]:
    """Return ``finds`` without what is cut out of longer names, and the longer names of companies."""
    text, tokens = analysis.sentence.text, analysis.tokens
    starts = [token.start for token in tokens]
    found = list(finds)
    ends = {find.end for find in found}
    firms = {find.start: find for find in found if _firm(find) and KATAKANA.fullmatch(find.name.name)}
    behind = _behind_former(text, found)
    kept: list[Found] = []
    for find in found:
        first = max(0, bisect_right(starts, find.start) - 1)
        if _of_person(tokens, first, find, ends) or _behind_a_name(text, tokens, first, find, ends):
            continue
        last = bisect_left(starts, find.end)
        if not _firm(find):
            kept.extend([] if _of_a_site(tokens, last, find) else [find])
            continue
        if _within(tokens[first], find):
            kept.extend(_of_a_word(text, tokens[first], lexicon))
            continue
        if beside := firms.get(find.end):  # NEC｜レノボ: of two firms' names, and neither of them
            kept.append(company(text, find.start, beside.end, lexicon))
        elif find.start not in behind and (not kept or kept[-1].end < find.end):
            named = list(with_tail(text, tokens[last : last + LONGEST_TAIL], find, lexicon))
            if not named and _of_one_name(text, kept, find):
                kept.pop()  # ソニー・｜ホンダモビリティ: neither of them
            kept.extend(named)
    return kept


def group(text: str, edges: frozenset[int], find: Found) -> Iterator[Found]:
    """Yield the group of a company as one name with it: 日立グループ."""
    end = find.end + len(GROUP)
    written = text.startswith(GROUP, find.end) and end in edges and not find.name.name.endswith(GROUP)
    if written and find.name.records and find.name.records[0][0].kind == "company":
        name = OrganizationName(text[find.start : end], head=find.name.records, rest=GROUP, kind="company")
        yield Find(find.start, end, "company_group", name)


def _behind_former(text: str, finds: Iterable[Found]) -> set[int]:
    """Return where another name may begin that belongs to a firm's former one: 旧東芝｜三菱電機｜産業システム."""
    return {find.end for find in finds if text.endswith(FORMER, 0, find.start) and _firm(find)}


def _within(word: Token, find: Found) -> bool:
    """Whether a firm's name only begins, or stands in, a word of the dictionary that is longer."""
    return word.start <= find.start and word.end > find.end and _longer(word)


def _of_a_word(text: str, word: Token, lexicon: Lexicon[Organization]) -> Iterator[Found]:
    """Yield the firm that a word of the dictionary names, if it names one: 富士通フロンテック."""
    if _names_another(word) and not word.surface.endswith(PLACES):
        yield company(text, word.start, word.end, lexicon)


def _of_one_name(text: str, kept: Sequence[Found], find: Found) -> bool:
    """Whether a firm stands at a ・ before another one that only begins a longer name."""
    if not kept or text[kept[-1].end : find.start] != "・" or text.startswith("・", find.end):
        return False
    return _firm(kept[-1])


def of_firm(text: str, start: int, end: int, records: Sequence[tuple[Organization, Name]]) -> tuple[int, int]:
    """Return the span without what is listed with a firm's short name but is not of it: GE｜社, 米｜GM."""
    if all(record.kind == "company" and name.kind == "short" for record, name in records):
        end -= text[end - 1] == "社"
        nation = NATION.match(text, start)
        if nation and not any(record.name.startswith(nation.group()) for record, _ in records):
            start = nation.end()
    return start, end


def _firm(find: Found) -> bool:
    records = find.name.records
    return bool(records) and all(record.kind in FIRMS for record, _ in records)


def _names_another(word: Token) -> bool:
    """Whether the dictionary has as one name what a company's name only begins: 富士通フロンテック."""
    return word.pos == "名詞-固有名詞-一般"


def _longer(word: Token) -> bool:
    """Whether a word of the dictionary only begins like a company's name: 富士通フロンテック, アップルパイ."""
    ordinary = word.pos == "名詞-普通名詞-一般" and KATAKANA.fullmatch(word.surface) is not None
    return _names_another(word) or ordinary  # but 東証｜株価指数


def _of_a_site(tokens: Sequence[Token], at: int, find: Found) -> bool:
    """Whether a body's short name only begins that of a site: NHK｜ホール."""
    behind = tokens[at] if at < len(tokens) else None
    short = bool(find.name.records) and all(name.kind == "short" for _, name in find.name.records)
    return short and behind is not None and behind.start == find.end and behind.surface in words(SITE)


def _of_person(tokens: Sequence[Token], first: int, find: Found, ends: set[int]) -> bool:
    """Whether it is a person's family name: スティーヴ・エリクソン, 本田氏."""
    if not _firm(find):
        return False
    behind = tokens[first + 1] if first + 1 < len(tokens) else None
    if behind and behind.start == find.end and behind.surface in words("person_behind"):
        return True
    if first < 2 or tokens[first - 1].surface not in MARKS or tokens[first - 1].end != find.start:
        return False
    given = tokens[first - 2]
    return "人名" in given.pos and given.end not in ends


def _behind_a_name(text: str, tokens: Sequence[Token], first: int, find: Found, ends: set[int]) -> bool:
    """Whether letters belong to the name before them that no body bears: クルゼイロEC, アンジェSCO."""
    if not first or text[slice(*find.span)] not in words("club") or tokens[first - 1].end != find.start:
        return False
    before = tokens[first - 1]
    if not KATAKANA.fullmatch(before.surface) or before.end in ends or before.surface in countries():
        return False
    return before.pos.startswith("名詞")
