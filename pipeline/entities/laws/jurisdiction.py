"""Whose law a sentence speaks of: 韓国の個人情報保護法 is no Japanese law, whatever the registry knows."""

from __future__ import annotations

from pipeline.facts import column, rows
from pipeline.model.rule import Rule

# A sentence may also speak of Japan, or of what only Japanese authorities do.
DOMESTIC = "我が国|わが国|日本|国内|政府|[総法外財文厚農経国環防][^、。]{0,6}省|警察庁|公正取引委員会"
OTHERS = column("law_words.csv", "word", "list", "other_state")
# 米著作権法, 仏民法: letters that stand for a country (not 日米).
LETTERS = r"(?<![一-龥])[米英仏独伊豪加露韓]"
LETTER = Rule(
    "letter_of_a_state",
    "[米英仏独伊豪加露韓中](?=[一-龥])",
    reads=("⟦仏⟧民法典",),
    leaves=("国民法典",),
)
STATE = r"[ァ-ヶー]{3,12}(?:州|共和国|王国)"


_NAMES = {row["short"] for row in rows("countries.csv") if row["iso"] != "JP" and len(row["short"]) > 1}
_PLACE = rf"(?:{'|'.join(sorted({*_NAMES, *OTHERS}, key=lambda name: (-len(name), name)))}|{STATE})"
BESIDE = Rule(
    "state_before_a_law",
    rf"(?:{_PLACE}|{LETTERS})(?:政府|議会|連邦)?の?(?:改正|新|旧)?(?:(?:1[89]|20)\d\d年)?「?$",
    reads=("韓国の", "欧米諸国の「", "仏"),
    leaves=("我が国の", "日米"),
)
# カナダの個人情報保護及び｜電子文書法: the name of another state's law, of which a Japanese one is the end.
LONGER = Rule(
    "longer_law_of_a_state",
    rf"{_PLACE}の[一-龥ァ-ヶー]{{2,16}}(?:及び|並びに|又は|・)$",
    reads=("カナダの個人情報保護及び",),
    leaves=("我が国の保護及び", "カナダの保護を"),
)
TOPIC = Rule(
    "state_that_a_sentence_speaks_of",
    rf"(?P<foreign>{_PLACE}(?:政府|議会|連邦議会)?(?:では|においては?|は|も))|(?P<home>{DOMESTIC})",
    reads=("韓国では、", "我が国"),
    leaves=("韓国と", "韓国には"),
)
# ガーナには｜憲法がある says whose law it is; 中国には｜輸出貿易管理令に基づき許可しない does not. The reach is 決め打ち.
WHERE_IT_IS = Rule(
    "state_that_has_a_law",
    rf"{_PLACE}には[^、。がをにのは]{{0,12}}$",
    reads=("ガーナには", "ガーナには民法と"),
    leaves=("ガーナでは", "韓国には規制があり"),
)
IT_IS_THERE = Rule(
    "law_that_a_state_has",
    "[^、。がをにのは]{1,24}が(?:あ[るりっ]|な[いかく]|存在)",
    reads=("⟦憲法がある⟧", "⟦憲法と民法が存在⟧する"),
    leaves=("⟦輸出貿易管理令に基づき許可がない", "⟦民法の適用がない"),
)


def adjacent(text: str, start: int) -> bool:
    """Whether another state stands right before ``start``, or owns what begins there: 韓国の."""
    return BESIDE.search(text, max(0, start - 24), start) is not None


def foreign(text: str, start: int) -> bool:
    """Whether the law whose name begins at ``start`` of ``text`` is one of another country.

    >>> foreign("韓国では、電気通信事業法を", 5), foreign("米国と協議し、外為法を", 7)
    (True, False)
    """
    if adjacent(text, start) or LONGER.search(text, max(0, start - 32), start):
        return True
    if IT_IS_THERE.match(text, start) and WHERE_IT_IS.search(text, max(0, start - 40), start):
        return True
    topics = [match.lastgroup for match in TOPIC.finditer(text, max(0, start - 120), start)]
    return bool(topics) and topics[-1] == "foreign"
