"""``make bench``: one run that measures hakusho against its own parts, as ratios; written to docs/benchmarks.md."""

from __future__ import annotations

import platform
import resource
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import spacy
from sudachipy import Dictionary, SplitMode

import pipeline
from pipeline.clean import clean
from pipeline.model import Analysis, Sentence
from pipeline.recognize.dates import recognize
from pipeline.resolve.dates import DateResolver
from pipeline.structure import structure
from tests import benchmark_structure, law_benchmark

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.analysis import Analyzer

ROOT = Path(__file__).parent.parent
CHAPTER = ROOT / "corpus/defense_white_paper_h26_III-2-2.txt"
REPEATS = 3
# What might make a pattern look far or a list of finds long.
RUNS = ("に関する法律", "審議会委員会", "平成25年", "（「", "同年10月、", "二〇一三年", "1")
# The same for the reader of dates alone, which is taken to a megabyte.
DATE_RUNS = (
    "1",
    "1、",
    "1～",
    "1月",
    "2013.",
    "十",
    "〇一二",
    "一・",
    "（",
    "13（平成",
    "20年（",
    "平成1",
    "同年",
)
DATE_SIZES = (62_500, 250_000, 1_000_000)


def _best(work: Callable[[], object]) -> float:
    """Return the shortest of some runs, in seconds: the one that was disturbed least."""
    times = []
    for _ in range(REPEATS):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return min(times)


def _growth(analyze: Analyzer, unit: str) -> str:
    short, long = (_best(lambda n=n: analyze(unit * (n // len(unit)))) for n in (12_000, 48_000))
    return f"| {unit} | {short:.2f} | {long:.2f} | {long / short:.1f} |"


def _date_growth(unit: str) -> str:
    """Return a row of the seconds that finding and resolving dates takes in one sentence of each size."""
    times = []
    for size in DATE_SIZES:
        text = unit * (size // len(unit))
        sentence = Sentence("s", text, range(len(text)), range(len(text)), "paragraph", "b")
        began = perf_counter()
        resolver = DateResolver([sentence], date(2014, 8, 5))
        for index, mention in enumerate(recognize([Analysis(sentence, ())])):
            resolver.resolve(index, mention, mention.payload)  # type: ignore[arg-type]
        times.append(perf_counter() - began)
    cells = " | ".join(f"{seconds:.2f}" for seconds in times)
    return f"| {unit} | {cells} | {times[-1] / times[-2]:.1f} |"


def main() -> None:
    source = pipeline.read(CHAPTER)
    sentences = structure(clean(source)).sentences
    texts = [sentence.text for sentence in sentences]
    stock = spacy.load("ja_ginza")
    sudachi = Dictionary(dict="core").create(mode=SplitMode.C)
    ginza, fast = pipeline.load("ginza"), pipeline.load("sudachi")
    seconds = {
        'stock GiNZA (`spacy.load("ja_ginza").pipe`)': _best(lambda: list(stock.pipe(texts))),
        "bare SudachiPy (mode C)": _best(lambda: [sudachi.tokenize(text) for text in texts]),
        "hakusho, `--analyzer ginza`": _best(lambda: ginza(source)),
        "hakusho, `--analyzer sudachi`": _best(lambda: fast(source)),
    }
    base = next(iter(seconds.values()))
    size = len(source.raw)
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; ratios within one run are what counts, not the seconds of one machine.",
        "",
        (
            f"The chapter ({size:,} characters), best of {REPEATS}, one process, models loaded; {platform.machine()}, "
            f"Python {platform.python_version()}, spaCy {version('spacy')}, GiNZA {version('ginza')}, "
            f"SudachiPy {version('sudachipy')}; peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB."
        ),
        "",
        "| what | seconds | characters/s | × stock GiNZA |",
        "|---|---|---|---|",
        *(f"| {name} | {t:.2f} | {size / t:,.0f} | {base / t:.1f} |" for name, t in seconds.items()),
        "",
    ]
    lines += [
        "## Growth",
        "",
        "Adversarial runs, `--analyzer sudachi`: seconds for 12,000 and 48,000 characters. Four is linear.",
        "",
        "| run of | 12,000 | 48,000 | times |",
        "|---|---|---|---|",
        *(_growth(fast, unit) for unit in RUNS),
        "",
    ]
    lines += [
        "## Growth of the date reader",
        "",
        "Seconds to find and to resolve the dates of one sentence, up to 1,000,000 characters, each once. Four is linear.",
        "",
        f"| run of | {' | '.join(f'{size:,}' for size in DATE_SIZES)} | times, of the last two |",
        "|---|---|---|---|---|",
        *map(_date_growth, DATE_RUNS),
        "",
    ]
    lines += benchmark_structure.report()
    lines += law_benchmark.measure(source)
    report = "\n".join(lines)
    (ROOT / "docs/benchmarks.md").write_text(report, encoding="utf-8")
    print(report)  # noqa: T201


if __name__ == "__main__":
    main()
