"""Tables of a file → types, each value checked and each example and counter-example run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.clean import clean, fold
from pipeline.entities.declared import table as form
from pipeline.entities.declared.finder import Finder
from pipeline.entities.declared.norms import AS_WRITTEN, TEXT, TemplateError, fields
from pipeline.entities.declared.patterns import PatternError, compiled
from pipeline.entities.declared.table import Declared, Example, Fault
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.model.sentence import Analysis, Sentence
from pipeline.model.source import Source
from pipeline.read.grid import BrokenTableError, read_grid
from pipeline.read.intake import MOST_TEXT, file_bytes
from pipeline.segment import load_segmenter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.segment import Segmenter

OPEN, CLOSE = "⟦⟧"
# Of one character, every text is full.
SHORTEST = 2
WORD, NORM = "word", "norm"


class Checked:
    """What files of types come to.

    Attributes:
        types: Those without a fault.
        faults: What must be mended, in the order of the files.
        data: For each file its name and its bytes, and those of the lists of words that it names.
    """

    def __init__(self, files: list[form.TypesFile]) -> None:
        """Check the types of files, each by itself and against each other."""
        self.types: list[Declared] = []
        self.faults: list[Fault] = []
        self.data: list[tuple[str, bytes]] = []
        self._claimed: dict[str, Declared] = {}
        number = 0
        for file in files:
            whole = [file.data]
            self.faults += file.faults
            for place, table in file.tables:
                self._take(file.path, place, table, number, whole)
                number += 1
            self.data.append((file.path, b"\0".join(whole)))

    def _take(self, path: str, place: str, table: dict[str, Any], number: int, whole: list[bytes]) -> None:
        shown = form.shown(table, number)
        found = [Fault(path, f"{place}, {key}", reason) for key, reason in form.of_looks(shown)]
        before = next((one for one in self.types if one.shown.label == shown.label), None)
        if before:
            found.append(
                Fault(path, f"{place}, label", f"is that of {before.place} of {before.file}: choose another")
            )
        try:
            words = list(_words(path, table, whole))
        except HakushoError as error:
            self.faults += [*found, Fault(path, f"{place}, words_file", str(error))]
            return
        declared = Declared(
            path,
            place,
            shown,
            tuple((fold(word).strip(), norm) for word, norm, _ in words),
            tuple(table.get("patterns", ())),
            table.get("norm", AS_WRITTEN),
            table.get("precedence") == "before",
            table.get("whole_words"),
            tuple(map(fold, table.get("unless_before", ()))),
            tuple(map(fold, table.get("unless_behind", ()))),
            form.examples(table["examples"]),
            tuple(table.get("counter_examples", ())),
        )
        if table.get("precedence", "behind") not in form.PRECEDENCES:
            said = table["precedence"]
            found.append(declared.fault("precedence", f"{said!r} is unknown: write before or behind"))
        found += self._of_words(declared, [key for _, _, key in words])
        found += _of_patterns(declared)
        self.faults += found or of_examples(declared)
        if not found:
            self.types.append(declared)

    def _of_words(self, declared: Declared, keys: list[str]) -> Iterator[Fault]:
        own: dict[str, str] = {}
        for (word, norm), key in zip(declared.words, keys, strict=True):
            if len(word) < SHORTEST or word.isdecimal():
                yield declared.fault(key, f"{word!r} is too short for a word: it would be found everywhere")
            elif own.setdefault(word, norm) != norm:
                yield declared.fault(key, f"{word!r} stands for {own[word]!r} already: keep one of them")
            elif (other := self._claimed.setdefault(word, declared)) is not declared:
                where = f"{other.place} of {other.file}"
                yield declared.fault(key, f"{word!r} is a word of {where} already: keep one of them")


def _words(path: str, table: dict[str, Any], whole: list[bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield the words of a type, each with its norm and the key that it stands under."""
    yield from ((word, word, "words") for word in table.get("words", ()))
    for norm, spellings in table.get("spellings", {}).items():
        yield from ((word, norm, "spellings") for word in dict.fromkeys((norm, *spellings)))
    if name := table.get("words_file"):
        file = Path(path).parent / name
        try:
            whole.append(file_bytes(file, str(file), MOST_TEXT))
            header, rows, _ = read_grid(whole[-1], str(file), (WORD, NORM))
        except (OSError, BrokenTableError) as error:
            raise HakushoError(f"{file} cannot be read ({error}): save it as CSV in UTF-8") from None
        if not rows or WORD not in header:
            raise HakushoError(f"{file} has no column 'word', or no row: give it one, and 'norm' beside it")
        for _, cells in rows:
            row = dict(zip(header, map(str.strip, cells), strict=False))
            if row.get(WORD):
                yield row[WORD], row.get(NORM) or row[WORD], f"words_file ({name})"


def _of_patterns(declared: Declared) -> Iterator[Fault]:
    groups: list[set[str]] = []
    for number, pattern in enumerate(declared.patterns, 1):
        try:
            groups.append({TEXT, *compiled(pattern).groupindex})
        except PatternError as error:
            yield declared.fault(f"patterns, number {number}", str(error))
    try:
        named = [name for _, name, _ in fields(declared.norm) if name]
    except TemplateError as error:
        yield declared.fault("norm", str(error))
        return
    for name in named:
        if any(name not in held for held in groups):
            yield declared.fault(
                "norm", f"no group {name!r} is in every pattern: write (?P<{name}>…) there, or {{text}}"
            )
    if declared.norm != AS_WRITTEN and not declared.patterns:
        yield declared.fault("norm", "is of what patterns find: words bring their own, see spellings")


def of_examples(declared: Declared) -> Iterator[Fault]:
    """Run the examples and counter-examples of a type whose patterns and words are sound."""
    finder, used = Finder(declared), set()
    for number, example in enumerate(declared.examples, 1):
        try:
            wanted, analysis, raw = _parted(example)
        except ValueError as error:
            yield declared.fault(f"examples, number {number}", str(error))
            continue
        found = {analysis.sentence.raw_span(f.start, f.end): f.name for f in finder.find(analysis)}
        used |= finder.witnessed(analysis)
        yield from (
            declared.fault(f"examples, number {number}", reason)
            for reason in _missed(example, wanted, found, raw)
        )
    for number, text in enumerate(declared.counter_examples, 1):
        if OPEN in text or CLOSE in text:
            yield declared.fault(
                f"counter_examples, number {number}",
                f"{text!r} has marks, which only examples have: take them out",
            )
            continue
        _, analysis, raw = _parted(Example(text))
        for find in finder.find(analysis):
            start, end = analysis.sentence.raw_span(find.start, find.end)
            yield declared.fault(
                f"counter_examples, number {number}",
                f"{raw[start:end]!r} is found in {raw!r}: narrow the words or patterns",
            )
    for number, pattern in enumerate(declared.patterns, 1):
        if number not in used:
            yield declared.fault(
                f"patterns, number {number}", f"{pattern!r} finds nothing in any example: give it one"
            )


def _missed(
    example: Example, wanted: list[tuple[int, int]], found: dict[tuple[int, int], str], raw: str
) -> Iterator[str]:
    if not wanted:
        yield f"{raw!r} marks no mention: put {OPEN} and {CLOSE} around it"
    for start, end in wanted:
        if (start, end) not in found:
            near = [raw[a:b] for a, b in found if a < end and start < b]
            instead = f"; {near[0]!r} is" if near else ""
            yield f"{raw[start:end]!r} is not found in {raw!r}{instead}: mend the words or patterns, or it"
    for start, end in sorted(found.keys() - set(wanted)):
        if not any(a < end and start < b for a, b in wanted):
            yield f"{raw[start:end]!r} is found in {raw!r}, too: mark it, or narrow the patterns"
    if example.norms is None:
        return
    if len(example.norms) != len(wanted):
        yield (
            f"the marks show {plural(len(wanted), 'mention')}, "
            f"the example gives {plural(len(example.norms), 'norm')}: give one for each"
        )
        return
    for span, norm in zip(wanted, example.norms, strict=True):
        if found.get(span, norm) != norm:
            yield f"the norm of {raw[slice(*span)]!r} is {found[span]!r}, not {norm!r}: mend one of the two"


def _parted(example: Example) -> tuple[list[tuple[int, int]], Analysis, str]:
    """Return the spans that an example marks, and it as a sentence, with its text without marks.

    Raises:
        ValueError: A mark has no fellow.
    """
    raw, wanted, opened = "", [], -1
    for sign in example.text:
        if sign == OPEN and opened < 0:
            opened = len(raw)
        elif sign == CLOSE and 0 <= opened < len(raw):
            wanted.append((opened, len(raw)))
            opened = -1
        elif sign in (OPEN, CLOSE):
            raise ValueError(f"{example.text!r} has a mark without its fellow: write {OPEN}…{CLOSE}")
        else:
            raw += sign
    if opened >= 0:
        raise ValueError(f"{example.text!r} has a mark without its fellow: write {OPEN}…{CLOSE}")
    text = clean(Source("", raw))
    sentence = Sentence("s", text.clean, text.starts, text.ends, "paragraph", "b")
    return wanted, Analysis(sentence, next(iter(_segmenter()([text.clean])))), raw


@cache
def _segmenter() -> Segmenter:
    return load_segmenter("sudachi")
