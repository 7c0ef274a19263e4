"""Short names of bodies that mean something else: in a whole text, before another word, or as a thing's."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.facts import words
from pipeline.facts import rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.names.registry import Lexicon, Name
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis

ACRONYM = Rule(
    "acronym",
    r"[A-Z][A-Za-z0-9/&.+-]{1,11}",
    reads=("⟦NATO⟧", "⟦W3C⟧は", "⟦AT&T⟧"),
    leaves=("⟦N", "⟦nato"),
)
SPELLED_THING = Rule(
    "acronym_that_is_spelled_out_as_a_thing",  # an agreement, a plan or a report; no body's in this text
    rf"""（[A-Z][A-Za-z.&'’ -]{{3,80}}[ ](?i:{alternatives(words("publication"))})
    [ ]?[,、，：:；;][ ]?(?P<acronym>[A-Z][A-Za-z0-9&-]{{1,9}})）""",
    flags=re.VERBOSE,
    reads=("⟦（Digital Economy Agreement, DEA）⟧", "⟦（National Fisheries Plan：NFP）⟧"),
    leaves=("（Drug Enforcement Administration, DEA）", "（Digital Economy Agreement）"),
)
SPOKEN_THING = Rule(
    "acronym_that_is_spoken_out_as_a_thing",  # a word for each letter, as in records of what was said
    r"(?<![A-Za-z])(?P<acronym>[A-Z]{2,6})、(?P<spoken>[ァ-ヶー]{2,14}(?:・[ァ-ヶー]{2,14}){1,5})(?![ァ-ヶー・])",
    reads=("EUの⟦NEC、ナショナル・エスケープ・クローズ⟧を",),
    leaves=("NEC、ナショナルを", "NEC、富士通・日立を"),
)
MODEL = Rule(
    "letters_of_a_model",
    "[」』]?-[a-z]",
    reads=("ELYZA⟦-j⟧apanese", "「ELYZA⟦」-j⟧apanese"),
    leaves=("⟦-国内", "⟦-AT", "⟦ - "),
)
PRODUCT = Rule(
    "product_behind_a_firm",  # Google Maps, Microsoft Azure: what a firm makes
    rf" (?P<word>(?!(?:{alternatives(words('latin_firm'))})(?![A-Za-z]))[A-Z][A-Za-z]{{2,20}})(?![A-Za-z])",
    reads=("Google⟦ Maps⟧の", "Aoba⟦ Azure⟧へ"),
    leaves=("⟦ Japanは", "⟦ Inc.", "⟦ maps", "⟦ 5G"),
)
_FORM = "(?i:ltd|limited|inc|corp|corporation|co|company|llc)(?![A-Za-z])"
LONGER = Rule(
    "longer_name_of_a_firm",  # however far apart a page sets its words: SANYO   CHEMICAL   INDUSTRIES,   LTD.
    rf"(?:[ ]{{1,9}}(?!{_FORM})[A-Z][A-Za-z.&'-]{{0,20}},?){{1,4}}[ ]{{1,9}}{_FORM}",
    reads=("SANYO⟦   CHEMICAL     INDUSTRIES,      LTD⟧.", "Aoba⟦  Life Co⟧., Ltd."),
    leaves=("SANYO⟦  Co., Ltd.", "SANYO⟦、NEC Ltd.", "SANYO⟦ and NEC Ltd."),
)
FORM = Rule("latin_form_alone", rf"{_FORM}\.?,?", reads=("⟦LTD.⟧", "⟦Co.,⟧"), leaves=("LTDA", "SANYO"))
CAPITALIZED = Rule(
    "latin_word_alone", "[A-Z][A-Za-z.&'-]{1,20},?", reads=("⟦INDUSTRIES,⟧",), leaves=("の", "industries")
)
MOST = 6  # 決め打ち: words of a firm's name that a page sets apart
FIRMS = frozenset({"company", "media"})


@cache
def things() -> re.Pattern[str]:
    """Return what an acronym in brackets stands behind when it is no body's (``data/org_things.csv``).

    国家安全保障戦略（NSS）: an acronym of a thing is no body, even if a body has the same one.
    """
    found = "|".join(re.escape(row["word"]) for row in rows("org_things.csv"))
    return re.compile(rf"(?:{found})[」』]?[ ]?（$")


@cache
def not_before() -> re.Pattern[str]:
    """Return what makes of a name another word that only looks as if it held the body's name.

    財務省令, 統幕長, 国会議事堂 (``data/org_not_before.csv``).
    """
    found = (f"(?<={row['after']})(?:{row['before']})" for row in rows("org_not_before.csv"))
    return re.compile("|".join(found))


@cache
def homographs() -> dict[str, re.Pattern[str]]:
    """Return the short names that mean something else in some texts (``data/org_homographs.csv``)."""
    return {row["name"]: re.compile(row["unless"]) for row in rows("org_homographs.csv")}


def elsewhere(analyses: Sequence[Analysis]) -> set[str]:
    """Return the short names that mean no body in this text (EC where it speaks of 電子商取引)."""
    texts = [analysis.sentence.text for analysis in analyses]
    whole = "\n".join(texts)
    barred = {
        name for name, pattern in homographs().items() if name in whole and any(map(pattern.search, texts))
    }
    spoken = (m["acronym"] for m in SPOKEN_THING.finditer(whole) if _is_thing(m["acronym"], m["spoken"]))
    return barred.union((match["acronym"] for match in SPELLED_THING.finditer(whole)), spoken)


def _is_thing(acronym: str, spoken: str) -> bool:
    """Whether words in katakana, one for each letter, name a thing: ナショナル・エスケープ・クローズ."""
    parts = spoken.split("・")
    return len(parts) == len(acronym) and parts[-1] in words("thing_in_katakana")


def set_apart(analyses: Sequence[Analysis]) -> set[int]:
    """Return the sentences that are one word of a firm's name in Latin letters: SANYO｜CHEMICAL｜LTD."""
    texts = [analysis.sentence.text for analysis in analyses]
    found: set[int] = set()
    for at, text in enumerate(texts):
        if not FORM.fullmatch(text):
            continue
        first = at
        while first and at - first < MOST and CAPITALIZED.fullmatch(texts[first - 1]):
            first -= 1
        if sum(not FORM.fullmatch(word) for word in texts[first:at]) > 1:
            found.update(range(first, at))
    return found


def is_product(
    text: str, end: int, records: Sequence[tuple[Organization, Name]], lexicon: Lexicon[Organization]
) -> bool:
    """Whether a firm's Latin name that reaches to ``end`` only begins another one: Google｜Maps."""
    if not all(r.kind in FIRMS and n.text.isascii() for r, n in records):
        return False
    if MODEL.match(text, end) or LONGER.match(text, end):
        return True
    behind = PRODUCT.match(text, end)
    return behind is not None and not lexicon.get(behind["word"])
