"""Days that a first page tells for another reason: of an event, of what happened, of an enactment's making.

港まつり ⏎ 令和6年8月3日（土） ⏎ 主催：港湾市 announces a day; 1925年4月3日 ⏎ 港湾市に生まれる tells of one. Where a record tells
on which day a meeting was held, the label says so, also below its prose.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from pipeline.model.rule import Pattern
from pipeline.numerals import NUMBER
from pipeline.read.day_forms import HELD, day_in
from pipeline.read.days import MONTH
from pipeline.read.edition_forms import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.read.edition_forms import Named
    from pipeline.read.lines import Line

# What a day is of stands at most so many lines below it; a record says on which day it was held within so
# many lines of its beginning (決め打ち).
BELOW, RECORD_LINES = 3, 60
_EVENT = Pattern(rf"[○〇◯・■□●◆◇◎ ]*(?:\d{{1,2}}[).、．]? ?)?[【\[]?(?:{words('event')})(?:[】\]:) ]|$)")
# A clock's time that is no meeting's: 午前11時58分, but not 15:30~17:30 and not 午前十時開議.
_MOMENT = Pattern(rf"(?:午[前後] ?)?{NUMBER} ?時 ?{NUMBER} ?分(?: ?{NUMBER} ?秒)?(?:頃|ごろ)?")
_HAPPENED = Pattern(rf".{{0,30}}(?:{words('happened')})")
_THAT_DAY = Pattern("(?:[こそあ]の|[同当翌])日")
_ENACTED = Pattern(rf"[(〔]?[^、。「」]{{0,20}}(?:{words('enactment')})第 ?{NUMBER} ?号[)〕]?")

# A line that begins with a day and goes on: 2024年5月10日 第3回.
_ENTRY = Pattern(
    rf"[○〇◯・■□●◆◇◎ ]*(?:{MONTH}(?: ?{NUMBER} ?日)?|\d{{4}}(?P<mark>[-/.])\d{{1,2}}(?P=mark)\d{{1,2}})"
    r"[ :)、,]*(?=[^\d ()〔〕年月日午])[^。]{2,}"
)
# So many such lines of different days are a list: of news, meetings or events (決め打ち).
ENTRIES = 3


def listed(lines: Iterable[Line]) -> bool:
    """Whether lines list days with what happened, or will, on each."""
    entries = {line.text for line in lines if _ENTRY.fullmatch(line.text) and not _changed(line.text)}
    return len(entries) >= ENTRIES


def _changed(text: str) -> bool:
    named = day_in(text)
    return bool(named and named.renewed)


def of_occasion(named: Named, below: Sequence[Line], *, recorded: bool) -> bool:
    """Whether a day that stands alone in its line is one of which the document tells.

    Args:
        named: What the line names.
        below: The lines behind it that are not blank.
        recorded: Whether the document is the record of a meeting: then the meeting's day is its own.
    """
    if not named.bare or named.renewed or not below:
        return False
    first = below[0].text
    if _MOMENT.fullmatch(first) or _HAPPENED.fullmatch(first) or _ENACTED.fullmatch(first):
        return True
    if _THAT_DAY.match(first):
        return True
    return not recorded and any(_EVENT.match(line.text) for line in below[:BELOW])


def held_on(lines: Iterable[Line]) -> tuple[Line, Named] | None:
    """Return the one day on which a record says, behind a label or in the line below it, that it was held."""
    found: list[tuple[Line, Named]] = []
    for line, below in pairwise(islice(lines, RECORD_LINES)):
        named = day_in(line.text)
        if named and named.held:
            found.append((line, named))
        elif HELD.fullmatch(line.text) and (named := day_in(below.text)) and named.bare:
            found.append((below, named))
    return found[0] if len({named.day for _, named in found}) == 1 else None
