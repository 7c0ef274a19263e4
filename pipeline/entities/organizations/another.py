"""Whether what stands right before a name of the registry makes of it another's: 電気通信｜規制庁, 同｜外務省."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.abroad import of_two_fields
from pipeline.entities.organizations.facts import countries, words
from pipeline.entities.organizations.left_edge import KATAKANA
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.names.registry import Name
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis, Token

# 国家科学技術会議, 連邦最高裁判所: words that make of a body's full name another's.
LARGER = frozenset({"国家", "世界", "国際", "連邦", "地方"})
# 都道府県｜労働基準局: bodies of many places, not the ministry's bureau.
PLACES = frozenset({"都道府県", "市町村", "市区町村", "都道府県等"})
TAIL = Rule(
    "tail_of_a_longer_name",  # if a noun stands before it (電気通信｜規制庁)
    f"(?:{alternatives(words('tail_of_a_name'))})$",
    reads=("規制⟦庁⟧", "安全保障⟦会議⟧", "政⟦調⟧"),
    leaves=("会議録", "機構"),
)
ON_RIGHTS = Rule(
    "committee_on_rights",  # any town, school or bar association may have one
    "の権利(?:に関する)?委員会$",
    reads=("児童⟦の権利委員会⟧", "子ども⟦の権利に関する委員会⟧"),
    leaves=("権利委員会", "児童の権利委員会制度"),
)
OWNED = Rule(
    "owner_of_a_committee_on_rights",  # of another body than the United Nations
    "(?<!国連)(?<!国際連合)(?:(?<!条約)の|[ァ-ヶー一-龥](?<![年月日回])|[校園市区町村県府都道内]に)$",
    reads=("川崎⟦市⟧", "東京弁護士⟦会⟧", "市⟦の⟧", "校⟦内に⟧"),
    leaves=("国連の", "国際連合の", "同年", "また", "条約の", "ジュネーブに"),
)
COUNCIL, BUREAU = frozenset({"council"}), frozenset({"bureau"})
OF_THE_STATE = frozenset({"ministry", "agency", "legislature", "court", "police", "bureau"})
SAME = "同"  # 同｜外務省: whose it is the text has said before (guidelines: no mention)
ARMIES = ("陸軍", "海軍")
FORCES = frozenset({"unit", "command", "military"})
_OF_A_PLACE = frozenset("省庁府院局会社部国県市都等")


def another(analysis: Analysis, start: int, end: int, records: Sequence[tuple[Organization, Name]]) -> bool:
    """Whether what stands right before makes it another name: アジア｜安全保障会議, 電気通信｜規制庁."""
    before, text = ending(analysis, start), analysis.sentence.text
    if before is None:
        return False
    if _said_before(text[start:end], before) or _of_an_army(before, records):
        return True
    if ON_RIGHTS.search(text, start, end) and OWNED.search(text, max(0, start - 6), start):
        return True  # 川崎市｜児童の権利委員会
    short = all(name.kind == "short" for _, name in records)
    if short and (before.surface in PLACES or _longer(analysis, before, records)):
        return True
    if "地名" in before.pos:
        local = COUNCIL | BUREAU if short else COUNCIL  # 南会津｜地方振興局: not the ministry's
        ours = all(record.country == "JP" and record.kind in local for record, _ in records)
        return _of_a_place_abroad(before, records) or (ours and before.surface not in ("日本", "国内"))
    return _of_longer_name(analysis, end, before, records)


def _of_a_place_abroad(before: Token, records: Sequence[tuple[Organization, Name]]) -> bool:
    """Whether an office of this state is named with a place abroad, that is no state: スコットランド｜財務省."""
    if KATAKANA.fullmatch(before.surface) is None or before.surface in countries():
        return False
    return all(record.country == "JP" and record.kind in OF_THE_STATE for record, _ in records)


def _of_longer_name(
    analysis: Analysis, end: int, before: Token, records: Sequence[tuple[Organization, Name]]
) -> bool:
    """Whether a noun before a name that ends like a longer one belongs to it: 電気通信｜規制庁."""
    last = ending(analysis, end)
    if last is None or TAIL.search(last.surface) is None or not _goes_before(before):
        return False
    short = all(name.kind == "short" for _, name in records)
    of_it = any(record.name.endswith(before.surface + name.text) for record, name in records)
    return (short or before.surface in LARGER) and not of_it


def _said_before(name: str, before: Token) -> bool:
    """Whether it is whose the text has said: 同｜外務省."""
    return before.surface == SAME and name in words("states_have")


def _of_an_army(before: Token, records: Sequence[tuple[Organization, Name]]) -> bool:
    """Whether a unit of today's forces is named as one of an army, which none of them is: 陸軍｜第5師団."""
    ours = all(record.country == "JP" and record.kind in FORCES for record, _ in records)
    return ours and before.surface.endswith(ARMIES)


def _longer(analysis: Analysis, before: Token, records: Sequence[tuple[Organization, Name]]) -> bool:
    """Whether a word before a ministry abroad makes it another's: 石油・｜エネルギー省, 再生可能｜エネルギー省."""
    if any(record.country in ("JP", "INT") or record.kind != "ministry" for record, _ in records):
        return False
    field = ending(analysis, before.start) if before.surface == "・" else None
    if field is not None:
        return of_two_fields(analysis.sentence.text, before.start, field.start)
    return before.pos.startswith("形状詞")


def _goes_before(token: Token) -> bool:
    """Whether a word belongs to the name behind it, and is neither a body nor a place nor a time."""
    noun = token.pos in ("名詞-普通名詞-一般", "名詞-普通名詞-サ変可能", "接頭辞")
    return noun and token.surface[-1] not in _OF_A_PLACE and token.surface not in words("not_of_a_name")


def ending(analysis: Analysis, end: int) -> Token | None:
    """Return the token that ends at an offset."""
    return analysis.tokens[analysis.ends[end]] if end in analysis.ends else None
