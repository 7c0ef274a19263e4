"""Persons' titles behind a company's name: 株式会社青葉｜代表取締役社長, 株式会社青葉総研｜主席コンサルタント."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives, in_name
from pipeline.entities.organizations.facts import words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token

_RANK = alternatives(words("title_rank"))
TITLE = Rule(
    "title_of_an_officer",  # a word that also ends names of firms (コンサルタント) needs a rank before it
    rf"(?:{_RANK})*(?:{alternatives(words('title'))})+"
    rf"|(?:{_RANK})+(?:{alternatives(words('title_of_rank'))})",
    reads=("⟦代表取締役社長⟧", "⟦主席コンサルタント⟧の", "⟦常務執行役員⟧"),
    leaves=("⟦コンサルタント", "⟦商店", "⟦副都心"),
)
HEAD_OF = Rule(
    "head_of_a_part_of_a_firm",
    "(?:[部課室局所係院]|センター|グループ|チーム|[支本]店|支社|工場)(?=長)",
    reads=("企画⟦部⟧長", "大阪⟦支店⟧長"),
    leaves=("青葉長", "部会"),
)
# What parts of firms are called by: 営業｜部, 大阪｜支店; not what ends a firm's own name (商店｜支店長).
CALLED = ("名詞-普通名詞-サ変", "名詞-固有名詞-地名")


def title_at(text: str, tokens: Sequence[Token], i: int, begin: int) -> int | None:
    """Return where a company's name ends if a person's title begins at token ``i``, None if none does.

    Args:
        text: Of the sentence.
        tokens: Of the sentence.
        i: A token behind the first one of the name.
        begin: Where the name begins.
    """
    called = tokens[i - 1].start > begin and tokens[i - 1].pos.startswith(CALLED)
    end = _part(text, tokens, i, called=called)
    return end if end is not None else _title(text, tokens, i, called=called)


def _part(text: str, tokens: Sequence[Token], i: int, *, called: bool) -> int | None:
    """Return where a part of the firm ends, if its head is named: 営業部｜長, 大阪支店｜長, but not 青葉｜部長."""
    token, part = tokens[i], HEAD_OF.search(text, tokens[i - 1].start, tokens[i].end)
    if part is None or part.end() not in (token.start, token.end - 1) or token.end != part.end() + 1:
        return None
    return part.end() if token.surface == "長" or called or not TITLE.fullmatch(token.surface) else None


def _title(text: str, tokens: Sequence[Token], i: int, *, called: bool) -> int | None:
    """Return where a title begins, unless more of a name follows it (会長｜島製作所)."""
    token, found = tokens[i], TITLE.match(text, tokens[i].start)
    if found is None or (called and text.startswith("長", token.end)):
        return None
    last = next((t for t in tokens[i:] if t.end >= found.end()), token)
    after = next((t for t in tokens[i:] if t.start == found.end()), None)
    ends = last.end == found.end() and (after is None or not in_name(after) or "人名" in after.pos)
    return token.start if ends else None
