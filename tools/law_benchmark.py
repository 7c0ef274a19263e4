"""What a full list of laws costs: its loading, and the throughput with it, as a part of ``make bench``."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

import pipeline
from pipeline.entities.laws.instruments import Instruments
from pipeline.lawbook.files import read_list
from pipeline.lawbook.listed import ListedLaw, dump, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model.source import Source

# LAWS=path of a list as 'hakusho laws import' takes it; without one, made-up laws of the same number and length.
LIST = "LAWS"
MADE_UP = 9_300
SUBJECTS = ("道路", "河川", "森林", "港湾", "学校", "病院", "農地", "漁船", "鉄道", "鉱山", "工場", "倉庫")
DEEDS = ("整備", "保全", "利用", "管理", "規制", "振興", "改良", "監督", "登録", "検査", "防災", "助成")
ENDS = ("に関する法律", "促進法", "法施行令", "法施行規則", "に関する省令", "等に関する特別措置法")
CHARACTERS = 80_000
ROUNDS = 11


def made_up(count: int) -> list[ListedLaw]:
    """Return ``count`` laws that do not exist, with titles as long as real ones."""
    found = []
    for i in range(count):
        subject, deed, end = SUBJECTS[i % 12], DEEDS[i // 12 % 12], ENDS[i // 144 % 6]
        title = f"第{i // 864 + 1}種架空{subject}施設の{deed}の適正な実施及び{subject}の計画的な{deed}{end}"
        law_id = f"4{i // 900 + 10:02d}AC0000000{i % 900 + 100:03d}"
        found.append(
            ListedLaw(
                law_id, f"平成{i // 900 + 10}年法律第{i % 900 + 100}号", title, promulgated="1998-03-31"
            )
        )
    return found


def laws() -> tuple[list[ListedLaw], str]:
    """Return the laws of the list that the environment names, or made-up ones, and what they are."""
    path = os.environ.get(LIST)
    return (read_list(Path(path)), "of the list given") if path else (made_up(MADE_UP), "made up")


def measure(source: Source) -> list[str]:
    """Return the lines of the report: processor time, the shortest of several runs, for others may use the machine."""
    listed, what = laws()
    text = dump(listed, date(2026, 2, 8), "benchmark")
    full = parse(text)[1]
    start = _seconds(lambda: Instruments(parse(text)[1])) - _seconds(Instruments)
    many = "\n".join([source.raw] * (CHARACTERS // len(source.raw) + 1))
    plain, loaded = pipeline.load("sudachi"), pipeline.load("sudachi", laws=full)
    ratio = _ratio(lambda: plain(many), lambda: loaded(many))
    return [
        "## The full list of laws",
        "",
        f"{len(listed):,} laws {what}, beside the shipped registry, `--analyzer sudachi`, {len(many):,} characters:",
        "",
        "| measure | value | wanted |",
        "|---|---|---|",
        f"| start-up: reading the list and indexing its titles | {start:.2f} s more | ≤ 0.5 s |",
        f"| throughput against the shipped registry alone | {ratio:.2f} | ≥ 0.90 |",
        "",
    ]


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        work()
        times.append(process_time() - began)
    return min(times)


def _ratio(without: Callable[[], object], with_list: Callable[[], object]) -> float:
    """Return the throughput of one against the other: the median of turns, so that both meet the same machine."""
    ratios = []
    for turn in range(ROUNDS):
        spent = {}
        for work in (without, with_list) if turn % 2 else (with_list, without):
            began = process_time()
            work()
            spent[work] = process_time() - began
        ratios.append(spent[without] / spent[with_list])
    return median(ratios)
