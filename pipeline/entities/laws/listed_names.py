"""Short names that a list or a bare bracket gives to laws: 法 …… 電波法, 【則】＝労働安全衛生規則, （以下法という。）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.laws.citation import Find

# 法 …… 電波法, 規則：電波法施行規則: a line of a list of what names mean.
_LISTED = Rule(
    "line_of_a_list_of_names",
    r"(?:^|(?<=[、，；。（\n 　]))[・●○◆※]?[ 　]?[「【〔［]?"
    r"(?P<name>法|[政省府]?令|規則|則|規|[一-龥]{1,7}(?:法|令|規則|条例|条約|協定|則|規))[」】〕］]?[ 　]?"
    r"(?:[：:＝=…]|[・･·.．…‥─―-]{2,})[ 　]?"
    r"(?:[^。、]{2,20}による)?(?:(?:改正|施行)[前後]の)?「?$",
    reads=("法 …… ", "規則：", "法・・・改正法による改正後の", "電波法、令＝", "【則】＝", "措置法…"),
    leaves=("その根拠法：", "法 ", "法の・・・"),
)
# 電波法（以下法という。）
_UNMARKED = Rule(
    "bare_name_without_marks",
    r"[」』]?[（〔［](?:[^（）]{1,40}[。、])?以下[、,]?(?:単に)?[『“]?(?P<name>法|[政省]?令|規則)[』”]?とい[うい]",
    reads=("電波法⟦（以下法という⟧。）", "電波法⟦（昭和25年法律第131号。以下、単に『法』という⟧）"),
    leaves=("電波法⟦（以下「法」という。）", "電波法⟦（以下旧法という。）"),
)
_LINE_ENDS = Rule(
    "end_of_a_line_of_names",
    r"[」』]?(?:（[^（）]{0,60}）)?(?:を(?:いう|指す))?。?(?:$|[、，；）\n])",
    reads=("電波法⟦をいう。⟧", "電波法⟦（昭和25年法律第131号）⟧", "電波法⟦、⟧令＝"),
    leaves=("電波法⟦を改正する", "電波法⟦第3条をいう。"),
)
# 電波法（昭和25年法律第131号）……法: the short name behind its law.
_BEHIND = Rule(
    "short_name_behind_dots",
    r"[」』]?(?:（[^（）]{0,60}）)?[ 　]*[.．…‥・]{2,}[ 　]*「?"
    r"(?P<name>\d{0,2}年?[一-龥]{0,8}(?:法|令|規則|告示|条例))(?=$|[」、。\n])",
    reads=("電波法⟦……法⟧", "電波法施行令⟦...... 令⟧、"),
    leaves=("電波法⟦……12", "電波法⟦の法"),
)
# What a list calls by its kind alone.
_BARE_KINDS = frozenset({"法", "令", "政令", "省令", "府令", "規則", "則", "規"})
# 決め打ち: how far the name of a law may stand from the short name before it in a list.
_LIST_HEAD = 80


def bare_name(text: str, find: Find) -> tuple[int, int] | None:
    """Return the span of 法 or 令 that a text says without quotation marks, or in a line of a list, or None.

    A line gives it to the registered law that it ends with.
    """
    if unmarked := _UNMARKED.match(text, find.end):
        return unmarked.span("name")
    if find.citation.locators.article:
        return None
    title = find.citation.name + find.citation.suffix
    behind = _BEHIND.match(text, find.end)
    if behind and (behind["name"] in _BARE_KINDS or shortens(behind["name"], title)):
        return behind.span("name")
    if not find.citation.records:
        return None
    listed = _LISTED.search(text, max(0, find.start - _LIST_HEAD), find.start)
    if listed is None or not _LINE_ENDS.match(text, find.end):
        return None
    own = listed["name"] in _BARE_KINDS or shortens(listed["name"], title)
    return listed.span("name") if own else None


def shortens(short: str, title: str) -> bool:
    """Whether the letters of a short name stand in a title in their order: 措置法 of 租税特別措置法, 根拠法 of none.

    >>> shortens("安衛則", "労働安全衛生規則"), shortens("根拠法", "電波法")
    (True, False)
    """
    letters = iter(title)
    return len(short) < len(title) and all(letter in letters for letter in short)
