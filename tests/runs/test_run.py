"""Runs over many documents, as processes: stopped, killed, resumed, two at once; the results stay the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import tables
from pipeline.export import csv_text, table_csv
from pipeline.flow import Analyzer
from pipeline.runs.destination import Folder
from pipeline.runs.record import locked, whole
from tests.conftest import CHAPTER, ROOT, hakusho

SENTENCE = "防衛省は13（平成25）年10月3日、自衛隊法第76条を引いた。-1,2"
PLAIN = "会議では、今後の取組の進め方と課題について意見を交わし、結果を取りまとめた。\n"
# Long enough that a run over them can be stopped half-way.
LONG = (SENTENCE + "\n") * 60


def corpus(folder: Path, count: int, content: str = SENTENCE) -> Path:
    (folder / "in").mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"in/t{n:02d}.txt").write_text(content + f"平成{n + 1}年。", encoding="utf-8")
    return folder / "in"


def arguments(source: Path, out: Path, *more: str) -> list[str]:
    return ["run", str(source), "-o", str(out), "--analyzer", "sudachi", "--format", "csv,json", *more]


def run(source: Path, out: Path, *more: str) -> subprocess.CompletedProcess[bytes]:
    return hakusho(*arguments(source, out, *more))


def begin(source: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start a run in a process group of its own, as a terminal would."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *arguments(source, out, *more)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip


def until(ready: Any, seconds: float = 180) -> Any:
    """Wait until ``ready()`` is true, and return it."""
    end = time.monotonic() + seconds
    while not (found := ready()):
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.005)
    return found


def record(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return found


def results(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in out.glob("*/*")}


def children(pid: int) -> list[int]:
    return [int(word) for p in Path(f"/proc/{pid}/task").glob("*/children") for word in p.read_text().split()]


def worked(pid: int) -> float:
    """Return the seconds that a process has had of the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")


def test_results_are_the_same_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    source = corpus(tmp_path, 6)
    (source / "empty.txt").write_text("", encoding="utf-8")
    found = []
    for jobs in ("1", "2", "5"):
        process = run(source, tmp_path / jobs, "--jobs", jobs)
        assert process.returncode == 1
        assert b"empty.txt" in process.stderr
        found.append(results(tmp_path / jobs))
        documents = record(tmp_path / jobs)["documents"]
        assert [d["doc_id"] for d in documents] == [f"t{n:02d}" for n in range(6)]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 6 * len({Path(name).name for name in found[0]})


@pytest.fixture(scope="module")
def long_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight documents, for runs that are stopped half-way."""
    return corpus(tmp_path_factory.mktemp("long"), 8, LONG)


@pytest.fixture(scope="module")
def fresh(long_source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run over them leaves that nobody stops."""
    out = tmp_path_factory.mktemp("fresh")
    assert run(long_source, out).returncode == 0
    return results(out)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_stopped_run_leaves_whole_files_and_can_go_on(
    long_source: Path, fresh: dict[str, bytes], tmp_path: Path, jobs: str, stop: signal.Signals
) -> None:
    source, out = long_source, tmp_path / "out"
    process = begin(source, out, "--jobs", jobs)
    until(lambda: list(out.glob("t*/entities.json")))
    if stop == signal.SIGINT:
        os.killpg(process.pid, stop)
    else:
        process.send_signal(stop)
    _, message = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"--resume" in message
    assert b"Traceback" not in message
    stopped = record(out)
    assert stopped["status"] == "interrupted"
    done = {d["doc_id"] for d in stopped["documents"]}
    assert len(done) < 8
    assert all(whole(Folder(out).read, d["doc_id"], d["files"]) for d in stopped["documents"])
    assert not list(out.rglob(".*"))
    before = {name: (out / name).stat().st_mtime_ns for name in results(out) if name[:3] in done}
    again = run(source, out, "--resume", "--jobs", jobs)
    assert again.returncode == 0, again.stderr.decode()
    assert record(out)["status"] == "finished"
    assert {name: (out / name).stat().st_mtime_ns for name in before} == before
    assert results(out) == fresh


@needs_proc
def test_a_worker_that_is_killed_costs_its_document_only(tmp_path: Path) -> None:
    # The two that are long are begun first: after a fifth of a second, a worker is far from done with its own.
    source, out = corpus(tmp_path, 8), tmp_path / "out"
    corpus(tmp_path, 2, LONG * 12)
    process = begin(source, out, "--jobs", "2")
    worker = until(lambda: children(process.pid))[0]
    until(lambda: worked(worker) > 0.2)
    os.kill(worker, signal.SIGKILL)
    _, message = process.communicate(timeout=120)
    assert process.returncode == 1
    (failure,) = record(out)["failures"]
    assert "signal 9" in failure["error"]
    assert failure["path"] in message.decode()
    assert len(record(out)["documents"]) == 7
    again = run(source, out, "--resume")
    assert again.returncode == 0
    assert b"(7 unchanged)" in again.stderr


@needs_proc
def test_a_run_that_is_killed_is_taken_up_again(tmp_path: Path) -> None:
    source, out = corpus(tmp_path, 4, LONG), tmp_path / "out"
    process = begin(source, out, "--jobs", "2")
    until(lambda: list(out.glob("t*/entities.json")))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    (out / "t00").mkdir(exist_ok=True)
    (out / "t00/.writing-abc").write_text("half", encoding="utf-8")
    again = run(source, out, "--resume")
    assert again.returncode == 0, again.stderr.decode()
    assert run(source, tmp_path / "fresh").returncode == 0
    assert results(out) == results(tmp_path / "fresh")
    assert sorted(p.name for p in out.iterdir()) == [
        "datapackage.json", "documents.csv", "mentions.csv", "relations.csv", "run.json", "t00", "t01", "t02", "t03",
        "totals.csv",
    ]  # fmt: skip
    for name in ("datapackage.json", "documents.csv", "totals.csv", "mentions.csv", "relations.csv"):
        assert (out / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()


@needs_proc
def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    """A first process that was killed once left workers that waited for ever and kept the folder locked."""
    source, out = corpus(tmp_path, 4, LONG), tmp_path / "out"
    process = begin(source, out, "--jobs", "2")
    until(lambda: list(out.glob("t*/entities.json")))
    process.kill()
    assert process.stdout
    process.stdout.read()  # ends when the last process that holds it has ended
    process.communicate(timeout=60)
    again = run(source, out, "--resume")
    assert again.returncode == 0, again.stderr.decode()


FORKED = """
import os, signal, threading, time
from pipeline.runs.processes import Workers

def stop(*_):
    raise KeyboardInterrupt

def at_the_fork():
    os.kill(os.getpid(), signal.{name})
    time.sleep(.1)

def ready():
    return lambda task, _: str(task)

signal.signal(signal.SIGTERM, stop)
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
os.register_at_fork(after_in_parent=at_the_fork)
try:
    print(*Workers(1, ready).results([1], "{{}}{{}}".format, print))
except KeyboardInterrupt:
    print("stopped")
"""


@needs_proc
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_while_a_worker_is_forked_is_not_lost(name: str) -> None:
    """Another thread took it, and the interpreter ignored what its handler raised among its own work at a fork."""
    process = subprocess.run(
        [sys.executable, "-c", FORKED.format(name=name)], capture_output=True, check=False, cwd=ROOT
    )
    assert process.stderr == b""
    assert process.stdout == b"stopped\n"


def test_a_stop_that_the_interpreter_ignored_stops_the_run_at_the_next_document(tmp_path: Path) -> None:
    """What a handler raises while an object is tidied up goes no further."""
    source = corpus(tmp_path, 3)
    code = f"""
import os, signal
from pipeline import flow
from pipeline.cli import main

class Tidied:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)

resolve = flow.resolve
def resolved(*arguments, **named):
    Tidied()
    return resolve(*arguments, **named)

flow.resolve = resolved
main({arguments(source, tmp_path / "out")!r})
"""
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=ROOT)
    assert process.returncode == 130, process.stderr.decode()
    assert b"stopped after 1 of 3 documents: --resume goes on from there" in process.stderr


def test_resume_does_again_what_has_changed(tmp_path: Path) -> None:
    source, out = corpus(tmp_path, 5), tmp_path / "out"
    assert run(source, out).returncode == 0
    assert b"(5 unchanged)" in run(source, out, "--resume").stderr
    (source / "t00.txt").write_text("外務省は", encoding="utf-8")
    (out / "t01/tokens.csv").write_text("spoilt", encoding="utf-8")
    (out / "t02/entities.json").unlink()
    again = run(source, out, "--resume", "--jobs", "2")
    assert b"(2 unchanged)" in again.stderr
    assert run(source, tmp_path / "fresh").returncode == 0
    found = results(out)
    assert found.pop("t01/tokens.csv.bak") == b"spoilt"
    assert found == results(tmp_path / "fresh")
    assert b"unchanged" not in run(source, out, "--resume", "--reference-date", "2014-08-05").stderr
    assert b"(5 unchanged)" in run(source, out, "--resume", "--reference-date", "2014-08-05").stderr
    (source / "manifest.csv").write_text(
        "file,title\n" + "".join(f"t{n:02d}.txt,{'A' * (n == 3)}\n" for n in range(5)), encoding="utf-8"
    )
    assert run(source, out).returncode == 0
    (source / "manifest.csv").write_text(
        (source / "manifest.csv").read_text(encoding="utf-8").replace("A", "B"), encoding="utf-8"
    )
    assert b"(4 unchanged)" in run(source, out, "--resume").stderr


def test_resume_without_a_record_does_everything(tmp_path: Path) -> None:
    source, out = corpus(tmp_path, 1), tmp_path / "out"
    out.mkdir()
    (out / "run.json").write_text("{", encoding="utf-8")
    process = run(source, out, "--resume")
    assert process.returncode == 0
    assert b"unchanged" not in process.stderr


def test_the_summary_of_a_resumed_run_counts_all_documents(tmp_path: Path) -> None:
    source, out = corpus(tmp_path, 3), tmp_path / "out"
    first, second = run(source, out), run(source, out, "--resume")
    assert first.stderr.splitlines()[:4] == second.stderr.splitlines()[:4]


def test_processes_share_the_processors() -> None:
    """Each multiplied on all of them, and two were slower than one."""
    code = """
import os
from threadpoolctl import threadpool_info
from pipeline.runs.outcomes import Settings
from pipeline.runs.record import versions
from pipeline.runs.documents import one_of

one_of(os.cpu_count(), Settings("ginza"), None, versions())
print({pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"})
"""
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=ROOT)
    assert process.stdout == b"{1}\n", process.stderr.decode()


def test_a_second_run_into_a_folder_is_refused(tmp_path: Path) -> None:
    source, out = corpus(tmp_path, 1), tmp_path / "out"
    out.mkdir()
    with locked(out):
        process = run(source, out)
        assert process.returncode == 1
        message = process.stderr.decode().strip()
        assert len(message.splitlines()) == 1
        assert f"process {os.getpid()}" in message
        assert "-o" in message
        assert not (out / "t00").exists()
    assert run(source, out).returncode == 0


def test_the_lock_of_a_dead_process_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / ".lock").write_text("99999\n", encoding="utf-8")
    with locked(tmp_path):
        assert (tmp_path / ".lock").read_text(encoding="utf-8") == f"{os.getpid()}\n"
    assert not (tmp_path / ".lock").exists()


def test_the_quick_table_of_tokens_is_the_plain_one(analyze: Analyzer) -> None:
    texts = ["", "=1+1、\"引用\", 'a'、-5、+3、@x \n,,,", SENTENCE * 3, "選挙管理委員会　　𠮷野家"]
    texts.append((ROOT / f"corpus/{CHAPTER}.txt").read_text(encoding="utf-8")[:4000])
    for text in texts:
        document = analyze(text)
        plain = csv_text(tables.TOKEN_COLUMNS, document.rows("tokens"))
        assert table_csv(document, "tokens") == plain


def test_start_up_loads_only_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    command = f"main(['run', {str(tmp_path / 'a.txt')!r}, '-o', {str(tmp_path)!r}, '--analyzer', 'sudachi'])"
    code = f"import sys, atexit\nfrom pipeline.cli import main\natexit.register(lambda: print(*sys.modules))\n{command}"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert process.returncode == 0, process.stderr.decode()
    assert not {b"numpy", b"pandas", b"spacy", b"thinc", b"starlette", b"uvicorn"} & set(
        process.stdout.split()
    )


def test_a_report_that_was_written_anew_is_left_by_resume(tmp_path: Path) -> None:
    source, out = corpus(tmp_path, 3), tmp_path / "out"
    every = ("--format", "csv,json,html")
    assert run(source, out, *every).returncode == 0
    plain = (out / "t01/report.html").read_bytes()
    # Gold in which a mention of t01 is missing, and one is new.
    lines = (out / "t01/entities.csv").read_text(encoding="utf-8").splitlines()
    gold = tmp_path / "gold.csv"
    gold.write_text("\n".join([lines[0], *lines[2:]]) + "\n", encoding="utf-8")
    assert hakusho("report", out, "--gold", gold).returncode == 0
    judged = (out / "t01/report.html").read_bytes()
    assert judged != plain
    again = run(source, out, *every, "--resume")
    assert b"(3 unchanged)" in again.stderr
    assert (out / "t01/report.html").read_bytes() == judged
    place = Folder(out)
    assert all(whole(place.read, d["doc_id"], d["files"]) for d in record(out)["documents"])
    # A page that somebody spoilt is made again.
    (out / "t01/report.html").write_text("spoilt", encoding="utf-8")
    assert b"(2 unchanged)" in run(source, out, *every, "--resume").stderr
    assert (out / "t01/report.html").read_bytes() == plain


def test_a_report_is_not_written_into_a_run_that_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(corpus(tmp_path, 1), out).returncode == 0
    with locked(out):
        process = hakusho("report", out)
    assert process.returncode == 1
    assert b"another run" in process.stderr
    assert not (out / "t00/report.html").exists()


def test_standard_input_is_read_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    source = corpus(tmp_path, 2)
    found = []
    for jobs in ("1", "2"):
        out = tmp_path / jobs
        more = ("-", "-o", out, "--analyzer", "sudachi", "--format", "csv", "--jobs", jobs)
        process = hakusho("run", source, *more, stdin=SENTENCE.encode())
        assert process.returncode == 0, process.stderr.decode()
        found.append(results(out))
    assert found[0] == found[1]
    assert "stdin/entities.csv" in found[0]


def peak_memory(source: Path, out: Path, *more: str) -> int:
    """Run, and return the peak memory of the process in bytes."""
    code = (
        "import resource, sys\nfrom pipeline.cli import main\ntry:\n    main(sys.argv[1:])\n"
        "finally:\n    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, *arguments(source, out, *more)]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert process.returncode == 0, process.stderr.decode()
    # Kilobytes, on macOS bytes.
    return int(process.stdout) * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.skipif(sys.platform == "win32", reason="has no resource usage")
def test_memory_does_not_grow_with_the_number_of_documents(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    for folder, count in ((few, 3), (many, 12)):
        folder.mkdir()
        # Most of it says nothing: that takes as much memory for half of the time.
        corpus(folder, count, (SENTENCE + "\n" + PLAIN * 9) * 100)
    peaks = [peak_memory(folder / "in", folder / "out") for folder in (few, many)]
    # Were they kept, each document would take more than four megabytes.
    assert peaks[1] - peaks[0] < 17 * 1024 * 1024, peaks
