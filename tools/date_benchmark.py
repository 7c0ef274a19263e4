"""How finding and resolving dates grows with one sentence, up to a megabyte of adversarial text."""

from __future__ import annotations

from datetime import date
from time import process_time

from pipeline.entities.dates.recognize import recognize
from pipeline.entities.dates.resolve import DateResolver
from pipeline.model.sentence import Analysis, Sentence

# What might make a date pattern look far.
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


def _date_growth(unit: str) -> str:
    """Return a row of the seconds that finding and resolving dates takes in one sentence of each size."""
    times = []
    for size in DATE_SIZES:
        text = unit * (size // len(unit))
        sentence = Sentence("s", text, range(len(text)), range(len(text)), "paragraph", "b")
        began = process_time()
        resolver = DateResolver([sentence], date(2014, 8, 5))
        for index, mention in enumerate(recognize([Analysis(sentence, ())])):
            resolver.resolve(index, mention, mention.payload)  # type: ignore[arg-type]
        times.append(process_time() - began)
    cells = " | ".join(f"{seconds:.2f}" for seconds in times)
    return f"| {unit} | {cells} | {times[-1] / times[-2]:.1f} |"


def report() -> list[str]:
    """Return the table as lines of Markdown."""
    return [
        "## Growth of the date reader",
        "",
        "Processor seconds to find and to resolve the dates of one sentence, up to 1,000,000 characters, each once. Four is linear.",
        "",
        f"| run of | {' | '.join(f'{size:,}' for size in DATE_SIZES)} | times, of the last two |",
        "|---|---|---|---|---|",
        *map(_date_growth, DATE_RUNS),
        "",
    ]
