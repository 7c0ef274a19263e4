"""``make screenshots``: the pictures of the documentation, docs/pictures/*.png, taken of the chapter and the samples in Chromium.

    python -m tools.screenshots

Look at them before you commit them. Chromium: ``CHROMIUM``, else the one on the path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tools.gold_sets import CORPUS, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PICTURES = ROOT / "docs/pictures"
DESK = (1280, 800)  # CSS pixels


def report(page: Page) -> None:
    """Choose a mention, so that the panel says what is known of it."""
    page.locator("#text mark.label-LAW").first.click()
    page.locator("#facts").wait_for()


def organizations(page: Page) -> None:
    """Look at the table of the bodies."""
    page.locator("#tab-ORG").click()
    page.locator("#view-ORG table").first.wait_for()


def charts(page: Page) -> None:
    """Look at the charts."""
    page.locator("#tab-charts").click()
    page.locator("#view-charts svg").first.wait_for()


def explorer(page: Page) -> None:
    """Look at a body that many of the texts name."""
    page.locator("#search").fill("外務省")
    page.keyboard.press("Enter")
    page.locator(".kwic tbody tr").first.wait_for()


SHOTS: dict[str, tuple[str, tuple[int, int], str, Callable[[Page], None]]] = {
    "report": ("defense_white_paper_*/report.html", DESK, "light", report),
    "organizations": ("defense_white_paper_*/report.html", DESK, "light", organizations),
    "charts": ("defense_white_paper_*/report.html", DESK, "light", charts),
    "explorer": ("explore.html", DESK, "light", explorer),
}


def main() -> None:
    """Run the chapter and the samples, open its pages, and write the pictures."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("screenshots need Chromium: apt-get install chromium fonts-noto-cjk, or set CHROMIUM")
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as work, sync_playwright() as playwright:
        for words in (
            ["run", str(CORPUS), str(CORPUS / "samples"), "-o", work, "--analyzer", "sudachi", "-q"],
            ["explore", work],
        ):
            subprocess.run([sys.executable, "-m", "pipeline", *words], check=True, cwd=ROOT)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (pattern, (width, height), scheme, prepare) in SHOTS.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme, locale="ja-JP"
            )
            page.goto(next(Path(work).glob(pattern)).as_uri())
            prepare(page)
            page.wait_for_timeout(300)  # until the panel has moved
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()
    print(f"{len(SHOTS)} pictures in {PICTURES.relative_to(ROOT)}: look at them")


if __name__ == "__main__":
    main()
