"""Every id that is printed is tied to its law by something in the text; what has nothing loses it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.clean import fold
from pipeline.entities.laws.citation import Citation
from pipeline.entities.laws.evidence import evidence
from pipeline.entities.laws.instruments import shipped
from pipeline.entities.laws.numbers import kanji_number
from pipeline.entities.laws.registry import Instrument
from pipeline.entities.laws.resolved import ResolvedLaw
from pipeline.entities.names.registry import Name, Validity
from pipeline.flow import load
from pipeline.model.entity import Entity
from pipeline.read import read
from tests.conftest import CHAPTER, ROOT

OLD = Instrument(
    "架空港湾法", "law", "昭和二十五年法律第一号", "325AC0000000001",
    (Name("架空港湾法", "title"), Name("港湾特法", "short", Validity(date(1950, 1, 1), date(1970, 1, 1)))),
    Validity(date(1950, 1, 1), None), "in_force",
)  # fmt: skip
NEW = Instrument(
    "架空港湾特例法", "law", "昭和四十五年法律第一号", "345AC0000000001",
    (Name("架空港湾特例法", "title"), Name("港湾特法", "short", Validity(date(1970, 1, 2), None))),
    Validity(date(1970, 1, 2), None), "in_force",
)  # fmt: skip
BOTH = ((OLD, OLD.names[1]), (NEW, NEW.names[1]))
TEXTS = [ROOT / "corpus" / f"{CHAPTER}.txt"]
SHARED = ROOT.parent / "shared/corpus"
# Longer ones would take more than a second or two each (決め打ち).
TEXTS += [
    path for path in sorted(SHARED.rglob("*.txt")) if path.stat().st_size < 200_000 and path.stem != CHAPTER
]


@pytest.mark.parametrize(
    ("citation", "law", "day", "wanted"),
    [
        (Citation("架空港湾法"), OLD, None, "title"),
        (Citation("港湾特法", BOTH), OLD, date(1960, 1, 1), "name"),
        (Citation("港湾特法", BOTH), OLD, date(1980, 1, 1), ""),
        (Citation("港湾特法", BOTH), NEW, date(1980, 1, 1), "name"),
        (Citation("港湾特法", BOTH[:1]), OLD, date(1980, 1, 1), "name"),
        (Citation("港湾の法律", number="昭和25年法律第1号"), OLD, None, "number"),
        (Citation("港湾の法律", number="昭和25年法律第2号"), OLD, None, ""),
        (Citation("ほかの法", near="昭和二十五年法律第一号"), OLD, None, "number"),
        (Citation("ほかの法"), OLD, None, ""),
    ],
)
def test_what_ties_a_mention_to_its_law(
    citation: Citation, law: Instrument, day: date | None, wanted: str
) -> None:
    found = ResolvedLaw(law.title, law.number, law.law_id, instrument=law)
    assert evidence(found, citation, day, None) == wanted


def test_the_time_of_the_sentence_counts_as_well() -> None:
    found = ResolvedLaw(OLD.title, OLD.number, OLD.law_id, instrument=OLD)
    spoken = (date(1960, 1, 1), date(1960, 12, 31))
    assert evidence(found, Citation("港湾特法", BOTH), date(1980, 1, 1), spoken) == "name"


def _tied(entity: Entity, names: tuple[str, ...], before: dict[str, Entity]) -> bool:
    """Whether a name or the number of a law stands in the mention, or in one that it leans on."""
    surface = fold(entity.surface)
    if any(name in surface for name in names) or entity.law_num in kanji_number(surface):
        return True
    past = before.get(entity.antecedent)
    return past is not None and past.law_id == entity.law_id


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_id_in_the_corpus_has_its_evidence_in_the_text(path: Path) -> None:
    names = {
        record.law_id: tuple(fold(name.text) for name in record.names)
        for record in shipped().records
        if record.law_id
    }
    laws = load("sudachi")(read(path)).entities.of("LAW")
    before = {entity.entity_id: entity for entity in laws}
    defined = {entity.surface for entity in laws if entity.rule.startswith("definition")}
    loose = [
        entity
        for entity in laws
        if entity.law_id and not _tied(entity, names[entity.law_id], before) and entity.surface not in defined
    ]
    assert not loose
