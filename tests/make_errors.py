"""Writes ``docs/errors.md``: every error that the package raises, taken from its code.

    python -m tests.make_errors

An error is one line, ``place: what was found: what to do``; what stands for a value is shown as ``…``.
"""

from __future__ import annotations

import ast
from pathlib import Path

from pipeline.read import pdf as read_pdf

ROOT = Path(__file__).parent.parent
HEAD = """# Errors

Every error is one line on stderr, `hakusho: place: what was found: what to do`, and exit code 1 (2 for a wrong command line). `--debug` shows where
it was raised. This list is generated from the code (`python -m tests.make_errors`); `…` stands for a name or a value.

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


def errors() -> list[tuple[str, str]]:
    """Return module and message of every ``raise HakushoError(…)`` whose message stands there."""
    found = []
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            call = node.exc if isinstance(node, ast.Raise) else None
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "HakushoError" and call.args:
                found.append((path.relative_to(ROOT).as_posix(), template(call.args[0])))
    found += [("pipeline/read_pdf.py", f"…: {fault}") for fault in read_pdf.FAULTS.values()]
    plain = {(module, text) for module, text in found if any(char.isalpha() for char in text)}
    return sorted(plain)


def page() -> str:
    """Return the whole document."""
    out, last = [HEAD], ""
    for module, text in errors():
        if module != last:
            out.append(
                f"\n## `{module}`\n\n| text and cause | remedy |\n|---|---|\n".removeprefix(
                    "" if last else "\n"
                )
            )
            last = module
        cause, _, remedy = text.rpartition(": ")
        cells = (
            cell.replace("|", "\\|").replace("\n", " ").strip()
            for cell in (cause or remedy, remedy if cause else "")
        )
        out.append("| {} | {} |\n".format(*cells))
    return "".join(out)


if __name__ == "__main__":
    (ROOT / "docs/errors.md").write_text(page(), encoding="utf-8")
