"""What the end of a line and the beginning of the next show: whether a sentence runs over the line end.

Part of stage 3 (see ``builder.py``): facts about Japanese, used by ``joins.py``.
"""

from __future__ import annotations

import re

from pipeline.eras import ERA_NAMES
from pipeline.structure.layout import scheme

JAPANESE = re.compile(r"[（「『]?[ぁ-ヿ一-龥々]|（[A-Z]")
ENDING = re.compile(r"[。！？!?：:」』）】〕>＞]$")
CLOSED = re.compile(r"[：:」』）】〕>＞]$")
ADDRESS = re.compile(r"https?://[!-~]+$")
# A line cannot end on these: the sentence goes on. 「…共同演習・訓練の強化、」
OPEN = re.compile(r"[、，・（「『をがはの]$")
# Nor, in running text, on these; but a title may: 「…への対応について」.
SOFT_OPEN = re.compile(r"[にとやもへでてりしき]$")
# 「戦略対話に臨む統合幕僚長と」「締結50周年を記念し」: so a caption of two lines may break.
CAPTION_OPEN = re.compile(r"[にと]$|[一-龥]し$")
TITLE_END = re.compile(
    r"(?:について|に向けて|に関して|をめぐって|を通じて|として|にあたって|に当たって|とともに|まとめ)$"
)
# A title may end on this: 「「指針」とは」.
DEFINED = re.compile(r"とは$")
# A sentence begins with these, and headings: what ends before them has ended.
BEGINS = re.compile(
    r"[【〔<＜]|また|なお、|さらに|一方|しかし|ただし|このため|このよう|そのため|その[後結]|これ[らにま]|例えば|加えて|以上の|まず[、は]|次に"
)
# A line cannot begin with these: 「…と米国防副長官と」「の間や、…」.
CARRIED = re.compile(
    r"[、。，）」』々ぁぃぅぇぉっゃゅょァィゥェォッャュョー]"
    r"|を|と(?=[^ぁ-ん\s畜])|[のにはがもやへで](?=[^ぁ-ん\s])"
    r"|に(?:おい|おけ|よ|つい|し|も|は|な)|と(?:し|い[うっ]|の|も(?!に)|は|な|す)|で(?:あ|も)|が(?:あ|い|な)"
    r"|の(?:ほか|うち|ため|もと|よう|は|も|で|に)|て(?:い|お|き)|され|した|して"
    r"|[年月日](?=[\d以度末初頃中にのか、])|(?:及び|並びに|又は|ないし)\S"
)
# 「平成」「26年」; 「平成26」「年度」.
ERA_END, DIGIT_END = re.compile(f"(?:{ERA_NAMES}|西暦|同|第)$"), re.compile(r"\d$")
UNIT = re.compile(
    r"年(?![金齢次])|月|日(?!本|米|系)|号|[人件社台校回条項](?=[、。がのをにはで）])|[万億兆円%]|か(?:所|国|月)"
    r"|,\d|\d{1,3}[年月日号条項）]"
)
# 「1994年11月」「16日」.
DATE_END, DATE_REST = re.compile(r"\d[年月]$"), re.compile(r"\d{1,2}[月日]")
# 「11 (同23) 年」 begins like a numbered item and is none.
ERA_YEAR = re.compile(r"\d+\s*（")
# A clause of running text: 「…は、」.
CLAUSE = re.compile(r"。|[はがもてりし]、")
# A sentence that names its topic: 「政府は国民」, but not 「国際はしけ」 or 「とは」.
TOPIC = re.compile(r"[一-龥々ァ-ヿ）]は[一-龥ァ-ヿ、]")
# An item of a list that ends on a noun like these is complete.
ITEM_END = re.compile(r"(?:こと|もの|など|等)$")
PAIRS = {"」": "「", "』": "『", "）": "（", "〕": "〔", "】": "【"}
BRACKET = re.compile(f"[{''.join(PAIRS)}{''.join(PAIRS.values())}]")
LOOK_BACK = 120


def certain(head: str, tail: str) -> bool:
    """Whether ``head`` cannot end there or ``tail`` cannot begin there.

    >>> certain("在日米軍の再編を", "着実に進める。"), certain("平成", "26年4月"), certain("外務省", "防衛庁")
    (True, True, False)
    """
    if CLOSED.search(head):
        return bool(CARRIED.match(tail))
    if unclosed(head, tail):
        return True
    if scheme(tail) and not ERA_YEAR.match(tail):
        return False
    cut = (ERA_END.search(head) and tail[:1].isdigit()) or (DIGIT_END.search(head) and UNIT.match(tail))
    cut = cut or (DATE_END.search(head) and DATE_REST.match(tail))
    open_end = OPEN.search(head) and not DEFINED.search(head)
    return bool(cut or open_end or CARRIED.match(tail))


def unclosed(head: str, tail: str) -> bool:
    """Whether ``tail`` closes a bracket that ``head`` leaves open."""
    bracket = BRACKET.search(tail, 0, LOOK_BACK)
    first = bracket[0] if bracket else ""
    if first not in PAIRS:
        return False
    near = head[-LOOK_BACK:]
    return near.count(PAIRS[first]) > near.count(first)
