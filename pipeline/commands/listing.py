"""The command ``list``: what a folder of results holds, from which input, settings and day."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from pipeline.commands.printing import Printed, PrintedOption, print_json, print_table
from pipeline.model.cells import csv_lines
from pipeline.model.errors import HakushoError
from pipeline.read.results import settled
from pipeline.runs.destination import destination
from pipeline.runs.record import read_record, unfolded

COLUMNS = (
    "doc_id", "title", "path", "mentions", "analyzer", "reference_date", "formats", "made", "state",
)  # fmt: skip


def list_command(
    folder: Annotated[
        str, typer.Argument(metavar="OUTPUT_DIR", help="The output folder of a run, or its address.")
    ] = "outputs",
    output: PrintedOption = Printed.table,
) -> None:
    """List the documents that a folder holds: from which input, with which settings, made when.

    A document that failed is listed, too, with the reason.
    """
    rows = list(held(folder))
    if output is Printed.json:
        print_json(rows)
    elif output is Printed.csv:
        cells = [tuple(_cell(row[name]) for name in COLUMNS) for row in rows]
        sys.stdout.write(csv_lines([COLUMNS, *cells]))
    else:
        shown = ([str(_cell(row[name])) for name in COLUMNS] for row in rows)
        print_table(COLUMNS, shown, right=("mentions",), width=200)


def held(folder: str) -> list[dict[str, Any]]:
    """Return a row for each document that a folder holds, and for each that failed.

    Raises:
        HakushoError: The folder holds no run.
    """
    place = destination(folder)
    record = read_record(place.read)
    if not record:
        raise HakushoError(f"{folder}/run.json: is missing or damaged: run 'hakusho run' into {folder} first")
    record = settled(record, place.read)
    failed = {row["doc_id"]: row for row in record["failures"]}
    rows = []
    for row in unfolded(record):
        settings, fault = row["run"]["settings"], failed.pop(row["doc_id"], None)
        rows.append({
            "doc_id": row["doc_id"],
            "title": row["source"].get("title", ""),
            "path": row["path"],
            "mentions": sum(row["mentions"].values()),
            "analyzer": settings.get("analyzer", ""),
            "reference_date": row.get("reference_date") or "",
            "formats": settings.get("formats", []),
            "made": row["run"].get("when", ""),
            "state": f"earlier results; {fault['error']}" if fault else "done",
        })  # fmt: skip
    rows += [
        dict.fromkeys(COLUMNS, "")
        | {"doc_id": doc_id, "path": row["path"], "mentions": 0, "formats": [], "state": row["error"]}
        for doc_id, row in failed.items()
    ]
    return rows


def _cell(value: Any) -> Any:
    return ",".join(value) if isinstance(value, list) else value
