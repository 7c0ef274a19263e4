"""Committees and panels named without the body that they are of: OECDは…環境委員会を, この審議会の年金部会."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.facts import generic, words
from pipeline.entities.organizations.find import OrganizationName
from pipeline.entities.organizations.houses import HOUSES
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis

SUB_BODY = Rule(
    "committee_of_a_body",
    "(?:委員会|理事会|部会|分科会)$",
    reads=("環境⟦委員会⟧", "年金⟦部会⟧"),
    leaves=("協議会", "委員会制度"),
)
EACH = Rule(
    "one_for_each",  # a class of committees, none of the body that was named before
    "(?:ごと|毎|各[一-龥]{1,8})に(?:置|設け|設置)[かさらけれてたいる]{1,6}$|[各両諸]$",
    reads=("⟦各⟧", "管轄区域⟦ごとに置かれる⟧", "⟦各都道府県に設置された⟧"),
    leaves=("法務省に置かれる委員会", "区域ごとに委員会"),
)
PANEL = Rule(
    "panel_of_a_council",  # its name alone names it once the council was named with it
    f"(?:{alternatives(words('council_with_panels'))})(?P<panel>[^会]{{2,}}(?:部会|分科会))$",
    reads=("⟦審議会測地学分科会⟧", "社会保障⟦審議会年金部会⟧"),
    leaves=("審議会部会", "審議会小委員会", "審議会測地学分科会長"),
)
OTHERS = Rule(
    "owner_of_another_panel",  # 県の｜医療部会; what follows 今回の is left, too
    "の$",
    reads=("県⟦の⟧",),
    leaves=("今回、", "県"),
)
TOPIC = Rule(
    "who_has_a_panel_of_its_own",  # 全国知事会｜は年金部会を開いた: rather its own than the council's
    "(?:は|では|にも|には|も)",
    reads=("⟦は⟧", "⟦では⟧", "⟦にも⟧"),
    leaves=("⟦の", "⟦が", "⟦で開いた"),
)
PLACE_TOPIC = Rule(
    "places_that_have_panels_of_their_own",
    "(?:[都道府県市町村]|[本各]校)(?:は|では|にも|には|も)",
    reads=("青葉⟦県では⟧", "市町⟦村にも⟧", "⟦本校は⟧"),
    leaves=("県の", "今日は", "市場も"),
)
SET_UP = Rule(
    "panel_that_is_set_up",  # a new one, no panel that was named before
    "を(?:新たに)?(?:設け|置|設置|新設|招集)|が(?:新たに)?(?:置かれ|設けられ|設置され|新設され)",
    reads=("部会⟦を設け⟧た", "部会⟦が置かれ⟧た", "部会⟦を新設⟧する"),
    leaves=("⟦を開いた", "⟦が述べた", "⟦の設置"),
)
COUNCIL, COMMITTEE = "council", "委員会"
MANY = ("都道府県", "市町村", "市区町村")  # 国家公安委員会と｜都道府県公安委員会: none of it
CLAUSE = 60  # 決め打ち: so far before a panel stands who has it
LEVELS = 4  # 決め打ち: a panel, its council, its ministry
REACH = 8  # 決め打ち: so many sentences behind its last naming a panel is still its council's
# A committee named without its parent belongs to a body of these kinds that the sentence named before.
PARENTS = frozenset({"international", "legislature", "alliance", "council"})


class SubBodies:
    """The panels that a section has named with their councils, and what a panel alone then stands for."""

    def __init__(self, lexicon: Lexicon[Organization]) -> None:
        """Begin with none; the ``lexicon`` knows to which bodies a council belongs."""
        self._lexicon = lexicon
        self._named: dict[str, tuple[int, OrganizationName]] = {}
        self._number = 0
        self._section: tuple[str, ...] = ()

    def begin(self, section: tuple[str, ...], finds: list[Found]) -> None:
        """Go on to the next sentence with its ``finds``; another section begins without a memory."""
        self._number += 1
        if section != self._section:
            self._named.clear()
            self._section = section
        for find in finds if self._named else ():
            self._forget(find.name)
        for find in finds:
            self._learn(find.name)

    def _forget(self, name: OrganizationName) -> None:
        """Forget the panels of other councils: behind 青葉県社会福祉審議会 its 福祉部会 may be meant."""
        again = name.name in self._named  # 第3回｜福祉部会
        if name.kind == COUNCIL and not (again or name.records or name.head or name.alias_of):
            self._named.clear()

    def _learn(self, name: OrganizationName) -> None:
        for record, _ in (name.records or name.head)[:1]:
            if panel := PANEL.search(record.name + name.rest):
                self._named[panel["panel"]] = (self._number, name)

    def find(self, analysis: Analysis, start: int, end: int, finds: list[Found]) -> Iterator[Found]:
        """Yield a committee as one of the body named last in the sentence, a panel as it was named before."""
        text = analysis.sentence.text
        name = text[start:end]
        found = _of_body_before(text, start, end, finds)
        number, named = self._named.get(name, (0, None))
        alone = not OTHERS.search(text, max(0, start - 1), start) and not EACH.search(
            text, max(0, start - 18), start
        )
        near = alone and self._number - number <= REACH
        if found is None and named is not None and near:
            other = self._of_another(text, start, end, named, finds)
            found = None if other else replace(named, name=name)
        if found is not None:
            self._learn(found)
            yield Find(start, end, "sub_body", found)

    def _of_another(
        self, text: str, start: int, end: int, named: OrganizationName, finds: list[Found]
    ) -> bool:
        """Whether a panel is rather one of whom the sentence speaks, or a new one: 全国知事会は年金部会を設けた."""
        far = max(0, start - CLAUSE)
        if SET_UP.match(text, end) or PLACE_TOPIC.search(text, far, start):
            return True
        others = [find for find in finds if far <= find.end <= start and TOPIC.match(text, find.end)]
        owners = self._owners(named) if others else set()
        return any(
            owners.isdisjoint(record.name for record, _ in find.name.records or find.name.head)
            for find in others
        )

    def _owners(self, named: OrganizationName) -> set[str]:
        """Return the names of a panel, of its council and of what that belongs to."""
        owners: set[str] = set()
        level = [record for record, _ in (named.records or named.head)]
        for _ in range(LEVELS):
            owners.update(record.name for record in level)
            parents = {record.parent for record in level if record.parent}
            owners |= parents
            level = [record for parent in sorted(parents) for record, _ in self._lexicon.get(parent)]
        return owners


def _beside(record: Organization, name: str) -> bool:
    """Whether a committee is named beside another one of a house, and so is none of its."""
    committees = name.endswith(COMMITTEE) and record.name.endswith(COMMITTEE)
    return committees and record.parent in HOUSES


def _of_body_before(text: str, start: int, end: int, finds: list[Found]) -> OrganizationName | None:
    """Return a committee as one of the body that the sentence named last before it: OECDは…環境委員会を."""
    name = text[start:end]
    stem = SUB_BODY.sub("", name)
    each = EACH.search(text, max(0, start - 18), start)
    before = [find for find in finds if find.end <= start]
    many = name.startswith(MANY)
    if stem == name or stem in generic() or len(stem) < 2 or each or many or not before:
        return None
    for record, _ in before[-1].name.records[:1]:
        of_japan = record.kind != "council" or record.country == "JP"
        if _beside(record, name):
            # 衆議院予算委員会、｜懲罰委員会: both are the house's
            return OrganizationName(name, kind=COUNCIL, alias_of=f"{record.parent}{name}")
        if (
            record.kind in PARENTS and of_japan and not record.name.endswith(name)
        ):  # 運輸安全委員会（安全委員会）
            return OrganizationName(name, head=before[-1].name.records, rest=name)
    return None
