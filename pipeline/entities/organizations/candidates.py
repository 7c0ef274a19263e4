"""What may be the name of a body, though nothing proves it: for ``candidates.csv`` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import LINK_ENDS, in_name, phrase_start
from pipeline.entities.organizations.facts import HEADS, countries, generic, words
from pipeline.entities.organizations.find import LABEL, OrganizationName
from pipeline.entities.organizations.left_edge import past_lists, past_outside, run_start
from pipeline.model.entity import Mention
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis, Token

# The look-behind comes after the first character, because the search is faster that way.
ACRONYM = Rule(
    "acronym_that_nothing_explains",
    r"[A-Z](?<![A-Za-z0-9.&/-].)[A-Za-z&]*(?:[A-Z]|-[A-Za-z]{2})[A-Za-z]*(?![A-Za-z0-9&/-])",
    reads=("⟦AOBAX⟧は", "（⟦AbCo⟧）", "⟦AOB-net⟧が"),
    leaves=("⟦Aoba", "⟦A は", "X⟦AOB"),
)
CREDITED = Rule(
    "named_as_a_source",
    r"[資出所](?:(?:(?<=資)料|(?<=[出所])典)[)）]?[：: 　][ 　]{0,2}([^、,；;（「『」』。:：\s]{2,30})"
    r"|(?<=[出所])典[)）][ 　]{0,2}([^、,；;（「『」』。:：\s]{2,30}))",
    reads=("⟦資料：アオバ・リサーチ⟧、", "⟦出典）Aobasta⟧（"),
    leaves=("⟦資料を青葉が",),
)
WORDS = Rule(
    "latin_words",
    r"[A-Z](?<![A-Za-z0-9.@/-].)[a-z]{2,}[A-Za-z]*"
    r"(?: (?:(?:of|for|and|the|&) )*[A-Z][A-Za-z]+){0,8}(?![A-Za-z0-9@/-])",
    reads=("⟦Aobasta⟧は", "⟦Aoba Network of Wakaba⟧）"),
    leaves=("⟦aoba", "⟦Ao"),
)
# What is founded, dissolved or led is a body, whatever its name.
FOUNDED = Rule(
    "founded_or_led",
    "(?<=[会社組所行校館局院団庁司署隊党舎塾園議])(?:を?(?:設立|創立|結成|創設|開設|解散|廃止)|の?(?:発足|開校)|と改称|頭取|会頭|総裁|の答申|に諮問)",
    reads=(
        "青葉硝子会社⟦設立⟧",
        "若葉協力社⟦を設立⟧",
        "青葉塾⟦と改称⟧",
        "青葉会議所⟦会頭⟧",
        "青葉会議⟦の答申⟧",
    ),
    leaves=("青葉制度⟦を創設", "青葉社⟦の設立", "青葉会⟦が会頭"),
)
MOST = 24  # 決め打ち: characters of a run of nouns that may still be one name
PROPER, NUMERAL = "名詞-固有名詞-一般", "名詞-数詞"
KANA = Rule("word_in_kana", "[ぁ-ん]+", reads=("⟦ため⟧",), leaves=("築堤",))


def candidates(
    analyses: Sequence[Analysis], lexicon: Lexicon[Organization]
) -> Iterator[Mention[OrganizationName]]:
    """Yield what is nearly a name of a body; candidates may overlap each other and what was found.

    Args:
        analyses: The sentences of a document with their tokens.
        lexicon: The names of the registry.
    """
    for index, analysis in enumerate(analyses):
        if analysis.sentence.kind == "gloss":
            continue
        for start, end, rule, reason in _spans(analysis):
            name = analysis.sentence.text[start:end]
            payload = OrganizationName(name, lexicon.get(name))
            yield Mention(LABEL, index, start, end, rule, payload, reason)


def _spans(analysis: Analysis) -> Iterator[tuple[int, int, str, str]]:
    yield from _headed(analysis)
    yield from _proper(analysis)
    yield from _founded(analysis)
    yield from _ended(analysis)
    text = analysis.sentence.text
    if not text.isascii():
        for match in ACRONYM.finditer(text):
            yield match.start(), match.end(), "acronym_name", "acronym"
        for match in WORDS.finditer(text):
            yield match.start(), match.end(), "english_name", "latin_words"
    for match in CREDITED.finditer(text):
        yield *match.span(match.lastindex or 0), "credited", "source"


def _headed(analysis: Analysis) -> Iterator[tuple[int, int, str, str]]:
    """Runs of nouns that end with a head, and in which too little tells one body from another."""
    text, tokens = analysis.sentence.text, analysis.tokens
    for end in HEADS.ends(text):
        last = analysis.ends.get(end)
        if last is None:
            continue
        head = next(HEADS.at(text, end), None)
        if head is None or head.needs == "ordinal":
            continue
        first = past_outside(tokens, past_lists(text, tokens, run_start(text, tokens, last), last, ()), last)
        start = tokens[first].start
        if LINK_ENDS.search(text, max(0, start - 8), start):
            phrase = phrase_start(text, tokens, first)
            if phrase is not None and phrase < start and end - phrase <= 2 * MOST:
                yield phrase, end, "phrase_name", "phrase"
        if start < end - len(head.head) and end - start <= MOST and text[start:end] not in generic():
            yield start, end, f"{head.needs}_name", "weak_head"
            behind = _behind_a_person(tokens, first, last)
            if first < behind and tokens[behind].start <= end - len(head.head):
                yield tokens[behind].start, end, f"{head.needs}_name", "behind_a_person"


def _founded(analysis: Analysis) -> Iterator[tuple[int, int, str, str]]:
    """Runs of nouns that are founded, dissolved or led."""
    text, tokens = analysis.sentence.text, analysis.tokens
    for match in FOUNDED.finditer(text):
        end = match.start()
        last = analysis.ends.get(end)
        if last is None:
            continue
        first = past_outside(tokens, past_lists(text, tokens, run_start(text, tokens, last), last, ()), last)
        start = tokens[first].start
        if 2 < end - start <= MOST and text[start:end] not in generic():
            yield start, end, "proper_name", "founded"


def _ended(analysis: Analysis) -> Iterator[tuple[int, int, str, str]]:
    """Runs of nouns whose last word ends as names of bodies do, though it is no head of them."""
    text, tokens, ends = analysis.sentence.text, analysis.tokens, words("candidate_end")
    for last, token in enumerate(tokens):
        if not last or (token.surface[-1:] not in ends and token.surface not in ends) or not in_name(token):
            continue
        behind = tokens[last + 1] if last + 1 < len(tokens) else token
        if behind.start == token.end and behind.pos.startswith("接尾辞"):
            continue  # 青葉会｜的な考え
        first = _first(tokens, past_outside(tokens, run_start(text, tokens, last), last), last)
        start, end = tokens[first].start, token.end
        if first < last and 2 < end - start <= MOST and text[start:end] not in generic():
            yield start, end, "proper_name", "end_of_a_body"


def _first(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a run of nouns begins if it takes in a number, and no word in kana: ため｜青葉協力社, 第百一銀行."""
    at = next((i for i in range(last - 1, first - 1, -1) if KANA.fullmatch(tokens[i].surface)), first - 1)
    if at >= first or first < 2 or tokens[first - 1].pos != NUMERAL:
        return at + 1
    before = tokens[first - 2]
    touches = before.end == tokens[first - 1].start and tokens[first - 1].end == tokens[first].start
    return _ordinal(tokens, first) if touches and before.surface == "第" else first


def _ordinal(tokens: Sequence[Token], first: int) -> int:
    """Return where what stands before 第百一銀行 begins: 国立."""
    first -= 2
    while first and _goes_on(tokens[first - 1], tokens[first]):
        first -= 1
    return first


def _behind_a_person(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return the first token from ``first`` on that is no name of a person, ``last`` at most."""
    return next((at for at in range(first, last) if "人名" not in tokens[at].pos), last)


def _proper(analysis: Analysis) -> Iterator[tuple[int, int, str, str]]:
    """Proper nouns that are neither persons nor places: firms, most often."""
    tokens = analysis.tokens
    reached = 0  # runs are apart, so each token is looked at once
    for at in [at for at, token in enumerate(tokens) if token.pos == PROPER]:
        if at < reached:
            continue
        first = last = at
        while first > reached and _goes_on(tokens[first - 1], tokens[first]):
            first -= 1
        while last + 1 < len(tokens) and _goes_on(tokens[last], tokens[last + 1]):
            last += 1
        reached = last + 1
        start, end = tokens[first].start, tokens[last].end
        for one in tokens[at:reached]:
            if one.pos != PROPER or one.surface in countries() or one.end - one.start < 2:
                continue
            yield one.start, one.end, "firm_name", "proper_noun"
            if (start, end) != (one.start, one.end) and end - start <= MOST:
                yield start, end, "firm_name", "proper_noun_in_a_run"


def _goes_on(token: Token, behind: Token) -> bool:
    """Whether a run of nouns goes on from one token to the next."""
    if token.end != behind.start or behind.surface in words("officer") or behind.surface in words("behind"):
        return False
    return in_name(token) and in_name(behind)
