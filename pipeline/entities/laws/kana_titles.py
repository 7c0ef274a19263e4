"""Titles in the letters of old statutes, whose particles are katakana: 国債ニ関スル法律.

What stands around such a title in a text of today is in hiragana, so that the title ends where they begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.pattern_words import JOINER, any_of
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where such a title ends: at a place, at a joiner that no further head follows, at what is no word of it.
_END = (
    rf"(?=(?:附則)?第[\d一二三四五六七八九十]|違反|参照|等|(?:{JOINER})(?!命令|規則|規程|慣習)"
    r"|[^一-龥々ァ-ヶー]|$)"
)
# The longest has some sixty characters (決め打ち: the bound).
TITLE = Rule(
    "title_with_particles_in_katakana",
    "(?<![一-龥々ァ-ヶー])[一-龥々][一-龥々ァ-ヶー]{0,80}?"
    rf"(?:ニ[関対因係]ス?ル[一-龥々]{{0,12}}?(?:{any_of('kana_head')})|ノ件)"
    rf"{_END}",
    reads=(
        "⟦港湾倉庫ノ貸付ニ関スル法律⟧（明治",
        "⟦倉庫ノ嘱託ニ因ル貸付法⟧第3条",
        "⟦貸付書式ノ件⟧を",
        "⟦倉庫ノ監理ニ関スル法律⟧違反",
        "⟦倉庫法ノ停止ニ関スル法律⟧及び電波法",
    ),
    leaves=("⟦港湾に関する法律", "⟦倉庫ノ貸付ニ関スル法律家", "港湾ニ関スル⟦法律"),
)

# 航海法中改正法律, 航海法廃止法律: how the acts were called that amended or ended another one.
AMENDING = Rule(
    "old_amending_act",
    "(?<![一-龥々ァ-ヶー])[一-龥々][一-龥々ァ-ヶー]{1,40}?法(?:中改正|廃止)法律(?:施行法)?"
    rf"{_END}",
    reads=(
        "⟦航海法中改正法律⟧を",
        "⟦航海法廃止法律施行法⟧第3条",
        "⟦航海法廃止法律⟧及び",
        "⟦航海法中改正法律⟧参照",
    ),
    leaves=("⟦航海法の改正法律", "⟦航海法中改正法律案"),
)


def kana_titles(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of such titles."""
    if "スル" in text or "ニ因ル" in text or "ノ件" in text:
        yield from (found.span() for found in TITLE.finditer(text))
    if "法律" in text:
        yield from (found.span() for found in AMENDING.finditer(text))
