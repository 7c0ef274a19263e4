"""The day over a signature on the first page: 令和5年6月30日提出 ⏎ 港湾市長　港　太郎.

So bills, notices and statements say on which day they were written, often below their text.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pipeline.model.rule import Pattern
from pipeline.read.day_forms import day_in
from pipeline.read.edition_forms import words
from pipeline.read.imprint import SENTENCE_END, Statement, says
from pipeline.read.lines import Line, lines_in

if TYPE_CHECKING:
    from pipeline.read.edition_forms import Named

# A signature stands in at most this many lines and code points from the beginning; without form feeds, in
# so many code points (決め打ち).
PAGE_LINES, PAGE_LENGTH, PLAIN_LENGTH = 80, 4000, 1500
_LETTER = "[一-龠々〆ヶぁ-んァ-ヶー]"
# An office, and a name in two parts or more: 「港湾大臣 港 太郎」, not 「港湾市長 選挙」.
_SIGNED = Pattern(
    rf"[^、。「」『』:\d]{{0,30}}(?:{words('office')})(?: ?\(公印省略\))? "
    rf"(?!.*[様殿宛]$){_LETTER}{{1,5}}(?: {_LETTER}{{1,5}}){{1,4}}"
)

# What closes a document is its last END_LINES lines, in END_LENGTH code points (決め打ち): 以上, its day, and who
# signs it, where a name needs no blank.
END_LINES, END_LENGTH = 6, 400
_END = Pattern("以 ?上")
_CLOSED = Pattern(
    rf"(?!.*[様殿宛]$)(?:[^、。「」『』:\d]{{0,30}}(?:{words('office')}) {_LETTER}{{2,6}}"
    rf"|{_LETTER}{{0,6}}(?:{words('office')}){_LETTER}{{3,5}})"
)
# The first line of an office in two: 支出負担行為担当官 ⏎ 港湾局長 港 太郎.
_OFFICER = Pattern(
    r"[一-龠々 ]{1,20}(?:担当官|契約責任者|契約職)|裁判所[一-龠々]{0,10}|[一-龠々 ]{2,16}(?:省|庁|府|県|市)"
)


def signed(raw: str) -> list[Statement]:
    """Return the days of the first page that stand right above a signature."""
    page = raw.find("\f")
    end = min(PAGE_LENGTH, page) if page >= 0 else PLAIN_LENGTH
    lines = list(islice(lines_in(raw, 0, end), PAGE_LINES))
    below = zip(lines[1:], [*lines[2:], None], strict=False)
    pairs = zip(lines, below, strict=False)
    return [statement for line, two in pairs if (statement := _statement(line, *two))]


def closed(raw: str) -> list[Statement]:
    """Return the day between 以上 and a signature, where these are the last lines of a document."""
    last = list(lines_in(raw, max(0, len(raw) - END_LENGTH), len(raw)))[-END_LINES:]
    for above, line, *signers in (last[k:] for k in range(len(last) - 2)):
        signs = any(_SIGNED.fullmatch(one.text) or _CLOSED.fullmatch(one.text) for one in signers)
        if _END.fullmatch(above.text) and signs and (named := _own_day(line)):
            return [says(line, "colophon", named)]
    return []


def _own_day(line: Line) -> Named | None:
    """Return the day that is alone in a line."""
    named = day_in(line.text)
    own = named and named.bare and named.precision == "day" and not named.held and not named.renewed
    return named if own else None


def _statement(line: Line, below: Line, second: Line | None) -> Statement | None:
    if SENTENCE_END in line.text or not _over_signature(below, second):
        return None
    named = _own_day(line)
    return says(line, "title_page", named) if named else None


def _over_signature(below: Line, second: Line | None) -> bool:
    if _SIGNED.fullmatch(below.text):
        return True
    return bool(_OFFICER.fullmatch(below.text) and second and _SIGNED.fullmatch(second.text))
