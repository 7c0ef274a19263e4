"""Letters that stand one on a line, as upright text comes out of many PDF libraries: 平⏎成⏎二⏎十⏎七⏎年.

Part of stage 2 (see ``__init__.py``). The line ends between them are dropped. A column of single letters that
says nothing (grades, marks, a list of characters) has hardly any hiragana, and stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.clean.spread import UNIT
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.clean.characters import Change

# At least this many letters stand below one another, and at least one in so many is hiragana (決め打ち).
LEAST, ONE_IN = 12, 10
RUN = Rule(
    "letters_one_on_a_line",
    rf"(?<![^\n]){UNIT.pattern}(?:[ 　]*\n{UNIT.pattern}){{{LEAST - 1},}}(?![^\n])",
    reads=("⟦" + "\n".join("本日ここに演説を申し述べる") + "⟧",),
    leaves=("\n".join("優良可"), "本日ここに演説を申し述べる", "\n".join("青葉省の方針を示す") + "こと"),
)
BREAK = Rule("end_of_a_line_of_one_letter", r"[ 　]*\n", reads=("平⟦\n⟧成", "平⟦　\n⟧成"), leaves=("平成",))
HIRAGANA = Rule("hiragana_letter", "[ぁ-ゖ]", reads=("本⟦は⟧",), leaves=("本日", "ハ"))


def lines(text: str) -> Iterator[Change]:
    """Yield a repair that drops each line end between letters of upright text, in text order."""
    for run in RUN.finditer(text):
        breaks = list(BREAK.finditer(text, *run.span()))
        if len(HIRAGANA.findall(run.group())) * ONE_IN >= len(breaks) + 1:
            for found in breaks:
                yield found.start(), ("", found.end() - found.start(), "letters one on a line")
