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
# The end of a sentence, and no whole one: 「…することとして」「いる。」.
REST = re.compile("[ぁ-ん]{1,6}。")
NUMERAL = "[0-9〇一二三四五六七八九十元]"
# 「平成」「26年」; 「令」「和６年」; 「平成26」「年度」; 「平成二十六」「年」.
ERA_END, NUMBER_START = re.compile(f"(?:{ERA_NAMES}|西暦|同|第)$"), re.compile(NUMERAL)
ERA_HALVES = tuple(
    (name[:cut], re.compile(rf"{name[cut:]}\s?{NUMERAL}"))
    for name in ERA_NAMES.split("|")
    for cut in range(1, len(name))
)
NUMBER_END = re.compile(rf"\d$|(?:{ERA_NAMES}|[同第年月]){NUMERAL}+$")
UNIT = re.compile(
    r"\s?(?:年(?![金齢次表報])|月(?![例刊面額給])|日(?!本|米|系|常|程|銀))|号|[人件社台校回条項](?=[、。がのをにはで）])"
    r"|[万億兆円%]|か(?:所|国|月)|,\d|\d{1,3}\s?[年月日号条項）]"
)
# 「1994年11月」「16日」; 「令和5年（2023年）」「5月」; 「昭和二十四年」「五月」.
DATE_END = re.compile(rf"{NUMERAL}\s?[年月]$|年?（[^（）]{{0,6}}{NUMERAL}年?）年?$")
DATE_REST = re.compile(rf"{NUMERAL}{{1,3}}\s?[月日](?![例刊面額給間本程])")
# 「道路交通法（昭和三十五年法律第百五号）」「第六十五条」.
LAW_END, ARTICLE = (
    re.compile(f"第{NUMERAL[:-1]}百千]+号）$"),
    re.compile(f"第?{NUMERAL[:-1]}百千]+条(?![約件例])"),
)
# 「カナダのCIFA」「Rは」: capitals that a particle or a mark follows are the rest of an acronym.
CAPITALS_END, CAPITALS = (
    re.compile("[A-Z]$"),
    re.compile(r"[A-Z]{1,8}(?=[ぁ-ん、。）」・])|[A-Z]{1,2}(?=[一-龥])"),
)
# 「連盟（EBU：」「European Broadcasting Union）」.
GLOSS_OPEN, LATIN = re.compile(r"（[!-~ ]*[：:]?$"), re.compile("[A-Za-z]")
# 「「…指針」」「（以下「指針」という。）に」: a bracket in the sentence belongs to the name before it.
QUOTE_END = re.compile("[」』]$")
BRACKETED = re.compile("（以下|（(?:[^（）]|（[^（）]*）){1,80}）[をはがのにでとも、]")
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
    if unclosed(head, tail) or _cut(head, tail) or (GLOSS_OPEN.search(head) and LATIN.match(tail)):
        return True
    if CLOSED.search(head):
        return bool(CARRIED.match(tail)) or bool(QUOTE_END.search(head) and BRACKETED.match(tail))
    if scheme(tail) and not ERA_YEAR.match(tail):
        return False
    open_end = OPEN.search(head) and not DEFINED.search(head)
    return bool(open_end or CARRIED.match(tail) or REST.match(tail))


def _cut(head: str, tail: str) -> bool:
    """Whether a date or a citation runs over the line end."""
    if NUMBER_START.match(tail):
        era = ERA_END.search(head) or (DATE_END.search(head) and DATE_REST.match(tail))
        return bool(era or (NUMBER_END.search(head) and UNIT.match(tail)))
    halves = any(head.endswith(first) and rest.match(tail) for first, rest in ERA_HALVES)
    article = LAW_END.search(head) and ARTICLE.match(tail)
    return bool(halves or article or (NUMBER_END.search(head) and UNIT.match(tail)))


def acronym_cut(head: str, tail: str) -> bool:
    """Whether ``tail``, right below ``head``, begins with the rest of an acronym.

    >>> acronym_cut("カナダのCIFA", "Rは"), acronym_cut("NATO", "EU、ASEAN"), acronym_cut("IMF", "WTO")
    (True, True, False)
    """
    return bool(CAPITALS_END.search(head) and CAPITALS.match(tail))


def unclosed(head: str, tail: str) -> bool:
    """Whether ``tail`` closes a bracket that ``head`` leaves open.

    >>> unclosed("子会社（（株）", "日本放送（JB））が"), unclosed("（注）", "概要（案）")
    (True, False)
    """
    open_in_tail: list[str] = []
    for bracket in BRACKET.finditer(tail, 0, LOOK_BACK):
        sign = bracket[0]
        if sign not in PAIRS:
            open_in_tail.append(sign)
        elif PAIRS[sign] in open_in_tail:
            open_in_tail.remove(PAIRS[sign])
        else:
            near = head[-LOOK_BACK:]
            return near.count(PAIRS[sign]) > near.count(sign)
    return False
