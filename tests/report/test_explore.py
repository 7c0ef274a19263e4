"""The explorer: it holds what the tables hold, and answers what a reader asks in a real browser."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.document.tables import columns
from pipeline.model.cells import csv_text
from pipeline.model.errors import HakushoError
from pipeline.report.explore import Explorer
from pipeline.runs.explored import MOST_CHARACTERS, explorer, write_explorer
from tests.conftest import hakusho
from tests.report.test_browser import CHROMIUM, Axe, browser  # noqa: F401 -- a fixture

A = "令和4年版みなと白書\n\n　国土交通省は港湾法第2条を改めた。国土交通省は2020年に外務省と話した。\n"
B = "令和5年版みなと白書\n\n　外務省は港湾法第3条第1項を見た。「=外務省」は2021年に\U00020bb7野で会った。\n"
LISTED = 200  # names that the list shows at once
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
    words = ("run", root / "in", "-o", root / "out", "--analyzer", "sudachi", "--format", "csv,html,sqlite")
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


def placed(page: Explorer) -> list[tuple[str, str, int]]:
    """Each mention: what the page marks of its sentence, its text, and how many units stand before it."""
    texts = json.loads(page.html().split('id="content">')[1].split("</script>")[0])["texts"]
    found = []
    for _, sentence, at, text, *_ in zip(*page.mentions, strict=True):
        units = page.sentences[sentence].encode("utf-16-le")
        own = texts[text]
        size = len(own.encode("utf-16-le"))
        found.append((units[2 * at : 2 * at + size].decode("utf-16-le") if at >= 0 else "", own, at))
    return found


def test_every_mention_of_the_chapter_is_marked(results: Path) -> None:
    files = {name: (results / name).read_bytes() for name in ("entities.csv", "sentences.csv")}
    found = placed(explored(files))
    with (results / "entities.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(found) >= sum(1 for _ in csv.DictReader(stream)) > 0
    assert [(marked, text) for marked, text, _ in found if marked != text] == []


def explored(files: dict[str, bytes]) -> Explorer:
    """Explore a document of which these files stand in the folder of a run."""
    row = {"doc_id": "d", "reference_date": None, "characters": 99_999, "source": {}, "files": [*files]}
    return explorer({"documents": [row]}, lambda _, name: files.get(name))


def tables(sentence: dict[str, str], mentions: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Tables as a run writes them: a sentence ``s``, and of each mention its text and its start."""
    rows = [{"label": "ORG", "sentence_id": "s", "surface": text, "start": start} for text, start in mentions]
    both = {"entities": rows, "sentences": [{"sentence_id": "s", **sentence}]}
    return {
        f"{name}.csv": csv_text(
            columns(name), ([r.get(c, "") for c in columns(name)] for r in found)
        ).encode()
        for name, found in both.items()
    }


@pytest.mark.parametrize("head", ["", "- ", "'=", "''- ", "=", "'"])
def test_a_mention_is_marked_where_it_stands(head: str) -> None:
    """A name in a longer one before it, twice, across a line break, or not at all; whatever the text begins with."""
    raw = f"{head}港湾\n庁令で港湾庁は港湾\n庁と"
    text, size = raw.replace("\n", ""), len(head)
    places = (("港湾庁", size + 6), ("港湾庁", size + 10), ("海洋庁", size + 10))
    files = tables(
        {"text": raw, "surface": text, "start": "100"}, [(word, str(at + 100)) for word, at in places]
    )
    page = explored(files)
    assert page.sentences == [text]
    wanted = [("港湾庁", "港湾庁", size + 5), ("港湾庁", "港湾庁", size + 9), ("", "海洋庁", -1)]
    assert placed(page) == wanted


@pytest.mark.parametrize(("text", "at"), [("外務省は外務省と", -1), ("- 外務省と", 2)])
@pytest.mark.parametrize("start", ["", "x", "9" * 5000])
def test_a_mention_whose_place_somebody_took_away_is_not_guessed(text: str, at: int, start: str) -> None:
    files = tables({"text": text, "surface": text, "start": "0"}, [("外務省", start)])
    assert [one[2] for one in placed(explored(files))] == [at]


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
    entity |= {"label": "ORG", "surface": "</script><b>", "sentence_id": "s", "start": "1"}
    text = "x</script><b>"
    sentence = {"sentence_id": "s", "text": text, "surface": text, "start": "0", "section": ""}
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

    def test_official_names_over_time_lead_to_each_other(self, page: Page, tmp_path: Path) -> None:
        """By the registry, with the days; a title that it does not have, by the id of the act."""
        rows = [
            *(("ORG", name, "") for name in ("運輸省", "国土交通省", "運輸省")),
            *(("LAW", name, "1") for name in ("旧みなと法", "みなと法")),
            ("ORG", "みなとの会", ""),
        ]
        text = "".join(name for _, name, _ in rows)
        names = (
            {"label": label, "surface": name, "norm": name, "law_id": act, "sentence_id": "s", "start": str(text.index(name))}
            for label, name, act in rows
        )  # fmt: skip
        made, other = Explorer(), ("article", "paragraph", "item", "kind", "start_date", "end_date")
        sentence = {"sentence_id": "s", "text": text, "surface": text, "start": "0", "section": ""}
        row = {"doc_id": "d", "reference_date": None, "characters": 1}
        made.add(row, [dict.fromkeys(other, "") | name for name in names], [sentence])
        (tmp_path / "explore.html").write_text(made.html(), encoding="utf-8")
        page.goto((tmp_path / "explore.html").as_uri() + "#name=1")
        over = page.locator("#over tbody tr")
        expect(over.last).to_have_text("国土交通省2001-01-06現在1")
        assert "運輸省\t1945-05-19\t2001-01-05\t2" in over.all_inner_texts()
        page.locator("#over").get_by_role("button", name="運輸省").click()
        expect(page.locator("#main h2:not(.part)")).to_have_text("運輸省")
        page.evaluate("() => { location.hash = 'name=3'; }")
        expect(page.locator("#main h2:not(.part)")).to_have_text("みなと法")
        assert over.all_inner_texts() == ["旧みなと法\t?\t?\t1", "みなと法\t?\t?\t1"]
        page.evaluate("() => { location.hash = 'name=4'; }")
        expect(page.locator("#main h2:not(.part)")).to_have_text("みなとの会")
        expect(page.locator("#over")).to_have_count(0)

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
        page.get_by_label("2020–2029: ").click()
        expect(page.locator("#main tbody")).to_contain_text("2021")

    def test_a_bar_of_a_year_leads_to_what_was_said_of_that_year(self, page: Page) -> None:
        """It is not the year of the document."""
        page.evaluate("() => { location.hash = 'dates'; }")
        for key in ("decade=2020", "year=2020"):
            page.locator(f"[data-focus='{key}']").focus()
            page.keyboard.press("Enter")
            expect(page.locator(f"[data-focus='{key}']")).to_have_attribute("aria-pressed", "true")
            expect(page.locator(f"[data-focus='{key}']")).to_be_focused()
        assert page.locator("#main tbody tr").all_inner_texts() == ["2020\t1"]
        page.locator("#names button").nth(1).focus()
        page.keyboard.press("Enter")
        expect(page.locator("#names button").nth(1)).to_be_focused()
        page.locator("#language").click()
        expect(page.locator("#language")).to_have_attribute("lang", "ja")

    def test_what_is_named_just_so_comes_first(self, page: Page, tmp_path: Path) -> None:
        """However many longer names are more frequent."""
        words = [f"港湾局{n}" for n in range(LISTED + 1) for _ in range(2)] + ["港湾局"]
        text = "".join(words)
        places = [(word, str(len("".join(words[:n])))) for n, word in enumerate(words)]
        made = explored(tables({"text": text, "surface": text, "start": "0"}, places))
        (tmp_path / "explore.html").write_text(made.html(), encoding="utf-8")
        page.goto((tmp_path / "explore.html").as_uri())
        page.locator("#search").fill("港湾局")
        page.keyboard.press("Enter")
        expect(page.locator("#main h2:not(.part)")).to_have_text("港湾局")
        expect(page.locator("#names li")).to_have_count(LISTED)
        expect(page.locator("#found")).to_have_text(f"{LISTED + 2} 件の名前")

    def test_one_mention_in_one_year_is_told_so(self, page: Page, tmp_path: Path) -> None:
        made = explored(tables({"text": "港湾局", "surface": "港湾局", "start": "0"}, [("港湾局", "0")]))
        (tmp_path / "explore.html").write_text(made.html(), encoding="utf-8")
        page.goto((tmp_path / "explore.html").as_uri())
        expect(page.get_by_text("同じ文にほかの名前はありません。")).to_be_visible()
        page.locator("#language").click()
        expect(page.locator("#found")).to_have_text("1 name")
        expect(page.locator("#main .hint").filter(has_text="1 mention")).to_have_text(
            re.compile("^1 mention · 1 document · [^–]+$")
        )

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
