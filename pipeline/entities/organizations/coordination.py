"""Coordination with ellipsis: one mention that names several bodies (陸・海・空自, 外務・防衛両省)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives
from pipeline.facts import column, rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def _names(group: str) -> dict[str, str]:
    """Map what stands for each body of a group to its name (``data/org_coordination.csv``)."""
    return {row["short"]: row["name"] for row in rows("org_coordination.csv") if row["group"] == group}


_FORCES = _names("force")
_STAFFS = _names("staff")
_HOUSES = _names("house")
_JOIN = r"[・、]?"
_AND = r"(?:[・、]|及び|および|並びに|と)?"
FORCE = Rule(
    "coordinated_forces",
    rf"""(?: (?:陸上|海上|航空){_AND} ){{1,2}} (?:陸上|海上|航空) (?:の?[各三3])?自衛隊
    | (?: [陸海空]{_JOIN} ){{1,2}} [陸海空] (?:自衛隊|各自衛隊|自) (?![治律立])""",
    flags=re.VERBOSE,
    reads=("⟦陸・海・空自⟧が", "⟦陸上及び航空自衛隊⟧", "⟦陸上、海上、航空の各自衛隊⟧"),
    leaves=("航空自衛隊", "陸・海自律航行"),
)
STAFF = Rule(
    "coordinated_staffs",
    rf"""(?: [陸海空]{_JOIN} ){{1,2}} [陸海空] (?:上|空)?
    (?: 幕僚監部 | (?<=空)幕(?![僚府末]) )""",
    flags=re.VERBOSE,
    reads=("⟦陸・海・空幕⟧が", "⟦陸・海上幕僚監部⟧"),
    leaves=("陸上幕僚監部", "陸・海・空幕僚"),
)
HOUSE = Rule(
    "both_houses",
    "衆(?:議院)?[・、]?参(?:両院|両議院|議院)|衆議院[・、]参議院両院",
    reads=("⟦衆参両院⟧", "⟦衆議院・参議院⟧"),
    leaves=("衆参同日選挙",),
)
# With a character that each of them holds.
_ELLIPTIC = ((FORCE, _FORCES, "自"), (STAFF, _STAFFS, "幕"), (HOUSE, _HOUSES, "衆"))
REGIONAL = Rule(
    "firms_of_east_and_west",
    "東・?西(NTT)|(NTT|JR)東・?西(?!日本)|(NTT|JR)東日本(?:・|、|及び|と)西日本",
    reads=("⟦NTT東西⟧", "⟦東・西NTT⟧", "⟦JR東日本と西日本⟧"),
    leaves=("NTT東日本", "JR東西日本"),
)
_HEADS = alternatives(column("org_coordination.csv", "name", "group", "head"))
_DISTRICTS = alternatives(column("org_coordination.csv", "name", "group", "district"))
_BOTH = alternatives(column("org_coordination.csv", "name", "group", "both"))  # letters that go behind 両
_MEMBER = f"(?:(?:さいたま|いわき|つくば|うるま)|(?:(?!各|両(?:{_BOTH}))[一-龥ァ-ヶーA-Z]){{2,8}})"
_SEPARATOR = "(?:、?(?:及び|および|並びに|と)|[・、，])"
_NUMBERS = {"両": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_COUNT = rf"(?:[{''.join(_NUMBERS)}各]|1[0-2]|[2-9])"
_LIST = rf"(?<![一-龥ァ-ヶー])(?P<list>{_MEMBER}(?:{_SEPARATOR}{_MEMBER}){{1,11}}?)"
_RUNS_ON = "(?!長(?![一-龥]))[一-龥]"  # a title may stand behind: 第三、第五管区海上保安本部｜長
COUNTED = Rule(
    "counted_members",  # 両, 各 and a number say that the heads of the earlier members were left out
    rf"{_LIST}の?(?<!第)(?P<count>{_COUNT})(?P<head>{_HEADS})(?!{_RUNS_ON})",
    reads=(
        "⟦東京・大阪両地方裁判所⟧",
        "⟦国土交通、文部科学、農林水産の3省⟧",
        "⟦外務、防衛の両省⟧は",
        "⟦水戸、さいたま両地検⟧",
    ),
    leaves=("地方裁判所", "外務省の両者", "関係3省", "青葉本部、若葉第三委員会"),
)
SHARED = Rule(
    "members_of_one_head",
    rf"{_LIST}(?P<head>{_DISTRICTS})(?!{_RUNS_ON})",
    reads=("⟦北部、東北及び西部方面隊⟧", "⟦陸上、海上及び航空幕僚監部⟧"),
    leaves=("西部方面隊", "北部の方面隊"),
)
BETWEEN = Rule(
    "between_members", _SEPARATOR, reads=("東京⟦・⟧大阪", "東京⟦及び⟧大阪"), leaves=("東京の大阪",)
)
# No coordination of these is without it: looking for it first is quick.
SEVERAL_OF = Rule(
    "several_of_a_head",
    rf"{_COUNT}(?:{_HEADS})|{_DISTRICTS}",
    reads=("東京・大阪⟦両地方裁判所⟧", "外務、防衛⟦両省⟧", "北部及び西部⟦方面隊⟧"),
    leaves=("委員会", "両者"),
)
# So short a head stands in other words, too (３省 behind any nouns): the registry must hold each member.
KNOWN_ONLY = frozenset({"省", "庁", "党", "局"})


def coordinated(text: str, known: Callable[[str], object]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the half-open span of each coordination in clean ``text``, and the names of its members.

    Args:
        text: Of a sentence.
        known: Whether the registry holds a name.

    >>> list(coordinated("陸・海・空自が", bool))
    [(0, 6, ('陸上自衛隊', '海上自衛隊', '航空自衛隊'))]
    >>> list(coordinated("衆参両院で", bool))
    [(0, 4, ('衆議院', '参議院'))]
    >>> list(coordinated("東京・大阪両地方裁判所で", bool))
    [(0, 11, ('東京地方裁判所', '大阪地方裁判所'))]
    """
    for pattern, names, mark in _ELLIPTIC:
        for match in pattern.finditer(text) if mark in text else ():
            letters = re.findall(alternatives(names), match.group())
            norms = tuple(dict.fromkeys(names[letter] for letter in letters))
            if len(norms) > 1:
                yield match.start(), match.end(), norms
    for match in REGIONAL.finditer(text) if "東" in text else ():
        firm = next(filter(None, match.groups()))
        yield match.start(), match.end(), (f"{firm}東日本", f"{firm}西日本")
    if SEVERAL_OF.search(text):
        yield from _with_a_head(text, known)


def _with_a_head(text: str, known: Callable[[str], object]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the coordinations whose members share the head that the last one bears."""
    for pattern in (COUNTED, SHARED):
        for match in pattern.finditer(text):
            head, count = match["head"], match["count"] if pattern is COUNTED else ""
            parts = _parts(text, *match.span("list"))
            certain = pattern is SHARED or head in KNOWN_ONLY
            members = _members([part for _, part in parts], head, count, known, certain=certain)
            if members:
                yield parts[len(parts) - len(members)][0], match.end(), members


def _parts(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Return the parts of a list, each with where it begins."""
    found = []
    for between in BETWEEN.finditer(text, start, end):
        found.append((start, text[start : between.start()]))
        start = between.end()
    return [*found, (start, text[start:end])]


def _members(
    parts: Sequence[str], head: str, count: str, known: Callable[[str], object], *, certain: bool
) -> tuple[str, ...]:
    """Return the names of the members of a list, which end with its last part, or nothing if each is whole.

    民主党、自民党、公明党3党: three names. 環境省、北部及び西部方面隊: the list begins behind another name.
    """
    names = [part + head for part in parts]
    number = int(count) if count.isdecimal() else _NUMBERS.get(count, 0)
    if number > len(parts):
        return ()
    low, high = (number, number) if number else (2, len(parts))
    for size in range(high, low - 1, -1):
        chosen = parts[len(parts) - size :]
        if any(part.endswith(head) or (known(part) and part.endswith(head[-1])) for part in chosen):
            continue
        if all(map(known, names[len(parts) - size :])):
            return tuple(names[len(parts) - size :])
    whole = any(part.endswith(head[-1]) for part in parts)
    return () if certain or whole else tuple(names[len(parts) - high :])
