"""The command ``inspect``: parse, call, print."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from pipeline.read import discover, load
from pipeline.structure.inspection import Inspection


class Shown(StrEnum):
    """How ``inspect`` prints."""

    text = "text"
    json = "json"
    csv = "csv"


def inspect(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text, or - for standard input.")],
    changes: Annotated[bool, typer.Option("--changes", help="Only sentences that were changed.")] = False,
    output: Annotated[
        Shown, typer.Option("--format", case_sensitive=False, help="text, or every passage as json or csv.")
    ] = Shown.text,
) -> None:
    """Show the clean text beside the raw text, with every repair made and its reason."""
    for item in discover([file]):
        inspection = Inspection(load(item))
        match output:
            case Shown.json:
                sys.stdout.write(inspection.as_json())
            case Shown.csv:
                sys.stdout.write(inspection.as_csv())
            case _:
                sys.stdout.write(inspection.as_text(changes=changes))
