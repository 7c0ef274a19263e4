"""Parts of a body that a blank sets apart from its name: 文部科学省 高等教育局 医学教育課, 衆議院 運輸委員会."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.organizations.departments import grow
from pipeline.entities.organizations.facts import words
from pipeline.entities.organizations.find import OrganizationName
from pipeline.entities.organizations.houses import HOUSES
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis

BLANK = Rule(
    "blank_before_a_part",
    r"[ 　](?=[一-龥ァ-ヶA-Zぁ-ん])",
    reads=("⟦ ⟧高等教育局", "⟦　⟧鉄道局"),
    leaves=("⟦  高等教育局", "、高等教育局"),
)
OF_MINISTRY = Rule(
    "part_of_a_ministry",
    "(?:[局課室房]|(?<!本)部)$",
    reads=("高等教育⟦局⟧", "大臣官⟦房⟧", "砂防⟦部⟧"),
    leaves=("対策本部", "部会", "審議会"),
)
OF_COUNCIL = Rule(
    "panel_of_a_council_set_apart",
    "(?:部会|分科会|小委員会)$",
    reads=("学術⟦分科会⟧", "年金⟦部会⟧"),
    leaves=("審議会", "専門家会議"),
)
OF_TWO = Rule(
    "division_of_two_matters",
    "(?:[一-龥ァ-ヶー]{2,8}・){1,3}[一-龥ァ-ヶー]{1,8}?[局課室](?=長|[ 　（）、。]|$)",
    reads=("⟦環境安全・防災課⟧ 課長", "⟦企業・市場・技術課⟧"),
    leaves=("環境・防災課題", "防災課"),
)
COUNCIL = ("審議会", "協議会", "分科会", "部会")
RANKS = "房局部課室"  # each is of those before it
OWNERS = frozenset({"ministry", "agency", "bureau", "division", "police", "council", "legislature", "local"})


def joined(analysis: Analysis, finds: list[Found], lexicon: Lexicon[Organization]) -> list[Found]:
    """Return ``finds`` in the order of the text, each body in one with its parts behind a blank."""
    text = analysis.sentence.text
    if " " not in text and "　" not in text:
        return finds
    kept: list[Found] = []
    for find in sorted(finds, key=lambda find: find.start):
        if kept and find.start < kept[-1].end:
            continue
        kept.append(find)
        while part := _part(analysis, kept[-1], finds, lexicon):
            kept[-1] = part
    return kept


def _part(
    analysis: Analysis, owner: Found, finds: list[Found], lexicon: Lexicon[Organization]
) -> Found | None:
    """Return the body together with the part behind the blank that follows it, or None."""
    text, at = analysis.sentence.text, owner.end + 1
    open_name = owner.name.norms or owner.name.contested
    if not BLANK.match(text, owner.end) or open_name or _kind(owner) not in OWNERS:
        return None
    other = next((find for find in finds if find.start == at), None)
    two = OF_TWO.match(text, at)
    end = max(other.end if other else 0, grow(analysis, at), two.end() if two else 0)
    whole = text[owner.start : end]
    name = _named(owner, whole, text[at:end], lexicon) if _of(owner, text[at:end]) else None
    if other is not None and (other.name.records or owner.name.name in HOUSES):
        name = _of_the_same(owner, other, whole, name if other.end < end else None)
    return Find(owner.start, end, "part_set_apart", name) if name else None


def _of_the_same(
    owner: Found, other: Found, whole: str, longer: OrganizationName | None
) -> OrganizationName | None:
    """Return what the registry knows as a part of the same body, or what is ``longer``; 東京労働局 is none."""
    full = _full(owner)
    theirs = _full(other)
    if theirs == full or not theirs.startswith((full, owner.name.rest or full)):
        return None  # JTSB 運輸安全委員会: the same twice
    return longer or OrganizationName(whole, other.name.records, other.name.head, other.name.rest)


def _named(owner: Found, whole: str, part: str, lexicon: Lexicon[Organization]) -> OrganizationName:
    """Return what the registry knows of a part, or the part behind its body's name."""
    full = _full(owner) + part
    if records := lexicon.get(full):
        return OrganizationName(whole, records)
    head = owner.name.head or owner.name.records
    if head:
        return OrganizationName(whole, head=head, rest=owner.name.rest + part)
    return OrganizationName(whole, kind=_kind(owner), alias_of=full)


def _of(owner: Found, part: str) -> bool:
    """Whether it can be a part of the body: a bureau of a ministry, a panel of a council."""
    if owner.name.name in HOUSES:
        return part in words("of_a_house")
    if owner.name.name.endswith(COUNCIL):
        return OF_COUNCIL.search(part) is not None
    below = RANKS.find(part[-1:]) > RANKS.find(owner.name.name[-1])  # not 監督課 監督課長
    return _kind(owner) not in ("council", "legislature") and below and bool(OF_MINISTRY.search(part))


def _full(find: Found) -> str:
    """Return the official name of a body, or what is written of it."""
    name = find.name
    if name.records:
        return name.records[0][0].name
    return name.head[0][0].name + name.rest if name.head else name.alias_of or name.name


def _kind(find: Found) -> str:
    records = find.name.records or find.name.head
    return find.name.kind or (records[0][0].kind if records else "")
