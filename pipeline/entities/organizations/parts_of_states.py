"""Bodies of a part of a state abroad that bear a nation's name: テキサス州の｜最高裁判所, バイエルン州の｜内務省."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.organizations.find import OrganizationName
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.organizations.find import Found

STATE_COURT = Rule(
    "court_of_a_part_of_a_state",
    "(?:[ァ-ヶー]{2,12})?州(?:最高裁判所|最高裁)",
    reads=("⟦州最高裁判所⟧", "⟦カリフォルニア州最高裁⟧"),
    leaves=("最高裁判所", "広州高裁"),
)
PART = Rule(
    "part_of_a_state_whose_body_it_is",
    "(?<![ァ-ヶー・＝])(?P<part>[ァ-ヶー・＝]{2,20}州)の$|(?<![一-龥ァ-ヶー])[同各]?州の$",
    reads=("⟦テキサス州の⟧", "⟦各州の⟧", "⟦州の⟧"),
    leaves=("広州の", "テキサスの", "九州の", "欧州の"),
)
REACH = 24  # 決め打ち: characters of the name of a part of a state before its body's
_KINDS = frozenset({"ministry", "agency", "court", "prosecution", "police"})
_FEDERAL = frozenset({"ministry"})  # テキサス州の国防総省の施設: none of Texas


def of_part(text: str, find: Found) -> Found | None:
    """Return a body of a nation's name as one of the part of a state that the text says owns it.

    Where that part is not named (各州の｜最高裁判所), or the body may be the nation's in it, it is left open which
    one is meant. ``None`` for any other body.
    """
    records, name = find.name.records, find.name
    if (
        not records
        or any(r.kind not in _KINDS or r.country == "INT" for r, _ in records)
        or name.name.isascii()
    ):
        return None
    owner = PART.search(text, max(0, find.start - REACH), find.start)
    home = all(record.country == "JP" for record, _ in records)
    if owner is None or (not home and any(record.kind in _FEDERAL for record, _ in records)):
        return None
    if owner["part"] is None or not home:
        return replace(find, rule="abroad", name=replace(name, contested=True))
    alone = OrganizationName(name.name, kind=records[0][0].kind, alias_of=owner["part"] + name.name)
    return replace(find, rule="abroad", name=alone)
