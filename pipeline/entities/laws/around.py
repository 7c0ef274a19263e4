"""What touches a name and belongs to its mention: 旧 or 改正 before it, 施行令 or 案, its number, its places."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.citation import EU_NUMBER_BEHIND, LAW_NUMBER, Citation, Find
from pipeline.entities.laws.jurisdiction import foreign
from pipeline.entities.laws.locators import read_locators
from pipeline.eras import eras
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Name

_AMENDS = r"の一部を改正する(?:等の)?(?:法律|政令|省令|府令|内閣府令|規則|条例|告示|訓令|命令)"
_SUFFIX = re.compile(
    rf"(?P<sub>施行令|施行規則|施行細則|等?施行法|施行条例)|(?P<amend>等?{_AMENDS}|(?:の)?改正議定書|を改正する(?:議定書|条約|協定)|の?(?:第[一二三四五六七八九十1-9]{{1,2}})?(?:選択|追加|改正)議定書|(?:等?の)?一部改正法|改正法)"
)
_BILL = re.compile(r"(?:（案）|案)(?![件内分配文])")
_PREFIX = re.compile(r"(?:（(?:旧|新)）|旧|新|改正)「?$")
_NOT_PREFIX = re.compile(
    r"(?:[一-龥]新|一部改正|(?<![年月日度])の改正|(?:制定|新設|廃止|施行|公布|整備)、改正)$"
)
_WESTERN_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d年$")
_REVISED = re.compile(r"の?(?:一部)?(?:改正|改定|施行)")
NUMBER_BRACKET = re.compile(rf"[ 　]?（[ 　]?({LAW_NUMBER.pattern})[ 　]?）")
_MADE = re.compile(
    rf"(?P<year>(?:{'|'.join(eras())})?{NUMBER}年)(?:{NUMBER}月(?:{NUMBER}日)?)?に?(?:制定|公布)され(?:た|、)「?$"
)
_NEAR = re.compile(rf"」[ 　]?（[ 　]?({LAW_NUMBER.pattern})")
_AMENDED = re.compile(r"[」』]?(?:[ 　]?（[^（）]{0,40}）)?等?の?(?:一部)?改正(?:法)?案")
# …法から…法に改称: the same instrument under its new name.
_FROM = re.compile(r"から[「『]?$")
_RENAMED = re.compile(r"[」』]?[にへと](?:改称|改題|改め|名称変更|名称を|題名を|題名変更|変更)")
# …する法律」（平成17年法律第35号）が: the text speaks of it.
_SUBJECT = re.compile(r"[」』]?(?:[ 　]?（[^（）]{0,80}）)?[はがをも]")


def grown(text: str, start: int, end: int, rule: str, citation: Citation) -> Find:
    """Take in what touches a name: prefix, suffix, number in brackets, locators."""
    if citation.records and foreign(text, start):
        kept = tuple((record, name) for record, name in citation.records if record.kind != "law")
        citation = replace(citation, records=kept)
    suffix = _SUFFIX.match(text, end)
    if suffix:
        end = suffix.end()
        citation = replace(citation, suffix=suffix.group())
    bill = _BILL.match(text, end)
    if bill:
        end = bill.end()
        citation = replace(citation, bill=True)
    start, end, citation = _with_prefix(text, start, end, citation)
    bracket = NUMBER_BRACKET.match(text, end)
    if bracket:
        end = bracket.end()
        citation = replace(citation, number=bracket.group(1))
    serial = EU_NUMBER_BEHIND.match(text, end)
    end = serial.end() if serial else end
    near = _NEAR.match(text, end)
    made = _MADE.search(text, max(0, start - 24), start)
    end, locators = read_locators(text, end)
    amended = _AMENDED.match(text, end) is not None
    renamed = bool(_RENAMED.match(text, end) and _FROM.search(text, max(0, start - 4), start))
    citation = replace(
        citation,
        locators=locators,
        near=near.group(1) if near else "",
        made=made["year"] if made else "",
        amended=amended,
        renamed=renamed,
        subject=_SUBJECT.match(text, end) is not None,
    )
    return Find(start, end, rule, citation)


def _with_prefix(text: str, start: int, end: int, citation: Citation) -> tuple[int, int, Citation]:
    """Take in 旧, 新, 改正, and the year that tells foreign statutes apart (1996年電気通信法)."""
    before = text[max(0, start - 8) : start]
    prefix = _PREFIX.search(before)
    if prefix and not _NOT_PREFIX.search(before.rstrip("「")):
        quoted = prefix.group().endswith("「")
        if not quoted or text[end : end + 1] == "」":
            citation = replace(citation, prefix=prefix.group().strip("「（）"))
            return start - len(prefix.group()), end + quoted, citation
    year = _WESTERN_YEAR.search(before)
    own = _own_kinds(citation.records)
    if year and "law" not in own and citation.name.endswith("法") and not _REVISED.match(text, end):
        return start - 5, end, replace(citation, prefix=year.group())
    return start, end, citation


def _own_kinds(records: tuple[tuple[Instrument, Name], ...]) -> set[str]:
    return {record.kind for record, _ in records}
