"""The explorer: it holds what the tables hold, and answers what a reader asks in a real browser."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.model.errors import HakushoError
from pipeline.report.explore import Explorer
from pipeline.runs.explored import MOST_CHARACTERS, write_explorer
from tests.conftest import hakusho
from tests.report.test_browser import CHROMIUM, Axe, browser  # noqa: F401 -- a fixture

A = "令和4年版みなと白書\n\n　国土交通省は港湾法第2条を改めた。国土交通省は2020年に外務省と話した。\n"
B = "令和5年版みなと白書\n\n　外務省は港湾法第3条第1項を見た。「=外務省」は2021年に\U00020bb7野で会った。\n"
needs_chromium = [
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium: 'apt-get install chromium fonts-noto-cjk' runs these"
    ),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run over two documents, with its explorer."""
    root = tmp_path_factory.mktemp("explored")
    (root / "in").mkdir()
    (root / "in/a.txt").write_text(A, encoding="utf-8")
    (root / "in/b.txt").write_text(B, encoding="utf-8")
    words = ("run", root / "in", "-o", root / "out", "--analyzer", "sudachi", "--format", "csv,html")
    assert hakusho(*words).returncode == 0
    write_explorer(root / "out")
    return root / "out"


def content(folder: Path) -> dict[str, list[object]]:
    page = (folder / "explore.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="content">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, list[object]] = json.loads(found[1])
    return data


def test_the_page_holds_each_mention_in_its_sentence(run: Path) -> None:
    held = content(run)
    names, texts, sentences = held["names"], held["texts"], held["sentences"]
    found: Counter[tuple[str, str]] = Counter()
    for name, sentence, at, text, *_ in zip(*held["mentions"], strict=True):  # type: ignore[arg-type]
        found[held["labels"][names[name][0]], names[name][1]] += 1  # type: ignore[call-overload, index]
        units = sentences[sentence].encode("utf-16-le")  # type: ignore[attr-defined]
        assert units[2 * at :].decode("utf-16-le").startswith(texts[text])  # type: ignore[arg-type]
    wanted: Counter[tuple[str, str]] = Counter()
    for doc_id in ("a", "b"):
        with (run / doc_id / "entities.csv").open(encoding="utf-8-sig", newline="") as stream:
            wanted.update((row["label"], row["norm"]) for row in csv.DictReader(stream))
    assert found == wanted


def test_a_later_run_brings_the_page_along(run: Path, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("財務省は動いた。", encoding="utf-8")
    out = tmp_path / "out"
    words = ("run", tmp_path / "c.txt", "-o", out, "--analyzer", "sudachi", "--format")
    assert hakusho(*words, "csv").returncode == 0
    assert not (out / "explore.html").exists()
    write_explorer(out)
    (tmp_path / "c.txt").write_text("外務省は動いた。", encoding="utf-8")
    assert hakusho(*words, "csv").returncode == 0
    assert [name[1] for name in content(out)["names"]] == ["外務省"]  # type: ignore[index]
    assert hakusho(*words, "json").returncode == 0
    assert "is missing" in (out / "explore.html").read_text(encoding="utf-8")
    with pytest.raises(HakushoError, match="run 'hakusho run' with --format csv"):
        write_explorer(out)


def test_no_file_outside_is_written(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("財務省は動いた。", encoding="utf-8")
    out, victim = tmp_path / "out", tmp_path / "victim.txt"
    words = ("run", tmp_path / "c.txt", "-o", out, "--analyzer", "sudachi", "--format", "csv")
    assert hakusho(*words).returncode == 0
    victim.write_text("x", encoding="utf-8")
    (out / "explore.html").symlink_to(victim)
    write_explorer(out)
    assert not (out / "explore.html").is_symlink()
    assert victim.read_text(encoding="utf-8") == "x"


def test_a_table_that_somebody_edited_ends_no_run(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("財務省は2014年に動いた。", encoding="utf-8")
    out = tmp_path / "out"
    words = ("run", tmp_path / "c.txt", "-o", out, "--analyzer", "sudachi", "--format", "csv")
    assert hakusho(*words).returncode == 0
    table = (out / "c/entities.csv").read_text(encoding="utf-8-sig").replace("2014-01-01", "X014")
    (out / "c/entities.csv").write_bytes(table.encode("cp932"))
    write_explorer(out)
    assert {name[1] for name in content(out)["names"]} == {"財務省", "2014"}  # type: ignore[index]


def test_a_run_that_no_page_holds_is_refused(run: Path, tmp_path: Path) -> None:
    record = json.loads((run / "run.json").read_text(encoding="utf-8"))
    record["documents"][0]["characters"] = MOST_CHARACTERS
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(HakushoError, match="explore a part of it"):
        write_explorer(tmp_path)


def test_a_name_that_ends_the_script_does_not() -> None:
    page = Explorer()
    entity = dict.fromkeys(("norm", "article", "paragraph", "item", "kind", "start_date", "end_date"), "")
    entity |= {"label": "ORG", "surface": "</script><b>", "sentence_id": "s"}
    sentence = {"sentence_id": "s", "text": "x</script><b>", "section": ""}
    page.add({"doc_id": "d", "reference_date": None, "characters": 13}, [entity], [sentence])
    assert page.html().count("</script>") == 3


@pytest.fixture
def page(run: Path, browser: object) -> Iterator[Page]:  # noqa: F811
    """Return the page of the run, open; anything that a script complains of fails the test."""
    made = browser.new_page(locale="ja-JP")  # type: ignore[attr-defined]
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.goto((run / "explore.html").as_uri())
    yield made
    made.close()
    assert not faults


class TestInABrowser:
    """What a reader does."""

    pytestmark = needs_chromium

    def test_a_name_is_found_in_any_form_and_read_in_context(self, page: Page) -> None:
        page.keyboard.press("/")
        page.keyboard.type("港湾法")
        page.keyboard.press("Enter")
        expect(page.locator("#main h2:not(.part)")).to_have_text("港湾法")
        assert page.locator(".kwic .left").all_inner_texts() == ["国土交通省は", "外務省は"]
        page.get_by_role("button", name="第3条1項").click()
        expect(page.locator(".kwic tbody tr")).to_have_count(1)
        page.locator(".kwic button.open").click()
        expect(page.locator("tr.whole mark")).to_have_text("港湾法第3条第1項")
        assert page.locator("tr.whole a").get_attribute("href") == "b/report.html"
        page.get_by_role("button", name="第3条1項").press("Enter")
        expect(page.locator(".kwic tbody tr")).to_have_count(2)

    def test_what_is_seen_is_saved_as_csv(self, page: Page) -> None:
        page.locator("#search").fill("外務省")
        page.keyboard.press("Enter")
        expect(page.locator("#main h2:not(.part)")).to_have_text("外務省")
        with page.expect_download() as download:
            page.locator(".kwic").locator("..").get_by_role("button", name="CSV で保存").click()
        rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
        assert [row["doc_id"] for row in rows] == ["a", "b", "b"]
        assert rows[2]["right"].startswith("」は2021年")
        assert rows[2]["left"] == "「="

    def test_documents_are_compared_and_years_counted(self, page: Page) -> None:
        page.get_by_role("button", name="比べる", exact=True).click()
        first = page.locator("#main tbody tr").first
        expect(first).to_contain_text("国土交通省")
        page.locator("#kind").select_option("LAW")
        expect(page.locator("#main tbody tr")).to_have_count(1)
        page.get_by_role("button", name="年代").click()
        page.get_by_label("2020: ").first.click()
        expect(page.locator("#main tbody")).to_contain_text("2021")

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [390, 1280])
    def test_everybody_can_read_it(self, page: Page, width: int, scheme: str) -> None:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        for view in ("#name=0", "#dates", "#compare"):
            page.evaluate("view => { location.hash = view; }", view)
            page.wait_for_timeout(100)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            found = Axe().run(page)
            assert not found.response["violations"], found.generate_report()
