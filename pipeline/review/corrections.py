"""Corrections: the judgements of a report's readers, and how they change a gold file.

A file of corrections only grows. Each row says something of the mention at ``at_label``, ``at_start``,
``at_end`` (as the page showed it); the last row about a mention counts. The columns of the gold say what it
should be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.export import csv_text
from pipeline.export.saving import save
from pipeline.model.errors import HakushoError
from pipeline.read import discover, load
from pipeline.review.spans import Spans
from pipeline.scoring import gold
from pipeline.scoring.gold import read_mentions
from pipeline.scoring.gold_check import check
from pipeline.scoring.realign import realign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pipeline.model.cells import Cell
    from pipeline.scoring.gold import GoldMention
    from pipeline.scoring.gold_check import Problem

    Target = tuple[str, str, int, int]

Action = Literal["accept", "reject", "change", "add", "comment", "undo"]
ACTIONS: tuple[Action, ...] = get_args(Action)
COLUMNS = ("doc_id", "action", "at_label", "at_start", "at_end", *gold.COLUMNS[1:], "note", "who", "when")


@dataclass(frozen=True, slots=True)
class Correction:
    """One row: somebody's judgement of one mention.

    Attributes:
        target: Document, label, start and end of the mention as it was shown.
        mention: As it should be; for ``reject`` and ``undo`` as it was shown. Its note is the reader's
            comment.
        when: In UTC, as ``2026-11-23T01:02:03.456Z``; what was said of several mentions at once shares it.
    """

    action: Action
    target: Target
    mention: GoldMention
    who: str = ""
    when: str = ""

    def cells(self) -> tuple[Cell, ...]:
        """Return the row, in the order of :data:`COLUMNS`."""
        _, label, start, end = self.target
        return (
            self.mention.doc_id,
            self.action,
            label,
            start,
            end,
            *_gold_cells(self.mention)[1:],
            self.who,
            self.when,
        )


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a file of corrections.

    Raises:
        HakushoError: The file or a row is broken.
    """
    return tuple(correction(cells, f"{path}, row {row}") for row, cells in gold.read_rows(path, COLUMNS[:-3]))


def correction(cells: Mapping[str, str], place: str) -> Correction:
    """Read one row; ``place`` is its place, for messages.

    Raises:
        HakushoError: The action or the label is unknown, or a span is no span.
    """
    action = next((known for known in ACTIONS if known == cells["action"]), None)
    if action is None:
        raise HakushoError(f"{place}: action is {cells['action']!r}; wanted {', '.join(ACTIONS)}: correct it")
    at = {"label": cells["at_label"], "start": cells["at_start"], "end": cells["at_end"]}
    shown = gold.read_mention({**dict.fromkeys(gold.COLUMNS, ""), "doc_id": cells["doc_id"], **at}, place)
    target = shown.doc_id, shown.label, shown.start, shown.end
    mention = replace(gold.read_mention(cells, place), rule="", row=0)
    return Correction(action, target, mention, cells.get("who", ""), cells.get("when", ""))


def settled(corrections: Iterable[Correction]) -> dict[Target, Correction]:
    """Return the last judgement of each mention, without those that were undone.

    They stand in the order in which their mentions were judged first.
    """
    found: dict[Target, Correction] = {}
    for c in corrections:
        if c.action == "undo":
            found.pop(c.target, None)
        else:
            found[c.target] = c
    return found


def apply(mentions: Iterable[GoldMention], corrections: Iterable[Correction]) -> tuple[GoldMention, ...]:
    """Return ``mentions`` with the corrections made: documents in the order given, mentions in text order.

    What is accepted, changed or added takes the place of whatever it overlaps; what is rejected goes.

    Raises:
        HakushoError: A correction is of another text than the mentions.
    """
    kept = _Kept(mentions)
    for target, c in settled(corrections).items():
        for place in (target, _place(c.mention)):
            _same_text(kept.get(place), c)
        if c.action == "comment":
            if found := kept.get(target):
                kept.put(replace(found, note=c.mention.note))
            continue
        before = kept.pop(target)
        if c.action != "reject":
            kept.clear(c.mention)
            note = c.mention.note or (before.note if before else "")
            kept.put(replace(c.mention, note=note))
    return kept.sorted()


class _Kept:
    """Mentions by their places, and what overlaps them."""

    def __init__(self, mentions: Iterable[GoldMention]) -> None:
        self._found: dict[Target, GoldMention] = {}
        self._spans: defaultdict[str, Spans[Target]] = defaultdict(Spans)
        for mention in mentions:
            self.put(mention)

    def get(self, place: Target) -> GoldMention | None:
        return self._found.get(place)

    def put(self, mention: GoldMention) -> None:
        place = _place(mention)
        self._found[place] = mention
        self._spans[mention.doc_id].add(place, mention.start, mention.end)

    def pop(self, place: Target) -> GoldMention | None:
        mention = self._found.pop(place, None)
        if mention:
            self._spans[mention.doc_id].remove(place, mention.start, mention.end)
        return mention

    def clear(self, mention: GoldMention) -> None:
        """Let go of all that overlaps a mention."""
        for place in list(self._spans[mention.doc_id].overlapping(mention.start, mention.end)):
            self.pop(place)

    def sorted(self) -> tuple[GoldMention, ...]:
        found = self._found.values()
        order = {doc_id: at for at, doc_id in enumerate(dict.fromkeys(m.doc_id for m in found))}
        return tuple(sorted(found, key=lambda m: (order[m.doc_id], m.start, m.end)))


def corrections_csv(corrections: Iterable[Correction]) -> str:
    """Return a file of corrections."""
    return "\ufeff" + csv_text(COLUMNS, (c.cells() for c in corrections))


def gold_csv(mentions: Iterable[GoldMention]) -> str:
    """Return a gold file."""
    return "\ufeff" + csv_text((*gold.COLUMNS, "note"), map(_gold_cells, mentions))


def _gold_cells(m: GoldMention) -> tuple[Cell, ...]:
    locator = ("|".join(level) for level in m.locator)
    return (m.doc_id, m.label, m.start, m.end, m.text, m.norm, m.value, m.mod, *locator, m.note)


def _place(m: GoldMention) -> Target:
    return m.doc_id, m.label, m.start, m.end


def _same_text(found: GoldMention | None, c: Correction) -> None:
    m = c.mention
    if found and (found.start, found.end) == (m.start, m.end) and found.text.split() != m.text.split():
        raise HakushoError(
            f"{m.doc_id} [{m.start}, {m.end}): the gold has {found.text!r} there, "
            f"the correction {m.text!r}; wanted "
            "corrections of the same text: judge a report of this file"
        )


def realign_gold(old: Path, new: Path, gold: Path, output: Path) -> tuple[int, list[GoldMention]]:
    """Write ``output``: the gold of a text at its places in that text as extracted anew.

    What stood there before is kept beside it as ``.bak``.

    Returns:
        How many mentions were placed, and those that were not.

    Raises:
        HakushoError: A file cannot be read, or the gold is of another text or of several.
    """
    before, after = _text(old), _text(new)
    mentions = read_mentions(gold)
    ids = {mention.doc_id for mention in mentions}
    if len(ids) > 1:
        raise HakushoError(
            f"{gold}: found the documents {', '.join(sorted(ids))}; wanted one, that of {old}: "
            "give the file of one document"
        )
    if other := next((m for m in mentions if before[m.start : m.end].split() != m.text.split()), None):
        raise HakushoError(
            f"{gold}, row {other.row}: found {before[other.start : other.end]!r} "
            f"at [{other.start}, {other.end}) "
            f"of {old}; wanted {other.text!r}: give the text that it annotates"
        )
    placed, lost = realign(before, after, mentions)
    save(output, gold_csv(placed), keep=True)
    return len(placed), lost


def apply_corrections(
    corrections: Sequence[Path], gold: Path, output: Path
) -> tuple[dict[str, int], list[Problem]]:
    """Write ``output``: the gold with the corrections made.

    What stood there before is kept beside it as ``.bak``.

    Returns:
        How many corrections of each action counted, and the faults that the new gold has.

    Raises:
        HakushoError: A file is broken, or the corrections are of another text.
    """
    made = [c for path in corrections for c in read_corrections(path)]
    mentions = apply(read_mentions(gold), made)
    save(output, gold_csv(mentions), keep=True)
    return dict(Counter(c.action for c in settled(made).values())), check(mentions, {}, complete=False)


def _text(path: Path) -> str:
    found = discover([str(path)])
    if len(found) != 1:
        raise HakushoError(f"{path}: found {len(found)} documents; wanted one: name the file")
    return load(found[0]).raw
