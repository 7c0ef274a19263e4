"""What names of bodies are made of: heads, words that tell nothing, countries (facts from ``data/``)."""

from __future__ import annotations

from functools import cache

from pipeline.entities.names.heads import Heads
from pipeline.entities.names.phrases import alternatives
from pipeline.facts import column, rows
from pipeline.model.rule import Rule


def _forms(script: str) -> str:
    """Return the alternatives of legal forms in one script (``data/legal_forms.csv``), the longest first."""
    return alternatives(column("legal_forms.csv", "form", "script", script))


# 株式会社; （株）, （一財）, （国研）: how a legal form is written out, and how it is shortened.
LEGAL = rf"(?:{_forms('long')}|（(?:{_forms('short')})）)"
LATIN_LEGAL = rf"(?:{_forms('latin')})(?![A-Za-z])\.?(?:,? Ltd\.?)?"
_BEHIND = {row["form"]: row["script"] for row in rows("legal_forms.csv") if row["behind"]}
LEGAL_BEHIND = "(?:{}|（(?:{})）)".format(
    "|".join(form for form, script in _BEHIND.items() if script == "long"),
    "|".join(form for form, script in _BEHIND.items() if script == "short"),
)
_FORMS = Rule(
    "legal_form_of_a_name",
    rf"^{LEGAL}[ 　]?|[ 　]?{LEGAL}$|,? {LATIN_LEGAL}$",
    reads=("⟦株式会社⟧昭和電工", "昭和電工⟦（株）⟧", "Vonage Holdings⟦ Corp.⟧"),
    leaves=("昭和電工", "昭和株式会社電工", "Vonage Corpus"),
)
DEPARTMENT_ON = Rule(
    "what_deals_with_legal_bodies",  # of a ministry: 国立大学法人｜支援課
    "(?:国立大学|独立行政|公益|特殊|学校|社会福祉|宗教|医療)法人"
    "(?:(?:支援|評価|行政|管理|調整|企画|監督|監理|指導|経営|認定)[課室係]|評価委員会(?:総会|[一-龥]{2,8}部会|[一-龥]{2,8}分科会)?)",
    reads=("⟦国立大学法人支援課⟧", "⟦国立大学法人評価委員会総会⟧"),
    leaves=("国立大学法人東京大学", "株式会社青葉商店営業課"),
)
LIMITED = "有限責任"  # of auditors: 有限責任あずさ監査法人
HEADS = Heads("org_heads.csv")
"""The heads of names of bodies. What must stand before one (``needs``):

``org`` a body's name; ``country`` a country alone; ``state`` a country and a field; ``office`` a field;
``place`` a place name just before it; ``firm`` a place or a name just before it and no noun behind it;
``trade`` the same, or any word that is none for a class;
``proper`` any proper noun; ``person`` a person's name;
``word`` a word that tells something, ``content`` two of them, ``domestic`` two and neither a body nor
a place; ``ordinal`` a number (第7), ``numbered`` one right before it;
``acronym`` an acronym in brackets behind it; ``city`` a town and
a field; ``field`` a town or prefecture and a field of its offices;
``party`` more than a place; ``quoted`` quotation marks around the name.
"""


@cache
def generic() -> frozenset[str]:
    """Return the words that do not tell one body from another (``data/org_generic.csv``)."""
    return frozenset(row["word"] for row in rows("org_generic.csv")) | words("behind")


@cache
def goods() -> frozenset[str]:
    """Return the ordinary nouns that go behind a firm's name (``data/org_goods.csv``): ソニー｜テレビ."""
    return frozenset(row["word"] for row in rows("org_goods.csv"))


def unnamed() -> frozenset[str]:
    """Return what brackets behind a name hold besides other names of it (仮称, 本社)."""
    return words("bracket")


@cache
def words(role: str) -> frozenset[str]:
    """Return the words that play a role beside a name or in one (``data/org_words.csv``)."""
    return frozenset(column("org_words.csv", "word", "role", role))


@cache
def outside() -> frozenset[str]:
    """Return the generic words that never begin a name (今後, 次期, 地元)."""
    return frozenset(column("org_generic.csv", "word", "reason", "outside"))


@cache
def trailing() -> tuple[str, ...]:
    """Return the words behind a name that are not of it (資料, ホームページ), the longest first."""
    return tuple(sorted(words("behind") | words("after"), key=len, reverse=True))


@cache
def countries() -> dict[str, str]:
    """Map the names and short forms of countries to the form that opens a norm (``data/countries.csv``)."""
    return {row["short"]: row["name"] for row in rows("countries.csv")}


@cache
def isos() -> dict[str, str]:
    """Map the same to the code of the country."""
    return {row["short"]: row["iso"] for row in rows("countries.csv")}


@cache
def states() -> dict[str, str]:
    """Map the same to the form that opens the name of a body of that state (中国 → 中華人民共和国)."""
    return {row["short"]: row["state"] or row["name"] for row in rows("countries.csv")}


@cache
def own_names() -> dict[str, str]:
    """Map firms abroad to the Latin name by which they call themselves in Japanese, too (グーグル → Google)."""
    return {row["name"]: row["own"] for row in rows("org_own_names.csv")}


@cache
def legal_kinds() -> dict[str, str]:
    """Map each legal form to the kind of body that bears it."""
    return {row["form"]: row["kind"] for row in rows("legal_forms.csv")}


def without_legal_form(name: str) -> str:
    """Return a company's or corporation's name without its legal form.

    >>> without_legal_form("昭和電工株式会社"), without_legal_form("（一財）日本気象協会")
    ('昭和電工', '日本気象協会')
    """
    bare = bare_name(name)
    longest = next(HEADS.at(bare, len(bare)), None)
    council = longest is not None and longest.kind == "council"  # not 全国｜社会福祉協議会
    if DEPARTMENT_ON.fullmatch(name):
        return name
    return name if not bare or (council and is_bare(bare)) else bare  # 独立行政法人評価委員会 keeps it


def bare_name(name: str) -> str:
    """Return a name without the legal forms at its two ends; nothing may be left of it.

    >>> bare_name("株式会社青葉商店"), bare_name("株式会社")
    ('青葉商店', '')
    """
    return _FORMS.sub("", _FORMS.sub("", name)).strip().removeprefix(LIMITED)


def is_bare(name: str) -> bool:
    """Whether a name is a head and nothing that tells one body from another (委員会, 専門部会)."""
    rest = name
    for head in HEADS.all:
        if rest.endswith(head.head):
            rest = rest.removesuffix(head.head)
            break
    else:
        return False
    return not rest or rest in generic()
