"""Where results go: a folder, or an address that fsspec knows; whole files, and one clear line when it fails."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from pipeline.model.errors import HakushoError
from pipeline.runs.destination import Folder, destination
from pipeline.runs.engines import Local
from pipeline.runs.outcomes import Settings
from pipeline.runs.run import Run
from tests.runs.test_run import corpus, results

SETTINGS = Settings("sudachi", formats=("csv", "json"))


class Remote(MemoryFileSystem):
    """A store far away: it says no to what it is told to, and remembers in which order files were finished."""

    protocol = "remote"
    store: dict[str, Any] = {}  # noqa: RUF012 -- as its parent has them
    pseudo_dirs = [""]  # noqa: RUF012
    refused = "nothing"
    finished: list[str] = []  # noqa: RUF012

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("remote://", "memory://")))

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **more: Any) -> None:
        if self.refused == "pipe":
            raise PermissionError("403: Access Denied\n(request id 1)")
        super().pipe_file(path, value, mode, **more)

    def cp_file(self, path1: str, path2: str, **more: Any) -> None:
        if self.refused in path2:
            raise ConnectionError("reset by peer")
        super().cp_file(path1, path2, **more)
        self.finished.append(path2)


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Remote]]:
    fsspec.register_implementation("remote", Remote, clobber=True)
    for name in ("store", "finished"):
        monkeypatch.setattr(Remote, name, type(getattr(Remote, name))())
    monkeypatch.setattr(Remote, "pseudo_dirs", [""])
    yield Remote
    MemoryFileSystem.store.clear()


def held(store: dict[str, Any], root: str) -> dict[str, bytes]:
    return {
        path.removeprefix(f"{root}/"): found.getvalue()
        for path, found in store.items()
        if path.count("/") == 3
    }


# The store of remote:// is in this process too, which its name does not say: other processes would write elsewhere.
@pytest.mark.parametrize(("scheme", "jobs"), [("memory", 1), ("memory", 2), ("remote", 1)])
def test_an_address_gets_what_a_folder_gets(
    tmp_path: Path, remote: type[Remote], scheme: str, jobs: int
) -> None:
    source = corpus(tmp_path, 3)
    (source / "t01.txt").rename(source / "第１章[案].txt")
    store = MemoryFileSystem.store if scheme == "memory" else remote.store
    for output in (str(tmp_path / "out"), f"{scheme}://out"):
        run = Run([str(source)], output, SETTINGS, Local(jobs))
        assert not [outcome.error for outcome in run if outcome.error]
    assert held(store, "/out") == results(tmp_path / "out")
    assert not [path for path in store if "/." in path]


def test_the_record_is_written_last_and_believed_only_if_all_is_there(
    tmp_path: Path, remote: type[Remote]
) -> None:
    source = corpus(tmp_path, 3)
    list(Run([str(source)], "remote://out", SETTINGS, Local()))
    assert remote.finished[-1] == "/out/run.json"
    again = Run([str(source)], "remote://out", SETTINGS, Local(), resume=True)
    assert [outcome.unchanged for outcome in again] == [True] * 3
    del remote.store["/out/t01/tokens.csv"]
    remote.store["/out/t02/entities.csv"].write(b"spoilt")
    again = Run([str(source)], "remote://out", SETTINGS, Local(), resume=True)
    assert {o.doc_id for o in again if not o.unchanged} == {"t01", "t02"}


def test_a_place_that_refuses_is_named(
    tmp_path: Path, remote: type[Remote], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = corpus(tmp_path, 1)
    monkeypatch.setattr(remote, "refused", "pipe")
    with pytest.raises(HakushoError, match=r"^remote://out: cannot be written \(403: Access Denied .*-o$"):
        Run([str(source)], "remote://out", SETTINGS, Local())
    assert not remote.store


def test_what_cannot_be_finished_is_taken_back(
    tmp_path: Path, remote: type[Remote], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = corpus(tmp_path, 3)
    monkeypatch.setattr(remote, "refused", "t01/sentences.csv")
    run = Run([str(source)], "remote://out", SETTINGS, Local())
    errors = {outcome.doc_id: outcome.error for outcome in run if outcome.error}
    assert list(errors) == ["t01"]
    assert "reset by peer" in errors["t01"]
    assert not [path for path in remote.store if "/." in path]


def test_an_unknown_kind_of_place_is_an_error() -> None:
    with pytest.raises(HakushoError, match="nowhere://x: no such kind of place"):
        destination("nowhere://x")


def test_an_address_of_files_is_a_folder(tmp_path: Path) -> None:
    found = destination(f"file://{tmp_path}")
    assert isinstance(found, Folder)
    assert found.path == tmp_path


# In a process of its own: beside other libraries DuckDB complains when the tests end.
READERS = """
import json, sys
from glob import glob
import duckdb, polars
from pyarrow.dataset import dataset
paths = sys.argv[1]
query = "SELECT doc_id, split_part(filename, '/', -2) FROM read_parquet(?, filename = true)"
rows = duckdb.execute(query, [paths]).fetchall()
print(json.dumps({
    "duckdb": [doc_id for doc_id, _ in rows],
    "folders": [folder for _, folder in rows],
    "polars": polars.scan_parquet(paths).select("doc_id").collect()["doc_id"].to_list(),
    "pyarrow": dataset(sorted(glob(paths))).to_table()["doc_id"].to_pylist(),
}))
"""


def test_parquet_of_all_documents_is_one_table(tmp_path: Path) -> None:
    """A folder a document is a partition: every reader takes all of them at once, also those without a mention."""
    source, out = corpus(tmp_path, 3), tmp_path / "out"
    (source / "none.txt").write_text("朝に雨。", encoding="utf-8")
    run = Run([str(source)], str(out), Settings("sudachi", formats=("csv", "parquet")), Local())
    assert not [outcome.error for outcome in run if outcome.error]
    for table in ("entities", "tokens"):
        wanted: list[str] = []
        for path in sorted(out.glob(f"*/{table}.csv")):
            with path.open(encoding="utf-8-sig", newline="") as stream:
                wanted += [row["doc_id"] for row in csv.DictReader(stream)]
        process = subprocess.run(
            [sys.executable, "-c", READERS, f"{out}/*/{table}.parquet"],
            capture_output=True,
            text=True,
            check=True,
        )
        for reader, found in json.loads(process.stdout).items():
            assert sorted(found) == sorted(wanted), (table, reader)
