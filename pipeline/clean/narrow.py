"""Titles that a narrow column of a record's list of persons broke: 文部科学省高等⏎教育局長　義本　博司君.

Part of stage 2 (see ``__init__.py``). Records of the Diet set such titles seven letters wide. The line ends
within them are dropped, and so are the blanks behind those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.clean.characters import Change

# A title that is whole at its line's end is not broken there; 大臣 may be part of 大臣官房.
_WHOLE = (
    r"(?<![局部課室会院次房]長|総裁|理事|委員|長官)(?<!審議官|参事官|統括官|政務官|副大臣)"
    r"(?:(?<!大臣)|(?=\n[ 　]+官房))"
)
_PART = rf"[^\s、。]{{6,8}}{_WHOLE}"
_PERSON = r"[^\s、。]{1,8}[ 　]{1,40}[^\n、。]{1,14}君[ 　]*(?:\n|$)"
TITLE = Rule(
    "title_broken_in_a_narrow_column",
    rf"(?<![^\n])([ 　]{{4,40}}){_PART}(?:\n\1{_PART}){{0,8}}(?=\n\1{_PERSON})",
    reads=(
        "⟦　　　　青葉省若葉山森⟧\n　　　　林保護局長　　　落葉　秋君",
        "⟦　　　　青葉省高等教育\n　　　　局若葉山大学振⟧\n　　　　興課長　落葉秋君",
    ),
    leaves=(
        "　　　　青葉省若葉山森\n　　　　林保護局長",
        "　　　　青葉省若葉山森\n　　林保護局長　落葉秋君",
        "青葉省若葉山森\n林保護局長　落葉秋君",
        "　　　　青葉省森林局長\n　　　　若葉省局長　落葉秋君",
    ),
)
# The same where a page has lost its line ends: 大蔵省銀行局銀　　　　行課長　　吉田　正君.
FLAT = Rule(
    "title_broken_between_blanks",
    r"(?<=[ 　]{4})(?![^\s]{0,6}出席)[^\s、。]{7}(?:[ 　]{6,40}[^\s、。]{7}){0,8}"
    r"(?=[ 　]{6,40}[^\s、。]{1,8}[ 　]{1,40}[^\s、。]{1,8}[ 　]{0,3}[^\s、。]{0,8}君(?:\s|$))",
    reads=("    ⟦青葉省若葉山森⟧        林保護局長     落葉 秋君",),
    leaves=("    青葉省若葉山森    林保護局長", "    青葉省次長      落葉 秋君        若葉省局長 紅葉春君"),
)
GAP = Rule("gap_in_a_broken_title", "[ 　]{6,}", reads=("森⟦      ⟧林",), leaves=("森     林",))
BREAK = Rule("end_of_a_set_in_line", r"\n[ 　]+", reads=("森⟦\n　　⟧林",), leaves=("森林", "森\n林"))


def columns(text: str) -> Iterator[Change]:
    """Yield a repair that drops each line end or gap within a broken title, in text order."""
    found = [(title, BREAK, title.start() + 1) for title in TITLE.finditer(text)]
    found += [(title, GAP, title.start()) for title in FLAT.finditer(text)]
    done = 0
    for title, parting, begin in sorted(found, key=lambda one: one[0].start()):
        for gap in parting.finditer(text, max(begin, done)):
            if gap.start() > title.end():
                break
            done = gap.end()
            yield gap.start(), ("", gap.end() - gap.start(), "title broken in a narrow column")
