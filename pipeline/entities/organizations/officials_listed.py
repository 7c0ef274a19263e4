"""Divisions whose heads a text lists behind the head of their bureau: 水質保全局長、｜土壌農薬課｜長."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.organizations.facts import generic
from pipeline.entities.organizations.find import OrganizationName
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.entities.organizations.find import Found

LISTED = Rule(
    "head_listed_behind_another",  # with the surname of the next one
    "長(?:、|及び|並びに|[ 　])[一-龥々ヶ]{0,3}",
    reads=("⟦長、⟧", "⟦長及び⟧", "⟦長、山田⟧"),
    leaves=("長の", "長である山田", "審議官、"),
)
DIVISION = Rule(
    "division_with_its_head",
    "[課室](?=長)",
    reads=("土壌農薬⟦課⟧長", "調査⟦室⟧長"),
    leaves=("課税", "総務課員"),
)
BUREAU = Rule(
    "bureau_with_divisions",
    "(?:[局課室庁]|(?<!本)部)$",
    reads=("水質保全⟦局⟧", "水道環境⟦部⟧", "土壌農薬⟦課⟧"),
    leaves=("対策本部", "大臣官房", "委員会"),
)
SMALL = ("課", "室")
KINDS = frozenset({"bureau", "division", "agency", "local"})


def behind_another(text: str, start: int, end: int, finds: Iterable[Found]) -> Found | None:
    """Return the division at a span as one of the bureau whose head stands right before it, or None.

    Which bureau a division is of, the order of the list alone says: the norm has the flag of what no registry
    holds.
    """
    name = text[start:end]
    if not DIVISION.match(text, end - 1) or name in generic():
        return None
    before = max((find for find in finds if find.end < start), key=lambda find: find.end, default=None)
    if before is None or not LISTED.fullmatch(text, before.end, start):
        return None
    owner = _owner(before.name)
    if not owner:
        return None
    return Find(start, end, "department", OrganizationName(name, alias_of=owner + name, kind="division"))


def _owner(name: OrganizationName) -> str:
    """Return the full name of the bureau that a listed name is, or of which it is a division."""
    if name.records or name.head:
        record = (name.records or name.head)[0][0]
        full, kind = record.name + name.rest * (not name.records), name.kind or record.kind
    else:
        full, kind = name.alias_of or name.name, name.kind
    if kind not in KINDS or not BUREAU.search(full):
        return ""
    if not full.endswith(SMALL):
        return full
    cut = max(full.rfind(mark, 0, len(full) - 1) for mark in "局部庁")
    return full[: cut + 1]  # 環境庁水質保全局｜土壌農薬課
