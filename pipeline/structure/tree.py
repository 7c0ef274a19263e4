"""Blocks as a tree, for ``structure.json``: headings hold what stands under them, tables have rows and cells.

Spans are raw code points, half-open. ``docs/schemas/structure-1.json`` describes the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.model.page import Block
    from pipeline.model.sentence import Sentence

SCHEMA = "urn:hakusho:schema:structure:1"
Node = dict[str, Any]


def structure_object(
    doc_id: str, raw: str, blocks: Sequence[Block], sentences: Sequence[Sentence]
) -> dict[str, Any]:
    """Return the content of ``structure.json``.

    Args:
        doc_id: Of the document.
        raw: Its raw text.
        blocks: Its blocks in text order.
        sentences: Its sentences in text order.
    """
    within: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        within.setdefault(sentence.block_id, []).append(sentence)
    top: list[Node] = []
    children: dict[str, list[Node]] = {"": top}
    for block in blocks:
        node = _node(block, raw, within.get(block.block_id, ()))
        children[block.block_id] = node["children"]
        children.get(block.parent, top).append(node)
    for node in _walk(top):
        if not node["children"]:
            del node["children"]
    return {"$schema": SCHEMA, "doc_id": doc_id, "characters": len(raw), "blocks": top}


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        waiting.extend(node["children"])
        yield node


def _node(block: Block, raw: str, sentences: Sequence[Sentence]) -> Node:
    node: Node = {"block_id": block.block_id, "kind": block.kind, "start": block.start, "end": block.end}
    if block.kind == "heading":
        node |= {"level": block.level, "title": "".join(sentence.text for sentence in sentences)}
    if block.label:
        node["label"] = block.label
    if block.markers:
        node["markers"] = [_span(raw, *marker) for marker in block.markers]
    if block.explains:
        node["explains"] = _span(raw, *block.explains)
    if block.kind == "table":
        node["rows"] = [{"row": row, "cells": cells} for row, cells in _carried(_rows(sentences)).items()]
    node["sentences"] = [
        {"sentence_id": s.sentence_id, "start": s.starts[0], "end": s.ends[-1]} for s in sentences
    ]
    node["children"] = []
    return node


def _span(raw: str, start: int, end: int) -> Node:
    return {"start": start, "end": end, "text": raw[start:end]}


def _rows(sentences: Iterable[Sentence]) -> dict[int, dict[int, Node]]:
    """Return the cells of a table: row → column → cell; a cell may hold several sentences."""
    rows: dict[int, dict[int, Node]] = {}
    for s in sentences:
        cell = rows.setdefault(s.row, {}).get(s.column)
        if cell:
            cell |= {"end": s.ends[-1], "text": cell["text"] + s.text}
        else:
            span = {"start": s.starts[0], "end": s.ends[-1]}
            rows[s.row][s.column] = {"column": s.column, **span, "text": s.text, "carried_from": None}
    return rows


def _carried(rows: Mapping[int, Mapping[int, Node]]) -> dict[int, list[Node]]:
    """Fill empty cells at the beginning of a row with the cells above: a merged cell spans several rows."""
    above: dict[int, tuple[int, Node]] = {}
    filled = {}
    for row, cells in rows.items():
        first = min(cells)
        carried = [
            above[column][1] | {"carried_from": above[column][0]}
            for column in range(first)
            if column in above
        ]
        filled[row] = [*carried, *(cells[column] for column in sorted(cells))]
        above = {column: place for column, place in above.items() if column < first}
        above |= {column: (row, cell) for column, cell in cells.items()}
    return filled
