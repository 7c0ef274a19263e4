"""Blanks within an ordinal: 第 10 回国際会議, which would be read as 回国 and 際.

Part of stage 2 (see ``__init__.py``). Word processors set blanks around figures. Those of dates and places of
laws stay, since their grammars read them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.clean.characters import Change

ORDINAL = Rule(
    "ordinal_with_blanks",
    r"第(?P<before> {0,2})\d{1,3}(?P<behind> {1,2})(?=[回次期](?:[一-龥]|$))",
    reads=("⟦第 10 ⟧回国際", "⟦第4 ⟧次産業", "⟦第 3 ⟧期計画"),
    leaves=("第10回", "10 回国際", "第 10 条", "第 10 回の"),
)


def blanks(text: str) -> Iterator[Change]:
    """Yield a repair that drops the blanks within each ordinal, in text order."""
    for found in ORDINAL.finditer(text):
        for group in ("before", "behind"):
            start, end = found.span(group)
            if start < end:
                yield start, ("", end - start, "blanks within an ordinal")
