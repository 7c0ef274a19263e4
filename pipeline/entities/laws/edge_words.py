"""The words by which a title is told from the sentence around it: facts from ``data/`` and of grammar."""

from __future__ import annotations

from pipeline.entities.laws.heads import heads
from pipeline.facts import column

_FILE = "law_phrases.csv"
TAKES_NI = frozenset(column(_FILE, "word", "role", "takes_ni"))
DEEDS = frozenset(column(_FILE, "word", "role", "deed"))
AMENDS = frozenset({"改正", "廃止"})
TELLS = frozenset(column(_FILE, "word", "role", "tells"))
# Code points; titles with more are cut (決め打ち).
LONGEST = 240
CASES = frozenset({"が", "を", "に", "で", "へ", "と", "から", "まで", "より", "として", "とする"})
JOINERS = frozenset(
    {"及び", "および", "並びに", "ならびに", "又は", "または", "若しくは", "もしくは", "かつ", "及", "並に"}
)
# The analyzer cuts 又は in two, and 並びに behind some nouns.
SPLIT_JOINERS = ("又は", "または", "若しくは", "もしくは", "並びに", "ならびに")
FREE = frozenset({"の", "や", "など", "等", "その", "他", "・", "－", "-", "ー", "現に", "ノ"})
NOUNS = ("名詞", "接頭辞", "接尾辞", "形状詞", "代名詞")
# Words that speak of the time of the sentence, not of what the title is about: 一方、, 昨年、.
NOT_LISTED = ("名詞-普通名詞-副詞可能", "名詞-数詞", "接尾辞-名詞的-助数詞", "名詞-普通名詞-助数詞可能")
TIME_UNITS = ("年", "月", "日", "年度", "秋", "春", "夏", "冬", "末", "頃")
ATTRIBUTIVE = frozenset(
    {"れる", "られる", "せる", "させる", "べき", "ない", "な", "う", "たる", "得る", "うる", "り", "ず"}
)
# する件: the verb is a token of its own.
INSTRUMENTS = tuple(head.head.removeprefix("する") for head in heads() if len(head.head) > 1)
COMPLETE_HEADS = ("法律", "法案", "条約", "協定", "議定書", "規則", "指令", "政令", "省令", "条例", "案")
COMPLETE_ACTS = (*COMPLETE_HEADS, "法", "根拠")
POINTERS = frozenset(
    {"これ", "それ", "ここ", "こちら", "同", "当該", "この", "その", "本", "両", "各", "ら", "並び"}
)
