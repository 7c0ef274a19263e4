"""Divisions listed behind their bureau (水質保全局長、｜土壌農薬課｜長), or behind a surname (環境省山田｜調査課｜長)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.organizations.facts import generic
from pipeline.entities.organizations.find import OrganizationName
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization

LISTED = Rule(
    "head_listed_behind_another",  # with the surname of the next one
    "長(?:(?:、|[ 　]{1,4})[一-龥々ヶ]{2,10}(?:官|補佐)){0,3}(?:、|及び|並びに|[ 　]{1,4})[一-龥々ヶ]{0,3}",
    reads=("⟦長、⟧", "⟦長及び⟧", "⟦長、山田⟧", "⟦長 青木審議官 山田⟧"),
    leaves=("長の", "長である山田", "審議官、"),
)
SURNAME = Rule(
    "official_behind_a_ministry",
    "(?![旧新元前現](?![一-龥々ヶ]))[一-龥々ヶ]{1,3}",
    reads=("⟦山田⟧", "⟦佐々木⟧", "⟦前田⟧"),
    leaves=("⟦、山田", "の", "⟦旧"),
)
DIVISION = Rule(
    "division_with_its_head",
    "(?:[局課室]|(?<!本)部)(?=長)",
    reads=("土壌農薬⟦課⟧長", "調査⟦室⟧長", "河川⟦部⟧長"),
    leaves=("課税", "総務課員"),
)
BUREAU = Rule(
    "bureau_with_divisions",
    "(?:[局課室庁]|(?<!本)部)$",
    reads=("水質保全⟦局⟧", "水道環境⟦部⟧", "土壌農薬⟦課⟧"),
    leaves=("対策本部", "大臣官房", "委員会"),
)
SMALL = ("課", "室")
HEADED = Rule(
    "head_of_a_named_division",  # or of a division of it
    "(?:[一-龥ァ-ヶー・]{1,12}[課室])?次?長",
    reads=("北米局⟦長⟧", "北米局⟦次長⟧", "労働基準局⟦監督課長⟧"),
    leaves=("北米局⟦の課長", "北米局⟦職員"),
)
MINISTRIES = frozenset({"ministry", "agency", "police"})
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
    if before is None:
        return None
    if LISTED.fullmatch(text, before.end, start) and text[end - 1] in SMALL:
        owner = _owner(before.name)
        head = before.name.head or before.name.records
        if head and owner.startswith(head[0][0].name):  # 保険局長: that of the day, 厚生省's or 厚生労働省's
            rest = owner.removeprefix(head[0][0].name) + name
            part = OrganizationName(name, head=head, rest=rest, kind="division", doubts=("not_in_registry",))
            return Find(start, end, "department", part)
    elif SURNAME.fullmatch(text, before.end, start):
        owner = _ministry(before.name)
    else:
        return None
    if not owner:
        return None
    return Find(start, end, "department", OrganizationName(name, alias_of=owner + name, kind="division"))


def without_surnames(
    text: str, built: Iterable[Found], registered: Iterable[Found], lexicon: Lexicon[Organization]
) -> Iterator[Found]:
    """Yield what is built, but of 外務省｜上村｜北米局｜長 the bureau without the surname."""
    owners = {find.start: find for find in registered}
    for find in built:
        owner = owners.get(find.start)
        yield (owner and _behind_surname(text, owner, find.end, lexicon)) or find


def _behind_surname(text: str, find: Found, end: int, lexicon: Lexicon[Organization]) -> Found | None:
    """Return the registered division at ``end`` of the ministry, if a surname stands between.

    The dictionary may have the end of the surname with the division's begin (上村北｜米).
    """
    owner, written = _ministry(find.name), text[find.end : end]
    if not owner or not HEADED.match(text, end) or lexicon.get(written) or lexicon.get(owner + written):
        return None  # 農林水産省｜関東農政局
    for start in range(find.end + 1, min(find.end + 4, end)):
        if not SURNAME.fullmatch(text, find.end, start):
            return None
        name, bureau = text[start:end], end
        if records := lexicon.get(owner + name):
            return Find(start, end, "department", OrganizationName(name, records))
        while (bureau := text.rfind("局", start, bureau)) > start:  # 労働基準局｜監督課
            if records := lexicon.get(owner + text[start : bureau + 1]):
                named = OrganizationName(name, head=records, rest=text[bureau + 1 : end])
                return Find(start, end, "department", named)
    return None


def _ministry(name: OrganizationName) -> str:
    """Return the full name of a ministry or agency of this state, or ``""``."""
    records = [record for record, _ in name.records if record.country == "JP" and record.kind in MINISTRIES]
    return records[0].name if records else ""


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
