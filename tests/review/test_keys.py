"""Judging by keys in a real browser: how many it takes, under input methods, and that none is lost."""

# ruff: noqa: F811 - fixtures of other tests are imported by their names

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pipeline.document.document import Document
from pipeline.model.nearly import NearlyFound
from pipeline.model.page import Block
from pipeline.report import render
from tests.report.test_browser import browser, opens, page, pytestmark  # noqa: F401 - fixtures
from tests.report.test_report import build, mention

LINE = "青葉省は2013年に会議所を設け、若葉委員会と話した。\n"
Opens = Callable[[str], Page]


def document(lines: int = 3) -> Document:
    """Each line has a ministry (sure), a year (less sure in later lines) and two candidates."""
    found, near, raw = [], [], LINE * lines
    for n in range(lines):
        at = n * len(LINE)
        found += [
            mention(raw, at, at + 3, entity_id=f"o{n}", confidence=0.99),
            mention(raw, at + 4, at + 9, "DATE", entity_id=f"d{n}", norm="2013", value="2013", confidence=0.9 - n / 100),
        ]  # fmt: skip
        for k, (word, likely) in enumerate((("会議所", 0.3), ("若葉委員会", 0.05))):
            start = at + LINE.index(word)
            end = start + len(word)
            near.append(
                NearlyFound("d", f"c{2 * n + k}", "ORG", start, end, word, word, "", likely, "weak_head", (), "s", "head")
            )  # fmt: skip
    blocks = [Block(f"b{n}", "paragraph", n * len(LINE), (n + 1) * len(LINE) - 1) for n in range(lines)]
    return replace(build(raw, blocks, found), candidates=tuple(near))


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def log(page: Page) -> list[dict[str, Any]]:
    """What the page has kept of the reader's judgements."""
    kept = page.evaluate(
        "() => Object.entries(localStorage).find(([key]) => key.includes(':log:'))?.[1] ?? '[]'"
    )
    return list(json.loads(kept))


def said(page: Page) -> list[tuple[str, str]]:
    return [(entry["action"], entry["text"]) for entry in log(page)]


def chosen(page: Page) -> str:
    return page.locator("mark.chosen").first.get_attribute("data-id") or ""


def test_fifty_judgements_take_few_keys(opens: Opens) -> None:
    page = opens(render(document(14)))
    keys = ["q"] + ["a", "x", ".", "a", "Period"] * 10
    press(page, " ".join(keys))
    assert len(log(page)) == 50
    assert len(keys) <= 55
    expect(page.locator("#judged")).to_contain_text("56件中50件を判定")
    first = [entry["text"] for entry in log(page)[:14]]
    assert set(first) == {"会議所"}, "the least certain come first"
    years = [entry["at_start"] for entry in log(page)[14:28]]
    assert years == sorted(years, reverse=True), "the later, the less certain"


def test_a_key_is_its_place_on_the_keyboard(opens: Opens) -> None:
    """Under an input method, Caps Lock, or another layout."""
    page = opens(render(document()))
    session = page.context.new_cdp_session(page)
    press(page, "j")
    for key, number in (("Process", 229), ("A", 65), ("ち", 65), ("ф", 65), ("q", 81)):
        for kind in ("keyDown", "keyUp"):
            sent = {"type": kind, "code": "KeyA", "key": key, "windowsVirtualKeyCode": number}
            session.send("Input.dispatchKeyEvent", sent)
    assert [action for action, _ in said(page)] == ["accept", "accept", "add", "add", "accept"]


def test_what_an_input_method_takes_is_left_to_it(opens: Opens) -> None:
    page = opens(render(document()))
    press(page, "/")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "あおば", "selectionStart": 3, "selectionEnd": 3})
    for key in ("Enter", "Escape"):
        session.send(
            "Input.dispatchKeyEvent",
            {"type": "rawKeyDown", "code": key, "key": "Process", "windowsVirtualKeyCode": 229},
        )
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("あおば")
    assert page.locator("mark.chosen").count() == 0


def test_enter_in_the_search_leads_to_what_was_found(opens: Opens) -> None:
    """The next key judges, and is no letter of the search."""
    page = opens(render(document()))
    press(page, "/")
    page.keyboard.type("若葉")
    press(page, "Enter x")
    assert said(page) == [("reject", "若葉委員会")]
    expect(page.locator("#search")).to_have_value("若葉")


def test_no_key_is_lost(opens: Opens) -> None:
    """What the page keeps after random keys is what a reader would count."""
    page = opens(render(document()))
    ids = [mark.get_attribute("data-id") for mark in page.locator("#text mark:not(.more)").all()]
    here, last = -1, ""
    judged: dict[int, str] = {}
    past: list[tuple[int, str | None]] = []
    expected: list[tuple[str, int]] = []

    def step(by: int, among: list[int]) -> int:
        ahead = [at for at in among if (at > here if by > 0 else at < here)]
        return (ahead or among)[0 if by > 0 else -1] if among else here

    def of(at: int, action: str) -> str:
        return "add" if action == "accept" and (ids[at] or "").startswith("c") else action

    keys = random.Random(20261129).choices("j k n a x . u".split(), (3, 2, 2, 5, 4, 2, 2), k=150)
    press(page, " ".join(keys))
    for key in keys:
        left = [at for at in range(len(ids)) if at not in judged]
        if key in "jk":
            here = step(1 if key == "j" else -1, list(range(len(ids))))
        elif key == "n":
            here = step(1, left)
        elif key == "u":
            if past:
                here, before = past.pop()
                expected += [("undo", here), *([(before, here)] if before else [])]
                judged = {k: v for k, v in judged.items() if k != here} | ({here: before} if before else {})
        else:
            action = {"a": "accept", "x": "reject"}.get(key, last)
            if here >= 0 and action:
                last = action
                past.append((here, judged.get(here)))
                judged[here] = of(here, action)
                expected.append((judged[here], here))
                here = step(1, [at for at in left if at != here])
    places = page.locator("#text mark:not(.more)").all_text_contents()
    assert [(action, text) for action, text in said(page)] == [(a, places[at]) for a, at in expected]
    assert chosen(page) == ids[here]


def test_a_missed_mention_is_added_without_a_mouse(opens: Opens) -> None:
    page = opens(render(document(1)))
    press(
        page, "j s ArrowRight ArrowRight ArrowRight Shift+ArrowRight Alt+Shift+ArrowRight Alt+Shift+ArrowLeft"
    )
    expect(page.locator("#selection bdi")).to_have_text("2013年")
    press(
        page,
        "ArrowDown Escape s ArrowRight Alt+ArrowRight Shift+ArrowRight Shift+ArrowRight Shift+ArrowDown 1",
    )
    assert said(page)[-1][0] == "add"
    assert LINE[log(page)[-1]["start"] : log(page)[-1]["end"]] == log(page)[-1]["text"]
    press(page, "e")
    page.keyboard.type("委員会")
    press(page, "Enter")
    assert log(page)[-1]["norm"].endswith("委員会")
    before = len(log(page))
    press(page, "x x")
    assert said(page)[before:] == [("reject", "会議所"), ("reject", "若葉委員会")]
    assert (chosen(page), page.locator("#judge [name=norm]").input_value()) == ("o0", "青葉省")


def test_borders_move_by_morpheme_and_by_character(opens: Opens) -> None:
    page = opens(render(document(1)))
    press(
        page,
        "j j Shift+ArrowLeft Shift+ArrowRight Alt+Shift+ArrowRight Alt+Shift+ArrowUp Shift+ArrowDown Enter",
    )
    assert log(page)[-1]["text"] == "2013年に"
    assert (log(page)[-1]["action"], log(page)[-1]["norm"]) == ("change", "2013")
    assert page.locator("mark.fresh").all_text_contents() == ["2013年", "に"]
    press(page, "3")
    assert (log(page)[-1]["label"], log(page)[-1]["text"]) == ("LAW", "2013年に")
    press(page, "u u")
    assert page.locator("mark.fresh").count() == 0
    press(page, "k Alt+Shift+ArrowLeft Enter")
    assert (log(page)[-1]["text"], log(page)[-1]["norm"]) == ("青葉", "青葉")


def test_candidates_are_taken_in_and_left_out(opens: Opens) -> None:
    page = opens(render(document()))
    mark = page.locator("#mention-c0")
    expect(mark).to_have_class("near label-ORG")
    assert page.locator("#text").evaluate("text => text.textContent") == LINE * 3
    page.locator(".tiles button", has_text="候補").click()
    expect(page.locator("#detail h2")).to_have_text("会議所")
    expect(page.locator("#judge [name=accept]")).to_have_text("採る（a）")
    press(page, "a x")
    assert said(page) == [("add", "会議所"), ("reject", "若葉委員会")]
    assert log(page)[0]["norm"] == "会議所"
    assert "j-add" in (mark.get_attribute("class") or "")
    expect(page.locator("#judged")).to_contain_text("12件中2件を判定。誤り1件")
    press(page, "u u")
    press(page, "k j Shift+ArrowLeft Enter")
    assert (log(page)[-1]["action"], log(page)[-1]["text"], log(page)[-1]["norm"]) == ("add", "会議", "会議")
    press(page, "u")
    expect(page.locator("#judged")).to_contain_text("12件中0件を判定。誤り0件")


def test_same_name_same_verdict(opens: Opens) -> None:
    page = opens(render(document()))
    press(page, "j j x k k g")
    expect(page.locator("#same-text")).to_have_text("次の判定を、同じ名前の3件すべてに適用します。")
    expect(page.locator("mark.same")).to_have_count(3)
    press(page, "a")
    assert said(page)[1:] == [("accept", "青葉省")] * 3
    assert len({entry["when"] for entry in log(page)}) == 2
    page.reload()
    press(page, "u")
    assert said(page)[4:] == [("undo", "青葉省")] * 3
    press(page, "u u")
    assert said(page)[7:] == [("undo", "2013年")]
    expect(page.locator("#undo")).to_be_disabled()


def test_the_time_of_work_is_told_without_pauses(opens: Opens) -> None:
    page = opens(render(document()))
    press(page, "j a a a")
    page.evaluate("""() => {
        const key = Object.keys(localStorage).find((one) => one.includes(":log:"));
        const log = JSON.parse(localStorage.getItem(key));
        ["10:00:00", "10:03:00", "11:00:00"].forEach((time, n) => { log[n].when = `2026-11-29T${time}.000Z`; });
        localStorage.setItem(key, JSON.stringify(log));
    }""")
    page.reload()
    expect(page.locator("#judged")).to_contain_text("件中3件を判定")
    expect(page.locator("#judged")).to_contain_text("作業時間3分")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_of_keys_can_be_read_by_all(opens: Opens, scheme: Literal["light", "dark"]) -> None:
    page = opens(render(document(2)))
    page.emulate_media(color_scheme=scheme)
    press(page, "j g Shift+?")
    expect(page.locator("#keys")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [v["nodes"][0]["html"] for v in found if v["impact"] in ("serious", "critical")] == []
    press(page, "?")
    expect(page.locator("#keys")).to_be_hidden()
    press(page, "a")
    assert said(page) == [("accept", "青葉省")] * 2
