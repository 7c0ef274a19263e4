"""Whether a sentence runs over a line end, by the end of the line and the beginning of the next one.

Part of stage 3 (see ``builder.py``): facts about Japanese, used by ``joins.py``. Dates, brackets and foreign
words that a line end cuts are in ``cuts.py``.
"""

from __future__ import annotations

import re

from pipeline.model.rule import Rule
from pipeline.structure.cuts import date_cut, gloss_cut, quote_cut, unclosed
from pipeline.structure.schemes import scheme
from pipeline.structure.words import words

JAPANESE = Rule(
    "begins_japanese",
    r"[（「『]?[ぁ-ヿ一-龥々]|（[A-Z]",
    reads=("⟦政⟧府は", "⟦「指⟧針」は", "⟦（S⟧SA）"),
    leaves=("⟦2014年", "⟦（2014年）", "⟦NATO"),
)
ENDING = Rule(
    "line_ending",
    r"[。！？!?：:」』）】〕>＞]$",
    reads=("協議した⟦。⟧", "「指針⟦」⟧", "概要（案⟦）⟧"),
    leaves=("協議し", "協議した。また", "協議、"),
)
CLOSED = Rule(
    "line_closed",
    r"[：:」』）】〕>＞]$",
    reads=("「指針⟦」⟧", "次の点⟦：⟧"),
    leaves=("協議した。", "「指針」の"),
)
ADDRESS = Rule(
    "line_ends_in_address",
    r"https?://[!-~]+$",
    reads=("出典：⟦https://example.jp/a⟧",),
    leaves=("https://example.jp/を参照", "example.jp"),
)
OPEN = Rule(
    "line_open",
    r"[、，・（「『をがはの]$",  # 「…共同演習・訓練の強化、」
    reads=("訓練の強化⟦、⟧", "再編⟦を⟧", "演習⟦・⟧"),
    leaves=("再編に", "再編をめぐる動き"),
)
SOFT_OPEN = Rule(
    "line_open_but_for_titles",
    r"[にとやもへでてりしき]$",  # a title may end on these: 「…への対応について」
    reads=("対応につい⟦て⟧", "協議⟦に⟧"),
    leaves=("協議の", "協議にあたり、"),
)
CAPTION_OPEN = Rule(
    "caption_open",
    r"[にと]$|[一-龥]し$",  # the first line of a caption may end so
    reads=("対話に臨む隊長⟦と⟧", "締結を記⟦念し⟧"),
    leaves=("対話に臨む隊長", "はなし"),
)
TITLE_END = Rule(
    "title_end",
    rf"(?:{words('title_end')})$",
    reads=("平和の実現⟦に向けて⟧", "地域の一員⟦として⟧"),
    leaves=("平和の実現に向けた", "調整して"),
)
DEFINED = Rule(
    "line_ends_in_definition",
    r"とは$",  # a title may end on this: 「「指針」とは」
    reads=("「指針」⟦とは⟧",),
    leaves=("隊員は", "とはいえ"),
)
BEGINS = Rule(
    "begins_sentence",  # a sentence or a heading, so the line above has ended
    rf"[【〔<＜]|{words('begins_sentence')}",
    reads=("⟦また⟧、政府は", "⟦その後⟧、", "⟦【⟧事例】", "⟦まず、⟧"),
    leaves=("⟦その機関は", "⟦なおも", "⟦政府は、また"),
)
_NEVER_FIRST = "[、。，）」』々ぁぃぅぇぉっゃゅょァィゥェォッャュョー]"
CARRIED = Rule(
    "begins_within_sentence",  # 「…と米国防副長官と」「の間や、…」
    rf"""
    {_NEVER_FIRST}
    |を|と(?=[^ぁ-ん\s畜])|[のにはがもやへで](?=[^ぁ-ん\s])   # a particle, and no kana behind it
    |{words("begins_within")}
    |[年月日](?=[\d以度末初頃中にのか、])
    |(?:及び|並びに|又は|ないし)\S
    """,
    flags=re.VERBOSE,
    reads=("⟦の⟧間や、", "⟦におい⟧ては", "⟦年⟧以降", "⟦及び海⟧洋", "⟦を⟧進める", "⟦ー⟧ク"),
    leaves=("⟦はしけの利用", "⟦年金の", "⟦と畜場", "⟦ともに", "⟦政府は"),
)
REST = Rule(
    "rest_of_sentence",
    "[ぁ-ん]{1,6}。",  # only the end of a sentence: 「…することとして」「いる。」
    reads=("⟦いる。⟧", "⟦ました。⟧"),
    leaves=("⟦ありがとうございました。", "⟦進める。"),
)
CLAUSE = Rule(
    "clause_of_prose",
    r"。|[はがもてりし]、",
    reads=("政府⟦は、⟧協議を", "協議した⟦。⟧"),
    leaves=("演習、訓練",),
)
TOPIC = Rule(
    "topic_of_sentence",
    r"[一-龥々ァ-ヿ）]は[一-龥ァ-ヿ、]",
    reads=("政⟦府は国⟧民の",),
    leaves=("国際はしけ", "協力とは何か"),
)
ITEM_END = Rule(
    "end_of_list_item",
    r"(?:こと|もの|など|等)$",  # a list item that ends on one of these nouns is complete
    reads=("協議する⟦こと⟧", "演習、訓練⟦等⟧"),
    leaves=("ことは", "演習"),
)


def certain(head: str, tail: str) -> bool:
    """Whether no sentence can end as ``head`` does, or none can begin as ``tail`` does.

    >>> certain("在日米軍の再編を", "着実に進める。"), certain("平成", "26年4月"), certain("外務省", "防衛庁")
    (True, True, False)
    """
    if unclosed(head, tail) or date_cut(head, tail) or gloss_cut(head, tail):
        return True
    if CLOSED.search(head):
        return bool(CARRIED.match(tail)) or quote_cut(head, tail)
    if scheme(tail):
        return False
    open_end = OPEN.search(head) and not DEFINED.search(head)
    return bool(open_end or CARRIED.match(tail) or REST.match(tail))
