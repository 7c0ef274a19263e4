"""The arbitrary constants of the package: every one that a comment marks with 決め打ち, with its value and its reason."""

from __future__ import annotations

import ast
import io
import tokenize
from typing import TYPE_CHECKING, NamedTuple

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = "決め打ち"


class Constant(NamedTuple):
    """A line of the list: the file, what is set there (empty within an expression), and what the comment says."""

    place: str
    code: str
    reason: str


def constants() -> list[Constant]:
    """Return the constants of the package, by file, in the order of their lines."""
    files = sorted((ROOT / "pipeline").rglob("*.py"))
    return [constant for path in files for constant in _in(path)]


def _in(path: Path) -> Iterator[Constant]:
    text = path.read_text(encoding="utf-8")
    if MARK not in text:
        return
    lines = text.split("\n")
    comments = _comments(text)
    coded = text.encode().split(b"\n")
    assigned = {
        node.lineno: _segment(coded, node)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Assign | ast.AnnAssign)
    }
    for start, end, comment in comments:
        if MARK not in comment:
            continue
        beside = lines[start - 1].partition("#")[0].strip()
        code = assigned.get(end) or beside or "; ".join(_below(assigned, lines, end + 1))
        yield Constant(path.relative_to(ROOT / "pipeline").as_posix(), code, comment)


def _segment(coded: list[bytes], node: ast.stmt) -> str:
    """Return the code of a statement; ``ast.get_source_segment`` would split the whole text for each."""
    *before, last = coded[node.lineno - 1 : node.end_lineno]
    part = b"\n".join([*before, last[: node.end_col_offset]])
    return part[node.col_offset :].decode()


def _comments(text: str) -> list[tuple[int, int, str]]:
    """Return the comments as (first line, last line, text); comments of several lines as one."""
    found: list[tuple[int, int, str]] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        line, said = token.start[0], token.string.lstrip("# ")
        alone = token.line.lstrip().startswith("#")
        if found and alone and found[-1][1] == line - 1 and found[-1][0] > 0:
            found[-1] = (found[-1][0], line, f"{found[-1][2]} {said}")
        else:
            found.append((line, line, said))
    return found


def _below(assigned: dict[int, str], lines: list[str], number: int) -> Iterator[str]:
    """Yield what is set in the lines from ``number`` on, up to the next blank line or comment."""
    while (
        number <= len(lines) and lines[number - 1].strip() and not lines[number - 1].lstrip().startswith("#")
    ):
        if assigned.get(number, "").split(" ")[0].strip("_,:").isupper():
            yield " ".join(assigned[number].split())
        number += 1


def page() -> str:
    """Return the list as a table in Markdown, without its heading."""
    rows = ["| where | what is set | why, in the words of the code |", "|---|---|---|"]
    for place, code, reason in constants():
        cells = (f"`{place}`", f"`{code[:90]}`" if code else "", reason)
        rows.append("| " + " | ".join(cell.replace("|", "\\|").replace("](", "] (") for cell in cells) + " |")
    return "\n".join(rows) + "\n"
