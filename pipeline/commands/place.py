"""Where the results of ``hakusho run`` go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.runs import stream
from pipeline.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.runs.engines import Engine
    from pipeline.runs.outcomes import Settings

OUT = "-"


Output = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        help="Folder for the results, an address for fsspec (s3://…), or - (mentions to standard output).",
    ),
]


def prepared(inputs: Sequence[str], output: str, settings: Settings, engine: Engine, **more: Any) -> Run:
    """Return a run whose results go to ``output``, or whose mentions go to standard output.

    Args:
        inputs: As of a run.
        output: A folder, an address, or ``-``.
        settings: What is asked for. To standard output goes one format.
        engine: Who works.
        more: ``resume`` and ``prune`` of a run into a folder.

    Raises:
        HakushoError: As a run.
        BadParameter: Standard output cannot be what was asked for.
    """
    if output != OUT:
        return Run(inputs, output, settings, engine, **more)
    if more.get("resume") or more.get("prune"):
        raise typer.BadParameter("-o -: there is no folder to go on in: leave --resume and --prune out")
    wanted = settings.formats
    if len(wanted) > 1 or wanted[0] not in stream.FORMATS:
        raise typer.BadParameter(
            f"-o -: {','.join(wanted)} is no format of standard output: "
            "take --format jsonl (the default) or csv, or name a folder"
        )
    return stream.Streamed(inputs, wanted[0], settings, engine)


def where_from(run: Run) -> str:
    """Say how a run that was stopped can be taken up."""
    return "run it again" if isinstance(run, stream.Streamed) else "--resume goes on from there"
