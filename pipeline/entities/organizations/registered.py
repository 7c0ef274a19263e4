"""Names of the registry where they stand as whole morphemes; those written together are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.definitions import on_edges
from pipeline.entities.names.find import Find
from pipeline.entities.names.own import OWN_NAME, is_own, stands
from pipeline.entities.organizations.abroad import abroad
from pipeline.entities.organizations.another import another, ending
from pipeline.entities.organizations.facts import countries, isos
from pipeline.entities.organizations.find import STANDING, OrganizationName, longest
from pipeline.entities.organizations.homographs import ACRONYM, is_product, not_before, things
from pipeline.entities.organizations.old_army import Era
from pipeline.entities.organizations.whole import of_firm, whole
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.entities.names.registry import Hit, Lexicon, Name
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis

NOT_AFTER = Rule(
    "governments_of_several",
    r"(?:日|両|各国|[一-龥]{2,4}・)$",  # bodies of several countries are generic
    reads=("⟦日⟧", "⟦両⟧", "⟦中国・⟧"),
    leaves=("日本", "各"),
)
# The bodies that a country's name goes together with (米連邦航空局, but 米国｜インテル).
STATE = frozenset(
    [
        "ministry",
        "agency",
        "bureau",
        "division",
        "council",
        "legislature",
        "court",
        "police",
        "military",
        "command",
        "unit",
        "government",
    ]
)
NOTED = Rule(
    "number_of_a_note",
    r"\d{1,2}(?=[ 　]?（[^（）]{0,30}[ぁ-ヿ一-龥])",  # raised on the page
    reads=("IMF⟦1⟧（国際通貨基金）", "⟦12⟧ （国際"),
    leaves=("⟦1を", "⟦1（IMF）"),
)
MEMBERS = Rule(
    "number_of_members",  # or of a note, parted from what follows: ASEAN10か国, ASEAN6 では
    r"\d{1,2}(?=[かカヵヶケ箇]国|[ 　](?:[はがもをにでとの、]|など|等))",
    reads=("ASEAN⟦10⟧か国", "ASEAN⟦6⟧ では"),
    leaves=("⟦10地域", "⟦2014 では", "⟦6は"),
)
SERIES = Rule("letters_of_a_series", r"\.\d", reads=("ITU-R BT⟦.2⟧075",), leaves=("⟦. 2", "⟦-2"))
ALONE = Rule(
    "alone_in_a_bracket",
    "[）：:、,；;]",  # what stands behind an acronym that stands first in a bracket
    reads=("⟦）⟧", "⟦：⟧National"),
    leaves=("⟦の", "⟦（"),
)
TOLERATED = Rule(
    "word_behind_a_name",
    "本会議|議員|規則|職員",  # though the analyzer cuts the word elsewhere (衆議｜院本｜会議)
    reads=("衆議院⟦本会議⟧", "参議院⟦議員⟧"),
    leaves=("⟦の本会議", "⟦議事"),
)
SESSION = Rule(
    "number_of_a_session",
    r"第[ 　]?[\d一二三四五六七八九十百]{1,5}[ 　]?回$",
    reads=("⟦第190回⟧", "⟦第 百九十 回⟧"),
    leaves=("次回", "190回の"),
)
OF_THE_WHOLE = "全日本"  # 全日本｜大学駅伝: not 日本大学
LONG = 3  # 決め打ち: a number behind shorter letters numbers what they name (SG13 の)


def known(
    analysis: Analysis, edges: frozenset[int], lexicon: Lexicon[Organization], barred: Iterable[str] = ()
) -> list[Found]:
    """Return the names of the registry in a sentence, but those ``barred``."""
    text, era = analysis.sentence.text, Era(analysis.sentence.text)
    hits = []
    occurrences = list(lexicon.find(text))
    ends = {hit.end for hit in occurrences if hit.end - hit.start > 2}
    for hit in occurrences:
        start, end = hit.start, hit.end
        if is_own(hit.records):
            if stands(text, start, end, edges) and not not_before().match(text, end):
                hits.append(Find(start, end, OWN_NAME, OrganizationName(text[start:end], hit.records)))
            continue
        if text[start:end] in barred or not _stands(analysis, hit, edges):
            continue
        if start - 1 not in ends and _of_a_thing(text, start, end):
            continue
        start = _with_country(analysis, start, hit.records)
        start, end = of_firm(text, start, end, hit.records)
        if is_product(text, end, hit.records, lexicon):
            continue
        name = OrganizationName(text[start:end], hit.records)
        if era.of_old_army(start, hit.records):
            name = OrganizationName(text[start:end], kind=hit.records[0][0].kind)
        hits.append(Find(start, end, "registry", name))
    if not hits:  # as in most sentences
        return []
    return _joined(text, longest(abroad(analysis, whole(analysis, longest(hits), lexicon), lexicon)), lexicon)


def _stands(analysis: Analysis, hit: Hit[Organization], edges: frozenset[int]) -> bool:
    """Whether a name of the registry stands for itself, and is no part of another word or name."""
    text, start, end = analysis.sentence.text, hit.start, hit.end
    if another(analysis, start, end, hit.records) or text.startswith(OF_THE_WHOLE, start - 1):
        return False
    tolerant = edges | {end} if end - start >= 3 and TOLERATED.match(text, end) else edges
    if text[start - 1 : start] == "回" and SESSION.search(text, max(0, start - 8), start):
        tolerant |= {start, end}  # 第190｜回国｜会
    if not _whole(text, start, end, tolerant) or not_before().match(text, end):
        return False
    if SERIES.match(text, end) and ACRONYM.fullmatch(text, start, end):
        return False
    return not (text.endswith("政府", start, end) and NOT_AFTER.search(text, max(0, start - 5), start))


def _of_a_thing(text: str, start: int, end: int) -> bool:
    """Whether an acronym stands alone in a bracket behind a thing: 国家安全保障戦略（NSS）."""
    alone = ACRONYM.fullmatch(text, start, end) and ALONE.match(text, end)
    return bool(alone and things().search(text, max(0, start - 12), start))


def _joined(text: str, hits: Iterable[Found], lexicon: Lexicon[Organization]) -> list[Found]:
    """Join the names that are written as one: 外務省｜北米局."""
    finds: list[Found] = []
    for find in hits:
        last = finds[-1] if finds else None
        if last and _together(text, last, find):
            records = last.name.head or last.name.records
            rest = last.name.rest + text[last.end : find.end].strip()
            written = text[last.start : last.end] + text[find.start : find.end]
            joined = OrganizationName(text[last.start : find.end], lexicon.get(written), records, rest)
            finds[-1] = Find(last.start, find.end, "registry_joined", joined)
        else:
            finds.append(find)
    return finds


def _whole(text: str, start: int, end: int, edges: frozenset[int]) -> bool:
    """Whether a name cuts no word in two; the number of a note behind an acronym is no part of a word."""
    if on_edges(text, start, end, edges):
        return True
    noted = NOTED.match(text, end) or (end - start > LONG and MEMBERS.match(text, end))
    if start not in edges or not noted or not ACRONYM.fullmatch(text, start, end):
        return False
    before = text[start - 1 : start]
    return not (before.isascii() and before.isalnum())


def _with_country(analysis: Analysis, start: int, records: Sequence[tuple[Organization, Name]]) -> int:
    """Take in the country before the name of one of its bodies: 米｜国防高等研究計画局, but 日米…."""
    before = ending(analysis, start)
    if (
        before is None
        or before.surface not in countries()
        or analysis.sentence.text[: before.start].endswith(("日", "・", "韓", "英"))
    ):
        return start
    iso = isos()[before.surface]
    foreign = iso != "JP" and all(record.country == iso and record.kind in STATE for record, _ in records)
    return before.start if foreign else start


DIET = "国会"  # 第198回国会 参議院 予算委員会: a session, and then its house


def _together(text: str, first: Found, second: Found) -> bool:
    """Whether two names are written as one: they touch, or a space parts a body from one of its own."""
    if second.name.name.isascii():
        return False
    if first.end == second.start:
        return not (_stands_alone(first) and _stands_alone(second))
    owners = {record.name for record, _ in first.name.records}
    parted = text[first.end : second.start] in (" ", "　") and first.name.name != DIET
    return parted and any(record.parent in owners for record, _ in second.name.records)


def _stands_alone(find: Found) -> bool:
    """Whether it is a party or an association, and no part of another: 自民党｜公明党 are two names."""
    return bool(find.name.records) and all(
        record.kind in STANDING and not record.parent for record, _ in find.name.records
    )
