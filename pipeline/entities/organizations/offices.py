"""Offices of a prefecture, in a document that the prefecture has published: 県民生活部消費生活センター, 市町村課."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import in_name
from pipeline.entities.organizations.department_names import runs_on
from pipeline.entities.organizations.facts import generic
from pipeline.entities.organizations.find import OrganizationName
from pipeline.entities.organizations.left_edge import past_outside, run_start
from pipeline.entities.organizations.telling import NO_OFFICE
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.organizations.find import Found
    from pipeline.model.sentence import Analysis, Token

PREFECTURE = Rule(
    "prefecture_that_publishes",
    "^(?:北海道|東京都|京都府|大阪府|[一-龥]{2,3}県)",
    reads=("⟦青森県⟧", "⟦大阪府⟧商工労働部"),
    leaves=("環境省", "青森市"),
)
OFFICE = Rule(
    "end_of_an_office",
    "^(?:[部局課室]|センター|事務所|振興局)$",
    reads=("⟦部⟧", "⟦センター⟧"),
    leaves=("本部", "部長", "県"),
)


def offices(analysis: Analysis, publisher: str, finds: list[Found]) -> Iterator[Found]:
    """Yield the offices of the prefecture that is the ``publisher``, with its name in their norm."""
    owner = PREFECTURE.match(publisher)
    if owner is None:
        return
    text, tokens = analysis.sentence.text, analysis.tokens
    for last, token in enumerate(tokens):
        if not OFFICE.search(token.surface) or _goes_on(text, tokens, last):
            continue
        first = past_outside(tokens, run_start(text, tokens, last), last)
        start = tokens[first].start
        taken = any(find.start < token.end and start < find.end for find in finds)
        if first == last or taken or not _names_one(text[start : token.start], token.surface):
            continue
        name = text[start : token.end]
        full = name if name.startswith(owner.group()) else owner.group() + name
        yield Find(start, token.end, "department", OrganizationName(name, kind="local", alias_of=full))


def _goes_on(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether a word goes on behind what looks like an office: 消費生活センター｜職員."""
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    touches = behind is not None and behind.start == tokens[last].end and in_name(behind)
    return touches or runs_on(text, tokens[last].end)


def _names_one(stem: str, head: str) -> bool:
    """Whether a stem names one office of a prefecture: 市町村｜課, but not 担当｜課, コール｜センター."""
    classed = len(head) > 1 and stem in generic()
    return len(stem) > 1 and not classed and NO_OFFICE.search(stem) is None
