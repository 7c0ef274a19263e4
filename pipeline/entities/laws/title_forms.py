"""How the titles of instruments are also written.

Without a legal form, old kana made new, joiners in kana, years in digits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.laws.pattern_words import JOINER, any_of
from pipeline.facts import column
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER, number

if TYPE_CHECKING:
    from collections.abc import Iterator

# 情報通信研究機構法 can stand without its legal form; a name of a few letters could be anything (決め打ち).
SHORTEST = 6
_POSITIONAL = str.maketrans("0123456789", "〇一二三四五六七八九")
# 千九百七十四年の…条約: how official titles write a western year.
_TITLE_YEAR = Rule(
    "western_year_in_a_title",
    "([千二][一二三四五六七八九〇百十千]+)年",
    reads=("⟦千九百七十四年⟧の条約",),
    leaves=("七十四年の条約",),
)
_ACRONYM = Rule(
    "acronym_of_a_treaty",
    "^[A-Z][A-Za-z-]{1,8}$",
    reads=("GATS", "TRIPS"),
    leaves=("General Agreement on Trade",),
)
_UNITED_NATIONS = Rule(
    "convention_of_the_united_nations",
    "(?P<about>[^、]{2,20})に関する国際連合(?P<kind>(?:枠組)?条約)",
    reads=("⟦気候変動に関する国際連合枠組条約⟧",),
    leaves=("南極の保存に関する条約",),
)
_FORMS = ("国立研究開発法人", "独立行政法人")
# Official titles have them in kanji, white papers of all years also in kana.
_JOINERS = {"及び": "および", "並びに": "ならびに", "又は": "または", "若しくは": "もしくは"}


def law_titles(titles: list[str]) -> Iterator[str]:
    """Yield the other forms of a law's titles: without legal form, in modern kana, with joiners in kana.

    >>> list(law_titles(["独立行政法人北方領土問題対策協会法"]))
    ['北方領土問題対策協会法']
    >>> list(law_titles(["海洋汚染等及び海上災害の防止に関する法律"]))
    ['海洋汚染等および海上災害の防止に関する法律']
    """
    for title in titles:
        short = next((title.removeprefix(form) for form in _FORMS if title.startswith(form)), title)
        modern = _modern(title)
        forms = dict.fromkeys((short, modern, *_joined(title)))
        yield from (form for form in forms if form not in titles and len(form) > SHORTEST)


def _modern(title: str) -> str:
    """酔つて → 酔って, 行なわれた → 行われた."""
    if "つ" not in title and "行な" not in title:
        return title  # as nearly all
    return re.sub("行な(?=[いうえっわ])", "行", re.sub("つ(?=[てた])", "っ", title))


def _joined(title: str) -> Iterator[str]:
    """Yield a title with 及び and its like in kana.

    All of them, and the first alone where there are several kinds.
    """
    there = [kanji for kanji in _JOINERS if kanji in title]
    if len(there) > 1:
        yield title.replace(there[0], _JOINERS[there[0]])
    for kanji in there:
        title = title.replace(kanji, _JOINERS[kanji])
    if there:
        yield title


def acronym_names(title: str, acronyms: str) -> Iterator[str]:
    """Yield a treaty's acronyms with the head of its title: GATS協定.

    Args:
        title: The official title.
        acronyms: Its names in Latin letters, joined by ``|``.

    >>> list(acronym_names("サービスの貿易に関する一般協定", "GATS|General Agreement on Trade in Services"))
    ['GATS協定']
    """
    head = next((own for own in ("条約", "協定", "議定書", "憲章") if title.endswith(own)), "")
    yield from (name + head for name in acronyms.split("|") if head and _ACRONYM.fullmatch(name))


def _reworded(title: str) -> Iterator[str]:
    """Yield a treaty's title as texts reword it: 漁業補助金に係る協定, サービスの貿易に関する協定."""
    plain = title.replace("一般協定", "協定") if title.endswith("一般協定") else title
    if plain != title:
        yield plain
    if own := _UNITED_NATIONS.fullmatch(title):
        # 国連気候変動に関する枠組条約
        yield f"国連{own['about']}に関する{own['kind']}"
    if plain.count("に関する") == 1 and "についての" not in plain and not plain.startswith("日本国"):
        yield from (plain.replace("に関する", link) for link in ("に係る", "についての"))


def treaty_titles(title: str) -> Iterator[str]:
    """Yield the other forms of a treaty's title.

    Joiners in kana, a western year in digits, に係る for に関する, 協定 for 一般協定, 国連 before the subject.

    >>> list(treaty_titles("二千六年の海上の労働に関する条約"))[2:]
    ['2006年の海上の労働に関する条約', '二〇〇六年の海上の労働に関する条約']
    """
    if _modern(title) != title:
        yield _modern(title)
    yield from _joined(title)
    yield from _reworded(title)
    if _TITLE_YEAR.search(title):
        yield _TITLE_YEAR.sub(lambda year: f"{number(year[1])}年", title)
        yield _TITLE_YEAR.sub(lambda year: f"{number(year[1])}年".translate(_POSITIONAL), title)


def serials(own: str) -> Iterator[str]:
    """Yield how an act of the European Union or the United States is cited by its number, which comes first.

    >>> list(serials("Regulation (EU) 2016/679"))
    ['Regulation (EU) 2016/679', '規則(EU)2016/679']
    """
    if own:
        yield own
    japanese = own.replace("Regulation", "規則").replace("Directive", "指令")
    if japanese != own:
        yield re.sub(r"^(規則|指令) ", r"\1", japanese).replace(") ", ")")


# 及び（2）報酬の…: the mark of a member within a list, and no bracket of what stands before.
MEMBER_MARK = Rule(
    "mark_of_a_member_within_a_list",
    r"(?<![一-龥々ァ-ヶーA-Za-z0-9）])（(?:[注図表]?\d{1,2}|注|[ア-ンa-z]|[一二三四五六七八九十]{1,3})）$"
    r"|^[ 　]*（[^（）]{1,20}）[ 　]?$",
    reads=("及び（2）", "（ア）", "した。（注3）", "⟦（主な改正）⟧"),
    leaves=("様式（2）", "様式（略）"),
)
_HEADINGS = "|".join(column("law_words.csv", "word", "list", "heading_behind"))
# （3）輸出管理に関する国際条約の動向: the heading of a section, not the title of an instrument.
SECTION = Rule(
    "heading_of_a_section_behind_a_mark",
    rf"等?の(?:{_HEADINGS})|(?:(?<=国際条約)|(?<=規程))\s*$",
    reads=("国際条約⟦の動向⟧", "に関する規程⟦⟧"),
    leaves=("省令⟦を改めた", "規程⟦による"),
)
# 商法、株式会社の監査等に関する商法の特例に関する法律: an act and a title, members of one list.
LISTED_LAW = Rule(
    "law_listed_before_a_title",
    "[一-龥]{1,14}法、",
    reads=("⟦商法、⟧監査に関する", "⟦会社法、⟧監査に"),
    leaves=("⟦方法の", "⟦特例に関する商法、"),
)
BETWEEN = Rule(
    "between_members_of_a_title",
    f"{JOINER}|、",
    reads=("販売⟦及び⟧勧誘", "税法⟦、⟧税法"),
    leaves=("販売",),
)
# 同法の適用: what points back to the act before 、 belongs to one title with it.
POINTS_BACK = Rule(
    "title_that_points_back_to_its_act",
    "(?:同|旧|新)法",
    reads=("⟦同法⟧の適用等に",),
    leaves=("占用の特例等に",),
)
LAWS = ("法", "法律", "令", "規則", "条約")


# 農地の貸付けに関する農地法等の特例: the act is named within what the title is about, and is no member of a list.
NESTED = Rule(
    "act_named_within_a_subject",
    rf"^[^、]*?(?:{any_of('subject_link')})[^、]{{0,60}}?(?<!同)(?:{any_of('name_head', 'complete_head')})等?の",
    reads=("⟦農地の貸付けに関する農地法等の⟧特例", "⟦災害に伴う税法の⟧特例"),
    leaves=("農地法等の特例", "農地法、貸付けに関する農地法の特例", "航路に関する同法の特例"),
)


def title_of_its_own(rest: str) -> bool:
    """Whether what stands behind an act and 、 is a title without it.

    It is one where an act is named within its subject alone (貸付けに関する農地法等の特例), and none where it
    names a further act (法人税法及び地方税法の特例) or points back to the act (同法の適用).
    """
    if NESTED.search(rest):
        return True
    if POINTS_BACK.search(rest):
        return False
    pieces = BETWEEN.split(rest)
    if len(pieces) == 1:
        return "法等" not in rest and not rest.endswith("法")
    return not pieces[0].endswith(LAWS)


# 総務省令基幹放送の…: the kind of order before its title.
KIND_BEFORE = Rule(
    "kind_of_order_before_a_title",
    r"(?:[一-龥]{1,8}[省府庁会](?:令|告示|訓令|規則)|(?P<bare>[政省]令))"
    "(?=[一-龥ァ-ヶ])(?!第|施行|等|及|並|又|案|改正|整備|指定|市)",
    reads=("⟦総務省令⟧基幹放送の", "⟦政令⟧電波利用料の"),
    leaves=("総務省令の", "総務省令第3号", "政令指定都市の", "政令市の", "政令整備の"),
)


def behind_kind(text: str, phrase: int, start: int, end: int) -> int:
    """Return where the phrase at ``phrase`` goes on behind a place of another act, or the kind of order.

    A bare 政令 or 省令 is the kind only of a title that ends with it; ``start`` and ``end`` are those of the run
    of nouns at its end.
    """
    phrase = behind_place(text, phrase, start)
    kind = KIND_BEFORE.match(text, phrase)
    return kind.end() if kind and (kind["bare"] or "") in text[start:end] else phrase


# X法（…号）第2条に規定する地区及び…に関する法律: the place is of the act before, and a member of the list.
PLACE_FIRST = Rule(
    "place_before_a_title_in_a_list",
    rf"第{NUMBER}(?:の{NUMBER})*条(?P<member>[^。（）「」]{{1,60}}?(?:{JOINER}|、))?",
    reads=("⟦第2条に規定する地区及び⟧港湾の整備に関する法律", "⟦第2条⟧に規定する地区に関する条例"),
    leaves=("⟦第2回の",),
)


def behind_place(text: str, phrase: int, start: int) -> int:
    """Return where a title goes on behind the place of another act that the phrase before it begins with.

    No title begins with a place: ``start``, that of the run of nouns at its end, where none goes on.
    """
    place = PLACE_FIRST.match(text, phrase, start)
    if place is None:
        return phrase
    return place.end() if place["member"] else start


def behind_a_mark(text: str, phrase: int, end: int, kind: str) -> bool:
    """Whether a title begins behind a member's mark. No directive does, and no section's heading."""
    if kind == "directive" or SECTION.match(text, end):
        return False
    return MEMBER_MARK.search(text, max(0, phrase - 24), phrase) is not None
