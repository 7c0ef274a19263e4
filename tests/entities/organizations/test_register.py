"""The register of all bodies with a 法人番号: imported from files good and bad, looked up, used."""

from __future__ import annotations

import csv
import io
import os
import pickle
import sqlite3
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import main
from pipeline.document.document import Document
from pipeline.entities.organizations.houjin import whole
from pipeline.entities.organizations.register import Register, bare_key, build, index, key, published
from pipeline.entities.organizations.register.find import find
from pipeline.export import contents
from pipeline.facts import folder
from pipeline.model.errors import HakushoError
from tools.houjin import line, text

ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN = (whole(200_001_000_000 + at) for at in range(7))
ROWS = (
    line(ONE, "青波通商株式会社"),
    line(TWO, "株式会社青波通商"),
    line(THREE, "有限会社　海堂商店"),
    line(FOUR, "海堂商店有限会社", closed="2016-04-01"),
    line(FIVE, "株式会社ＫＡＩＤＯＬＡＢ", process="11", changed="2020-04-01"),
    line(SIX, "消えた商店株式会社", process="99"),
    line(SEVEN, "峰岸土木株式会社", closed="2018-03-31"),
    line(SEVEN, "旧峰岸土木株式会社", latest="0"),
)
TEXT = (
    "青波通商株式会社は、有限会社海堂商店と株式会社海堂商店に委託した。峰岸土木株式会社も加わり、財務省が認めた。\n"
    "青波通商も参加した。株式会社KAIDOLABは、NATOに納めた。"
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAKUSHO_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HAKUSHO_ORGS")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of ``ROWS``."""
    place = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HAKUSHO_DATA", str(place))
        build.build(_file(place, text(*ROWS)), None)
    return place


@pytest.fixture
def register(built: Path, monkeypatch: pytest.MonkeyPatch) -> Register:
    monkeypatch.setenv("HAKUSHO_DATA", str(built))
    found = pipeline.installed_register()
    assert found is not None
    return found


def _file(place: Path, content: str | bytes, name: str = "00_zenkoku_all_20250530.csv") -> Path:
    path = place / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _zip(place: Path, **members: bytes) -> Path:
    path = place / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def _hakusho(*words: str | Path) -> int:
    with pytest.raises(SystemExit) as exit_:
        main([str(word) for word in words])
    return int(exit_.value.code or 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_form_of_the_file_is_read(tmp_path: Path, encoding: str, packed: bool) -> None:
    content = text(*ROWS).encode(encoding)
    path = _zip(tmp_path, all__csv=content, all__csv__asc=b"x") if packed else _file(tmp_path, content)
    found = build.build(path, date(2025, 5, 30))
    assert found.count == text(*ROWS).count("\n") - 2
    assert [body.name for body in found.bearers("青波通商株式会社")[1]] == [
        "青波通商株式会社",
        "株式会社青波通商",
    ]
    assert [path.name for path in folder().iterdir()] == [index.NAME]


def test_a_later_row_of_one_number_counts_and_several_members_are_one_register(tmp_path: Path) -> None:
    first, second = text(line(ONE, "前の名株式会社")).encode(), text(line(ONE, "後の名株式会社")).encode()
    found = build.build(_zip(tmp_path, a__csv=first, b__csv=second), None)
    assert [len(found.bearers(name)[0]) for name in ("前の名株式会社", "後の名株式会社")] == [0, 1]


@pytest.mark.parametrize(
    ("name", "given", "wanted"),
    [
        ("00_zenkoku_all_20240430.csv", None, date(2024, 4, 30)),
        ("00_zenkoku_all_20240430_01.csv", None, date(2024, 4, 30)),
        ("00_zenkoku_all_20249930.csv", None, date(2025, 5, 30)),
        ("x.csv", None, date(2025, 5, 30)),
        ("x.csv", date(2023, 1, 1), date(2023, 1, 1)),
    ],
)
def test_the_day_of_the_data(tmp_path: Path, name: str, given: date | None, wanted: date) -> None:
    assert build.build(_file(tmp_path, text(), name), given).snapshot == wanted


BAD = {
    "nothing": b"",
    "another table": b"a,b\n1,2\n",
    "a header": "一連番号,法人番号\n".encode() + text().encode(),
    "a wrong check digit": text(line("2" + ONE[1:], "青波通商株式会社")).encode(),
    "a number of another script": text(line("１" * 13, "青波通商株式会社")).encode(),
    "no name": text(line(ONE, "　")).encode(),
    "a control character": text(line(ONE, "青波\x1b[2J商事")).encode(),
    "a long name": text(line(ONE, "青" * 400)).encode(),
    "an unknown kind": text(line(ONE, "青波", kind="３")).encode(),
    "a bad day": text(line(ONE, "青波", closed="2016-02-30")).encode(),
    "a column too many": text([*line(ONE, "青波"), ""]).encode(),
    "an endless line": b'"' + b"1" * 100_000,
    "an open quotation": text().encode() + b'"1","2\n' * 3,
    "a lone surrogate": text().encode() + b'"\xed\xa0\x80"\n',
    "half of a character": text(line(ONE, "青波通商")).encode()[:-200] + b"\xe9",
    "one prefecture": "\n".join(text().splitlines()[:40]).encode(),
}


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize("packed", [False, True])
def test_what_is_no_full_data_is_one_line_and_the_old_index_stays(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, packed: bool
) -> None:
    monkeypatch.setenv("HAKUSHO_DATA", str(built))
    before = (built / index.NAME).read_bytes()
    path = _zip(tmp_path, all__csv=BAD[what]) if packed else _file(tmp_path, BAD[what])
    with pytest.raises(HakushoError, match="give the full data") as error:
        build.build(path, None)
    assert len(str(error.value).splitlines()) == 1
    assert str(error.value).isprintable()
    assert (built / index.NAME).read_bytes() == before
    assert not list(built.glob(f"{build.TEMPORARY}*"))


def test_hostile_archives_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole_file = _zip(tmp_path, all__csv=text().encode()).read_bytes()
    bomb = _zip(tmp_path, all__csv=b"0" * (64 << 20)).read_bytes()
    damaged = whole_file[:200] + bytes(100) + whole_file[300:]
    locked = bytearray(whole_file)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    for content in (bomb, damaged, bytes(locked), whole_file[:-30], _zip(tmp_path, a__txt=b"x").read_bytes()):
        with pytest.raises(HakushoError, match="give the full data"):
            build.build(_file(tmp_path, content), None)
    monkeypatch.setattr(published, "MOST_ROWS", 100)
    with pytest.raises(HakushoError, match="more than 100 rows"):
        build.build(_file(tmp_path, whole_file), None)
    monkeypatch.setattr(published, "MOST_ROWS", 10_000)
    monkeypatch.setattr(build, "MOST_PLACES", 2)
    with pytest.raises(HakushoError, match="more than 2 municipalities"):
        build.build(_file(tmp_path, whole_file), None)


def test_no_file_no_space_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HakushoError, match="No such file"):
        build.build(tmp_path / "none.csv", None)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(HakushoError, match="is a pipe"):
        build.build(tmp_path / "pipe", None)
    path = _file(tmp_path, text())
    with monkeypatch.context() as patched:
        patched.setattr(build, "TABLES", "PRAGMA max_page_count = 3; " + build.TABLES)
        with pytest.raises(HakushoError, match="full"):
            build.build(path, None)
    monkeypatch.setenv("HAKUSHO_DATA", str(path))
    with pytest.raises(HakushoError, match="HAKUSHO_DATA"):
        build.build(path, None)


def test_what_was_written_is_read_back_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = build._fill

    def spoiled(temporary: Path, *more: object) -> None:
        fill(temporary, *more)  # type: ignore[arg-type]
        with temporary.open("rb+") as stream:
            stream.seek(8192)
            stream.write(b"\xff" * 8192)

    monkeypatch.setattr(build, "_fill", spoiled)
    with pytest.raises(HakushoError, match="no whole index"):
        build.build(_file(tmp_path, text(*ROWS)), None)
    assert not list(folder().iterdir())


def test_what_a_killed_import_left_is_swept_after_a_day(tmp_path: Path) -> None:
    old, new = (folder() / f"{build.TEMPORARY}{name}" for name in ("old", "new"))
    folder().mkdir()
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 2 * build.STALE,) * 2)
    build.build(_file(tmp_path, text()), None)
    assert (old.exists(), new.exists()) == (False, True)


def test_a_damaged_index_is_one_line_that_says_the_way_out() -> None:
    assert pipeline.installed_register() is None
    folder().mkdir()
    (folder() / index.NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(HakushoError, match="run 'hakusho orgs import' again, or give --orgs shipped"):
        pipeline.installed_register()
    (folder() / index.NAME).unlink()
    with sqlite3.connect(folder() / index.NAME) as connection:
        connection.executescript("CREATE TABLE facts (name, value); INSERT INTO facts VALUES ('format', '0')")
    with pytest.raises(HakushoError, match="made by another version"):
        pipeline.installed_register()


def test_keys_do_not_look_at_width_spaces_and_variants() -> None:
    assert key("株式会社　ＫＡＩＤＯ ＬＡＢ") == "株式会社KAIDOLAB"
    assert bare_key("株式会社髙嶋屋本店") == "高嶋屋本店"
    assert bare_key("株式会社") == "株式会社"


def test_the_register_reaches_workers_as_a_path(register: Register) -> None:
    again = pickle.loads(pickle.dumps(register))
    assert again.bearers("青波通商株式会社") == register.bearers("青波通商株式会社")


def _analysed(register: Register | None, day: date | None = None) -> Document:
    return pipeline.load("sudachi", day, register=register)(TEXT)


def _table(document: Document) -> dict[str, dict[str, str]]:
    content = contents(document, ["csv"])["organizations.csv"]
    assert isinstance(content, str)
    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
    assert list(rows[0])[-2:] == ["page", "id_candidates"]
    return {row["norm"]: row for row in rows}


def test_only_an_exact_name_that_is_the_only_one_gives_an_id(register: Register) -> None:
    rows = {norm: (row["ids"], row["id_candidates"]) for norm, row in _table(_analysed(register)).items()}
    assert rows["青波通商"] == (f"houjin:{ONE}", "")
    assert rows["海堂商店"] == (f"houjin:{THREE}", "")  # the other is not exactly registered
    assert rows["峰岸土木"] == (f"houjin:{SEVEN}", "")
    assert rows["財務省"] == ("houjin:8000012050001", "")
    assert rows["北大西洋条約機構"] == ("", "")


def test_mentions_have_ids_of_their_own(register: Register) -> None:
    found = {e.surface: (e.ids, e.id_candidates) for e in _analysed(register).entities if e.label == "ORG"}
    assert found["青波通商株式会社"] == ((f"houjin:{ONE}",), None)
    assert found["青波通商"] == ((), 2)
    assert found["株式会社海堂商店"] == ((), 2)
    assert found["株式会社KAIDOLAB"] == ((f"houjin:{FIVE}",), None)
    assert found["財務省"] == (("houjin:8000012050001",), None)


def test_a_name_that_came_later_and_a_body_that_was_closed_are_not_certain(register: Register) -> None:
    before = {e.surface: e for e in _analysed(register, date(2019, 4, 1)).entities if e.label == "ORG"}
    assert (before["株式会社KAIDOLAB"].ids, before["株式会社KAIDOLAB"].id_candidates) == ((), 1)
    assert (before["峰岸土木株式会社"].ids, before["峰岸土木株式会社"].id_candidates) == ((), 1)


def test_without_the_register_nothing_changes() -> None:
    rows = _table(_analysed(None))
    assert rows["財務省"]["ids"] == "houjin:8000012050001"
    assert {row["id_candidates"] for row in rows.values()} == {""}


@pytest.mark.parametrize(
    ("name", "day", "wanted"),
    [
        ("青波通商株式会社", None, ["青波通商株式会社"]),
        ("青波通商", None, ["青波通商株式会社", "株式会社青波通商"]),
        ("海堂商店", date(2020, 1, 1), ["有限会社　海堂商店"]),
        ("株式会社KAIDOLAB", date(2019, 1, 1), []),
        (ONE, None, ["青波通商株式会社"]),
        (f"houjin:{ONE}", None, ["青波通商株式会社"]),
        ("防衛庁", date(2000, 1, 1), ["防衛庁"]),
        ("8000012050001", None, ["財務省"]),
        ("消えた商店株式会社", None, []),
        ("　", None, []),
    ],
)
def test_find(register: Register, name: str, day: date | None, wanted: list[str]) -> None:
    numbered = index.Index(folder() / index.NAME).numbered
    assert [found.name for found in find(name, day, register, numbered)] == wanted


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _file(tmp_path, text(*ROWS))
    assert _hakusho("orgs", "find", "青波通商株式会社") == 1
    assert "hakusho orgs import" in capsys.readouterr().err
    assert _hakusho("orgs", "import", path) == 0
    assert "bodies of 2025-05-30 in" in capsys.readouterr().err
    assert _hakusho("orgs", "find", "青波通商株式会社") == 0
    assert f"houjin:{ONE}" in capsys.readouterr().out
    assert _hakusho("orgs", "find", "NATO", "--on", "2014-08-05", "--format", "table") == 0
    assert "北大西洋条約機構" in capsys.readouterr().out
    assert _hakusho("orgs", "find", "青波通商株式会社", "--orgs", "shipped") == 1
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    assert (
        _hakusho("run", source, "-o", tmp_path / "out", "--analyzer", "sudachi", "--format", "csv,json") == 0
    )
    assert f'"houjin:{ONE}"' in (tmp_path / "out/a/entities.json").read_text(encoding="utf-8")
    assert '"source": "00_zenkoku_all_20250530.csv"' in (tmp_path / "out/run.json").read_text(
        encoding="utf-8"
    )
