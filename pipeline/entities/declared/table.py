"""A file of types of one's own as TOML: its keys, its values, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.entities import LABELS
from pipeline.entities.declared.norms import AS_WRITTEN
from pipeline.entities.own_names.table import nearest
from pipeline.model.errors import HakushoError
from pipeline.model.labels import CONTRAST, LINES, OwnLabel, contrast, is_colour, is_label
from pipeline.read.intake import MOST_TEXT
from pipeline.read.toml_files import toml_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each key of a type with the kind of its value.
KEYS: dict[str, str] = {
    "label": "text", "name_en": "text", "name_ja": "text", "plural_en": "text", "plural_ja": "text",
    "colour": "text", "ground": "text", "line": "text", "precedence": "text", "norm": "text",
    "words": "list", "words_file": "text", "spellings": "table", "patterns": "list", "whole_words": "bool",
    "unless_before": "list", "unless_behind": "list", "examples": "examples", "counter_examples": "list",
}  # fmt: skip
NEEDED = ("label", "name_en", "name_ja", "examples")
WANTED = {
    "text": "a text in quotation marks", "list": 'a list of texts, ["…", "…"]', "bool": "true or false",
    "table": 'a table of norm = ["spelling", …]',
    "examples": 'a list of texts, or of {text = "…", norm = "…"}',
}  # fmt: skip
PRECEDENCES = ("behind", "before")
# Okabe and Ito, Color Universal Design (2008): those that the shipped types leave.
PALETTE = ("#cc79a7", "#e69f00", "#56b4e9", "#f0e442")


class Fault(NamedTuple):
    """What is wrong with a file of types: the file, where in it, and the reason."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}{self.place and ', '}{self.place}: {self.reason}"


class Example(NamedTuple):
    """A text with the mentions in it marked ``⟦…⟧``, and their norms; None of these for any."""

    text: str
    norms: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A type that a file declares.

    Attributes:
        shown: Its label, names and looks.
        words: Each spelling, as a clean text has it, with its norm.
        patterns: As RE2 reads them.
        norm: The template of the norm of what a pattern finds.
        first: Whether it counts before other types where mentions are equally long or cross.
        whole_words: Whether mentions must begin and end where words do; None: those of ``words`` alone.
        unless_before: What must not stand right before a mention; ``unless_behind`` right behind it.
    """

    file: str
    place: str
    shown: OwnLabel
    words: tuple[tuple[str, str], ...] = ()
    patterns: tuple[str, ...] = ()
    norm: str = AS_WRITTEN
    first: bool = False
    whole_words: bool | None = None
    unless_before: tuple[str, ...] = ()
    unless_behind: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def fault(self, key: str, reason: str) -> Fault:
        """Return a fault of one of its keys."""
        return Fault(self.file, f"{self.place}, {key}", reason)


@dataclass(slots=True)
class TypesFile:
    """A file that was read: its bytes, its types as tables with their places, and faults of its form."""

    path: str
    data: bytes = b""
    tables: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_file(path: str) -> TypesFile:
    """Read a file as TOML, and check the form of its keys.

    Raises:
        HakushoError: It cannot be read, or is no TOML.
    """
    try:
        data, content = toml_of(Path(path), path, MOST_TEXT)
    except (OSError, ValueError) as error:
        raise HakushoError(f"{path}: cannot be read ({error}): write the types as TOML in UTF-8") from None
    read = TypesFile(path, data)
    tables = content.pop("type", [])
    read.faults += [Fault(path, "", _unknown(key, ("type",))) for key in content]
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        read.faults.append(
            Fault(path, "", "declares no type: begin each with a line that holds type in double brackets")
        )
        return read
    for number, table in enumerate(tables, 1):
        place = f"type {number}" + (f" ({table['label']})" if isinstance(table.get("label"), str) else "")
        faults = [Fault(path, place, reason) for reason in _of_form(table)]
        read.faults += faults
        if not faults:
            read.tables.append((place, table))
    return read


def _of_form(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if key not in KEYS:
            yield _unknown(key, KEYS)
        elif not _is(KEYS[key], value):
            yield f"{key}: wanted {WANTED[KEYS[key]]}: write it so"
    for key in NEEDED:
        if not table.get(key):
            yield f"{key} is missing: every type needs one"
    if not any(table.get(key) for key in ("words", "words_file", "spellings", "patterns")):
        yield "has nothing to find: give it words, spellings, a words_file or patterns"


def _unknown(key: str, known: Any) -> str:
    return f"unknown key {key!r} ({nearest(key, known)}): mend its name, or take it out"


def _is(kind: str, value: Any) -> bool:
    if kind == "list":
        return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    if kind == "table":
        return isinstance(value, dict) and all(key and _is("list", one) for key, one in value.items())
    if kind == "examples":
        return isinstance(value, list) and all(isinstance(one, str) or _is_example(one) for one in value)
    return isinstance(value, {"text": str, "bool": bool}[kind])


def _is_example(value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() != {"text", "norm"} or not isinstance(value["text"], str):
        return False
    norms = value["norm"] if isinstance(value["norm"], list) else [value["norm"]]
    return all(isinstance(norm, str) for norm in norms)


def examples(values: list[Any]) -> tuple[Example, ...]:
    """Return the examples of a type, whose form was checked."""
    return tuple(
        Example(one)
        if isinstance(one, str)
        else Example(one["text"], tuple(one["norm"] if isinstance(one["norm"], list) else [one["norm"]]))
        for one in values
    )


def shown(table: dict[str, Any], number: int) -> OwnLabel:
    """Return the label of a type with its names and looks; ``number`` counts types, for a colour."""
    names = {key: table.get(key, "") for key in ("name_en", "name_ja", "plural_en", "plural_ja", "ground")}
    colour = table.get("colour", PALETTE[number % len(PALETTE)]).lower()
    return OwnLabel(
        table["label"], colour=colour, line=table.get("line", LINES[0]),
        **{key: value.lower() if key == "ground" else value for key, value in names.items()},
    )  # fmt: skip


def of_looks(own: OwnLabel) -> Iterator[tuple[str, str]]:
    """Yield the keys of a label, its names and its looks that are at fault, each with the reason."""
    if own.label in LABELS:
        yield "label", f"{own.label!r} is a shipped type: choose another label"
    elif not is_label(own.label):
        yield "label", f"{own.label!r} is no label: write capital letters, digits and _, such as EQUIPMENT"
    for key in ("colour", "ground"):
        value = getattr(own, key)
        if (value or key == "colour") and not is_colour(value):
            yield key, f"{value!r} is no colour: write it as #cc79a7"
        elif key == "ground" and value and contrast(value) < CONTRAST:
            yield key, f"dark letters are hard to read on {value!r}: choose a paler one, or leave it out"
    if own.line not in LINES:
        yield (
            "line",
            f"{own.line!r} is no line ({nearest(own.line, LINES)}): choose one of {', '.join(LINES)}",
        )
