"""How a line tells a day as that of its document: the whole line does, and nothing cites.

日時：令和5年6月30日（金）; 港湾庁 令和5年6月; 広報みなと 第12号 令和5年6月30日. The words are in ``data/edition_words.csv``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline import facts
from pipeline.model.rule import Pattern
from pipeline.numerals import NUMBER
from pipeline.read.days import DAY, MONTH, PLAIN_DAY, day_of
from pipeline.read.edition_forms import LONGEST, PLAIN, Named, form_of, revised, words

if TYPE_CHECKING:
    from pipeline.model.evidence import Precision

_WEEKDAY = r"(?: ?\([月火水木金土日](?:曜日?)?(?:・祝)?\)| ?[月火水木金土日]曜日?)?"
_TIME = r"(?: ?(?:午[前後] ?)?[\d一二三四五六七八九十]{1,3}(?:[:時].{0,24})?| ?午[前後])?(?: ?開[議会])?"
_NUMBERED = r"(?:[○〇◯・■□●◆◇◎] ?|\(?\d{1,2}[).、．]? ?)?[【\[]?"
_LABELLED = r"[】\]]? ?[:)]? ?"


def _spaced(role: str) -> str:
    """Return the words of a role as a pattern that takes a space between any two letters (日 時)."""
    found = facts.column("edition_words.csv", "word", "role", role)
    return "|".join(" ?".join(map(re.escape, word.replace(" ", ""))) for word in found)


_ISSUED = rf"(?: ?(?:{words('issued')}|(?P<renewed>{words('revised')}|{words('changed')})))?"
# A paper's number in its series; an enactment's is that of what the paper may only speak of.
_SERIES = (
    rf"(?!.*(?:{words('enactment')})第)(?!{words('inset')}){PLAIN}{{0,40}}"
    rf"(?:第 ?{NUMBER} ?[号巻報]|(?:vol|no)\.? ?\d{{1,5}})[ ,・]*"
)
_VERSION = rf"(?P<version>初版|第 ?{NUMBER} ?版|改訂版|ver(?:sion|\.)? ?\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})"
# 港湾庁, not 港湾庁入庁
_BODY = rf"{PLAIN}{{1,24}}(?<![入退登来帰開閉])(?:{words('publisher')})"
_MAKER = rf"{_BODY} ?(?:{words('made')})"
# A title that ends as those of papers do: 港湾の課題に関する提言（令和5年6月30日）.
_TITLED = rf"[「『]?{PLAIN}{{2,50}}(?:{words('document')})[」』]?"
_DAYS = tuple(
    form_of(form)
    for form in (
        rf"[(〔]?(?:{DAY}{_WEEKDAY}){_ISSUED}[)〕]?",
        rf"[(〔]?(?:{MONTH})(?: ?版|{_ISSUED})[)〕]?",
        rf"[(〔]?(?:{PLAIN_DAY})\.?{_WEEKDAY}{_ISSUED}[)〕]?",
        rf"{DAY}{_WEEKDAY}{_TIME}",
        rf"(?:{PLAIN_DAY}){_WEEKDAY}{_TIME}",
        rf"{_NUMBERED}(?P<held>{_spaced('held')}){_LABELLED}(?:{DAY}){_WEEKDAY}{_TIME}",
        rf"{_NUMBERED}(?P<held>{_spaced('held')}){_LABELLED}(?:{PLAIN_DAY}){_WEEKDAY}{_TIME}",
        rf"{_NUMBERED}(?:{_spaced('label')}){_LABELLED}(?:{DAY}){_WEEKDAY}{_TIME}",
        rf"{_NUMBERED}(?:{_spaced('label')}){_LABELLED}(?:{PLAIN_DAY}){_WEEKDAY}{_TIME}",
        rf"{PLAIN}{{0,40}}(?:{words('record')}) ?{PLAIN}{{0,12}} {DAY}{_WEEKDAY}{_TIME}",
        rf"{_BODY} {DAY}{_WEEKDAY}",
        rf"{_BODY} {MONTH}",
        rf"{DAY}{_WEEKDAY} {_BODY}",
        rf"{MONTH} {_BODY}",
        rf"{_TITLED} ?[(〔](?:{DAY}){_WEEKDAY}[)〕]",
        rf"{_TITLED} ?[(〔](?:{PLAIN_DAY}){_WEEKDAY}[)〕]",
        rf"{DAY} ?(?!\d){_MAKER}",
        rf"{MONTH} ?(?!\d){_MAKER}",
        rf"{_SERIES}{DAY}{_WEEKDAY} ?(?:号|発行)?",
        rf"{_SERIES}{MONTH} ?発行",
        rf"{DAY} ?発行 ?(?:通巻 ?)?(?:第 ?{NUMBER} ?号|no\.? ?\d{{1,5}})",
        rf"{DAY} ?(?:判決)?言渡し?(?: ?{PLAIN}{{1,30}})?",
        rf"[(〔]?{_VERSION} ?:? ?(?:{DAY})(?: ?(?:{words('issued')}))?[)〕]?",
        rf"[(〔]?{_VERSION} ?:? ?(?:{MONTH})(?: ?(?:{words('issued')}))?[)〕]?",
        rf"(?:{DAY}) ?{_VERSION}",
        rf"(?:{MONTH}) ?{_VERSION}",
    )
)
_PARTS = Pattern(r"[、・,] ?|(?<=[定正訂更版行表]) ")
# The label of a day on which something was held, alone in its line.
HELD = Pattern(rf"{_NUMBERED}(?:{_spaced('held')}){_LABELLED}")
# Forms of a day that stands alone in its line, without a word that says what day it is.
BARE_DAYS = _DAYS[:5]


def day_in(line: str) -> Named | None:
    """Return the day, or the last day of the month, that a folded line gives for the document, or None.

    >>> day_in("日時:令和5年6月30日(金) 10:00~11:30").day
    datetime.date(2023, 6, 30)
    """
    if len(line) > LONGEST or not any(char.isnumeric() for char in line):
        return None
    parts = _PARTS.split(line.strip("()〔〕"))
    named = [_whole(part) for part in parts] if len(parts) > 1 else []
    days = [one for one in named if one]
    # 平成31年3月策定・令和6年3月改定: of its making and of its last change.
    if days and len(days) == len(named) and any(one.renewed for one in days):
        return max(days, key=lambda one: one.day)
    return _whole(line)


def _whole(line: str) -> Named | None:
    for form in _DAYS:
        match = form.fullmatch(line)
        if match and (day := day_of(match.groupdict())):
            precision: Precision = "day" if "day" in match.groupdict() else "month"
            said = match.groupdict()
            renewed = said.get("renewed") or (revised()[0] if said.get("version") else "")
            held = bool(said.get("held"))
            return Named(day, precision, bare=form in BARE_DAYS, held=held, renewed=renewed)
    return None
