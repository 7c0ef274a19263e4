"""What goes on behind a firm's name: another's, a line's or a product's name, or an ordinary word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import MARKS, in_name
from pipeline.entities.organizations.facts import HEADS, generic, goods, words
from pipeline.entities.organizations.find import OrganizationName
from pipeline.entities.organizations.left_edge import KATAKANA
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Token

GROUP = "グループ"
SITE = "site_with_a_firms_name"  # the role of such words
POWER = ("電力", "ガス")  # only behind a company of power or gas ネットワーク and 送配電 name another one
DOT = frozenset("・")  # グーグル・クラウド・ジャパン
TOKYU = "東急"  # of which the full name is as short as a short one
ENDS_A_NAME = frozenset("はがをも。（")  # の, に, で, と and 、 may as well stand behind the place alone
ENDS_OF_A_PLACE = ENDS_A_NAME | frozenset("のにでとや、 ") | {""}
BUS = "バス"
LONGEST_TAIL = 5  # 決め打ち: words behind a company's name that may belong to another's
FORMER = "旧"
RAILWAY = Rule(
    "name_of_a_railway",
    "(?:鉄道|電鉄|急行|地下鉄|軌道)$|^東急$",
    reads=("富士⟦急行⟧", "近畿日本⟦鉄道⟧", "⟦東急⟧"),
    leaves=("鉄道建設", "東急建設"),
)
OPERATOR = Rule(
    "railway_whose_lines_bear_their_own_names",  # JR東日本｜山手線, 東京メトロ｜東西線: the firm and its line
    "(?:旅客鉄道|地下鉄)$",
    reads=("東日本⟦旅客鉄道⟧", "東京⟦地下鉄⟧"),
    leaves=("富士急行", "西日本鉄道"),
)
CAPITALS = Rule(
    "capitals_that_go_on_a_name",
    "[A-Z]{2,5}",
    reads=("⟦XD⟧", "⟦ITS⟧"),
    leaves=("X", "iPhone"),
)
LINE = Rule(
    "line_or_station",  # of a railway, that bears its firm's name
    "[線駅]$",
    reads=("⟦線⟧", "奈良⟦線⟧", "新宿⟦駅⟧"),
    leaves=("線路", "回線網"),
)


def with_tail(
    text: str, tail: Sequence[Token], find: Found, lexicon: Lexicon[Organization]
) -> Iterator[Found]:
    """Yield a firm, or the longer one that it begins; nothing where it is part of another name."""
    if _names_a_line(tail[:2], find):
        return
    end = _end_of_firm(text, tail, find.end)
    made = all(record.kind == "company" for record, _ in find.name.records)
    if not end and _runs_on(text, tail, find.end, goods() if made else frozenset()):
        return
    if not end and _of_another(text, tail, find, lexicon):
        return
    if not end and made:
        end = _with_a_place(text, tail[:2], find)
    if not end and all(r.kind == "company" and n.kind == "title" for r, n in find.name.records):
        end = _region(text, tail[:1], find.end)
    yield company(text, find.start, end, lexicon) if end else find


def _of_another(text: str, tail: Sequence[Token], find: Found, lexicon: Lexicon[Organization]) -> bool:
    """Whether what goes on behind a firm's name, and ends in no trade, makes another's name of it."""
    if _before_capitals(tail[:1], find, lexicon) or _dotted(tail[:2], find, lexicon):
        return True
    made = all(record.kind == "company" for record, _ in find.name.records)
    return made and _formerly_another(text, tail, find)


def company(text: str, start: int, end: int, lexicon: Lexicon[Organization]) -> Found:
    """Return the firm that a span of a text names."""
    name = text[start:end]
    return Find(start, end, "company_trade", OrganizationName(name, lexicon.get(name), kind="company"))


def _runs_on(text: str, tail: Sequence[Token], end: int, ordinary: frozenset[str]) -> bool:
    """Whether a firm's name only begins the name of another one, of a product or of a place.

    東急リバブル, ホンダエアクラフト, トヨタカローラ, 京セラドーム: which of them it is, no dictionary says. Words
    that go behind any firm's name (ブランド, ``ordinary`` goods) leave it, and so does a noun in kanji
    behind (トヨタ｜ハイブリッド｜車).
    """
    run = list(_katakana(tail, end))
    if run and run[0].surface in words(SITE):
        return True
    if not run or (words("behind_a_firm") | ordinary) & {run[0].surface, run[-1].surface}:
        return False
    if ordinary and run[-1].surface.endswith(tuple(ordinary)):
        return False  # カゴメ｜トマトジュース
    if any(head.needs == "org" for head in HEADS.at(text, run[-1].end)):
        return False  # ワコール｜アートセンター: a body's head ends the longer name
    behind = tail[len(run)] if len(run) < len(tail) else None
    goes_on = behind is not None and behind.start == run[-1].end and in_name(behind)
    return not goes_on and not text.startswith("・", run[-1].end)


def _formerly_another(text: str, tail: Sequence[Token], find: Found) -> bool:
    """Whether a maker's name behind 旧 only begins the former name of another firm: 旧｜東芝｜ソリューション販売.

    What is of the firm itself leaves it: 旧日産の工場, 旧日産青葉工場, 旧日産社員, 旧日産パソコン.
    """
    run = list(_nouns(tail, find.end)) if text.endswith(FORMER, 0, find.start) else []
    if not run or (len(run) == 1 and len(run[0].surface) == 1):
        return False  # 旧東芝｜製
    own = words("of_a_former_firm")
    if any(token.surface.endswith(tuple(own)) for token in run):
        return False
    return not ((words("behind_a_firm") | goods()) & {run[0].surface, run[-1].surface})


def _nouns(tail: Iterable[Token], end: int) -> Iterator[Token]:
    """Yield the nouns that go on from ``end``."""
    for token in tail:
        if token.start != end or not in_name(token) or token.surface in MARKS:
            return
        yield token
        end = token.end


def _katakana(tail: Iterable[Token], end: int) -> Iterator[Token]:
    """Yield the nouns in katakana that go on from ``end``."""
    for token in tail:
        if token.start != end or not in_name(token) or KATAKANA.fullmatch(token.surface) is None:
            return
        yield token
        end = token.end


def _end_of_firm(text: str, tail: Sequence[Token], end: int) -> int:
    """Return where another company's name ends that goes on from ``end`` (ホンダ｜エアクラフト｜カンパニー), or 0."""
    reached, best = end, 0
    trades = words("trade") | words("trade_of_power") if text.endswith(POWER, 0, end) else words("trade")
    for token in _going_on(text, tail, end):
        if token.surface in trades or (token.surface == GROUP and best == token.start):
            best = token.end
        elif token.surface not in DOT and not _piece(token):
            break
        reached = token.end
    after = next((token for token in tail if token.start >= reached), None)
    if best and after is not None and after.start == best and in_name(after):
        return best if after.surface in words("officer") or after.surface in words("behind") else 0
    return best


def _going_on(text: str, tail: Iterable[Token], end: int) -> Iterator[Token]:
    """Yield the words that go on from a name that reaches to ``end``; ・ only within one in katakana."""
    marks = MARKS - DOT if KATAKANA.search(text, end - 2, end) else MARKS
    dotted = False
    for token in tail:
        if token.start != end or not in_name(token) or token.surface in marks:
            return
        dotted = dotted or token.surface in DOT
        if dotted and "固有名詞" in token.pos and token.surface not in words("trade"):
            return  # 富士通・｜NEC｜システムズ: two names
        yield token
        end = token.end


def _names_a_line(tail: Sequence[Token], find: Found) -> bool:
    """Whether a railway's name only begins that of a line or a station: 富士急行｜線, 近鉄｜奈良線, 小田急｜新宿駅."""
    if not tail or tail[0].start != find.end or not all(RAILWAY.search(r.name) for r, _ in find.name.records):
        return False
    if tail[0].surface in ("線", "本線"):
        return True
    short = all(n.kind != "title" or r.name == TOKYU for r, n in find.name.records)
    short = short and not any(OPERATOR.search(r.name) for r, _ in find.name.records)
    named = "固有名詞" in tail[0].pos
    further = tail[1] if len(tail) > 1 and tail[1].start == tail[0].end else tail[0]
    line = LINE.search(tail[0].surface) or (len(further.surface) == 1 and LINE.search(further.surface))
    return bool(short and named and line)


def _before_capitals(tail: Sequence[Token], find: Found, lexicon: Lexicon[Organization]) -> bool:
    """Whether a firm's name in Japanese runs on in capitals that are no word for a thing: セガ｜XD."""
    behind = tail[0] if tail and tail[0].start == find.end else None
    if behind is None or find.name.name.isascii() or not CAPITALS.fullmatch(behind.surface):
        return False
    return behind.surface not in words("letters_behind_a_firm") and not lexicon.get(behind.surface)


def _dotted(tail: Sequence[Token], find: Found, lexicon: Lexicon[Organization]) -> bool:
    """Whether a firm's name in katakana runs on behind ・ in an ordinary word: トヨタ｜・モビリティ."""
    if len(tail) < 2 or tail[0].start != find.end or tail[0].surface not in DOT:
        return False
    word = tail[1]
    ordinary = word.pos.startswith("名詞-普通名詞") and KATAKANA.fullmatch(word.surface) is not None
    listed = words("behind_a_firm") | goods()
    return (
        ordinary
        and KATAKANA.fullmatch(find.name.name) is not None
        and not (
            word.surface in listed or lexicon.get(word.surface)  # スズキ・スバル: two firms
        )
    )


def _with_a_place(text: str, tail: Sequence[Token], find: Found) -> int:
    """Return where the name of a firm ends that goes on with a place (デンソー｜岩手), or 0.

    A noun behind the place is of the firm itself (トヨタ｜岩手｜工場), and a railway's place is a station.
    """
    railway = any(
        RAILWAY.search(record.name) or record.name.startswith("JR") for record, _ in find.name.records
    )
    end = find.end
    bus = bool(tail) and tail[0].start == end and railway and tail[0].surface == BUS
    if bus:
        end, tail = tail[0].end, tail[1:]
    place = tail[0] if tail and tail[0].start == end and tail[0].pos.endswith("地名-一般") else None
    if place is not None and (bus or not railway) and text[place.end : place.end + 1] in ENDS_OF_A_PLACE:
        return place.end
    return end if bus else 0


def _region(text: str, tail: Sequence[Token], end: int) -> int:
    """Return where a firm's name ends that goes on with a region or field alone (日産自動車｜九州｜は), or 0."""
    last = words("region_of_a_firm") | words("field_of_a_firm")
    region = tail[0] if tail and tail[0].start == end and tail[0].surface in last else None
    if region is None or text[region.end : region.end + 1] not in ENDS_A_NAME:
        return 0
    return region.end


def _piece(token: Token) -> bool:
    """Whether a word may stand within a company's name before its trade: エアクラフト, 石油."""
    return token.pos.startswith(("名詞-普通名詞", "名詞-固有名詞")) and token.surface not in generic()
