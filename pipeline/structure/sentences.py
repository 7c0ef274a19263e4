"""Where a sentence ends.

Part of stage 3 (see ``builder.py``).
"""

from __future__ import annotations

import re

from pipeline.model.rule import Rule

# Sentences end here, outside brackets; a closing bracket or quotation mark after it still belongs to it.
ENDS = "。！？!?"
OPENING, CLOSING = "「『（〔［【〈《", "」』）〕］】〉》"
# A bracket that is not closed within this many characters does not hold a sentence together (決め打ち).
LONGEST_BRACKET = 400
# The partner of a closing bracket is looked for in at most this many open brackets (決め打ち).
DEEPEST = 8
LATIN_MARK = Rule(
    "mark_within_latin",  # not the end of a sentence
    r"(?<=[!-~])[!?！？](?= ?[A-Za-z0-9&=/%._-])",
    reads=("Sample⟦!⟧ JAPAN", "List.do⟦?⟧bid=1"),
    leaves=("なぜ? それは", "行くか?A社は", "Sample!は"),
)
MARK_OF_NAME = Rule(
    "mark_of_a_latin_name",  # of a word that is not all capitals: OK!次 ends
    r"(?<=[A-Z][a-z])[!！](?=[ァ-ヶ一-龥はがをの])|(?<=[a-z]{3})[!！](?=[ァ-ヶ一-龥はがをの])",
    reads=("Sample⟦!⟧ニュース", "Sample⟦!⟧検索", "Sample⟦!⟧は", "Go⟦!⟧プロジェクト"),
    leaves=("OK!次の", "行く!プロジェクト", "Sample!また", "Sample?その"),
)
MARK_IN_LIST = Rule(
    "mark_before_comma",
    f"[!?！？]{{1,3}}(?=[{re.escape(CLOSING)}]{{0,3}}[、，])",
    reads=("Sample⟦!⟧、青葉", "なぜ⟦？⟧、と"),
    leaves=("行くか?A社は", "なぜか？"),
)
END = Rule("end_of_sentence", f"[{ENDS}]", reads=("協議した⟦。⟧", "なぜか⟦？⟧"), leaves=("政府は、協議を",))
STOP = Rule(
    "end_or_opening_bracket",
    f"[{re.escape(ENDS + OPENING)}]",
    reads=("協議した⟦。⟧", "政府は⟦「⟧指針"),
    leaves=("指針」を、",),
)
AFTER = Rule(
    "ends_and_closing_brackets",
    f"[{re.escape(ENDS + CLOSING)}]+",
    reads=("行く⟦。」⟧と", "行く⟦！！⟧また"),
    leaves=("「行く",),
)
BRACKET = Rule(
    "bracket_of_any_kind",
    f"[{re.escape(OPENING + CLOSING)}]",
    reads=("⟦「⟧指針", "指針⟦》⟧"),
    leaves=("協議した。",),
)


def split(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences in ``text``; together they cover it.

    A sentence ends after 。！？ that stand outside brackets; closing brackets right after
    the end belong to it.

    >>> [text[a:b] for text in ["「行く。」と言った。次（注。）へ。"] for a, b in split(text)]
    ['「行く。」と言った。', '次（注。）へ。']
    """
    if not END.search(text):
        return [(0, len(text))] if text else []
    spans, start, at = [], 0, 0
    closers = _closers(text)
    while mark := STOP.search(text, at):
        i = mark.start()
        at = closers.get(i, i) + 1
        if text[i] in ENDS and not _within(text, i):
            at = AFTER.match(text, i).end()  # type: ignore[union-attr]
            spans.append((start, at))
            start = at
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _within(text: str, i: int) -> bool:
    """Whether the mark at ``i`` ends no sentence: in a name (Sample! JAPAN), before a comma (Sample!、青葉)."""
    return any(rule.match(text, i) for rule in (LATIN_MARK, MARK_OF_NAME, MARK_IN_LIST))


def _closers(text: str) -> dict[int, int]:
    """Map each opening bracket to its closing bracket, if there is one near enough."""
    stack: list[int] = []
    pairs: dict[int, int] = {}
    for bracket in BRACKET.finditer(text):
        i, char = bracket.start(), bracket[0]
        if char in OPENING:
            stack.append(i)
        else:
            kind = OPENING[CLOSING.index(char)]
            for depth in range(len(stack) - 1, max(-1, len(stack) - DEEPEST), -1):
                if text[stack[depth]] == kind:
                    opener = stack[depth]
                    del stack[depth:]
                    if i - opener <= LONGEST_BRACKET:
                        pairs[opener] = i
                    break
    return pairs
