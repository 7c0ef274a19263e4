"""Days and years that count from the document's date, written in hiragana: きのう, ことし4月."""

from __future__ import annotations

import re

from pipeline.entities.dates.facts import words
from pipeline.entities.dates.month_forms import TODAY
from pipeline.entities.dates.months import Read, within_year
from pipeline.entities.dates.parts import Parts, Relation
from pipeline.model.rule import Rule

_YEAR_RELATIONS: tuple[Relation, ...] = ("this", "before_last")
_DAY_RELATIONS: tuple[Relation, ...] = ("this", "last", "coming", "before_last", "after_next")


def _related(kind: str, relations: tuple[Relation, ...]) -> dict[str, Relation]:
    return {word: one for one in relations for word in words(f"kana_{kind}_{one}").split("|")}


YEARS = _related("year", _YEAR_RELATIONS)
DAYS = _related("day", _DAY_RELATIONS)
TODAYS = words("kana_day_this")
_OTHER_DAYS = "|".join(word for word in DAYS if word not in TODAYS.split("|"))
# きのうかおととい
_OR_DAY = "".join(f"(?<!{word}か)" for word in DAYS)
# Two letters tell quickly whether a text holds any.
MARKS = tuple({word[:2] for word in (*YEARS, *DAYS)})
FIRST = frozenset(word[0] for word in (*YEARS, *DAYS))
# The same letters stand in other words (ときょうだい, したことしか): a word ends before, and a particle follows.
KANA = Rule(
    "day_or_year_in_kana",
    rf"""(?<![ぁ-んァ-ヶー](?<![はがをにもで]){_OR_DAY})
        (?P<kana>{"|".join(YEARS)}|(?:{_OTHER_DAYS})(?<!あさって(?=の方))(?!{words("no_relative_day")})
            |(?:{TODAYS})(?={TODAY}))
        (?=[はがをものに]|から|か(?!ら)(?<!あすか|としか)|また|まで|より|[^ぁ-んァ-ヶー]|$)""",
    flags=re.VERBOSE,
    reads=(
        "⟦きのう⟧、会談した。",
        "⟦ことし⟧4月に",
        "では⟦おととし⟧の",
        "⟦きょう⟧の委員会で決めた。",
        "⟦おととい⟧か",
        "⟦きのう⟧また",
    ),
    leaves=(
        "きょうの社会",
        "ときょうだい",
        "したことしか",
        "仕事ことしか",
        "あすかの里",
        "あしたば",
        "あしたへの一歩",
        "あさっての方向",
    ),
)


def starts(text: str) -> list[int]:
    """Return where a day or a year in hiragana begins, in text order.

    >>> starts("きのうは、おとといの会談"), starts("ときょうだい")
    ([0, 5], [])
    """
    if not any(mark in text for mark in MARKS):
        return []
    return [match.start() for match in KANA.finditer(text)]


def ends(text: str, start: int) -> int:
    """Return where the word in hiragana that begins at ``start`` ends, else 0."""
    match = KANA.match(text, start) if text[start : start + 1] in FIRST else None
    return match.end() if match else 0


def kana(text: str, start: int) -> Read | None:
    """Read the day or year in hiragana that begins at ``start``."""
    end = ends(text, start)
    if not end:
        return None
    word = text[start:end]
    if word in YEARS:
        return within_year(text, Read(end, "relative", Parts(year_relation=YEARS[word])))
    return Read(end, "relative_day", Parts(day_relation=DAYS[word]))
