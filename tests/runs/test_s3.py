"""Inputs and results on a server that speaks S3 over HTTP: what comes out is what a folder gets, whatever the server does.

``make s3`` installs the server (moto) and the file system that users have for it (s3fs), and runs these tests.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.model.errors import HakushoError
from pipeline.runs.engines import Local
from pipeline.runs.outcomes import Outcome, Settings
from pipeline.runs.run import Run
from tests.conftest import ROOT
from tests.runs.s3_server import Faulty, serving
from tests.runs.test_ray import QUIET, node, own_folder
from tests.runs.test_run import corpus, results

pytest.importorskip("moto", reason="make s3 installs what this needs")
s3fs: Any = pytest.importorskip("s3fs", reason="make s3 installs what this needs")

SETTINGS = Settings("sudachi", formats=("csv", "json"))
TEXT = "防衛省は平成25年10月3日に発表した。\n"


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Faulty]]:
    with serving() as found:
        yield found


@pytest.fixture
def store(
    server: tuple[str, Faulty],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[tuple[Any, str, Faulty]]:
    """A bucket of one's own: the file system, its address, and what makes the server go wrong."""
    address, faulty = server
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL_S3", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": address, "AWS_MAX_ATTEMPTS": "1", "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(tmp_path / "config"), "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 2)
    s3fs.S3FileSystem.clear_instance_cache()
    files = s3fs.S3FileSystem()
    bucket = f"b{abs(hash(request.node.name)) % 10**10}"
    files.mkdir(bucket)
    faulty.seen.clear()
    yield files, f"s3://{bucket}", faulty
    faulty.tell("")
    s3fs.S3FileSystem.clear_instance_cache()


def run(inputs: str | Path, output: str | Path, jobs: int = 1, **more: Any) -> dict[str, Outcome]:
    outcomes = Run([str(inputs)], str(output), SETTINGS, Local(jobs), **more)
    return {outcome.doc_id: outcome for outcome in outcomes}


def held(files: Any, address: str) -> dict[str, bytes]:
    root = address.removeprefix("s3://")
    files.invalidate_cache()
    return {name.removeprefix(f"{root}/"): files.cat_file(name) for name in files.find(root)}


def entities(found: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in found.items() if name.endswith("/entities.csv")}


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_address_gives_and_gets_what_folders_do(
    tmp_path: Path, store: tuple[Any, str, Faulty], jobs: int
) -> None:
    files, address, _ = store
    source = corpus(tmp_path, 3)
    (source / "t01.txt").rename(source / "第１章[案].txt")
    (source / "below").mkdir()
    (source / "below/a b.txt").write_text(TEXT, encoding="utf-8")
    files.put(str(source), f"{address}/papers", recursive=True)
    files.pipe_file(f"{address}/papers/below/", b"")  # as consoles mark a folder
    run(source, tmp_path / "out", jobs)
    run(f"{address}/papers", f"{address}/out", jobs)
    run(f"{address}/papers/", tmp_path / "mixed", jobs)
    wanted, found = results(tmp_path / "out"), held(files, f"{address}/out")
    assert entities(found) == entities(wanted) == entities(results(tmp_path / "mixed"))
    assert {name for name in found if name.count("/") == 1} == wanted.keys()
    paths = [row["path"] for row in json.loads(found["run.json"])["documents"]]
    assert f"{address}/papers/below/a b.txt" in paths
    assert all(
        outcome.unchanged
        for outcome in run(f"{address}/papers", f"{address}/out", jobs, resume=True).values()
    )


def test_inputs_are_found_as_in_folders(tmp_path: Path, store: tuple[Any, str, Faulty]) -> None:
    files, address, _ = store
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2014/a.txt", TEXT)
    files.pipe_file(f"{address}/in/texts.zip", packed.getvalue())
    files.pipe_file(f"{address}/in/2014/b.txt", TEXT.encode())
    files.pipe_file(f"{address}/in/photo.jpg", b"x")
    files.pipe_file(f"{address}/listed/c.txt", TEXT.encode())
    files.pipe_file(f"{address}/listed/manifest.csv", b"file,doc_id,reference_date\nc.txt,cc,2014-08-05\n")
    ids = {
        name: sorted(run(f"{address}/{name}", tmp_path / "out"))
        for name in ("in", "listed", "in/**/*.txt", "in/texts.zip")
    }
    assert ids == {
        "in": ["2014_b", "texts_2014_a"], "listed": ["cc"], "in/**/*.txt": ["2014_b"], "in/texts.zip": ["texts_2014_a"],
    }  # fmt: skip
    assert pipeline.read(f"{address}/listed/c.txt").reference_date is not None


def test_a_server_that_stumbles_changes_nothing(
    tmp_path: Path, store: tuple[Any, str, Faulty], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked again: after a 500, after an answer that was cut off, and when it takes its time."""
    files, address, faulty = store
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    source, bucket = corpus(tmp_path, 1), address.removeprefix("s3:/")
    files.put(str(source), f"{address}/papers", recursive=True)
    run(source, tmp_path / "out")
    for fault in ("500", "cut", "slow"):
        for of in (f"GET {bucket}/papers/", f"PUT {bucket}/{fault}/t00/"):
            faulty.tell(fault, of, 1)
            s3fs.S3FileSystem.clear_instance_cache()
            found = run(f"{address}/papers", f"{address}/{fault}")
            assert (found["t00"].error, faulty.times) == ("", 0), (fault, of)
        assert entities(held(files, f"{address}/{fault}")) == entities(results(tmp_path / "out"))


@pytest.mark.parametrize("fault", ["403", "500", "cut"])
def test_a_document_that_cannot_be_read_is_named_and_the_others_go_on(
    tmp_path: Path, store: tuple[Any, str, Faulty], fault: str
) -> None:
    files, address, faulty = store
    files.put(str(corpus(tmp_path, 2)), f"{address}/papers", recursive=True)
    faulty.tell(fault, f"GET {address.removeprefix('s3:/')}/papers/t01.txt")
    found = run(f"{address}/papers", tmp_path / "out")
    assert not found["t00"].error
    assert found["t01"].error.startswith(f"{address}/papers/t01.txt: cannot be read (")
    assert "\n" not in found["t01"].error


def test_what_is_not_there_or_not_ours_is_said_before_anything_is_begun(
    tmp_path: Path, store: tuple[Any, str, Faulty], monkeypatch: pytest.MonkeyPatch
) -> None:
    files, address, faulty = store
    files.pipe_file(f"{address}/papers/a.txt", TEXT.encode())
    for inputs, wanted in (
        (f"{address}/none", "no such file or folder"),
        ("s3://none-of-ours/papers", "no such file or folder"),
        (f"{address}/none/*.txt", "matches no file"),
    ):
        with pytest.raises(HakushoError, match=wanted):
            run(inputs, tmp_path / "out")
    faulty.tell("403")
    with pytest.raises(HakushoError, match=r"papers: cannot be read \(.*credentials and your rights there$"):
        run(f"{address}/papers", tmp_path / "out")
    faulty.tell("")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(HakushoError, match=r"papers: cannot be read \(.*127.0.0.1:9.*credentials"):
        run(f"{address}/papers", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_no_bucket_is_made_of_a_slip(tmp_path: Path, store: tuple[Any, str, Faulty]) -> None:
    files, _, _ = store
    with pytest.raises(HakushoError, match=r"^s3://a-slip/out: cannot be written \(.*-o$"):
        run(corpus(tmp_path, 1), "s3://a-slip/out")
    assert not files.exists("a-slip")


def test_a_record_that_cannot_be_read_is_not_taken_for_none(
    tmp_path: Path, store: tuple[Any, str, Faulty]
) -> None:
    """Else the run would write a new one, and forget the documents that are there."""
    files, address, faulty = store
    source = corpus(tmp_path, 2)
    run(source, f"{address}/out")
    before = held(files, f"{address}/out")
    for of in ("GET /", "HEAD /"):
        faulty.tell("403", of)
        with pytest.raises(HakushoError, match=r"out: (what is there )?cannot be "):
            run(source / "t00.txt", f"{address}/out")
        faulty.tell("")
        assert held(files, f"{address}/out") == before


def test_a_server_that_fails_for_good_in_the_middle_leaves_whole_files(
    tmp_path: Path, store: tuple[Any, str, Faulty]
) -> None:
    files, address, faulty = store
    source = corpus(tmp_path, 2)
    faulty.tell("500", f"PUT {address.removeprefix('s3:/')}/out/t01/")
    found = run(source, f"{address}/out")
    assert (found["t00"].error, "cannot be written" in found["t01"].error) == ("", True)
    faulty.tell("")
    there = held(files, f"{address}/out")
    assert not [name for name in there if name.startswith("t01/")]
    assert not [
        outcome.error for outcome in run(source, f"{address}/out", resume=True).values() if outcome.error
    ]


def test_credentials_come_from_the_usual_places(
    tmp_path: Path, store: tuple[Any, str, Faulty], monkeypatch: pytest.MonkeyPatch
) -> None:
    files, address, _ = store
    files.pipe_file(f"{address}/a.txt", TEXT.encode())
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(HakushoError, match=r"cannot be read \(.*[Cc]redentials"):
        pipeline.read(f"{address}/a.txt")
    keys = "aws_access_key_id = test\naws_secret_access_key = test\n"
    (tmp_path / "credentials").write_text(f"[papers]\n{keys}", encoding="utf-8")
    monkeypatch.setenv("AWS_PROFILE", "papers")
    s3fs.S3FileSystem.clear_instance_cache()
    assert pipeline.read(f"{address}/a.txt").raw == TEXT


def test_the_machines_of_a_cluster_write_to_it_themselves(
    tmp_path: Path, store: tuple[Any, str, Faulty], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two nodes; their workers have the address and the credentials, and send no files back."""
    from ray.cluster_utils import Cluster

    files, address, _ = store
    source = corpus(tmp_path, 3)
    files.put(str(source), f"{address}/papers", recursive=True)
    run(source, tmp_path / "out")
    for name, value in (QUIET | {"RAY_CLIENT_MODE": "0"}).items():
        monkeypatch.setenv(name, value)
    with own_folder():
        cluster: Any = Cluster(initialize_head=True, head_node_args=node())
        cluster.add_node(**node())
        words = [
            "run",
            f"{address}/papers",
            "-o",
            f"{address}/out",
            "--analyzer",
            "sudachi",
            "--format",
            "csv,json",
        ]
        words += ["--engine", "ray", "--address", cluster.address]
        process = subprocess.run(
            [sys.executable, "-m", "pipeline", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        cluster.shutdown()
    assert process.returncode == 0, process.stderr
    found = held(files, f"{address}/out")
    assert entities(found) == entities(results(tmp_path / "out"))
    assert json.loads(found["run.json"])["engine"] == {"name": "ray", "actors": 2, "replaced": 0}
