"""What is written of an instrument, and the citations without a name: law numbers alone, 同法, 同条."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.locators import Locators, read_locators
from pipeline.entities.laws.numbers import SHORT
from pipeline.eras import ERA_FIRSTS, ERA_LASTS, ERA_NAMES
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Name

LABEL = "LAW"
_S = "[ 　]?"
_ERA = f"(?:{ERA_NAMES})"
_BODY = r"[一-龥]{1,8}[省府庁院会](?:・[一-龥]{1,8}[省府庁会]){0,6}"
_TYPE = (
    "(?:法律|政令|勅令|条約|条例|人事院規則|太政官布告|太政官達"
    rf"|{_BODY}(?:令|告示|訓令|規則)|[一-龥ぁ-んァ-ヶー]{{1,8}}[都道府県市区町村](?:条例|規則|告示|訓令)|(?:省令|府令|告示|訓令|規則|条例))"
)
# 平成25年法律第108号, 同年法律第5号, 法律第17号, 総務省告示第124号; bills: 閣法第5号; 人事院規則14―7.
LAW_NUMBER = re.compile(
    rf"(?:(?:{_ERA}{_S}{NUMBER}{_S}年|同年){_S}(?:{NUMBER}月(?:{NUMBER}日)?)?{_TYPE}{_S}第?{_S}{NUMBER}{_S}号"
    rf"|(?:法律|政令|勅令|条約){_S}第{_S}{NUMBER}{_S}号|[一-龥]{{1,8}}[省府庁会](?:令|告示|訓令|規則){_S}第{_S}{NUMBER}{_S}号"
    rf"|[閣衆参]法第{_S}\d+{_S}号|{_ERA}{_S}{NUMBER}{_S}年憲法"
    rf"|{SHORT}"
    rf"|人事院規則{_S}(?:\d{{1,2}}[―－‐−ー-]\d{{1,3}}|[一二三四五六七八九〇]{{1,2}}[―－ー][一二三四五六七八九〇]{{1,3}}))"
)
# No number of a law is without one of these.
_NUMBERED = re.compile(
    rf"[号年人{ERA_FIRSTS}](?:(?<=号)|(?<=年)憲法|(?<=人)事院規則"
    rf"|(?<=[{ERA_FIRSTS}])[{ERA_LASTS}]?[\d元一二三四五六七八九十]{{1,3}}年?[法政勅条])"
)
# 規則（EU）2016/679, 指令2006/32/EC, Regulation (EC) No 1907/2006; US statutes: Public Law 107-56.
_UNION = "E(?:U|C|EC|URATOM)"
_SERIAL = rf"(?:第|No\.?{_S})?\d{{1,4}}/\d{{1,4}}(?:/{_UNION})?号?(?![\d/])"
EU_NUMBER_BEHIND = re.compile(rf"{_S}（{_UNION}）{_S}{_SERIAL}")
FOREIGN_NUMBER = re.compile(
    rf"(?:(?:EU|EC|EEC|欧州議会(?:及び|・)(?:欧州)?理事会|欧州委員会|理事会|委任|実施){{0,2}}(?:規則|指令){_S}(?:（{_UNION}）|{_UNION})?{_S}{_SERIAL}"
    rf"|(?:Council |Commission )?(?:Regulation|Directive) (?:（{_UNION}） ?)?{_SERIAL}"
    r"|(?:Public Law|Pub\. ?L\.|P\. ?L\.) ?(?:No\. ?)?\d{2,3}[-–]\d{1,3})"
)
_HEADS = (
    "法律案|法案|法律|法|条約案|条約|協定案|協定|取極|議定書|憲章|施行令|施行規則|規則案|規則|政令|省令|府令|条例案|条例|告示|訓令"
    "|改正法|特措法|指令案|指令"
)
# What 同 can stand before alone; longer heads (同取締令) count where the text has named such an instrument.
HEADS = frozenset(_HEADS.split("|"))
_LONGER = "[一-龥]{1,8}(?:法|令|条約|協定|規則|条例|議定書)"
_ANAPHOR = re.compile(
    rf"「?(?<!共)(?<!合)同(?P<head>{_HEADS}|{_LONGER})(?P<own>施行令|施行規則)?(?P<close>」)?(?![人的制務廷学曹定理科例令])"
)
_SAME_PLACE = re.compile(rf"同(?P<place>条|項)(?![約件例目])(?P<rest>(?:第?{_S}{NUMBER}{_S}[項号])*)")
# 同法は…公布された, 同法の施行: what is done once, when an act is made.
_ENACTED = re.compile(
    r"[」』]?(?:[はがも][^。]{0,40}?(?:公布|可決|成立|施行)(?:され|し|する|予定|の予定)|の?(?:公布|可決|成立|施行)(?!令|規則|細則))"
)
# 同法違反, 同法に基づく: what is done with a law that is in force, and not with the act that amends it.
_APPLIED = re.compile(
    r"[」』]?(?:違反|に違反|に基づ|に(?:よ|定め|規定)|[上下]の|の(?:規定|適用|対象|運用|違反|目的)|等)"
)
# 成立し（平成26年法律第118号）
_PASSED = re.compile(r"(?:成立|公布|制定)(?:され|し)(?:た|ており|、)?（[ 　]?$")
# （条約第2条）, 定義（法第2条関係）: which law, the text has said before; a bare name is none without a place.
_BARE = re.compile(
    rf"(?<![一-龥々ァ-ヶーA-Za-z」』])(?<!この)(?<!その)(?P<head>法|条約|協定|議定書|規則|政令|省令)(?={_S}第?{_S}{NUMBER}{_S}条(?![約件例]))"
)
# A place in something that is no instrument (ガイドライン第22条), to which 同条 then points.
_BARE_PLACE = re.compile(rf"第{_S}{NUMBER}{_S}[条項]")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is written of an instrument.

    Attributes:
        name: The name without prefix, number and locators; ``""`` for a number alone or an anaphor.
        records: What the registry knows under the name.
        prefix: 旧, 新 or 改正 before the name, or the year of a foreign statute (1996年).
        suffix: 施行令, の一部を改正する法律, … behind it.
        number: The law number as written in brackets that belong to the mention.
        near: The number that stands behind the closing quotation mark, a mention of its own.
        made: The year that the text gives for its making (16年に制定された…法).
        amended: Whether the text goes on to a bill that amends it (…法の一部改正法案).
        enacted: Of an anaphor, whether the text says that it was made or came into force (同法は4月に施行された).
        applied: Of an anaphor, whether the text says what is done under it (同法に基づく, 同法違反).
        subject: Whether は, が or を stands behind it: the text speaks of the instrument itself.
        passed: Of a number alone, whether it is said behind what was passed: 成立し（平成26年法律第118号）.
        renamed: Whether it is a new name of the instrument before it (…法から…法に改称).
        anaphor: The head of a 同-mention (法, 条約 …; 条, 項 for a place).
    """

    name: str = ""
    records: tuple[tuple[Instrument, Name], ...] = ()
    prefix: str = ""
    suffix: str = ""
    bill: bool = False
    number: str = ""
    near: str = ""
    made: str = ""
    amended: bool = False
    enacted: bool = False
    applied: bool = False
    subject: bool = False
    passed: bool = False
    renamed: bool = False
    locators: Locators = field(default_factory=Locators)
    anaphor: str = ""


@dataclass(frozen=True, slots=True)
class Find:
    """A citation and its half-open span in the sentence."""

    start: int
    end: int
    rule: str
    citation: Citation


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def numbers_and_anaphors(
    text: str, numbered: Sequence[Find], finds: Sequence[Find], edges: frozenset[int]
) -> Iterator[Find]:
    """Yield the citations without a name, the ``numbered`` among them, that touch none of ``finds``."""
    if not numbered and "同" not in text and "条" not in text:
        return
    taken = bytearray(len(text))  # a mark a character: a list of spans would make long sentences slow
    for find in finds:
        _take(taken, find.start, find.end)
    for find in numbered:
        if not any(taken[find.start : find.start + len(find.citation.number)]):
            _take(taken, find.start, find.end)
            yield find
    same = _ANAPHOR.finditer(text) if "同" in text else ()
    bare = _BARE.finditer(text) if "条" in text else ()
    for match in (*same, *bare):
        find = _anaphor(text, match)
        if not any(taken[find.start : find.end]) and find.start in edges:
            _take(taken, find.start, find.end)
            yield find
    if "同" in text:
        yield from _same_places(text, taken, edges)


def numbers(text: str) -> Iterator[Find]:
    """Yield the law numbers of a sentence, with what places stand behind them."""
    for match in LAW_NUMBER.finditer(text) if _NUMBERED.search(text) else ():
        end, locators = read_locators(text, match.end())
        passed = _PASSED.search(text, max(0, match.start() - 8), match.start()) is not None
        citation = Citation(number=match.group(), passed=passed, locators=locators)
        yield Find(match.start(), end, "number", citation)


def _same_places(text: str, taken: bytearray, edges: frozenset[int]) -> Iterator[Find]:
    """Yield 同条, 同項 … where the nearest place before them is an instrument's, none of them ``taken``."""
    places = [match.start() for match in _BARE_PLACE.finditer(text)]
    for match in _SAME_PLACE.finditer(text):
        before = bisect_left(places, match.start())
        outside = before and not taken[places[before - 1]]  # the nearest place before it is no instrument's
        if not any(taken[slice(*match.span())]) and match.start() in edges and not outside:
            _, locators = read_locators("第0条" + match["rest"], 0)
            yield Find(
                match.start(), match.end(), "anaphor", Citation(anaphor=match["place"], locators=locators)
            )


def foreign_numbers(text: str) -> Iterator[Find]:
    """Yield the acts of the European Union and of the United States that are cited by their number."""
    if "/" not in text and "P" not in text:
        return
    for match in FOREIGN_NUMBER.finditer(text):
        end, locators = read_locators(text, match.end())
        yield Find(match.start(), end, "number", Citation(name=match.group(), locators=locators))


def _anaphor(text: str, match: re.Match[str]) -> Find:
    start, end = match.start(), match.end()
    named = match.groupdict(default="")
    if text[start] == "「" or named.get("close"):
        start, end = start + (text[start] == "「"), end - bool(named.get("close"))
    end, locators = read_locators(text, end)
    enacted = _ENACTED.match(text, end) is not None
    citation = Citation(
        anaphor=match["head"],
        suffix=named.get("own", ""),
        locators=locators,
        enacted=enacted,
        applied=_APPLIED.match(text, end) is not None,
    )
    return Find(start, end, "anaphor", replace(citation, bill=match["head"].endswith("案")))
