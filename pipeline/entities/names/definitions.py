"""Names that a text defines itself: 以下「…」という, and short forms or acronyms in brackets behind one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.names.finders import Names

BRACKET = Rule(
    "bracket_behind_a_name",
    r"""[」』]? (?:[ ])?
    [（〔［](
        [^（）〔〕［］]{1,120}
        (?: （[^（）〔〕［］]{0,40}） [^（）〔〕［］]{0,80} )?
    )[）〕］]""",
    flags=re.VERBOSE,
    reads=(
        "⟦（NSC）⟧を",
        "⟦」（平成25年法律第108号、以下「特定秘密保護法」という。）⟧を",
        "⟦（国連（本部）を含む。）⟧を",
        "⟦〔以下「本部」という。〕⟧を",
        "⟦［以下「本部」という。］⟧を",
    ),
    leaves=("⟦、（NSC）", "⟦（）", "⟦（NSC"),
)
_HERE = (
    "(?:この|本)[一-龥ァ-ヶー]{1,6}(?:の中|内)?(?:において|では|で)[、,]?"  # 以下この章において「…」という
)
DEFINED = Rule(
    "defined_name",
    rf"""以[下後] [、,]? (?:{_HERE})? (?:単に|両者を)? [、,]?
    「([^「」]{{2,40}}|[法令則規])」
    ((?: (?:、|又は|または|若しくは) 「(?:[^「」]{{2,40}}|[法令則規])」 ){{0,4}})
    (?: と (?:い|略|呼|総称|表?記) | $ )""",
    flags=re.VERBOSE,
    reads=(
        "⟦以下「特定秘密保護法」とい⟧う。",
        "⟦以下この章において「法」とい⟧う。",
        "⟦以下、単に「協会」と略⟧す。",
        "⟦以下「入管法」又は「法」とい⟧う。",
        "⟦以下「若葉大」⟧",
        "⟦以後「若葉大」とい⟧う",
    ),
    leaves=("以下「特定秘密」の保護", "以下「本」という。", "以下に「協会」という名を示す。"),
)
PLAIN = Rule(
    "defined_name_without_marks",  # （以下、産研と記述する）
    r"""以[下後] [、,]? [ ]? (?:単に)? [、,]?
    ([一-龥ァ-ヶーA-Za-z][一-龥ァ-ヶー・A-Za-z0-9-]{1,20})
    と(?:いう|言う|[略呼称]|総称|[表略]?記(?!載)|記載する)""",
    flags=re.VERBOSE,
    reads=("⟦以下、産研と記⟧述する", "⟦以下青研と略⟧す", "⟦以下、単に協会という⟧", "⟦以後旧法という⟧"),
    leaves=("以下のとおりという。", "以下同じ。", "以下、産研と連携する", "以下の章という"),
)
FURTHER = Rule(
    "further_name_in_a_definition", "「([^「」]{1,40})」", reads=("⟦「法」⟧という",), leaves=("「」",)
)
SHORT = Rule(
    "short_form_in_a_bracket",
    r"""(?:略称|通称|略語|英語名|いわゆる|所謂|俗称)? [：:]?
    [「『]? ([^「」『』、。；;：:，]{2,40}) [」』]?""",
    flags=re.VERBOSE,
    reads=("⟦NSC⟧", "⟦略称：国連安保理⟧", "⟦通称「全農」⟧", "⟦いわゆる全農⟧"),
    leaves=("⟦「」", "⟦、全農", "⟦A"),
)


def learn(text: str, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the spans of names that the bracket behind a name at ``end`` gives it.

    The last value says whether it is a definition (以下「…」という) rather than a mere bracket.

    >>> text = "国家安全保障会議（NSC）と"
    >>> [(text[a:b], defined) for a, b, defined in learn(text, 8)]
    [('NSC', False)]
    """
    bracket = BRACKET.match(text, end)
    if bracket is not None and (behind := BRACKET.match(text, bracket.end())) and DEFINED.match(behind[1]):
        bracket = behind  # 「…法」（平21法71）（以下「法」という。）
    if bracket is None:
        return
    inside = bracket.start(1)
    defined = DEFINED.search(bracket.group(1))
    if defined:
        yield inside + defined.start(1), inside + defined.end(1), True
        for further in FURTHER.finditer(bracket.group(1), *defined.span(2)):
            yield inside + further.start(1), inside + further.end(1), True
        return
    if plain := PLAIN.search(bracket.group(1)):
        yield inside + plain.start(1), inside + plain.end(1), True
        return
    short = SHORT.fullmatch(bracket.group(1))
    if short:
        yield inside + short.start(1), inside + short.end(1), False


def behind_number(text: str, end: int) -> tuple[int, int] | None:
    """Return the span of the name that a text gives to what a law number at ``end`` numbers, or None.

    >>> text = "（平成13年国土交通省告示第1366号。以下「告示」という。）"
    >>> span = behind_number(text, 19)
    >>> text[slice(*span)] if span else None
    '告示'
    """
    defined = DEFINED.match(text, end + 1) if text[end : end + 1] in ("。", "、", "（") else None
    return defined.span(1) if defined else None


def occurrences(text: str, names: Names, edges: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the spans at which one of ``names`` stands in ``text`` on morpheme borders."""
    for start, end, name in names.find(text):
        noted = len(name) >= LONG_ACRONYM and name.isascii() and name.isalpha()
        noted = noted and NOTED_ALIAS.match(text, end) is not None
        if on_edges(text, start, end, edges | {end} if noted else edges, noted=noted):
            yield start, end, name


LONG_ACRONYM = 4  # 決め打ち: a number behind a shorter one numbers what it names (SG13, WG2)
NOTED_ALIAS = Rule(
    "number_of_a_note_behind_letters",
    r"\d{1,2}(?![0-9A-Za-z.,%％年月日-])",  # raised on the page: CIFAR7は
    reads=("CIFAR⟦7⟧は",),
    leaves=("⟦7年", "⟦2014", "⟦7.5"),
)


def on_edges(text: str, start: int, end: int, edges: frozenset[int], *, noted: bool = False) -> bool:
    """Whether a span cuts no morpheme, and no Latin word, in two; a note's number behind it is ``noted``."""
    if start not in edges or end not in edges:
        return False
    return not (_joined(text, start) or (_joined(text, end) and not noted))


def _joined(text: str, at: int) -> bool:
    """Whether Latin letters or digits run on across ``at``."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
