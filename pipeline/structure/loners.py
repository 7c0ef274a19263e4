"""Lines that stand alone and have no number: titles, and captions of pictures.

Part of stage 3 (see ``builder.py``). Such a line is recognized by its place (blank lines around it, prose
below it) and by its form: a caption says who does what (「訓練を行う隊員」), a title names a subject.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.facts import rows
from pipeline.model.rule import Rule
from pipeline.structure.edges import ITEM_END, TOPIC, certain
from pipeline.structure.headings import ordinal
from pipeline.structure.joins import continues
from pipeline.structure.schemes import BARE, UPPER, scheme
from pipeline.structure.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line
    from pipeline.structure.widths import Widths

# The longest title, and the longest first line of a caption, in code points (決め打ち).
LONGEST_TITLE, LONGEST_CAPTION = 40, 80
# A caption has at most this many lines.
MOST_LINES = 3
CREDIT = Rule(
    "credit_of_picture",
    rf"(?:（[^（）]*(?:{words('credit')})[^（）]*）|【[^【】]+】|（[^（）]*[年月日]）)$",
    reads=("訓練の様子⟦（写真提供：外務省）⟧", "訓練の様子⟦【海上保安庁】⟧", "訓練の様子⟦（平成25年10月）⟧"),
    leaves=("概要（案）", "訓練（左）を行う"),
)
DOING = Rule(
    "who_does_what",
    rf"(?:{words('doing')})[^、。]{{1,30}}$",
    reads=("訓練を⟦行う隊員⟧", "会談に⟦臨む大臣⟧"),
    leaves=("訓練の概要", "訓練を行う"),
)
BULLET = Rule(
    "bullet_of_title", r"[-*・•]\s*(?=\S)", reads=("⟦- ⟧調整", "⟦・⟧調整"), leaves=("⟦調整・協議", "⟦- ")
)
SUB_ITEM = Rule(
    "bullet_with_circled_number",
    r"[-*・•]\s*[①-⑳]",
    reads=("⟦・①⟧協議", "⟦- ①⟧協議"),
    leaves=("⟦・協議", "⟦①協議"),
)
SIGNS = Rule(
    "sign_of_sentence", "[。、：:]", reads=("政府は⟦、⟧", "次の点⟦：⟧"), leaves=("調整・協議", "（案）")
)


@cache
def _subjects() -> tuple[str, ...]:
    return tuple(row["noun"] for row in rows("picture_subjects.csv"))


def shows_picture(text: str) -> bool:
    """Whether a line reads like the caption of a photograph.

    >>> shows_picture("訓練において調整を行う隊員"), shows_picture("救助訓練の様子【海上保安庁】")
    (True, True)
    >>> shows_picture("急増する利用者への対応"), shows_picture("政府は、訓練を行う隊員")
    (False, False)
    """
    if "。" in text or "が、" in text or TOPIC.search(text):
        return False
    bare = text
    while match := CREDIT.search(bare):
        bare = bare[: match.start()].rstrip()
    return bare.endswith(_subjects()) and (
        bare != text or bool(DOING.search(bare)) or bare.endswith(("様子", "模様"))
    )


def with_loners(lines: list[Line], widths: Widths) -> list[Line]:
    """Return ``lines``, with titles without a number and captions without a mark marked as such."""
    full = [i for i, line in enumerate(lines) if line.kind != "blank"]
    out = list(lines)
    for place, i in enumerate(full):
        line = lines[i]
        if not _may_be(line):
            continue
        before = out[full[place - 1]] if place else None
        after = lines[full[place + 1]] if place + 1 < len(full) else None
        if line.kind == "list_item":
            if after and _bullet_title(line, before, after):
                out[i] = line._replace(kind="heading")
        elif (_apart(lines, i) or _ended(before)) and not (
            place and continues(lines, full[place - 1], widths) == i
        ):
            out[i] = _seen(lines, i, before, after, continues(lines, i, widths))
    return _with_titles(_without_enumerations(out), full)


def _may_be(line: Line) -> bool:
    """Whether a line is short, is no sentence, and has no kind from the file's own markup."""
    known = line.told or line.kind not in ("paragraph", "list_item")
    return not (known or len(line.text) > LONGEST_CAPTION or "。" in line.text)


def _with_titles(lines: list[Line], full: Sequence[int]) -> list[Line]:
    """Return ``lines``, where each heading that is a bare number (第1章) gets its title from the line below."""
    out = list(lines)
    for i, j in pairwise(full):
        line, after = lines[i], lines[j]
        text = after.text.strip()
        bare = line.kind == "heading" and BARE.fullmatch(line.text.strip())
        title = after.kind in ("paragraph", "heading") and not scheme(text) and not SIGNS.search(text)
        if bare and title and len(text) <= LONGEST_TITLE:
            out[i] = line._replace(title=text)
            out[j] = after._replace(kind="paragraph")
    return out


def _without_enumerations(lines: list[Line]) -> list[Line]:
    """Return ``lines``, where numbered titles without text between them become list items: ① 協議 ② 訓練."""
    out = list(lines)
    full = [i for i, line in enumerate(lines) if line.kind != "blank"]
    run: list[int] = []
    for i in [*full, -1]:
        title = lines[i].text.strip() if i >= 0 and lines[i].kind == "heading" and not lines[i].told else ""
        name, number = (scheme(title), ordinal(title)) if title else ("", 0)
        if run and name and _next_in_series(lines[run[-1]].text.strip(), name, number):
            run.append(i)
            continue
        if len(run) > 1:
            for k in run:
                out[k] = lines[k]._replace(kind="list_item")
        run = [i] if name and name not in UPPER and number < 2 else []
    return out


def _next_in_series(last: str, name: str, number: int) -> bool:
    """Whether a title with this scheme and this number (or 0) continues the series of ``last``."""
    return name == scheme(last) and number == (ordinal(last) + 1 if number else 0)


def _apart(lines: Sequence[Line], i: int) -> bool:
    """Whether nothing stands right above line ``i``."""
    return not i or lines[i - 1].kind in ("blank", "page_number", "running_head")


def _seen(
    lines: Sequence[Line], i: int, before: Line | None, after: Line | None, following: int | None
) -> Line:
    line = lines[i]
    if _under_picture(lines, i):
        return line._replace(kind="caption")
    if after is None or following is not None or not _ended(before):
        return line
    if len(line.text.strip()) > LONGEST_TITLE or SIGNS.search(line.text):
        return line
    opens_text = before is None and after.kind == "heading"
    return line._replace(kind="heading") if opens_text or _titles(lines, i, after) else line


def _under_picture(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i``, alone or with the lines below it, is the caption of a picture."""
    group = [lines[i].text.strip()]
    for below in lines[i + 1 : i + MOST_LINES]:
        if below.kind != "paragraph":
            break
        group.append(below.text.strip())
    return shows_picture("".join(group)) or shows_picture(group[0])


def _titles(lines: Sequence[Line], i: int, after: Line) -> bool:
    """Whether line ``i`` is the title of the prose below it, ``after``."""
    line = lines[i]
    alone = lines[i + 1].kind == "blank" and not line.text[:1].isspace()
    indented = after.text.startswith("　") and after.start == line.end + 1 and not line.text.startswith("　")
    return _prose(after) and not certain(line.text, after.text) and (alone or indented)


def _bullet_title(line: Line, before: Line | None, after: Line) -> bool:
    """Whether a marked line is the title of the text below it: 「- 調整メカニズム」."""
    text = line.text.strip()
    mark = BULLET.match(text)
    if (
        not mark
        or SIGNS.search(text)
        or len(text) > LONGEST_TITLE
        or ITEM_END.search(text.removesuffix("など"))
    ):
        return False
    if before is None or BULLET.match(before.text.strip()) or not _ended(before):
        return False
    nested = after.kind == "list_item" and SUB_ITEM.match(after.text.strip())
    return bool(_prose(after) or nested) and not certain(text, after.text)


def _prose(line: Line) -> bool:
    return line.kind == "paragraph" and ("。" in line.text or "、" in line.text)


def _ended(line: Line | None) -> bool:
    """Whether the line above, ``line``, is no sentence that continues."""
    return (
        line is None
        or line.kind not in ("paragraph", "list_item")
        or line.text.rstrip().endswith(("。", "）", "」"))
    )
