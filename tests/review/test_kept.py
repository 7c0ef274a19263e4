"""What a reader judges lands on what is seen, and is kept: on selections, refusals, several tabs, a full browser."""

# ruff: noqa: F811 - fixtures of other tests are imported by their names

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from pipeline.model.page import Block
from pipeline.report import Service, render
from pipeline.runs.reports import hold_against
from pipeline.scoring.gold import GoldMention
from tests.report.test_browser import browser, opens, page, pytestmark, select  # noqa: F401 - fixtures
from tests.report.test_report import build, mention
from tests.review.test_keys import LINE, Opens, chosen, document, log, press, said


def test_a_border_that_cannot_move_selects_nothing(opens: Opens) -> None:
    """At the end of a cell there is nowhere to go; the next mention must not get this one's span."""
    page = opens(render(document(2)))
    page.locator("#mention-o1").click()
    press(page, "Shift+ArrowUp a Enter")
    assert said(page) == [("accept", "青葉省")]
    press(page, "j Shift+ArrowRight")
    page.locator("#mention-d1").click()
    press(page, "Enter 2")
    assert {entry["at_start"] for entry in log(page)[1:]} <= {len(LINE) + 4}
    assert {entry["text"] for entry in log(page)[1:]} <= {"2013年"}


def test_a_selection_ends_where_another_mention_is_chosen(opens: Opens) -> None:
    page = opens(render(document(1)))
    select(page, "設け")
    expect(page.locator("#selection")).to_be_visible()
    page.locator("#mention-o0").click()
    press(page, "2")
    assert [(entry["action"], entry["text"], entry["label"]) for entry in log(page)] == [
        ("change", "青葉省", "DATE")
    ]


def test_a_selection_that_a_click_takes_away_is_none(opens: Opens) -> None:
    page = opens(render(document(1)))
    select(page, "設け")
    expect(page.locator("#selection")).to_be_visible()
    page.get_by_text("と話した").click()
    expect(page.locator("#selection")).to_be_hidden()
    press(page, "2")
    assert log(page) == []


ADDRESS = "http://127.0.0.1:9/d/report.html"  # nothing listens there: the test answers in its stead
Answer = Callable[[int, dict[str, object]], dict[str, object]]


def served(page: Page, answer: Answer) -> None:
    """Open a page of which ``answer`` plays the server, told the number of the request and what is sent."""
    posts = 0

    def handle(route: Route) -> None:
        nonlocal posts
        if route.request.method == "GET":
            html = render(document(1), service=Service("/d/report.html", "山田", {"version": 0, "log": []}))
            route.fulfill(content_type="text/html; charset=utf-8", body=html)
            return
        posts += 1
        route.fulfill(**answer(posts, json.loads(route.request.post_data or "")))  # type: ignore[arg-type]

    page.route(ADDRESS, handle)
    page.goto(ADDRESS)


def kept(sent: dict[str, object]) -> dict[str, object]:
    return {"json": {"version": int(str(sent["since"])) + 1, "log": [], "theirs": []}}


def downloaded(page: Page) -> str:
    with page.expect_download() as download:
        page.locator("#download").click()
    return download.value.path().read_text(encoding="utf-8")


def test_an_answer_that_is_no_json_stops_nothing(page: Page) -> None:
    sent: list[dict[str, object]] = []

    def answer(n: int, body: dict[str, object]) -> dict[str, object]:
        sent.append(body)
        return {"status": 422, "body": "Invalid request"} if n == 1 else kept(body)

    served(page, answer)
    press(page, "j a")
    expect(page.locator("#conflict")).to_contain_text("422 Invalid request")
    press(page, "x")
    expect(page.locator("#saved")).to_have_text("保存しました")
    assert len(sent) == 2


def test_a_refusal_leaves_what_was_kept_before(page: Page) -> None:
    refused = {"status": 422, "json": {"error": "of another text"}}
    served(page, lambda n, body: refused if n == 2 else kept(body))
    press(page, "j a k")
    expect(page.locator("#saved")).to_have_text("保存しました")
    assert chosen(page) == "o0"
    press(page, "x")
    expect(page.locator("#conflict")).to_contain_text("of another text")
    expect(page.locator("#mention-o0")).to_have_class(re.compile("j-accept"))
    text = downloaded(page)
    assert text.count(",accept,") == 1
    assert ",undo," not in text
    assert ",reject," not in text
    press(page, "u")
    expect(page.locator("#mention-o0")).not_to_have_class(re.compile("j-"))


def test_a_clash_shows_theirs_and_keeps_ones_own_later_words(page: Page) -> None:
    def answer(n: int, body: dict[str, object]) -> dict[str, object]:
        if n != 2:
            return kept(body)
        same = dict(body["same"])  # type: ignore[call-overload]
        other = {**same, "action": "accept", "who": "佐藤", "when": "2026-11-30T00:00:00.000Z"}
        return {"status": 409, "json": {"version": 2, "log": [other], "theirs": [other]}}

    served(page, answer)
    press(page, "j a j x")
    expect(page.locator("#conflict")).to_contain_text("佐藤")
    text = downloaded(page)
    assert (text.count(",accept,"), text.count(",reject,"), text.count(",undo,")) == (2, 0, 0)


def test_two_tabs_keep_what_both_say(opens: Opens) -> None:
    page = opens(render(document(1)))
    other = page.context.new_page()
    other.goto(page.url)
    press(page, "j a")
    press(other, "j j x")
    assert said(page) == [("accept", "青葉省"), ("reject", "2013年")]
    expect(page.locator("#mention-d0")).to_have_class(re.compile("j-reject"))
    press(page, "u")
    assert said(other)[2:] == [("undo", "青葉省")]


def test_a_full_browser_is_told_of(opens: Opens) -> None:
    page = opens(render(document(1)))
    press(page, "j a")
    expect(page.locator("#saved")).to_contain_text("このブラウザーに残ります")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    press(page, "a")
    expect(page.locator("#saved")).to_contain_text("閉じる前にCSVを保存")


def test_a_border_moves_only_over_the_same_text(opens: Opens) -> None:
    """With all of one name, and repeated: another word stands beside the third one."""
    raw = "青葉省は動く。\n青葉省は話す。\n青葉省が動く。\n"
    found = [mention(raw, at, at + 3, entity_id=f"o{n}") for n, at in enumerate((0, 8, 16))]
    page = opens(render(build(raw, [Block("b", "paragraph", 0, len(raw) - 1)], found)))
    press(page, "j g Alt+Shift+ArrowRight Enter")
    assert [(entry["at_start"], entry["text"]) for entry in log(page)] == [(0, "青葉省は"), (8, "青葉省は")]
    expect(page.locator("#conflict")).to_contain_text("1件には適用しませんでした")
    page.locator("#mention-o2").click()
    press(page, ".")
    assert len(log(page)) == 2


def test_what_the_gold_alone_has_counts_as_missed(opens: Opens) -> None:
    raw = "青葉省は動く。\n"
    gold = [GoldMention("d", "ORG", 0, 3, "青葉省", "青葉省")]
    page = opens(render(*hold_against(build(raw, [Block("b", "paragraph", 0, len(raw) - 1)], []), gold)))
    press(page, "j x")
    expect(page.locator("#judged")).to_contain_text("誤り0件")
    press(page, "a")
    expect(page.locator("#judged")).to_contain_text("誤り1件")


def test_what_is_undone_after_a_reload_is_what_was_judged_last(opens: Opens) -> None:
    """A judgement that says the same as one before it is no undo."""
    page = opens(render(document(1)))
    press(page, "j a k x k a k")
    page.reload()
    states = []
    for _ in range(3):
        press(page, "u")
        states.append(re.findall(r"j-\w+", page.locator("#mention-o0").get_attribute("class") or ""))
        page.reload()
    assert states == [["j-reject"], ["j-accept"], []]
    expect(page.locator("#undo")).to_be_disabled()
    assert [action for action, _ in said(page)[3:]] == ["undo", "reject", "undo", "accept", "undo"]


@pytest.mark.parametrize(("code", "key"), [("NumpadDecimal", "."), ("Period", "."), ("KeyU", "u")])
def test_a_key_that_is_held_down_judges_once(opens: Opens, code: str, key: str) -> None:
    page = opens(render(document(2)))
    press(page, "j a a a")
    session = page.context.new_cdp_session(page)
    for repeated in (False, True, True):
        sent = {"type": "keyDown", "code": code, "key": key, "text": key, "autoRepeat": repeated}
        session.send("Input.dispatchKeyEvent", sent)
    assert len(log(page)) == 4


def test_what_is_typed_and_given_up_is_not_saved(opens: Opens) -> None:
    page = opens(render(document(1)))
    press(page, "j e")
    page.keyboard.type("別の")
    press(page, "Escape 2 u a")
    judged = [(entry["action"], entry["label"], entry["norm"]) for entry in log(page)]
    assert judged == [("change", "DATE", ""), ("undo", "ORG", "青葉省"), ("accept", "ORG", "青葉省")]
    assert "別の" not in json.dumps(log(page), ensure_ascii=False)
