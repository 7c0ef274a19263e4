"""Names of the registry where they stand as whole morphemes; those written together are one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.entities.names.definitions import on_edges
from pipeline.entities.organizations.facts import countries, isos
from pipeline.entities.organizations.find import Find, OrganizationName, longest
from pipeline.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.entities.names.registry import Lexicon, Name
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis, Token

# 日米政府, 両政府: bodies of several countries are generic.
NOT_AFTER = re.compile(r"(?:日|両|各国|[一-龥]{2,4}・)$")
ACRONYM = re.compile(r"[A-Z][A-Za-z0-9/&.+-]{1,11}")
# The bodies that a country's name goes together with (米連邦航空局, but 米国｜インテル).
STATE = frozenset(
    [
        "ministry",
        "agency",
        "bureau",
        "division",
        "council",
        "legislature",
        "court",
        "police",
        "military",
        "command",
        "unit",
        "government",
    ]
)
# IMF1（国際通貨基金）: the digits of a note that was raised on the page.
NOTED = re.compile(r"\d{1,2}(?=[ 　]?（[^（）]{0,30}[ぁ-ヿ一-龥])")
# ITU-R BT.2075: the letters of a series.
SERIES = re.compile(r"\.\d")
# （NSS）, （NSS：National …）: what stands alone in a bracket, or first in it.
ALONE = re.compile("[）：:、,；;]")
# What may stand behind a body's name though the analyzer cuts the word elsewhere (衆議｜院本｜会議).
TOLERATED = re.compile("本会議|議員|規則|職員")
# 国家科学技術会議, 連邦最高裁判所: words that make of a body's full name another's.
LARGER = frozenset({"国家", "世界", "国際", "連邦"})
# 都道府県｜労働基準局: bodies of many places, not the ministry's bureau.
PLACES = frozenset({"都道府県", "市町村", "市区町村", "都道府県等"})
# A short form that ends so is the tail of a longer name if a noun stands before it (電気通信｜規制庁).
TAIL = re.compile("[庁局部省院]$|委員会$|会議$|本部$|理事会$|裁判所$|[調審]$")


@cache
def things() -> re.Pattern[str]:
    """Return what an acronym in brackets stands behind when it is no body's (``data/org_things.csv``).

    国家安全保障戦略（NSS）: an acronym of a thing is no body, even if a body has the same one.
    """
    words = "|".join(re.escape(row["word"]) for row in rows("org_things.csv"))
    return re.compile(rf"(?:{words})[」』]?[ ]?（$")


@cache
def not_before() -> re.Pattern[str]:
    """Return what makes of a name another word that only looks as if it held the body's name.

    財務省令, 統幕長, 国会議事堂 (``data/org_not_before.csv``).
    """
    found = (f"(?<={row['after']})(?:{row['before']})" for row in rows("org_not_before.csv"))
    return re.compile("|".join(found))


@cache
def homographs() -> dict[str, re.Pattern[str]]:
    """Return the short names that mean something else in some texts (``data/org_homographs.csv``)."""
    return {row["name"]: re.compile(row["unless"]) for row in rows("org_homographs.csv")}


def elsewhere(analyses: Sequence[Analysis]) -> frozenset[str]:
    """Return the short names that mean no body in this text (EC where it speaks of 電子商取引)."""
    texts = [analysis.sentence.text for analysis in analyses]
    whole = "\n".join(texts)
    return frozenset(
        name for name, pattern in homographs().items() if name in whole and any(map(pattern.search, texts))
    )


def known(
    analysis: Analysis, edges: frozenset[int], lexicon: Lexicon[Organization], barred: Iterable[str] = ()
) -> list[Find]:
    """Return the names of the registry in a sentence, but those ``barred``."""
    text = analysis.sentence.text
    hits = []
    occurrences = list(lexicon.find(text))
    ends = {hit.end for hit in occurrences if hit.end - hit.start > 2}
    for hit in occurrences:
        start, end = hit.start, hit.end
        name = text[start:end]
        if name in barred or _another(analysis, start, end, hit.records):
            continue
        tolerant = edges | {end} if end - start >= 3 and TOLERATED.match(text, end) else edges
        if not _whole(text, start, end, tolerant) or not_before().match(text, end):
            continue
        if SERIES.match(text, end) and ACRONYM.fullmatch(name):
            continue
        if name.endswith("政府") and NOT_AFTER.search(text, 0, start):
            continue
        if (
            start - 1 not in ends
            and ACRONYM.fullmatch(name)
            and ALONE.match(text, end)
            and things().search(text, max(0, start - 12), start)
        ):
            continue
        start = _with_country(analysis, start, hit.records)
        if name.endswith("社") and all(r.kind == "company" and n.kind == "short" for r, n in hit.records):
            end -= 1  # GE社: a firm that goes by too short a name is listed with 社, which is not of it
        hits.append(Find(start, end, "registry", OrganizationName(text[start:end], hit.records)))
    finds: list[Find] = []
    for find in longest(hits):
        last = finds[-1] if finds else None
        if last and _together(text, last, find):
            records = last.name.head or last.name.records
            rest = last.name.rest + text[last.end : find.end].strip()
            joined = OrganizationName(text[last.start : find.end], head=records, rest=rest)
            finds[-1] = Find(last.start, find.end, "registry_joined", joined)
        else:
            finds.append(find)
    return finds


def _whole(text: str, start: int, end: int, edges: frozenset[int]) -> bool:
    """Whether a name cuts no word in two; the number of a note right behind an acronym is no part of a word."""
    if on_edges(text, start, end, edges):
        return True
    if start not in edges or not NOTED.match(text, end) or not ACRONYM.fullmatch(text, start, end):
        return False
    before = text[start - 1 : start]
    return not (before.isascii() and before.isalnum())


def _with_country(analysis: Analysis, start: int, records: Sequence[tuple[Organization, Name]]) -> int:
    """Take in the country before the name of one of its bodies: 米｜国防高等研究計画局, but 日米…."""
    before = _ending(analysis, start)
    if (
        before is None
        or before.surface not in countries()
        or analysis.sentence.text[: before.start].endswith(("日", "・", "韓", "英"))
    ):
        return start
    iso = isos()[before.surface]
    foreign = iso != "JP" and all(record.country == iso and record.kind in STATE for record, _ in records)
    return before.start if foreign else start


def _ending(analysis: Analysis, end: int) -> Token | None:
    """Return the token that ends at an offset."""
    return analysis.tokens[analysis.ends[end]] if end in analysis.ends else None


def _another(analysis: Analysis, start: int, end: int, records: Sequence[tuple[Organization, Name]]) -> bool:
    """Whether what stands right before makes it another name: アジア｜安全保障会議, 電気通信｜規制庁."""
    before = _ending(analysis, start)
    if before is None:
        return False
    if before.surface in PLACES and all(name.kind == "short" for _, name in records):
        return True
    councils = all(record.country == "JP" and record.kind == "council" for record, _ in records)
    if "地名" in before.pos:
        return councils and before.surface not in ("日本", "国内")
    last = _ending(analysis, end)
    return (
        before.pos in ("名詞-普通名詞-一般", "名詞-普通名詞-サ変可能", "接頭辞")
        and before.surface[-1] not in "省庁府院局会社部国県市都等"
        and before.surface
        not in ("国会", "政府", "新", "旧", "元", "現", "当時", "内閣", "米", "英", "仏", "独", "豪")
        and last is not None
        and TAIL.search(last.surface) is not None
        and (all(name.kind == "short" for _, name in records) or before.surface in LARGER)
        and not any(record.name.endswith(before.surface + name.text) for record, name in records)
    )


def _together(text: str, first: Find, second: Find) -> bool:
    """Whether two names are written as one: they touch, or a space parts a body from one of its own."""
    if second.name.name.isascii():
        return False
    if first.end == second.start:
        return True
    owners = {record.name for record, _ in first.name.records}
    parted = text[first.end : second.start] in (" ", "　")
    return parted and any(record.parent in owners for record, _ in second.name.records)
