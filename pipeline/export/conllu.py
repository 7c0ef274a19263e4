"""CoNLL-U: sentences and morphemes with UD columns, mentions and offsets in MISC.

Keys in MISC, all values percent-encoded where a sign has a meaning there (``%``, ``|``, ``=``, ``,``,
blanks):

- ``TokenRange=start:end`` (UDPipe's): code points of the raw text. ``SpaceAfter=No`` and ``SpacesAfter`` as
  in UD and UDPipe.
- ``Reading``, ``Norm`` (where it is not the lemma), ``BunsetuBILabel`` (as in UD_Japanese), ``Root=Yes``
  (below).
- ``NER=B-DATE``, ``I-DATE``: the mentions that the token has a part in; ``NERId`` their ids. At a mention's
  first token also ``NERRange``, ``NERNorm``, ``NERValue`` …. Of several mentions in one token, the parts are
  joined by ``,`` in each key.

CoNLL-U allows one root a sentence. Where the analyzer gave several, the later ones hang on the first as
``parataxis`` and say ``Root=Yes``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from pipeline.export.schema import whole_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.document.document import Document
    from pipeline.model.entity import Entity
    from pipeline.model.sentence import Analysis

EMPTY = "_"
# Signs that mean something in MISC, and blanks, which readers split columns at.
SPECIAL = re.compile(r"[%|=,\s\x00-\x1f\x7f]")
BLANKS = re.compile(r"\s+")
# How UDPipe writes blanks in SpacesAfter.
BLANK_SIGNS = str.maketrans({" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"})
# Details of a mention at its first token: key in MISC, attribute of the entity.
FIRST = {
    "NERNorm": "norm", "NERValue": "value", "NERMod": "mod", "NERLawNum": "law_num", "NERLawId": "law_id",
    "NERArticle": "article", "NERParagraph": "paragraph", "NERItem": "item",
}  # fmt: skip


def conllu_files(document: Document) -> dict[str, str]:
    """Return ``document.conllu``: name → content."""
    return {"document.conllu": whole_text("".join(_lines(document)))}


def _lines(document: Document) -> Iterator[str]:
    within: dict[str, list[Entity]] = defaultdict(list)
    for entity in document.entities:
        within[entity.sentence_id].append(entity)
    block, raw = "", document.source.raw
    for analysis in document.analyses:
        sentence = analysis.sentence
        if not analysis.tokens:
            continue
        if not block:
            yield f"# newdoc id = {_one_line(document.source.doc_id)}\n"
        if sentence.block_id != block:
            block = sentence.block_id
            yield f"# newpar id = {block}\n"
        yield f"# sent_id = {sentence.sentence_id}\n# text = {_one_line(sentence.text)}\n"
        yield f"# kind = {sentence.kind}\n"
        if sentence.section:
            yield f"# section = {_one_line(' > '.join(sentence.section))}\n"
        followed = raw[sentence.ends[-1] : sentence.ends[-1] + 1].isspace()
        yield from _tokens(analysis, within[sentence.sentence_id], followed=followed)
        yield "\n"


def _one_line(text: str) -> str:
    """Return a value for a comment, with single blanks only."""
    return BLANKS.sub(" ", text).strip()


def _tokens(analysis: Analysis, entities: Sequence[Entity], *, followed: bool) -> Iterator[str]:
    tokens = analysis.tokens
    spans = [analysis.sentence.raw_span(token.start, token.end) for token in tokens]
    parts = _parts(spans, entities)
    root = next((i for i, token in enumerate(tokens) if token.head == i), -1)
    bunsetsu = -1
    for i, token in enumerate(tokens):
        misc = ["TokenRange={}:{}".format(*spans[i])]
        if token.reading:
            misc.append(f"Reading={escaped(token.reading)}")
        if token.norm not in ("", token.lemma):
            misc.append(f"Norm={escaped(token.norm)}")
        if token.bunsetsu >= 0:
            misc.append(f"BunsetuBILabel={'I' if token.bunsetsu == bunsetsu else 'B'}")
            bunsetsu = token.bunsetsu
        head, dep = (str(token.head + 1), token.dep) if token.head >= 0 else (EMPTY, EMPTY)
        if token.head == i:
            head, dep = ("0", "root") if i == root else (str(root + 1), "parataxis")
            misc += ["Root=Yes"] if i != root else []
        misc += [*_mentions(parts.get(i, ())), *_space(analysis, i, followed=followed)]
        columns = (
            str(i + 1), _one_line(token.surface), _one_line(token.lemma) or EMPTY, token.upos or EMPTY,
            _one_line(token.pos) or EMPTY, EMPTY, head, dep, EMPTY, "|".join(misc),
        )  # fmt: skip
        yield "\t".join(columns) + "\n"


def _parts(
    spans: Sequence[tuple[int, int]], entities: Sequence[Entity]
) -> dict[int, list[tuple[Entity, bool]]]:
    """Map the index of a token to its mentions, each with whether it is the mention's first token."""
    found: dict[int, list[tuple[Entity, bool]]] = defaultdict(list)
    for entity in entities:
        first = bisect_right(spans, entity.start, key=lambda span: span[1])
        behind = bisect_left(spans, entity.end, key=lambda span: span[0])
        for i in range(first, behind):
            found[i].append((entity, i == first))
    return found


def _mentions(parts: Sequence[tuple[Entity, bool]]) -> Iterator[str]:
    """Yield the MISC values for the mentions that a token belongs to."""
    if not parts:
        return
    yield "NER=" + ",".join(f"{'B' if first else 'I'}-{entity.label}" for entity, first in parts)
    yield "NERId=" + ",".join(entity.entity_id for entity, _ in parts)
    if not any(first for _, first in parts):
        return
    yield "NERRange=" + ",".join(f"{e.start}:{e.end}" if first else "" for e, first in parts)
    for key, name in FIRST.items():
        values = [_value(getattr(entity, name)) if first else "" for entity, first in parts]
        if any(values):
            yield f"{key}={','.join(values)}"


def _value(value: str | tuple[str, ...]) -> str:
    return escaped(value if isinstance(value, str) else "|".join(value))


def _space(analysis: Analysis, i: int, *, followed: bool) -> Iterator[str]:
    """Yield the text between a token and the next, unless it is a single blank."""
    tokens = analysis.tokens
    if i + 1 == len(tokens):
        if not followed:
            yield "SpaceAfter=No"
        return
    between = analysis.sentence.text[tokens[i].end : tokens[i + 1].start]
    if not between:
        yield "SpaceAfter=No"
    elif between != " ":
        yield f"SpacesAfter={between.translate(BLANK_SIGNS)}"


def escaped(value: str) -> str:
    """Return ``value`` encoded for MISC; ``urllib.parse.unquote`` gives it back.

    >>> escaped("a|b=1, 50%"), escaped("_")
    ('a%7Cb%3D1%2C%2050%25', '%5F')
    """
    if value == EMPTY:
        return "%5F"
    return SPECIAL.sub(lambda found: _percent(found.group()), value)


def _percent(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode())
