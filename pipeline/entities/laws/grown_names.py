"""Names that lean on a name beside them: X法（…に関する法律）, …条約（…）の第二追加議定書."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.around import grown
from pipeline.entities.laws.citation import Citation, Find
from pipeline.entities.laws.heads import generic, method_endings
from pipeline.entities.laws.pattern_words import words
from pipeline.entities.names.phrases import in_name, noun_run
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Lexicon
    from pipeline.model.sentence import Analysis

# サービサー法（債権管理回収業に関する特別措置法）
_OPENED = Rule(
    "bracket_opened_behind_a_name", r"」?[ 　]?（「?$", reads=("サービサー法（",), leaves=("法、",)
)
_CLOSED = Rule(
    "bracket_closed_behind_a_title",
    r"」?(?:(?:のこと)?(?:をいう|を指す|である))?(?:[。、][^（）]*)?）",
    reads=("措置法⟦）⟧", "措置法⟦をいう。以下同じ。）⟧"),
    leaves=("措置法⟦に",),
)
_KIND = Rule(
    "kind_of_order_alone",
    "^(?:(?:[一-龥ァ-ヶー]{1,10}[省府庁会院所])?(?:令|告示|訓令|規則|規程)|政令|条例)$",
    reads=("大蔵省令", "国家公安委員会規則"),
    leaves=("電波法施行規則", "道路運送車両令"),
)
_SHORT_HEADS = words("name_head")
# （ブダペスト条約）の第二追加議定書
_PROTOCOL = Rule(
    "protocol_behind_a_bracket",
    r"」?[ 　]?（[^（）]{1,60}）の(?P<name>(?:第[一二三四五六七八九1-9]{1,2})?(?:追加|選択|改正)?議定書)",
    reads=("サイバー犯罪に関する条約⟦（ブダペスト条約）の第二追加議定書⟧が",),
    leaves=("条約⟦の第二追加議定書",),
)
_NUMBERED = Rule(
    "numbered_protocol",
    "第[一二三四五六七八九1-9]{1,2}(?:追加|選択)議定書$",
    reads=("の第一追加議定書",),
    leaves=("の追加議定書",),
)


def short_before(analysis: Analysis, finds: Sequence[Find], lexicon: Lexicon[Instrument]) -> Iterator[Find]:
    """Yield the names that no registry holds and whose bracket holds nothing but a title."""
    text, tokens = analysis.sentence.text, analysis.tokens
    for find in finds:
        opened = _OPENED.search(text, max(0, find.start - 3), find.start)
        last = analysis.ends.get(opened.start()) if opened else None
        if opened is None or last is None or not _CLOSED.match(text, find.end) or not in_name(tokens[last]):
            continue
        start = tokens[noun_run(text, tokens, last)].start
        name = text[start : opened.start()]
        if not _is_short(name, find.citation) or lexicon.get(name):
            continue
        base = replace(find.citation, number="", suffix=find.citation.suffix, prefix="")
        own = Citation(name, base.records) if base.records else replace(base, locators=Citation().locators)
        yield Find(start, opened.start(), "definition", replace(own, locators=Citation().locators))


def with_protocols(text: str, finds: Sequence[Find]) -> list[Find]:
    """Return ``finds`` with the protocols that stand behind the bracket of a treaty.

    They are the treaty's.
    """
    found = list(finds)
    for find in finds if "議定書" in text else ():
        match = _PROTOCOL.match(text, find.end)
        if match is None or not find.citation.name.endswith(("条約", "協定", "憲章")):
            continue
        base = Citation(find.citation.name, find.citation.records, suffix=match["name"])
        own = grown(text, *match.span("name"), "registry", base)
        span = match.span("name")
        found = [one for one in found if not span[0] <= one.start < span[1]]
        found.append(replace(own, citation=replace(own.citation, suffix=match["name"])))
    return found


def protocol_of(text: str, find: Find) -> tuple[int, int] | None:
    """Return the span of the part of a name by which a text can go on to speak of a numbered protocol."""
    match = _NUMBERED.search(find.citation.suffix)
    at = text.rfind(match.group(), find.start, find.end) if match else -1
    return (at, at + len(match.group())) if match and at >= 0 else None


def _is_short(name: str, title: Citation) -> bool:
    """Whether a run of nouns can be a short name of a law with this title.

    It ends as laws do, and is no method.
    """
    stem = name.removesuffix("法")
    if _KIND.fullmatch(name):
        return False  # 大蔵省令（…に関する省令）
    return (
        name.endswith(_SHORT_HEADS)
        and 2 < len(name) < len(title.name)
        and name not in generic()
        and not (name.endswith("法") and stem.endswith(method_endings()))
    )
