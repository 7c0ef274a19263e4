"""The explorer from a database: it answers as the page does of its own data, and to nobody else."""

# ruff: noqa: F811 - fixtures of other tests are imported by their names

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
import typer
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pipeline.commands.explore import explore_command
from pipeline.datapackage.asked import Answers
from pipeline.datapackage.run_names import RunNames
from pipeline.model.errors import HakushoError
from pipeline.report.pages import asset
from pipeline.review.answering import address, configured, open_socket
from pipeline.review.exploring import Exploring, application
from pipeline.runs.explored import write_explorer
from pipeline.runs.finished import manifest
from tests.conftest import hakusho
from tests.provoke import file
from tests.report.test_browser import browser, opens, page, pytestmark  # noqa: F401 - fixtures
from tests.report.test_explore import content, run  # noqa: F401 - a fixture

NOTHING = {"year": None, "document": None, "publisher": None, "text": None, "article": None, "near": None}
QUERIES = [
    *(("find", {"text": text, "off": off, "limit": 3}) for text, off in (("", []), ("みなと", []), ("防衛", ["ORG"]), ("港湾法", []), ("ﾐﾅﾄ", ["DATE", "LAW", "ORG"]))),
    *(("name", {"name": n, **NOTHING, **more}) for n in range(8) for more in ({}, {"near": 1}, {"year": 2022})),
    *(("beside", {"name": n, **NOTHING}) for n in range(8)),
    *(("lines", {"name": n, **NOTHING, "order": order, "rows": 2}) for n in range(8) for order in ("text", "left", "right", "year")),
    *(("lines", {"name": n, **NOTHING, **more, "order": "text", "rows": None}) for n in range(8)
      for more in ({"document": 1}, {"text": "外務省"}, {"article": "3|1"}, {"near": 0}, {"publisher": "みなと"})),
    *(("dates", {"decade": decade, "year": year, "limit": limit}) for decade, year, limit in ((None, None, 2), (2020, None, None), (2020, 2021, None))),
    *(("compare", {"a": a, "b": b, "label": label, "limit": limit}) for a, b, label, limit in (("d0", "d1", "", None), ("d1", "d0", "LAW", None), ("d0", "p外", "", 2))),
]  # fmt: skip


@pytest.fixture(scope="module")
def answers(run: Path) -> Answers:
    return Answers(RunNames(run, manifest(run)))


@pytest.fixture
def served(run: Path) -> Iterator[tuple[int, Exploring]]:
    exploring, listening = Exploring(run), open_socket()
    server = uvicorn.Server(configured(application(exploring)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield listening.getsockname()[1], exploring
    server.should_exit = True
    thread.join()
    listening.close()


def test_the_server_answers_as_the_page_does(
    answers: Answers, run: Path, opens: Callable[[str], Page]
) -> None:
    scripts = "".join(map(asset, ("dom.js", "explore_shown.js", "explore_data.js")))
    data = json.dumps(content(run)).replace("<", "\\u003c")
    page = opens(
        f'<script type="application/json" id="content">{data}</script><script type="application/json" id="words">{{}}</script>'
        f"<script>(() => {{ {scripts} window.ask = ask; }})();</script>"
    )
    ours = page.evaluate("async all => Promise.all(all.map(([what, query]) => ask(what, query)))", QUERIES)
    theirs = json.loads(json.dumps([answers.answer(what, query) for what, query in QUERIES]))
    for query, mine, his in zip(QUERIES, ours, theirs, strict=True):
        assert json.dumps(mine, ensure_ascii=False) == json.dumps(his, ensure_ascii=False) or near(
            mine, his
        ), query
    assert sum(bool(answer) for answer in theirs) > len(theirs) / 2


def near(a: object, b: object) -> bool:
    """Whether two answers are the same but for the last places of figures (1.0 and 1 are one in a page)."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(near, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(near(a[key], b[key]) for key in a)
    if isinstance(a, float | int) and isinstance(b, float | int):
        return a == pytest.approx(b)
    return a == b


def test_a_reader_explores_without_a_page_of_data(served: tuple[int, Exploring], page: Page) -> None:
    port, exploring = served
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(address(port, exploring.token))
    assert exploring.token not in page.url
    page.keyboard.press("/")
    page.keyboard.type("港湾法")
    expect(page.locator("#found")).to_have_text("1 件の名前")
    page.keyboard.press("Enter")
    expect(page.locator("#main h2:not(.part)")).to_have_text("港湾法")
    page.get_by_role("button", name="第3条1項").click()
    expect(page.locator("#sentences tbody tr")).to_have_count(1)
    page.locator("#sentences button.open").click()
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    page.locator("tr.whole a").click()
    expect(page).to_have_url(f"http://127.0.0.1:{port}/b/report.html")
    assert faults == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_last_year_of_a_long_row_is_in_sight(
    tmp_path: Path, opens: Callable[[str], Page], width: int
) -> None:
    """Half a century between two mentions: both bars show, without a scroll that nobody looks for."""
    for name in ("a.txt", "b.txt"):
        file(tmp_path / "in" / name, "外務省は述べた。\n")
    rows = "a.txt,1978-09-01\nb.txt,2024-04-16\n"
    file(tmp_path / "in/manifest.csv", f"file,reference_date\n{rows}")
    words = ("run", tmp_path / "in", "-o", tmp_path / "out", "--analyzer", "sudachi", "--format", "csv,html")
    assert hakusho(*words).returncode == 0
    write_explorer(tmp_path / "out")
    page = opens((tmp_path / "out/explore.html").read_text(encoding="utf-8"))
    page.set_viewport_size({"width": width, "height": 844})
    page.locator("#search").fill("外務省")
    page.keyboard.press("Enter")
    bars = page.locator(".bars button:not([disabled])")
    expect(bars).to_have_count(2)
    card = page.locator(".bars").bounding_box()
    for bar in bars.all():
        box = bar.bounding_box()
        assert box
        assert card
        assert card["x"] <= box["x"]
        assert box["x"] + box["width"] <= card["x"] + card["width"] + 1
    bars.last.click()
    expect(page.locator(".bars button[aria-pressed=true]")).to_have_attribute("aria-label", "2024: 1")


def test_a_server_that_has_ended_is_told(served: tuple[int, Exploring], page: Page) -> None:
    port, exploring = served
    page.goto(address(port, exploring.token))
    expect(page.locator("#names li").first).to_be_visible()
    page.route("**/ask/**", lambda route: route.fulfill(status=422, body="gone"))
    page.locator("#names button").nth(1).click()
    expect(page.locator("#main h2").first).to_have_text("サーバーから答えがありません")
    expect(page.locator("#main p")).to_have_text("gone")


@pytest.mark.parametrize(
    ("what", "query", "status"),
    [
        ("find", '{"text": "", "off": [], "limit": 1}', 200),
        ("find", "{}", 400),
        ("find", '{"text": 1, "off": [], "limit": 1}', 400),
        ("find", '{"text": "", "off": [{}], "limit": 1}', 400),
        ("find", '{"text": "", "off": [], "limit": "%"}', 400),
        ("name", "[]", 400),
        ("name", "{", 400),
        ("name", "[" * 9000, 400),
        ("compare", '{"a": "", "b": "d0", "label": "", "limit": null}', 400),
        ("compare", '{"a": "d9; DROP TABLE name", "b": "d0", "label": "", "limit": null}', 400),
        ("_ends", "{}", 400),
        ("name", '{"name": 36893488147419103232, "near": null}', 400),
    ],
)
def test_what_is_no_question_is_refused(
    served: tuple[int, Exploring], what: str, query: str, status: int
) -> None:
    port, exploring = served
    assert asked(port, f"/ask/{what}?{urlencode({'query': query})}", exploring.token) == status


@pytest.mark.parametrize("path", ["/ask/find?query=", "/a/report.html", "/"])
def test_nobody_without_the_token_is_answered(served: tuple[int, Exploring], path: str) -> None:
    assert asked(served[0], path, "") == 403


@pytest.mark.parametrize(
    "path", ["/c/report.html", "/../report.html", "/a/../../run.json", "/run.json", "/a%2F..%2F/report.html"]
)
def test_nothing_else_is_served(served: tuple[int, Exploring], path: str) -> None:
    assert asked(served[0], path, served[1].token) == 404


def asked(port: int, path: str, token: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Cookie": f"hakusho_{port}={token}"})
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_database_that_is_not_of_this_run_is_refused(run: Path, tmp_path: Path) -> None:
    found = manifest(run)
    with pytest.raises(HakushoError, match="is missing: run 'hakusho run' with --format csv,html,sqlite"):
        RunNames(tmp_path, found)
    path = Path(shutil.copy(run / "hakusho.sqlite", tmp_path / "hakusho.sqlite"))
    with sqlite3.connect(path) as base:
        base.execute("UPDATE about SET value = 'x' WHERE name = 'run'")
    base.close()
    with pytest.raises(HakushoError, match=r"is of another run than run\.json"):
        RunNames(tmp_path, found)
    path.write_bytes(b"no database")
    with pytest.raises(HakushoError, match="is damaged, or made by an older version: run"):
        RunNames(tmp_path, found)
    path.unlink()
    path.symlink_to(run / "hakusho.sqlite")
    with pytest.raises(HakushoError, match="link"):
        RunNames(tmp_path, found)


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE explorer_names",
        (
            "DROP TABLE explorer_counts; CREATE VIEW explorer_counts AS WITH RECURSIVE c(n) AS "
            "(SELECT 1 UNION ALL SELECT n FROM c) SELECT n, n AS d, n AS count FROM c"
        ),
        "DROP TABLE sentences; CREATE VIEW sentences AS SELECT 1 AS doc_id",
    ],
)
def test_a_database_without_the_tables_of_the_explorer_is_refused(
    run: Path, tmp_path: Path, damage: str
) -> None:
    """One of an older version, and one in which a stranger put a query without end in a table's place."""
    path = Path(shutil.copy(run / "hakusho.sqlite", tmp_path / "hakusho.sqlite"))
    with sqlite3.connect(path) as base:
        base.executescript(damage)
    base.close()
    with pytest.raises(HakushoError, match="is damaged, or made by an older version: run"):
        RunNames(tmp_path, manifest(run))


def test_nothing_is_read_through_before_the_first_question(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names of half a million mentions took minutes to read: they stand in the database."""
    asked: list[str] = []
    connect = sqlite3.connect

    def traced(*args: object, **options: object) -> sqlite3.Connection:
        base: sqlite3.Connection = connect(*args, **options)  # type: ignore[call-overload]
        base.set_trace_callback(asked.append)
        return base

    monkeypatch.setattr(sqlite3, "connect", traced)
    names = RunNames(run, manifest(run))
    assert names.counts[1] > 0
    assert not [line for line in asked if "INSERT" in line and "INSERT INTO doc" not in line]
    assert not [line for line in asked if "FROM run.mentions" in line or "FROM run.sentences" in line]


@pytest.mark.parametrize(
    "options", [{"served": True, "output": Path("x.html")}, {"port": 1}, {"open_page": True}]
)
def test_options_that_do_not_go_together(run: Path, options: dict[str, object]) -> None:
    with pytest.raises(typer.BadParameter, match="--serve"):
        explore_command(run, **options)  # type: ignore[arg-type]
