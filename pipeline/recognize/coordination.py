"""Coordination with ellipsis: one mention that names several bodies (陸・海・空自, 外務・防衛両省)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORCES = {
    "陸": "陸上自衛隊",
    "海": "海上自衛隊",
    "空": "航空自衛隊",
    "陸上": "陸上自衛隊",
    "海上": "海上自衛隊",
    "航空": "航空自衛隊",
}
_STAFFS = {"陸": "陸上幕僚監部", "海": "海上幕僚監部", "空": "航空幕僚監部"}
_HOUSES = {"衆": "衆議院", "参": "参議院"}
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
_HEADS = (
    r"地方裁判所|高等裁判所|家庭裁判所|地方検察庁|高等検察庁|国税局|税関|財務局|地方整備局|証券取引所|弁護士会|警察本部|警察署|県警察|県警|府警"
    r"|大学|審議会|委員会|電力|銀行|公団|公庫|事業団|公社|地裁|高裁|地検|省|庁|党"
)
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
