"""Writes ``docs/reference/errors.md``: every error that the package raises, taken from its code.

    python -m tools.make_errors

An error is one line, ``place: what was found: what to do``; what stands for a value is shown as ``…``.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import polib

from pipeline.commands.catalogue import HOLE, code
from pipeline.read import pdf_document

# What is called with a message: the errors, and the function that ends a command.
MADE_BY = ("HakushoError", "NotADateError", "BadParameter", "_fail")
ROOT = Path(__file__).parent.parent
HEAD = """# Errors

Every error is one line on stderr, `hakusho: place: what was found: what to do`, and exit code 1 (2 for a wrong command line). `--debug` shows where
it was raised. In Japanese (`--lang ja`), its code stands behind it in brackets. This list is generated from the code (`python -m tools.make_errors`);
`…` stands for a name or a value.

"""


def template(node: ast.expr) -> str:
    """Return a message with ``…`` for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(template(value) for value in node.values)
    if isinstance(node, ast.BinOp):
        return template(node.left) + template(node.right)
    if isinstance(node, ast.IfExp):
        return f"{template(node.body)} / {template(node.orelse)}"
    return "…"


@dataclass(frozen=True)
class Site:
    """A place in the code that makes an error: its file, its lines, and the message as the catalogue has it."""

    module: str
    first: int
    last: int
    text: str


def sites(made_by: tuple[str, ...] = MADE_BY) -> list[Site]:
    """Return every place that makes an error, or hands its reason to a function that makes it."""
    found = []
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in made_by:
                    found.append(Site(module, node.lineno, node.end_lineno or 0, template(node.args[0])))
    return found


def errors() -> list[tuple[str, str]]:
    """Return module and message of every error whose message stands in the code."""
    found = {(site.module, site.text) for site in sites()}
    # The process that reads PDFs sends its reasons to the one that makes errors of them.
    found |= {(site.module, f"…: {site.text}") for site in sites(("UnreadableError",))}
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
            for cell in (cause or remedy, remedy if cause else "", spoken.get(re.sub("…+", "…", text), ""))
        )
        out.append("| `{}` | {} | {} | {} |\n".format(code(text.replace("…", "{0}")), *cells))
    return "".join(out)


if __name__ == "__main__":
    (ROOT / "docs/reference/errors.md").write_text(page(), encoding="utf-8")
