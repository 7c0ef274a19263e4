"""Which line carries an earlier one on: over line ends, page ends, captions, notes and tables.

Part of stage 3 (see ``structure.py``). Two lines are one only where something shows it: the first cannot
end where it does, or the second cannot begin where it does, or both are lines of a paragraph that was
broken at a fixed width. Headings, cells, captions and list items stay apart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.layout import LONG_HEADING, UPPER, scheme
from pipeline.widths import NARROW, RUNNING, SLACK, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.layout import Line

JAPANESE = re.compile(r"[ぁ-ヿ一-龥々]")
ENDING = re.compile(r"[。！？!?：:」』）】〕>＞]$")
CLOSED = re.compile(r"[：:」』）】〕>＞]$")
ADDRESS = re.compile(r"https?://[!-~]+$")
# A line cannot end on these: the sentence goes on. 「…共同演習・訓練の強化、」
OPEN = re.compile(r"[、，・（「『をがはの]$")
# Nor, in running text, on these; but a title may: 「…への対応について」.
SOFT_OPEN = re.compile(r"[にとやもへでてりしき]$")
# 「戦略対話に臨む統合幕僚長と」「締結50周年を記念し」: so a caption of two lines may break.
CAPTION_OPEN = re.compile(r"[にと]$|[一-龥]し$")
TITLE_END = re.compile(
    r"(?:について|に向けて|に関して|をめぐって|を通じて|として|にあたって|に当たって|とともに|まとめ)$"
)
# A line cannot begin with these: 「…と米国防副長官と」「の間や、…」.
CARRIED = re.compile(
    r"[、。，）」』々ぁぃぅぇぉっゃゅょァィゥェォッャュョー]|を|の(?!ぞ|ち)|に(?!わか|おい)|は(?!じめ|や)|が(?!ん)"
    r"|と(?!りわけ|ころ|もに|くに|き)|で(?!き|は)|も(?!っと|と|の|し)|へ(?!き)|や(?!は|む|や)|[年月日](?=[\d以度末初頃中にのか、])|(?:及び|並びに|又は|ないし)\S"
)
# 「平成」「26年」; 「平成26」「年度」.
ERA_END, DIGIT_END = re.compile(r"(?:明治|大正|昭和|平成|令和|西暦|同|第)$"), re.compile(r"\d$")
UNIT = re.compile(r"[年月日号条項件人万億兆か時分円社回%]|,\d|\d+[年月日号条項）]")
# 「11 (同23) 年」 begins like a numbered item and is none.
ERA_YEAR = re.compile(r"\d+\s*（")
# A clause of running text: 「…は、」.
CLAUSE = re.compile(r"。|[はがもてりし]、")
# An item of a list that ends on a noun like these is complete.
ITEM_END = re.compile(r"(?:こと|もの|など|等)$")
PAIRS = {"」": "「", "』": "『", "）": "（", "〕": "〔", "】": "【"}
SHORT_LINE, PROSE = 20, 30
FAR, RUN, LOOK_BACK = 60, 12, 120


def continues(lines: Sequence[Line], i: int, width: float = 0.0) -> int | None:
    """Return the index of the line that carries line ``i`` on, or None where it ends here.

    Args:
        lines: The lines of the text.
        i: Index of a line.
        width: What :func:`wrap_width` says of them.
    """
    line = lines[i]
    text = line.text.rstrip()
    after = lines[i + 1] if i + 1 < len(lines) else None
    if line.kind == "reference" and after and text.endswith("、") and after.kind == "caption":
        return i + 1
    if line.kind not in RUNNING or (ENDING.search(text) and not CLOSED.search(text)):
        return None
    if after and after.kind not in ("blank", "table", "page_number"):
        if carries_on(lines, i, width):
            return i + 1
        if after.opens:
            return None
    return None if line.kind in ("heading", "reference") else _over_the_break(lines, i, width)


def carries_on(lines: Sequence[Line], i: int, width: float = 0.0) -> bool:
    """Whether the next line, which stands directly below, carries line ``i`` on."""
    line, after = lines[i], lines[i + 1]
    head, tail = line.text.rstrip(), after.text.strip()
    if not after.opens:
        return _hanging(line, after) or (bool(width) and _marked_by_chance(line, after, width))
    if ADDRESS.search(head):
        return False
    full = bool(width) and abs(width_of(head) - width) <= (1 if line.kind == "heading" else SLACK)
    if _certain(head, tail):
        return full or line.kind != "heading" or not ENDING.search(head)
    if scheme(tail) or (line.kind == "list_item" and ITEM_END.search(head)):
        return False
    if full and CLOSED.search(head):
        return bool(re.search("[、。]", head)) and _sentence(lines, i + 1)
    if full or ENDING.search(head):
        return full
    if line.kind in ("caption", "heading", "reference"):
        return False
    if CAPTION_OPEN.search(head) and not TITLE_END.search(head) and width_of(tail) <= width_of(head) + SLACK:
        return True
    return _sentence(lines, i + 1) and _reads_on(lines, i, head, tail)


def _reads_on(lines: Sequence[Line], i: int, head: str, tail: str) -> bool:
    """Whether ``head``, which may have ended, goes on in ``tail``, which is running text."""
    if SOFT_OPEN.search(head) and not TITLE_END.search(head):
        return True
    indented = lines[i].text.startswith("　")
    if len(head) >= PROSE and (CLAUSE.search(head) or indented):
        return True
    if indented and len(head) >= NARROW and width_of(tail) <= width_of(head) + SLACK:
        return True
    return _wrapped(lines, i)


def _marked_by_chance(line: Line, after: Line, width: float) -> bool:
    """Whether a line begins with what looks like a mark only because the line before is full.

    「…から「デジタル」「・ディバイド解消戦略会議」を開催し…」, 「…（図」「表1-2-3）…」.
    """
    head, tail = line.text.rstrip(), after.text
    if tail[:1].isspace() or ENDING.search(head) or abs(width_of(head) - width) > SLACK:
        return False
    if after.kind == "gloss":
        return head[-1:].isascii() and head[-1:].isalpha()
    dotted = after.kind == "list_item" and tail.startswith("・") and line.kind == "paragraph"
    return dotted or _unclosed(head, tail)


def demoted(lines: list[Line], width: float = 0.0) -> list[Line]:
    """Return ``lines`` where numbered lines that a line below carries on are text, not headings."""
    out = list(lines)
    for i, line in enumerate(lines[:-1]):
        title, after = line.text.strip(), lines[i + 1]
        if line.kind != "heading" or not after.opens or scheme(title) in UPPER:
            continue
        full = abs(width_of(line.text.rstrip()) - width) <= SLACK if width else len(line.text) >= SHORT_LINE
        certain = _certain(line.text.rstrip(), after.text) and not ENDING.search(title)
        whole = len(title) + len(after.text) > LONG_HEADING or after.text.rstrip().endswith("。")
        if width and full and not whole:
            continue
        if certain or (full and scheme(title) != "◆" and _wrapped(lines, i) and _sentence(lines, i + 1)):
            out[i] = replace(line, kind="list_item")
    return out


def _certain(head: str, tail: str) -> bool:
    """Whether ``head`` cannot end there or ``tail`` cannot begin there."""
    if CLOSED.search(head):
        return bool(CARRIED.match(tail))
    if _unclosed(head, tail):
        return True
    if scheme(tail) and not ERA_YEAR.match(tail):
        return False
    cut = (ERA_END.search(head) and tail[:1].isdigit()) or (DIGIT_END.search(head) and UNIT.match(tail))
    return bool(cut or OPEN.search(head) or CARRIED.match(tail))


def _unclosed(head: str, tail: str) -> bool:
    """Whether ``tail`` closes a bracket that ``head`` leaves open."""
    first = next((char for char in tail[:LOOK_BACK] if char in PAIRS or char in PAIRS.values()), "")
    if first not in PAIRS:
        return False
    near = head[-LOOK_BACK:]
    return near.count(PAIRS[first]) > near.count(first)


def _hanging(line: Line, after: Line) -> bool:
    """Whether ``after`` is set in below the mark of a list item or a note that has not ended."""
    if line.kind not in ("list_item", "footnote") or after.kind != "paragraph":
        return False
    text = line.text.rstrip()
    return _indent(after) > _indent(line) and bool(OPEN.search(text) or CARRIED.match(after.text.strip()))


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _wrapped(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` and the next look like lines of one paragraph, broken at a fixed width.

    A broken line is full: what carries it on is not wider. A short line is taken for a full one only
    beside another of its width.
    """
    head, tail = lines[i].text.rstrip(), lines[i + 1].text.rstrip()
    if len(head) > 2 * LONG_HEADING:
        return True
    width, below = width_of(head), width_of(tail[: 2 * LONG_HEADING])
    if TITLE_END.search(head) or width + SLACK < below or len(head) < NARROW:
        return False
    above = lines[i - 1] if i else None
    beside = abs(width - below) <= SLACK or (
        above is not None
        and above.kind == lines[i].kind
        and len(above.text) < 2 * LONG_HEADING
        and abs(width - width_of(above.text.rstrip())) <= SLACK
    )
    return len(head) >= SHORT_LINE or beside


def _sentence(lines: Sequence[Line], j: int) -> bool:
    """Whether the lines from ``j`` on are running text, which has its commas and full stops."""
    for line in lines[j : j + RUN]:
        if line.kind != "paragraph" or (line is not lines[j] and not line.opens):
            return False
        if "。" in line.text or "、" in line.text:
            return True
    return False


def _over_the_break(lines: Sequence[Line], i: int, width: float) -> int | None:
    """Return the line that carries on a paragraph which a page, a picture, a table or a note interrupts."""
    text, kind = lines[i].text.rstrip(), lines[i].kind
    running = i > 0 and lines[i].opens and lines[i - 1].kind in RUNNING and carries_on(lines, i - 1, width)
    prose = running or len(text) >= PROSE or text != text.lstrip() or CLAUSE.search(text) or "、" in text
    item = (running or kind == "list_item") and ITEM_END.search(text)
    if kind == "caption" or ADDRESS.search(text) or not (prose or OPEN.search(text)):
        return None
    near, spare, between = True, None, None
    for j in range(i + 1, min(i + FAR, len(lines))):
        other = lines[j]
        if between == j - 1 and j > i + 1 and carries_on(lines, j - 1, width):
            # The line belongs to what stands between the halves.
            near, between = False, j
            continue
        if other.opens:
            certain = bool(CARRIED.match(other.text)) if item else _certain(text, other.text)
            broken = bool(width) and abs(width_of(other.text.rstrip()) - width) <= SLACK
            if _caption_like(other.text) and not broken and not CARRIED.match(other.text):
                spare = j if certain and spare is None else spare
                near = False
                continue
            whole = certain or (
                not item
                and not ENDING.search(text)
                and _halves(lines[i], other.text, running=running, broken=broken)
            )
            return j if whole and (near or kind in ("paragraph", "list_item")) else spare
        if other.kind in ("paragraph", "list_item", "heading", "reference"):
            return spare
        between = j if other.kind in ("footnote", "caption") else between
        near = near and other.kind == "blank"
    return spare


def _caption_like(text: str) -> bool:
    """Whether a line without a mark looks like the caption of a picture: short, and no sentence."""
    stripped = text.strip()
    return len(stripped) <= LONG_HEADING and not stripped.endswith("。") and "、" not in stripped


def _halves(line: Line, tail: str, *, running: bool, broken: bool) -> bool:
    """Whether a paragraph that stops without a full stop and a line further down look like its halves."""
    head = line.text.rstrip()
    titled = not CLAUSE.search(head) and head == head.lstrip() and len(head) <= LONG_HEADING
    if titled and not running and not SOFT_OPEN.search(head):
        return False
    return bool(re.search("[、。]", tail) or broken) and bool(JAPANESE.match(tail.strip()) or running)
