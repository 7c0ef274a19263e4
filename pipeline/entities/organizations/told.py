"""Firms that a text tells apart as firms: 若葉工芸（本社：東京都港区）, 製薬大手のノバルティス, Xは…に本社を置く企業."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import MARKS, alternatives, in_name
from pipeline.entities.organizations.deals import LATIN, PLACE, deals, unknown
from pipeline.entities.organizations.facts import countries, generic, outside, words
from pipeline.entities.organizations.left_edge import run_start
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.sentence import Token

_LATIN = "[A-Z][A-Za-z0-9&.-]*[a-z][A-Za-z0-9&.-]*"
_NAME = rf"(?P<name>[ァ-ヶー]{{3,24}}(?:[・＝][ァ-ヶー]{{2,24}}){{0,4}}|{_LATIN}(?: {_LATIN}){{0,3}})"
_BORDER = "(?=[はがをにとのもへや、。（）」]|など|から|による|$)"
CODE = Rule(
    "stock_code_of_a_firm",
    r"[<＜〈《](?:\d{4}|\d{3}[A-Z])[>＞〉》]",
    reads=("青葉⟦<8242>⟧は", "青葉⟦〈130A〉⟧"),
    leaves=("<2014年>", "<青葉>"),
)
TOLD = Rule(
    "facts_of_a_firm",  # in the bracket behind its name
    rf"（(?=(?:{alternatives(words('fact_of_a_firm'))})(?!{alternatives(words('site_of_a_firm'))}))",
    reads=("若葉工芸⟦（⟧本社：東京都港区）", "若葉工芸⟦（⟧東証1部上場）"),
    leaves=("本社（東京都港区）", "山田太郎（代表取締役）", "ネットワーク（本社、支社）"),
)
LED = Rule(
    "firm_behind_its_trade",
    rf"(?:{alternatives(words('trade_before_a_firm'))})(?:の|・)?{_NAME}{_BORDER}",
    reads=("製薬⟦大手のノバルティス⟧は", "⟦子会社アコム⟧が"),
    leaves=("会社のルールは", "大手のシェア争い"),
)
SEATED = Rule(
    "firm_with_its_seat",
    rf"^(?:現在、)?{_NAME}(?:（[^（）]{{1,60}}）)?は、?[^。]{{0,60}}?"
    r"(?:に本[社店拠]を(?:置く|おく|構える)|年(?:\d{1,2}月(?:\d{1,2}日)?)?に(?:設立|創業|創立)された)"
    "[^。]{0,40}?(?:会社|企業|メーカー|銀行)(?:で(?:ある|す|、)|だ|。|$)",
    reads=("⟦シモンズは、米国に本社を置く寝具メーカーである⟧", "⟦Zalandoは2008年に設立された企業である⟧"),
    leaves=("企業は東京に本社を置く", "ニューヨークは企業が本社を置く都市である"),
)


def told(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str, str]]:
    """Yield span, kind and rule of each name that the text calls a firm's, in a sentence's ``text``."""
    facts = list(TOLD.finditer(text)) if "（" in text else []
    codes = list(CODE.finditer(text))
    ends = {token.end: i for i, token in enumerate(tokens)} if facts or codes else {}
    for match in codes:
        last = ends.get(match.start())
        if last is not None and (in_name(tokens[last]) or tokens[last].surface.isascii()):
            yield tokens[run_start(text, tokens, last)].start, match.start(), "company", "told_firm"
    for match in facts:
        if (start := _start(text, tokens, ends.get(match.start()))) is not None:
            yield start, match.start(), "company", "told_firm"
    for match in LED.finditer(text):
        if _proper(text, tokens, *match.span("name")):
            yield *match.span("name"), "company", "told_firm"
    seated = SEATED.match(text)
    if seated is not None and _proper(text, tokens, *seated.span("name")):
        yield *seated.span("name"), "company", "told_firm"
    yield from deals(text, tokens)


def _start(text: str, tokens: Sequence[Token], last: int | None) -> int | None:
    """Say where the firm's name ending with token ``last`` begins; None for a class of firms or a place."""
    if last is None or not (in_name(tokens[last]) or tokens[last].surface.isascii()):
        return None
    classes = words("class_of_firms") | words("trade_before_a_firm") | outside()
    surface = tokens[last].surface
    if surface.endswith(tuple(classes)) or surface in generic() | words("no_firm"):
        return None
    first = run_start(text, tokens, last)
    lead = [i for i in range(first, last) if tokens[i].surface in classes or tokens[i].surface in countries()]
    run = tokens[lead[-1] + 1 if lead else first : last + 1]
    return run[0].start if _named(run) else None


def _named(run: Sequence[Token]) -> bool:
    """Whether the words before a firm's facts are its name: no person (山田太郎), thing (ホテル) or place alone."""
    if all("人名" in t.pos for t in run if t.surface not in MARKS) or any(
        "人名-名" in t.pos for t in run[1:]
    ):
        return False
    if len(run) == 1 and LATIN.fullmatch(run[0].surface):
        return unknown(run[0])
    if any("固有名詞" in t.pos and "地名" not in t.pos for t in run):
        return True
    return len(run) > 1 and "地名" in run[0].pos and not run[-1].pos.startswith(("接尾辞", PLACE))


def _covered(tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    return [token for token in tokens if start <= token.start and token.end <= end]


def _proper(text: str, tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a name behind a trade is a firm's: neither an ordinary word nor a place or person."""
    if text[start:end] in words("no_firm"):
        return False
    name = _covered(tokens, start, end)
    if text[start:end].isascii():
        return bool(name) and unknown(name[0])
    return any("固有名詞" in t.pos and "地名" not in t.pos and "人名" not in t.pos for t in name)
