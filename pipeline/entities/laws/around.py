"""What touches a name and belongs to its mention: 旧 or 改正 before it, 施行令 or 案, its number, its places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.citation import Citation, Find
from pipeline.entities.laws.jurisdiction import foreign
from pipeline.entities.laws.locators import Locators, read_locators
from pipeline.entities.laws.namesakes import another_act, of_another_year
from pipeline.entities.laws.numbered import EU_NUMBER_BEHIND, NUMBER_TEXT
from pipeline.entities.laws.pattern_words import MADE, any_of
from pipeline.entities.names.phrases import alternatives
from pipeline.eras import eras
from pipeline.facts import column
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Name

_GOES_ON = ("law_words.csv", "word", "list", "behind_a_law_in_a_name")
# 民法学, 電波法令: words of their own; 刑法 in 刑法犯 is a whole morpheme.
_WORD_GOES_ON = Rule(
    "word_that_goes_on",
    rf"[学典廷令]| ?(?:委員会|理事会)|特例(?!措置)|院(?![内外])|{alternatives(column(*_GOES_ON))}",
    reads=("民法⟦学⟧", "憲法⟦裁判所⟧", "電波法⟦令⟧", "TRIPS⟦ 理事会⟧", "電波法⟦特例⟧"),
    leaves=("刑法⟦を", "電波法⟦特例措置"),
)
# Behind 憲法 alone: 憲法がない, 連邦憲法に相当する. 大日本帝国憲法に相当する names one.
_NO_CONSTITUTION = Rule(
    "constitution_that_is_none",
    "に(?:相当|当たる)|」?とも?(?:呼ば|言わ|いわ|称さ)れ|[がは](?:存在し)?な[いか]|を(?:持|も)たな",
    reads=("憲法⟦に相当⟧する", "憲法⟦がない⟧", "海の憲法⟦とも呼ばれ⟧る"),
    leaves=("憲法⟦に違反",),
)
_AMENDS = rf"の一部を改正する(?:等の)?(?:{any_of('amending_kind')})"
_SUFFIX = Rule(
    "instrument_of_a_law",
    rf"(?P<sub>(?:{any_of('order_of_a_law')})(?:(?<=令)臨時特例)?|等?施行法|等?関係手数料(?:規則|令)"
    rf"|(?<=令)臨時特例(?!措置|法))|(?P<amend>等?{_AMENDS}|の?改正議定書"
    r"|を改正する(?:議定書|条約|協定)|の?(?:第[一二三四五六七八九十1-9]{1,2})?(?:選択|追加|改正)議定書"
    r"|(?:等?の)?一部改正法|改正法)",
    reads=(
        "電波法⟦施行令⟧第3条",
        "特許法⟦等関係手数料令⟧",
        "予算決算及び会計令⟦臨時特例⟧第4条",
        "電波法⟦の一部を改正する法律⟧が",
        "同条約⟦の第二追加議定書⟧",
    ),
    leaves=("電波法⟦の施行",),
)
_BILL = Rule(
    "bill_behind_a_name",
    r"(?:（案）|案)(?![件内分配文])",
    reads=("電波法⟦案⟧を",),
    leaves=("この法⟦案件",),
)
_PREFIX = Rule(
    "prefix_of_a_name",
    r"(?:（(?:旧|新)）|旧|新|改正)「?$",
    reads=("旧", "の改正「"),
    leaves=("旧の",),
)
_NOT_PREFIX = Rule(
    "no_prefix_of_a_name",
    rf"(?:[一-龥]新|一部改正|(?<![年月日度])の改正|(?:{MADE}|新設|廃止|整備)、改正)$",
    reads=("税制の改正", "一部改正"),
    leaves=("5月の改正", "改正"),
)
_WESTERN_YEAR = Rule(
    "western_year_before_a_name",
    r"(?<!\d)(?:1[89]|20)\d\d年$",
    reads=("米国の1996年",),
    leaves=("第21996年",),
)
_REVISED = Rule(
    "revised_not_named_by_year",
    r"の?(?:一部)?(?:改正|改定|施行)",
    reads=("電波法⟦の一部改正⟧を",),
    leaves=("電波法⟦を改正",),
)
NUMBER_BRACKET = Rule(
    "number_in_a_bracket",
    rf"[ 　]?（[ 　]?({NUMBER_TEXT})[ 　]?）",
    reads=("電波法⟦（昭和25年法律第131号）⟧",),
    leaves=("電波法⟦（略称）",),
)
_MADE = Rule(
    "year_of_making",
    rf"(?P<year>(?:{'|'.join(eras())})?{NUMBER}年)(?:{NUMBER}月(?:{NUMBER}日)?)?に?(?:制定|公布)され(?:た|、)「?$",
    reads=("昭和16年に制定された",),
    leaves=("昭和16年に廃止された",),
)
_NEAR = Rule(
    "number_behind_a_mark",
    rf"」[ 　]?（[ 　]?({NUMBER_TEXT})(?!号?(?:による|の規定))|[ 　]?（[ 　]?({NUMBER_TEXT})(?=[、。])",
    reads=("電波法⟦」（昭和25年法律第131号⟧）", "電波法⟦（昭和25年法律第131号⟧。以下「法」という。）"),
    leaves=("電波法⟦」（略称）",),
)
_AMENDED = Rule(
    "bill_that_amends",
    r"[」』]?(?:[ 　]?（[^（）]{0,40}）)?等?の?(?:一部)?改正(?:法)?案",
    reads=("電波法⟦の一部改正法案⟧を",),
    leaves=("電波法⟦の施行",),
)
# …法から…法に改称: the same instrument under its new name.
_FROM = Rule(
    "from_an_old_name",
    r"から[「『]?$",
    reads=("旧法から「",),
    leaves=("旧法からの",),
)
_RENAMED = Rule(
    "to_a_new_name",
    rf"[」』]?[にへと](?:{any_of('renamed')})",
    reads=("年金保険法⟦に改称⟧し",),
    leaves=("年金保険法⟦を改正",),
)
_ORDER = Rule(
    "named_by_its_number",
    "(?:令|告示|訓令|条約|布告)$",
    reads=("推進本部令", "欧州評議会条約"),
    leaves=("電波法",),
)
# …する法律」（平成17年法律第35号）が: the text speaks of it.
_SUBJECT = Rule(
    "what_the_text_speaks_of",
    r"[」』]?(?:[ 　]?（[^（）]{0,80}）)?[はがをも]",
    reads=("法律⟦」（平成17年法律第35号）が⟧",),
    leaves=("法律⟦の施行",),
)


def word_goes_on(text: str, start: int, end: int) -> bool:
    """Whether what stands behind a name makes a word of its own, or says that there is no such thing.

    >>> word_goes_on("刑法学", 0, 2), word_goes_on("憲法に相当する", 0, 2), word_goes_on("大日本帝国憲法に相当する", 0, 7)
    (True, True, False)
    """
    if _WORD_GOES_ON.match(text, end):
        return True
    return text[start:end] == "憲法" and _NO_CONSTITUTION.match(text, end) is not None


def grown(text: str, start: int, end: int, rule: str, citation: Citation) -> Find:
    """Take in what touches a name: prefix, suffix, number in brackets, locators."""
    if foreign(text, start):
        citation = of_another_state(citation)
    citation = another_act(text, start, end, citation)
    suffix = _SUFFIX.match(text, end)
    if suffix:
        end = suffix.end()
        citation = replace(citation, suffix=suffix.group())
    bill = _BILL.match(text, end)
    if bill:
        end = bill.end()
        citation = replace(citation, bill=True)
    start, end, citation = _with_prefix(text, start, end, citation)
    start, citation = of_another_year(text, start, citation)
    bracket = NUMBER_BRACKET.match(text, end)
    if bracket:
        end = bracket.end()
        citation = replace(citation, number=bracket.group(1))
    serial = EU_NUMBER_BEHIND.match(text, end)
    end = serial.end() if serial else end
    near = _NEAR.match(text, end)
    made = _MADE.search(text, max(0, start - 24), start)
    end, locators = read_locators(text, end)
    if locators.item and not (locators.article or locators.paragraph) and _ORDER.search(citation.name):
        locators = Locators()  # 推進本部令第1号: its number, and no place in it
    amended = _AMENDED.match(text, end) is not None
    renamed = bool(_RENAMED.match(text, end) and _FROM.search(text, max(0, start - 4), start))
    citation = replace(
        citation,
        locators=locators,
        near=(near[1] or near[2]) if near else "",
        made=made["year"] if made else "",
        amended=amended,
        renamed=renamed,
        subject=_SUBJECT.match(text, end) is not None,
    )
    return Find(start, end, rule, citation)


def of_another_state(citation: Citation) -> Citation:
    """Return the citation without what it would mean in Japan."""
    kept = tuple((record, name) for record, name in citation.records if record.kind != "law")
    return replace(citation, records=kept, foreign=True)


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
