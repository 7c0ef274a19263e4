"""What a text says of the names of laws itself.

Short and foreign names in brackets, formal names, definitions.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.citation import Citation, Find
from pipeline.entities.laws.heads import collectives, generic
from pipeline.entities.laws.listed_names import bare_name
from pipeline.entities.laws.locators import Locators
from pipeline.entities.laws.pattern_words import any_of
from pipeline.entities.laws.quoted import COLLECTIVE
from pipeline.entities.names.definitions import learn
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Lexicon

# 通信品位法（CDA：Communications Decency Act）: acronym and foreign name are names of their own.
_GLOSS_HEAD = (
    r"(?:Act|Law|Code|Treaty|Convention|Agreement|Regulation|Directive|Protocol|Charter|Constitution)"
)
GLOSS_HEAD = Rule("foreign_head_of_a_law", _GLOSS_HEAD, reads=("Decency Act",), leaves=("Fibre Agency",))
GLOSS = Rule(
    "foreign_name_in_a_bracket",
    rf"[」』]?[ 　]?（(?:(?P<acronym>[A-Z][A-Za-z0-9-]{{1,9}})[ 　]?[：:、,][ 　]?)?(?:The )?"
    rf"(?P<full>(?:[A-Z][A-Za-z ,.'’&-]{{4,100}}?\b{_GLOSS_HEAD}\b"
    r"(?: of (?:the )?[A-Z\d](?:[A-Za-z\d '’]{0,38}[A-Za-z\d])?| \d{4})?"
    rf"|{_GLOSS_HEAD} [a-z]{{2,10}} [A-Za-z ,.'’&-]{{4,140}}?))"
    r"(?:[ 　]?[：:、,;；][ 　]?(?P<short>[A-Z][A-Za-z0-9-]{1,9}))?[ 　]?[）（]",
    reads=(
        "通信品位法⟦（CDA：Communications Decency Act）⟧",
        "欧州機能条約⟦（Treaty on the Functioning of the European Union）⟧",
    ),
    leaves=("通信品位法⟦（1996年）",),
)
# （SOFA：State Optical Fibre Agency）: in this document the acronym is no law's.
_OTHERWISE = Rule(
    "acronym_of_something_else",
    r"（(?P<acronym>[A-Z][A-Za-z0-9-]{1,9})[ 　]?[：:][ 　]?[A-Z][A-Za-z ,.'’&-]{6,100}",
    reads=("（SOFA：State Optical Fibre Agency）",),
    leaves=("（SOFA）",),
)
_FORMAL = Rule(
    "formal_name_in_a_bracket",
    r"[」』]?[ 　]?（正式(?:名称|名)?[：:は、 　]*「?",
    reads=("X協定⟦（正式名称：⟧日本国と",),
    leaves=("X協定⟦（日本国と",),
)
_ALIAS = Rule(
    "short_name_of_an_instrument",
    rf"[ァ-ヶー・]{{2,12}}|.*(?:{any_of('name_head')})"
    rf"|(?!{_GLOSS_HEAD}$|Bill$)[A-Z][A-Za-z-]{{1,9}}",
    reads=("安保条約", "ACSA"),
    leaves=("2016",),
)
_KATAKANA = Rule(
    "word_in_katakana_alone", "^[ァ-ヶー]+$", reads=("ルール",), leaves=("フロン法", "ガット・ルール")
)
# 電波法を「法」と、放送法を「放法」という; 「電法」とは、電波法をいう.
_CALLED = Rule(
    "name_that_a_text_gives",
    r"[」』]?(?:（[^（）]{0,60}）)?を、?(?:以下、?)?(?:単に)?「(?P<name>[^「」]{1,30})」"
    r"(?:と(?:、|い[いう]|呼|略|総称|表記|し[、て]|する)|、(?=[^「」。]{2,80}を「[^「」]{1,30}」(?:、|と)))",
    reads=("電波法⟦を「電法」と呼⟧ぶ", "電波法⟦を「法」と、⟧", "電波法⟦を「法」、⟧放送法を「放法」という"),
    leaves=("電波法⟦を「改正」の",),
)
# 区分所有法は、俗に「マンション法」とも呼ばれ
_ALSO = Rule(
    "name_that_a_law_is_called",
    r"[」』]?(?:（[^（）]{0,60}）)?は、?(?:一?[俗般]に、?)?「(?P<name>[^「」]{2,30})」とも?[呼称言い]",
    reads=("電波法⟦は、俗に「電法」とも呼⟧ばれ", "電波法⟦は「電法」と呼⟧ばれる"),
    leaves=("電波法⟦は「電波」を", "電波法⟦は、法人が「電法」と呼"),
)
_MEANT = Rule(
    "name_that_means_a_law",
    r"「(?P<name>[^「」]{1,30})」(?:とは、?|は、?)(?:(?:改正|施行)[前後]の)?「?$",
    reads=("「電法」とは、", "「新法」とは、改正後の"),
    leaves=("「電法」に、",),
)
_SAID = Rule(
    "is_what_a_name_means",
    r"[」』]?(?:（[^（）]{0,60}）)?を(?:いう|言う|指す|意味する|、(?=「[^「」]{1,30}」とは[^。]{2,80}をいう))",
    reads=("電波法⟦をいう⟧。", "電波法⟦を、⟧「令」とは電波法施行令をいう"),
    leaves=("電波法⟦をいか",),
)
# 同法案（以下「電法」という。）
_OF_THE_SAME = Rule(
    "definition_behind_an_anaphor",
    "(?<!共)(?<!合)同(?P<head>法律?案|法|条約|協定|政令|省令|条例)(?=（以[下後])",
    reads=("⟦同法案⟧（以下「電法」という。）", "⟦同条約⟧（以後「電約」という。）"),
    leaves=("同法案は",),
)
_FAMILIES = (
    ("法", "法律", "法案", "法律案", "憲法"),
    ("条約", "協定", "取極", "議定書", "憲章", "交換公文"),
    ("令", "規則", "省令", "政令", "告示", "訓令", "指令", "規程", "細則"),
    ("条例",),
)
# Of these a short name keeps the one that the title has: a 協定 is no short name of a 条約.
_KEPT = ("条約", "協定", "議定書", "憲章")


def glosses(text: str, end: int, base: Citation) -> Iterator[Find]:
    """Yield the foreign names in the bracket behind a name that ends at ``end``."""
    gloss = GLOSS.match(text, end)
    for group in ("acronym", "full", "short"):
        if gloss and gloss[group]:
            yield Find(*gloss.span(group), "gloss", base)


def spelled_out(text: str, start: int, end: int) -> bool:
    """Whether a foreign title stands behind a name, and the bracket does not say what kind it is: （DEA）."""
    gloss = GLOSS.match(text, end)
    return bool(gloss) and not generic() & {text[start:end], *filter(None, gloss.groups() if gloss else ())}


def denied(text: str) -> set[str]:
    """Return the acronyms that a text spells out as something else: （SOFA：State Optical Fibre Agency）."""
    if "：" not in text and ":" not in text:
        return set()
    return {match["acronym"] for match in _OTHERWISE.finditer(text) if not GLOSS_HEAD.search(match.group())}


def formal(text: str, finds: Sequence[Find]) -> list[Find]:
    """Give a short name the instrument of the formal one behind it: X協定（正式名称：…に関する協定）."""
    starts = {find.start: find for find in finds}
    known = []
    for find in finds:
        match = _FORMAL.match(text, find.end)
        named = starts.get(match.end()) if match else None
        if named:
            own = replace(find.citation, name=named.citation.name, records=named.citation.records)
            known.append(replace(find, citation=own))
        else:
            known.append(find)
    return known


def definitions(
    text: str, find: Find, lexicon: Lexicon[Instrument]
) -> Iterator[tuple[tuple[int, int], Citation]]:
    """Yield the spans of the names that a text gives to what ``find`` names, each with what it means."""
    kept = find.citation.prefix if find.citation.prefix == "旧" else ""
    base = replace(
        find.citation, locators=Locators(), number=find.citation.number or find.citation.near, prefix=kept
    )
    for start, end, is_definition in learn(text, find.end):
        if COLLECTIVE.search(text[start:end]) or text[start:end] in collectives():
            continue  # 「A法」、「B法」（以下「両法」という。）
        placed = bool(find.citation.locators.article)
        if (is_definition and (not placed or is_name(text[start:end]))) or (
            not find.citation.locators.article and _can_be_short(text[start:end], find, lexicon)
        ):
            yield (start, end), base
    yield from ((span, base) for span in _told(text, find))


def _told(text: str, find: Find) -> Iterator[tuple[int, int]]:
    """Yield the spans of the names that a sentence or a list says of what ``find`` names."""
    if called := _CALLED.match(text, find.end):
        yield called.span("name")
    also = _ALSO.match(text, find.end)
    if also and is_name(also["name"]) and not find.citation.locators.article:
        yield also.span("name")
    meant = _MEANT.search(text, max(0, find.start - 40), find.start)
    if meant and _SAID.match(text, find.end):
        yield meant.span("name")
    if bare := bare_name(text, find):
        yield bare


def of_the_same(text: str, known: Sequence[Find]) -> Iterator[tuple[tuple[int, int], Find]]:
    """Yield the spans of names that a text gives to 同法案, each with what it names last of that kind.

    Args:
        text: A clean sentence.
        known: What is named before, in text order; finds of earlier sentences end before 0.
    """
    for match in _OF_THE_SAME.finditer(text) if "同" in text else ():
        meant = next((find for find in reversed(known) if _of_kind(find, match)), None)
        for start, end, is_definition in learn(text, match.end()) if meant else ():
            if meant and is_definition and is_name(text[start:end]):
                yield (start, end), meant


def _of_kind(find: Find, match: re.Match[str]) -> bool:
    """Whether an anaphor can mean what is named before it; 同法 behind an amending act can mean two acts."""
    head, title = match["head"], find.citation.name + find.citation.suffix
    if find.end > match.start():
        return False
    if head.endswith("案"):
        return find.citation.bill or title.endswith("案")
    return (
        not find.citation.bill
        and title.endswith(("法", "法律") if head == "法" else head)
        and ("改正する" not in title)
    )


def is_name(text: str) -> bool:
    """Whether a text can be the name of an instrument."""
    return _ALIAS.fullmatch(text) is not None


def _can_be_short(short: str, find: Find, lexicon: Lexicon[Instrument]) -> bool:
    """Whether a bracket behind a law holds a short name of it, and not another instrument: 外為法（輸出貿易管理令）."""
    if not is_name(short) or short in generic():
        return False  # …経済連携協定（EPA）: what kind it is
    own = {id(record) for record, _ in find.citation.records}
    known = lexicon.get(short)
    if _KATAKANA.search(short) and not known:
        return False  # WTO協定（ルール）
    if known and own and not any(id(record) in own for record, _ in known):
        return False
    title = find.citation.name + find.citation.suffix
    one, other = _family(title), _family(short)
    kept = [next((head for head in _KEPT if name.endswith(head)), "") for name in (title, short)]
    return (not one or not other or one == other) and (not all(kept) or kept[0] == kept[1])


def _family(name: str) -> str:
    """Return the family of heads that a name ends with, ``""`` for none."""
    bare = name.removesuffix("案")
    return next((heads[0] for heads in _FAMILIES if bare.endswith(heads)), "")
