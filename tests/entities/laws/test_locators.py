"""Places in a law: where they end, and what they say."""

import random

import pytest

from pipeline.entities.laws.locators import LEVELS, Locators, read_locators

CASES = [
    ("第3条", "第3条", "3//"),
    ("第3条の2第1項第2号に", "第3条の2第1項第2号", "3_2/1/2"),
    ("第七十六条第一項第二号の二", "第七十六条第一項第二号の二", "76/1/2_2"),
    ("8条に", "8条", "8//"),
    ("第252条の19第1項の", "第252条の19第1項", "252_19/1/"),
    ("第78条及び第81条に", "第78条及び第81条", "78|81//"),
    ("第26条、第40条）", "第26条、第40条", "26|40//"),
    ("第100条から第107条までの", "第100条から第107条まで", "100-107//"),
    ("第4条の2第1項及び第5条第2項から第4項まで", "第4条の2第1項及び第5条第2項から第4項まで", "4_2|5/1|2-4/"),
    ("第2条第9項第1号から第5号まで", "第2条第9項第1号から第5号まで", "2/9/1-5"),
    ("第2条第1項第1号イに", "第2条第1項第1号イ", "2/1/1"),
    ("第36条第1項ただし書の", "第36条第1項ただし書", "36/1/"),
    ("第3条前段", "第3条前段", "3//"),
    ("第3条後段", "第3条後段", "3//"),
    ("第5条各号に", "第5条各号", "5//"),
    ("附則第2条", "附則第2条", "2//"),
    ("附則第3項", "附則第3項", "/3/"),
    ("別表第1に", "別表第1", "//"),
    ("別表第2号", "別表第2号", "//"),
    ("別記様式第1号", "別記様式第1号", "//"),
    ("第7章の", "第7章", "//"),
    ("第Ⅴ章", "第Ⅴ章", "//"),
    ("第Ⅳ条", "第Ⅳ条", "4//"),
    ("第十一条2の", "第十一条2", "11/2/"),
    ("第2項又は第4項", "第2項又は第4項", "/2|4/"),
    ("第2条、法律", "第2条", "2//"),
    ("第2条及び関係", "第2条", "2//"),
    ("第16回", "", "//"),
    ("第1次", "", "//"),
    ("の第2条", "", "//"),
    ("第5条約束", "第5条", "5//"),
]


@pytest.mark.parametrize(("text", "read", "place"), CASES)
def test_locators(text: str, read: str, place: str) -> None:
    end, found = read_locators(text, 0)
    assert text[:end] == read
    assert "/".join("|".join(part) for part in (found.article, found.paragraph, found.item)) == place


def test_nothing_is_read_where_nothing_stands() -> None:
    assert read_locators("自衛隊法", 0) == (0, Locators())


KANJI = "〇一二三四五六七八九十"
JOINERS = ("、", "・", "及び", "又は", "並びに", "若しくは", "、及び")


def _number(rng: random.Random) -> tuple[str, str]:
    """Return a number as texts write it, with or without a branch, and as the columns do."""
    value, branch = rng.randint(1, 10), rng.choice(("", "", "", "2", "3"))
    kanji = rng.random() < 0.4
    written = (KANJI[value] if kanji else str(value)) + (
        f"の{KANJI[int(branch)] if kanji else branch}" if branch else ""
    )
    return written, f"{value}_{branch}" if branch else str(value)


def _step(rng: random.Random, unit: str) -> tuple[str, list[str]]:
    """Return one step (第3条の2, 第4～6条, 第1、2項), and its values."""
    first, value = _number(rng)
    body, branch = [*first.split("の"), ""][:2]
    branch = f"の{branch}" if branch else ""
    kind = rng.random()
    if kind < 0.6 or branch:
        return f"第{body}{unit}{branch}", [value]
    second, other = _number(rng)
    while "の" in second or other == value:
        second, other = _number(rng)
    if kind < 0.8:
        return f"第{body}{rng.choice(('、', '・', '及び', '又は'))}{second}{unit}", [value, other]
    return f"第{body}～{second}{unit}", [f"{value}-{other}"]


def _place(rng: random.Random, top: int) -> tuple[str, tuple[list[str], list[str], list[str]]]:
    """Return a place that begins at a level, and the values of each."""
    levels = [level for level in range(top, 3) if level == top or rng.random() < 0.5]
    text, values = "", ([], [], [])  # type: ignore[var-annotated]
    for level in levels:
        written, found = _step(rng, LEVELS[level])
        text += written
        values[level].extend(found)
    if levels[-1] == 2 and rng.random() < 0.3:
        text += rng.choice(("イ", "イ又はロ", "ロからニまで", "イ、ロ及びハ", "ロ（1）"))
    elif rng.random() < 0.2:
        text += rng.choice(("前段", "ただし書", "本文", "柱書"))
    return text, values


@pytest.mark.parametrize("seed", range(300))
def test_places_are_read_back(seed: int) -> None:
    rng = random.Random(seed)
    text, (articles, paragraphs, items) = _place(rng, 0)
    for _ in range(rng.randint(0, 3)):
        more, values = _place(rng, rng.randint(0, 2))
        text += rng.choice(JOINERS) + more
        articles, paragraphs, items = articles + values[0], paragraphs + values[1], items + values[2]
    end, found = read_locators(text + "の規定により、", 0)
    assert text[:end] == text
    assert found == Locators(tuple(articles), tuple(paragraphs), tuple(items)), text
