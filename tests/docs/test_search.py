"""The search of the site: English by its stems, Japanese by each two characters, in the index and in the browser alike."""

from __future__ import annotations

import json
import runpy
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import ROOT
from tests.report.test_browser import CHROMIUM, SWITCHES

CONF = runpy.run_path(str(ROOT / "docs/conf.py"))
SEARCH: Any = CONF["Both"]({})
QUERIES = (
    "防衛省", "法律", "独自の名称を使う", "法人番号を付ける", "GiNZAの固有表現", "confidence of laws", "entities.csv", "13（平成25）年",
    "々", "基準日 reference date", "クラスター", "",
)  # fmt: skip


def test_each_two_characters_of_japanese_are_looked_up() -> None:
    assert CONF["html_search_language"] == SEARCH.lang
    assert SEARCH.split("独自の名称 of one's own") == [
        "独自",
        "自の",
        "の名",
        "名称",
        "of",
        "one",
        "s",
        "own",
    ]
    found = set(SEARCH.split((ROOT / "docs/ja/howto/own_names.md").read_text(encoding="utf-8")))
    for words in ("法律", "登録簿", "防衛省"):
        assert set(SEARCH.split(words)) <= found
    assert SEARCH.stem("Organizations") == SEARCH.stem("organization")


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium: 'apt-get install chromium fonts-noto-cjk' runs these"
)
def test_the_browser_parts_a_query_as_the_index_was_parted() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        told = f"{SEARCH.js_splitter_code}; return {json.dumps(QUERIES)}.map(splitQuery);"
        parted = browser.new_page().evaluate(f"() => {{ {told} }}")
        browser.close()
    assert parted == [SEARCH.split(query) for query in QUERIES]
