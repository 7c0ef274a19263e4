"""Gold files that a spreadsheet damaged, mended by the texts that they annotate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.export import csv_text
from pipeline.export.saving import save
from pipeline.read import discover, load
from pipeline.scoring.gold import COLUMNS, read_rows
from pipeline.scoring.mend import mend

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.scoring.mend import Mended


def mended_name(gold: Path) -> Path:
    """Return the name of the new file beside an old one: ``gold.mended.csv``."""
    return gold.with_name(f"{gold.stem}.mended.csv")


def mend_gold(gold: Path, texts: Path, output: Path) -> Mended:
    """Write ``output``: the gold with everything restored that the texts prove.

    What stood there before is kept beside it as ``.bak``. Rows that cannot be mended stay as they are.

    Args:
        gold: A gold file as CSV or a workbook.
        texts: The text, or the folder of texts, that it annotates.
        output: Where to; may be ``gold`` itself if that is a CSV.

    Raises:
        HakushoError: A file cannot be read or written, or a column is missing.
    """
    rows = list(read_rows(gold, COLUMNS))
    sources = {item.doc_id: load(item).raw for item in discover([str(texts)])}
    found = mend(rows, sources)
    columns = tuple(rows[0][1]) if rows else COLUMNS
    save(output, "\ufeff" + csv_text(columns, (row.values() for row in found.rows)), keep=True)
    return found
