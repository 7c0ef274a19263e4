"""How a line names an edition of a paper as its own: the whole line does, and nothing cites.

令和5年版防衛白書; 防衛白書（令和5年版）; 通商白書2023; 2023 White Paper on …. The words are in ``data/edition_words.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline import facts
from pipeline.eras import ERA_NAMES
from pipeline.model.rule import Pattern
from pipeline.numerals import NUMBER
from pipeline.read.days import WESTERN, YEAR, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.evidence import Precision

# White papers come out in summer: an edition speaks in the middle of its year (決め打ち).
EDITION_DAY = (7, 1)
# No line that names an edition or a day is longer, in code points (決め打ち).
LONGEST = 80


def words(role: str) -> str:
    """Return the words of a role as alternatives for a pattern, the longest first."""
    found = facts.column("edition_words.csv", "word", "role", role)
    return "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))


def revised() -> tuple[str, ...]:
    """Return the words for a new edition of a document (改訂), not of what it tells of (改正)."""
    return facts.column("edition_words.csv", "word", "role", "revised")


def form_of(text: str) -> Pattern:
    """Return a form of a line. Only letters with case are read in any case: that is slow to compile."""
    letters = _SYNTAX.sub("", text)
    return Pattern(text, re.NOFLAG if letters.upper() == letters.lower() else re.IGNORECASE)


_SYNTAX = re.compile(r"\(\?P(?:<\w+>|=\w+)|\\.")  # what has letters and reads none
PLAIN = r"[^、。「」『』“”\"()<>【】:：※＊*]"
EDITION = rf"{YEAR} ?版"
_PUBLISHER = rf"(?:(?!\d){PLAIN}{{1,20}}(?:{words('publisher')})[ 　|・]+)?"
_NAME = rf"(?P<name>(?!第?\d){PLAIN}{{0,30}}(?:白書|青書)(?:[-―–—](?=[ (〔]|$))?)"
_SUBTITLE = rf"(?: ?[(〔<]{PLAIN}{{1,30}}[)〕>])?(?: ?[-―–—~〜]{PLAIN}{{1,40}})?"
_PREFACE = "(?:に(?:寄せて|よせて|当たって|あたって|際して|ついて))?"
_PART_NAME = rf"(?: ?の)?(?: |(?<=の)|(?<=書)|(?<=版))(?:{words('part')}){_PREFACE}"
_PART = rf"{_SUBTITLE}(?:{_PART_NAME}| 第[\dIVX一二三四五六七八九十]{{1,3}}[部章節編巻].{{0,40}})?"
_CITES = Pattern(words("citation"), re.IGNORECASE)
# The forms of a whole line; each names its year and, where it has one, the paper.
_FORMS = tuple(
    form_of(form)
    for form in (
        rf"{_PUBLISHER}[(〔]?{EDITION}[)〕]? ?(?:の )?{_NAME}{_PART}",
        rf"{_PUBLISHER}{_NAME} ?[-―–—]? ?[(〔]?{EDITION}[)〕]?{_PART}",
        rf"{_PUBLISHER}{_NAME} ?(?P<year>(?:19|20)\d\d)(?: ?[(〔]{PLAIN}{{1,12}}[)〕])?{_PART}",
        rf"(?P<year>(?:19|20)\d\d) (?P<name>(?:{words('paper')})(?: on [a-z ,&'-]{{3,60}})?)",
        rf"(?P<name>(?:white paper on [a-z ,&'-]{{3,60}}|[a-z ]{{0,40}}bluebook)),? (?P<year>{WESTERN})",
    )
)
_ALONE = Pattern(rf"[(〔]?{EDITION}[)〕]?(?: (?P<name>{PLAIN}{{1,30}}))?")
_YEAR_ALONE = Pattern(
    rf"(?:(?P<year>{WESTERN})年?|(?P<era>{ERA_NAMES})(?P<era_year>{NUMBER})年)"
    rf"(?: ?\((?P<again>(?:{ERA_NAMES})?{NUMBER})年版?\))?"
)
# At the edge of a page, text and page number may stand without a space: 12通商白書2023, 1122023 White Paper on ….
_KANJI = "[一-龠ァ-ヶー・]"
_PAPER = rf"(?P<name>{_KANJI}{{1,20}}(?:白書|青書))"
_ENGLISH = rf"(?P<name>(?:{words('paper')})(?: on [a-z ,&'-]{{3,60}}|$))"
_RUNNING = tuple(
    form_of(form)
    for form in (
        rf"(?:^|(?<=[\d ])){EDITION} *{_PAPER}(?=$|[ \d]|第)",
        rf"(?<![「『])(?<!{_KANJI}){_PAPER} *[(]?{EDITION}[)]?(?=$|[ \d]|第)",
        rf"(?<![「『])(?<!{_KANJI}){_PAPER} *(?P<year>(?:19|20)\d\d)(?=\d{{0,3}}(?:$|\D))(?! ?[年度)」』])",
        rf"(?:^|(?<=\D))\d{{0,4}}?(?P<year>(?:19|20)\d\d) {_ENGLISH}",
    )
)
_SPREAD = re.compile(r"\S+")
# Characters that leave no mark on a page: they stay in texts that programs extract.
_UNSEEN = re.compile("[\0-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")


@dataclass(frozen=True, slots=True)
class Named:
    """What a line names.

    Attributes:
        day: The day on which what is named speaks.
        edition: As it is written, folded; empty for a plain day.
        title: The paper's name.
        bare: Whether the line says nothing but a day.
        held: Whether on that day something was or will be held.
        renewed: By which word the line says that what is older was changed on that day (改訂, 一部改正).
    """

    day: date
    precision: Precision
    edition: str = ""
    title: str = ""
    bare: bool = False
    held: bool = False
    renewed: str = ""


def folded_line(line: str) -> str:
    """Return a line as it is seen: widths folded, white space single, and letters spread over it joined.

    >>> folded_line("　令 和 ５ 年 版　　防　衛　白　書"), folded_line("2023 White  Paper")
    ('令和5年版防衛白書', '2023 White Paper')
    """
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", line[: 2 * LONGEST])).strip()
    parts = _SPREAD.findall(plain)
    spread = len(parts) > 2 and len(plain) - plain.count(" ") < 2 * len(parts) and not plain.isascii()
    return ("" if spread else " ").join(parts)


def edition_in(line: str) -> Named | None:
    """Return the edition of a paper that a folded line names and does not cite, or None.

    >>> edition_in("令和5年版防衛白書").day, edition_in("令和5年版防衛白書では、")
    (datetime.date(2023, 7, 1), None)
    """
    if len(line) > LONGEST or _CITES.search(line):
        return None
    return next((_named(match) for match in _matches(line) if year_of(match.groupdict())), None)


def running_edition(edge: str) -> tuple[Named, int, int] | None:
    """Return the edition that the edge of a page names beside other text, and where (half-open).

    >>> found, start, end = running_edition("輸出額１１２2023 White Paper on Harbours第3章")
    >>> found.title, start, end
    ('White Paper on Harbours', 6, 34)
    """
    if _CITES.search(edge):
        return None
    # Widths folded letter by letter, so that places stay.
    plain = "".join(one if len(one := unicodedata.normalize("NFKC", char)) == 1 else char for char in edge)
    for form in _RUNNING:
        match = form.search(plain)
        if match and year_of(match.groupdict()):
            return _named(match), match.start("era" if match.groupdict().get("era") else "year"), match.end()
    return None


def _matches(line: str) -> Iterator[re.Match[str]]:
    return (match for form in _FORMS if (match := form.fullmatch(line)))


def edition_alone(line: str) -> Named | None:
    """Return the edition that a folded line names alone (令和5年版) or with any title (令和5年版 港のいま)."""
    match = None if len(line) > LONGEST or _CITES.search(line) else _ALONE.fullmatch(line)
    return _named(match) if match and year_of(match.groupdict()) else None


def year_alone(line: str) -> Named | None:
    """Return the edition that a year alone gives, where an edition must stand: 2023, 平成26年, 2014(平成26年版)."""
    match = _YEAR_ALONE.fullmatch(line)
    return _named(match) if match and year_of(match.groupdict()) else None


def _named(match: re.Match[str]) -> Named:
    written = match.groupdict()
    year = year_of(written) or 1
    start = match.start("year") if written["year"] else match.start("era")
    end = match.string.find("版", start) + 1 if "era" in written else match.end("year")
    edition = match.string[start:end] if end else written["year"] or ""
    return Named(date(year, *EDITION_DAY), "year", edition, (written.get("name") or "").strip())
