"""Whose law a sentence speaks of: 韓国の個人情報保護法 is no Japanese law, whatever the registry knows."""

from __future__ import annotations

from pipeline.entities.laws.pattern_words import any_of
from pipeline.facts import column, rows
from pipeline.model.rule import Rule

# A sentence may also speak of Japan, or of what only Japanese authorities do.
DOMESTIC = rf"{any_of('home')}|[総法外財文厚農経国環防][^、。]{{0,6}}省"
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
PLACE = rf"(?:{'|'.join(sorted({*_NAMES, *OTHERS}, key=lambda name: (-len(name), name)))}|{STATE})"
# 外国の, 本国の: a kind of states that owns what stands behind it (外国の刑法), and no more of the sentence.
_OF_A_KIND = "|".join(column("law_words.csv", "word", "list", "kind_of_state"))
BESIDE = Rule(
    "state_before_a_law",
    rf"(?:{PLACE}|{LETTERS}|(?<!日)(?:{_OF_A_KIND})(?=の))(?:政府|議会|連邦)?の?(?:改正|新|旧)?"
    rf"(?:(?:1[89]|20)\d\d年)?[「『]?$",
    reads=("韓国の", "欧米諸国の「", "韓国の『", "仏", "外国の"),
    leaves=("我が国の", "日米", "外国", "日本国の"),
)
# カナダの個人情報保護及び｜電子文書法: the name of another state's law, of which a Japanese one is the end.
LONGER = Rule(
    "longer_law_of_a_state",
    rf"{PLACE}の[一-龥ァ-ヶー]{{2,16}}(?:及び|並びに|又は|・)$",
    reads=("カナダの個人情報保護及び",),
    leaves=("我が国の保護及び", "カナダの保護を"),
)
# 韓国憲法裁判所は: a state's court speaks of its law.
_COURTS = "(?:連邦)?(?:憲法|最高)裁判所"
# 台湾の司法院大法官会議は, 中国の全人代では: who makes and reads the law of a state.
_BODY = rf"の[^、。「」のをはが]{{0,12}}(?:{any_of('body_of_a_state')})(?!議?員)[^、。「」のをはが]{{0,16}}(?:では|は|が|において)"
# 台湾：労働基準法54条の改正
_HEADING = rf"(?<![一-龥ァ-ヶー]){PLACE}[：:]"
TOPIC = Rule(
    "state_that_a_sentence_speaks_of",
    rf"(?P<foreign>{PLACE}(?:政府|議会|連邦議会|{_COURTS})?(?:では|においては?|(?P<target>に[はも])|は|も)"
    rf"|{PLACE}{_BODY}|{_HEADING})|(?P<home>{DOMESTIC})",
    reads=("韓国では、", "韓国には", "⟦韓国憲法裁判所は⟧", "⟦韓国の国会では⟧", "⟦韓国：⟧", "我が国"),
    leaves=("韓国と", "韓国の企業は", "韓国の国会議員が", "対韓国："),
)
# 北朝鮮には｜外為法に基づき送金が規制されている speaks of a Japanese law; 韓国には｜放送法に基づく規制がある does not.
# The reach is 決め打ち.
APPLIED = Rule(
    "law_that_is_applied_to_a_state",
    "[^、。がをは]{1,60}?(?<=[法令則律条項号）」])(?:に基づき|により|の規制が|上の?)"
    "[^。]{0,40}?(?:許可|輸出|送金|規制|適用)(?![^。]{0,20}(?:[がは](?:あ[るりっ]|存在|い[るなま])|設け|置[かい]|定め))",
    reads=("⟦外為法に基づき送金⟧が", "⟦外為法の規制が適用⟧される"),
    leaves=("⟦民法の適用がない", "⟦放送法により規制が設けられ", "⟦特許法があり、外為法に基づき輸出"),
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
    topics = list(TOPIC.finditer(text, max(0, start - 120), start))
    if not topics or topics[-1]["foreign"] is None:
        return False
    return topics[-1]["target"] is None or APPLIED.match(text, start) is None
