"""Whose law a sentence speaks of: 韓国の個人情報保護法 is no Japanese law, whatever the registry knows."""

from __future__ import annotations

import re
from functools import cache

from pipeline.facts import rows

# A sentence may also speak of Japan, or of what only Japanese authorities do.
DOMESTIC = "我が国|わが国|日本|国内|政府|[総法外財文厚農経国環防][^、。]{0,6}省|警察庁|公正取引委員会"
OTHERS = ("EU", "欧州連合", "欧州", "連邦", "同国", "諸外国")
STATE = r"[ァ-ヶー]{3,12}(?:州|共和国|王国)"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = [row["short"] for row in rows("countries.csv") if row["iso"] != "JP" and len(row["short"]) > 1]
    country = "|".join(re.escape(name) for name in sorted({*names, *OTHERS}, key=len, reverse=True))
    place = rf"(?:{country}|{STATE})"
    adjacent = re.compile(rf"{place}(?:政府|議会|連邦)?の?(?:改正|新|旧)?(?:(?:1[89]|20)\d\d年)?「?$")
    at = "(?:政府|議会|連邦議会)?(?:では|においては?|は|も)"
    topic = re.compile(rf"(?P<foreign>{place}{at})|(?P<home>{DOMESTIC})")
    return adjacent, topic


def foreign(text: str, start: int) -> bool:
    """Whether the law whose name begins at ``start`` of ``text`` is one of another country.

    >>> foreign("韓国では、電気通信事業法を", 5), foreign("米国と協議し、外為法を", 7)
    (True, False)
    """
    adjacent, topic = _patterns()
    if adjacent.search(text, max(0, start - 24), start):
        return True
    topics = [match.lastgroup for match in topic.finditer(text, max(0, start - 120), start)]
    return bool(topics) and topics[-1] == "foreign"
