"""Names are found alike in a short text, in which they are looked up, and in a long one, by an automaton."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.names.registry import LOOKED_UP, Lexicon, Name

WORD = st.text(alphabet="防衛省庁 A", min_size=1, max_size=5)


@dataclass(frozen=True)
class Body:
    """What bears names."""

    names: tuple[Name, ...]


def lexicon(names: list[str]) -> Lexicon[Body]:
    return Lexicon([Body((Name(name, "title"),)) for name in names], respelled=lambda name: [name[::-1]])


@given(st.lists(WORD, max_size=8), st.lists(WORD, max_size=8).map("".join))
def test_a_short_text_holds_the_names_that_a_long_one_holds(names: list[str], text: str) -> None:
    short, long = lexicon(names), lexicon(names)
    long.index()
    assert list(short.find(text)) == list(long.find(text))


def test_no_automaton_is_built_for_a_short_text() -> None:
    names = lexicon(["防衛省", "防衛"])
    assert [(hit.start, hit.end) for hit in names.find("防衛省は")] == [(0, 2), (0, 3)]
    assert "_indexed" not in vars(names)
    assert [hit.end for hit in names.find("あ" * LOOKED_UP + "防衛省")] == [LOOKED_UP + 2, LOOKED_UP + 3]
    assert "_indexed" in vars(names)
    assert [hit.end for hit in names.find("防衛")] == [2]
