"""Measures runs on the engines and writes the tables of ``docs/howto/cluster.md``: measured, then extrapolated.

    python -m tools.cluster_benchmark [--price 0.05]

The price is of one processor for one hour, in any currency. What is extrapolated follows from three measured figures: what a
worker takes for a million characters, what the driver takes for them, and what a run takes to begin.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from pipeline import load
from pipeline.datapackage import package_files
from pipeline.export import contents, encoded
from pipeline.read import Input
from pipeline.runs.destination import Folder
from pipeline.runs.documents import Done, Task, deliver
from pipeline.runs.outcomes import Outcome
from pipeline.runs.ray_actors import Actors
from pipeline.runs.ray_cluster import connected
from tools.benchmark import machine, process, table, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/howto/cluster.md"
MARK = "<!-- measured -->", "<!-- /measured -->"
FORMATS = "csv,json"
DOCUMENTS = 12
# Bytes of a document: so many that a run takes seconds with either analyzer.
SIZES = {"sudachi": 300_000, "ginza": 24_000}
ENGINES = (("local", 1), ("local", 2), ("ray", 1), ("ray", 2))
REPEATS = 2
BUSY = "**The machine was busy (load {:.1f}): the seconds below are too many. Measure again.**"
WORKERS = (1, 2, 8, 32, 128, 512)
EDITIONS = 8_300_000
"""Characters of 24 editions of one white paper."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of an analyzer.

    Attributes:
        start: Seconds from the command to the first document with two actors, and from the last one to the end.
        work: Seconds of one actor for a million characters.
    """

    start: float
    work: float


def corpus(folder: Path, size: int, count: int) -> tuple[Path, int]:
    """Write ``count`` documents of ``size`` bytes; return their folder and how many characters they have."""
    folder.mkdir()
    text = text_of(size * count).decode()
    part = len(text) // count
    for n in range(count):
        (folder / f"{n:03d}.txt").write_text(text[n * part : (n + 1) * part], encoding="utf-8")
    return folder, part * count


def timed(source: Path, out: Path, analyzer: str, engine: str, jobs: int) -> tuple[float, float]:
    """Run; return the seconds of the whole and the sum of those that the documents took."""
    command = ["-m", "pipeline", "run", source, "-o", out, "--analyzer", analyzer, "--format", FORMATS]
    wall, _, _ = process([*command, "--engine", engine, "--jobs", str(jobs)])
    rows = json.loads((out / "run.json").read_text(encoding="utf-8"))["documents"]
    return wall, sum(row["seconds"] for row in rows)


def measured(folder: Path) -> tuple[list[str], dict[str, Figures]]:
    """Measure both analyzers on each engine; return the table, and what is reckoned with."""
    rows, found = [], {}
    for analyzer, size in SIZES.items():
        source, characters = corpus(folder / analyzer, size, DOCUMENTS)
        tiny, _ = corpus(folder / f"{analyzer}-tiny", 60, 2)
        one = 0.0
        for engine, jobs in ENGINES:
            out = folder / f"{analyzer}-{engine}-{jobs}"
            wall, busy = min(timed(source, out, analyzer, engine, jobs) for _ in range(REPEATS))
            start, _ = min(timed(tiny, folder / "tiny", analyzer, engine, jobs) for _ in range(REPEATS))
            one = one or wall - start
            work = 1e6 * busy / characters
            rows.append(
                [
                    f"`{analyzer}`", f"{engine}, {jobs}", f"{wall:.1f}", f"{start:.1f}",
                    f"{1e6 * (wall - start) / characters:.1f}", f"{one / (wall - start):.2f}", f"{work:.1f}",
                ]
            )  # fmt: skip
            found[analyzer] = Figures(start, work)
    head = [
        "analyzer", "engine, workers", "seconds", "of these to begin and end", "the rest, a million characters",
        "times one process", "seconds of a worker, a million characters",
    ]  # fmt: skip
    return table(head, rows), found


def idle(files: Mapping[str, bytes]) -> Callable[[Task], Done]:
    """Return a worker that does nothing and sends ``files`` back."""
    return lambda task: Done(Outcome(task.item.doc_id, "-"), dict(files))


def driver(data: bytes, files: Mapping[str, bytes], count: int, place: Folder) -> tuple[float, float]:
    """Return the seconds by the clock, and those that the driver was busy, for a task that costs a worker nothing."""
    tasks = (Task(Input(None, f"{n:05d}"), data) for n in range(count))
    actors: Actors[Task, Done] = Actors(2, idle, files)
    with closing(actors.results(tasks, _never)) as results:
        next(results)
        began, busy = perf_counter(), process_time()
        for done in results:
            if done.files:
                deliver(place, done.outcome.doc_id, done.files.items())
        return (perf_counter() - began) / (count - 1), (process_time() - busy) / (count - 1)


def _never(task: Task, how: str) -> Done:
    raise SystemExit(f"{task.item.doc_id}: {how}")


def driving(folder: Path) -> tuple[list[str], dict[str, float]]:
    """Measure the driver's share; return the table, and its seconds for a million characters by who writes."""
    source, characters = corpus(folder / "one", SIZES["sudachi"], 1)
    data = (source / "000.txt").read_bytes()
    text = data.decode()
    document = load("sudachi")(text)
    files = {name: encoded(content) for name, content in contents(document, FORMATS.split(",")).items()}
    size, place = sum(map(len, files.values())), Folder(folder / "driven")
    with connected(None, 2):
        few = driver(b"", {}, 2000, place)
        workers = driver(data, {}, 400, place)
        whole = driver(data, files, 60, place)
    manifest = json.loads((folder / "sudachi-local-1/run.json").read_text(encoding="utf-8"))
    began = process_time()
    package_files(manifest, Folder(folder / "sudachi-local-1").read)
    end = (process_time() - began) / sum(row["characters"] for row in manifest["documents"])
    rows = [
        [what, f"{1e3 * wall:.2f}", f"{1e3 * busy:.2f}", f"{1 / busy:,.0f}"]
        for what, (wall, busy) in (
            ("an empty task, an empty result", few),
            (f"{len(data):,} bytes of text ({characters:,} characters), the worker writes", workers),
            (f"the same, {size:,} bytes of files come back, and the driver writes them", whole),
        )
    ]
    head = ["a task", "milliseconds", "of the driver's processor", "tasks a second that the driver can do"]
    note = f"At the end the driver counts the totals: {1e6 * end:.2f} seconds for a million characters."
    shares = {"workers": workers[1] / characters + end, "driver": whole[1] / characters + end}
    return [*table(head, rows), note, ""], {who: 1e6 * share for who, share in shares.items()}


def extrapolated(found: Mapping[str, Figures], shares: Mapping[str, float], price: float) -> list[str]:
    """Reckon what more workers would take, and where the driver ends it."""
    lines = []
    for analyzer, figures in found.items():
        rows = []
        for count in WORKERS:
            row = [f"{count:,}"]
            for share in (shares["driver"], shares["workers"]):
                each = max(figures.work / count, share)
                row += [f"{each:.3f}", f"{figures.work / count / each:.0%}"]
            whole = figures.start + EDITIONS / 1e6 * max(figures.work / count, shares["workers"])
            rows.append([*row, f"{whole:,.0f}", f"{price * count * whole / 3600:.4f}"])
        head = [
            "workers", "seconds a million characters, the driver writes", "linear", "the workers write", "linear",
            f"seconds for {EDITIONS:,} characters", "price of these",
        ]  # fmt: skip
        limits = {who: figures.work / share for who, share in shares.items()}
        lines += [
            (
                f"`--analyzer {analyzer}`: one worker takes {figures.work:.1f} seconds for a million characters, which at {price} an hour "
                f"costs {price * figures.work / 3600:.5f}. Linear up to {limits['driver']:,.0f} workers where the driver writes, up to "
                f"{limits['workers']:,.0f} where they write themselves."
            ),
            *table(head, rows),
        ]
    return lines


def page(price: float) -> list[str]:
    """Measure everything; return the lines that stand between the marks."""
    with tempfile.TemporaryDirectory() as name:
        before = os.getloadavg()[0]
        runs, found = measured(Path(name))
        drives, shares = driving(Path(name))
    return [
        machine(), "",
        *([BUSY.format(before), ""] if before > 1 else []),
        "### Runs", "",
        (f"`--format {FORMATS}`, {DOCUMENTS} documents of {SIZES['sudachi']:,} (`sudachi`) and {SIZES['ginza']:,} bytes (`ginza`), best of "
        f"{REPEATS}. To begin and end is measured with two documents of a line. Ray starts a cluster of its own on this machine."),
        *runs,
        "### The driver", "",
        "Two workers that do nothing, so that the driver alone sets the pace.",
        *drives,
        "### Extrapolated", "",
        *extrapolated(found, shares, price),
    ]  # fmt: skip


def main() -> None:
    """Measure, and write the tables into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--price", type=float, default=0.05, help="of one processor for one hour")
    arguments: Any = parser.parse_args()
    lines = [MARK[0], *page(arguments.price), MARK[1]]
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(MARK[0])[0], text.split(MARK[1])[1]
    PAGE.write_text(before + "\n".join(lines) + after, encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
