"""Where a sentence ends.

Part of stage 3 (see ``builder.py``).
"""

from __future__ import annotations

import re

# Sentences end here, outside brackets; a closing bracket or quotation mark after it still belongs to it.
ENDS = "。！？!?"
OPENING, CLOSING = "「『（〔［【〈《", "」』）〕］】〉》"
# A bracket that is not closed within this many characters does not hold a sentence together (決め打ち).
LONGEST_BRACKET = 400
# Nor does this many brackets inside each other; a partner is looked for no deeper.
DEEPEST = 8
# Not the end of a sentence: 「Yahoo! JAPAN」「List.do?bid=1」.
LATIN_MARK = re.compile(r"(?<=[!-~])[!?！？](?= ?[A-Za-z0-9&=/%._-])")
END, STOP = re.compile(f"[{ENDS}]"), re.compile(f"[{re.escape(ENDS + OPENING)}]")
AFTER, BRACKET = (
    re.compile(f"[{re.escape(ENDS + CLOSING)}]+"),
    re.compile(f"[{re.escape(OPENING + CLOSING)}]"),
)


def split(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences in ``text``; together they cover it.

    A sentence ends behind 。！？ that stand outside brackets; brackets that close at once behind the end
    go with it.

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
        if text[i] in ENDS and not LATIN_MARK.match(text, i):
            at = AFTER.match(text, i).end()  # type: ignore[union-attr]
            spans.append((start, at))
            start = at
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _closers(text: str) -> dict[int, int]:
    """Map each opening bracket to its partner, where there is one near enough."""
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
