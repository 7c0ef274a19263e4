"""A Ray cluster of two nodes on this machine: the results of one process, whatever dies on the way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipeline.runs import documents as work
from tests.conftest import ROOT
from tests.runs.test_run import (
    SENTENCE,
    begin,
    children,
    corpus,
    needs_proc,
    record,
    results,
    run,
    until,
)

# Ray in the tests' own process is as quiet as in the package.
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
OBJECT_STORE = 80 * 1024 * 1024
POISON = "t03"
# Half a second of work, so that a worker still has some when it is killed.
LONG = (SENTENCE + "\n") * 120
pytestmark = needs_proc


@pytest.fixture(scope="module")
def anywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that every process knows as ``dir://``, as machines know a bucket."""
    return tmp_path_factory.mktemp("anywhere")


@contextmanager
def own_folder() -> Iterator[None]:
    """Let Ray's test cluster keep what it writes, its address above all, in a folder of its own.

    By itself it writes into the folder that all clusters of a machine share, and expects it to be there.
    """
    # The path of a socket has an end.
    folder = tempfile.mkdtemp(prefix="hk-", dir="/tmp")
    Path(folder, "ray").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_TMPDIR", folder)
        yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def cluster(anywhere: Path) -> Iterator[Any]:
    """Two nodes with one processor each."""
    with own_folder(), pytest.MonkeyPatch.context() as patch:
        bucket = {"FSSPEC_DIR_PATH": str(anywhere), "FSSPEC_DIR_TARGET_PROTOCOL": "file"}
        # The last one is set by Ray; so it goes with the others.
        for name, value in (QUIET | bucket | {"RAY_CLIENT_MODE": "0"}).items():
            patch.setenv(name, value)
        from ray.cluster_utils import Cluster

        found = Cluster(initialize_head=True, head_node_args=node())
        found.add_node(**node())
        yield found
        found.shutdown()


def documents(folder: Path, content: str) -> Path:
    """Eight documents, and one that cannot be read."""
    found = corpus(folder, 8, content)
    (found / "empty.txt").write_text("", encoding="utf-8")
    return found


def by_one_process(source: Path, folder: Path) -> Path:
    assert run(source, folder).returncode == 1
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents for runs that go their way."""
    return documents(tmp_path_factory.mktemp("source"), (SENTENCE + "\n") * 20)


@pytest.fixture(scope="module")
def single(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process makes of them."""
    return by_one_process(source, tmp_path_factory.mktemp("single"))


@pytest.fixture(scope="module")
def long_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents for runs that something happens to half-way."""
    return documents(tmp_path_factory.mktemp("long"), LONG)


@pytest.fixture(scope="module")
def long_single(long_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process makes of them."""
    return by_one_process(long_source, tmp_path_factory.mktemp("long_single"))


def node() -> dict[str, Any]:
    """One processor, and none of the processes that show logs or would ask for more machines."""
    return {"num_cpus": 1, "object_store_memory": OBJECT_STORE, "include_dashboard": False} | {
        "include_log_monitor": False,
        "no_monitor": True,
    }


def on(cluster: Any) -> tuple[str, ...]:
    return ("--engine", "ray", "--address", cluster.address)


def workers(*nodes: Any) -> list[int]:
    """Return the processes of nodes that work on documents."""
    raylets = [p.process.pid for node in nodes for p in node.all_processes["raylet"]]
    return [pid for raylet in raylets for pid in children(raylet) if "DocumentWorker" in command(pid)]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


def changed(
    change: str, source: Path, out: Path | str, cluster: Any, *more: str
) -> subprocess.CompletedProcess[str]:
    """Run in a process in which ``change`` is made first."""
    arguments = ["run", str(source), "-o", str(out), "--analyzer", "sudachi", "--format", "csv,json"]
    code = f"{change}\nfrom pipeline.cli import main\nmain({[*arguments, *on(cluster), *more]!r})"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=300,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def poisoned(*arguments: Any) -> Callable[[work.Task], work.Done]:
    """A worker that one document kills."""
    sound = work.worker(*arguments)

    def act(task: work.Task) -> work.Done:
        if task.item.doc_id == POISON:
            os.kill(os.getpid(), signal.SIGKILL)
        return sound(task)

    return act


def stillborn(*_: Any) -> Callable[[work.Task], work.Done]:
    """A worker that dies while it loads."""
    os._exit(1)


def echo() -> Callable[[int], int]:
    """A worker that sends back what it gets."""
    return lambda task: task


def last_line(text: str) -> str:
    return text.strip().splitlines()[-1]


def test_two_nodes_give_what_one_process_gives(
    cluster: Any, source: Path, single: Path, tmp_path: Path
) -> None:
    process = run(source, tmp_path, *on(cluster))
    assert process.returncode == 1
    assert b"empty.txt" in process.stderr
    assert results(tmp_path) == results(single)
    one, many = record(single), record(tmp_path)
    assert many["engine"] == {"name": "ray", "actors": 2, "replaced": 0}
    for found in (one, many):
        for name in ("engine", "seconds"):
            found.pop(name)
        for row in found["documents"]:
            row.pop("seconds")
        for row in found["runs"]:
            row.pop("when")
    assert one == many


def test_a_worker_that_is_killed_is_replaced(
    cluster: Any, long_source: Path, long_single: Path, tmp_path: Path
) -> None:
    process = begin(long_source, tmp_path, *on(cluster))
    until(lambda: list(tmp_path.glob("t*/entities.json")))
    os.kill(workers(cluster.head_node, *cluster.worker_nodes)[0], signal.SIGKILL)
    process.communicate(timeout=120)
    assert record(tmp_path)["engine"]["replaced"] == 1
    assert results(tmp_path) == results(long_single)


def test_a_machine_that_goes_is_done_without(
    cluster: Any, long_source: Path, long_single: Path, tmp_path: Path
) -> None:
    staying = [cluster.head_node, *cluster.worker_nodes]
    third = cluster.add_node(**node())
    process = begin(long_source, tmp_path, *on(cluster))
    held: set[int] = set()

    def begun() -> bool:
        """Hold the workers of the other machines, until that of the third one has written something."""
        # Once both are held there is nothing left to look for, and looking costs.
        for pid in {*workers(*staying)} - held if len(held) < 2 else ():
            os.kill(pid, signal.SIGSTOP)
            held.add(pid)
        return len(held) == 2 and bool(list(tmp_path.glob("t*/entities.json")))

    try:
        until(begun)
    finally:
        cluster.remove_node(third, allow_graceful=False)
        for pid in held:
            os.kill(pid, signal.SIGCONT)
    process.communicate(timeout=120)
    assert record(tmp_path)["engine"] == {"name": "ray", "actors": 3, "replaced": 1}
    assert results(tmp_path) == results(long_single)


def test_a_document_that_kills_its_worker_fails_alone(
    cluster: Any, source: Path, single: Path, tmp_path: Path
) -> None:
    change = "import pipeline.runs.engines, tests.runs.test_ray\npipeline.runs.engines.worker = tests.runs.test_ray.poisoned"
    process = changed(change, source, tmp_path, cluster)
    assert process.returncode == 1
    (failure,) = [f for f in record(tmp_path)["failures"] if f["doc_id"] != "empty"]
    assert failure["doc_id"] == POISON
    assert "3 times" in failure["error"]
    assert failure["error"] in process.stderr
    wanted = {name: data for name, data in results(single).items() if not name.startswith(POISON)}
    assert results(tmp_path) == wanted


def test_other_versions_on_the_workers_are_an_error(cluster: Any, source: Path, tmp_path: Path) -> None:
    change = "import pipeline.runs.engines as e\nfound = e.versions() | {'code': 'another'}\ne.versions = lambda: found"
    process = changed(change, source, tmp_path, cluster, "--jobs", "1")
    assert process.returncode == 1
    assert len(process.stderr.strip().splitlines()) == 1
    assert "code" in process.stderr
    assert "another" in process.stderr
    assert "install the same" in process.stderr
    assert not results(tmp_path)


def test_workers_that_cannot_be_started_are_an_error(cluster: Any, source: Path, tmp_path: Path) -> None:
    change = "import pipeline.runs.engines, tests.runs.test_ray\npipeline.runs.engines.worker = tests.runs.test_ray.stillborn"
    process = changed(change, source, tmp_path, cluster, "--jobs", "1")
    assert process.returncode == 1
    assert len(process.stderr.strip().splitlines()) == 1
    assert "no worker could be started" in process.stderr
    assert record(tmp_path)["status"] == "interrupted"


# Never are more tasks taken than results came back, but for those that are worked on and the next one.
BOUNDED = """
import sys
from pipeline.runs.ray_actors import Actors
from pipeline.runs.ray_cluster import connected
from tests.runs.test_ray import echo
taken, done, most = [], [], 0
def tasks():
    for n in range(40):
        taken.append(n)
        yield n
with connected(sys.argv[1], None) as count:
    for result in Actors(count, echo).results(tasks(), None):
        done.append(result)
        most = max(most, len(taken) - len(done))
print(count, most, sorted(done) == list(range(40)))
"""


def test_the_driver_never_holds_many_documents(cluster: Any) -> None:
    process = subprocess.run(
        [sys.executable, "-c", BOUNDED, cluster.address], cwd=ROOT, capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    count, most, right = process.stdout.split()
    assert (count, right) == ("2", "True")
    assert 1 <= int(most) <= 3


def test_workers_write_to_an_address_that_all_machines_reach(
    cluster: Any, source: Path, single: Path, tmp_path: Path, anywhere: Path
) -> None:
    out = anywhere / "results"
    (out / "t01").mkdir(parents=True)
    (out / "t01/.writing-abc").write_text("half", encoding="utf-8")
    process = changed("", source, "dir://results", cluster)
    assert process.returncode == 1, process.stderr
    assert results(out) == results(single)
    (out / "t02/tokens.csv").write_text("spoilt", encoding="utf-8")
    again = run(source, out, "--resume")
    assert b"(7 unchanged)" in again.stderr
    found = results(out)
    assert found.pop("t02/tokens.csv.bak") == b"spoilt"
    assert found == results(single)
    assert not list(out.rglob(".*"))


def test_a_stopped_run_on_a_cluster_of_its_own_goes_on_elsewhere(
    cluster: Any, long_source: Path, long_single: Path, tmp_path: Path
) -> None:
    out, folder = tmp_path / "out", tempfile.mkdtemp(prefix="t-", dir="/tmp")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", folder)
        process = begin(long_source, out, "--engine", "ray", "--jobs", "1")
        # The second is begun when the driver has heard of the first.
        until(lambda: len(list(out.glob("t*/entities.json"))) > 1)
        os.killpg(process.pid, signal.SIGINT)
        _, message = process.communicate(timeout=120)
    assert process.returncode == 130, message.decode()
    assert b"--resume" in message
    assert b"Traceback" not in message
    assert not list(Path(folder).iterdir())
    Path(folder).rmdir()
    stopped = record(out)
    assert stopped["status"] == "interrupted"
    assert not list(out.rglob(".*"))
    done = len(stopped["documents"])
    assert 0 < done < 8
    again = run(long_source, out, *on(cluster), "--resume")
    assert f"({done} unchanged)" in again.stderr.decode()
    assert results(out) == results(long_single)


def test_a_cluster_that_is_not_there_is_an_error(source: Path, tmp_path: Path) -> None:
    process = run(source, tmp_path, "--engine", "ray", "--address", "127.0.0.1:1")
    assert process.returncode == 1
    assert "127.0.0.1:1" in last_line(process.stderr.decode())
    assert "ray start" in last_line(process.stderr.decode())


def test_an_address_is_of_a_cluster(tmp_path: Path) -> None:
    process = run(corpus(tmp_path, 1), tmp_path / "out", "--address", "auto")
    assert process.returncode == 2
    assert b"--engine ray" in process.stderr
