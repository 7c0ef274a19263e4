"""Two annotations side by side: what each choice says, and that it becomes the gold."""

# ruff: noqa: F811 - fixtures of other tests are imported by their names

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pipeline.review.annotations import Annotations
from pipeline.review.corrections import gold_csv
from pipeline.scoring.gold import GoldMention, read_gold
from tests.report.test_browser import browser, page, pytestmark  # noqa: F401 - fixtures
from tests.review.test_keys import press
from tests.review.test_serve import Client, client, finished_run, folder  # noqa: F401 - fixtures


@pytest.fixture
def second(client: Client, tmp_path: Path) -> list[GoldMention]:
    """Give the review two annotations that differ in four places, and return the second one."""
    run = client.review.annotations.base(client.review.document("d"))
    first = [m for m in run if m.text != "外務省"]
    changed = {"防衛省": {"norm": "旧防衛庁"}, "自衛隊法第3条": {"text": "自衛隊法", "article": ()}}
    second = [
        replace(m, **changed.get(m.text, {}), end=m.start + 4 if m.label == "LAW" else m.end)  # type: ignore[arg-type]
        for m in run
        if m.label != "DATE"
    ]
    for name, mentions in (("a", first), ("b", second)):
        (tmp_path / f"{name}.csv").write_text(gold_csv(mentions), encoding="utf-8")
    client.review.annotations = Annotations(tmp_path / "a.csv", tmp_path / "b.csv")
    return second


def golden(client: Client) -> dict[str, str]:
    return {m.text: m.norm or m.value for m in read_gold(client.review.folder / "d" / "gold.csv")}


def saved(page: Page, done: int) -> None:
    expect(page.locator("#judged")).to_have_text(f"4件中{done}件を裁定")
    expect(page.locator("#saved")).to_have_text("保存しました")


def opened(page: Page, client: Client) -> None:
    page.goto(client.review.address(client.port))
    page.locator("a", has_text="相違").click()
    expect(page.locator("#judged")).to_have_text("4件中0件を裁定")


def test_all_is_settled_by_keys(page: Page, client: Client, second: list[GoldMention]) -> None:
    opened(page, client)
    kinds = [row.get_attribute("data-kind") for row in page.locator("tr[data-n]").all()]
    assert kinds == ["norm", "missed", "boundary", "spurious"]
    press(page, "2 2 2 2")
    saved(page, 4)
    assert golden(client) == {m.text: m.norm for m in second}
    press(page, "u u")
    saved(page, 2)
    both = {"防衛省": "旧防衛庁", "𠮷野家": "吉野家"}
    assert golden(client) == both | {"自衛隊法第3条": "自衛隊法"}
    page.reload()
    expect(page.locator("#judged")).to_have_text("4件中2件を裁定")
    expect(page.locator("tr[data-n='2']")).to_be_focused()
    press(page, "x 1 k k 1")
    saved(page, 4)
    assert golden(client) == both | {"2013年": "2013"}
    assert [c.action for c in client.review.log("d")][-3:] == ["reject", "reject", "accept"]
    assert page.locator("[aria-pressed=true]").all_inner_texts() == [
        "B（2）",
        "A に従う（1）",
        "どちらでもない（x）",
        "A に従う（1）",
    ]


def test_what_the_document_page_said_stands_here(
    page: Page, client: Client, second: list[GoldMention]
) -> None:
    page.goto(f"{client.review.address(client.port)}".replace("/?", "/d/report.html?"))
    page.locator("mark", has_text="防衛省").click()
    page.keyboard.press("b")
    expect(page.locator("#saved")).to_have_text("保存しました")
    page.goto(f"http://127.0.0.1:{client.port}/differences")
    expect(page.locator("tr[data-n='0'] [aria-pressed=true]")).to_have_text("B（2）")
    expect(page.locator("#judged")).to_have_text("4件中1件を裁定")


def test_what_somebody_else_settled_first_is_shown(
    page: Page, client: Client, second: list[GoldMention]
) -> None:
    opened(page, client)
    other = page.context.new_page()
    other.goto(page.url)
    press(other, "1")
    saved(other, 1)
    press(page, "2")
    expect(page.locator("#saved")).to_contain_text("他の人が先に裁定しました")
    expect(page.locator("tr[data-n='0'] [aria-pressed=true]")).to_have_text("A（1）")
    assert [c.action for c in client.review.log("d")] == ["accept"]


def test_a_decision_that_was_not_saved_stays_named(
    page: Page, client: Client, second: list[GoldMention]
) -> None:
    opened(page, client)
    page.route("**/*", lambda route: route.fulfill(status=422, json={"error": "busy"}), times=1)
    pressed = 'document.body.dispatchEvent(new KeyboardEvent("keydown", { code: "Digit2", bubbles: true }))'
    page.evaluate(f"() => {{ {pressed}; {pressed}; }}")
    expect(page.locator("#judged")).to_have_text("4件中1件を裁定")
    expect(page.locator("#saved")).to_contain_text("保存できませんでした")
    press(page, "2")
    saved(page, 2)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_everybody_can_settle(
    page: Page, client: Client, second: list[GoldMention], width: int, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    opened(page, client)
    page.locator("tr[data-n='1'] [data-side=second]").click()
    saved(page, 1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()


def test_one_annotation_has_no_differences(client: Client) -> None:
    assert client.ask("/differences") == (404, "there is one annotation only: add --second\n")
    assert "/differences" not in client.ask("/")[1]
