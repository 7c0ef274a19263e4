"""What inputs stand for: folders with all below them, archives, patterns; what is left out is named; special files."""

from __future__ import annotations

import io
import json
import os
import socket
import stat
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.read import MANIFEST, Input, discover, fetch, find, intake, load, read
from pipeline.read.members import MOST_MEMBERS
from tests.conftest import hakusho
from tests.read.packages import docx, p, text_row, xlsx, zipped
from tests.read.test_read import complaint, write

TEXT = "防衛省は平成26年に発表した。\n"


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT, encoding="utf-8")
    return folder


def ids(*inputs: Path | str) -> list[str]:
    return [item.doc_id for item in discover(map(str, inputs))]


def reasons(*inputs: Path | str) -> dict[str, str]:
    return {Path(path).name: reason for path, reason in find(map(str, inputs)).skipped}


def test_folders_below_stand_in_the_ids(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "2014/a.txt", "2015/a.txt", "2015/第1部/a.html", "a.txt")
    assert ids(tmp_path) == ["a", "b", "2014_a", "2015_a", "2015_第1部_a"]


def test_what_is_left_out_is_named_with_the_reason(tmp_path: Path) -> None:
    put(
        tmp_path,
        "a.txt",
        "b.doc",
        "c.jpg",
        "d.py",
        ".e.txt",
        ".git/f.txt",
        "~$a.docx",
        "out/run.json",
        "out/a/source.txt",
    )
    write(tmp_path, "gold.csv", "\ufeffdoc_id,label\n")
    (tmp_path / "link").symlink_to(tmp_path / "out")
    assert ids(tmp_path) == ["a"]
    found = reasons(tmp_path)
    assert found.keys() == {"b.doc", "c.jpg", "d.py", ".e.txt", ".git", "~$a.docx", "out", "gold.csv", "link"}
    assert "save it as .docx or PDF" in found["b.doc"]
    assert "(OCR)" in found["c.jpg"]
    assert found["out"] == "results of a run"


def test_a_manifest_decides_for_its_folder(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt", "sub/c.txt", "x/d.txt", "x/e.txt", "x/f.txt")
    write(tmp_path / "x", MANIFEST, "file,doc_id\nd.txt,\ne.txt,own\n")
    assert ids(tmp_path) == ["a", "b", "sub_c", "x_d", "own"]
    assert reasons(tmp_path) == {"f.txt": "not in manifest.csv"}
    write(tmp_path, MANIFEST, "file\na.txt\nsub/c.txt\n")
    assert ids(tmp_path) == ["a", "c"]
    assert reasons(tmp_path).keys() == {"b.txt", "x"}


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [("**/*.txt", ["2014_a", "2015_a", "b"]), ("*/a.txt", ["2014_a", "2015_a"]), ("b.*", ["b"]), ("201[45]/*.txt", ["2014_a", "2015_a"])],
)  # fmt: skip
def test_patterns_that_the_shell_left_as_they_are(tmp_path: Path, pattern: str, wanted: list[str]) -> None:
    put(tmp_path, "b.txt", "2014/a.txt", "2015/a.txt", "2015/c.doc")
    assert ids(tmp_path / pattern) == wanted


def test_patterns_name_what_they_match_and_do_not_read(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "2015/c.doc")
    assert reasons(f"{tmp_path}/**/*").keys() == {"c.doc"}
    assert "matches no file" in complaint(discover, [f"{tmp_path}/*.pdf"])


def test_a_name_with_brackets_is_a_name(tmp_path: Path) -> None:
    assert ids(put(tmp_path, "第1章[案].txt") / "第1章[案].txt") == ["第1章[案]"]


@pytest.mark.parametrize("address", ["https://example.jp/a.html", "http://example.jp", "ftp://x/y.pdf"])
def test_an_address_is_none_of_a_file(address: str) -> None:
    assert "save the page or the file first" in complaint(discover, [address])


def test_one_stem_twice_is_a_clear_error(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "a.html")
    assert "two documents are called 'a'" in complaint(discover, [str(tmp_path)])
    put(tmp_path, "x/b.txt", "y/b.txt")
    assert "give the folder above both" in complaint(discover, [f"{tmp_path}/x/b.txt", f"{tmp_path}/y/b.txt"])


def test_the_members_of_an_archive(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "b.txt": TEXT,
        "2014/a.html": f"<p>{TEXT}",
        "c.docx": docx(p("一")),
        "d.doc": "x",
        "../e.txt": TEXT,
    }
    path = write(tmp_path, "texts.zip", zipped(members | {"__MACOSX/._b.txt": "x", "f.zip": "x"}))
    assert ids(path) == ["texts_2014_a", "texts_b", "texts_c"]
    assert [load(item).format for item in discover([str(path)])] == ["html", "text", "docx"]
    assert reasons(path).keys() == {"d.doc", "e.txt", "._b.txt", "f.zip"}
    assert "leads out of the archive" in reasons(path)["e.txt"]
    assert ids(tmp_path) == ["texts_2014_a", "texts_b", "texts_c"]
    assert read(path / "b.txt").raw == TEXT
    assert "holds no 'none.txt'" in complaint(read, path / "none.txt")
    assert "texts.zip/a.txt" in complaint(read, path)


def test_names_of_japanese_windows(tmp_path: Path) -> None:
    data = zipped({"XXXX.txt": TEXT}).replace(b"XXXX", "白書".encode("cp932"))
    path = write(tmp_path, "a.zip", data)
    assert ids(path) == ["a_白書"]
    assert load(discover([str(path)])[0]).raw == TEXT


def test_an_archive_with_a_manifest(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "x/a.txt": TEXT,
        "x/b.txt": TEXT,
        "x/manifest.csv": "file,reference_date\na.txt,2014/8/5\n",
    }
    (item,) = discover([str(write(tmp_path, "t.zip", zipped(members)))])
    assert (item.doc_id, load(item).reference_date.isoformat()) == ("t_x_a", "2014-08-05")  # type: ignore[union-attr]
    manifest = members.pop("x/manifest.csv")
    assert isinstance(manifest, str)
    book = xlsx("".join(text_row(n, *line.split(",")) for n, line in enumerate(manifest.split(), 1)))
    (item,) = discover([str(write(tmp_path, "u.zip", zipped(members | {"x/manifest.xlsx": book})))])
    assert (item.doc_id, load(item).reference_date.isoformat()) == ("u_x_a", "2014-08-05")  # type: ignore[union-attr]
    for away in ("../../../etc/passwd", "..\\..\\etc\\passwd"):
        members["x/manifest.csv"] = f"file\n{away}\n"
        path = write(tmp_path, "t.zip", zipped(members))
        assert "leads out of the archive" in complaint(discover, [str(path)])


def test_archives_that_are_too_much(tmp_path: Path) -> None:
    many = write(tmp_path, "many.zip", zipped({f"{n}.txt": "x" for n in range(MOST_MEMBERS + 1)}))
    assert "more than 1,000 documents" in complaint(discover, [str(many)])
    bomb = write(tmp_path, "bomb.zip", zipped({f"{n}.txt": "あ" * 2**23 for n in range(4)}))
    assert "looks like a trap" in complaint(discover, [str(bomb)])
    empty = write(tmp_path, "empty.zip", zipped({"a.doc": "x"}))
    assert "holds nothing that is read" in complaint(discover, [str(empty)])
    locked = bytearray(zipped({"a.txt": TEXT}))
    for at in (6, locked.rindex(b"PK\x01\x02") + 8):
        locked[at] |= 1
    assert "needs a password" in complaint(discover, [str(write(tmp_path, "locked.zip", bytes(locked)))])
    listed = write(
        tmp_path,
        "listed.zip",
        b"PK\x03\x04" + b"PK\x05\x06" + bytes(8) + (2**31).to_bytes(4, "little") + bytes(6),
    )
    assert "too many files" in complaint(discover, [str(listed)])
    assert "cut off" in complaint(discover, [str(write(tmp_path, "cut.zip", zipped({"a.txt": TEXT})[:-30]))])


def test_an_archive_among_others_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    write(tmp_path, "bomb.zip", zipped({f"{n}.txt": "あ" * 2**23 for n in range(4)}))
    write(tmp_path, "cut.zip", zipped({"a.txt": TEXT})[:-30])
    write(tmp_path, "empty.zip", zipped({"a.doc": "x"}))
    assert ids(tmp_path) == ids(f"{tmp_path}/*") == ["a", "bomb", "cut"]
    assert reasons(tmp_path)["empty.zip"] == "holds nothing that is read"
    good, bomb, cut = discover([str(tmp_path)])
    assert load(good).raw == TEXT
    assert "looks like a trap" in complaint(load, bomb)
    assert "cut off" in complaint(load, cut)


def test_what_an_archive_gave_once_stays_when_it_cannot_be_read(tmp_path: Path) -> None:
    put(tmp_path / "in", "a.txt")
    data = zipped({"b.txt": TEXT})
    write(tmp_path / "in", "t.zip", data)
    command = ("run", tmp_path / "in", "-o", tmp_path / "out", "--analyzer", "sudachi", "--format", "csv")
    assert hakusho(*command).returncode == 0
    write(tmp_path / "in", "t.zip", data[:-30])
    assert hakusho(*command, "--prune").returncode == 1
    assert (tmp_path / "out/t_b/entities.csv").is_file()


def test_members_that_are_no_files_or_have_the_name_of_another(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, mode in (("a.txt", stat.S_IFREG), ("link.txt", stat.S_IFLNK), ("pipe.txt", stat.S_IFIFO)):
            member = zipfile.ZipInfo(name)
            member.external_attr = (mode | 0o644) << 16
            archive.writestr(member, TEXT)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "外務省\n")
    path = write(tmp_path, "t.zip", out.getvalue())
    assert ids(path) == ["t_a"]
    assert read(path / "a.txt").raw == TEXT
    found = reasons(path)
    assert {name: reason.split()[1] for name, reason in found.items()} == {
        "link.txt": "no",
        "pipe.txt": "no",
        "a.txt": "second",
    }


def test_a_member_that_is_packed_in_another_way_is_not_called_damaged(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT}))
    for at in (8, data.rindex(b"PK\x01\x02") + 10):
        data[at] = 99
    (item,) = discover([str(write(tmp_path, "t.zip", bytes(data)))])
    assert "pack it anew" in complaint(load, item)


@pytest.mark.parametrize(
    "packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_member_that_is_damaged_is_one_line_however_it_is_packed(tmp_path: Path, packed: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        archive.writestr("a.txt", TEXT * 40)
    data = bytearray(out.getvalue())
    start = 30 + len("a.txt")
    for at in range(start + 9, start + 40):
        data[at] ^= 0x55
    (item,) = discover([str(write(tmp_path, "t.zip", bytes(data)))])
    assert "'a.txt' in it is damaged" in complaint(load, item)


def test_a_member_without_a_name_stops_no_other(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    data = zipped({"XX.txt": TEXT, "b.txt": TEXT})
    write(tmp_path, "t.zip", data.replace(b"XX.txt", b"\0X.txt"))
    write(tmp_path, "none.zip", zipped({"XX.txt": TEXT}).replace(b"XX.txt", b"\0X.txt"))
    assert ids(tmp_path) == ["a", "t_b"]
    assert reasons(tmp_path)["none.zip"] == "holds nothing that is read"


@pytest.mark.parametrize("how", ["given", "listed"])
def test_special_files_are_one_line_each(tmp_path: Path, how: str) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        try:
            os.chdir(tmp_path)  # the name of a socket is short
            server.bind("socket.txt")
        finally:
            os.chdir(here)
        for name, what in (
            ("pipe.txt", "is a pipe"),
            ("socket.txt", "is a socket"),
            ("/dev/zero", "is a device"),
            ("/dev/null", "is a device"),
        ):
            path = tmp_path / name
            if how == "listed":
                write(tmp_path, MANIFEST, f"file,doc_id\n{name},x\n")
                (item,) = discover([str(tmp_path)])
                assert what in complaint(load, item)
                (tmp_path / MANIFEST).unlink()
            else:
                assert what in complaint(read, path)
    put(tmp_path, "a.txt")
    assert {name: reason.split(",")[0] for name, reason in reasons(tmp_path).items()} == {
        "pipe.txt": "is a pipe", "socket.txt": "is a socket",
    }  # fmt: skip


def test_size_is_known_before_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(6 * 2**30)
    assert "more than 512 MiB" in complaint(read, path)
    with path.open("wb") as stream:
        stream.truncate(intake.MOST_TEXT + 1)
    assert "more than 128 MiB" in complaint(read, path)


def test_standard_input_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_BYTES", 2**20)
    with Path("/dev/zero").open("rb") as endless:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=endless))
        assert "more than 1 MiB" in complaint(fetch, Input(None, "stdin"))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"x")))
    assert fetch(Input(None, "stdin")) == b"x"


def test_a_run_says_what_it_left_out_and_reads_archives_again(tmp_path: Path) -> None:
    put(tmp_path / "in", "a.txt", "b.doc")
    write(tmp_path / "in", "texts.zip", zipped({"c.txt": TEXT}))
    command = ("run", tmp_path / "in", "-o", tmp_path / "out", "--analyzer", "sudachi")
    process = hakusho(*command)
    assert process.returncode == 0, process.stderr.decode()
    assert "skipped 1 (is an old Word document" in process.stderr.decode()
    run = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert [Path(row["path"]).name for row in run["skipped"]] == ["b.doc"]
    assert [row["doc_id"] for row in run["documents"]] == ["a", "texts_c"]
    assert "(2 unchanged)" in hakusho(*command, "--resume").stderr.decode()
    assert hakusho("report", tmp_path / "out").returncode == 0
