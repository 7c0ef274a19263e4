"""Gold files ↔ the files of annotation tools, pre-annotated: doccano, Label Studio, brat, INCEpTION.

Each format is a module with ``dump`` (pages → files) and ``parse`` (files → pages). What a tool has no place
for (norm, value, locator) travels with each mention, so that import after export gives the same gold file
again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.export import write_files
from pipeline.export.saving import save
from pipeline.model.errors import HakushoError
from pipeline.read import discover, load
from pipeline.read.intake import given_bytes
from pipeline.review.corrections import gold_csv
from pipeline.review.exchange import brat, doccano, label_studio, webanno
from pipeline.review.exchange.pages import Page
from pipeline.scoring.gold import read_mentions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    Dump = Callable[[Sequence[Page]], dict[str, str]]
    Parse = Callable[[Mapping[str, str], Mapping[str, str]], Iterator[Page]]


class Format(StrEnum):
    """The tools."""

    doccano = "doccano"
    label_studio = "label-studio"
    brat = "brat"
    webanno = "webanno"


# Errors of files with the right syntax and the wrong content.
FAULTS = (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError)
_FORMATS: dict[Format, tuple[Dump, Parse]] = {
    Format.doccano: (doccano.dump, doccano.parse),
    Format.label_studio: (label_studio.dump, label_studio.parse),
    Format.brat: (brat.dump, brat.parse),
    Format.webanno: (webanno.dump, webanno.parse),
}


def dump(pages: Sequence[Page], form: Format) -> dict[str, str]:
    """Return the files of ``form`` for ``pages``: name → content."""
    return _FORMATS[form][0](pages)


def parse(files: Mapping[str, str], texts: Mapping[str, str], form: Format) -> list[Page]:
    """Return what the files of ``form`` annotate, offsets as code points of ``texts`` (raw text by document).

    Raises:
        HakushoError: A file is broken, names a document that ``texts`` has not, or annotates another text.
    """
    try:
        return list(_FORMATS[form][1](files, texts))
    except FAULTS as error:
        reason = " ".join(f"{type(error).__name__}: {error!s:.100}".split())
        raise HakushoError(
            f"{', '.join(files)}: is nothing that {form} exports ({reason}): export it again"
        ) from None


def write(gold: Path, texts: Path, form: Format, folder: Path) -> list[Path]:
    """Write the mentions of a gold file or of predictions for a tool, and return the files.

    Raises:
        HakushoError: The gold cannot be read, or names a document that ``texts`` does not hold.
    """
    mentions = read_mentions(gold)
    known = _texts(texts, {m.doc_id for m in mentions})
    pages = [
        Page(doc_id, known[doc_id], tuple(m for m in mentions if m.doc_id == doc_id))
        for doc_id in dict.fromkeys(m.doc_id for m in mentions)
    ]
    for page in pages:
        page.check(str(gold))
    files = dump(pages, form)
    write_files(folder, files)
    return [folder / name for name in files]


def read(path: Path, texts: Path, form: Format, output: Path) -> int:
    """Write a gold file from a tool's file or folder, and return how many mentions it holds.

    Raises:
        HakushoError: As :func:`parse`.
    """
    paths = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    files = {p.name: _content(p) for p in paths}
    pages = parse(files, _texts(texts, None), form)
    if not pages:
        raise HakushoError(f"{path}: holds no annotations of {form}: give what the tool exported")
    mentions = [m for page in pages for m in page.mentions]
    save(output, gold_csv(mentions), keep=True)
    return len(mentions)


def _content(path: Path) -> str:
    try:
        return given_bytes(path, str(path)).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise HakushoError(f"{path}: cannot be read as UTF-8 ({error}): export it again") from None


def _texts(texts: Path, wanted: set[str] | None) -> dict[str, str]:
    known = {
        item.doc_id: load(item).raw
        for item in discover([str(texts)])
        if wanted is None or item.doc_id in wanted
    }
    if missing := sorted((wanted or set()) - known.keys()):
        raise HakushoError(f"{texts}: holds no text called {missing[0]!r}: name its folder with --texts")
    return known
