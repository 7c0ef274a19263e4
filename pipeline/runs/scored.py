"""A finished run compared with gold: scores of mentions and blocks, and the faults of a gold file."""

from __future__ import annotations

import csv
import io
from hashlib import sha256
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.read import Input, discover, load
from pipeline.read.intake import given_bytes
from pipeline.read.results import RECORD, listed_files, stands
from pipeline.runs.finished import manifest, source_of
from pipeline.scoring.compare import compare
from pipeline.scoring.evaluate import evaluate
from pipeline.scoring.gold import read_mentions, read_spans
from pipeline.scoring.gold_check import Problem, check
from pipeline.scoring.structure import read_structure, read_structure_gold, score_structure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.scoring.gold import GoldMention
    from pipeline.scoring.scores import Comparison, Scores
    from pipeline.scoring.structure import StructureScore


def score(
    predictions: Path,
    gold: Path,
    *,
    regions: Path | None = None,
    split: str | None = None,
    texts: Path | None = None,
) -> tuple[Scores, list[str]]:
    """Score a run's folder or an ``entities.csv`` against gold.

    Texts and sentences are used where they are at hand: the sources of a run's folder, or files under
    ``texts`` whose SHA-256 ``regions`` names in its column ``sha256``. Returned beside the scores: the
    documents whose text could not be found (they are scored all the same, without context).

    Raises:
        HakushoError: A file is missing or faulty, or the gold is of another text.
    """
    found, wanted = read_mentions(predictions), read_mentions(gold)
    named = {mention.doc_id for mention in wanted}
    _meet((predictions, found), (gold, wanted))
    known = _texts_of_run(predictions, named) if predictions.is_dir() else {}
    if texts:
        known |= _texts(texts, regions)
    faults = check(wanted, known, complete=False)
    if faults:
        more = f", and {plural(len(faults) - 1, 'more fault')}" if len(faults) > 1 else ""
        raise HakushoError(f"{gold}: {faults[0]}{more}: 'hakusho gold check' lists them")
    listed = listed_files(predictions, "sentences.csv") or ()
    spans = [span for path in listed if stands(path) for span in read_spans(path)]
    passages = _regions(regions, split) if regions else None
    scores = evaluate(found, wanted, texts=known, sentences=spans or None, regions=passages)
    return scores, [doc_id for doc_id in scores.documents if doc_id not in known]


def compared(run_a: Path, run_b: Path, gold: Path | None = None) -> Comparison:
    """Compare two runs, or two tables of theirs; see :func:`pipeline.scoring.compare.compare`.

    Raises:
        HakushoError: A file is missing or faulty, or they have no document in common.
    """
    first, second = read_mentions(run_a), read_mentions(run_b)
    _meet((run_a, first), (run_b, second))
    return compare(first, second, gold)


def other_texts(run_a: Path, run_b: Path) -> list[str]:
    """Return the documents whose texts differ between two runs: their places cannot be compared.

    Of tables alone nothing is known. Raises HakushoError if a ``run.json`` is damaged.
    """
    if not all((run / RECORD).is_file() for run in (run_a, run_b)):
        return []
    first, second = (
        {row["doc_id"]: (row["sha256"], row["characters"]) for row in manifest(run)["documents"]}
        for run in (run_a, run_b)
    )
    return [name for name in first if name in second and first[name] != second[name]]


def _meet(*sides: tuple[Path, Sequence[GoldMention]]) -> None:
    """Refuse two sides without a document in common: every mention of one would count against the other."""
    first, second = (_named(*side) for side in sides)
    if first and second and not first & second:
        raise HakushoError(
            f"{sides[0][0]} and {sides[1][0]} have no document in common "
            f"({min(first)} …, {min(second)} …): give two of the same texts"
        )


def _named(path: Path, mentions: Sequence[GoldMention]) -> set[str]:
    """Return the documents of a side; a run's folder may list some without a mention."""
    listed = (listed_files(path, "entities.csv") or ()) if path.is_dir() else ()
    return {mention.doc_id for mention in mentions} | {file.parent.name for file in listed}


def score_blocks(predictions: Path, gold: Path) -> tuple[StructureScore, ...]:
    """Score the ``structure.json`` files of a run's folder against the CSVs in ``gold/structure``.

    Returns an empty tuple where either side has none.

    Raises:
        HakushoError: A file is faulty, or a source has changed since.
    """
    pages = read_structure_gold(gold / "structure") if gold.is_dir() and predictions.is_dir() else []
    listed = (listed_files(predictions, "structure.json") or ()) if pages else ()
    found = [read_structure(path) for path in listed if stands(path)]
    if not pages or not found:
        return ()
    texts = _texts_of_run(predictions, {page.doc_id for page in pages})
    return score_structure([page for page in pages if page.doc_id in texts], found, texts)


def _texts_of_run(folder: Path, named: set[str]) -> dict[str, str]:
    """Return the texts of the documents of a run that a gold file names."""
    rows = [row for row in manifest(folder)["documents"] if row["doc_id"] in named and row["path"] != "-"]
    return {row["doc_id"]: source_of(folder, row).raw for row in rows}


def check_gold(path: Path, texts: Path) -> list[Problem]:
    """Hold a gold file against its texts: files, or folders with a manifest, whose ids the gold names.

    Raises:
        HakushoError: The gold cannot be read, or there is no text at ``texts``.
    """
    mentions = read_mentions(path)
    named = {mention.doc_id for mention in mentions}
    sources = {item.doc_id: load(item).raw for item in discover([str(texts)]) if item.doc_id in named}
    return check(mentions, sources)


def _texts(folder: Path, regions: Path | None) -> dict[str, str]:
    """Find the texts under ``folder`` that ``regions`` names by their SHA-256."""
    if regions is None:
        raise HakushoError("--texts finds texts by the SHA-256 in --regions: give both")
    if not folder.is_dir():
        raise HakushoError(f"{folder}: is no folder: give the one that holds the texts")
    wanted = {row.get("sha256", ""): row["doc_id"] for row in _read_regions(regions)}
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest = sha256(path.read_bytes()).hexdigest()
        if digest in wanted:
            found[wanted[digest]] = load(Input(path, wanted[digest])).raw
    return found


def _regions(path: Path, split: str | None) -> list[tuple[str, int, int]]:
    rows = [row for row in _read_regions(path) if split is None or row.get("split") == split]
    if not rows:
        raise HakushoError(f"{path}: no passage with split {split!r}: give one that its column 'split' holds")
    try:
        return [(row["doc_id"], int(row["start"]), int(row["end"])) for row in rows]
    except (KeyError, ValueError) as error:
        raise HakushoError(
            f"{path}: is no list of passages ({error!r}): give doc_id, start, end, split"
        ) from None


def _read_regions(path: Path) -> list[dict[str, str]]:
    try:
        text = given_bytes(path, str(path)).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise HakushoError(
            f"{path}: cannot be read ({error}): give a CSV of doc_id, start, end, split"
        ) from None
