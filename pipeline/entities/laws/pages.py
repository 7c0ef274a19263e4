"""Where a law can be read today, and whether what stands there may differ from what a text cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.registry import LISTED_ON

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.laws.locators import Locators
    from pipeline.entities.laws.registry import Instrument

EGOV = "https://laws.e-gov.go.jp"
PAGE = f"{EGOV}/law/"


def text_may_differ(instrument: Instrument, locators: Locators, reference: date | None) -> bool:
    """Whether a place cited on ``reference`` may be another one in today's text: articles and items move.

    A law that is known to be unamended since then has not changed; of others nobody can say so.
    """
    if not instrument.law_id or not locators.article or reference is None:
        return False
    if instrument.title_on(reference) != instrument.title:
        return True
    return reference < (instrument.amended or LISTED_ON)


def url(instrument: Instrument, locators: Locators, *, differs: bool) -> str:
    """Return the page of the law on e-Gov, ``""`` without a LawID.

    The anchor of an article is there only where it is known to land: on a page without chapters (the anchors
    of others
    hold their part, chapter and section), for one place, in a text that has not changed.
    """
    if not instrument.law_id:
        return ""
    page = PAGE + instrument.law_id
    places = (locators.article, locators.paragraph, locators.item)
    single = len(locators.article) == 1 and all(len(place) <= 1 for place in places)
    if not instrument.flat or differs or not single or "-" in "".join(map("".join, places)):
        return page
    parts = zip(("At", "Pr", "It"), places, strict=True)
    return f"{page}#Mp-" + "-".join(f"{part}_{place[0]}" for part, place in parts if place)
