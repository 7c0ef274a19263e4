"""Names of bodies that the text itself introduces: 以下「…」という, acronyms and glosses in brackets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.entities.names.definitions import learn, occurrences
from pipeline.entities.names.find import Find
from pipeline.entities.names.finders import Names
from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.facts import generic, is_bare, unnamed, words
from pipeline.entities.organizations.homographs import ACRONYM, homographs
from pipeline.entities.organizations.left_edge import KATAKANA
from pipeline.entities.organizations.short_forms import (
    INTERNATIONAL,
    LIST_MARK,
    abbreviates,
    alone_in_bracket,
    bare_forms,
    introduces_itself,
    is_short_form,
    latin,
    of_a_rival,
    of_several,
    spells,
    wide,
    without_state,
)
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found, OrganizationName
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis, Sentence

SPACE = Rule(
    "space_within_a_quoted_name",
    "(?<=[^ -~])[ 　]|[ 　](?=[^ -~])",
    reads=("支援⟦ ⟧ICT", "ICT⟦　⟧隊"),
    leaves=("Task Force",),
)
FULL = Rule(
    "head_of_a_full_name",  # 三井住友銀行（住友銀行）: another body's name, though its letters are of the longer one
    f"(?:{alternatives(words('end_of_a_full_name'))})$",
    reads=("住友⟦銀行⟧", "社会⟦党⟧", "文部⟦省⟧"),
    leaves=("東大", "アジ研", "安保理", "省庁間"),
)
# Bodies with acronyms of their own; behind a ministry or a company one is rather its agency or a thing.
NAMED_IN_FULL = frozenset({"international", "council", "institute", "association", "corporation", "alliance"})
_OF_A_STATE = ("office_name", "acronym_name")
LONGEST = 200  # 決め打ち: no name is longer, and to look for one takes time by the square of its length
# 以下「委員会」という: a bare head names no body (guidelines: bare 公社, 連合, 本部); a longer one does (決め打ち).
BARE = 3


@dataclass(frozen=True, slots=True)
class _Introduced:
    sentence: int
    offset: int
    section: tuple[str, ...]
    name: OrganizationName
    implied: bool = False  # a usual short form, which the text does not spell out
    until: tuple[int, int] | None = None  # the sentence and offset at which another body's meaning begins


class Introduced:
    """What a document has introduced so far; each short form counts from there on."""

    def __init__(self, lexicon: Lexicon[Organization]) -> None:
        """Take the registry, whose names need no introduction."""
        self._lexicon = lexicon
        self._names: dict[str, _Introduced] = {}
        # The names by the sentence that introduces them, and what finds them all.
        self._at: dict[int, list[str]] = {}
        self._finder: Names | None = None
        # Short forms of several bodies, by the sentence that says which of them one stands for.
        self._here: dict[int, list[Found]] = {}
        self._before = (0, 0)  # the sentence and the end of the body that was last met

    def learn(self, index: int, sentence: Sentence, find: Found) -> None:
        """Take in what stands in the bracket behind a name of the sentence with this ``index``."""
        text, section = sentence.text, sentence.section[:2]
        sentence_before, end_before = self._before
        listed = sentence_before == index and bool(LIST_MARK.fullmatch(text, end_before, find.start))
        self._before = (index, find.end)
        behind = find.end + text.startswith("社（", find.end)  # X社（XYZ）
        for start, end, is_definition in (*learn(text, behind), *latin(text, find, behind)):
            alias = text[start:end]
            if is_definition and of_several(alias, find.name.name, listed=listed):
                continue
            self._end(alias, text, start, end, find, index)
            if alone_in_bracket(text, start, end, find) and self._shared(alias, find):
                here = Find(start, end, "definition", replace(find.name, alias_of=find.name.name))
                self._here.setdefault(index, []).append(here)
            elif self._taken(alias, text, start, end, find, is_definition):
                continue
            elif is_definition or is_short_form(alias, find.name.name):
                name = replace(find.name, alias_of=find.name.alias_of or find.name.name)
                self._add(alias, _Introduced(index, start, section, name))
        self._learn_itself(index, section, find)

    def _learn_itself(self, index: int, section: tuple[str, ...], find: Found) -> None:
        """Take in the forms in which a name that stands in full is found again behind it."""
        for bare, implied in bare_forms(find):
            if self._new(bare):
                named = replace(find.name, name=bare)
                self._add(bare, _Introduced(index, find.start, section, named, implied=implied))
        if stateless := self._new(without_state(find)):
            at = find.start + len(find.name.name) - len(stateless)
            name = replace(find.name, alias_of=find.name.alias_of or find.name.name)
            self._add(stateless, _Introduced(index, at, section, name, implied=True))
        if find.name.alias_of and find.rule in _OF_A_STATE:
            self._learn_of_state(index, section, find)
        if introduces_itself(find):
            written = find.name.name
            for spelling in dict.fromkeys((written, SPACE.sub("", written), SPACE.sub("　", written))):
                if spelling not in self._names:
                    implied = spelling != written
                    self._add(spelling, _Introduced(index, find.start, section, find.name, implied=implied))

    def _end(self, alias: str, text: str, start: int, end: int, find: Found, index: int) -> None:
        """End what a short form meant so far where its registered bearer stands: 九州工業大学（九大）と九州大学（九大）."""
        known, bearers = self._names.get(alias), self._lexicon.get(alias)
        meant = {record.name for record, _ in find.name.records} & {record.name for record, _ in bearers}
        if known is None or known.until or not meant or not alone_in_bracket(text, start, end, find):
            return
        if meant.isdisjoint(record.name for record, _ in known.name.records):
            self._names[alias] = replace(known, until=(index, start))

    def _learn_of_state(self, index: int, section: tuple[str, ...], find: Found) -> None:
        """ベトナムの計画投資省: later 計画投資省 alone is of that state, until another state's is named."""
        name = find.name.name
        known = self._names.get(name)
        if known is None:
            self._add(name, _Introduced(index, find.end, section, find.name, implied=True))
        elif known.name.alias_of != find.name.alias_of and known.until is None:
            self._names[name] = replace(known, until=(index, find.start))

    def _shared(self, alias: str, find: Found) -> bool:
        """Whether a short form means several things, and the body before it bears it: 国際協力事業団（JICA）."""
        bearers = {record.name for record, _ in self._lexicon.get(alias)}
        several = len(bearers) > 1 or alias in homographs()
        if of_a_rival(alias, find, self._lexicon.get(alias)) or (
            ACRONYM.fullmatch(alias)
            and any(
                record.kind == INTERNATIONAL
                and record.parent in bearers
                and record.name.startswith(record.parent)
                for record, _ in find.name.records
            )
        ):
            return True  # 包括的核実験禁止条約機関準備委員会（CTBTO）
        return several and any(record.name in bearers for record, _ in find.name.records)

    def _taken(self, alias: str, text: str, start: int, end: int, find: Found, is_definition: bool) -> bool:
        """Whether what a bracket holds is no new name of the body: it is known, or no name at all."""
        if alias in unnamed() or alias in self._names or (len(alias) <= BARE and is_bare(alias)):
            return True
        defined = is_definition and self._another(alias, find)
        if not defined and self._known(alias, text, start, end, find):
            return True
        if "/" in alias and all(self._lexicon.get(part) for part in alias.split("/")):
            return True
        return alias.isascii() and find.name.name.isascii() and not spells(find.name.name, alias)

    def _add(self, alias: str, introduced: _Introduced) -> None:
        if len(alias) > LONGEST:
            return
        self._names[alias] = introduced
        self._at.setdefault(introduced.sentence, []).append(alias)
        self._finder = None

    def _new(self, alias: str) -> str:
        """Return a short form if it is new: neither introduced before nor in the registry."""
        return "" if alias in self._names or self._lexicon.get(alias) else alias

    def _another(self, alias: str, find: Found) -> bool:
        """ソフトバンクモバイル（以下「ソフトバンク」という。）: the registry's body of that name is not meant."""
        owners = {record.name for record, _ in find.name.records}
        return bool(owners) and all(record.name not in owners for record, _ in self._lexicon.get(alias))

    def _known(self, alias: str, text: str, start: int, end: int, find: Found) -> bool:
        """Whether the registry's meaning of a name holds here too: not of 政府間海洋学委員会（IOC）.

        What stands alone in the bracket right behind a body's full name means that body.
        """
        records = self._lexicon.get(alias)
        if not records or not alone_in_bracket(text, start, end, find):
            return bool(records)
        name = find.name
        owners = (*name.records, *name.head)[:1]
        related = any(
            owner.name in (record.name, record.parent) or owner.parent == record.name
            for record, _ in records
            for owner, _ in owners
        )
        if related or any(name.name.startswith(record.name) for record, _ in records):
            return True  # 東京大学宇宙線研究所（東大）
        if not ACRONYM.fullmatch(alias):
            titled = any(written.kind == "title" or record.name == alias for record, written in records)
            return titled or FULL.search(alias) is not None or not abbreviates(alias, name.name)
        if name.records:
            return owners[0][1].kind != "title" or owners[0][0].kind not in NAMED_IN_FULL
        return bool(name.head) or name.kind not in NAMED_IN_FULL or not wide(name.name)

    def finds(self, index: int, analysis: Analysis, edges: frozenset[int]) -> Iterator[Found]:
        """Yield the introductions of a sentence, and what it names by something introduced before."""
        text = analysis.sentence.text
        if self._finder is None:
            self._finder = Names(self._names)
        yield from self._here.get(index, ())
        for alias in self._at.get(index, ()):
            known = self._names[alias]
            if known.implied:
                continue
            yield Find(known.offset, known.offset + len(alias), "definition", known.name)
        for start, end, alias in occurrences(text, self._finder, edges):
            known = self._names[alias]
            at = (index, start)
            over = at < (known.sentence, known.offset) or (known.until is not None and at >= known.until)
            if not over and self._alone(analysis, start, alias, known):
                yield Find(start, end, "definition", known.name)

    @staticmethod
    def _alone(analysis: Analysis, start: int, alias: str, known: _Introduced) -> bool:
        """Whether a short form stands for itself: 諮問｜委員会 is not 「委員会」."""
        if alias.isascii():
            return True
        before = analysis.tokens[analysis.ends[start]] if start in analysis.ends else None
        noun = before is not None and before.pos.startswith(
            ("名詞-普通名詞", "名詞-固有名詞", "接頭辞", "接尾辞")
        )
        text, end = analysis.sentence.text, start + len(alias)
        if KATAKANA.fullmatch(alias) and text.startswith("・", end) and KATAKANA.match(text, end + 1):
            return False  # アオバ｜・ワカバ
        if alias in generic() or text.startswith(tuple(words("suffix")), end):
            return False  # 郵便事業｜体
        if not is_bare(alias):
            return (
                len(alias) > 4 and not known.implied
            ) or not noun  # 決め打ち: longer ones are rarely the tail of another word
        return not noun and analysis.sentence.section[: len(known.section)] == known.section
