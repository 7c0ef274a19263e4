"""Schemes of headings: the marks and numbers that a heading begins with.

Part of stage 3 (see ``builder.py``). The order in which a document first uses the schemes gives their level.
"""

from __future__ import annotations

from pipeline.eras import ERA_NAMES
from pipeline.model.rule import Rule
from pipeline.structure.words import words

NUMBER = r"[0-9一二三四五六七八九十百ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]+"
# The number in 「14 （平成26）年」 is no number of a heading.
_ERA_IN_BRACKETS = f"（(?:同|{ERA_NAMES})"
# Nor are those in 「31 年に」「3 月の」「2.6 ポイント増」. Those in 「2 年金」「3 日本の」「1 月例経済報告」 are.
_YEAR = r"年(?:\s?\d|[度末初以頃代にはのかま、（・～]|前半|後半|$)"
_MONTH = r"月(?:\s?\d|[末初上中下以頃にはのかま、（・～]|$)"
_DAY = "日(?:[以頃にはのかま付、（・～]|午前|午後|$)"
_DATED = f"{_YEAR}|{_MONTH}|{_DAY}"
_MEASURE = "(?:ポイント|パーセント|[%％倍円人件台社か]|[千百万億兆]|[年月日]間?[にはの、])"
_KANJI_NUMBER = "[一二三四五六七八九十]{1,3}"
_PARTS: tuple[tuple[str, Rule], ...] = (
    (
        "編",
        Rule(
            "scheme_volume",
            rf"第{NUMBER}編(?=$|\s|第{NUMBER}[部章](?:$|\s))",
            reads=("⟦第1編⟧ 総論", "⟦第一編⟧第1章 総論"),
            leaves=("⟦第1編では", "⟦第1部 総論"),
        ),
    ),
    (
        "部",
        Rule(
            "scheme_part",
            rf"第{NUMBER}部(?=$|\s|第{NUMBER}章(?:$|\s))",
            reads=("⟦第Ⅱ部⟧ 総論", "⟦第2部⟧第1章"),
            leaves=("⟦第2部隊", "⟦第2部では"),
        ),
    ),
    (
        "章",
        Rule(
            "scheme_chapter",
            rf"(?:第{NUMBER}章|序章|終章)(?=$|\s|第{NUMBER}節(?:$|\s))",
            reads=("⟦第2章⟧ 動向", "⟦序章⟧", "⟦第2章⟧第1節 動向"),
            leaves=("⟦第2章では", "⟦本章 動向"),
        ),
    ),
    (
        "節",
        Rule(
            "scheme_section",
            rf"第{NUMBER}節(?=$|\s)",
            reads=("⟦第2節⟧ 日米同盟の強化",),
            leaves=("⟦第2節の", "⟦節 動向"),
        ),
    ),
    (
        "項",
        Rule(
            "scheme_subsection", rf"第{NUMBER}項(?=$|\s)", reads=("⟦第1項⟧ 動向",), leaves=("⟦第1項の規定",)
        ),
    ),
    (
        "第1",
        Rule("scheme_dai", rf"第{NUMBER}\s+(?=\S)", reads=("⟦第1 ⟧動向", "⟦第二　⟧動向"), leaves=("⟦第1回",)),
    ),
)
_FIGURES: tuple[tuple[str, Rule], ...] = (
    (
        "1-2",
        Rule(
            "scheme_number_in_parts",
            rf"\d{{1,2}}(?:[-ー‐.]\d{{1,2}})+\s+(?=\S)(?!{_MEASURE})",
            reads=("⟦1-2 ⟧動向", "⟦1.2.3　⟧動向"),
            leaves=("⟦2.6 ポイント増", "⟦1-2の"),
        ),
    ),
    (
        "Ⅰ",
        Rule(
            "scheme_roman",
            r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,3}[\s.、]+(?=\S)",
            reads=("⟦Ⅱ ⟧動向", "⟦Ⅰ.⟧動向"),
            leaves=("⟦Ⅱ部", "⟦X 動向"),
        ),
    ),
    (
        "1",
        Rule(
            "scheme_number",
            r"\d{1,2}(?:\u3000\s*(?=\S)|(?:[\s、]+|\.\s*)(?=[^\d\s.]))"
            rf"(?!{_ERA_IN_BRACKETS})(?!{_DATED})",
            reads=("⟦2 ⟧動向", "⟦12　⟧動向", "⟦3.⟧動向", "⟦2 ⟧年金"),
            leaves=("⟦14 （平成26）年", "⟦31 年に", "⟦3 月の", "⟦2014 動向"),
        ),
    ),
    (
        "一",
        Rule(
            "scheme_kanji_number",
            rf"{_KANJI_NUMBER}[\s、.]+(?=\S)",
            reads=("⟦一　⟧動向", "⟦十二、⟧動向"),
            leaves=("⟦一般 動向", "⟦一、"),
        ),
    ),
    (
        "(1)",
        Rule(
            "scheme_number_in_brackets",
            r"（\d{1,2}）\s*(?=\S)",
            reads=("⟦（1）⟧動向", "⟦（12） ⟧動向"),
            leaves=("⟦（2014）年", "⟦（1）"),
        ),
    ),
    (
        "(一)",
        Rule(
            "scheme_kanji_number_in_brackets",
            rf"（{_KANJI_NUMBER}）\s*(?=\S)",
            reads=("⟦（一）⟧動向",),
            leaves=("⟦（株）会社", "⟦（一）"),
        ),
    ),
)
_LETTERS: tuple[tuple[str, Rule], ...] = (
    (
        "(i)",
        Rule(
            "scheme_small_roman",
            r"（?[ivx]{1,4}）\s*(?=\S)",
            reads=("⟦（ii）⟧動向", "⟦iv） ⟧動向"),
            leaves=("⟦（ii動向", "⟦（b）動向"),
        ),
    ),
    (
        "(a)",
        Rule(
            "scheme_latin_in_brackets",
            r"（?[a-zA-Z]）\s*(?=\S)",
            reads=("⟦（b）⟧動向", "⟦B）⟧動向"),
            leaves=("⟦（EU）動向", "⟦b 動向"),
        ),
    ),
    (
        "1)",
        Rule(
            "scheme_number_before_bracket",
            r"\d{1,2}）\s*(?=\S)",
            reads=("⟦1）⟧動向",),
            leaves=("⟦2014）年", "⟦1）"),
        ),
    ),
    (
        "①",
        Rule("scheme_circled", r"[①-⑳]\s*(?=\S)", reads=("⟦①⟧動向", "⟦② ⟧動向"), leaves=("⟦動向①", "⟦①")),
    ),
    (
        "ア",
        Rule(
            "scheme_katakana",
            r"[ア-ン][\s.]+(?=\S)",
            reads=("⟦ア　⟧動向", "⟦イ.⟧動向"),
            leaves=("⟦アジア 動向", "⟦アの"),
        ),
    ),
    (
        "(ア)",
        Rule(
            "scheme_katakana_in_brackets",
            r"（[ア-ン]）\s*(?=\S)",
            reads=("⟦（ウ）⟧目的",),
            leaves=("⟦（アジア）目的", "⟦（ア）"),
        ),
    ),
    (
        "A",
        Rule(
            "scheme_capital",
            r"[A-Z](?:[\s、]+|\.\s*)(?=[ぁ-ヿ一-龥「])",
            reads=("⟦A ⟧動向", "⟦B.⟧動向"),
            leaves=("⟦A Company", "⟦EU 動向"),
        ),
    ),
)
_SIGNS: tuple[tuple[str, Rule], ...] = (
    (
        "◆",
        Rule(
            "scheme_sign", r"[◆◇■□●○▼▽★☆]\s*(?=\S)", reads=("⟦◆⟧動向", "⟦■ ⟧動向"), leaves=("⟦・動向", "⟦◆")
        ),
    ),
    (
        "コラム",
        Rule(
            "scheme_column",
            rf"[【（]?(?:{words('column_title')})[】）\s\d:：](?!参照)",
            reads=("⟦コラム ⟧動向", "⟦【事例】⟧動向", "⟦コラム3⟧　動向"),
            leaves=("⟦【コラム】参照", "⟦事例の", "⟦コラムでは"),
        ),
    ),
)
SCHEMES = _PARTS + _FIGURES + _LETTERS + _SIGNS
"""Names and rules; the first that reads a title is its scheme."""
ANY_SCHEME = Rule(
    "scheme_of_any_kind",  # trying all of them at once is faster than one after the other
    "|".join(f"(?:{rule.pattern})" for _, rule in SCHEMES),
    reads=("⟦第2節⟧ 動向", "⟦①⟧協議"),
    leaves=("⟦本章では", "⟦政府は"),
)
BARE = Rule(
    "bare_number_of_heading",  # its title stands on a line of its own
    rf"(?:第{NUMBER}[編部章節]|序章|終章)+",
    reads=("⟦第1章⟧", "⟦第2部第1章⟧", "⟦序章⟧"),
    leaves=("⟦1 動向", "⟦第1項"),
)
# Running text never begins with these schemes.
UPPER = frozenset(("編", "部", "章", "節"))


def scheme(title: str) -> str:
    """Return the name of the heading scheme that ``title`` follows, or an empty string.

    >>> scheme("第2節 日米同盟の強化"), scheme("（ア）「指針」の目的"), scheme("本章では")
    ('節', '(ア)', '')
    """
    if not ANY_SCHEME.match(title):
        return ""
    return next((name for name, rule in SCHEMES if rule.match(title)), "")
