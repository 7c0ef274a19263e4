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

from charset_normalizer import from_bytes

from pipeline.model import HakushoError, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MANIFEST = "manifest.csv"
TEXT_ENDINGS = (".txt", ".text")
# What Japanese ministries have published text in; charset-normalizer chooses among these.
LEGACY_ENCODINGS = ["cp932", "euc_jp", "iso2022_jp"]
# Running Japanese has at least a tenth of hiragana; a wrong decoding has next to none (決め打ち).
LEAST_HIRAGANA = 0.02
LONGEST_ID = 120


@dataclass(frozen=True, slots=True)
class Input:
    """A document to be read: where it is (``None`` is standard input) and what a manifest says of it."""

    path: Path | None
    doc_id: str
    facts: Mapping[str, str] = field(default_factory=dict)


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
                f"two documents are called {item.doc_id!r} ({seen[item.doc_id]} and {item.path}): "
                f"give them different doc_id values in a {MANIFEST}"
            )
        seen[item.doc_id] = item.path
    return found


def load(item: Input) -> Source:
    """Read the document that ``item`` stands for; raises HakushoError like :func:`read`."""
    where = str(item.path) if item.path else "standard input"
    try:
        data = item.path.read_bytes() if item.path else sys.stdin.buffer.read()
    except FileNotFoundError:
        raise HakushoError(f"{where}: no such file: check the path") from None
    except OSError as error:
        raise HakushoError(f"{where}: cannot be read ({error.strerror}): check its permissions") from None
    digest = hashlib.sha256(data).hexdigest()
    wanted = item.facts.get("sha256", "")
    if wanted and wanted != digest:
        raise HakushoError(
            f"{where}: SHA-256 is {digest[:12]}…, {MANIFEST} says {wanted[:12]}…: restore the file or mend the manifest"
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
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data:
        raise HakushoError(f"{where}: is not a text file (byte 0 at offset {data.index(0)}): give a plain text file")
    else:
        encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text, encoding = _decode_legacy(data, where, error)
    if not text.strip():
        raise HakushoError(f"{where}: holds no text: give a file with the text of a chapter")
    controls = sum(c < " " and c not in "\t\n\v\f\r\x1b" for c in text)
    if controls * 100 > len(text):
        raise HakushoError(f"{where}: is not a text file ({controls} control characters): give a plain text file")
    return text, encoding


def _decode_legacy(data: bytes, where: str, error: UnicodeDecodeError) -> tuple[str, str]:
    best = from_bytes(data, cp_isolation=LEGACY_ENCODINGS).best()
    text = str(best) if best else ""
    hiragana = sum("ぁ" <= c <= "ん" for c in text)
    if best is None or hiragana < LEAST_HIRAGANA * len(text):
        raise HakushoError(
            f"{where}: byte {data[error.start]:#04x} at offset {error.start} is not {error.encoding}, "
            "nor is the file Shift_JIS, EUC-JP or ISO-2022-JP: convert it to UTF-8"
        )
    return text, best.encoding


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
            f"{folder}: holds no text: put .txt files into it, or a {MANIFEST} that names the files in its column 'file'"
        )
    return [Input(path, path.stem) for path in paths]


def _manifest(manifest: Path) -> list[Input]:
    try:
        with manifest.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise HakushoError(f"{manifest}: cannot be read ({error}): save it as CSV in UTF-8") from None
    if not rows or "file" not in rows[0]:
        raise HakushoError(f"{manifest}: has no rows with a column 'file': name one file a row")
    items = []
    for number, row in enumerate(rows, start=2):
        facts = {key: (value or "").strip() for key, value in row.items() if key and not isinstance(value, list)}
        name = facts.pop("file", "")
        if not name:
            raise HakushoError(f"{manifest}, row {number}: the column 'file' is empty: name a file")
        doc_id = facts.pop("doc_id", "") or Path(name).stem
        items.append(Input(manifest.parent / name, _checked_id(doc_id, f"{manifest}, row {number}"), facts))
    return items


def _checked_id(doc_id: str, where: str) -> str:
    plain = doc_id.isprintable() and doc_id == doc_id.strip() and not doc_id.startswith(".")
    if not plain or set(doc_id) & set('/\\:*?"<>|') or len(doc_id) > LONGEST_ID:
        raise HakushoError(
            f"{where}: doc_id {doc_id!r} cannot name a folder: use letters, digits, '-' and '_', at most {LONGEST_ID}"
        )
    return doc_id


def _date(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise HakushoError(f"{where}: reference_date {text!r} is not a date: write it as 2014-08-05") from None
