"""Facts about a page that are gathered before its text is written (see ``html.py``).

How much text stands below each element and how much of it in links, which tables only arrange the page,
which ids are those of notes, and what may be the main part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.facts import rows
from pipeline.read.html_trail import LONGEST_TAIL, Trail, bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode


@dataclass(slots=True)
class Size:
    """The content of an element, summed up.

    Attributes:
        text: Characters, without white space.
        linked: Those of them in links.
        links: Links that have a text.
        pager: Whether every link is one of a pager, and nothing else stands there.
        trail: What a breadcrumb would be known by.
    """

    text: int = 0
    linked: int = 0
    links: int = 0
    pager: bool = True
    trail: Trail = field(default_factory=Trail)


@dataclass(slots=True)
class Survey:
    """Facts about a page that are gathered before its text is written."""

    sizes: dict[int, Size] = field(default_factory=dict)
    layouts: set[int] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    mains: list[tuple[int, LexborNode]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def survey_of(body: LexborNode, title: str = "") -> Survey:
    """Return the facts about a page with the title ``title``."""
    survey = Survey(titles=[bare(title)])
    sizes: list[Size] = []
    tables: list[int] = []
    links, hidden = 0, 0
    for enters, node in events(body):
        tag = node.tag or ""
        if tag == "-text":
            if sizes and not hidden:
                _count(sizes[-1], node.text_content or "", linked=links > 0)
            continue
        if roles().get(("tag", tag)) == "skip" and tag != "nav":
            hidden += 1 if enters else -1
        link = tag == "a" and "href" in node.attributes
        if enters:
            size = survey.sizes[node.mem_id] = Size()
            sizes.append(size)
            links += link
            _note(survey, node, tag, tables)
            continue
        size = sizes.pop()
        links -= link
        size.links += link and size.text > 0
        if tag == "table":
            tables.pop()
        if sizes:
            _add(survey, node, sizes[-1], size)
    return survey


def _add(survey: Survey, node: LexborNode, above: Size, size: Size) -> None:
    """Add the content of an element to that of the one around it."""
    if roles().get(("tag", node.tag or "")) == "heading":
        size.trail.headed = True
        if size.text <= LONGEST_TAIL:
            survey.titles.append(bare(node.text(deep=True)))
    above.trail.add(size.trail, size.links, size.text)
    above.text, above.linked = above.text + size.text, above.linked + size.linked
    above.links, above.pager = above.links + size.links, above.pager and size.pager


def _note(survey: Survey, node: LexborNode, tag: str, tables: list[int]) -> None:
    """Note what an element shows about the elements around it."""
    if tables and (tag == "table" or roles().get(("tag", tag)) == "heading"):
        survey.layouts.update(tables[-1:])
    attributes = node.attributes
    if tag == "table":
        tables.append(node.mem_id)
        if (attributes.get("role") or "") in ("presentation", "none"):
            survey.layouts.add(node.mem_id)
    if tag == "a" and _raised(node):
        survey.notes.add((attributes.get("href") or "").partition("#")[2])
    if tag in ("main", "article") or attributes.get("role") == "main":
        survey.mains.append((0 if tag != "article" else 2, node))
    elif attributes and "main" in _of_names(named(attributes)):
        survey.mains.append((1, node))


def _raised(node: LexborNode) -> bool:
    above, below = node.parent, node.child
    return (above is not None and above.tag == "sup") or (below is not None and below.tag == "sup")


def _count(size: Size, text: str, *, linked: bool) -> None:
    length = len("".join(text.split()))
    size.text += length
    label = bare(text)
    size.trail.note(text, label, linked=linked)
    if linked:
        size.linked += length
        size.pager = size.pager and (not label or ("label", label) in roles())
    elif label:
        size.pager = False


def said_of(node: LexborNode) -> frozenset[str]:
    """Return the roles that an element's attributes name: by ARIA role and label, names, microdata."""
    attributes = node.attributes
    if not attributes:
        return frozenset()
    return _said(
        attributes.get("role") or "",
        named(attributes),
        attributes.get("aria-label") or "",
        f"{attributes.get('itemtype') or ''} {attributes.get('typeof') or ''}",
    )


def named(attributes: Mapping[str, str | None]) -> str:
    """Return the names that a page's author gave an element, parted by blanks."""
    return f"{attributes.get('id') or ''} {attributes.get('class') or ''}"


# An author uses the same names again and again.
@lru_cache(maxsize=4096)
def _said(role: str, names: str, label: str, kind: str) -> frozenset[str]:
    found = {roles().get(("aria", role), ""), *_of_names(names)}
    found.update(role for part, role in _parts("label part") if part in label.lower())
    found.update(role for part, role in _parts("microdata") if part in kind.lower())
    return frozenset(found - {""})


@lru_cache(maxsize=4096)
def _of_names(names: str) -> frozenset[str]:
    """Return the roles of names; ``global-nav`` and ``globalNav`` are ``globalnav``."""
    found = set()
    for word in names.split():
        name = word.replace("-", "").replace("_", "").lower()
        found.add(roles().get(("name", name), ""))
        found.update(role for part, role in _parts("part") if part in name)
    return frozenset(found - {""})


@cache
def _parts(kind: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, role) for (of, name), role in roles().items() if of == kind)


def events(root: LexborNode) -> Iterator[tuple[bool, LexborNode]]:
    """Yield every node twice, where it begins (True) and where it ends (False); texts only once."""
    node: LexborNode | None = root
    while node is not None:
        yield True, node
        if node.child is not None:
            node = node.child
            continue
        while node is not None:
            if node.tag != "-text":
                yield False, node
            if node.mem_id == root.mem_id:
                return
            if node.next is not None:
                node = node.next
                break
            node = node.parent


@cache
def roles() -> dict[tuple[str, str], str]:
    """Return what elements, roles, names and labels mean: (kind, name) → role, see ``data/html.csv``."""
    return {(row["kind"], row["name"]): row["role"] for row in rows("html.csv")}
