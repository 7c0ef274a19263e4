"""PDFs are read in a process of their own: one that is made to harm costs itself only."""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.model.errors import HakushoError
from pipeline.read import read
from pipeline.read.pdf import read_pdf
from pipeline.read.pdf_process import Child, ChildDiedError
from tests.conftest import hakusho
from tests.read.pdfs import draws_itself

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

DOCUMENTS = Path(__file__).parent.parent / "documents"
PLAIN = (DOCUMENTS / "plain.pdf").read_bytes()


def test_a_form_that_draws_itself_is_one_clear_line_and_the_next_pdf_is_read() -> None:
    with pytest.raises(HakushoError) as caught:
        read_pdf(draws_itself(), "a.pdf")
    assert str(caught.value).startswith("a.pdf: is a PDF that cannot be read (")
    assert len(str(caught.value).splitlines()) == 1
    assert "航空" in read_pdf(PLAIN, "b.pdf")[0]


def test_a_run_goes_on_behind_a_pdf_that_kills_its_reader(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(draws_itself())
    (tmp_path / "b.pdf").write_bytes(PLAIN)
    command = ("run", tmp_path / "a.pdf", tmp_path / "b.pdf", "-o", tmp_path / "out", "--analyzer", "sudachi")
    for more in ((), ("--resume",)):
        process = hakusho(*command, *more)
        assert process.returncode == 1
        said = [line for line in process.stderr.decode().splitlines() if "a.pdf: " in line]
        assert any("cannot be read" in line for line in said)
        record = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
        assert [row["doc_id"] for row in record["documents"]] == ["b"]
        assert [row["doc_id"] for row in record["failures"]] == ["a"]


@pytest.mark.parametrize("name", ["re", "json", "struct", "pypdfium2"])
def test_nothing_of_the_working_folder_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A folder out of an archive may hold a program that is called as a module of Python's own."""
    (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    child = Child()
    try:
        assert child.read(PLAIN)
    finally:
        child.close()
    assert not (tmp_path / "ran").exists()


def test_one_child_reads_one_pdf_after_the_other() -> None:
    child = Child()
    try:
        first = child.read(PLAIN)
        process = child._process
        assert child.read(PLAIN) == first
        assert child._process is process
    finally:
        child.close()
    assert process is not None
    assert process.returncode is not None


def test_a_page_that_takes_too_long_is_given_up() -> None:
    child = Child(seconds=0.01)
    with pytest.raises(ChildDiedError, match=r"longer than 0\.01 seconds"):
        child.read(PLAIN)


def test_a_file_whose_pages_take_too_long_together_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[Child.__module__], "PER_MEGABYTE", 0.0)
    child = Child(whole=0.01)
    with pytest.raises(ChildDiedError, match=r"the whole file took longer than 0\.01 seconds"):
        child.read(PLAIN)


def _read_in_a_worker(path: str, results: Any) -> None:
    results.put(len(read(path).raw))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_worker_reads_with_a_child_of_its_own(method: str) -> None:
    import multiprocessing

    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system has no {method}")
    path = DOCUMENTS / "plain.pdf"
    length = len(read(path).raw)  # a forked worker inherits this process's child, and must not use it
    context: BaseContext = multiprocessing.get_context(method)
    results = context.Queue()
    process = context.Process(target=_read_in_a_worker, args=(str(path), results), daemon=True)  # type: ignore[attr-defined]
    process.start()
    assert results.get(timeout=120) == length
    process.join(60)
    assert process.exitcode == 0
    assert len(read(path).raw) == length


def test_what_was_read_can_be_sent_to_another_process() -> None:
    source = read(DOCUMENTS / "ministry.pdf")
    again = pickle.loads(pickle.dumps(source))
    assert again == source
    assert again.printed is not None
    assert source.printed is not None
    assert again.printed.place(0, 3) == source.printed.place(0, 3)
