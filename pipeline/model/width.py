"""How wide a text is where it is printed: a full-width character counts one, a Latin letter half."""

from __future__ import annotations

from pipeline.model.rule import Rule

NARROW_CHARACTER = Rule(
    "narrow_character",
    "[\0-\xffｦ-ﾟ]",
    reads=("⟦A⟧", "⟦2⟧6年", "⟦ｱ⟧"),
    leaves=("政府", "Ａ", "ア"),
)


def width_of(text: str) -> float:
    """Return the width of ``text`` in full-width characters."""
    return len(text) - len(NARROW_CHARACTER.findall(text)) / 2
