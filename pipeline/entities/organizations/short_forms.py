"""What a bracket beside a body's name may hold: its acronym, its English name, a short form of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.facts import HEADS, countries, generic, isos, without_legal_form, words
from pipeline.entities.organizations.homographs import ACRONYM
from pipeline.entities.organizations.left_edge import KATAKANA
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.names.registry import Name
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization

ENGLISH = Rule(
    "english_gloss",
    r"(?:The )?[A-Z][A-Za-z.&'’-]*(?:,? (?:[A-Z][A-Za-z.&'’-]*|and|of|for|the|on|in))+",
    reads=("⟦Department of Fisheries⟧", "⟦The Aoba Fund⟧"),
    leaves=("⟦Fisheries", "⟦a Fund"),
)
TITLED = Rule(
    "title_of_a_source",  # オラクル（Oracle India Factsheet）: the title of a source, not the name
    rf"(?i:{alternatives(words('publication'))})\b",
    reads=("Oracle India ⟦Factsheet⟧", "⟦Report⟧ on Trade"),
    leaves=("Oracle India", "Reporters Club"),
)
_ACRONYM = r"[A-Z][A-Za-z0-9/&.+-]{1,11}"
_WORDS = r"[A-Z][A-Za-zÀ-ÿ´.,&'’ -]{6,90}"
BOTH = Rule(
    "acronym_and_its_words",
    rf"""[」』]? [ ]? （
    (?: ({_ACRONYM}) [：:、,；;][ ]? ({_WORDS})
      | (?:英(?:語|名|語名|文名|訳)?[：:][ ]?)? ({_WORDS}) [：:、；;][ ]? (?:略[称語][：:]?[ ]?)? ({_ACRONYM})
      | ([ァ-ヶー]{{2,}}(?:・[ァ-ヶー]{{2,}}){{1,3}}) [：:、；;][ ]? ({_WORDS})
    )）""",
    flags=re.VERBOSE,
    reads=(
        "⟦（ICPO：International Criminal Police Organization）⟧",
        "⟦」（European Space Policy Agency、ESPA）⟧",
        "⟦（英語：Aoba Fisheries Agency、略称：AFA）⟧",
        "⟦（ドット・フォース：Digital Task Force）⟧",
    ),
    leaves=("⟦（ICPO）", "⟦（ICPO：国際）"),
)
BEFORE = Rule(
    "acronym_before_the_name",  # ENISA（欧州ネットワーク・情報セキュリティ機関）: the acronym stands first
    rf"(?<![A-Za-z0-9])({_ACRONYM})（$",
    reads=("⟦ENISA（⟧", "欧州の⟦W3C（⟧"),
    leaves=("ENISA（欧", "enisa（"),
)
MIXED = Rule(
    "acronym_with_the_head_of_the_name",
    r"[A-Z][A-Za-z0-9-]{1,9}(?P<head>[ァ-ヶー一-龥]{2,10})",
    reads=("⟦AIPセンター⟧", "⟦ISR作業部会⟧"),
    leaves=("⟦AIP", "⟦センター", "⟦AIPと"),
)
COUNTED = Rule(
    "counted_bodies",  # 以下「当該3社」という: of all that were listed, not of the last
    r"""^(?:関係|各)
      | (?<!第) (?:\d{1,3}|[両二三四五六七八九十]) [かヵ箇]? (?:[社者行県市町村校局省庁国]|団体|機関|会社|法人) $""",
    flags=re.VERBOSE,
    reads=("対象子会社⟦6社⟧", "⟦両市⟧", "当該⟦三機関⟧", "⟦関係⟧機関"),
    leaves=("第三者", "日本赤十字社", "三重県", "子会社"),
)
LIST_MARK = Rule(
    "mark_between_bodies",
    "(?:（[^（）]{1,40}）)?(?:[、，・]|及び|並びに|又は|と)(?:の)?",
    reads=("⟦、⟧", "⟦（ＡＢＣ）及び⟧"),
    leaves=("⟦は、", "⟦の", "⟦同"),
)
LONG_FIRM = 4  # 決め打ち: a shorter firm's name without its legal form is often an ordinary word
SHORT_LATIN = 3  # RIM社: later RIM alone
LONG_STATE = 12  # no state in the list has a longer name
INTERNATIONAL = "international"
LONG_NAME = 6  # 決め打ち: a shorter name in brackets behind an acronym is rather a source


CODE = Rule(
    "code_of_a_filer", "[A-Z]{1,2}[0-9]{4,}", reads=("⟦E00884⟧",), leaves=("G20", "W3C")
)  # behind the name of whoever files a report


def is_short_form(alias: str, name: str) -> bool:
    """Whether what stands in a bracket behind a body's name looks like another name of it."""
    if CODE.fullmatch(alias):
        return False
    if ACRONYM.fullmatch(alias) or (ENGLISH.fullmatch(alias) and not TITLED.search(alias)):
        return True
    if alias.isascii():
        return False
    mixed = MIXED.fullmatch(alias)  # 革新知能統合研究センター（AIPセンター）
    return abbreviates(alias, name) or (mixed is not None and name.endswith(mixed["head"]))


def of_several(alias: str, name: str, *, listed: bool) -> bool:
    """Whether a defined name stands for several bodies: A社、B社（以下「対象会社2社」という。）.

    Args:
        alias: The name that the definition gives.
        name: Of the body right before its bracket.
        listed: Whether another body stands right before that one, in a list.
    """
    if COUNTED.search(alias) and not name.startswith(alias):  # 四国電力（以下「四国」という。）
        return True
    bare = without_form(name) or name
    alike = alias in name or alias[-1:] == bare[-1:] or len(set(alias) & set(bare)) > 1
    return listed and not alias.isascii() and not alike


def latin(text: str, find: Found, behind: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the spans of an acronym and its words in a bracket, or of an acronym before the name in one."""
    both = BOTH.match(text, behind)
    if both is not None:
        yield from ((*both.span(group), True) for group in range(1, 7) if both.group(group))
    built = not find.name.records and not find.name.head and find.end - find.start >= LONG_NAME
    before = BEFORE.search(text, max(0, find.start - 13), find.start) if built else None
    if before is not None and text.startswith("）", find.end) and not find.name.name.isascii():
        yield *before.span(1), True


def abbreviates(alias: str, name: str) -> bool:
    """Whether a bracket holds characters of the name in their order: 全国農業協同組合連合会（全農）."""
    if not 2 <= len(alias) <= 8 or name.startswith(alias) or len(alias) >= len(name):
        return False
    rest = iter(name)
    return all(char in rest for char in alias)


def spells(name: str, other: str) -> bool:
    """Whether one of two Latin names has the initials of the other: W3C and World Wide Web Consortium."""
    short, long = sorted((name, other), key=len)
    initials = iter(long.upper())
    return " " in long and all(letter in initials for letter in short.upper() if letter.isalpha())


def of_a_rival(alias: str, find: Found, usual: Sequence[tuple[Organization, Name]]) -> bool:
    """Whether the ``usual`` short form of one world body stands behind another: 国際連盟（国連）."""
    owners = {record.name for record, _ in find.name.records}
    world = all(record.kind == INTERNATIONAL for record, _ in (*usual, *find.name.records))
    apart = owners.isdisjoint(record.name for record, _ in usual)
    return bool(usual and owners) and world and apart and abbreviates(alias, find.name.name)


def alone_in_bracket(text: str, start: int, end: int, find: Found) -> bool:
    """Whether a bracket right behind a body's name holds nothing but the span."""
    return text.startswith("（", start - 1) and text.startswith("）", end) and start - 1 == find.end


def wide(name: str) -> bool:
    """Whether a name begins with where such bodies work: インド洋海洋委員会, not 環境政策委員会（OECD）."""
    return name.startswith(tuple(words("wide"))) or any(name[:n] in countries() for n in range(2, LONG_STATE))


def without_form(name: str) -> str:
    """Return a firm's name without its legal form, ``""`` for an ordinary word: 株式会社シマダ鉄工, later シマダ鉄工."""
    bare = without_legal_form(name)
    return "" if bare in generic() or bare == name or bare.isascii() or len(bare) < LONG_FIRM else bare


def bare_forms(find: Found) -> Iterator[tuple[str, bool]]:
    """Yield the forms in which a firm is called again, each with whether it is implied alone."""
    if find.rule == "legal_form":
        yield without_form(find.name.name), False
    firms = find.name.records
    if firms and all(r.kind == "company" and n.kind == "title" for r, n in firms) and not find.name.rest:
        for head in HEADS.at(find.name.name, len(find.name.name)):
            own = find.name.name.removesuffix(head.head)
            if head.needs in ("firm", "trade") and len(own) >= LONG_FIRM and KATAKANA.fullmatch(own):
                yield own, True  # アステラス製薬, later アステラス


def without_state(find: Found) -> str:
    """Return a body's name without its state, ``""`` for a bare head: ドイツ連邦議会, later 連邦議会."""
    name = find.name.name
    if find.name.norms or find.name.alias_of or find.end - find.start != len(name):
        return ""
    owner = next((name[:n] for n in range(min(LONG_STATE, len(name)), 1, -1) if name[:n] in countries()), "")
    rest = name.removeprefix(owner)
    fit = owner and isos()[owner] != "JP" and len(rest) >= LONG_FIRM and not find.name.rest
    head = next(HEADS.at(rest, len(rest)), None) if fit and rest not in generic() else None
    return rest if head is not None and head.head != rest else ""


def introduces_itself(find: Found) -> bool:
    """Whether a name is found again wherever it stands, once it stood in a quotation or before 社."""
    shortest = SHORT_LATIN if find.name.name.isascii() else LONG_FIRM
    if find.rule == "firm" and len(find.name.name) < shortest:
        return False
    return find.rule in ("quoted_name", "phrase_name", "credited", "firm", "told_firm")
