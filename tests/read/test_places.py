"""Inputs at an address that fsspec knows: found, named, read and read back as those of a folder are."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

import pipeline
from pipeline.model.errors import HakushoError
from pipeline.read import find
from pipeline.read.intake import is_gone
from pipeline.read.places import above, absolute, is_address, place
from pipeline.runs.engines import Local
from pipeline.runs.finished import documents
from pipeline.runs.outcomes import Settings
from pipeline.runs.run import Run

TEXT = "防衛省は昨年10月に発表した。\n"


@pytest.fixture
def papers() -> Iterator[MemoryFileSystem]:
    """A store in memory: a folder with folders, an archive, a manifest, a picture and a hidden file."""
    files = MemoryFileSystem()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2014/a.txt", TEXT)
    files.store.clear()
    for name, data in {
        "in/texts.zip": packed.getvalue(), "in/2014/第１章 [案].txt": TEXT.encode(), "in/photo.jpg": b"x", "in/.hidden": b"x",
        "in/listed/c.txt": TEXT.encode(), "in/listed/manifest.csv": b"file,doc_id,reference_date\nc.txt,cc,2014-08-05\n",
        "in/listed/other.txt": TEXT.encode(),
    }.items():  # fmt: skip
        files.pipe_file(f"/papers/{name}", data)
    yield files
    files.store.clear()


def ids(*inputs: str) -> dict[str, str]:
    return {item.doc_id: str(item.path) for item in find(inputs).documents}


def test_an_address_is_found_as_a_folder_is(papers: MemoryFileSystem) -> None:
    wanted = {
        "2014_第１章 [案]": "memory://papers/in/2014/第１章 [案].txt",
        "cc": "memory://papers/in/listed/c.txt",
        "texts_2014_a": "memory://papers/in/texts.zip/2014/a.txt",
    }
    found = find(["memory://papers/in/"])
    assert {item.doc_id: str(item.path) for item in found.documents} == wanted
    assert {row.path.rpartition("/")[2] for row in found.skipped} == {"photo.jpg", ".hidden", "other.txt"}
    assert list(ids("memory://papers/in/**/*.txt")) == ["2014_第１章 [案]", "listed_c", "listed_other"]
    assert ids("memory://papers/in/2014/第１章 [案].txt", "memory://papers/in/texts.zip") == {
        "第１章 [案]": wanted["2014_第１章 [案]"], "texts_2014_a": wanted["texts_2014_a"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("memory://papers/none", "no such file or folder"),
        ("memory://papers/none/*.txt", "matches no file"),
        ("https://example.jp/a.pdf", "is an address: save the page"),
        ("nosuch://bucket/a.txt", "no such kind of place"),
        ("memory://papers/in/2014/*.pdf", "matches no file"),
    ],
)
def test_what_is_not_there_is_an_error(papers: MemoryFileSystem, name: str, message: str) -> None:
    with pytest.raises(HakushoError, match=message) as caught:
        find([name])
    assert "\n" not in str(caught.value)


def test_a_source_may_lie_at_an_address(papers: MemoryFileSystem, tmp_path: Path) -> None:
    source = pipeline.read("memory://papers/in/listed/c.txt")
    assert (source.doc_id, source.raw, source.reference_date) == ("cc", TEXT, date(2014, 8, 5))
    assert source.path == "memory://papers/in/listed/c.txt"
    assert pipeline.read("memory://papers/in/texts.zip/2014/a.txt").raw == TEXT
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert pipeline.read(f"file://{tmp_path}/a.txt").path == str(tmp_path / "a.txt")


def test_results_remember_where_their_input_lies(
    papers: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run names the address, a later one sees what is gone there, and the text is read again from there."""
    settings = Settings("sudachi", formats=("csv", "json"))

    def run(*inputs: str, prune: bool | None = None) -> list[str]:
        assert not [
            done.error
            for done in Run(inputs, str(tmp_path / "out"), settings, Local(), prune=prune)
            if done.error
        ]
        record = json.loads((tmp_path / "out/run.json").read_bytes())
        assert all(row["file"] == row["path"] for row in record["documents"])
        return sorted(row["doc_id"] for row in record["documents"])

    assert run("memory://papers/in") == ["2014_第１章 [案]", "cc", "texts_2014_a"]
    with pytest.raises(HakushoError, match="set HAKUSHO_ADDRESSES=memory://papers and"):
        list(documents(tmp_path / "out", "cc"))
    monkeypatch.setenv("HAKUSHO_ADDRESSES", "s3://papers memory://paper")
    with pytest.raises(HakushoError, match="may name any address"):
        list(documents(tmp_path / "out", "cc"))
    monkeypatch.setenv("HAKUSHO_ADDRESSES", "s3://other/ memory://papers/")
    assert [document.source.raw for document in documents(tmp_path / "out", "cc")] == [TEXT]
    papers.rm_file("/papers/in/texts.zip")
    assert run("memory://papers/in/listed/c.txt") == ["2014_第１章 [案]", "cc", "texts_2014_a"]
    assert run("memory://papers/in/listed/c.txt", prune=True) == ["2014_第１章 [案]", "cc"]
    papers.rm_file("/papers/in/2014/第１章 [案].txt")
    assert run("memory://papers/in") == ["cc"]


def test_addresses_are_names_of_their_own(papers: MemoryFileSystem, tmp_path: Path) -> None:
    assert absolute("s3://b/a/") == "s3://b/a"
    assert absolute("a.txt") == str(Path("a.txt").absolute())
    assert above("s3://b/in/a.txt") == {"s3://b/in", "s3://b"}
    assert [is_address(name) for name in ("S3://b/a", "file:///a", "C:/a", "a://", "//a/b")] == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert isinstance(place("file:///a"), Path)
    assert is_gone("memory://papers/none.txt")
    assert not is_gone("memory://papers/in/listed/c.txt")
    assert not is_gone("nosuch://b/a.txt")  # nobody can tell
    assert is_gone(str(tmp_path / "none.txt"))
