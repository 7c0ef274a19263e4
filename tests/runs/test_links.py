"""Nothing is written outside of the output folder: links in it, symbolic and hard, lead nowhere."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.export import held
from pipeline.export.files import tidy, write_files
from pipeline.export.saving import save
from pipeline.model.errors import HakushoError
from pipeline.runs.destination import Folder
from pipeline.runs.locks import alone, waiting
from pipeline.runs.reports import rewrite_reports
from tests.provoke import file

TABLE = "doc_id,entity_id,label,start,end,text,norm\n"
SAID = "is a link, or no plain file or folder"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder outside of the results, with a file that nobody may touch."""
    file(tmp_path / "outside/mine", "mine")
    file(tmp_path / "outside/.writing-mine", "mine")
    return tmp_path / "outside"


@pytest.fixture(params=[True, False], ids=["by descriptors", "by names"])
def out(
    request: pytest.FixtureRequest, tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.setattr(held, "BY_DESCRIPTOR", request.param)
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def untouched(outside: Path) -> None:
    assert {path.name: path.read_text("utf-8") for path in outside.iterdir()} == {
        "mine": "mine",
        ".writing-mine": "mine",
    }


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_lock_that_is_a_link(out: Path, outside: Path, link: Callable[..., None]) -> None:
    for name, lock in ((".lock", alone), (".corrections.lock", waiting)):
        link(outside / "mine", out / name)
        with pytest.raises(HakushoError, match=SAID), lock(out / name):
            pass
    untouched(outside)


def test_a_lock_in_a_folder_that_is_a_link(out: Path, outside: Path) -> None:
    (out / "d").symlink_to(outside)
    with pytest.raises(HakushoError, match=SAID), waiting(out / "d/.corrections.lock", out):
        pass
    untouched(outside)


def test_a_lock_that_is_a_pipe_does_not_wait_for_ever(out: Path) -> None:
    os.mkfifo(out / ".lock")
    with pytest.raises(HakushoError, match=SAID), alone(out / ".lock"):
        pass


@pytest.mark.parametrize("link", [os.symlink, os.link])
@pytest.mark.parametrize("kept", [True, False])
def test_a_file_that_is_a_link(out: Path, outside: Path, link: Callable[..., None], kept: bool) -> None:
    """The link goes, what it leads to stays; nothing of it is copied beside the new file."""
    (out / "d").mkdir()
    link(outside / "mine", out / "d/gold.csv")
    if kept and link is os.symlink:
        with pytest.raises(HakushoError, match=SAID):
            save(out / "d/gold.csv", "new", keep=True, within=out)
    else:
        save(out / "d/gold.csv", "new", keep=kept, within=out)
        assert (out / "d/gold.csv").read_text("utf-8") == "new"
        assert not (out / "d/gold.csv").is_symlink()
    untouched(outside)


def test_a_document_whose_folder_is_a_link(out: Path, outside: Path) -> None:
    (out / "d").symlink_to(outside)
    (out / "e").mkdir()
    (out / "e/f").symlink_to(outside)
    for part in ("d", "e/f", "d/new", "../outside"):
        with pytest.raises(HakushoError, match=SAID):
            Folder(out).write(part, [("mine", "new")])
        assert Folder(out).read(part, "mine") is None
        Folder(out).tidy(part)
        with pytest.raises((HakushoError, OSError)):
            Folder(out).remove(part, ["mine"])
    untouched(outside)
    tidy(outside)
    assert not (outside / ".writing-mine").exists(), "the test looks at nothing"


def test_a_folder_that_the_user_named_may_be_a_link(out: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(out)
    write_files(tmp_path / "link/d", {"a": "new"}, tmp_path / "link")
    assert (out / "d/a").read_text("utf-8") == "new"
    with alone(tmp_path / "link/.lock") as owner:
        assert owner is None


def test_a_name_that_changes_between_check_and_use(
    out: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder was looked at, is open, and then its name becomes a link: what is written stays in the folder."""
    if not held.BY_DESCRIPTOR:
        pytest.skip("only descriptors hold")
    (out / "d").mkdir()

    def content() -> str:
        (out / "d").rename(out / "was")
        (out / "d").symlink_to(outside)
        return "new"

    write_files(out / "d", ((name, content()) for name in ("mine",)), out)
    assert (out / "was/mine").read_text("utf-8") == "new"
    untouched(outside)


def row(path: Path, digest: str) -> dict[str, object]:
    known = {"doc_id": "d", "path": str(path), "sha256": digest, "reference_date": None}
    return known | {"characters": 9, "mentions": {}}


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_a_folder_out_of_an_archive_gets_at_no_file_of_this_machine(
    out: Path, tmp_path: Path, digest: str
) -> None:
    """``run.json`` may name any path; only who knows a file already gets it into a report."""
    secret = file(tmp_path / "secret.txt", "防衛省の秘密。")
    file(out / "run.json", json.dumps({"documents": [row(secret, digest)]}))
    file(out / "d/entities.csv", TABLE)
    with pytest.raises(HakushoError, match=r"SHA-256|changed"):
        list(rewrite_reports(out))
    assert not list(out.rglob("report.html"))


def test_a_report_in_a_folder_that_is_a_link(out: Path, outside: Path, tmp_path: Path) -> None:
    text = file(tmp_path / "t.txt", "防衛省は。")
    digest = sha256(text.read_bytes()).hexdigest()
    file(out / "run.json", json.dumps({"documents": [row(text, digest)]}))
    (out / "d").symlink_to(outside)
    with pytest.raises(HakushoError, match="lies outside the folder"):
        list(rewrite_reports(out))
    (out / "d").unlink()
    file(out / "d/entities.csv", TABLE)
    (out / "d/report.html").symlink_to(outside / "mine")
    (out / "index.html").symlink_to(outside / "mine")
    assert len(list(rewrite_reports(out))) == 2
    untouched(outside)
