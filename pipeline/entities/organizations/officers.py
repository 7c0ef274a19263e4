"""Persons' titles behind a company's name: 株式会社青葉｜代表取締役社長, 株式会社青葉総研｜主席コンサルタント."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives, in_name
from pipeline.entities.organizations.facts import countries, words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token

SHORT = 4  # 決め打ち: characters of a name of common words that a title may follow (中央映像制作)
_GRADE = alternatives(words("title_grade"))
_RANK = f"{alternatives(words('title_rank'))}|{_GRADE}"
TITLE = Rule(
    "title_of_an_officer",
    rf"(?:{_RANK})*(?:{alternatives(words('title'))})+",
    reads=("⟦代表取締役社長⟧", "⟦主任研究員⟧の", "⟦常務執行役員⟧"),
    leaves=("⟦コンサルタント", "⟦商店", "⟦副都心"),
)
# Words that also end names of firms: of a title only where a person may follow.
LOOSE_TITLE = Rule(
    "title_that_may_end_a_name",
    rf"(?:(?:{_RANK})*(?:{alternatives(words('title_loose'))})"
    rf"|(?:{_GRADE})+(?:{alternatives(words('title_of_rank'))}))"
    "(?![にがとはをも])",
    reads=("⟦主席コンサルタント⟧の", "⟦CTO⟧（"),
    leaves=("⟦シニアアドバイザーが", "⟦コンサルタントの", "⟦CROは"),
)
HEAD_OF = Rule(
    "head_of_a_part_of_a_firm",
    "(?:[部課室局所係院]|センター|グループ|チーム|[支本]店|支社|工場)(?=長)",
    reads=("企画⟦部⟧長", "大阪⟦支店⟧長"),
    leaves=("青葉長", "部会"),
)
# What parts of firms are called by: 営業｜部, 大阪｜支店; not what ends a firm's own name (商店｜支店長).
CALLED = ("名詞-普通名詞-サ変", "名詞-固有名詞-地名")
# 保育｜園長, 百貨｜店長: the head of a house, whose last letter the dictionary has with 長; but 病院｜院長.
HOUSE = Rule("head_of_a_house", "[園院館店](?=長$)", reads=("⟦園⟧長", "⟦店⟧長"), leaves=("支⟦店", "園児"))
ON_SALE = Rule(
    "house_before_its_head",  # 若葉書店｜長, other than 若葉支店長
    "(?<![支本代])店$|旅館$|[病医]院$|学[園院]$",
    reads=("書⟦店⟧", "⟦旅館⟧", "⟦病院⟧"),
    leaves=("支店", "代理店主"),
)
OF_ITSELF = Rule(
    "house_named_in_full",
    "(?:[園院館店校学会]|センター|ホーム)$",
    reads=("病⟦院⟧", "医療⟦センター⟧"),
    leaves=("保育", "百貨"),
)


def title_at(text: str, tokens: Sequence[Token], i: int, begin: int) -> int | None:
    """Return where a company's name ends if a title or an address (様) begins at token ``i``, else None.

    Args:
        text: Of the sentence.
        tokens: Of the sentence.
        i: A token behind the first one of the name.
        begin: Where the name begins.
    """
    if _addressed(tokens, i):
        return tokens[i].start
    before = tokens[i - 1]
    called = before.start > begin and before.pos.startswith(CALLED)
    if (
        tokens[i].surface == "長"
        and ON_SALE.search(before.surface)
        and not _goes_on(tokens, i, tokens[i].end)
    ):
        return tokens[i].start
    end = _part(text, tokens, i, called=called)
    if end is None:
        end = _title(text, tokens, i, TITLE, called=called)
    if end is None and _named(tokens, i, begin):
        end = _title(text, tokens, i, LOOSE_TITLE, called=called)
    return end


def _named(tokens: Sequence[Token], i: int, begin: int) -> bool:
    """Whether what stands before a title is a name of its own: 青葉｜シニアマネージャー, not 日本｜ディレクター."""
    return any(
        ("固有名詞" in t.pos and t.surface not in countries()) or t.surface.isascii() or t.end - begin > SHORT
        for t in tokens[:i]
        if t.start >= begin
    )


def _part(text: str, tokens: Sequence[Token], i: int, *, called: bool) -> int | None:
    """Return where a part of the firm ends, if its head is named: 営業部｜長, 大阪支店｜長, but not 青葉｜部長."""
    token, part = tokens[i], HEAD_OF.search(text, tokens[i - 1].start, tokens[i].end)
    if part is None or part.end() not in (token.start, token.end - 1) or token.end != part.end() + 1:
        return None
    if _goes_on(tokens, i, token.end):
        return None  # 青葉｜部長会
    if part.start() == token.start and OF_ITSELF.search(tokens[i - 1].surface):
        return part.start()  # 医療センター｜院長
    return part.end() if token.surface == "長" or called or not TITLE.fullmatch(token.surface) else None


def _title(text: str, tokens: Sequence[Token], i: int, rule: Rule, *, called: bool) -> int | None:
    """Return where the name before a title ends, unless more of a name follows the title (会長｜島製作所)."""
    token, found = tokens[i], rule.match(text, tokens[i].start)
    if found is None or (called and text.startswith("長", token.end)):
        return None
    last = next((t for t in tokens[i:] if t.end >= found.end()), token)
    if last.end != found.end() or _goes_on(tokens, i, found.end()):
        return None
    house = HOUSE.match(text, token.start, found.end()) and not OF_ITSELF.search(tokens[i - 1].surface)
    own = house and "固有名詞" not in tokens[i - 1].pos
    return token.start + 1 if own else token.start


def _goes_on(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether a noun other than a person's name follows right behind a title that ends at ``end``."""
    after = next((t for t in tokens[i:] if t.start == end), None)
    return after is not None and in_name(after) and "人名" not in after.pos


def _addressed(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word that addresses a body ends its name: 青葉商店｜様は; but 株式会社神様堂."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    ends = after is None or after.start > tokens[i].end or not in_name(after)
    return tokens[i].surface in words("address") and ends
