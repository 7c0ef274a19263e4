"""Writes ``docs/reference/errors.md``: every error that the package raises, taken from its code.

    python -m tools.make_errors

An error is one line, ``place: what was found: what to do``; what stands for a value is shown as ``…``.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from itertools import count, islice, product
from pathlib import Path
from typing import TYPE_CHECKING

import polib

from pipeline.commands.catalogue import HOLE, code
from pipeline.read import pdf_document

if TYPE_CHECKING:
    from collections.abc import Iterable

# What is called with a message: the errors, and the function that ends a command.
MADE_BY = ("HakushoError", "NotADateError", "BadParameter", "_fail")
# A hole that is filled in by ``str.format``.
NAMED = re.compile(r"\{[a-z_]+(?:![rs])?\}")
# How many ways a message may be written at most (決め打ち): the code chooses between words in it.
MOST_WAYS = 32
ROOT = Path(__file__).parent.parent
HEAD = """# Errors

Every error is one line on stderr, `hakusho: place: what was found: what to do`, and exit code 1 (2 for a wrong command line). `--debug` shows where
it was raised. In Japanese (`--lang ja`), its code stands behind it in brackets. This list is generated from the code (`python -m tools.make_errors`);
`…` stands for a name or a value.

"""


def ways(node: ast.expr) -> list[tuple[str | None, ...]]:
    """Return each way in which a message is written, as pieces; None is a hole."""
    if isinstance(node, ast.Constant):
        return [(str(node.value),)]
    if isinstance(node, ast.FormattedValue):
        found = ways(node.value)
        return found if found != [(None,)] and node.conversion == -1 and not node.format_spec else [(None,)]
    if isinstance(node, ast.IfExp):
        return [*ways(node.body), *ways(node.orelse)]
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "plural":
        one, *many = (str(word.value) for word in node.args[1:] if isinstance(word, ast.Constant))
        return [(None, f" {one}"), (None, f" {many[0] if many else one + 's'}")]
    if isinstance(node, ast.JoinedStr):
        return [
            tuple(x for part in parts for x in part)
            for parts in islice(product(*map(ways, node.values)), MOST_WAYS)
        ]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [a + b for a, b in product(ways(node.left), ways(node.right))]
    return [(None,)]


def written(pieces: Iterable[str | None]) -> str:
    """Return a message with numbered holes; holes side by side are one.

    >>> written([None, ": no ", None, None, " there"])
    '{0}: no {1} there'
    """
    out, number, open_hole = [], 0, False
    for piece in pieces:
        if piece is None:
            if not open_hole:
                out.append(f"{{{number}}}")
                number += 1
            open_hole = True
        elif piece:
            out.append(" ".join(piece.split("\n")) if "\n" in piece.strip() else piece)
            open_hole = False
    numbers = count(number)
    return NAMED.sub(lambda _: f"{{{next(numbers)}}}", "".join(out).strip())


def shown(pieces: Iterable[str | None]) -> str:
    """Return a message with ``…`` for what is filled in.

    >>> shown([None, ": no ", None, None, " there"])
    '…: no … there'
    """
    return HOLE.sub("…", written(pieces))


@dataclass(frozen=True)
class Site:
    """A place in the code that makes an error: its file, its lines, and each way in which it is written."""

    module: str
    first: int
    last: int
    texts: tuple[str, ...]


def sites(made_by: tuple[str, ...] = MADE_BY) -> list[Site]:
    """Return every place that makes an error, or hands its reason to a function that makes it."""
    found = []
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in made_by:
                    texts = tuple(shown(pieces) for pieces in ways(node.args[0]))
                    found.append(Site(module, node.lineno, node.end_lineno or 0, texts))
    return found


def errors() -> list[tuple[str, str]]:
    """Return module and message of every error whose message stands in the code."""
    found = {(site.module, text) for site in sites() for text in site.texts}
    # The process that reads PDFs sends its reasons to the one that makes errors of them.
    found |= {(site.module, f"…: {text}") for site in sites(("UnreadableError",)) for text in site.texts}
    found |= {("pipeline/read/pdf_document.py", f"…: {fault}") for fault in pdf_document.FAULTS.values()}
    return sorted((module, text) for module, text in found if any(char.isalpha() for char in text))


def page() -> str:
    """Return the whole document."""
    out, last = [HEAD], ""
    entries = polib.pofile(str(ROOT / "pipeline/data/locale/ja.po"))
    spoken = {HOLE.sub("…", one.msgid): HOLE.sub("…", one.msgstr) for one in entries}
    # What the process says that reads PDFs stands behind the file.
    spoken |= {f"…: {english}": f"…: {japanese}" for english, japanese in spoken.items() if english[0] != "…"}
    for module, text in errors():
        if module != last:
            out.append(
                f"\n## `{module}`\n\n| code | text and cause | remedy | 日本語 |\n|---|---|---|---|\n".removeprefix(
                    "" if last else "\n"
                )
            )
            last = module
        cause, _, remedy = text.rpartition(": ")
        cells = (
            cell.replace("|", "\\|").replace("\n", " ").strip()
            for cell in (cause or remedy, remedy if cause else "", spoken.get(text, ""))
        )
        out.append("| `{}` | {} | {} | {} |\n".format(code(text.replace("…", "{0}")), *cells))
    return "".join(out)


if __name__ == "__main__":
    (ROOT / "docs/reference/errors.md").write_text(page(), encoding="utf-8")
