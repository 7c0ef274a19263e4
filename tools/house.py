"""The limits of the house: how large files, functions and lines may be, who may name a type, and no import ring.

``make check`` runs this after the formatter, the linter, the type checker and the import contracts::

    python -m tools.house

It prints each place that is over a limit, and ends with exit code 1 if there is one.
"""

from __future__ import annotations

import ast
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import grimp

from pipeline.entities import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"
# 決め打ち, all of them: what a reader takes in at once.
ENTRIES = 30  # of the package's folder
FILE = 250  # lines
FUNCTION = 50  # lines
DECISIONS = 15  # branches, loops and boolean conditions of a function, counted together
LINE = 110  # code points
NAMING = 3  # files outside of entities/ that name a label
BRANCHES = (ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler, ast.Assert, ast.match_case)


def decisions(function: ast.AST) -> int:
    """Return how many ways through a function there are, as far as its text shows."""
    count = 1
    for node in ast.walk(function):
        if isinstance(node, BRANCHES):
            count += 1
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            count += len(node.ifs)
    return count


def faults_of(path: Path) -> Iterator[str]:
    """Yield what is over a limit in one file."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT)
    lines = text.split("\n")
    if len(lines) - 1 > FILE:
        yield f"{name}: {len(lines) - 1} lines, and {FILE} are allowed"
    for number, line in enumerate(lines, 1):
        if len(line) > LINE:
            yield f"{name}:{number}: {len(line)} characters, and {LINE} are allowed"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines, and {FUNCTION} are allowed"
            if (count := decisions(node)) > DECISIONS:
                yield f"{name}:{node.lineno}: {node.name} decides {count} times, and {DECISIONS} are allowed"


def naming() -> list[str]:
    """Return the files outside of ``entities/`` that name a label."""
    marks = [f'"{label}"' for label in LABELS]
    return [
        path.relative_to(ROOT).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if PACKAGE / "entities" not in path.parents
        and any(mark in path.read_text(encoding="utf-8") for mark in marks)
    ]


def above(module: str) -> set[str]:
    """Return the packages that a module lies in.

    >>> sorted(above("pipeline.read.pdf"))
    ['pipeline', 'pipeline.read']
    """
    parts = module.split(".")
    return {".".join(parts[:n]) for n in range(1, len(parts))}


def imports(package: str) -> dict[str, set[str]]:
    """Return what each module of a package imports of it, for type checking too, with the packages that those lie in."""
    graph = grimp.build_graph(package, cache_dir=None)
    found = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    return {
        module: imported.union(*map(above, imported)) - above(module) - {module}
        for module, imported in found.items()
    }


def ring(imported: dict[str, set[str]]) -> list[str]:
    """Return modules that import one another in a ring, the first again at the end; nothing if there are none.

    >>> ring({"a": {"b"}, "b": {"c"}, "c": set()}), ring({"a": {"b"}, "b": {"a"}})
    ([], ['a', 'b', 'a'])
    """
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def faults() -> list[str]:
    """Return everything that is over a limit."""
    found = [fault for path in sorted(PACKAGE.rglob("*.py")) for fault in faults_of(path)]
    entries = [path.name for path in PACKAGE.iterdir() if not path.name.startswith((".", "__pycache__"))]
    if len(entries) > ENTRIES:
        found.append(f"pipeline: {len(entries)} entries, and {ENTRIES} are allowed")
    if len(files := naming()) > NAMING:
        found.append(f"{', '.join(files)}: name a label, and {NAMING} files outside of entities/ may")
    if modules := ring(imports(PACKAGE.name)):
        found.append(f"{' < '.join(modules)}: import one another in a ring, and none may")
    return found


if __name__ == "__main__":
    over = faults()
    print("\n".join(over) or "the house keeps its limits")
    sys.exit(bool(over))
