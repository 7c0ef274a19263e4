"""ORG: names of bodies → the official names at the time spoken of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.entities.organizations.facts import (
    HEADS,
    own_names,
    without_legal_form,
    words,
)
from pipeline.entities.organizations.homographs import FIRMS, homographs
from pipeline.entities.organizations.written_out import SPACES, STATION, written_out
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.entities.names.registry import Name
    from pipeline.entities.organizations.recognize import OrganizationName
    from pipeline.entities.organizations.registry import Organization

# 局 and 部 are named without their ministry; whoever was named last owns them.
DEPARTMENT_KINDS = frozenset({"bureau", "division"})
OWNERS = frozenset({"ministry", "agency"})
SECRETARIAT = Rule(
    "secretariat_in_between",
    "(?:大臣|長官)官房",
    reads=("農林水産省⟦大臣官房⟧統計情報部", "防衛庁⟦長官官房⟧"),
    leaves=("内閣官房",),
)
INNER_ACRONYM = Rule(
    "acronym_within_a_norm",
    "（[A-Za-z&/-]{2,12}）",
    reads=("ASEAN情報通信技術⟦（ICT）⟧基金を設けた。",),
    leaves=("国際連合（本部）",),
)
SUPPORTERS = Rule(
    "supporters_of_an_international_body",  # they bear its short name: 国連UNHCR協会 is no 国際連合UNHCR協会
    "(?:協会|財団|連盟|協力会)$|国内[一-龥]{0,6}委員会$",
    reads=("国連UNHCR⟦協会⟧", "国連NGO⟦国内委員会⟧"),
    leaves=("国連人権委員会", "国連協会員"),
)
# What is named without its owner, so that an older body may be meant than the one that is known.
PART = Rule(
    "part_of_a_body",
    "(?:[局部課室]|委員会)$",
    reads=("工部省鉄道⟦局⟧", "内閣⟦委員会⟧"),
    leaves=("国土交通省", "局長"),
)
OF_THEIR_OWN = frozenset(
    {"institute", "association", "corporation", "school", "university", "company", "union"}
)


@dataclass(frozen=True, slots=True)
class ResolvedOrganization:
    """The official name or names (several for a coordination) of one mention."""

    norms: tuple[str, ...]
    kind: str = ""
    flags: tuple[str, ...] = ()


class OrganizationResolver:
    """Resolves the bodies of one document, in text order."""

    def __init__(self, reference: date | None) -> None:
        """Take the document's reference date, which decides between bodies of one name."""
        self._reference = reference
        self._owner: tuple[int, str] | None = None
        self._named: set[str] = set()

    def resolve(
        self, name: OrganizationName, sentence: int, spoken: tuple[date, date] | None
    ) -> ResolvedOrganization:
        """Return the official name; ``spoken`` is the time that the sentence speaks of, if it names one.

        A short name that several bodies bear, none of them by the day, stays as it is written.
        """
        if name.norms:
            return self._several(name, spoken)
        if name.whole and not (spoken and _ended(name.whole, spoken[0])):
            return self._one(name.whole, sentence, spoken)
        if name.contested:
            return ResolvedOrganization((name.name,), name.records[0][0].kind, ("ambiguous_name",))
        return self._one(name, sentence, spoken)

    def _one(
        self, name: OrganizationName, sentence: int, spoken: tuple[date, date] | None
    ) -> ResolvedOrganization:
        if name.records:
            return self._registered(name, sentence, spoken)
        if name.head:
            record, written, flags = self._choose(name.head, spoken)
            self._remember(sentence, record)
            if record.kind == "international" and written.kind != "title" and SUPPORTERS.search(name.name):
                return ResolvedOrganization((SPACES.sub("", name.name),), "association", flags)
            if record.kind in FIRMS and _of_its_own(name.rest):
                # 三菱食品｜衛生研究所: a body that no registry holds, called as it is written (トヨタ記念病院).
                bare = without_legal_form(SPACES.sub("", name.name))
                return ResolvedOrganization((bare,), name.kind or record.kind, flags or ("not_in_registry",))
            rest = STATION.sub("警察署", name.rest) if record.kind == "police" else name.rest
            rest = INNER_ACRONYM.sub("", SPACES.sub("", rest))
            if record.kind in FIRMS | OF_THEIR_OWN:  # not 厚生労働省｜国立研究開発法人審議会
                rest = without_legal_form(rest)
            official = without_legal_form(record.name + rest)  # 東日本旅客鉄道｜株式会社水戸支社
            return ResolvedOrganization((official,), name.kind or record.kind, flags or name.doubts)
        official = written_out(name.alias_of or name.name, name.kind, initial=not name.whole_word)
        return ResolvedOrganization((official,), name.kind, ("not_in_registry",))

    def _registered(
        self, name: OrganizationName, sentence: int, spoken: tuple[date, date] | None
    ) -> ResolvedOrganization:
        owned = self._owned(name.records, sentence)
        short = all(written.kind != "title" for _, written in name.records)
        record, written, flags = self._choose(owned, spoken)
        if short:
            flags = flags or self._doubts_of_part(name.name, (record, written), spoken)
        elif name.name in words("states_have") and self._ended(record, spoken):
            flags = ("ambiguous_name",)  # 参謀本部 in 2022 is another state's
        if name.name.isascii() and name.name in homographs() and self._over(written, spoken):
            # EC in 2021: 欧州共同体 was gone, and EC means other things as well.
            flags = flags or (() if record.name in self._named else ("ambiguous_name",))
        if flags and written.kind != "title":
            return ResolvedOrganization((name.name,), record.kind, flags)
        self._remember(sentence, record)
        self._named.add(record.name)
        return ResolvedOrganization((_official(record, written),), record.kind, flags)

    def _several(self, name: OrganizationName, spoken: tuple[date, date] | None) -> ResolvedOrganization:
        """Return the official names of the members of a coordination (陸・海・空自)."""
        pairs = list(zip(name.norms, name.members, strict=True))
        chosen = [self._choose(records, spoken)[0] if records else None for _, records in pairs]
        norms = tuple(
            record.name if record else text for (text, _), record in zip(pairs, chosen, strict=True)
        )
        kind = name.kind or next((record.kind for record in chosen if record), "")
        return ResolvedOrganization(norms, kind, () if all(chosen) else ("not_in_registry",))

    def _remember(self, sentence: int, record: Organization) -> None:
        if record.kind in OWNERS and record.country == "JP":
            self._owner = (sentence, record.name)
        elif record.kind in DEPARTMENT_KINDS and record.parent:
            self._owner = (sentence, record.parent)

    def _owned(
        self, records: tuple[tuple[Organization, Name], ...], sentence: int
    ) -> tuple[tuple[Organization, Name], ...]:
        """Prefer the departments of the ministry that the sentence named last (大蔵省主計局と主税局)."""
        if len(records) > 1 and self._owner and self._owner[0] == sentence:
            return tuple(pair for pair in records if pair[0].parent == self._owner[1]) or records
        return records

    def _choose(
        self, records: Sequence[tuple[Organization, Name]], spoken: tuple[date, date] | None
    ) -> tuple[Organization, Name, tuple[str, ...]]:
        """Choose among bodies of one name: an official name first, then by time, then the Japanese one."""
        pairs = list(records)
        if spoken:
            pairs = [p for p in pairs if _valid(p, spoken[0], spoken[1])] or pairs
        if self._reference:
            day = self._reference
            pairs = [p for p in pairs if _valid(p, day, day)] or [p for p in pairs if _begun(p, day)] or pairs
        pairs = [p for p in pairs if p[1].kind == "title"] or pairs
        own = [p for p in pairs if p[0].country == "JP"] or pairs
        flags = ("ambiguous_name",) if len({p[0].name for p in own}) > 1 else ()
        return own[0][0], own[0][1], flags

    def _begun(self, pair: tuple[Organization, Name], spoken: tuple[date, date] | None) -> bool:
        """Whether a body was there by the document's day or the time that is spoken of."""
        days = [day for day in (self._reference, spoken[1] if spoken else None) if day]
        return not days or any(_begun(pair, day) for day in days)

    def _doubts_of_part(
        self, name: str, pair: tuple[Organization, Name], spoken: tuple[date, date] | None
    ) -> tuple[str, ...]:
        """What is in doubt of a part named without its body: another body may have had one of that name."""
        if PART.search(name) and not self._begun(pair, spoken):
            return ("not_in_registry",)  # a 民事局 from before the known one existed
        record = pair[0]
        alone = record.parent is not None and record.name == record.parent + name
        return ("ambiguous_name",) if alone and self._gone(record, spoken) else ()  # 防災局 in 2026

    def _gone(self, record: Organization, spoken: tuple[date, date] | None) -> bool:
        """Whether a part was gone on the document's day, and the text does not tell of its body."""
        told = any(one.startswith(record.parent or record.name) for one in self._named)
        return self._ended(record, spoken) and not told

    def _ended(self, record: Organization, spoken: tuple[date, date] | None) -> bool:
        """Whether a body had ended by the document's day, and by the time that the sentence speaks of."""
        last = record.valid.last
        gone = last is not None and self._reference is not None and last < self._reference
        return gone and not (spoken and record.valid.holds(*spoken))

    def _over(self, written: Name, spoken: tuple[date, date] | None) -> bool:
        """Whether a body no longer bore a name on the document's day, nor in the time that is spoken of."""
        last = written.valid.last
        over = last is not None and self._reference is not None and last < self._reference
        return over and not (spoken and written.valid.holds(*spoken))


def _official(record: Organization, written: Name) -> str:
    """Return the official name of a body; a firm abroad in Latin letters keeps its own (Google, not グーグル)."""
    if SECRETARIAT.sub("", record.name) == written.text:
        return written.text
    return own_names().get(record.name, record.name) if written.text.isascii() else record.name


def _of_its_own(rest: str) -> bool:
    """Whether what stands behind a firm's name makes of it another body's: 病院, 研究所, not 総務部."""
    return any(head.kind in OF_THEIR_OWN for head in HEADS.at(rest, len(rest)))


def _valid(pair: tuple[Organization, Name], first: date, last: date) -> bool:
    record, name = pair
    return record.valid.holds(first, last) and name.valid.holds(first, last)


def _begun(pair: tuple[Organization, Name], day: date) -> bool:
    """Whether a body was there, and bore the name, on the day or before it."""
    return all(valid.first is None or valid.first <= day for valid in (pair[0].valid, pair[1].valid))


def _ended(name: OrganizationName, day: date) -> bool:
    """Whether the registry knows that a body, or the one that it is a part of, was gone on the day."""
    lasts = [record.valid.last for record, _ in name.records or name.head]
    return bool(lasts) and all(last is not None and last < day for last in lasts)
