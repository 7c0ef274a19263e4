"""Runs of nouns that end like a part of a body (刑事局), and what makes of such a name another word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.organizations.homographs import not_before
from pipeline.entities.organizations.left_edge import run_start
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.sentence import Analysis, Token

DEPARTMENT = Rule(
    "end_of_a_department",
    "(?:[局部課室会](?:(?<!会)|(?<=[部総]会)|(?<=委員会|理事会|分科会)))|(?<=部)門|(?<=[臣官]官)房",
    reads=("刑事⟦局⟧", "環境委員⟦会⟧", "部⟦会⟧", "大臣官⟦房⟧"),
    leaves=("協議会", "外務省"),
)
GOES_ON = Rule(
    "name_goes_on",
    # What makes of a name another word.
    "[員制性系隊]|(?<=軍)機[処大]|(?<=専攻)[医生科分領す]|(?<=学科)[目試会]"
    "|法(?![務令])|会議(?!録|規則)|会合|(?<=庁)舎|(?<=軍政府)(?:高官|首脳|要人|筋|間)"
    "|(?<=労働組合)(?:総同盟|総連合|運動|活動)|(?<=内閣)特命|(?<=[局部課室][局部課室])長",
    reads=(
        "支庁⟦舎⟧",
        "専攻⟦医⟧",
        "清朝軍⟦機処⟧",
        "米軍政府⟦高官⟧",
        "委員会⟦制⟧度",
        "部会⟦員⟧",
        "国会⟦法⟧",
        "幹事会⟦会議⟧",
        "小林内閣⟦特命⟧担当大臣",
        "日本労働組合⟦総同盟⟧",
        "参事官室室⟦長⟧補佐",
        "道路防災対策室課⟦長⟧補佐",
    ),
    leaves=("⟦法務課", "⟦の会議", "外務省⟦特命全権大使", "参事官室⟦長"),
)
OFFICIALS = ("長", "審議官", "参事官", "総括審議官", "付")
PARTS = frozenset("局部課室房")
MANY_OR_SAME = frozenset("同各両諸")  # 同｜準備委員会, 各｜予算委員会
STATIONS = ("放送", "テレビ", "電力", "鉄道")


def runs_on(text: str, end: int) -> bool:
    """Whether a name that seems to end at ``end`` is another word: 委員会制度, 事務局長."""
    station = text.startswith("局", end) and text.endswith(STATIONS, 0, end)  # 阿蘇インターネット放送｜局
    office = text.endswith("事務局", 0, end) and text.startswith("長", end)
    return bool(GOES_ON.match(text, end) or not_before().match(text, end)) or station or office


def of_official(text: str, behind: Token, end: int) -> bool:
    """Whether a name that reaches to ``end`` goes on in an official's surname: 厚生労働省｜山田健康課｜長."""
    return "人名-姓" in behind.pos and text[end - 1] in PARTS and text.startswith(OFFICIALS, end)


def department_runs(analysis: Analysis, edges: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of nouns that end like a part of a body (刑事局, 組織犯罪対策部, 環境委員会)."""
    text, tokens = analysis.sentence.text, analysis.tokens
    for match in DEPARTMENT.finditer(text):
        end = match.end()
        last = analysis.ends.get(end)
        if last is not None and end in edges and not runs_on(text, end):
            start = tokens[_past_official(text, tokens, run_start(text, tokens, last), last)].start
            if end - start > 2 and not (start and text[start - 1] in MANY_OR_SAME):
                yield start, end


def _past_official(text: str, tokens: Sequence[Token], first: int, last: int) -> int:
    """Drop the surname of the official who is of a department: 瀧川｜大臣官房｜審議官, 厚生労働省山岡｜年金局｜長."""
    named = [at for at in range(first, last) if "人名-姓" in tokens[at].pos]
    return named[-1] + 1 if named and text.startswith(OFFICIALS, tokens[last].end) else first
