"""Repairs of marks whose meaning depends on their neighbours: commas, points, tildes, item letters.

Part of stage 2 (see ``__init__.py``). Dashes are in ``dashes.py``, numerals in ``figures.py``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.clean.dashes import DASH_SIGNS, dashes
from pipeline.clean.figures import FIGURE_SIGNS, figures
from pipeline.facts import rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.clean.characters import Change, Piece

# (工) is a misread (エ) if (ウ) stands at most SERIES_REACH code points before it (決め打ち).
SERIES = Rule(
    "letter_of_series", r"[（(]([ウ工])[）)]", reads=("⟦（ウ）⟧目的", "⟦(工)⟧目的"), leaves=("（エ）", "工）")
)
SERIES_REACH = 4000
ITEM_NUMBER = Rule(
    "number_before_point",  # a point after the number of an item is no full stop
    r"""
    (?:^|[\s（(）)「・:：。、〕\]］】])
    (?:[0-9０-９]{1,3}|[A-Za-zＡ-Ｚａ-ｚ]|[ア-ンⅠ-Ⅹ]|[一二三四五六七八九十]{1,3})$
    """,
    flags=re.VERBOSE,
    reads=("⟦１⟧", "節⟦ ３⟧", "た⟦。ア⟧", "⟦十二⟧"),
    leaves=("である", "平成1", "2014"),
)
# Between digits (1,000) and in addresses (/~name) they stay as they are.
_ERA = "|".join(row["era"] for row in rows("eras.csv"))
_JA = "ぁ-ゖァ-ヺー々〆一-龥）」』】〕〉》"
ASCII_MARK = Rule(
    "ascii_mark_in_japanese",
    rf"""
    (?<=[{_JA}]),|(?<=[A-Za-z0-9\)]),(?=[{_JA}])
    |(?<=[ぁ-ゖ])\.(?=[ぁ-ゖァ-ヺ一-龥「（\s]|$)
    |(?<=[0-9{_JA}])~(?=[0-9{_JA}])|(?<=[0-9{_JA}][ ])~(?=[ ][0-9{_JA}])
    |(?:(?<=(?:{_ERA})\d)|(?<=(?:{_ERA})\d\d)),               # 昭和49,50年
        (?=\d{{1,2}}(?:年|[,~～〜-]\d{{1,2}}(?!\d)))
    |(?<=(?<!\d)(?:19|20)\d\d),                                # 1995,2000年
        (?=(?:(?:19|20)\d\d,){{0,20}}(?:19|20)\d\d年)
    """,
    flags=re.VERBOSE,
    reads=("文学⟦,⟧美術", "EU⟦,⟧米国", "である⟦.⟧また", "43⟦~⟧47年", "昭和49⟦,⟧50年", "1995⟦,⟧2000年"),
    leaves=("1995⟦,⟧200年", "1,000", "example.jp/~name", "3.5", "No.5"),
)
# １，０００ has three digits behind each comma.
MEMBER_COMMA = Rule(
    "comma_between_members_of_a_list",
    r"(?:(?<=(?<!\d)\d{4})，(?=\d{4}(?!\d))|(?:(?<=(?<!\d)\d)|(?<=(?<!\d)\d\d))，(?=\d\d?(?!\d)))"
    r"(?=(?:\d{1,2}|\d{4})(?:(?:，(?:\d{1,2}|\d{4})){0,20}[^\d，．.,]|，[^\d]))",
    reads=("平成１２⟦，⟧１７年", "1995⟦，⟧2000，2005年"),
    leaves=("１⟦，０００円", "１⟦，０００，０００円", "12⟦，345年", "１⟦，２０１５年"),
)
SIGN = Rule(
    "sign_of_doubtful_width", "[,.~，．]", reads=("文学⟦,⟧美術", "１⟦．⟧総論"), leaves=("文学、美術。",)
)
COMMAS = frozenset("，．")
MARK_SIGNS = f"[,.~，．]|工[）)]|{FIGURE_SIGNS}|{DASH_SIGNS}"
"""The signs without one of which :func:`by_context` finds nothing, as a pattern."""
JAPANESE_MARK = {",": "、", ".": "。", "~": "～"}


def by_context(text: str) -> Iterator[Change]:
    """Yield the repairs of marks and numerals in ``text``, in text order; no two overlap."""
    found: dict[int, Piece] = dict.fromkeys(_misread(text), ("エ", 1, "misread character"))
    found.update(_marks(text))
    found.update(dashes(text))
    found.update(figures(text))
    yield from sorted(found.items())


def _misread(text: str) -> Iterator[int]:
    """Yield the offsets of each 工 that stands for エ in a series of items."""
    before = -SERIES_REACH
    if "工）" not in text and "工)" not in text:
        return
    for match in SERIES.finditer(text):
        if match.group(1) == "ウ":
            before = match.start()
        elif match.start() - before < SERIES_REACH:
            yield match.start(1)
            before = -SERIES_REACH


def _marks(text: str) -> Iterator[Change]:
    """Yield full-width commas and points, and the ASCII marks that stand for Japanese ones."""
    # Signs are looked for first: looking around every character would be slower than all other repairs.
    for match in SIGN.finditer(text):
        if match[0] in COMMAS:
            yield match.start(), _comma(text, match.start())
        elif ASCII_MARK.match(text, match.start()):
            yield match.start(), (JAPANESE_MARK[match[0]], 1, "Japanese punctuation mark")


def _comma(text: str, i: int) -> Piece:
    """A full-width comma or point: a Japanese mark, except between digits (１，０００) and letters.

    A comma that parts no thousands parts members of a list: １２，１７年; 1995，2000年.
    """
    before, after = text[max(0, i - 1) : i], text[i + 1 : i + 2]
    item = text[i] == "．" and not after.isspace() and ITEM_NUMBER.search(text[max(0, i - 4) : i])
    if (_ascii(before) and _ascii(after) and not MEMBER_COMMA.match(text, i)) or item:
        return ("," if text[i] == "，" else "."), 1, "width"
    return ("、" if text[i] == "，" else "。"), 1, "Japanese punctuation mark"


def _ascii(char: str) -> bool:
    folded = unicodedata.normalize("NFKC", char)
    return folded.isascii() and folded.isalnum()
