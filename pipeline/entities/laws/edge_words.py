"""The words by which a title is told from the sentence around it: facts from ``data/`` and of grammar."""

from __future__ import annotations

from pipeline.entities.laws.heads import heads
from pipeline.entities.laws.pattern_words import words
from pipeline.facts import column
from pipeline.model.rule import Rule

_FILE = "law_phrases.csv"
TAKES_NI = frozenset(column(_FILE, "word", "role", "takes_ni"))
DEEDS = frozenset(column(_FILE, "word", "role", "deed"))
AMENDS = frozenset({"改正", "廃止"})
# What an aim is said of and no act: 発行を目的とする株式会社.
BEARERS = frozenset(column(_FILE, "word", "role", "bearer"))
TELLS = frozenset(column(_FILE, "word", "role", "tells"))
# Code points; titles with more are cut (決め打ち).
LONGEST = 240
CASES = frozenset({"が", "を", "に", "で", "へ", "と", "から", "まで", "より", "として", "とする"})
JOINERS = frozenset({*words("joiner"), "かつ", "及", "並に"})
# The analyzer cuts 又は in two, and 並びに behind some nouns.
SPLIT_JOINERS = tuple(word for word in words("joiner") if word.endswith(("は", "に")))
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
BILLS = ("予算案", "法律案", "法案", "条約案", "条例案", "協定案")
COMPLETE_ACTS = (*COMPLETE_HEADS, "法", "根拠")
# 各党の提案による, 議員の発議による: who brings the bill in.
PROPOSED = ("提案", "発議")
PROPOSERS = tuple(
    word for name in ("speaker", "proposer") for word in column("law_words.csv", "word", "list", name)
)
POINTERS = frozenset(
    {"これ", "それ", "ここ", "こちら", "同", "当該", "この", "その", "本", "両", "各", "ら", "並び"}
)
# 銀行法、信託法等の金融関係法律の一部を改正する等の法律: what 等の sums up are all the acts before it.
SUMMED_UP = Rule(
    "acts_that_one_word_sums_up",
    "(?:[^、。（）「」]{1,30}法、){0,20}[^、。（）「」]{1,30}法等の[一-龥]{2,12}(?:法律|法令)の一部を改正",
    reads=("⟦信託法等の金融関係法律の一部を改正⟧する", "⟦信託法、保険業法等の金融関係法律の一部を改正⟧する"),
    leaves=("港湾法等の一部を改正する", "港湾法等の施行に関する法律の一部を改正"),
)
# 委員会における電波法の一部を改正する法律案: what stands before an act named by its nouns is where it was spoken of.
ONE_ACT = Rule(
    "amended_act_named_by_nouns",
    "おける[一-龥々ァ-ヶー]{1,30}法(?:（[^（）]{1,30}）)?等?の一部を改正",
    reads=("委員会に⟦おける電波法の一部を改正⟧する", "委員会に⟦おける電波法等の一部を改正⟧する"),
    leaves=("学校に⟦おける教育の改善に関する法律の一部を改正",),
)
BRACKET = Rule(
    "bracket_in_a_title",
    r"（(?![^（）]*(?:以下|法律第|政令第|省令第|条約第))(?:[^（）「」。]{1,40}?(?P<treaty>条約|協定)?)）(?=[のにをがと及並又若])",
    reads=("条約⟦（ATA条約）⟧の実施",),
    leaves=("電波法⟦（昭和25年法律第131号）の施行", "第2条⟦（準用する場合を含む。）及び"),
)
