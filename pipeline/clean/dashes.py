"""A dash for the long vowel ー (グル－プ), and ー for a dash (2014ー2015年).

Part of stage 2 (see ``__init__.py``). The neighbours of a sign show which of the two it is: ー follows only
kana, and a dash follows katakana only between two names (カナダ－メキシコ).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.clean.characters import HYPHENS
from pipeline.facts import names, rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.clean.characters import Change

KANA = "ァ-ヺ"
# Signs that were typed for ー: those as wide as a letter, and those that are dashes. The second kind is read
# as ー only between katakana.
_TYPED, _DRAWN = "－−", r"\-‐‑―—–─"
_DASH = f"{_TYPED}{_DRAWN}"
# ン and ッ are not drawn out, and a doubled sign is a dash.
_DRAWN_OUT = rf"(?<=[ァ-ヲヴヷ-ヺ].)(?<!ッ.)(?![{_DASH}])"
TYPED = Rule(
    "dash_typed_for_long_vowel",
    rf"[{_DASH}]{_DRAWN_OUT}(?:(?=[{KANA}])|(?<=[{_TYPED}])(?![0-9A-Za-zー]))",
    reads=("グル⟦－⟧プ", "センタ⟦－⟧の", "グル⟦-⟧プ"),
    leaves=("コン－プ", "ラッ－プ", "センタ―の", "データ－2", "グル－－プ"),
)
HYPHEN = Rule(
    "hyphen_of_another_width",  # becomes ASCII, as everywhere, unless it stands for a long vowel
    f"[{''.join(sorted(HYPHENS))}]",
    reads=("2⟦－⟧3", "2⟦−⟧3"),
    leaves=("2-3", "2―3", "グループ"),
)
WORD = Rule(
    "katakana_around_dash", f"[{KANA}ー]+", reads=("⟦グループ⟧は", "⟦ア⟧・"), leaves=("⟦外務省", "⟦－")
)
LEFT = Rule(
    "katakana_before_dash", f"[{KANA}ー]+$", reads=("米国⟦グループ⟧",), leaves=("グループは", "グル－")
)
OPENS = Rule(
    "dash_opens_subtitle",  # 「－国際化の進展－」: the second sign closes what the first opened
    rf"(?:^|[\s（「：])[{_DASH}](?![{_DASH}])[^\n]*$",
    reads=("⟦－国際化とインタ⟧", "白書⟦ －新しいセンタ⟧"),
    leaves=("国際化－センタ", "－－センタ"),
)
JOINED = rf"[{KANA}ー{_DASH}]"
ALONE = Rule(
    "katakana_word_alone",
    rf"(?<!{JOINED})[{KANA}ー]+(?!{JOINED})",
    reads=("米国⟦グループ⟧は",),
    leaves=("グル－プ", "カナダ－メキシコ"),
)
# A word of at least NAME letters may be a name, and names are joined by dashes. But if a text has at least
# SYSTEMATIC dashes that must be ー, all of them are (決め打ち).
NAME, SYSTEMATIC = 3, 2
# At most this much of a word and of a line is looked at, in code points.
REACH = 40
# 2014ー2015年, 平成26年ー27年, 四月ー六月, 図表1ー2, F ー 16: no vowel to draw out.
_NUMERAL = "0-9〇一二三四五六七八九十百千"
_ERAS = "".join(row["era"][0] for row in rows("eras.csv"))
_NUMBERED = f"{_NUMERAL}A-Za-zⅠ-Ⅻ"
_BEFORE = f"[{_NUMBERED}年月日度期節条号項％%）]"
VOWEL = Rule(
    "long_vowel_for_dash",
    rf"ー(?:(?<={_BEFORE}.)|(?<={_BEFORE} .))(?= ?[{_NUMBERED}{_ERAS}（])",
    reads=("2014⟦ー⟧2015年", "平成26年⟦ー⟧27年", "図表1⟦ー⟧2", "F ⟦ー⟧ 16"),
    leaves=("グループ", "データー2", "2014ーの"),
)
DASH_SIGNS = rf"[{_DASH}{''.join(sorted(HYPHENS))}]|(?<![{KANA}])ー"
"""The signs without one of which :func:`dashes` finds nothing, as a pattern: ー behind katakana stays."""


def dashes(text: str) -> Iterator[Change]:
    """Yield the repairs of dashes and long vowels in ``text``, and the width of the hyphens behind kana."""
    for match in VOWEL.finditer(text):
        yield match.start(), ("-", 1, "long vowel for a dash")
    typed = [match.start() for match in TYPED.finditer(text)]
    words = _Words(text, typed) if typed else None
    long = {at for at in typed if words and words.draws_out(at)}
    for at in long:
        yield at, ("ー", 1, "dash for a long vowel")
    if any(hyphen in text for hyphen in HYPHENS):
        for match in HYPHEN.finditer(text):
            if match.start() not in long:
                yield match.start(), ("-", 1, "width")


class _Words:
    """The katakana words of a text: those without a dash beside them, and how the text writes long vowels."""

    def __init__(self, text: str, typed: Sequence[int]) -> None:
        self._text = text
        self._alone = frozenset(ALONE.findall(text))
        self._systematic = sum(min(map(len, self._sides(at))) < NAME for at in typed) >= SYSTEMATIC

    def _sides(self, at: int) -> tuple[str, str]:
        """Return the katakana before and after the sign at ``at``; either may be empty."""
        left = LEFT.search(self._text, max(0, at - REACH), at)
        right = WORD.match(self._text, at + 1, at + REACH)
        return left[0] if left else "", right[0] if right else ""

    def draws_out(self, at: int) -> bool:
        """Whether the sign at ``at``, after katakana, stands for ー and does not join two names."""
        before, after = self._sides(at)
        whole = f"{before}ー{after}"
        if whole in self._alone or whole in known():
            return True
        if len(before) > 1 and (before in self._alone or before in known()):
            return False
        if not after:
            line = max(self._text.rfind("\n", 0, at) + 1, at - REACH)
            return not OPENS.search(self._text[line:at])
        short = min(len(before), len(after)) < NAME
        return short or self._systematic or after.startswith("ション")


@cache
def known() -> frozenset[str]:
    """Return the words in katakana of the names that the registries hold: インターネット, パリ, アジア."""
    files = (*names("organizations"), "laws.csv", "treaties.csv", "countries.csv")
    cells = (cell for file in files for row in rows(file) for cell in row.values())
    return frozenset(word for cell in cells if cell for word in WORD.findall(cell))
