"""How objects show themselves: one line in a console, a short piece of HTML in a notebook.

The HTML is complete in itself (no script, no style sheet, nothing fetched), escaped, and of a length that
does not grow with the document. Labels are told apart by name and line as well as by colour; the colours are
those of the report.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from html import escape
from typing import TYPE_CHECKING

from pipeline.model.plural import plural
from pipeline.model.shown import BOX, CELL, cut, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.document.analysed import Analysed
    from pipeline.model.entity import Entity
    from pipeline.model.sentence import Sentence

ROWS, EXCERPT = 20, 600  # rows of a table, characters of a text (決め打ち)


def entities_line(entities: Sequence[Entity]) -> str:
    """Return the number of mentions by label, and the first mentions, one on each line."""
    lines = [f"<{_counted(entities)}>", *(f"  {entity!r}" for entity in entities[:ROWS])]
    if len(entities) > ROWS:
        lines.append(f"  … and {len(entities) - ROWS:,} more")
    return "\n".join(lines)


def document_line(document: Analysed) -> str:
    """Return a document in one line: its length and its mentions by label."""
    return (
        f"<Document {document.source.doc_id!r}: {plural(len(document.source.raw), 'character')}, "
        f"{plural(len(document.analyses), 'sentence')}, {_counted(document.entities)}>"
    )


def entities_html(entities: Sequence[Entity]) -> str:
    """Return the number of mentions by label, and a table of the first of them."""
    return f'<div lang="ja" style="{BOX}"><p>{_counts(entities)}</p>{_table(entities)}</div>'


def document_html(document: Analysed) -> str:
    """Return a document as HTML: what it is, its counts, its first sentences and its first mentions."""
    source = document.source
    facts = [source.publisher, source.edition, source.part]
    facts += [f"speaks on {source.reference_date}" if source.reference_date else "no reference date"]
    facts += [
        plural(len(source.raw), "character"),
        plural(len(document.analyses), "sentence"),
        document.analyzer,
    ]
    flagged = sum(bool(entity.flags) for entity in document.entities)
    return (
        f'<div lang="ja" style="{BOX}"><p>'
        f"<strong><bdi>{escape(source.title or source.doc_id)}</bdi></strong><br>"
        f"{' · '.join(f'<bdi>{escape(fact)}</bdi>' for fact in facts if fact)}</p>"
        f"<p>{_counts(document.entities)} · {flagged:,} with flags</p>{''.join(_excerpt(document))}"
        f"<details><summary>The mentions as a table</summary>{_table(document.entities)}</details></div>"
    )


def _excerpt(document: Analysed) -> Iterator[str]:
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
        meaning = f"{entity.meaning} ({entity.entity_id})"
        out += [escape(sentence.text[at:start]), marked(sentence.text[start:end], entity.label, meaning)]
        at = end
    rest = sentence.text[at : max(at, most)]
    return f"<bdi>{''.join(out)}{escape(rest)}{'…' if at + len(rest) < len(sentence.text) else ''}</bdi>"


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
    yield f'<td style="{CELL}">{marked(entity.surface, entity.label)}</td>'
    for value in (entity.meaning, _place(entity), ", ".join(entity.flags)):
        yield f'<td style="{CELL}"><bdi>{escape(cut(value))}</bdi></td>'


def _place(entity: Entity) -> str:
    names = (("Art.", entity.article), ("par.", entity.paragraph), ("item", entity.item))
    return " ".join(f"{name} {', '.join(places)}" for name, places in names if places)


def _counted(entities: Sequence[Entity]) -> str:
    counts = Counter(entity.label for entity in entities)
    by_label = f" ({', '.join(f'{label} {n:,}' for label, n in sorted(counts.items()))})" if counts else ""
    return f"{plural(len(entities), 'entity', 'entities')}{by_label}"


def _counts(entities: Sequence[Entity]) -> str:
    counts = Counter(entity.label for entity in entities)
    return " ".join(marked(f"{n:,}", label) for label, n in sorted(counts.items())) or "no mentions"
