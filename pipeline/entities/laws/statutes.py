"""What tells a statute from a method and a treaty from a kind of treaties: its stem, its use, whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.heads import generic, method_endings, stem_endings, stems
from pipeline.entities.laws.jurisdiction import PLACE, adjacent, foreign
from pipeline.entities.laws.pattern_words import JOINER, MADE, any_of
from pipeline.facts import column
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.entities.laws.heads import Head
    from pipeline.model.sentence import Token

# What is done with a statute and not with a method (測定法, 定額法): passed, amended, broken, cited.
_DONE = f"(?:{any_of('made', 'changed')})"
LEGAL = Rule(
    "done_with_a_statute",
    rf"」?(?:（[A-Z][^（）]{{2,100}}\b(?:Act|Law|Code|Regulation|Directive|Bill)\b|（以下、?「|案(?![件内])"
    rf"|第?{NUMBER}条(?![件約例])|違反|に違反|(?:の|を|が|は|も)?(?:一部|全面|全部)?(?:を)?{_DONE}|に規定"
    rf"|の(?:{MADE}|規定|適用|一部改正|改正)|(?:が|は)[^、。]{{0,12}}{_DONE}"
    r"|[をもがは](?:国会|今国会|議会)に提出"
    r"|(?:に基づ[きくい]|により[設義規認])(?!算)|(?:並びに|及び)同法)",
    reads=(
        "電波法⟦に違反⟧した",
        "電波法⟦の改正⟧",
        "電波法⟦第5条⟧",
        "保全法⟦も国会に提出⟧",
        "許可法⟦並びに同法⟧",
    ),
    leaves=("測定法⟦を用いる",),
)
EUROPE = Rule("europe_named_before", "EU|欧州", reads=("EUの",), leaves=("米国の",))
NEAR_EUROPE = 60
LISTED_HEADS = ("法", "法律", "条例", "規則", "施行令", "法典")
# 国民憲章 of another state is its constitution; 市民憲章 and 企業憲章 are policies.
CHARTERS = frozenset(column("law_words.csv", "word", "list", "charter"))
# What an act founds: its name begins with the legal form.
FORMS = ("独立行政法人", "国立研究開発法人")
# Between two laws of a list: 、 or と or 及び, behind a gloss or a closing mark (決め打ち: 60 characters of gloss).
JOINED_BEHIND = Rule(
    "list_of_laws_goes_on",
    rf"[」』]?(?:第?{NUMBER}(?:の{NUMBER})*条)?(?:[ 　]?（[^（）]{{1,60}}）)?(?:、(?:{JOINER})?|や|と|・|(?:{JOINER})、?)"
    rf"(?:{PLACE}の)?[「『]?",
    reads=("電波法⟦、⟧放送法", "電波法⟦（略称）及び⟧放送法", "放送法⟦第18条、中国の⟧海警法"),
    leaves=("電波法⟦の", "電波法⟦第5条の"),
)
JOINED_BEFORE = Rule(
    "list_of_laws_before",
    JOINED_BEHIND.pattern + "$",
    reads=("電波法、",),
    leaves=("電波法の",),
)
FAR = 70
# A stem of fewer characters says too little: 民法 and 積分法 look alike (決め打ち).
LONG = 4
# 平和目的核爆発条約が締結され, but not 租税条約 or 二国間犯罪人引渡条約, which are kinds (決め打ち).
LONG_STEM, SEVERAL = 5, ("二国間", "多国間", "両国間", "国際", "地域間", "政府間")
CONCLUDED = Rule(
    "treaty_that_was_concluded",
    rf"」?[がをにの][^、。]{{0,8}}(?:{any_of('concluded')})",
    reads=("核爆発条約⟦が締結⟧され",),
    leaves=("核爆発条約⟦を検討",),
)
FOREIGN = Rule(
    "foreign_word_or_pair_of_countries",
    "[A-Za-z]{2,}|^(?:日[米英仏独伊加豪中韓朝露ソ印比越泰星]|[米英仏独伊加豪中韓露ソ印墨]{2,3}$)",
    reads=("TRIPS", "日独租税", "米墨加"),
    leaves=("租税",),
)
KATAKANA = Rule(
    "foreign_word_in_a_stem",
    "[ァ-ヶー・]{4,}",
    reads=("マネー・ローンダリング",),
    leaves=("マネー",),
)


# 国際航路標識機関条約: the treaty that founds a body.
OF_A_BODY = Rule(
    "body_that_a_treaty_founds",
    rf"^(?:国際|世界|万国|欧州|アジア)[一-龥ァ-ヶー]{{2,}}(?:{any_of('treaty_body')})$",
    reads=("国際航路標識機関",),
    leaves=("国際機関", "国際租税"),
)


class Listed:
    """The laws of a sentence that a list may go on from: 海警法、反外国制裁法."""

    def __init__(self, text: str, known: Iterable[tuple[int, int]]) -> None:
        """Take the spans of the names that are known to be laws'."""
        self._text = text
        laws = [(start, end) for start, end in known if text.endswith(LISTED_HEADS, start, end)]
        self._starts = {start for start, _ in laws}
        self._ends = {end for _, end in laws}

    def holds(self, start: int, end: int) -> bool:
        """Whether a run of nouns that ends in 法 stands beside a law in a list, and is none of the methods."""
        name = self._text[start:end]
        stem = name.removesuffix("法典").removesuffix("法")
        if (
            name in generic()
            or len(stem) < LONG - 2 * name.endswith("法典") - adjacent(self._text, start)
            or stem.endswith(method_endings())
        ):
            return False
        before = JOINED_BEFORE.search(self._text, max(0, start - FAR), start)
        behind = JOINED_BEHIND.match(self._text, end)
        return bool(before and before.start() in self._ends) or bool(behind and behind.end() in self._starts)

    def take(self, start: int, end: int) -> None:
        """Let a list go on from what was found in it."""
        self._starts.add(start)
        self._ends.add(end)


def statute(name: str) -> bool:
    """Whether a stem makes 〜法 a statute: 騒音規制法, 独立行政法人国立美術館法."""
    stem = name.removesuffix("法律").removesuffix("法")
    founded = stem.startswith(FORMS) and stem not in FORMS
    return name not in generic() and stem not in stems() and (founded or stem.endswith(stem_endings()))


def cited(text: str, end: int, name: str) -> bool:
    """Whether the text does with 〜法 what is done with a statute."""
    stem = name.removesuffix("法")
    bill = stem.isupper() and stem.isascii() and text.startswith("案", end)  # IR法案
    if name in generic() or len(stem) < 3 - bill or stem.endswith(method_endings()):
        return False
    return LEGAL.match(text, end) is not None


YEAR_OF_A_STATE = Rule(
    "year_of_another_states_law",
    r"(?:[一-龥ァ-ヶー]{2,}の|[州国豪])(?:1[89]|20)\d\d年$",
    reads=("豪州の1988年", "英国1998年"),
    leaves=("1988年",),
)


def of_a_country(run: Sequence[Token], name: str) -> bool:
    """Whether a name says whose statute it is, and more: イラン制裁法, but not ドイツ法."""
    stem = name.removesuffix("法")
    own = stem.removeprefix(run[0].surface)
    country = run[0].pos.startswith("名詞-固有名詞-地名-国") and run[0].surface not in ("日本", "国")
    return country and len(own) > 1 and not stem.endswith(method_endings())


def of_many_states(text: str, start: int, stem: str, head: Head) -> bool:
    """Whether a name without a proper noun is still one: マネー・ローンダリング条約; エコデザイン指令 where the EU is named."""
    if head.kind == "directive":
        return len(stem) > 2 and EUROPE.search(text, max(0, start - NEAR_EUROPE), start) is not None
    if head.head == "憲章":
        return stem in CHARTERS and foreign(text, start)  # ケニアでは…国民憲章がある
    if head.head not in ("条約", "議定書"):
        return False
    if KATAKANA.search(stem) is not None:
        return True
    end = start + len(stem) + len(head.head)
    if len(stem) > LONG_STEM and OF_A_BODY.search(stem) and head.head == "条約":
        return True
    return len(stem) > LONG_STEM and not stem.startswith(SEVERAL) and CONCLUDED.match(text, end) is not None


def proper(tokens: Sequence[Token], stem: str) -> bool:
    """Whether the run holds a proper noun, a foreign word or a pair of countries (日独)."""
    if any("固有名詞" in token.pos for token in tokens):
        return True
    return FOREIGN.search(stem) is not None
