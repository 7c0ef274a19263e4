"""連合 and 同盟 for the federations of unions: where the text names one in full, or lists it with its like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.facts import words
from pipeline.entities.organizations.find import OrganizationName
from pipeline.facts import rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Sentence

_LETTERS = "一-龥ァ-ヶーA-Za-z"
ALONE = Rule(
    "federation_of_unions_alone",
    rf"""(?<![{_LETTERS}々]) (?P<name>連合|同盟)
    (?= [はがもやと、，・（）」』] | の[一-龥] | に(?:加盟|所属|対) | {alternatives(words("of_a_federation"))} )""",
    flags=re.VERBOSE,
    reads=("⟦連合⟧は", "、⟦同盟⟧、", "⟦連合⟧会長", "⟦連合⟧の大会"),
    leaves=("連合を組む", "欧州連合は", "連合国", "同盟関係"),
)
_LIKE = alternatives(words("like_a_federation"))
BEFORE = Rule(
    "beside_a_federation_before",
    rf"(?:{_LIKE})(?:（[^（）]{{1,12}}）)?[、，・と]$",
    reads=("⟦経団連、⟧", "⟦総評・⟧"),
    leaves=("企業、", "経団連は"),
)
BEHIND = Rule(
    "beside_a_federation_behind",
    rf"[、，・と](?:{_LIKE})",
    reads=("⟦、経団連⟧", "⟦と全労連⟧"),
    leaves=("、企業", "は経団連"),
)
REACH = 24  # 決め打ち: characters of a name and its bracket right before


def _federations() -> dict[str, tuple[str, ...]]:
    """Map 連合 and 同盟 to what each stands for, the one of today first (``data/org_federations.csv``)."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("org_federations.csv"):
        found[row["short"]] = (*found.get(row["short"], ()), row["name"])
    return found


FEDERATIONS = _federations()


class Unions:
    """The federations that a document has named in full so far."""

    def __init__(self, lexicon: Lexicon[Organization]) -> None:
        """Begin with none."""
        self._lexicon = lexicon
        self._named: dict[str, str] = {}

    def find(self, sentence: Sentence, finds: list[Found]) -> Iterator[Found]:
        """Yield the federations that a sentence names by 連合 or 同盟 alone."""
        text = sentence.text
        for find in finds:
            for short, names in FEDERATIONS.items():
                if find.name.name in names:
                    self._named[short] = find.name.name
        if not any(short in text for short in FEDERATIONS):
            return
        for match in ALONE.finditer(text):
            start, end = match.span("name")
            if any(find.start < end and start < find.end for find in finds):
                continue
            named = self._named.get(match["name"])
            listed = BEFORE.search(text, max(0, start - REACH), start) or BEHIND.match(text, end)
            if named or listed:
                full = (named,) if named else FEDERATIONS[match["name"]]
                records = tuple(pair for name in full for pair in self._lexicon.get(name))
                yield Find(start, end, "definition", OrganizationName(match["name"], records))
