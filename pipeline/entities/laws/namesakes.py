"""What tells that a registered name means another instrument: an older act, or rules of a private body."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.numbered import NUMBER_TEXT
from pipeline.entities.laws.numbers import kanji_number
from pipeline.entities.names.phrases import alternatives
from pipeline.facts import column
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER, number

if TYPE_CHECKING:
    from pipeline.entities.laws.citation import Citation
    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Name

_BEFORE = "[^（）「」、。]{0,16}による(?:全部|一部)?(?:改正|廃止)前の"
# 行政不服審査法（平成26年法律第68号による改正前のもの）: the act that the one of this number took the place of.
_REPLACED_BEHIND = Rule(
    "number_of_the_act_after",
    rf"」?[ 　]?（[ 　]?(?P<number>{NUMBER_TEXT}){_BEFORE}",
    reads=("審査法⟦（平成26年法律第68号による改正前の⟧もの）",),
    leaves=("審査法⟦（平成26年法律第68号）", "審査法⟦（平成26年法律第68号による改正後の"),
)
_REPLACED_BEFORE = Rule(
    "number_of_the_act_after_before_a_name",
    rf"(?P<number>{NUMBER_TEXT}){_BEFORE}「?$",
    reads=("⟦平成26年法律第68号による改正前の⟧",),
    leaves=("平成26年法律第68号による改正後の",),
)
_BODIES = alternatives(column("law_words.csv", "word", "list", "private_body"))
PRIVATE_OWNER = Rule(
    "private_body_that_owns_a_rule",
    rf"(?:{_BODIES})の「?$",
    reads=("当組合の",),
    leaves=("当組合は", "組合員の"),
)
PRIVATE_GLOSS = Rule(
    "rule_said_to_be_private",
    "」?（(?:社内|部内|院内|学内|自主)(?:規程|規則|ルール|規定|規約)",
    reads=("輸出管理規則⟦（社内規程⟧）",),
    leaves=("輸出管理規則⟦（米国",),
)
# 大正14年の選挙法と現行の憲法: the one of today, whatever time the sentence speaks of.
PRESENT = Rule(
    "act_said_to_be_in_force",
    "(?:現行|現在の|今の)の?「?$",
    reads=("現行", "現行の", "現在の「"),
    leaves=("当時の", "現行法の"),
)
# 昭和10年に出生した者について、憲法14条に違反しない: what is cited by its place, or broken, is the one of today.
BINDS = Rule(
    "constitution_that_binds_today",
    rf"第?{NUMBER}条|に(?:違反|反す|反し|適合|照らし)|違反|[がでに]保障|上の?(?:権利|人権)",
    reads=("憲法⟦14条⟧", "憲法⟦に違反⟧する", "憲法⟦が保障⟧する", "憲法⟦上の権利⟧"),
    leaves=("憲法⟦の発布", "憲法⟦により"),
)
# 1914年海上人命安全条約, 1914SOLAS条約: no convention of 1974. A later year is that of a revision.
_YEAR_BEFORE = Rule(
    "year_in_front_of_a_treaty",
    r"(?<![\d.])(?P<year>(?:1[89]|20)\d\d)年?(?P<no>の)?$",
    reads=("（1914", "1914年", "1914年の"),
    leaves=("11914", "1914年に"),
)
_YEAR_OF_TITLE = Rule(
    "year_in_the_title_of_a_treaty",
    r"(?P<year>[千\d][〇一二三四五六七八九十百千\d]{3,8})年",
    reads=("⟦千九百七十四年⟧の海上における", "⟦1974年⟧の海上における"),
    leaves=("二十年",),
)
CONSTITUTION = "憲法"
RULES = ("則", "規程", "基準")
EUROPE = Rule("europe_near_its_rule", "EU|欧|ヨーロッパ|GDPR|（EC）", reads=("EUの",), leaves=("学生寮の",))
# A name of so few letters may be that of any rule (決め打ち).
SHORT = 6
# Characters in which Europe is named beside its rule, or the number of the act before one (決め打ち).
REACH = 120


def another_act(text: str, start: int, end: int, citation: Citation) -> Citation:
    """Return the citation of ``text[start:end]`` without the instruments that its name cannot mean there.

    The official title of a Japanese order stays, whoever speaks: 当社の会社法施行規則第98条の体制 is built under it.
    """
    if not citation.records:
        return citation
    records = _of_today(text, start, end, citation.records)
    if text.endswith(RULES, start, end):
        if PRIVATE_OWNER.search(text, max(0, start - 16), start) or PRIVATE_GLOSS.match(text, end):
            records = tuple(pair for pair in records if pair[0].kind == "law" and pair[1].kind != "short")
        if end - start <= SHORT and not EUROPE.search(text, max(0, start - REACH), end + REACH):
            records = tuple(pair for pair in records if pair[0].kind != "eu_regulation")
    elif number := _act_after(text, start, end):
        records = tuple(pair for pair in records if pair[0].number != number)
    return citation if records == citation.records else replace(citation, records=records)


def of_another_year(text: str, start: int, citation: Citation) -> tuple[int, Citation]:
    """Return start and citation of a treaty before which an older year stands than its title has.

    1914SOLAS条約 is no convention of 1974.
    """
    before = _YEAR_BEFORE.search(text, max(0, start - 7), start) if start and citation.records else None
    if before is None:
        return start, citation
    years = {
        number(found["year"])
        for record, _ in citation.records
        for found in _YEAR_OF_TITLE.finditer(record.title if record.kind != "law" else "")
    }
    if not years or int(before["year"]) >= min(years):
        return start, citation
    if before["no"]:
        return start, replace(citation, records=())
    return before.start(), replace(citation, name=before.group() + citation.name, records=())


def _of_today(
    text: str, start: int, end: int, records: tuple[tuple[Instrument, Name], ...]
) -> tuple[tuple[Instrument, Name], ...]:
    """Return those of several instruments that are in force, where the words beside the name ask for them."""
    if len(records) < 2:
        return records
    binds = text[start:end] == CONSTITUTION and BINDS.match(text, end)
    if not binds and not PRESENT.search(text, max(0, start - 5), start):
        return records
    return tuple(pair for pair in records if pair[0].status == "in_force") or records


def _act_after(text: str, start: int, end: int) -> str:
    """Return the number, as promulgated, of the act that took the place of the named one, ``""`` for none."""
    found = None
    if text.startswith(("（", "」（"), end):
        found = _REPLACED_BEHIND.match(text, end)
    elif text.endswith(("前の", "前の「"), 0, start):
        found = _REPLACED_BEFORE.search(text, max(0, start - REACH), start)
    return kanji_number(found["number"]) if found else ""
