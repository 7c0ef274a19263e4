"""Agreements of universities, towns and firms, which are no law: 連携・協力の推進に関する基本協定."""

from __future__ import annotations

from pipeline.entities.laws.jurisdiction import PLACE
from pipeline.entities.laws.pattern_words import JOINER, any_of
from pipeline.facts import column
from pipeline.model.rule import Rule

# Agreements by what they are about; 協力に関する協定 alone may be a treaty.
PRIVATE = Rule(
    "private_agreement_by_its_subject",
    "(?:(?:包括)?連携(?:(?:及び|・|、)?協力)?(?:の推進)?|業務提携|共同研究|物資の供給)に(?:関する|係る|係わる)"
    "(?:包括|基本)?協定$|協力に関する(?:包括|基本)協定$",
    reads=("連携・協力の推進に関する基本協定", "協力に関する包括協定", "業務提携に関する協定"),
    leaves=("原子力の平和的利用における協力に関する協定", "連携に関する日本国とペルー共和国との間の協定"),
)
# 日本医師会倫理憲章, 東京大学憲章: charters of bodies that are no states.
PRIVATE_CHARTER = Rule(
    "charter_of_a_private_body",
    rf"(?:{any_of('body_of_a_charter')})|(?:{any_of('end_of_a_charter')})$",
    reads=("架空⟦大学⟧", "架空医⟦師会⟧倫理", "架空自動車企業⟦倫理⟧"),
    leaves=("欧州社会", "アフリカ連合", "上海協力機構"),
)
PARTIES = "|".join(column("law_words.csv", "word", "list", "private_party"))
# What binds a party to an agreement, in words: 市と, 両大学は, ペルー政府との.
_BINDS = rf"(?:政府|両国)?(?:間?[はがとの]|{JOINER}|・|、)"
PRIVATE_PARTY = Rule(
    "private_party_of_an_agreement",
    rf"(?:{PARTIES}){_BINDS}",
    reads=("両⟦大学は⟧", "青葉⟦市と⟧"),
    leaves=("両国は", "市場は", "国際社会は"),
)
STATE_PARTY = Rule(
    "state_that_is_party_to_an_agreement",
    rf"(?:両国|両政府|政府|日本|日EU|日[米英仏独伊加豪中韓朝露ソ印比越泰]|{PLACE}){_BINDS}",
    reads=("⟦両国は⟧", "⟦日EU間の⟧", "⟦ペルーと⟧"),
    leaves=("両大学は", "政府系"),
)
IN_FORCE = Rule(
    "agreement_that_states_bring_into_force",
    "」?[がをにの][^、。]{0,4}(?:署名|発効|批准|国会承認)",
    reads=("協定⟦が発効⟧した", "協定⟦」に署名⟧した"),
    leaves=("協定⟦を結んだ",),
)
LONGEST = 30  # 決め打ち
REACH = 80  # 決め打ち


def private_agreement(text: str, start: int, end: int) -> bool:
    """Whether the title at ``text[start:end]`` is that of an agreement or charter of others than states.

    >>> private_agreement("大学は、市と連携に関する協定に署名した", 6, 14)
    True
    >>> private_agreement("両国は、連携に関する協定に署名した", 4, 12)
    False
    """
    if text.endswith("憲章", start, end):
        return PRIVATE_CHARTER.search(text[start : end - len("憲章")]) is not None
    if not PRIVATE.search(text[max(start, end - LONGEST) : end]):
        return False
    before = text[max(0, start - REACH) : start]
    if PRIVATE_PARTY.search(before):
        return True
    return not STATE_PARTY.search(before) and not IN_FORCE.match(text, end)
