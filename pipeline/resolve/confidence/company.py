"""What the mentions around a mention and the words at its edges say of it.

Spans are half-open and count code points of the text of a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.entities.names.own import OWN_NAME
from pipeline.model.rule import Rule
from pipeline.resolve.confidence.signs import CLOSING, OPENING, side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Analysis

MANY = ""  # a rule that found a norm under several surfaces
REGISTRY = "registry"
LEANING = ("definition", "anaphor", "number")  # rules whose mentions are as right as what they lean on
GROUPS = (REGISTRY, *LEANING, "department", "sub_body")
LEFT_OF_A_PLACE = Rule(
    "left_of_a_place",
    r"[（(《〈\[]?[ 　]{0,3}(?:[0-9a-zA-Z①-⑳]{1,4}[）)》]|ただし書|本文|前段|後段|各号|柱書|[イロハニ]"
    r"|第?[0-9一二三四五六七八九十]{1,9}[条項号]|《)",
    reads=("⟦ただし書⟧の場合", "⟦（a）⟧", "⟦第3項⟧"),
    leaves=("の規定", "（平成25年法律第1号）"),
)
REMEMBERED = 4096  # 決め打ち: names with their norms; most recur
AHEAD = 16  # 決め打ち: code points behind a law in which the rest of its place begins

Found = dict[tuple[str, str], dict[str, str]]
"""By label and norm: each rule that found it, with the surface, or ``MANY``."""


class Company(NamedTuple):
    """The mentions that a mention keeps company with.

    Attributes:
        before: The end and the label of the mention before it in its sentence; None without one.
        behind: The start and the label of the one behind it.
        rules: Each rule that found its norm in the document, with the surface, or ``MANY``.
    """

    before: tuple[int, str] | None = None
    behind: tuple[int, str] | None = None
    rules: Mapping[str, str] = MappingProxyType({})


def rule_of(mention: Mention[Any]) -> str:
    """Return the rule; a name of one's own is as good as one of the registry, and no gold has any."""
    rule = mention.rule
    return rule.replace(OWN_NAME, REGISTRY) if OWN_NAME in rule else rule


def found_by(told: Iterable[tuple[str, str, str, str]]) -> Found:
    """Return by which rules each norm was found, from the label, norm, rule and surface of each mention."""
    found: Found = defaultdict(dict)
    for label, norm, rule, surface in told:
        rules = found[label, norm]
        rules[rule] = surface if rules.get(rule, surface) == surface else MANY
    return found


def of_company(mention: Mention[Any], norm: str, text: str, company: Company) -> list[str]:
    """Return what the other mentions say.

    Args:
        mention: As its recognizer found it.
        norm: What it means.
        text: Of its sentence.
        company: The mentions around it.
    """
    found = []
    if company.before:
        found += _gap(text[company.before[0] : mention.start], company.before[1], "の before")
    if company.behind:
        found += _gap(text[mention.end : company.behind[0]], company.behind[1], "の behind")
    surface = text[mention.start : mention.end]
    also = [rule for rule, other in company.rules.items() if other != surface]
    if mention.label == "DATE":
        if also:
            found.append("norm by other name")
        return found if also or norm == surface else [*found, "alias alone"]
    group = _group(rule_of(mention))
    if not also:
        return found
    found += [f"also {rule}" for rule in also]
    return found + [f"{group} also {rule}" for rule in also] if group in LEANING else found


def of_edges(mention: Mention[Any], norm: str, analysis: Analysis) -> list[str]:
    """Return what the words at the edges of a name say, and how its norm differs from what is written."""
    text, start, end = analysis.sentence.text, mention.start, mention.end
    found = _brackets(text[start - 1 : start], text[end : end + 1])
    if mention.label == "DATE":
        return found
    group, first_sign = _group(rule_of(mention)), side(text[start])
    left, first, right = _words(analysis, start, end)
    found += [f"starts {first_sign}", f"{group} starts {first_sign}", f"first {first}"]
    if mention.label == "ORG":
        return [*found, f"{group} norm {_change(text[start:end], norm)}"]
    found += [f"leftpos {left}", f"rightpos {right}"]
    rest = bool(LEFT_OF_A_PLACE.match(text[end : end + AHEAD]))
    if mention.rule.endswith("_place"):
        found.append("place leftover" if rest else "place clean")
    elif rest:
        found.append("no place leftover")
    return [*found, "の一部"] if text.startswith("の一部", end) else found


def _gap(gap: str, label: str, joined: str) -> list[str]:
    if not gap:
        return [f"touches {label}"]
    if gap.isspace():
        return [f"blank from {label}"]
    if gap == "の":
        return [f"{joined} {label}"]
    return [f"mark from {label}"] if len(gap) == 1 else []


@cache
def _group(rule: str) -> str:
    return next((group for group in GROUPS if rule.startswith(group)), "grammar")


def _brackets(before: str, behind: str) -> list[str]:
    opens, closes = before in OPENING, behind in CLOSING
    if opens or closes:
        return ["fills a bracket" if opens and closes else "opens a bracket" if opens else "closes a bracket"]
    return []


def _words(analysis: Analysis, start: int, end: int) -> tuple[str, str, str]:
    """Return what part of speech stands before, what begins, and what stands behind ``[start, end)``."""
    tokens, ends, length = analysis.tokens, analysis.ends, len(analysis.sentence.text)
    before, last = ends.get(start, -1), ends.get(end, -1)
    first = before + 1 if before >= 0 or start == 0 else -1
    begins = 0 <= first < len(tokens) and tokens[first].start == start
    follows = 0 <= last < len(tokens) - 1 and tokens[last + 1].start == end
    return (
        part_of_speech(tokens[before].pos) if before >= 0 else "cut" if start else "edge",
        part_of_speech(tokens[first].pos) if begins else "cut",
        part_of_speech(tokens[last + 1].pos) if follows else "cut" if end < length else "edge",
    )


@cache
def part_of_speech(pos: str) -> str:
    """Return two levels of it: of a noun, where the first tells little, the second and the third.

    >>> part_of_speech("名詞-固有名詞-地名-一般"), part_of_speech("助詞-格助詞-*-*")
    ('固有名詞-地名', '助詞-格助詞')
    """
    levels = pos.split("-")
    return "-".join(levels[1:3] if levels[0] == "名詞" and len(levels) > 1 else levels[:2])


@lru_cache(maxsize=REMEMBERED)
def _change(surface: str, norm: str) -> str:
    """Say how a norm differs from what is written.

    >>> _change("防衛局", "大蔵省防衛局"), _change("国連", "国際連合"), _change("WB", "世界銀行")
    ('longer left', 'subseq', 'few')
    """
    if surface in norm:
        if surface == norm:
            return "same"
        left, right = norm.endswith(surface), norm.startswith(surface)
        return "longer left" if left else "longer right" if right else "within"
    if norm in surface:
        return "shorter"
    if "|" in norm:
        return "several"
    signs = iter(norm)
    if all(sign in signs for sign in surface):
        return "subseq"
    shared = len(set(surface) & set(norm)) / len(set(surface))
    return "some" if shared >= 0.5 else "few"  # 決め打ち
