"""Stage 1: files and folders → :class:`~pipeline.model.Source`.

What the corpus manifest knows of a file (document id, reference date, licence …) goes with it.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.model.source import Source
from pipeline.read import manifest
from pipeline.read.damage import damage
from pipeline.read.encodings import decode
from pipeline.read.html import is_html, read_html
from pipeline.read.manifest import MANIFEST, described

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ENDINGS = (".txt", ".text", ".html", ".htm", ".xhtml", ".pdf")
HTML_ENDINGS = (".html", ".htm", ".xhtml")
LONGEST_ID = 120
NO_NAME = frozenset('/\\:*?"<>|')
# What stands beside the documents' folders.
TAKEN = frozenset(("run.json", "index.html"))


@dataclass(frozen=True, slots=True)
class Input:
    """A document to be read.

    Attributes:
        path: Where it is; ``None`` is standard input.
        facts: What the row of a manifest says of it, by column.
        listed: Whether a manifest names it.
    """

    path: Path | None
    doc_id: str
    facts: Mapping[str, str] = field(default_factory=dict)
    listed: bool = False


def read(path: str | Path) -> Source:
    """Read one file: text in any of Japan's encodings, HTML, or a PDF that has text.

    Args:
        path: A row of a ``manifest.csv`` beside it gives its id, reference date, title and the rest.

    Returns:
        The text and what is known of it. Every offset of the results counts code points of its ``raw``, line ends
        included; of HTML and PDF that is the text that was extracted.

    Raises:
        HakushoError: The file is missing, is a folder, is empty, is not text, or contradicts its manifest.
    """
    return load(_file(Path(path)))


def discover(inputs: Iterable[str]) -> list[Input]:
    """Return the documents that files, folders and ``-`` (standard input) stand for, in that order.

    Raises:
        HakushoError: A path is missing, a folder holds no text, or two documents share an id.
    """
    found: list[Input] = []
    for name in inputs:
        if name == "-":
            found.append(Input(None, "stdin"))
        elif Path(name).is_dir():
            found.extend(_folder(Path(name)))
        else:
            found.append(_file(Path(name)))
    seen: dict[str, Path | None] = {}
    for item in found:
        # Some file systems keep no more of a folder's name than this.
        name = unicodedata.normalize("NFC", item.doc_id).casefold()
        if name in seen:
            raise HakushoError(
                f"two documents are called {item.doc_id!r} ({seen[name] or '-'} and {item.path or '-'}): "
                f"give each once, or give them different doc_id values in a {MANIFEST}"
            )
        seen[name] = item.path
    return found


def fetch(item: Input) -> bytes:
    """Return the bytes of the document that ``item`` stands for; raises HakushoError if it cannot be read."""
    where = _where(item)
    try:
        if item.path:
            return item.path.read_bytes()
        return sys.stdin.buffer.read() if sys.stdin else b""  # <&- closes it
    except FileNotFoundError:
        listed = (
            f", though {MANIFEST} names it: restore it or mend the row" if item.listed else ": check the path"
        )
        raise HakushoError(f"{where}: no such file{listed if item.listed else ': check the path'}") from None
    except OSError as error:
        raise HakushoError(f"{where}: cannot be read ({error.strerror}): check its permissions") from None


def load(item: Input, data: bytes | None = None) -> Source:
    """Read the document that ``item`` stands for, or take its bytes; raises HakushoError like :func:`read`."""
    where = _where(item)
    data = fetch(item) if data is None else data
    digest = hashlib.sha256(data).hexdigest()
    wanted = item.facts.get("sha256", "")
    if wanted and wanted.lower() != digest:
        raise HakushoError(
            f"{where}: SHA-256 is {digest[:12]}…, {MANIFEST} says {wanted[:12]}…: "
            "restore the file or mend the row"
        )
    source = _extracted(data, where, item)
    warnings = (*source.warnings, *(f"{where}: {what}" for what in damage(source.raw)))
    return described(replace(source, sha256=digest, warnings=warnings), item.facts, where)


def _where(item: Input) -> str:
    return str(item.path) if item.path else "standard input"


def is_pdf(data: bytes) -> bool:
    """Whether ``data`` begins like a PDF."""
    return b"%PDF-" in data[:1024]


def _extracted(data: bytes, where: str, item: Input) -> Source:
    """Return the text of a file, whatever it is: its content decides, not its name."""
    path = where if item.path else "-"
    if is_pdf(data):
        from pipeline.read.pdf import read_pdf  # PDFium takes a while to load, which other files save

        text, title, printed, missing = read_pdf(data, where)
        return Source(
            item.doc_id, text, path=path, encoding="", title=title, format="pdf", printed=printed,
            warnings=tuple(f"{where}: {what}" for what in missing),
        )  # fmt: skip
    if item.path and item.path.suffix.lower() == ".pdf":
        raise HakushoError(f"{where}: is not a PDF, though its name says so: download it again")
    if is_html(data) or (item.path and item.path.suffix.lower() in HTML_ENDINGS):
        text, encoding, title = read_html(data, where)
        return Source(item.doc_id, text, path=path, encoding=encoding, title=title, format="html")
    text, encoding = decode(data, where)
    return Source(item.doc_id, text, path=path, encoding=encoding)


def _file(path: Path) -> Input:
    if not path.exists():
        raise HakushoError(f"{path}: no such file or folder: check the path")
    if path.is_dir():
        raise HakushoError(f"{path}: is a folder: give a file in it")
    listed = path.parent / MANIFEST
    if listed.is_file():
        for item in _manifest(listed):
            if item.path and item.path.resolve() == path.resolve():
                return item
    return Input(path, _named(path))


def _folder(folder: Path) -> list[Input]:
    if (folder / MANIFEST).is_file():
        return _manifest(folder / MANIFEST)
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in ENDINGS and p.is_file())
    if not paths:
        raise HakushoError(
            f"{folder}: holds no text: put .txt, .html or .pdf files into it, or a {MANIFEST} with the column 'file'"
        )
    return [Input(path, _named(path)) for path in paths]


def _manifest(path: Path) -> list[Input]:
    items = []
    for row in manifest.rows(path):
        doc_id = row.facts.pop("doc_id", "") or Path(row.file).stem
        doc_id = _checked_id(doc_id, f"{path}, row {row.number}")
        items.append(Input(path.parent / row.file, doc_id, row.facts, listed=True))
    return items


def _named(path: Path) -> str:
    """Return the id of a file that no manifest names: its name without the ending, fit to name a folder."""
    name = "".join("_" if char in NO_NAME or not char.isprintable() else char for char in path.stem)
    name = name.strip()[:LONGEST_ID].rstrip(". ")
    return f"_{name.lstrip('.')}" if name in TAKEN or name[:1] in ("", ".") else name


def _checked_id(doc_id: str, where: str) -> str:
    plain = doc_id.isprintable() and doc_id == doc_id.strip() and not doc_id.startswith(".")
    if not plain or set(doc_id) & NO_NAME or doc_id in TAKEN or len(doc_id) > LONGEST_ID:
        raise HakushoError(
            f"{where}: doc_id {doc_id!r} cannot name a folder: "
            f"use at most {LONGEST_ID} letters, digits, '-' and '_'"
        )
    return doc_id
