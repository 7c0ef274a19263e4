"""How far a run is, and how long the rest will take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from pipeline.runs import pace
from pipeline.runs.engines import Local
from pipeline.runs.outcomes import Outcome, Settings
from pipeline.runs.pace import Pace, kind_of
from pipeline.runs.processes import Workers
from pipeline.runs.run import Run


def even(count: int, ending: str = ".txt") -> Pace:
    names = [f"d{n}" for n in range(count)]
    return Pace(dict.fromkeys(names, 100), dict.fromkeys(names, ending))


def done(doc_id: str, seconds: float = 1.0, **more: Any) -> Outcome:
    return Outcome(doc_id, "", seconds=seconds, **more)


def talker() -> Callable[[int, Callable[..., None]], str]:
    """Return a worker that says how far it is after each part of its task."""

    def work(task: int, say: Callable[..., None]) -> str:
        for n in range(task):
            say(n, float(task))
        return str(task)

    return work


def test_documents_that_are_alike_take_alike() -> None:
    """Loading took from 0 to 5; an unchanged document and one that failed tell nothing."""
    found = even(10)
    assert found.left(5.0) is None
    found.took(done("d0", 0.0, unchanged=True), 5.0)
    assert found.left(5.0) is None
    found.took(done("d1"), 6.0)
    assert found.left(6.0) == pytest.approx(8)
    found.took(done("d2", 0.0, error="no text"), 6.0)
    assert found.left(6.0) == pytest.approx(3.5)
    for n in range(3, 10):
        found.took(done(f"d{n}"), 4.0 + n)
    assert (found.left(14.0), found.done) == (0.0, 1.0)


def test_one_document_alone_is_followed() -> None:
    found = even(1)
    found.told("d0", 0.25, 10.0, 15.0)
    assert (found.left(15.0), found.done) == (pytest.approx(30), pytest.approx(0.25))
    found.told("d0", 0.5, 20.0, 25.0)
    assert found.left(25.0) == pytest.approx(20)


def test_two_workers_take_half_the_time() -> None:
    found = even(4)
    found.told("d0", 0.5, 10.0, 12.0)
    found.told("d1", 0.5, 10.0, 12.0)
    assert found.left(12.0) == pytest.approx(30)  # 60 seconds of work


def test_each_kind_of_file_has_a_pace_of_its_own() -> None:
    """A byte of a PDF is less work: ten of them tell what the texts will take, and then the texts do."""
    names = [f"d{n}" for n in range(20)]
    found = Pace(
        {name: 1000 if n < 10 else 100 for n, name in enumerate(names)},
        {name: kind_of("a.PDF" if n < 10 else "a.txt") for n, name in enumerate(names)},
    )
    for n in range(5):
        found.took(done(f"d{n}"), n + 1.0)
    assert found.left(5.0) == pytest.approx(5 + 10 * 0.1 / pace.LIGHTER[".pdf"])
    found.told("d10", 0.5, 2.0, 7.0)
    assert found.left(7.0) == pytest.approx(5 + 2 + 9 * 4)


def test_documents_whose_size_nobody_knows_count_as_usual_ones() -> None:
    found = Pace({"a": 0, "b": 0, "c": 50}, dict.fromkeys("abc", ""))
    found.took(done("a"), 1.0)
    assert found.left(1.0) == pytest.approx(2)


def test_members_of_an_archive_have_their_own_size(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "雨")
        archive.writestr("b.txt", "雨雨雨")
    run = Run([str(tmp_path / "a.zip")], str(tmp_path / "out"), Settings("sudachi"), Local())
    assert run.sizes == {"a_a": 3, "a_b": 9}


def test_a_worker_says_how_far_it_is() -> None:
    said: list[tuple[Any, ...]] = []
    workers: Workers[int, str] = Workers(2, talker)
    found = list(workers.results([2, 1], lambda *_: "", lambda task, words: said.append((task, *words))))
    assert (sorted(found), sorted(said)) == (["1", "2"], [(1, 0, 1.0), (2, 0, 2.0), (2, 1, 2.0)])


def test_a_run_says_how_far_a_document_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "OFTEN", 0.0)
    (tmp_path / "a.txt").write_text("防衛省は、自衛隊法を引いた。\n\n" * 20, encoding="utf-8")
    run = Run(
        [str(tmp_path / "a.txt")], str(tmp_path / "out"), Settings("sudachi", formats=("csv",)), Local()
    )
    heard: list[float] = []
    run.heard = lambda doc_id, share, seconds: heard.append(share)
    assert [outcome.error for outcome in run] == [""]
    assert heard == sorted(heard)
    assert len(heard) > 20
    assert heard[0] < heard[10] < heard[-1] < 1
