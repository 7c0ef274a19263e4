"""``make bench``: one run that measures hakusho against its own parts, as ratios; written to docs/project/benchmarks.md.

What is compared runs in turn, several times, and the least of the times counts; that of the processor is what a busy machine disturbs least.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, NamedTuple

import spacy
from sudachipy import Dictionary, SplitMode

import pipeline
from pipeline.clean import clean
from pipeline.export import contents
from pipeline.structure import structure
from tools import BESIDE, benchmark_structure, date_benchmark, law_benchmark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.document.document import Document
    from pipeline.flow import Analyzer

ROOT = Path(__file__).parent.parent
CHAPTER = ROOT / "corpus/defense_white_paper_h26_III-2-2.txt"
SAMPLES = ROOT / "corpus/samples"
# A work of a tenth of a second is done more often than one of ten seconds: a busy machine disturbs it more.
REPEATS, SLOW_REPEATS, JOB_REPEATS = 30, 2, 5
# What might make a pattern look far or a list of finds long.
RUNS = ("に関する法律", "審議会委員会", "平成25年", "（「", "同年10月、", "二〇一三年", "1")
# Bytes of UTF-8: from a few pages to 24 editions of one white paper.
SIZES = (20_000, 200_000, 2_000_000, 8_000_000)
DOCUMENTS, DOCUMENT_BYTES = 12, 300_000
STOCK = 'stock GiNZA (`spacy.load("ja_ginza").pipe`)'
Works = dict[str, "Callable[[], object]"]


class Times(NamedTuple):
    """Seconds by the clock, and seconds that the processor was busy (both cores counted)."""

    wall: float
    busy: float


def interleaved(works: Works, repeats: int = REPEATS, slow: Sequence[str] = ()) -> dict[str, Times]:
    """Return the least times that each work took; those that are ``slow`` run only in the first turns."""
    best: dict[str, Times] = {}
    for turn in range(repeats):
        for name, work in works.items():
            if turn < SLOW_REPEATS or name not in slow:
                began, busy = perf_counter(), process_time()
                work()
                wall, busy = perf_counter() - began, process_time() - busy
                before = best.get(name, Times(wall, busy))
                best[name] = Times(min(before.wall, wall), min(before.busy, busy))
    return best


def process(arguments: Sequence[str | Path]) -> tuple[float, float, int]:
    """Run a Python process; return its wall seconds, its processor's seconds and its peak memory in MB.

    The processor's seconds count its own worker processes, the memory is that of the largest process.
    """
    began = perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *map(str, arguments)]
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123
        streams = [(os.POSIX_SPAWN_DUP2, nothing.fileno(), n) for n in (1, 2)]
        pid = os.posix_spawn(command[0], command, environment, file_actions=streams)
        _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return ["", *("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)), ""]


def fields_of(tokenizer: Any, texts: Sequence[str]) -> None:
    """Read of each morpheme what anybody needs of it."""
    for text in texts:
        for m in tokenizer.tokenize(text):
            m.surface(), m.part_of_speech(), m.dictionary_form(), m.normalized_form()
            m.reading_form(), m.begin(), m.end()


def assert_same(stock: Any, document: Document) -> int:
    """Hold the tokens, tags and dependencies of ``--analyzer ginza`` against the stock model's; return how many."""
    texts = [sentence.text for sentence in document.sentences]
    count = 0
    for doc, found in zip(stock.pipe(texts), document.tokens, strict=True):
        wanted = [token for token in doc if not token.is_space]
        place = {token.i: n for n, token in enumerate(wanted)}
        one = [(t.surface, t.lemma, t.pos, t.upos, t.dep, t.head) for t in found]
        other = [
            (t.text, t.lemma_, t.tag_, t.pos_, t.dep_, place.get(t.head.i, n)) for n, t in enumerate(wanted)
        ]
        if one != other:
            raise SystemExit(f"not the stock model's: {doc.text}")
        count += len(one)
    return count


def throughput() -> list[str]:
    source = pipeline.read(CHAPTER)
    texts = [sentence.text for sentence in structure(clean(source)).sentences]
    stock = spacy.load("ja_ginza")
    sudachi = Dictionary(dict="core").create(mode=SplitMode.C)
    ginza, fast = pipeline.load("ginza"), pipeline.load("sudachi")
    works: Works = {
        STOCK: lambda: list(stock.pipe(texts)),
        "hakusho, `--analyzer ginza`": lambda: ginza(source),
        "bare SudachiPy, mode C: tokenize only": lambda: [sudachi.tokenize(text) for text in texts],
        "bare SudachiPy, its fields read (surface, part of speech, forms, reading, offsets)": lambda: (
            fields_of(sudachi, texts)
        ),
        "hakusho, `--analyzer sudachi`": lambda: fast(source),
        "the same, and its CSV and JSON made": lambda: contents(fast(source), ("csv", "json")),
    }
    works |= others(texts)
    document = ginza(source)
    if document.entities != fast(source).entities:
        raise SystemExit("the analyzers differ in entities")
    same = assert_same(stock, document)
    seconds = interleaved(works, slow=(STOCK, "hakusho, `--analyzer ginza`"))
    size, names = len(source.raw), list(works)
    rows = []
    for name in names:
        wall, busy = seconds[name]
        row = [name, f"{wall:.3f}", f"{busy:.3f}", f"{size / wall:,.0f}", f"{seconds[STOCK].wall / wall:.1f}"]
        rows.append([*row, *(f"{seconds[bare].busy / busy:.3f}" for bare in names[2:4])])
    head = [
        "what", "seconds", "processor's seconds", "characters/s", "× stock GiNZA",
        "× bare SudachiPy (processor)", "× SudachiPy with fields (processor)",
    ]  # fmt: skip
    return [
        "## Throughput",
        "",
        (
            f"The chapter ({size:,} characters), models loaded, one process; the works take turns, "
            f"best of {REPEATS} (with GiNZA: of {SLOW_REPEATS})."
        ),
        *table(head, rows),
        (
            f"Asserted in this run: `--analyzer ginza` gives the stock model's {same:,} tokens with the same lemmas, tags, heads and "
            f"dependencies; both analyzers give the same {len(document.entities)} entities, field by field (a difference in F1 of 0)."
        ),
        "",
    ]


def others(texts: Sequence[str]) -> Works:
    """Return what else reads a part of what hakusho reads."""
    try:
        from ja_timex import TimexParser
        from jlawcite.citation import extract_external
    except ImportError as error:
        raise SystemExit(f"{error}: run 'make bench', which installs it") from None
    parser = TimexParser()
    return {
        "ja-timex (dates only)": lambda: [parser.parse(text) for text in texts],
        "jlawcite (laws with an article only)": lambda: [extract_external(text) for text in texts],
    }


def text_of(size: int) -> bytes:
    """Return so many bytes of the chapter and the samples, pasted together and repeated."""
    pasted = b"\n".join(path.read_bytes() for path in (CHAPTER, *sorted(SAMPLES.glob("*.txt"))))
    while len(pasted) < size:
        pasted += b"\n" + pasted
    return pasted[:size].decode("utf-8", "ignore").encode()


def growth(folder: Path) -> list[str]:
    rows = []
    for size in SIZES:
        path = folder / f"{size}.txt"
        path.write_bytes(text_of(size))
        code = (
            "import sys, time, pipeline; a = pipeline.load('sudachi'); a('令和元年'); s = pipeline.read(sys.argv[1]);"
            "b = time.process_time(); a(s); open(sys.argv[2], 'w').write(str(time.process_time() - b))"
        )
        best, peak = float("inf"), 0
        for _ in range(3 if size < 1_000_000 else 1):
            _, _, peak = process(["-c", code, path, folder / "seconds"])
            best = min(best, float((folder / "seconds").read_text(encoding="utf-8")))
        characters = len(path.read_text(encoding="utf-8"))
        rows.append(
            [f"{size:,}", f"{characters:,}", f"{best:.2f}", f"{1e6 * best / characters:.2f}", f"{peak:,}"]
        )
    head = ["bytes", "characters", "processor's seconds", "µs a character", "peak memory, MB"]
    return [
        "## Growth",
        "",
        "One document of the chapter and the samples, pasted together: `--analyzer sudachi`, models loaded.",
        *table(head, rows),
    ]


def jobs(folder: Path) -> list[str]:
    (folder / "in").mkdir()
    whole = text_of(DOCUMENTS * DOCUMENT_BYTES).decode()
    part = len(whole) // DOCUMENTS
    for n in range(DOCUMENTS):
        (folder / f"in/{n:02d}.txt").write_text(whole[n * part : (n + 1) * part], encoding="utf-8")
    best = {count: (float("inf"), 0.0, 0) for count in (1, 2)}
    for _ in range(JOB_REPEATS):
        for count in best:
            out = folder / f"out{count}"
            arguments: list[str | Path] = [
                "-m",
                "pipeline",
                "run",
                folder / "in",
                "-o",
                out,
                "--analyzer",
                "sudachi",
            ]
            best[count] = min(
                best[count], process([*arguments, "--format", "csv,json", "--jobs", str(count)])
            )
    rows = [
        [str(count), f"{wall:.1f}", f"{cpu:.1f}", f"{best[1][0] / wall:.2f}", f"{peak:,}"]
        for count, (wall, cpu, peak) in best.items()
    ]
    head = [
        "jobs",
        "seconds",
        "processor's seconds",
        "times one job",
        "peak memory of the largest process, MB",
    ]
    return [
        "## Jobs",
        "",
        (
            f"`hakusho run --analyzer sudachi --format csv,json` over {DOCUMENTS} documents of {part:,} characters, start-up and files "
            f"included, best of {JOB_REPEATS}, on {os.cpu_count()} cores."
        ),
        *table(head, rows),
    ]


def start_up(folder: Path) -> list[str]:
    (folder / "line.txt").write_text(
        "防衛省は13（平成25）年10月3日、自衛隊法第76条を引いた。\n", encoding="utf-8"
    )
    rows = []
    for analyzer, times in (("sudachi", 15), ("ginza", 5)):
        arguments: list[str | Path] = [
            "-m",
            "pipeline",
            "run",
            folder / "line.txt",
            "-o",
            folder / "o",
            "--analyzer",
            analyzer,
        ]
        wall, cpu, peak = min(process(arguments) for _ in range(times))
        rows.append([f"`--analyzer {analyzer}`", f"{wall:.2f}", f"{cpu:.2f}", f"{peak:,}"])
    head = ["`hakusho run` of one line", "seconds", "processor's seconds", "peak memory, MB"]
    return ["## Start-up", "", "From the command to the files, everything loaded anew.", *table(head, rows)]


def adversarial(analyze: Analyzer) -> list[str]:
    rows = []
    for unit in RUNS:
        texts = [unit * (n // len(unit)) for n in (12_000, 48_000)]
        works: Works = {text: partial(analyze, text) for text in texts}
        short, long = (times.busy for times in interleaved(works, 3).values())
        rows.append([unit, f"{short:.2f}", f"{long:.2f}", f"{long / short:.1f}"])
    return [
        "## Adversarial texts",
        "",
        "`--analyzer sudachi`: the processor's seconds for 12,000 and 48,000 characters. Four is linear.",
        *table(["run of", "12,000", "48,000", "times"], rows),
    ]


def processor() -> str:
    """Return the name of the processor."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    named = (line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def machine() -> str:
    names = (
        "spacy",
        "ginza",
        "ja-ginza",
        "sudachipy",
        "sudachidict-core",
        "thinc",
        "numpy",
        "ja-timex",
        "jlawcite",
    )
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {processor()}, {os.cpu_count()} cores; {platform.system()}, "
        f"Python {platform.python_version()}, {', '.join(found)}."
    )


def main() -> None:
    sys.path.append(str(BESIDE))
    lines = [
        "# Benchmarks", "", "Written by `make bench`; ratios within one run are what counts, not the seconds of one machine.", "",
        machine(), "",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines += start_up(folder) + jobs(folder) + growth(folder) + throughput()
    lines += adversarial(pipeline.load("sudachi")) + benchmark_structure.report()
    lines += date_benchmark.report() + law_benchmark.measure(pipeline.read(CHAPTER))
    report = "\n".join(lines)
    (ROOT / "docs/project/benchmarks.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
