"""How the titles of instruments are also written: without a legal form, with old kana made new, with years in digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.numerals import number

if TYPE_CHECKING:
    from collections.abc import Iterator

# 情報通信研究機構法 can stand without its legal form; a name of a few letters could be anything (決め打ち).
SHORTEST = 6
_POSITIONAL = str.maketrans("0123456789", "〇一二三四五六七八九")
# 千九百七十四年の…条約: how official titles write a western year.
_TITLE_YEAR = re.compile("([千二][一二三四五六七八九〇百十千]+)年")


def law_titles(titles: list[str]) -> Iterator[str]:
    """Yield the other forms of a law's titles: without the legal form of a body, and in modern kana.

    >>> list(law_titles(["独立行政法人北方領土問題対策協会法"]))
    ['北方領土問題対策協会法']
    """
    for title in titles:
        short = re.sub("^(?:国立研究開発法人|独立行政法人)", "", title)
        modern = _modern(title)
        yield from {form for form in (short, modern) if form not in titles and len(form) > SHORTEST}


def _modern(title: str) -> str:
    """酔つて → 酔って, 行なわれた → 行われた."""
    return re.sub("行な(?=[いうえっわ])", "行", re.sub("つ(?=[てた])", "っ", title))


def treaty_titles(title: str) -> Iterator[str]:
    """Yield the other forms of a treaty's title that has a western year in it.

    >>> list(treaty_titles("二千六年の海上の労働に関する条約"))
    ['2006年の海上の労働に関する条約', '二〇〇六年の海上の労働に関する条約']
    """
    if _modern(title) != title:
        yield _modern(title)
    if _TITLE_YEAR.search(title):
        yield _TITLE_YEAR.sub(lambda year: f"{number(year[1])}年", title)
        yield _TITLE_YEAR.sub(lambda year: f"{number(year[1])}年".translate(_POSITIONAL), title)


def serials(own: str) -> Iterator[str]:
    """Yield how an act of the European Union or the United States is cited by its number, which comes first.

    >>> list(serials("Regulation (EU) 2016/679"))
    ['Regulation (EU) 2016/679', '規則(EU)2016/679']
    """
    if own:
        yield own
    japanese = own.replace("Regulation", "規則").replace("Directive", "指令")
    if japanese != own:
        yield re.sub(r"^(規則|指令) ", r"\1", japanese).replace(") ", ")")
