"""The grammar of titles: where a name of a law or treaty that no registry holds begins and ends.

The end is a head (``data/law_heads.csv``). The beginning is found by grammar: a run of nouns
(電気通信事業法), or a phrase whose last link says what the instrument is about
(…に関する法律, …との間の協定). In quotation marks the quotation is the title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.heads import (
    generic,
    head_endings,
    heads,
    heads_at,
    kinds_of_order,
    method_endings,
    rule_stems,
)
from pipeline.entities.laws.jurisdiction import LETTER, adjacent
from pipeline.entities.laws.kana_titles import kana_titles
from pipeline.entities.laws.learned import spelled_out
from pipeline.entities.laws.left_edge import title_start
from pipeline.entities.laws.ordinances import ordinance_start
from pipeline.entities.laws.private_agreements import PRIVATE_CHARTER
from pipeline.entities.laws.quoted import COLLECTIVE, NUMBERED, quoted_titles
from pipeline.entities.laws.statutes import (
    YEAR_OF_A_STATE,
    Listed,
    cited,
    of_a_country,
    of_many_states,
    proper,
    statute,
)
from pipeline.entities.laws.title_phrases import cut_off, phrase_of
from pipeline.entities.laws.title_runs import of_an_order, run_of_title
from pipeline.entities.names.phrases import LISTED
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipeline.entities.laws.heads import Head
    from pipeline.model.sentence import Analysis, Token

# A place behind a title says that there is such an instrument.
PLACED = Rule(
    "place_behind_a_title",
    rf"[」』]?[ 　]?第{NUMBER}(?:の{NUMBER})*条(?![約件例文])",
    reads=("利用に関する規則⟦第3条⟧",),
    leaves=("利用に関する規則⟦を",),
)
# 昨年成立した金融改革法
MADE_BEFORE = Rule(
    "made_before_a_name",
    r"(?:成立|制定|公布|可決|立法化)(?:され|し)た$",
    reads=("成立した", "制定された"),
    leaves=("測定した",),
)
LONG_STATUTE = 4  # 決め打ち: of fewer characters a name says too little (測定法)
# 法律案, 法律違反, 法律上: what the analyzer takes for one word with the head.
GOES_ON = ("案", "違反", "上")
PAIR = Rule(
    "pair_of_countries", r"(?<![\d一二三四五六七八九十])(?:日・|日)$", reads=("日・", "た日"), leaves=("3日",)
)


def find_titles(
    analysis: Analysis, edges: frozenset[int], known: Collection[tuple[int, int]] = ()
) -> Iterator[tuple[int, int, str]]:
    """Yield the half-open span and the rule of each title in the sentence.

    Args:
        analysis: The sentence with its tokens.
        edges: Where a name may begin and end.
        known: The spans of the registered names in the sentence: what is listed with a law is one.
    """
    text, tokens = analysis.sentence.text, analysis.tokens
    yield from quoted_titles(text)
    yield from ((*span, "descriptive_title") for span in kana_titles(text))
    ending = _ending_with_a_head(analysis)
    listed = Listed(text, known) if ending else None
    for last in ending:
        token = tokens[last]
        if _in_dictionary(token):
            yield token.start, token.end, "dictionary_title"
            continue
        for end in (token.end, *(token.end - len(word) for word in GOES_ON if token.surface.endswith(word))):
            head = next(
                (h for h in heads_at(text, end) if end - len(h.head) in edges or cut_off(token, h)), None
            )
            if head is None or (head.head == "法" and text.startswith("条約", end)):
                continue  # 海洋法｜条約
            span = _title(text, tokens, last, end, head)
            if span and _counts((span[0], end), head, span[1], listed):
                if listed is not None and head.needs in ("stem", "state"):
                    listed.take(span[0], end)
                yield span[0], end, span[1]
            break


def _ending_with_a_head(analysis: Analysis) -> list[int]:
    """Return the indexes of the tokens that end with a head, or with 案 or 違反 behind one."""
    text, ends = analysis.sentence.text, analysis.ends
    found = head_endings().find(text)
    if not found:
        return []
    found += [end + len(word) for end in found for word in GOES_ON if text.startswith(word, end)]
    return sorted({ends[end] for end in found if end in ends})


def _in_dictionary(token: Token) -> bool:
    """Whether Sudachi's dictionary has the whole title as one proper noun."""
    if not token.pos.startswith("名詞-固有名詞-一般") or token.surface in generic():
        return False
    ends = (h.head for h in heads() if h.needs not in ("stem", "numbered"))
    return any(token.surface.endswith(end) and len(token.surface) > len(end) + 2 for end in ends)


def _title(text: str, tokens: Sequence[Token], last: int, end: int, head: Head) -> tuple[int, str] | None:
    """Return where a title with a head at ``end`` begins, and the rule; a compound is still to be judged."""
    numbered = NUMBERED.match(text, end) is not None
    certain = numbered or PLACED.match(text, end) is not None
    if head.needs == "numbered" and not certain and head.head not in ("命令", "基準"):
        return None
    first = run_of_title(text, tokens, last)
    start = tokens[first].start
    whose = ordinance_start(text, tokens, last, end) if head.head == "条例" else None
    if whose is not None and (whose < start or text[whose - 1] == "・"):
        return whose, "ordinance"
    phrase = phrase_of(text, tokens, (first, last), end, head, certain=certain)
    if phrase is not None:
        return phrase, "descriptive_title"
    return _compound(text, tokens, (first, last, end), head, numbered=numbered)


def _compound(
    text: str, tokens: Sequence[Token], run: tuple[int, int, int], head: Head, *, numbered: bool
) -> tuple[int, str] | None:
    """Return where a run of nouns that may be a title begins, and the rule; ``run``: its tokens, its end."""
    first, last, end = run
    start = _country_pair(text, tokens[first].start)
    if (
        not _is_name(text[tokens[first].start : end], head, numbered=numbered)
        or text[max(0, start - 1) : start] == "同"
    ):
        return None
    if text.startswith("同", start) or (head.needs == "numbered" and not numbered):
        return None
    if numbered and of_an_order(text, start, end, head):
        return None
    if head.kind == "directive":
        start = _whole_line(text, tokens, first, end)
    if numbered:
        return start, "numbered_title"
    named = _named(text, tokens[first : last + 1], (start, end - len(head.head), end), head)
    return start, "compound_title" if named else "listed_title"


def _counts(span: tuple[int, int], head: Head, rule: str, listed: Listed | None) -> bool:
    """Whether a title counts: what nothing else makes a name counts where it stands in a list of laws."""
    return rule != "listed_title" or (
        head.needs in ("stem", "state") and listed is not None and listed.holds(*span)
    )


def _is_name(name: str, head: Head, *, numbered: bool) -> bool:
    """Whether a run of nouns with a head can be a name: more than the head, no kind of laws, not several.

    A rule that is cited by its number as well is one, though private rules are called so: 給与規程（平成16年規程第5号）.
    """
    plain = name.removeprefix("本件") in generic() and not (numbered and head.kind == "order")
    kind = plain or name.endswith(kinds_of_order())
    if head.head == "憲章" and PRIVATE_CHARTER.search(name.removesuffix(head.head)):
        return False
    return name != head.head and len(name) > len(head.head) and not kind and not COLLECTIVE.search(name)


def _named(text: str, run: Sequence[Token], span: tuple[int, int, int], head: Head) -> bool:
    """Whether a run of nouns names an instrument; ``span`` is its start, its head's start, its end."""
    start, at, end = span
    stem = text[start:at]
    if text.startswith("（正式名称", end):
        return True
    match head.needs:
        case "left":
            return len(stem) >= 2
        case "stem":
            return _is_statute(text, run, (start, end), head)
        case "order":
            return _names_order(text, span, head)
        case "proper" if head.head == "条例" and PLACED.match(text, end):
            return len(stem) > 1 and stem != "本件"
        case "proper":
            spelled = spelled_out(text, start, end)
            return spelled or proper(run, stem) or of_many_states(text, start, stem, head)
        case "state":
            return proper(run, stem) or adjacent(text, start) or LETTER.match(stem) is not None
        case _:
            return False


def _names_order(text: str, span: tuple[int, int, int], head: Head) -> bool:
    """Whether a run of nouns that ends with 令, 規則 or 規程 names an order; ``span`` as ``_named`` has it."""
    start, at, end = span
    stem = text[start:at]
    if head.head == "令":
        return len(stem) > 1
    made = head.head == "規則" and stem.endswith(rule_stems()) and stem not in rule_stems()
    return made or stem.startswith(("EU", "欧州")) or cited(text, end, text[start:end])


def _is_statute(text: str, run: Sequence[Token], span: tuple[int, int], head: Head) -> bool:
    """Whether a run of nouns that ends with 法 names a statute, and no method; ``span`` is its own."""
    start, end = span
    name = text[start:end]
    if statute(name):
        return True
    if cut_off(run[-1], head):
        return False
    if MADE_BEFORE.search(text, max(0, start - 8), start) and len(name) > LONG_STATUTE:
        return name not in generic() and not name.removesuffix(head.head).endswith(method_endings())
    dated = YEAR_OF_A_STATE.search(text, max(0, start - 16), start) and adjacent(text, start)
    if dated and not name.removesuffix(head.head).endswith(method_endings()):
        return True
    return cited(text, end, name) or of_a_country(run, name)


def _country_pair(text: str, start: int) -> int:
    """Take in 日・ of 日・ペルー経済連携協定 and 日 of 日ベルギー租税条約, which the analyzer takes for a day."""
    before = text[max(0, start - 3) : start]
    pair = PAIR.search(before)
    katakana = "ァ" <= text[start : start + 1] <= "ヶ"
    if pair is None or not (pair.group() == "日・" or katakana):
        return start
    return start - len(pair.group())


def _whole_line(text: str, tokens: Sequence[Token], first: int, end: int) -> int:
    """Return where a title begins; one that fills its line reaches to the mark of the line.

    (3) アクセス及び相互接続指令案.
    """
    begin = tokens[title_start(text, tokens, first)].start
    listed = LISTED.match(text)
    fills = listed is not None and listed.end() == begin and not text[end:].strip("案 　。")
    return begin if fills else tokens[first].start
