"""What a mention carries as a spaCy ``Span``: the extension attributes, and how they are kept.

A mention is kept under ``doc.user_data``, at the place that spaCy itself uses for the attributes of a span;
so it goes wherever spaCy takes them: ``to_bytes``, ``DocBin`` with ``store_user_data``, ``Doc.from_docs``,
``Span.as_doc``.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, cast

from spacy.tokens import Doc, Span

from pipeline.model.entity import Candidate, Entity
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pipeline.model.source import Source

    Key = tuple[str, str, int | None, int | None]

NAME = "hakusho"
EXACT = ("start", "end", "text")
FIELDS = tuple(f.name for f in fields(Entity) if f.name not in ("label", *EXACT))
# The value of an attribute without a mention.
_EMPTY = {f.name: "" if f.default is MISSING else f.default for f in fields(Entity)} | dict.fromkeys(EXACT)
# spaCy keeps texts as UTF-8, which has no lone surrogates; they come from nothing but damaged text in memory.
UNSPEAKABLE = re.compile("[\ud800-\udfff]")
SOURCE = ("doc_id", "sha256", "encoding", "title", "publisher", "edition", "part", "licence", "url", "format")


def register(prefix: str = "") -> None:
    """Make the attributes known to spaCy; calling it again changes nothing.

    Attributes of a ``Span``: ``hakusho`` (the whole :class:`~pipeline.model.Entity`, None where there is
    none), and each field of it by its name but ``label``, ``start``, ``end`` and ``text``: ``norm``,
    ``value``, ``mod``, ``start_date`` … (empty where there is no mention); ``exact_start``, ``exact_end``,
    ``exact_text``: the mention itself, in code points of its source; ``aligned``: whether it begins and ends
    on a border of tokens. Of a ``Doc``: ``hakusho``, what is known of the source.

    A process that only reads documents (from a ``DocBin``) calls this once.

    Args:
        prefix: Put before each name but ``hakusho``, for those who use one of them for something else.

    Raises:
        HakushoError: Something else has registered one of the names.
    """
    getters: dict[str, Callable[[Span], Any]] = {NAME: entity_at}
    getters |= {f"{prefix}{name}": Field(name) for name in FIELDS}
    getters |= {f"{prefix}exact_{name}": Field(name) for name in EXACT} | {f"{prefix}aligned": aligned}
    for name, getter in getters.items():
        if Span.has_extension(name) and Span.get_extension(name)[2] != getter:
            raise HakushoError(
                f"the attribute span._.{name} is taken by something else: "
                "give the component an attribute_prefix of its "
                "own, such as 'hakusho_'"
            )
    for name, getter in getters.items():
        Span.set_extension(name, getter=getter, force=True)
    Doc.set_extension(NAME, getter=source_of, force=True)


def registered() -> bool:
    """Whether :func:`register` was called in this process, with any prefix."""
    return Span.has_extension(NAME)


def speakable(text: str) -> str:
    """Return ``text`` as spaCy can keep it, of the same length: lone surrogates become U+FFFD."""
    return UNSPEAKABLE.sub("\ufffd", text)


def put(span: Span, entity: Entity) -> None:
    """Keep ``entity`` for ``span``; two mentions may share the tokens of one span."""
    key = ("._.", NAME, span.start_char, span.end_char)
    others = [r for r in _kept(span.doc).get(key, ()) if r["entity_id"] != entity.entity_id]
    _kept(span.doc)[key] = [*others, _record(entity)]


def forget(spans: Iterable[Span]) -> None:
    """Drop the mentions kept for ``spans``, which are about to be replaced."""
    for span in spans:
        key = ("._.", NAME, span.start_char, span.end_char)
        if rest := [r for r in _kept(span.doc).pop(key, ()) if r["entity_id"] != span.id_]:
            _kept(span.doc)[key] = rest


def put_source(doc: Doc, source: Source, versions: Mapping[str, str] | None = None) -> None:
    """Keep the metadata of the source of ``doc``, and the versions that analysed it."""
    facts: dict[str, Any] = {name: getattr(source, name) for name in SOURCE}
    facts["reference_date"] = source.reference_date.isoformat() if source.reference_date else ""
    _kept(doc)["._.", NAME, None, None] = facts | {"versions": dict(versions or {})}


def entity_at(span: Span) -> Entity | None:
    """Return the mention that ``span`` stands for, None if it stands for none."""
    records = _kept(span.doc).get(("._.", NAME, span.start_char, span.end_char), ())
    for matches in (
        lambda r: r["entity_id"] == span.id_,
        lambda r: r["label"] == span.label_,
        lambda _: not span.label_,
    ):
        for record in records:
            if matches(record):
                return _entity(record)
    return None


def aligned(span: Span) -> bool:
    """Whether the mention of ``span`` begins and ends where the span does.

    False for a span without a mention.
    """
    entity = entity_at(span)
    return entity is not None and len(entity.text) == len(span.text)


def _kept(doc: Doc) -> dict[Key, Any]:
    """Return what spaCy keeps for attributes; it promises names as keys, and uses places."""
    return cast("dict[Key, Any]", doc.user_data)


def source_of(doc: Doc) -> dict[str, Any]:
    """Return the metadata of the source of ``doc``; empty if it was not analysed."""
    facts: dict[str, Any] = _kept(doc).get(("._.", NAME, None, None), {})
    return facts


@dataclass(frozen=True, slots=True)
class Field:
    """The getter of an attribute: a span → the field ``name`` of its mention, or the value for none.

    An object and no closure, since spaCy sends the attributes to its worker processes.
    """

    name: str

    def __call__(self, span: Span) -> Any:
        """Return the field for ``span``."""
        entity = entity_at(span)
        return _EMPTY[self.name] if entity is None else getattr(entity, self.name)


def _record(entity: Entity) -> dict[str, Any]:
    """Return the fields of ``entity`` that differ from their defaults, as plain values."""
    return {f.name: _plain(value) for f in fields(entity) if (value := getattr(entity, f.name)) != f.default}


def _plain(value: object) -> object:
    if isinstance(value, str):
        return speakable(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return asdict(value) if isinstance(value, Candidate) else value


def _entity(record: dict[str, Any]) -> Entity:
    found: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
    }
    found["candidates"] = tuple(Candidate(**one) for one in record.get("candidates", ()))
    return Entity(**found)
