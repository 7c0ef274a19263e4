"""Coordination with ellipsis: one mention that names several bodies (陸・海・空自, 外務・防衛両省)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts import column, rows

if TYPE_CHECKING:
    from collections.abc import Iterator


def _names(group: str) -> dict[str, str]:
    """Map what stands for each body of a group to its name (``data/org_coordination.csv``)."""
    return {row["short"]: row["name"] for row in rows("org_coordination.csv") if row["group"] == group}


_FORCES = _names("force")
_STAFFS = _names("staff")
_HOUSES = _names("house")
_JOIN = r"[・、]?"
_AND = r"(?:[・、]|及び|および|並びに|と)?"
_FORCE = re.compile(
    rf"(?:(?:陸上|海上|航空){_AND}){{1,2}}(?:陸上|海上|航空)(?:各)?自衛隊"
    rf"|(?:[陸海空]{_JOIN}){{1,2}}[陸海空](?:自衛隊|各自衛隊|自)(?![治律立])"
)
_STAFF = re.compile(rf"(?:[陸海空]{_JOIN}){{1,2}}[陸海空](?:上|空)?(?:幕僚監部|(?<=空)幕(?![僚府末]))")
_HOUSE = re.compile(r"衆(?:議院)?[・、]?参(?:両院|両議院|議院)|衆議院[・、]参議院両院")
# With a character that each of them holds.
_ELLIPTIC = ((_FORCE, _FORCES, "自"), (_STAFF, _STAFFS, "幕"), (_HOUSE, _HOUSES, "衆"))
_REGIONAL = re.compile(r"(?:東・?西(NTT)|(NTT|JR)東・?西(?!日本)|(NTT|JR)東日本(?:・|、|及び|と)西日本)")
# 両 and 各 say that the heads of the earlier members were left out.
_HEADS = "|".join(sorted(column("org_coordination.csv", "name", "group", "head"), key=len, reverse=True))
_MEMBER = "(?:(?![両各])[一-龥ァ-ヶーA-Z]){2,8}"
_COUNTS = {"両": 1, "三": 2, "3": 2, "四": 3, "4": 3, "五": 4, "5": 4}
_BEFORE = "(?<![一-龥ァ-ヶー])"
# No coordination of these is without it: looking for it first is quick.
_SEVERAL_OF = re.compile(rf"[{''.join(_COUNTS)}各](?:{_HEADS})")
_PARTS = re.compile(rf"(.+)[両各三四五3-5]({_HEADS})")
_BETWEEN = re.compile("[・、]|及び|および")


@cache
def _several() -> re.Pattern[str]:
    counts = {**_COUNTS, "各": "1,5"}.items()
    return re.compile(
        "|".join(
            rf"{_BEFORE}{_MEMBER}(?:(?:[・、]|及び|および){_MEMBER}){{{count}}}{word}(?:{_HEADS})(?![一-龥])"
            for word, count in counts
        )
    )


def coordinated(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the half-open span of each coordination in clean ``text``, and the names of its members.

    >>> list(coordinated("陸・海・空自が"))
    [(0, 6, ('陸上自衛隊', '海上自衛隊', '航空自衛隊'))]
    >>> list(coordinated("衆参両院で"))
    [(0, 4, ('衆議院', '参議院'))]
    >>> list(coordinated("東京・大阪両地方裁判所で"))
    [(0, 11, ('東京地方裁判所', '大阪地方裁判所'))]
    """
    for pattern, names, mark in _ELLIPTIC:
        for match in pattern.finditer(text) if mark in text else ():
            letters = re.findall("|".join(sorted(names, key=len, reverse=True)), match.group())
            norms = tuple(dict.fromkeys(names[letter] for letter in letters))
            if len(norms) > 1:
                yield match.start(), match.end(), norms
    for match in _REGIONAL.finditer(text) if "東" in text else ():
        firm = next(filter(None, match.groups()))
        yield match.start(), match.end(), (f"{firm}東日本", f"{firm}西日本")
    for match in _several().finditer(text) if _SEVERAL_OF.search(text) else ():
        parts = _PARTS.fullmatch(match.group())
        if parts:
            head = parts.group(2)
            members = _BETWEEN.split(parts.group(1))
            yield match.start(), match.end(), tuple(member.removesuffix(head) + head for member in members)
