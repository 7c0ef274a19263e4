"""Stage 1: files and folders → :class:`~pipeline.model.Source`.

What the corpus manifest knows of a file (document id, reference date, licence …) goes with it.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import HakushoError, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MANIFEST = "manifest.csv"
TEXT_ENDINGS = (".txt", ".text")
# What ministries published text in before UTF-8; a file is read as the one that gives most Japanese.
LEGACY_ENCODINGS = ("cp932", "euc_jp")
BYTE_ORDER_MARKS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb\xbf": "utf-8-sig",
}
# The first bytes of files that people take for text, and what they are.
SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "an RTF document",
}
# What switches ISO-2022-JP to kanji; without it, such a file is ASCII.
ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J", b"\x1b(I")
# Running Japanese has at least a tenth of hiragana; a wrong decoding has next to none (決め打ち).
LEAST_HIRAGANA = 0.02
LONGEST_ID = 120


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
    """Read one file; a ``manifest.csv`` beside it gives its id and reference date.

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
        if item.doc_id in seen:
            raise HakushoError(
                f"two documents are called {item.doc_id!r} "
                f"({seen[item.doc_id] or '-'} and {item.path or '-'}): "
                f"give each once, or give them different doc_id values in a {MANIFEST}"
            )
        seen[item.doc_id] = item.path
    return found


def load(item: Input) -> Source:
    """Read the document that ``item`` stands for; raises HakushoError like :func:`read`."""
    where = str(item.path) if item.path else "standard input"
    try:
        data = item.path.read_bytes() if item.path else sys.stdin.buffer.read()
    except FileNotFoundError:
        listed = (
            f", though {MANIFEST} names it: restore it or mend the row" if item.listed else ": check the path"
        )
        raise HakushoError(f"{where}: no such file{listed if item.listed else ': check the path'}") from None
    except OSError as error:
        raise HakushoError(f"{where}: cannot be read ({error.strerror}): check its permissions") from None
    digest = hashlib.sha256(data).hexdigest()
    wanted = item.facts.get("sha256", "")
    if wanted and wanted.lower() != digest:
        raise HakushoError(
            f"{where}: SHA-256 is {digest[:12]}…, {MANIFEST} says {wanted[:12]}…: "
            "restore the file or mend the row"
        )
    raw, encoding = decode(data, where)
    facts = item.facts
    return Source(
        doc_id=item.doc_id,
        raw=raw,
        sha256=digest,
        path=where if item.path else "-",
        encoding=encoding,
        reference_date=_date(facts.get("reference_date", ""), where),
        **{key: facts.get(key, "") for key in ("title", "publisher", "edition", "part", "licence", "url")},
    )


def decode(data: bytes, where: str) -> tuple[str, str]:
    """Return the text of ``data`` and the name of its encoding; line ends stay as they are.

    Raises:
        HakushoError: Nothing but white space, not text, or bytes that no known encoding explains.
    """
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            raise HakushoError(f"{where}: is {what}, not a text file: save its text as a .txt file")
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), "")
    if not encoding and b"\0" in data:
        raise HakushoError(
            f"{where}: is not a text file (byte 0 at offset {data.index(0)}): give plain text in UTF-8"
        )
    if not encoding:
        escaped = data.isascii() and any(escape in data for escape in ESCAPES)
        encoding = "iso2022_jp" if escaped else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text, encoding = _decode_legacy(data, where, error)
    if not text.strip():
        raise HakushoError(f"{where}: holds no text: give a file with the text of a chapter")
    controls = sum(c < " " and c not in "\t\n\v\f\r\x1b" for c in text)
    if controls * 100 > len(text):
        raise HakushoError(
            f"{where}: is not a text file ({controls} control characters): give a plain text file"
        )
    return text, encoding


def _decode_legacy(data: bytes, where: str, error: UnicodeDecodeError) -> tuple[str, str]:
    found: list[tuple[float, str, str]] = []
    for encoding in LEGACY_ENCODINGS if error.encoding == "utf-8" else ():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((_hiragana(text), text, encoding))
    share, text, encoding = max(found, default=(0.0, "", ""))
    if share < LEAST_HIRAGANA:
        raise HakushoError(
            f"{where}: byte {data[error.start]:#04x} at offset {error.start} is not {error.encoding}, "
            "nor is the file Shift_JIS, EUC-JP or ISO-2022-JP: convert it to UTF-8"
        )
    return text, encoding


def _hiragana(text: str) -> float:
    """Return the share of hiragana among the characters that are not ASCII."""
    wide = sum(char > "\x7f" for char in text)
    return sum("ぁ" <= char <= "ん" for char in text) / wide if wide else 0.0


def _file(path: Path) -> Input:
    if not path.exists():
        raise HakushoError(f"{path}: no such file or folder: check the path")
    if path.is_dir():
        raise HakushoError(f"{path}: is a folder: give a file in it")
    manifest = path.parent / MANIFEST
    if manifest.is_file():
        for item in _manifest(manifest):
            if item.path and item.path.resolve() == path.resolve():
                return item
    return Input(path, path.stem)


def _folder(folder: Path) -> list[Input]:
    manifest = folder / MANIFEST
    if manifest.is_file():
        return _manifest(manifest)
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in TEXT_ENDINGS and p.is_file())
    if not paths:
        raise HakushoError(
            f"{folder}: holds no text: put .txt files into it, or a {MANIFEST} with the column 'file'"
        )
    return [Input(path, path.stem) for path in paths]


def _manifest(manifest: Path) -> list[Input]:
    try:
        with manifest.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise HakushoError(f"{manifest}: cannot be read ({error}): save it as CSV in UTF-8") from None
    if not rows or "file" not in rows[0]:
        raise HakushoError(f"{manifest}: has no row with a column 'file': name one file a row")
    items = []
    for number, row in enumerate(rows, start=2):
        facts = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        name = facts.pop("file", "")
        if not name:
            raise HakushoError(f"{manifest}, row {number}: the column 'file' is empty: name a file")
        doc_id = facts.pop("doc_id", "") or Path(name).stem
        doc_id = _checked_id(doc_id, f"{manifest}, row {number}")
        items.append(Input(manifest.parent / name, doc_id, facts, listed=True))
    return items


def _checked_id(doc_id: str, where: str) -> str:
    plain = doc_id.isprintable() and doc_id == doc_id.strip() and not doc_id.startswith(".")
    if not plain or set(doc_id) & set('/\\:*?"<>|') or len(doc_id) > LONGEST_ID:
        raise HakushoError(
            f"{where}: doc_id {doc_id!r} cannot name a folder: "
            f"use at most {LONGEST_ID} letters, digits, '-' and '_'"
        )
    return doc_id


def _date(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise HakushoError(
            f"{where}: reference_date {text!r} is not a date: write it as 2014-08-05"
        ) from None
