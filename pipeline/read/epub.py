"""Books (.epub): the chapters in the order in which the book gives them, each read as a page."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.model.errors import HakushoError
from pipeline.read.encodings import decode
from pipeline.read.html import CHARSETS, DECLARED, read_page
from pipeline.read.pieces import Extract
from pipeline.read.signs import HEAD_BYTES
from pipeline.read.xml_events import events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.source import Told
    from pipeline.read.archive import Archive

CONTAINER, RIGHTS = "META-INF/container.xml", "META-INF/encryption.xml"
PAGES = (".xhtml", ".html", ".htm", ".xml")
UNORDERED = "it does not say in which order its chapters stand: they are read by their names"
LINK = re.compile(r"""href\s*=\s*["']([^"'#]+)#([^"']+)["']""")
# Fonts of a book may be scrambled, which hides no text.
SCRAMBLED = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def read_epub(archive: Archive, where: str) -> Extract:
    """Return the text of a book.

    Raises:
        HakushoError: It is protected or damaged, or holds no text.
    """
    if RIGHTS in archive and _protected(archive, where):
        raise HakushoError(f"{where}: is an EPUB book with a protection (DRM): get it without one")
    title, names, warnings = _order(archive, where)
    pages = {name: _page(archive.read(name), f"{where}/{name}") for name in names}
    notes = _targets(pages)
    out: list[str] = []
    told: dict[int, Told] = {}
    length = 0
    for name, page in pages.items():
        found = read_page(page, notes.get(name, ()))
        if found.text.strip():
            told |= {length + start: line for start, line in found.told.items()}
            out.append(f"{found.text}\n")
            length += len(out[-1])
    if not out:
        raise HakushoError(f"{where}: is an EPUB book without text (pictures only?): give one with text")
    text = "".join(out)[:-1]
    return Extract(text, "", "epub", title, warnings=warnings, told=told)


def _protected(archive: Archive, where: str) -> bool:
    return any(
        name == "EncryptionMethod" and what == "start" and attributes.get("Algorithm") not in SCRAMBLED
        for what, name, _, attributes in events(archive.read(RIGHTS), where)
    )


def _page(data: bytes, where: str) -> str:
    match = DECLARED.search(data[:HEAD_BYTES])
    named = (match[1] or match[2]).decode("ascii", "replace").lower() if match else ""
    try:
        return decode(data, where, CHARSETS.get(named, named))[0]
    except HakushoError:
        if data.strip():
            raise
        return ""


def _order(archive: Archive, where: str) -> tuple[str, list[str], tuple[str, ...]]:
    """Return the title, the chapters in order, and what is wrong with the book's own word on that."""
    try:
        package = next(_roots(archive, where), "")
        title, names = _spine(archive, package, where) if package in archive else ("", [])
    except HakushoError:  # a damaged list: the chapters may be whole
        title, names = "", []
    names = [name for name in names if name in archive]
    if names:
        return title, names, ()
    found = sorted(n for n in archive.members if n.lower().endswith(PAGES) and not n.startswith("META-INF/"))
    return title, found, (UNORDERED,) if len(found) > 1 else ()


def _roots(archive: Archive, where: str) -> Iterator[str]:
    for what, name, _, attributes in events(archive.read(CONTAINER), where) if CONTAINER in archive else ():
        if what == "start" and name == "rootfile":
            yield normpath(attributes.get("full-path", ""))


def _spine(archive: Archive, package: str, where: str) -> tuple[str, list[str]]:
    """Return the title and the chapters that the package document names, without its table of contents."""
    files: dict[str, str] = {}
    order: list[str] = []
    title: list[str] = []
    titled = False
    for what, name, _, attributes in events(archive.read(package), where):
        if what == "text":
            if titled:
                title.append(name)
        elif name == "title" and not files:
            titled = what == "start"
        elif what == "start" and name == "item" and "nav" not in attributes.get("properties", "").split():
            files[attributes.get("id", "")] = normpath(
                join(dirname(package), unquote(attributes.get("href", "")))
            )
        elif what == "start" and name == "itemref":
            order.append(attributes.get("idref", ""))
    chapters = dict.fromkeys(files[item] for item in order if item in files)
    return " ".join("".join(title).split()), list(chapters)


def _targets(pages: dict[str, str]) -> dict[str, set[str]]:
    """Return the ids on each page that other pages point to: of those, items of a numbered list are notes."""
    found: dict[str, set[str]] = {}
    for name, page in pages.items():
        for match in LINK.finditer(page):
            target = normpath(join(dirname(name), unquote(match[1])))
            if target != name:
                found.setdefault(target, set()).add(match[2])
    return found
