"""Tax laws and codes in shorthand: 消法2①八, 措法69の4①, 刑訴405条. Circulars (消基通5-1-1) are no laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.citation import Citation, Find
from pipeline.entities.laws.locators import Locators, read_locators
from pipeline.entities.laws.pattern_words import any_of
from pipeline.entities.names.phrases import alternatives
from pipeline.facts import rows
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Lexicon

_TITLES = {row["short"]: row["title"] for row in rows("law_shorthand.csv") if "tax" not in row["certain"]}
_CERTAIN = frozenset(row["short"] for row in rows("law_shorthand.csv") if row["certain"] == "yes")
_OF_TAXES = {row["short"]: row["title"] for row in rows("law_shorthand.csv") if "tax" in row["certain"]}
# 措置法令: a word that texts on taxes alone have.
_ALONE = frozenset(row["short"] for row in rows("law_shorthand.csv") if row["certain"] == "tax alone")
# 刑訴四〇五条
_DIGITS = r"(?:\d|[〇一二三四五六七八九十百]{1,5}条)"
NAME = Rule(
    "tax_law_in_shorthand",
    rf"(?<![一-龥々ァ-ヶーA-Za-z0-9])(?P<prefix>旧?)(?P<name>{alternatives(_TITLES)})(?={_DIGITS})",
    reads=("、⟦消法⟧2①八", "（⟦措令⟧40の2", "⟦所税⟧73条", "⟦刑訴⟧四〇五条"),
    leaves=("方⟦法令138", "⟦消法第2条", "⟦消基通5-1-1"),
)
NUMBERED = Rule(
    "number_behind_the_end_of_a_short_form",
    f"[{''.join(sorted({name[-1] for name in _CERTAIN}))}]{_DIGITS}",
    reads=("消⟦法2⟧", "措⟦令4⟧0の2", "刑⟦訴四〇五条⟧"),
    leaves=("消法第2条", "2法", "所基通"),
)
# A number that counts or measures something else is no article: 通法30件.
_PLACE = (
    r"\d{1,3}(?:の\d{1,3}){0,3}(?:[①-⑳](?:・?[①-⑳]){0,5})?"
    r"(?:[一二三四五六七八九十]{1,3}(?:の[二三四五六七八九十]{1,2})?)?[イロハニホ]?"
    r"(?![\d一-龥%％.．ー－-]|の\d)"
)
PLACES = Rule(
    "places_of_a_tax_law_in_shorthand",
    rf"{_PLACE}(?:[、，・～]{_PLACE}){{0,12}}",
    reads=("消法⟦2①八⟧、消令", "措法⟦69の4①⟧", "消法⟦2、30⟧"),
    leaves=("通法⟦30件", "所基通⟦9-1"),
)
STEP = Rule(
    "place_of_a_tax_law_in_shorthand",
    r"(?P<to>～)?(?P<article>\d{1,3}(?:の\d{1,3}){0,3})(?P<paragraph>[①-⑳・]*)"
    r"(?P<item>[一二三四五六七八九十]{0,3}(?:の[二三四五六七八九十]{1,2})?)",
    reads=("⟦2①八⟧、", "⟦69の4①③⟧", "⟦～9⟧"),
    leaves=("八",),
)
_FIRST = ord("①") - 1
# 措置法第69条の4 of a circular that defines nothing: where the sentence speaks of taxes.
CIRCULAR = Rule(
    "tax_law_of_a_circular",
    rf"(?<![一-龥々ァ-ヶーA-Za-z0-9])(?P<name>{alternatives(_OF_TAXES)})(?=(?:附則)?第{NUMBER}(?:の{NUMBER})*条)",
    reads=("、⟦措置法⟧第69条の4", "⟦措置法令⟧第40条の2", "⟦措置法⟧附則第3条"),
    leaves=("災害⟦措置法第3条", "⟦措置法通達69の4-7"),
)
TAXES = Rule(
    "word_of_taxes",
    any_of("tax"),
    reads=("相続⟦税⟧", "⟦控除⟧", "被⟦相続⟧人"),
    leaves=("災害対策",),
)


def shorthand(text: str, lexicon: Lexicon[Instrument]) -> Iterator[Find]:
    """Yield the tax laws that a sentence shortens to two letters before a place.

    What can be another word (法令138) counts beside one that cannot.
    """
    yield from _of_a_circular(text, lexicon)
    if NUMBERED.search(text) is None:
        return
    found = list(NAME.finditer(text))
    if not any(match["name"] in _CERTAIN for match in found):
        return
    for match in found:
        end, locators = _places(text, match.end())
        if end > match.end():
            title = _TITLES[match["name"]]
            # 旧所法 is the law before an amendment, or the one before it: none for certain.
            records = () if match["prefix"] else lexicon.get(title)
            citation = Citation(title, records, match["prefix"], locators=locators)
            yield Find(match.start(), end, "registry", citation)


def _of_a_circular(text: str, lexicon: Lexicon[Instrument]) -> Iterator[Find]:
    """Yield the act on special tax measures as circulars call it, where taxes are spoken of."""
    if "措置" not in text:
        return
    taxes = TAXES.search(text) is not None
    for match in CIRCULAR.finditer(text):
        if not taxes and match["name"] not in _ALONE:
            continue
        end, locators = read_locators(text, match.end())
        title = _OF_TAXES[match["name"]]
        yield Find(match.start(), end, "registry", Citation(title, lexicon.get(title), locators=locators))


def _places(text: str, start: int) -> tuple[int, Locators]:
    """Return where the places end that begin at ``start``, and what they say."""
    end, locators = read_locators(text, start)
    if locators.article:
        return end, locators
    places = PLACES.match(text, start)
    if places is None:
        return start, Locators()
    articles: list[str] = []
    paragraphs: list[str] = []
    items: list[str] = []
    for step in STEP.finditer(places.group()):
        article = step["article"].replace("の", "_")
        if step["to"] and articles:
            articles[-1] = f"{articles[-1]}-{article}"
        else:
            articles.append(article)
        paragraphs += [str(ord(sign) - _FIRST) for sign in step["paragraph"] if sign != "・"]
        if step["item"]:
            items.append("_".join(str(number(part)) for part in step["item"].split("の")))
    return places.end(), Locators(tuple(articles), tuple(paragraphs), tuple(items))
