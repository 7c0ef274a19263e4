"""Firms that a text shows by what one does with another: 建設会社の若葉組を子会社化, 青葉ケミックスの全株式を取得."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import MARKS, alternatives, in_name
from pipeline.entities.organizations.facts import countries, generic, outside, words
from pipeline.entities.organizations.left_edge import run_start
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.sentence import Token

DEAL = Rule(
    "deal_with_a_firm",  # behind its name and the bracket with its seat
    r"""(?:（[^（）]{1,60}）)? (?:
        を (?:完全|連結)? (?:子会社(?:化|と|に) | 吸収合併 | 傘下に | 買収)
      | の (?:全|発行済み?)? 株式 (?: の? (?:約|全|過半|\d) | を | 、)
      | に (?:対(?:する|して))? (?: TOB | 株式公開買)
      | との? (?: 経営統合 | 資本(?:・?業務)?提携 )
    )""",
    flags=re.VERBOSE,
    reads=("若葉組⟦を子会社化⟧", "青葉⟦（長野市）の全株式を⟧", "青葉⟦にTOB⟧を", "青葉⟦と資本業務提携⟧"),
    leaves=("株式を取得", "青葉の株価", "青葉と協力", "青葉を支援"),
)
BUYER = Rule(
    "firm_that_buys",  # the subject of a sentence that ends with a deal
    "(?P<name>[^、。はがを（）「」]{2,30})(?:（[^（）]{1,60}）)?は(?=[^。]{2,200}?"
    "(?:子会社化|買収|株式を(?:追加)?取得|吸収合併)(?:する|した|することを|すると))",
    reads=(
        "⟦青葉テクノは⟧若葉を買収すると発表した。",
        "⟦青葉ケミックス（東京都）は⟧若葉の全株式を取得した。",
    ),
    leaves=("青葉テクノは若葉と協力した。", "買収は中止された。"),
)
OF_A_CLASS = Rule(
    "class_of_firms_before_a_firm",  # 建設会社の｜若葉組, 投資ファンドの｜青葉キャピタル
    rf"(?:{alternatives(words('class_before_a_firm'))})の$",
    reads=("建設⟦会社の⟧", "文房具⟦メーカーの⟧", "投資⟦ファンドの⟧"),
    leaves=("会社は", "会社のある", "支店の"),
)
LATIN = Rule("latin_name", "[A-Z][A-Za-z]{2,}", reads=("⟦Zalando⟧",), leaves=("⟦IS", "⟦zal"))
SHORTEST = 3  # 決め打ち: characters of a firm's name
CLASS_REACH = 12  # 決め打ち: characters in which the word for a class stands before a name
NO_LEAD = frozenset("同各両当他自新本該元")
PLACE = "名詞-固有名詞-地名"
SOCIETY = "社"  # A社, 同社


def deals(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str, str]]:
    """Yield span, kind and rule of each firm that is bought, or that buys, in a sentence's ``text``."""
    found = list(DEAL.finditer(text))
    if not found:
        return
    ends = {token.end: i for i, token in enumerate(tokens)}
    for match in found:
        if run := _named(text, tokens, ends.get(match.start())):
            yield run[0].start, match.start(), "company", "told_firm"
    buyer = BUYER.match(text)
    run = _named(text, tokens, ends.get(buyer.end("name"))) if buyer is not None else []
    if run and run[0].start == 0:
        yield 0, run[-1].end, "company", "told_firm"


def _named(text: str, tokens: Sequence[Token], last: int | None) -> Sequence[Token]:
    """Return the words of a firm's name that ends with token ``last``; none where they name no firm."""
    if last is None or not (in_name(tokens[last]) or tokens[last].surface.isascii()):
        return []
    first = run_start(text, tokens, last)
    classes = words("class_of_firms") | words("trade_before_a_firm") | outside()
    lead = [i for i in range(first, last) if tokens[i].surface in classes or tokens[i].surface in countries()]
    run = tokens[lead[-1] + 1 if lead else first : last + 1]
    written = text[run[0].start : run[-1].end]
    if len(written) < SHORTEST or written in generic() or run[0].surface in NO_LEAD:
        return []
    never = classes | words("no_firm") | words("never_bought") | words("officer")
    if written.endswith((*never, SOCIETY)) or any(t.surface in MARKS for t in run):
        return []
    told = OF_A_CLASS.search(text, max(0, run[0].start - CLASS_REACH), run[0].start)
    return run if evident(run) or (told and _free(run)) else []


def evident(run: Sequence[Token]) -> bool:
    """Whether words are a firm's name by themselves: no person (山田太郎), place or ordinary word alone."""
    if all("人名" in t.pos for t in run) or any("人名-名" in t.pos for t in run[1:]):
        return False
    if len(run) == 1 and LATIN.fullmatch(run[0].surface):
        return unknown(run[0])
    if any(t.pos == "名詞-固有名詞-一般" for t in run):
        return True
    own = "固有名詞" in run[0].pos or run[0].surface in words("name_of_firms")
    return len(run) > 1 and own and run[-1].surface in words("trade")


def _free(run: Sequence[Token]) -> bool:
    """Whether words may be a name behind the word for a class: no place alone (東京), no site there (東京支店)."""
    return not run[-1].pos.startswith((PLACE, "接尾辞"))


def unknown(token: Token) -> bool:
    """Whether the dictionary lacks a Latin word: it gives no reading in katakana, as it does for Windows."""
    return token.reading.isascii()
