"""How objects show themselves: one line in a console, a short piece of HTML in a notebook.

The HTML is complete in itself (no script, no style sheet, nothing fetched), escaped, and of a length that does not grow with
the document. Labels are told apart by name and line as well as by colour; the colours are those of the report.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.document import Document
    from pipeline.model import Entity, Sentence, Source, Text

ROWS, EXCERPT, LONGEST = 20, 600, 60  # rows of a table, characters of a text, characters of a cell (決め打ち)
# Ground and line of a label: Okabe-Ito colours, the ground light enough for dark letters (7 to 1 and more).
STYLES = {
    "ORG": ("#d9ecf8", "solid #0072b2"),
    "DATE": ("#fbe3d3", "dashed #d55e00"),
    "LAW": ("#d6f0e7", "double #009e73"),
}
OTHER = ("#f6e1ed", "dotted #cc79a7")
INK, PAPER = "#1d2330", "#ffffff"
BOX = f"max-width:62em;padding:.6em .9em;background:{PAPER};color:{INK};font-family:sans-serif;line-height:1.7;text-align:left"
CELL = f"padding:.15em .6em;text-align:left;vertical-align:top;background:{PAPER};color:{INK}"
SMALL = "margin-left:.15em;font-size:.65em;font-weight:bold"


def source_line(source: Source) -> str:
    """Return a source in one line, without its text."""
    facts = [f"{len(source.raw):,} characters", source.title, source.edition]
    facts += [
        f"speaks on {source.reference_date}" if source.reference_date else "no reference date",
        source.path,
    ]
    return f"<Source {source.doc_id!r}: {', '.join(filter(None, facts))}>"


def text_line(text: Text) -> str:
    """Return a cleaned text in one line."""
    return f"<Text of {text.source.doc_id!r}: {len(text.clean):,} characters, {len(text.repairs):,} repairs>"


def sentence_line(sentence: Sentence) -> str:
    """Return a sentence in one line, without the origins of its characters."""
    return f"<Sentence {sentence.sentence_id} {sentence.kind} {_cut(sentence.text)!r}>"


def entity_line(entity: Entity) -> str:
    """Return a mention in one line: id, label, span, text and what it means."""
    flags = f" flags: {', '.join(entity.flags)}" if entity.flags else ""
    return (
        f"<Entity {entity.entity_id} {entity.label} [{entity.start}, {entity.end}) {_cut(entity.surface)!r} → "
        f"{_meaning(entity)!r}{flags}>"
    )


def entities_line(entities: Sequence[Entity]) -> str:
    """Return the number of mentions by label, and the first of them one a line."""
    lines = [f"<{_counted(entities)}>", *(f"  {entity_line(entity)}" for entity in entities[:ROWS])]
    if len(entities) > ROWS:
        lines.append(f"  … and {len(entities) - ROWS:,} more")
    return "\n".join(lines)


def document_line(document: Document) -> str:
    """Return a document in one line: its length and its mentions by label."""
    return (
        f"<Document {document.source.doc_id!r}: {len(document.source.raw):,} characters, {len(document.analyses):,} "
        f"sentences, {_counted(document.entities)}>"
    )


def entity_html(entity: Entity) -> str:
    """Return a mention as a table of what is known of it; what is empty is left out."""
    names = [name for name in entity.__dataclass_fields__ if name not in ("label", "surface")]
    rows = [
        (name, _cell(name, getattr(entity, name)))
        for name in names
        if getattr(entity, name) not in ("", (), None)
    ]
    body = "".join(
        f'<tr><th scope="row" style="{CELL}">{escape(name)}</th><td style="{CELL}"><bdi>{escape(_cut(value))}</bdi></td></tr>'
        for name, value in rows
    )
    return f'<div lang="ja" style="{BOX}">{_mark(entity.surface, entity.label)}<table>{body}</table></div>'


def entities_html(entities: Sequence[Entity]) -> str:
    """Return the number of mentions by label, and a table of the first of them."""
    return f'<div lang="ja" style="{BOX}"><p>{_counts(entities)}</p>{_table(entities)}</div>'


def document_html(document: Document) -> str:
    """Return what a document is, how many mentions it has, its first sentences with them marked, and a table of the first."""
    source = document.source
    facts = [source.publisher, source.edition, source.part]
    facts += [f"speaks on {source.reference_date}" if source.reference_date else "no reference date"]
    facts += [f"{len(source.raw):,} characters", f"{len(document.analyses):,} sentences", document.analyzer]
    flagged = sum(bool(entity.flags) for entity in document.entities)
    return (
        f'<div lang="ja" style="{BOX}"><p><strong><bdi>{escape(source.title or source.doc_id)}</bdi></strong><br>'
        f"{' · '.join(f'<bdi>{escape(fact)}</bdi>' for fact in facts if fact)}</p>"
        f"<p>{_counts(document.entities)} · {flagged:,} with flags</p>{''.join(_excerpt(document))}"
        f"<details><summary>The mentions as a table</summary>{_table(document.entities)}</details></div>"
    )


def _excerpt(document: Document) -> Iterator[str]:
    """Yield the first sentences, each a paragraph with its mentions marked."""
    within: dict[str, list[Entity]] = defaultdict(list)
    for entity in document.entities:
        within[entity.sentence_id].append(entity)
    shown = length = 0
    for sentence in document.sentences:
        if length >= EXCERPT:
            break
        weight = "bold" if sentence.kind == "heading" else "normal"
        text = _marked(sentence, within[sentence.sentence_id], EXCERPT - length)
        yield f'<p style="margin:.2em 0;font-weight:{weight}">{text}</p>'
        shown, length = shown + 1, length + len(sentence.text)
    if shown < len(document.sentences):
        yield f"<p>… and {len(document.sentences) - shown:,} more sentences</p>"


def _marked(sentence: Sentence, entities: Iterable[Entity], most: int) -> str:
    """Return at most about ``most`` characters of a sentence, no mention cut in two."""
    out, at = [], 0
    for entity in entities:
        start, end = bisect_left(sentence.starts, entity.start), bisect_right(sentence.ends, entity.end)
        if start >= most or not at <= start < end:
            break
        meaning = f"{_meaning(entity)} ({entity.entity_id})"
        out += [escape(sentence.text[at:start]), _mark(sentence.text[start:end], entity.label, meaning)]
        at = end
    rest = sentence.text[at : max(at, most)]
    return f"<bdi>{''.join(out)}{escape(rest)}{'…' if at + len(rest) < len(sentence.text) else ''}</bdi>"


def _mark(text: str, label: str, meaning: str = "") -> str:
    ground, line = STYLES.get(label, OTHER)
    title = f' title="{escape(_cut(meaning))}"' if meaning else ""
    style = f"padding:0 .15em;background:{ground};color:{INK};border-bottom:3px {line}"
    return f'<mark{title} style="{style}"><bdi>{escape(_cut(text))}</bdi><span style="{SMALL}">{escape(label)}</span></mark>'


def _table(entities: Sequence[Entity]) -> str:
    heads = ("entity_id", "text", "norm", "place", "flags")
    head = "".join(f'<th scope="col" style="{CELL}">{name}</th>' for name in heads)
    rows = "".join(f"<tr>{''.join(_cells(entity))}</tr>" for entity in entities[:ROWS])
    more = (
        f"<p>… and {len(entities) - ROWS:,} more: <code>to_frame()</code> has all</p>"
        if len(entities) > ROWS
        else ""
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}" if entities else ""


def _cells(entity: Entity) -> Iterator[str]:
    yield f'<td style="{CELL}">{escape(entity.entity_id)}</td>'
    yield f'<td style="{CELL}">{_mark(entity.surface, entity.label)}</td>'
    for value in (_meaning(entity), _place(entity), ", ".join(entity.flags)):
        yield f'<td style="{CELL}"><bdi>{escape(_cut(value))}</bdi></td>'


def _place(entity: Entity) -> str:
    names = (("Art.", entity.article), ("par.", entity.paragraph), ("item", entity.item))
    return " ".join(f"{name} {', '.join(places)}" for name, places in names if places)


def _meaning(entity: Entity) -> str:
    return f"{entity.norm} {entity.mod}".strip()


def _cell(name: str, value: Any) -> str:
    if name == "candidates":
        return " | ".join(candidate.title for candidate in value)
    return (" > " if name == "section" else " | ").join(value) if isinstance(value, tuple) else str(value)


def _counted(entities: Sequence[Entity]) -> str:
    counts = Counter(entity.label for entity in entities)
    by_label = f" ({', '.join(f'{label} {n:,}' for label, n in sorted(counts.items()))})" if counts else ""
    return f"{len(entities):,} {'entity' if len(entities) == 1 else 'entities'}{by_label}"


def _counts(entities: Sequence[Entity]) -> str:
    counts = Counter(entity.label for entity in entities)
    return " ".join(_mark(f"{n:,}", label) for label, n in sorted(counts.items())) or "no mentions"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
