"""Brings ``pipeline/data/locale/ja.po`` in line with the code: new messages get an entry, old ones go.

    python -m tools.make_messages

It prints the messages that have no Japanese yet. What is filled in stands as ``{0}``, ``{1}`` … in the order of
the English; the Japanese may change the order. Where the code chooses between words, each choice is a message.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import polib
from typer.main import get_command

from pipeline.cli import app
from pipeline.commands.catalogue import HOLE
from pipeline.model.evidence import Teller
from pipeline.read.intake import SPECIAL
from pipeline.read.kinds import kinds
from tools.make_errors import MADE_BY, ways, written

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "pipeline/data/locale/ja.po"
# What the parser of the command line itself writes into a page: headings, and what stands in brackets.
HEADINGS = ("Usage", "Options", "Commands", "Arguments")
EXTRAS = (
    "default: {0}",
    "required",
    "env var: {0}",
    "Show this message and exit.",
    "<str>",
    "<path>",
    "<list[str]>",
    "<int range>",
    "<float range>",
    "<int>",
    "<float>",
)
# What it says of a wrong command line.
WRONG = (
    "Invalid value for {0}: {1}", "Invalid value: {0}", "No such option: {0}", "No such option: {0} Did you mean {1}?",
    "No such option: {0} (Possible options: {1})", "Missing argument {0}.", "Missing option {0}.",
    "Got unexpected extra argument ({0})", "Got unexpected extra arguments ({0})", "No such command {0}.",
    "No such command {0}. Did you mean {1}?", "Option {0} requires an argument.", "{0} is not one of {1}.",
    "Option {0} does not take a value.", "Missing command.", "interrupted",
)  # fmt: skip
# Short pieces of lines, in the code too short to be told from words of another kind.
PIECES = (
    "warning: {0}", "skipped {0} ({1}): {2}", "{0}: failed", "{0} from {1}",
    "and {0} more", "{0}: failed, {1} s", "; {0} left", "{0} left", "{0} characters/s", "label", "mentions",
    "row {0}", "line {0}", "task {0}", "type {0}", "is empty, or cannot be read",
    *(source for source in get_args(Teller) if source not in ("", "option", "manifest", "given")),
    *(
        f"{{0}}: {{1}} {characters}, {{2}} {mentions}{more}"
        for characters in ("character", "characters")
        for mentions in ("mention", "mentions")
        for more in ("", ", {3} s")
    ),
)  # fmt: skip
# What the operating system says of a file (errno).
SYSTEM = (
    "No such file or directory", "Permission denied", "Is a directory", "Not a directory", "File exists",
    "No space left on device", "Read-only file system", "File name too long", "Input/output error",
    "Too many levels of symbolic links", "Too many open files", "Broken pipe", "Address already in use",
)  # fmt: skip
# What makes errors, in the process itself or for it.
ERRORS = (*MADE_BY, "UnreadableError")
# Rooms and files whose other sentences reach the terminal too: reasons, warnings, progress, summaries.
SPEAKING = (
    "commands", "read", "runs", "lawbook", "entities/own_files.py", "entities/own_names", "entities/declared", "entities/organizations/register",
    "entities/dates/parse.py", "scoring/gold_check.py", "scoring/mend.py", "scoring/scores.py", "review/serve.py", "cli.py",
)  # fmt: skip
# A sentence, or a part of one: two English words side by side. Patterns, pages and code are none.
PROSE = re.compile(r"[a-z]{2,},? [a-z]{2,}")
NO_PROSE = re.compile(r"\(\?|[<\\]|\[(?!, \))|\n.|^(?:SELECT|Value error,|Table of|label part)")
# Calls whose words no person reads on the terminal, are taken from the commands themselves, or are the same in
# every language.
APART = (
    "Rule",
    "Option",
    "Argument",
    "compile",
    "join",
    "Typer",
    "TypeError",
    "KeyError",
    "IndexError",
    "require",
    "refuse",
    "files_option",
)

HEADER = {
    "Project-Id-Version": "hakusho",
    "Language": "ja",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def messages() -> dict[str, str]:
    """Return every message of the package with the place of the code that has it."""
    found: dict[str, str] = {}
    refused = [kind for kind in kinds().values() if not kind.reads]
    inputs = [text for kind in refused for text in (kind.name, kind.way_out) if re.search("[a-z]{2}", text)]
    inputs += [kind.name for kind in kinds().values() if kind.reads and re.match("an? ", kind.name)]
    inputs += [text for _, special in SPECIAL for text in (special.name, special.remedy)]
    for text in [*HEADINGS, *EXTRAS, *WRONG, *PIECES, *SYSTEM, *inputs]:
        found.setdefault(text, "tools/make_messages.py")
    for text in helps(get_command(app)):
        found.setdefault(text, "--help")
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        speaks = name.removeprefix("pipeline/").startswith(SPEAKING)
        for text in _of_file(ast.parse(path.read_text(encoding="utf-8")), speaks=speaks):
            found.setdefault(text, name)
    return found


def helps(command: Any) -> Iterator[str]:
    """Yield what the help of a command and of all below it says."""
    if command.help:
        yield from (" ".join(part.split()) for part in command.help.split("\n\n"))
    for param in command.params:
        if getattr(param, "help", None):
            yield " ".join(param.help.split())
    for child in getattr(command, "commands", {}).values():
        yield from helps(child)


def _of_file(tree: ast.Module, *, speaks: bool) -> Iterator[str]:
    apart = set(_docstrings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ERRORS and node.args:
                yield from _texts(node.args[0], prose=False)
                apart |= {id(one) for one in ast.walk(node.args[0]) if _is_part(one, node.args[0])}
            elif name in APART:
                apart |= {id(one) for one in ast.walk(node)}
        elif isinstance(node, ast.JoinedStr | ast.BinOp):
            apart |= {id(one) for one in ast.walk(node) if isinstance(one, ast.Constant) and one is not node}
    if not speaks:
        return
    for node in ast.walk(tree):
        if id(node) not in apart and isinstance(node, ast.Constant | ast.JoinedStr):
            yield from _texts(node, prose=True)


def _is_part(node: ast.AST, whole: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.JoinedStr) or node is whole


def _texts(node: ast.expr, *, prose: bool) -> Iterator[str]:
    if isinstance(node, ast.Constant) and not isinstance(node.value, str):
        return
    found = ways(node)
    for pieces in found:
        text = written(pieces)
        words = HOLE.sub("", text)
        if PROSE.search(words) and not NO_PROSE.search(words) if prose else re.search(r"[a-z]{2}", words):
            yield text


def _docstrings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


def update() -> list[str]:
    """Write the catalogue anew, and return the messages without Japanese."""
    before = {one.msgid: one.msgstr for one in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
    out = polib.POFile(wrapwidth=0)
    out.metadata = HEADER
    for text, place in sorted(messages().items(), key=lambda one: (one[1], one[0])):
        out.append(polib.POEntry(msgid=text, msgstr=before.get(text, ""), comment=place))
    out.save(str(CATALOGUE))
    return [one.msgid for one in out if not one.msgstr]


if __name__ == "__main__":
    missing = update()
    sys.stdout.write("".join(f"{text}\n" for text in missing))
    sys.exit(1 if missing else 0)
