"""Coordination with ellipsis: one mention that names several bodies (陸・海・空自, 外務・防衛両省, 衆参両院)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORCES = {"陸": "陸上自衛隊", "海": "海上自衛隊", "空": "航空自衛隊", "陸上": "陸上自衛隊", "海上": "海上自衛隊", "航空": "航空自衛隊"}
_STAFFS = {"陸": "陸上幕僚監部", "海": "海上幕僚監部", "空": "航空幕僚監部"}
_HOUSES = {"衆": "衆議院", "参": "参議院"}
_JOIN = r"[・、]?"
_FORCE = re.compile(rf"(?:(?:陸上|海上|航空){_JOIN}){{1,2}}(?:陸上|海上|航空)自衛隊|(?:[陸海空]{_JOIN}){{1,2}}[陸海空](?:自衛隊|各自衛隊|自)(?![治律立])")
_STAFF = re.compile(rf"(?:[陸海空]{_JOIN}){{1,2}}[陸海空](?:上|空)?(?:幕僚監部)")
_HOUSE = re.compile(r"衆[・、]?参(?:両院|両議院|議院)")
_MINISTRIES = re.compile(r"(?<![一-龥])([一-龥]{2,4}(?:[・、][一-龥]{2,4})+)(?:両|各|三|四)(省|庁)(?!庁)")


def coordinated(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the half-open span of each coordination in clean ``text``, and the official names.

    >>> list(coordinated("陸・海・空自が"))
    [(0, 6, ('陸上自衛隊', '海上自衛隊', '航空自衛隊'))]
    >>> list(coordinated("衆参両院で"))
    [(0, 4, ('衆議院', '参議院'))]
    """
    for pattern, names in ((_FORCE, _FORCES), (_STAFF, _STAFFS), (_HOUSE, _HOUSES)):
        for match in pattern.finditer(text):
            letters = re.findall("|".join(sorted(names, key=len, reverse=True)), match.group())
            norms = tuple(dict.fromkeys(names[letter] for letter in letters))
            if len(norms) > 1:
                yield match.start(), match.end(), norms
    for match in _MINISTRIES.finditer(text):
        yield match.start(), match.end(), tuple(stem + match.group(2) for stem in re.split("[・、]", match.group(1)))
