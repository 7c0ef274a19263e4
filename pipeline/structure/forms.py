"""The kind of a line, by its own form: a heading, a caption, a note, a list item, a part of the page.

Part of stage 3 (see ``builder.py``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model.rule import Rule
from pipeline.structure.schemes import NUMBER, scheme
from pipeline.structure.words import words

if TYPE_CHECKING:
    from pipeline.structure.lines import LineKind

_DOTS = "・•‣▪●○◇◆■□◼◻◾◽▸※➢✓⚫⚪◦⁃❖➤➔➡⇨▶►▷✔☑❏❑"
# Symbol fonts (Wingdings) use this part of the private range of Unicode.
_SYMBOLS = r"\uf020-\uf0ff"
BULLET = Rule(
    "mark_of_list_item",
    rf"[-*–—]\s+\S|[{_DOTS}{_SYMBOLS}]\s*\S|（[ア-ン\d]{{1,2}}）|[①-⑳]|\[\d{{1,2}}\]\s*\S",
    reads=("⟦- 調⟧整", "⟦・調⟧整", "⟦（ア）⟧調整", "⟦①⟧調整", "⟦[1] 調⟧整"),
    leaves=("⟦-調整", "⟦調整・協議", "⟦（案）"),
)
ITEM = Rule(
    "sentence_in_series",  # 「ア　老人福祉法の改正により…。」
    r"(?:[ア-ン]|[a-zA-Z]|\d{1,2}|[一二三四五六七八九十]{1,2})\u3000+\S",
    reads=("⟦ア　改⟧正により", "⟦12　改⟧正により", "⟦二　改⟧正により"),
    leaves=("⟦ア 改正", "⟦アジア　改正"),
)
_PARTICLE = "はがをにでのとも"
_FIGURE_NUMBER = rf"\s?{NUMBER}(?:[-ー.]{NUMBER})*(?![{_PARTICLE}、,\d]|）[。、{_PARTICLE}]|\s?参照)"
CAPTION = Rule(
    "caption_of_figure",
    rf"""
    [<〈【]?(?:図表?|表|写真|資料)
        (?:[\[［]\d{{1,3}}[\]］]\s*\S|{_FIGURE_NUMBER}|\s+(?=\S))
    |[<〈【]?第?[\dⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+(?:[-ー.]\d+)*[図表]      # 第1-2図, 14表
        (?=$|[\s】〉>）]|[ぁ-ヿ一-龥])(?![{_PARTICLE}、])
    """,
    flags=re.VERBOSE,
    reads=("⟦図表1-2⟧ 推移", "⟦表 ⟧推移", "⟦第1-2図⟧ 推移", "⟦資料[3] 推⟧移"),
    leaves=("⟦図1を", "⟦図表1参照", "⟦表現", "⟦第2図は"),
)
REFERENCE = Rule(
    "reference_line",
    r"""
    ⇒
    |(?:→|※(?!\d))\s*\S.*参照。?$
    |【(?:参照|参考)】
    |[【（<〈]?(?:参照|参考)[】）>〉]?(?=[\s図表資第ⅠⅡⅢⅣⅤ「：:])
    """,
    flags=re.VERBOSE,
    reads=("⟦⇒⟧図1", "⟦→ 図1参照⟧", "⟦参照⟧ 図1", "⟦【参考】⟧"),
    leaves=("⟦参考人", "⟦→ 図1", "⟦※1 参照"),
)
FOOTNOTE = Rule(
    "footnote_line",
    rf"""
    [¹²³⁰⁴-⁹]+\s*\S
    |[（〔［【<〈]?(?:{words("note")})\s?\d{{0,2}}[）〕］】>〉:：、.\s]
    |\*\d
    |(?:\d{{1,3}}[\s.]+)?https?://
    """,
    flags=re.VERBOSE,
    reads=("⟦¹ 周⟧辺事態", "⟦（注1）⟧速報値", "⟦出典：⟧総務省", "⟦*1⟧ 速報値", "⟦1 https://⟧example.jp"),
    leaves=("⟦注目", "⟦資料室", "⟦* 速報値"),
)
PAGE = Rule(
    "page_number",
    r"""
    [-―—–~〔［\[ 　]*(?:[Pp]\.?[ ]?)?\d{1,4}[-―—–~〕］\] 　]*
    |第?\d{1,4}(?:頁|ページ)
    |\d{1,4}[ ]?/[ ]?\d{1,4}
    """,
    flags=re.VERBOSE,
    reads=("⟦- 40 -⟧", "⟦p. 40⟧", "⟦第40頁⟧"),
    leaves=("第三頁", "ページ"),
)
HEAD_WITH_PAGE = Rule(
    "title_of_publication_with_page",  # 「警察白書　45」
    r"(?:\d{1,4}[ 　]+)?\S{1,20}(?:白書|青書|レポート|年報)\S{0,10}(?:[ 　]+\d{1,4})?",
    reads=("⟦警察白書　45⟧", "⟦45 年次レポート2014⟧"),
    leaves=("警察庁　45", "⟦白書"),
)
STROKES = Rule(
    "strokes_of_table",
    r"^\|| \| ",
    reads=("⟦|⟧ 人員 |", "人員⟦ | ⟧件数"),
    leaves=("人員|件数",),
)
LATIN_LINE = Rule(
    "line_of_english",
    r"[A-Za-z][A-Za-z .,&'’/()（）-]*",
    reads=("⟦Defense Policy (DP)⟧", "⟦Broadcasting ⟧連盟"),
    leaves=("連盟", "2014"),
)
OPEN_TITLE = Rule(
    "title_open",  # a heading cannot end on these
    r"[、，・（「『をがはにのとやも]$",
    reads=("日米同盟⟦の⟧", "協議⟦、⟧"),
    leaves=("日米同盟の強化", "対応について"),
)
LONG_HEADING = 60


def kind_of(text: str) -> LineKind:
    """Return the kind of a line by its form alone. Its neighbours may show another kind."""
    stripped = text.strip()
    if not stripped:
        return "blank"
    if "\t" in text.strip("\n ") or STROKES.search(stripped):
        return "table"
    if REFERENCE.match(stripped):
        return "reference"
    if FOOTNOTE.match(stripped):
        return "footnote"
    if CAPTION.match(stripped) and "。" not in stripped:
        return "caption"
    if furniture := _furniture(stripped):
        return furniture
    ended = stripped.endswith("。") or OPEN_TITLE.search(stripped)
    if len(stripped) <= LONG_HEADING and not ended and scheme(stripped):
        return "heading"
    return "list_item" if BULLET.match(stripped) or ITEM.match(stripped) else "paragraph"


def _furniture(stripped: str) -> LineKind | None:
    """Return the kind of a line outside of the text: a page number, a running head, an English gloss."""
    if PAGE.fullmatch(stripped):
        return "page_number"
    if stripped[:1].isdigit() != stripped[-1:].isdigit() and HEAD_WITH_PAGE.fullmatch(stripped):
        return "running_head"
    return "gloss" if " " in stripped and LATIN_LINE.fullmatch(stripped) else None
