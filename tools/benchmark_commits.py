"""``make bench-commits BASE=4790fdb``: this state against another commit, in turn on one machine.

Both run with the interpreter and the packages that are installed here. The medians count; what a busy machine disturbs least
is the processor's time. A row for each work is added to docs/project/speed_history.csv, so that a fall is seen in review.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import resource
import subprocess
import sys
import sysconfig
import tempfile
from collections import defaultdict
from compileall import compile_dir
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parent.parent
HISTORY = ROOT / "docs/project/speed_history.csv"
COLUMNS = (
    "date", "commit", "base", "work", "cpu", "base_cpu", "ratio", "wall", "base_wall", "repeats", "machine",
)  # fmt: skip
LINE = "防衛省は平成26年4月1日、自衛隊法第76条を改正した。\n"
FORMATS = ("--analyzer", "sudachi", "--format", "csv,json,html")


class Spent(NamedTuple):
    """Seconds by the clock, and seconds of all processors."""

    wall: float
    cpu: float


def works(folder: Path) -> dict[str, list[str]]:
    """Return the words of each command that is measured; ``{out}`` stands for a folder of its own."""
    line = folder / "line.txt"
    line.write_text(LINE, encoding="utf-8")
    return {
        "--help": ["--help"],
        "one sentence": ["run", str(line), "-o", "{out}", *FORMATS],
        "corpus, two jobs": ["run", str(ROOT / "corpus/samples"), "-o", "{out}", "--jobs", "2", *FORMATS],
    }


def spent(tree: Path, words: Sequence[str], out: Path) -> Spent:
    """Run a command of the package that stands in ``tree``; raises CalledProcessError if it fails."""
    command = [sys.executable, "-m", "pipeline", *(word.replace("{out}", str(out)) for word in words)]
    # Modules are compiled once, as where the package is installed.
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "HAKUSHO_DATA": str(out / "none"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(command, cwd=tree, env=environment, capture_output=True, check=True)
    wall, after = perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def interleaved(
    trees: Mapping[str, Path], commands: Mapping[str, Sequence[str]], repeats: int, folder: Path
) -> dict[str, dict[str, list[Spent]]]:
    """Return for each work and each tree what every run took; the trees take turns."""
    found: dict[str, dict[str, list[Spent]]] = defaultdict(lambda: defaultdict(list))
    for tree in trees.values():
        compile_dir(tree / "pipeline", quiet=2)
    for _ in range(repeats):
        for work, words in commands.items():
            for name, tree in trees.items():
                found[work][name].append(spent(tree, words, folder / name))
    return found


def machine() -> str:
    """Return the interpreter, how it was built, and the processor."""
    from tools.benchmark import processor  # loads spaCy, which only the record needs

    options = sysconfig.get_config_var("CONFIG_ARGS") or ""
    built = "optimized" if "--enable-optimizations" in options else "plain"
    return f"Python {platform.python_version()}, a {built} build ({platform.python_compiler()}); {processor()}, {os.cpu_count()} cores"


def shown(times: Sequence[float]) -> str:
    """Return a median and its range.

    >>> shown([2.0, 1.0, 4.0])
    '2.00 (1.00-4.00)'
    """
    return f"{median(times):.2f} ({min(times):.2f}-{max(times):.2f})"


def row(work: str, base: Sequence[Spent], here: Sequence[Spent]) -> dict[str, str]:
    """Return what the history keeps of a work."""
    cpu, base_cpu = median(s.cpu for s in here), median(s.cpu for s in base)
    return {
        "work": work, "cpu": f"{cpu:.2f}", "base_cpu": f"{base_cpu:.2f}", "ratio": f"{cpu / base_cpu:.3f}",
        "wall": f"{median(s.wall for s in here):.2f}", "base_wall": f"{median(s.wall for s in base):.2f}",
        "repeats": str(len(here)),
    }  # fmt: skip


@contextmanager
def checked_out(commit: str, folder: Path) -> Iterator[Path]:
    """Give the files of another commit for as long as they are needed."""
    tree = folder / "tree"
    git("worktree", "add", "--detach", str(tree), commit)
    try:
        yield tree
    finally:
        git("worktree", "remove", "--force", str(tree))


def git(*words: str) -> str:
    """Return what git says; raises CalledProcessError if it fails."""
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def add(rows: Sequence[Mapping[str, str]], history: Path = HISTORY) -> None:
    """Add rows to the history; the first makes it."""
    new = not history.exists()
    with history.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", help="The commit to measure against.")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--work", action="append", help="One of those that are measured; all by default.")
    options = parser.parse_args()
    facts = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": git("describe", "--always", "--dirty"),
        "base": git("rev-parse", "--short", options.base),
        "machine": machine(),
    }
    print(facts["machine"])
    with tempfile.TemporaryDirectory() as name, checked_out(options.base, Path(name)) as tree:
        chosen = {
            work: words for work, words in works(Path(name)).items() if work in (options.work or [work])
        }
        found = interleaved({"base": tree, "here": ROOT}, chosen, options.repeats, Path(name))
    rows = []
    for work, by_tree in found.items():
        base, here = by_tree["base"], by_tree["here"]
        rows.append({**facts, **row(work, base, here)})
        print(f"{work}: {rows[-1]['ratio']} of the processor's time")
        for label, times in ((facts["base"], base), (facts["commit"], here)):
            print(
                f"  {label}: processor {shown([s.cpu for s in times])} s, clock {shown([s.wall for s in times])} s"
            )
    add(rows)


if __name__ == "__main__":
    main()
