"""What the date grammar takes from tables: modifiers, and words that make a number a date or none."""

from __future__ import annotations

from functools import cache

from pipeline.facts import rows
from pipeline.model.rule import Rule

_table = cache(rows)  # each list of a table is asked for on its own


def _joined(table: str, key: str, value: str) -> str:
    """Return the words of a list as alternatives, the longer first; some not before certain characters."""
    there = [row for row in _table(table) if row[key] == value]
    words = {row["surface"] + (f"(?![{row['unless']}])" if row["unless"] else "") for row in there}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def words(name: str) -> str:
    """Return the words of a list of ``data/date_words.csv`` as alternatives of a pattern.

    Raises:
        ValueError: There is no such list.
    """
    joined = _joined("date_words.csv", "list", name)
    if not joined:
        raise ValueError(f"no list {name!r} in date_words.csv")
    return joined


@cache
def modifiers() -> dict[str, str]:
    """Return the TIMEX3 ``mod`` of each modifier that may follow a date (``data/date_modifiers.csv``)."""
    return {row["surface"]: row["mod"] for row in rows("date_modifiers.csv")}


@cache
def year_kinds() -> list[dict[str, str]]:
    """Return the years that begin in a month of their own (``data/date_years.csv``)."""
    return rows("date_years.csv")


def _modifier() -> str:
    longest = sorted(rows("date_modifiers.csv"), key=lambda row: len(row["surface"]), reverse=True)
    each = [
        (f"(?<=[{row['behind']}])" if row["behind"] else "")
        + row["surface"]
        + (f"(?!{row['unless']})" if row["unless"] else "")
        for row in longest
    ]
    return rf"の?(?P<mod>{'|'.join(each)})(?!{words('no_modifier')})"


MODIFIER = Rule("date_modifier", _modifier(), reads=("平成26年⟦末⟧", "1990年代⟦の後半⟧"), leaves=("⟦末端",))


MODIFIER_FIRST = frozenset("の" + "".join(row["surface"][0] for row in rows("date_modifiers.csv")))


def _context(place: str, *, reads: tuple[str, ...], leaves: tuple[str, ...]) -> Rule:
    """The words that make a number no date in ``place``; ``search`` finds those before it at their end."""
    ends = {"before_length": "[の、]?$", "before_months": "$"}
    end = "" if place.startswith("after") else ends.get(place, "(?:の)?$")
    return Rule(
        f"date_{place}",
        f"(?:{_joined('date_contexts.csv', 'place', place)}){end}",
        reads=reads,
        leaves=leaves,
    )


CONTEXTS = {
    place: _context(place, reads=reads, leaves=leaves)
    for place, reads, leaves in (
        ("before_number", ("約", "任期は"), ("約束",)),
        ("before_year", ("約", "樹齢"), ("平成",)),
        ("since", ("震災から", "戦後の"), ("平成",)),
        ("after_bare_year", ("平成20年に10年⟦間⟧", "5年⟦ごと⟧"), ("10年⟦の事業",)),
        ("after_fiscal_year", ("平成20年度に10年度⟦ぶり⟧",), ("10年度⟦の",)),
        ("after_year", ("2000年⟦ぶり⟧",), ("2000年⟦の事業",)),
        ("after_month", ("5月⟦雨⟧",), ("5月⟦に",)),
        ("after_month_span", ("懲役6月⟦以内⟧",), ("6月⟦に",)),
        ("after_bare_month", ("3月⟦期⟧決算",), ("3月⟦に",)),
        ("after_day", ("17日⟦目⟧",), ("3日⟦に",)),
        ("after_month_day", ("5月3日⟦間⟧",), ("3日⟦に",)),
        ("after_round_year", ("2000年⟦にわた⟧る",), ("2000年⟦に開",)),
        ("before_length", ("懲役", "起算して、"), ("期間は",)),
        ("before_months", ("営業停止", "停職（"), ("営業停止、", "停止の")),
        ("before_code", ("図", "第"), ("は",)),
        ("after_bare_day", ("5月3日の3日⟦前⟧",), ("3日⟦前半",)),
    )
}
"""The words that make a number no date, by place (``data/date_contexts.csv``)."""
RECURRENT = Rule(
    "date_recurrent",
    _joined("date_contexts.csv", "place", "recurrent"),
    reads=("毎年11月12日から同月25日まで", "例年4月に開く。"),
    leaves=("昨年",),
)
RECURRENT_FIRST = frozenset(word[0] for word in RECURRENT.pattern.split("|"))
_RECURRENT_BEFORE = Rule(
    "date_recurrent_before", f"(?:{RECURRENT.pattern})(?:の)?$", reads=("毎年の",), leaves=("毎年4月",)
)


def recurring(before: str) -> bool:
    """Whether what follows ``before`` is of every year: 毎年4月."""
    return bool(_RECURRENT_BEFORE.search(before))


def counted(before: str) -> bool:
    """Whether the number that follows ``before`` counts something: 約10年, 毎年4月."""
    return bool(CONTEXTS["before_number"].search(before)) or recurring(before)
