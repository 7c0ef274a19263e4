"""The options that choose the engine of ``hakusho run``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.runs.engines import Local, Ray

if TYPE_CHECKING:
    from pipeline.runs.engines import Engine


class EngineChoice(StrEnum):
    """The engines of ``engines``."""

    local = "local"
    ray = "ray"


EngineOption = Annotated[
    EngineChoice,
    typer.Option(
        "--engine",
        case_sensitive=False,
        help="local: processes of this machine; ray: the machines of a Ray cluster.",
    ),
]
AddressOption = Annotated[
    str | None,
    typer.Option(
        "--address",
        metavar="HOST:PORT",
        help="Of a running Ray cluster (auto: this machine's); without it, --engine ray starts one here.",
    ),
]
AcceptOption = Annotated[
    float | None,
    typer.Option(min=0, max=1, metavar="P", help="Make mentions of candidates that are at least so likely."),
]
MostOption = Annotated[
    int, typer.Option(min=0, help="Refuse longer documents, for want of memory; 0 takes any.")
]
CalibrationOption = Annotated[
    bool, typer.Option("--calibration", help="Show how far the confidence of mentions can be trusted.")
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        min=1,
        help="Workers at once: by default 1, with --engine ray one a processor of the cluster.",
    ),
]


def chosen_engine(choice: EngineChoice, address: str | None, jobs: int | None) -> Engine:
    """Return the engine that the options name.

    Raises:
        HakushoError: Ray is not installed.
        BadParameter: Only a cluster has an address.
    """
    if choice is EngineChoice.ray:
        return Ray(address, jobs)
    if address is not None:
        raise typer.BadParameter("--address is of a Ray cluster: add --engine ray")
    return Local(jobs or 1)
