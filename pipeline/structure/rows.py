"""Rows of tables: lines whose columns are set apart by tabs, upright strokes or blanks.

Part of stage 3 (see ``builder.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.structure.lines import Line

_FIGURE = r"[-+△▲]?\d[\d,.]*(?:%|％)?"
FIGURE = Rule(
    "figure_of_row",
    rf"{_FIGURE}|[-―…]",
    reads=("⟦1,234⟧", "⟦△3.4⟧", "⟦12.3%⟧", "⟦-⟧"),
    leaves=("人員", "⟦約5"),
)
_COUNTED = "[年月日号条項章節回]"
BEFORE_FIGURE = Rule(
    "blank_before_figure",  # it parts the columns of a row that has no other separator
    rf"\s(?={_FIGURE}(?:\s(?!{_COUNTED})|$))",
    reads=("昭和60年⟦ ⟧1,234 5,678", "件数⟦ ⟧△3.4%"),
    leaves=("昭和60年 人員", "件数 5人", "平成 28 年法律"),
)
WITHIN_NUMBER = Rule(
    "blank_within_a_counted_number",  # 平成 28 年法律第 104 号 is no row of figures
    rf"(?<=[一-龥])[ ](?=\d+[ ]?{_COUNTED})|(?<=\d)[ ](?={_COUNTED})",
    reads=("平成⟦ ⟧28 年", "28⟦ ⟧年法律"),
    leaves=("昭和60年 1,234", "件数 5人"),
)
ITEM = Rule("number_of_an_item", r"^\d{1,3}\.(?=\s)", reads=("⟦1.⟧ 総則",), leaves=("⟦1.5 2.0",))
COLUMNS = Rule(
    "gap_between_columns",
    r"\t|\s*\|\s*|[ 　]{2,}",
    reads=("年度⟦\t⟧人員", "年度⟦ | ⟧人員", "年度⟦　　⟧人員"),
    leaves=("年度 人員",),
)
GAP = Rule(
    "gap_of_blanks",
    r"(?<=\S)[ 　]{2,}(?=\S)",
    reads=("年度⟦  ⟧人員", "年度⟦　　　⟧人員"),
    leaves=("年度 人員", "  人員"),
)
PAUSE = Rule("comma_or_stop_in_row", "[、。]", reads=("人員⟦、⟧件数",), leaves=("人員 件数",))
# A row with blanks between its columns is at most this long, in code points (決め打ち).
LONGEST_ROW = 240


def with_rows(lines: list[Line]) -> list[Line]:
    """Find the rows that blanks set apart: rows of figures, and neighbours with the same gaps."""
    gaps = [len(_gaps(line)) for line in lines]
    out = []
    for i, line in enumerate(lines):
        row = gaps[i] > 1 or _figures(line)
        if gaps[i] == 1 and line.kind != "heading":
            row |= any(0 <= j < len(lines) and gaps[j] for j in (i - 1, i + 1))
        out.append(line._replace(kind="table") if row else line)
    return out


def _gaps(line: Line) -> list[str]:
    if line.kind not in ("paragraph", "heading", "list_item", "table") or len(line.text) > LONGEST_ROW:
        return []
    stripped = line.text.strip()
    return [] if stripped.endswith("。") else GAP.findall(stripped)


def _figures(line: Line) -> bool:
    if line.kind not in ("paragraph", "heading") or len(line.text) > LONGEST_ROW:
        return False
    words = ITEM.sub("", WITHIN_NUMBER.sub("", line.text.strip()), 1).split()
    figures = sum(FIGURE.fullmatch(word) is not None for word in words)
    ended = figures > 1 and FIGURE.fullmatch(words[-1]) is not None
    return ended and 2 * figures >= len(words) and not PAUSE.search(line.text)


def cells(text: str) -> list[tuple[int, int]]:
    r"""Return the half-open spans of the cells of a table row, empty cells included.

    >>> [text[a:b] for text in ["平成3年\t\t発効"] for a, b in cells(text)]
    ['平成3年', '', '発効']
    """
    inner = (len(text) - len(text.lstrip(" 　")), len(text.rstrip()))
    if "\t" in text:
        gaps = [(i, i + 1) for i, char in enumerate(text) if char == "\t"]
    elif len(COLUMNS.findall(text, *inner)):
        gaps = [match.span() for match in COLUMNS.finditer(text, *inner)]
    else:
        gaps = [m.span() for m in BEFORE_FIGURE.finditer(text)]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
    return list(zip(starts, ends, strict=True))
