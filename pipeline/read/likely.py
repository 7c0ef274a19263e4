"""How much a text looks like Japanese. Decodings are chosen by it, and wrong ones found.

Part of stage 1. Right Japanese has kana, marks and common kanji. A wrong decoding has what nobody writes:
rare kanji (the second level of JIS X 0208), half-width kana between kanji, controls, letters for private use.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from pipeline.facts import names, rows
from pipeline.model.rule import Pattern

# The places of JIS X 0208 by row: marks and letters, kana, kanji of the first level.
MARKS, KANA_ROWS, FIRST_LEVEL = range(1, 4), (4, 5), range(16, 48)
HALF_KANA = re.compile("[ｦ-ﾟ]+")
# No word begins so, and no other kana has these marks.
NO_WORD = Pattern("^[ﾞﾟｰｧ-ｯ]|(?<![ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<![ﾊ-ﾎ])ﾟ")
# A shorter run of half-width kana between other letters is no word (決め打ち). Words of them are less likely than
# others.
SHORTEST, HALF = 3, 0.8
# A kanji of the first level that is not common (決め打ち).
RARE = 0.2
KANJI = Pattern("[一-龥]")
CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f]")


def likely(text: str) -> float:
    """Return how much ``text`` looks like Japanese, 0 to 1: the share of likely characters beyond ASCII.

    >>> likely("防衛省"), likely("髦ｲ陦帷怐") < 0.5, likely("ﾋﾉｱﾒ､ﾎ") < likely("防衛の")
    (1.0, True, True)
    """
    counts = Counter(HALF_KANA.sub("", text))
    total = sum(n for char, n in counts.items() if char > "\x7f" or CONTROL.match(char))
    good = sum(n * weight(char) for char, n in counts.items() if char > "\x7f")
    for run in HALF_KANA.finditer(text):
        size, (start, end) = len(run[0]), run.span()
        beside = (text[start - 1] if start else "") + text[end : end + 1]
        inset = size < SHORTEST and any(char > "\xff" for char in beside)
        total += size
        good += 0 if inset else max(0.0, HALF * size - 2 * len(NO_WORD.findall(run[0])))
    return good / total if total else 0.0


@cache
def common() -> frozenset[str]:
    """Return the kanji that names of bodies and laws have: 97 of 100 kanji of white papers are among them."""
    files = (*names("organizations"), "laws.csv", "treaties.csv")
    cells = (cell for file in files for row in rows(file) for cell in row.values() if cell)
    return frozenset(char for char, n in Counter("".join(cells)).items() if n > 1 and KANJI.match(char))


@cache
def weight(char: str) -> float:
    """Return how likely a character beyond ASCII is: 1 for kana and common kanji, 0 for rare ones."""
    if "ぁ" <= char <= "ヶ" or char in "ー、。・「」（）":
        return 1.0
    try:
        place = char.encode("euc_jp")
    except UnicodeEncodeError:
        return 0.0 if char < "\u2000" or char > "\u33ff" else 0.9
    row = place[0] - 0xA0 if len(place) == 2 else 0
    if row in FIRST_LEVEL:
        return 1.0 if char in common() else RARE
    return 1.0 if row in KANA_ROWS else 0.9 if row in MARKS else 0.0
