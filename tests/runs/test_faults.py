"""A full disk, a read-only folder, and signals at every point of a command: files are whole or absent."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import warm
from tests.faults import Ended, Faults
from tools.egov_server import Service, law, serving

SENTENCE = "防衛省は13（平成25）年10月3日、自衛隊法第76条を引いた。"
NO_SPACE, READ_ONLY = errno.ENOSPC, errno.EROFS
# Each point is a run of its own: a few of each kind are tried, or all of them with HAKUSHO_EVERY_POINT=1.
EVERY = os.environ.get("HAKUSHO_EVERY_POINT") == "1"
FAULT = {"ENOSPC": NO_SPACE, "EROFS": READ_ONLY}


@pytest.fixture(scope="module")
def faults() -> Faults:
    return Faults(warm())


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faulty") / "in"
    folder.mkdir()
    for n in range(2):
        (folder / f"t{n}.txt").write_text(f"{SENTENCE}平成{n + 1}年。", encoding="utf-8")
    return folder


def words(inputs: Path, out: Path, *more: str) -> list[str]:
    return ["run", str(inputs), "-o", str(out), "--analyzer", "sudachi", *more]


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def timeless(found: dict[str, bytes]) -> dict[str, bytes]:
    """Without what differs between two runs of the same: run.json has the time."""
    return {name: content for name, content in found.items() if Path(name).name != "run.json"}


@pytest.fixture(scope="module")
def before(faults: Faults, inputs: Path) -> Path:
    """An earlier run with other results: what a fault must leave alone."""
    out = inputs.parent / "before"
    assert faults.run(*words(inputs, out, "--reference-date", "1999-01-02"), folder=out).code == 0
    return out


@pytest.fixture(scope="module")
def fresh(faults: Faults, inputs: Path) -> dict[str, bytes]:
    out = inputs.parent / "fresh"
    assert faults.run(*words(inputs, out), folder=out).code == 0
    return files(out)


def clear(ended: Ended) -> None:
    """One line that says what went wrong, and is no riddle."""
    assert ended.faults, ended
    assert "Traceback" not in ended.stderr
    assert "internal error" not in ended.stderr, ended.stderr


def whole(found: dict[str, bytes], *states: dict[str, bytes]) -> None:
    """Each file is that of one of ``states``; what speaks of all documents may speak of those that were done."""
    for name, content in found.items():
        if "/" in name:
            assert any(state.get(name) == content for state in states), name
        elif name.endswith("json"):
            json.loads(content)
        else:
            assert content.endswith((b"\n", b"</html>")), name


def mixed(content: bytes, *states: bytes) -> bool:
    """Whether each row of a ``run.json`` is that of one of the states, and the rest is that of all."""
    found, *wanted = (json.loads(one) for one in (content, *states))
    rows = [row for state in wanted for row in state.pop("documents")]
    return all(row in rows for row in found.pop("documents")) and all(found == state for state in wanted)


def points(count: int, most: int) -> list[int]:
    """At most so many points, evenly spread, first and last among them."""
    if EVERY or count <= most:
        return list(range(1, count + 1))
    return [1 + round(n * (count - 1) / (most - 1)) for n in range(most)]


@pytest.mark.parametrize("name", FAULT)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_disk_that_fails_at_any_point_of_a_run(
    faults: Faults, inputs: Path, before: Path, fresh: dict[str, bytes], tmp_path: Path, jobs: str, name: str
) -> None:
    old, out = files(before), tmp_path / "out"
    count = faults.run(*words(inputs, shutil.copytree(before, out)), folder=out, point="file").points
    assert count > 50
    for at in points(count, 24 if jobs == "1" else 8):
        shutil.rmtree(out)
        shutil.copytree(before, out)
        ended = faults.run(
            *words(inputs, out, "--jobs", jobs), folder=out, point="file", at=at, errno=FAULT[name]
        )
        found = files(out)
        whole(found, old, fresh)
        assert not found.keys() - old.keys(), at
        if jobs == "1":
            assert found.keys() == old.keys(), at
        gone = {name.partition("/")[0] for name in old.keys() - found.keys()}
        # A worker's disk failed while it moved files to their place, and that of the main process did not: a document
        # of which some files are old and some new goes as a whole, and is named as failed, or as still to be done.
        assert not [name for name in found if name.partition("/")[0] in gone], at
        kept = json.loads(found["run.json"])
        assert gone <= {row["doc_id"] for row in kept["failures"]} | set(kept.get("pending", ())), at
        if timeless(found) != timeless(fresh):
            assert ended.code == 1, at
            clear(ended)
    again = faults.run(*words(inputs, out, "--resume"), folder=out)
    assert again.code == 0
    assert timeless(files(out)) == timeless(fresh)


@pytest.mark.parametrize("start", ["nothing", "before"])
def test_a_disk_that_is_full_after_so_many_bytes(
    faults: Faults, inputs: Path, before: Path, fresh: dict[str, bytes], tmp_path: Path, start: str
) -> None:
    out = tmp_path / "out"
    for size in sorted({0, 1, *(len(content) - 1 for content in fresh.values())}):
        shutil.rmtree(out, ignore_errors=True)
        if start == "before":
            shutil.copytree(before, out)
        ended = faults.run(*words(inputs, out), folder=out, point="size", at=size)
        found = files(out)
        whole(found, files(before) if start == "before" else {}, fresh)
        assert not [name for name in found if Path(name).name.startswith(".")], size
        assert ended.code == 1
        clear(ended)


STOPS = [("INT", "self", "1"), ("TERM", "self", "1"), ("KILL", "self", "1"), ("INT", "group", "2"), ("TERM", "main", "2"), ("KILL", "group", "2"), ("KILL", "self", "2")]  # fmt: skip


@pytest.mark.parametrize(("stop", "to", "jobs"), STOPS)
@pytest.mark.parametrize("point", ["file", "line"])
def test_a_signal_at_any_point_of_a_run(
    faults: Faults,
    inputs: Path,
    before: Path,
    fresh: dict[str, bytes],
    tmp_path: Path,
    stop: str,
    to: str,
    jobs: str,
    point: str,
) -> None:
    out = tmp_path / "out"
    more = ("--jobs", jobs)
    count = faults.run(*words(inputs, shutil.copytree(before, out), *more), folder=out, point=point).points
    # In the process that is stopped: writing and recording, and with one job the documents as well.
    assert count > (20 if point == "file" else 1000)
    signum = signal.Signals[f"SIG{stop}"]
    for n, at in enumerate(points(count, 7)):
        shutil.rmtree(out, ignore_errors=True)
        if n % 2:
            shutil.copytree(before, out)
        ended = faults.run(*words(inputs, out, *more), folder=out, point=point, at=at, signal=signum, to=to)
        assert "Traceback" not in ended.stderr, (at, ended.stderr)
        assert ended.code in ((130, 0) if stop != "KILL" else (-9, 0, 1)), (at, ended)
        found = {name: content for name, content in files(out).items() if not Path(name).name.startswith(".")}
        whole(found, files(before), fresh)
        again = faults.run(*words(inputs, out, "--resume", *more), folder=out)
        assert again.code == 0, (at, again)
        assert timeless(files(out)) == timeless(fresh), at


STAGES = """
pipeline.runs.documents.load pipeline.flow.clean pipeline.flow.structure pipeline.entities.laws.recognize
pipeline.flow.resolve pipeline.runs.documents.each_file pipeline.runs.documents.render pipeline.runs.documents.deliver pipeline.runs.run.package_files
pipeline.runs.run.index
""".split()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(("stop", "to", "jobs"), [STOPS[0], STOPS[1], STOPS[2], STOPS[4], STOPS[6]])
def test_a_signal_at_every_stage(
    faults: Faults,
    inputs: Path,
    fresh: dict[str, bytes],
    tmp_path: Path,
    stage: str,
    stop: str,
    to: str,
    jobs: str,
) -> None:
    out = tmp_path / "out"
    signum = signal.Signals[f"SIG{stop}"]
    ended = faults.run(
        *words(inputs, out, "--jobs", jobs), folder=out, point=stage, at=1, signal=signum, to=to
    )
    assert ended.code in ((130, 0) if stop != "KILL" else (-9, 1)), ended
    assert ended.code != 0 or jobs == "2"
    assert "Traceback" not in ended.stderr
    assert faults.run(*words(inputs, out, "--resume", "--jobs", jobs), folder=out).code == 0
    assert timeless(files(out)) == timeless(fresh)


def commands(work: Path) -> dict[str, list[str]]:
    """The commands that write, but for ``run``; all that they write is below ``work/to``."""
    gold, to = f"{work}/gold.csv", f"{work}/to"
    return {
        "report": ["report", f"{to}/run"],
        "evaluate": ["evaluate", f"{work}/other", gold, "--errors", f"{to}/errors.csv"],
        "compare csv": ["compare", f"{work}/other", f"{to}/run", "--changes", f"{to}/changes.csv"],
        "compare html": ["compare", f"{work}/other", f"{to}/run", "--html", f"{to}/changes.html"],
        "agreement": ["agreement", gold, f"{work}/other/t0/entities.csv", "--differences", f"{to}/differences.csv"],
        "gold apply": ["gold", "apply", f"{work}/corrections.csv", "--gold", gold, "-o", f"{to}/gold.csv"],
        "gold export": ["gold", "export", gold, "--texts", f"{work}/in", "--format", "brat", "-o", f"{to}/brat"],
        "gold import": ["gold", "import", f"{work}/brat", "--texts", f"{work}/in", "--format", "brat", "-o", f"{to}/gold.csv"],
        "laws import": ["laws", "import", f"{work}/laws.tsv", "--date", "2026-01-02"],
        "laws update": ["laws", "update", "--base-url", "SERVICE"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def work(faults: Faults, inputs: Path, before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands work on; ``to`` holds earlier results of each."""
    folder = tmp_path_factory.mktemp("work")
    shutil.copytree(inputs, folder / "in")
    shutil.copytree(before, folder / "other")
    assert faults.run(*words(folder / "in", folder / "to/run"), folder=folder).code == 0
    assert faults.run(*words(folder / "in", folder / "other"), folder=folder).code == 0
    table = (folder / "to/run/t0/entities.csv").read_text(encoding="utf-8-sig")
    (folder / "gold.csv").write_text(table, encoding="utf-8")
    rows = table.splitlines()
    head, first = rows[0].split(","), rows[1].split(",")
    cell = dict(zip(head, first, strict=True))
    columns = "doc_id,action,at_label,at_start,at_end,label,start,end,text,norm,value,mod,article,paragraph,item,note,who,when"
    made = {"action": "reject", "at_label": cell["label"], "at_start": cell["start"], "at_end": cell["end"]}
    (folder / "corrections.csv").write_text(
        columns + "\n" + ",".join((cell | made).get(name, "") for name in columns.split(",")) + "\n",
        encoding="utf-8",
    )
    ended = faults.run(*commands(folder)["gold export"][:-1], str(folder / "brat"), folder=folder)
    assert ended.code == 0, ended
    (folder / "laws.tsv").write_text(
        "law_id\tlaw_num\ttitle\n415AC0000000001\t平成十五年法律第一号\t架空法\n", encoding="utf-8"
    )
    for name in (
        "errors.csv",
        "changes.csv",
        "changes.html",
        "differences.csv",
        "gold.csv",
        "data/laws.tsv",
        "brat/t0.ann",
    ):
        (folder / "to" / name).parent.mkdir(exist_ok=True)
        (folder / "to" / name).write_text("what was there before\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serving(Service([law(n) for n in range(1200)])) as running:
        yield running


class Faulty:
    """The other commands, each in a fresh copy of what it works on."""

    def __init__(self, faults: Faults, work: Path, service: Service, own: Path) -> None:
        self._faults, self._work, self._service, self._own = faults, work, service, own
        self._sound: dict[str, tuple[int, dict[str, bytes]]] = {}
        self.to = own / "to"

    def __call__(self, command: str, **fault: object) -> Ended:
        # The sources of the runs lie where they were made.
        shutil.rmtree(self._own, ignore_errors=True)
        shutil.copytree(self._work, self._own)
        arguments = [word.replace("SERVICE", self._service.url) for word in commands(self._own)[command]]
        data = {"HAKUSHO_DATA": str(self.to / "data")}
        return self._faults.run(*arguments, folder=self.to, environment=data, **fault)

    def sound(self, command: str) -> tuple[int, dict[str, bytes]]:
        """How many points a command passes to which nothing happens, and the files that it leaves; it is run once."""
        if command not in self._sound:
            ended = self(command, point="file")
            assert ended.code == 0, ended.stderr
            self._sound[command] = ended.points, files(self.to)
            assert self._sound[command][1] != files(self._work / "to")
        return self._sound[command]


@pytest.fixture(scope="module")
def faulty(faults: Faults, work: Path, service: Service, tmp_path_factory: pytest.TempPathFactory) -> Faulty:
    return Faulty(faults, work, service, tmp_path_factory.mktemp("faulty") / "own")


@pytest.mark.parametrize("fault", ["ENOSPC", "EROFS", "size", "TERM", "INT", "KILL"])
@pytest.mark.parametrize("command", commands(Path()))
def test_a_fault_at_any_point_of_the_other_commands(
    faulty: Faulty, work: Path, command: str, fault: str
) -> None:
    def run(**more: object) -> Ended:
        return faulty(command, **more)

    to, old = faulty.to, files(work / "to")
    count, new = faulty.sound(command)
    if fault == "size":
        changed = [content for name, content in new.items() if old.get(name) != content]
        places = [
            {"point": "size", "at": size} for size in (0, *(len(content) - 1 for content in changed[:4]))
        ]
    else:
        how = {"errno": FAULT[fault]} if fault in FAULT else {"signal": signal.Signals[f"SIG{fault}"]}
        places = [{"point": "file", "at": at, **how} for at in points(count, 6)]
    for place in places:
        ended = run(**place)
        found = files(to)
        hidden = {name for name in found if Path(name).name.startswith((".writing", ".probe"))}
        assert not hidden or fault == "KILL", place
        for name in found.keys() - hidden:
            # The lock of a process that has ended holds nothing; kept pages of laws are what the next update starts from.
            kept = name in ("run/.lock", "data/laws.partial.jsonl")
            same = found[name] in (old.get(name), new.get(name))
            # Pages are written one by one, and run.json says of each whether it is the old or the new one.
            assert kept or same or (name == "run/run.json" and mixed(found[name], old[name], new[name])), (
                place,
                name,
            )
        assert not old.keys() - found.keys(), place
        assert "Traceback" not in ended.stderr
        if fault in FAULT or fault == "size":
            if ended.code or any(found.get(name) != new[name] for name in new if "partial" not in name):
                assert ended.code == 1, (place, ended)
                clear(ended)
                assert len(ended.faults) == 1
        else:
            assert ended.code in ((-9, 0) if fault == "KILL" else (130, 0)), (place, ended)
