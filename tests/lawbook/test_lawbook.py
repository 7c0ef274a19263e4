"""The full list of laws: fetched from a service that misbehaves, imported from files, looked up, used."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.cli import main
from pipeline.entities.laws.instruments import Instruments
from pipeline.facts import folder
from pipeline.lawbook import egov, store
from pipeline.lawbook.files import read_list
from pipeline.lawbook.find import find
from pipeline.lawbook.listed import ListedLaw, NotAListError, dump, parse, plain_title
from pipeline.model.entity import Entity
from pipeline.model.errors import HakushoError
from tests.conftest import ROOT
from tools.egov_server import Service, law, serving

TODAY = date(2026, 2, 8)
FULL_LIST = ROOT.parent / "shared/reference/laws.tsv"
HEADER = "法令種別,法令番号,法令名,法令名読み,旧法令名,公布日,改正法令名,改正法令番号,改正法令公布日,施行日,施行日備考,法令ID,本文URL,未施行"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAKUSHO_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HAKUSHO_LAWS")


@pytest.fixture
def service() -> Iterator[Service]:
    with serving(Service([law(number) for number in range(2_345)])) as found:
        yield found


def _read(service: Service, waits: list[float] | None = None, **more: Any) -> list[ListedLaw]:
    pause = waits.append if waits is not None else lambda seconds: None
    return egov.read_all(service.url, TODAY, pause=pause, **more)


def _hakusho(*words: str | Path) -> int:
    with pytest.raises(SystemExit) as exit_:
        main([str(word) for word in words])
    return int(exit_.value.code or 0)


def _kept() -> Path:
    return folder() / egov.PARTIAL


def test_all_pages_are_read(service: Service) -> None:
    steps: list[tuple[int, int]] = []
    laws = _read(service, progress=lambda done, total: steps.append((done, total)))
    assert [found.title for found in laws] == [row["revision_info"]["law_title"] for row in service.laws]
    assert steps == [(1000, 2345), (2000, 2345), (2345, 2345)]
    assert [(one["path"], one["offset"], one["limit"]) for one in service.asked] == [
        ("/api/2/laws", str(offset), "1000") for offset in (0, 1000, 2000)
    ]
    assert laws[1] == ListedLaw(
        "410AC0000000001",
        "平成10年法律第1号",
        "架空物資第1種流通促進法",
        promulgated="1998-03-31",
        amended="2024-04-01",
    )


def test_what_the_service_says_of_a_law_is_kept(service: Service) -> None:
    service.laws = [
        law(1, abbrev="架流法, 流通法", repeal_status="Repeal", repeal_date="2020-03-31"),
        law(2, repeal_status=False),
        law(3, repeal_status="Expire", repeal_date="2021-03-31", law_title="架空法　抄"),
        law(4) | {"current_revision_info": None},
    ]
    laws = _read(service)
    assert [(one.abbreviations, one.status, one.status_date) for one in laws] == [
        ("架流法|流通法", "repealed", "2020-03-31"), ("", "in_force", ""), ("", "lapsed", "2021-03-31"), ("", "in_force", ""),
    ]  # fmt: skip
    assert laws[2].title == "架空法"


@pytest.mark.parametrize("fault", [500, 503, "half", "bad json", "drop"])
def test_a_passing_fault_is_tried_again(service: Service, fault: int | str) -> None:
    service.faults = [fault, 200, fault, fault]
    waits: list[float] = []
    assert len(_read(service, waits)) == 2345
    assert waits == [1.0, 1.0, 2.0]


def test_the_service_says_how_long_to_wait(service: Service) -> None:
    service.faults = [429]
    waits: list[float] = []
    assert len(_read(service, waits)) == 2345
    assert waits == [7.0]


def test_a_slow_answer_is_waited_for_so_long(service: Service) -> None:
    service.faults = ["slow"]
    assert len(_read(service, timeout=0.3)) == 2345
    service.faults = ["slow"] * 8
    with pytest.raises(HakushoError, match=r"no answer within 0\.2 s, 4 times"):
        egov.read_all(service.url, date(2026, 2, 9), timeout=0.2, pause=lambda seconds: None)


@pytest.mark.parametrize(
    ("faults", "words"),
    [
        ([500] * 4, ["answered 500", "4 times", "try again later"]),
        (["half"] * 4, ["4 times", "try again later"]),
        (["bad json"] * 4, ["no whole JSON"]),
        (["html"], ["text/html", "application/json", "--base-url"]),
        (["list"], ["no JSON object"]),
        (["fields"], ["API version 2", "laws"]),
        ([400], ["answered 400", "不正なパラメータです"]),
        ([404], ["answered 404", "--base-url"]),
    ],
)
def test_a_lasting_fault_is_one_line(service: Service, faults: list[int | str], words: list[str]) -> None:
    service.faults = faults
    with pytest.raises(HakushoError) as error:
        _read(service)
    assert "\n" not in str(error.value)
    assert str(error.value).startswith(service.url)
    for word in words:
        assert word in str(error.value)


def test_nobody_there_is_one_line() -> None:
    with pytest.raises(HakushoError, match="4 times"):
        egov.read_all("http://127.0.0.1:9/api/2", TODAY, pause=lambda seconds: None)
    with pytest.raises(HakushoError, match="--base-url"):
        egov.read_all("ftp:laws", TODAY, pause=lambda seconds: None)


def test_a_list_that_changes_while_it_is_read_is_not_taken(service: Service) -> None:
    service.grows = True
    with pytest.raises(
        HakushoError, match=r"changed from 2,345 to 2,346 laws while it was read: start again"
    ):
        _read(service)
    assert not _kept().exists()


def test_a_list_with_a_law_twice_is_not_taken(service: Service) -> None:
    service.laws[1500] = service.laws[0]
    with pytest.raises(HakushoError, match=r"2,344 different laws where it counts 2,345"):
        _read(service)


def test_an_empty_page_ends_in_an_error(service: Service) -> None:
    service.laws = []
    with pytest.raises(HakushoError, match="0 laws where the service counts 0"):
        _read(service)


def test_a_broken_off_reading_is_resumed(service: Service) -> None:
    service.faults = [200, 200, *[503] * 4]
    with pytest.raises(HakushoError, match="what arrived is kept"):
        _read(service)
    with _kept().open("a", encoding="utf-8") as stream:
        stream.write('{"total": 2345, "laws": [["torn')
    service.asked.clear()
    assert len(_read(service)) == 2345
    assert [one["offset"] for one in service.asked] == ["2000"]
    service.asked.clear()
    assert len(_read(service)) == 2345
    assert service.asked == [], "all pages had arrived: only their list was not in place yet"


@pytest.mark.parametrize(
    "content", ["", "{}\n", "nonsense\n", '{"base": "elsewhere"}\n{"total": 1, "laws": []}\n']
)
def test_what_another_reading_kept_is_read_anew(service: Service, content: str) -> None:
    _kept().parent.mkdir(parents=True)
    _kept().write_text(content, encoding="utf-8")
    assert len(_read(service)) == 2345
    assert len(service.asked) == 3


@pytest.mark.parametrize(
    "page",
    ["{}", "[]", "5", '{"total": 3, "laws": [["a"]]}', '{"total": "3", "laws": []}', '{"total": 3, "laws": [5]}', '{"total": 3, "laws": [[1, 2, 3, 4, 5, 6, 7, 8]]}'],
)  # fmt: skip
def test_kept_pages_of_another_shape_are_read_anew(service: Service, page: str) -> None:
    """Previously an internal error."""
    service.laws = service.laws[:3]
    assert len(_read(service)) == 3
    (head, *_) = _kept().read_text(encoding="utf-8").splitlines()
    _kept().write_text(f"{head}\n{page}\n", encoding="utf-8")
    assert len(_read(service)) == 3


@pytest.mark.parametrize("told", ["ftp://x", "http://[::"])
def test_a_proxy_that_is_none_is_one_line(
    service: Service, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    """Previously an internal error."""
    monkeypatch.setenv("ALL_PROXY", told)
    with pytest.raises(HakushoError, match=r"check what HTTP_PROXY.* say$"):
        _read(service)


def test_update_installs_the_list_as_a_whole(service: Service, capsys: pytest.CaptureFixture[str]) -> None:
    assert _hakusho("laws", "update", "--base-url", service.url) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "2,345 laws of 20" in said.err
    assert str(folder()) in said.err
    assert [path.name for path in folder().iterdir()] == [store.NAME]
    before = (folder() / store.NAME).read_bytes()
    service.faults = [400]
    assert _hakusho("laws", "update", "--base-url", service.url) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert (folder() / store.NAME).read_bytes() == before
    found = pipeline.installed_laws()
    assert found is not None
    assert len(found.laws) == 2345


def _egov_csv(rows: list[str]) -> str:
    return "\r\n".join([HEADER, *rows, ""])


ROWS = [
    "法律,平成九年法律第七百一号,架空の里の振興に関する法律,かくう,,平成九年三月三十一日,,,,平成九年四月一日,,409AC0000000701,https://laws.e-gov.go.jp/law/x,",
    "法律,平成九年法律第七百一号,架空の里の振興等に関する法律,かくう,,平成九年三月三十一日,,,,令和二年四月一日,,409AC0000000701,https://laws.e-gov.go.jp/law/x,",
    "法律,平成九年法律第七百一号,架空の郷の振興等に関する法律,かくう,,平成九年三月三十一日,,,,令和九年四月一日,,409AC0000000701,https://laws.e-gov.go.jp/law/x,○",
    '政令,平成元年政令第七百二号,"架空物資流通促進法施行令",かくう,,平成元年五月七日,,,,平成元年五月七日,,401CO0000000702,https://laws.e-gov.go.jp/law/x,',
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_import_takes_the_csv_of_egov(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "all_law_list.csv"
    path.write_bytes(_egov_csv(ROWS).encode(encoding))
    assert _hakusho("laws", "import", path, "--date", "2026-02-08") == 0
    found = store.listed()
    assert found is not None
    laws, full = found
    assert [(one.title, one.promulgated, one.amended) for one in laws] == [
        ("架空物資流通促進法施行令", "1989-05-07", "1989-05-07"),
        ("架空の里の振興等に関する法律", "1997-03-31", "2020-04-01"),
    ] or [(one.title, one.promulgated, one.amended) for one in laws] == [
        ("架空の里の振興等に関する法律", "1997-03-31", "2020-04-01"),
        ("架空物資流通促進法施行令", "1989-05-07", "1989-05-07"),
    ]
    assert full.snapshot == TODAY
    assert full.source == "all_law_list.csv"


def test_import_takes_a_tsv(tmp_path: Path) -> None:
    path = tmp_path / "laws.tsv"
    rows = [
        "law_id\tlaw_num\ttitle\tabbrevs\tpromulgation_date\tstatus",
        "409AC0000000701\t平成九年法律第七百一号\t架空の里の振興に関する法律\t里法\t1997-03-31\tcurrent",
        "\t平成九年法律第七百二号\t平成九年法律第七百二号（架空の件）\t\t\tnot_current(since 2020)",
        "409AC0000000703|409AC1000000703\t平成九年法律第七百三号\t架空法\t\t\tcurrent",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert _hakusho("laws", "import", path) == 0
    found = store.listed()
    assert found is not None
    assert [(one.law_id, one.title, one.status) for one in found[0]] == [
        ("409AC0000000701", "架空の里の振興に関する法律", "in_force"), ("", "架空の件", "repealed"), ("", "架空法", "in_force"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,2\n", ["no list of laws", "all_law_list.csv"]),
        (b"", ["no list of laws"]),
        (HEADER.encode(), ["holds no law"]),
        (_egov_csv([ROWS[0], "法律,平成九年"]).encode(), ["line 3", "法令名"]),
        (_egov_csv([ROWS[0].replace("409AC0000000701", "409")]).encode(), ["line 2", "LawID"]),
        (b"\xff\xfe\x81", ["neither UTF-8 nor Shift_JIS"]),
        (b"law_id\tlaw_num\ttitle\tpromulgated\n\tx\ty\tMay\n", ["line 2", "May", "2014-08-05"]),
    ],
)
def test_a_faulty_file_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: list[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert _hakusho("laws", "import", path) == 1
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) == 1
    for word in (*words, "list.csv"):
        assert word in said
    assert not folder().exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_list_that_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    """Previously it was, and a device filled the memory."""
    os.mkfifo(tmp_path / "laws.csv")
    for path, what in ((tmp_path / "laws.csv", "a pipe"), (Path("/dev/zero"), "a device")):
        with pytest.raises(HakushoError, match=f"is {what}, not a file"):
            read_list(path)


def test_a_missing_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert _hakusho("laws", "import", "nowhere.csv") == 1
    assert "check the path" in capsys.readouterr().err


LISTED = [
    ListedLaw("409AC0000000701", "平成九年法律第七百一号", "架空の里の振興に関する法律", "里法", "1997-03-31", amended="2020-04-01"),
    ListedLaw("329AC0000000165", "昭和二十九年法律第百六十五号", "自衛隊法（誤）", "", "1954-06-09", amended="2013-11-01"),
    ListedLaw("309AC0000000702", "昭和九年法律第七百二号", "架空物資流通促進法", "連携法", "1934-03-31", "repealed", "2001-03-31"),
    ListedLaw("509AC0000000017", "令和九年法律第十七号", "会社法", "", "2027-03-31"),
    ListedLaw("509AC0000000018", "令和九年法律第十八号", "架空税法", "", "2027-03-31"),
]  # fmt: skip


def _laws(text: str, day: date | None = date(2014, 8, 5)) -> list[Entity]:
    store.save(LISTED, TODAY, "a list")
    analyze = pipeline.load("sudachi", day, pipeline.installed_laws())
    return [entity for entity in analyze(text).entities if entity.label == "LAW"]


def test_the_full_list_adds_names_numbers_and_ids() -> None:
    text = "架空の里の振興に関する法律第2条と、平成9年法律第701号に基づく。旧架空物資流通促進法もある。"
    found = _laws(text)
    assert [(one.text, one.law_id) for one in found] == [
        ("架空の里の振興に関する法律第2条", "409AC0000000701"),
        ("平成9年法律第701号", "409AC0000000701"),
        ("旧架空物資流通促進法", "309AC0000000702"),
    ]
    assert "law_repealed" in found[2].flags


def test_shipped_facts_win() -> None:
    (law_,) = _laws("自衛隊法第76条による。")
    assert (law_.norm, law_.law_id) == ("自衛隊法", "329AC0000000165")
    assert [one.law_id for one in _laws("会社法の施行。")] == ["417AC0000000086"]


def test_abbreviations_of_the_full_list_are_no_names_in_texts() -> None:
    assert _laws("連携法について検討し、里法を見た。") == []


def test_a_law_that_is_made_long_after_the_text_is_not_meant() -> None:
    (law_,) = _laws("政府は架空税法の制定を検討した。")
    assert law_.law_id == ""


def test_the_list_says_when_a_law_was_last_amended() -> None:
    (before,) = _laws("自衛隊法第76条による。", date(2013, 8, 5))
    (after,) = _laws("自衛隊法第76条による。", date(2014, 8, 5))
    assert "text_may_differ" in before.flags
    assert "text_may_differ" not in after.flags


def test_a_run_says_which_laws_it_knew(tmp_path: Path) -> None:
    store.save(LISTED, TODAY, "a list")
    path = tmp_path / "a.txt"
    path.write_text("架空の里の振興に関する法律による。", encoding="utf-8")
    run = ("run", path, "--analyzer", "sudachi", "--format", "csv,json", "-o")
    assert _hakusho(*run, tmp_path / "full") == 0
    assert _hakusho(*run, tmp_path / "shipped", "--laws", "shipped") == 0
    full, shipped = (
        json.loads((tmp_path / name / "run.json").read_text())["settings"]["laws"]
        for name in ("full", "shipped")
    )
    assert full["full_list"] == {"snapshot": "2026-02-08", "count": 5, "source": "a list"}
    assert shipped == {"shipped": full["shipped"], "full_list": None}
    ids = {}
    for name in ("full", "shipped"):
        with (tmp_path / name / "a" / "entities.csv").open(encoding="utf-8-sig", newline="") as stream:
            ids[name] = [row["law_id"] for row in csv.DictReader(stream)]
    assert ids == {"full": ["409AC0000000701"], "shipped": [""]}


def test_workers_know_the_full_list(tmp_path: Path) -> None:
    store.save(LISTED, TODAY, "a list")
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("架空の里の振興に関する法律による。", encoding="utf-8")
    out = tmp_path / "out"
    words = ("--analyzer", "sudachi", "--format", "csv", "--jobs", "2")
    assert _hakusho("run", tmp_path / "a.txt", tmp_path / "b.txt", "-o", out, *words) == 0
    assert all("409AC0000000701" in (out / name / "entities.csv").read_text() for name in ("a", "b"))


@pytest.mark.parametrize("damage", ["", "{}\n", "cut", "row", "format"])
def test_a_damaged_list_is_one_line(damage: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = store.save(LISTED, TODAY, "a list")
    whole = path.read_text(encoding="utf-8")
    cases = {
        "cut": whole[:-40],
        "row": whole.replace("\t架空税法", "", 1),
        "format": whole.replace('"format": 1', '"format": 9'),
    }
    path.write_text(cases.get(damage, damage), encoding="utf-8")
    assert _hakusho("run", "corpus", "-o", str(path.parent / "out")) == 1
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) == 1
    for word in (str(path), "hakusho laws update", "--laws shipped"):
        assert word in said


def test_the_file_is_the_list() -> None:
    laws, full = parse(dump(LISTED, TODAY, "a list"))
    assert laws == LISTED
    assert (full.snapshot, full.source, len(full.laws)) == (TODAY, "a list", 5)
    assert full.folded["架空税法"] == "架空税法"
    other = dump(LISTED, TODAY, "a list").replace('"folding": "', '"folding": "x')
    assert parse(other)[1].folded == {}, "cleaned otherwise: cleaned anew"
    with pytest.raises(NotAListError):
        parse("")


def test_titles_stand_without_number_and_abridgement() -> None:
    assert plain_title("明治十七年太政官布告第三十二号（爆発物取締罰則）") == "爆発物取締罰則"
    assert plain_title("監獄法　抄") == "監獄法"
    assert plain_title("特別会計に関する法律（試）") == "特別会計に関する法律（試）"


@pytest.mark.parametrize(
    ("name", "day", "titles"),
    [
        ("自衛隊法", None, ["自衛隊法"]),
        (
            "周辺事態法",
            date(2014, 8, 5),
            ["周辺事態に際して我が国の平和及び安全を確保するための措置に関する法律"],
        ),
        ("周辺事態法", date(2020, 8, 5), []),
        (
            "平成11年法律第60号",
            date(2014, 8, 5),
            ["周辺事態に際して我が国の平和及び安全を確保するための措置に関する法律"],
        ),
        ("昭和二十九年法律第百六十五号", None, ["自衛隊法"]),
        ("409AC0000000701", None, ["架空の里の振興に関する法律"]),
        ("里法", None, ["架空の里の振興に関する法律"]),
        ("里の振興", None, ["架空の里の振興に関する法律"]),
        ("架空物資流通促進法", date(2014, 8, 5), []),
        ("GDPR", None, ["一般データ保護規則"]),
        ("ＧＤＰＲ", None, ["一般データ保護規則"]),
        ("そのような法律はない", None, []),
        ("", None, []),
    ],
)
def test_find(name: str, day: date | None, titles: list[str]) -> None:
    laws, full = parse(dump(LISTED, TODAY, "a list"))
    assert [one.title for one in find(name, day, Instruments(full), laws)] == titles


def test_find_prints_json_and_a_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _hakusho("laws", "find", "周辺事態法", "--on", "2014-08-05") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["law_id"] == "411AC0000000060"
    assert found["title_today"].startswith("重要影響事態")
    assert found["url"] == "https://laws.e-gov.go.jp/law/411AC0000000060"
    assert found["source"] == "shipped"
    assert _hakusho("laws", "find", "周辺事態法", "--format", "table") == 0
    assert "411AC0000000060" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout", terminal := _Terminal())
    assert _hakusho("laws", "find", "電波法") == 0
    assert "昭和二十五年法律第百三十一号" in terminal.getvalue()
    assert "{" not in terminal.getvalue()


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_find_of_nothing_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert _hakusho("laws", "find", "架空憲法", "--on", "2014-08-05") == 1
    said = capsys.readouterr().err
    assert said.startswith("hakusho: no law is called '架空憲法' on 2014-08-05")
    assert "hakusho laws update" in said
    assert _hakusho("laws", "find", "電波法", "--on", "yesterday") == 2


@pytest.mark.skipif(not FULL_LIST.exists(), reason="the full list of e-Gov is not here")
def test_the_full_list_contradicts_nothing_shipped() -> None:
    assert _hakusho("laws", "import", FULL_LIST, "--date", "2026-02-08") == 0
    full = pipeline.installed_laws()
    known = Instruments(full)
    assert full is not None
    assert len(full.laws) > 9_000
    assert len(known.records) > 9_000
    assert all(known.numbered(one.number) is one for one in known.shipped if one.law_id)


def test_the_summary_says_how_many_names_the_full_list_may_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "架空物資流通促進法第3条による。架空物資流通促進法と架空港湾法を廃止した。"
        "架空物資法の一部を改正する法律案と架空条約は別である。会社法による。"
    )
    source = tmp_path / "a.txt"
    source.write_text(text, encoding="utf-8")
    words = ("run", source, "-o", tmp_path / "out", "--analyzer", "sudachi", "--format", "csv")
    told = "names of laws that no list here holds: 2; 'hakusho laws update' fetches the list of all laws"
    assert _hakusho(*words) == 0
    assert told in " ".join(capsys.readouterr().err.split())
    assert _hakusho(*words, "--laws", "shipped") == 0
    assert "laws update" not in capsys.readouterr().err
    store.save([ListedLaw("410AC0000000001", "平成10年法律第1号", "架空物資流通促進法")], TODAY, "a list")
    assert _hakusho(*words) == 0
    assert "laws update" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"title": ""}, "without number or title"),
        ({"title": plain_title("一号（）")}, "without number or title"),
        ({"title": "\u3000"}, "without number or title"),
        ({"title": "第一\u2028種法"}, "a line break"),
        ({"law_num": ""}, "without number or title"),
        ({"promulgated": "2014-13-01"}, "is no date"),
        ({"amended": "0000-00-00"}, "is no date"),
        ({"title": "架空\r法"}, "a line break"),
        ({"title": "架空\ud800法"}, "half a character"),
    ],
)
def test_a_law_that_could_not_be_read_again_replaces_nothing(content: dict[str, str], words: str) -> None:
    good = ListedLaw("410AC0000000001", "平成10年法律第1号", "架空法")
    path = store.save([good], TODAY, "a list")
    before = path.read_bytes()
    with pytest.raises(HakushoError, match=words) as error:
        store.save([good, replace(good, **content)], TODAY, "b list")
    assert len(str(error.value).splitlines()) == 1
    assert str(error.value).encode()
    assert path.read_bytes() == before
    assert store.listed() is not None


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("bomb", r"more than 1 MB"),
        ("endless", r"more than 1 MB"),
        ("deep", "nested too deep"),
        ("infinity", "no whole JSON"),
        ("huge number", "no whole JSON"),
        *((fault, r"no whole answer within") for fault in ("drip", "slow head", "empty blocks")),
    ],
)
def test_a_hostile_answer_is_one_line(
    service: Service, monkeypatch: pytest.MonkeyPatch, fault: str, words: str
) -> None:
    store.save([ListedLaw("410AC0000000001", "平成10年法律第1号", "架空法")], TODAY, "a list")
    before = (folder() / store.NAME).read_bytes()
    monkeypatch.setattr(egov, "MOST_BYTES", 1 << 20)
    monkeypatch.setattr(egov, "LONGEST_ANSWER", 1)
    monkeypatch.setattr(egov, "TRIES", 1)
    service.faults = [fault]
    with pytest.raises(HakushoError, match=words) as error:
        _read(service, timeout=0.5)
    assert len(str(error.value).splitlines()) == 1
    assert str(error.value).encode()
    assert (folder() / store.NAME).read_bytes() == before


def test_half_a_character_from_the_service_replaces_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    service.laws = service.laws[:10]
    service.faults = ["surrogate"]
    monkeypatch.setenv("HAKUSHO_EGOV_URL", service.url)
    assert _hakusho("laws", "update") == 1
    assert "surrogates not allowed" in " ".join(capsys.readouterr().err.split())
    assert not (folder() / store.NAME).exists()
