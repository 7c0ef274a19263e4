"""``hakusho laws``: fetch or import the full list of laws, and look laws up."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path  # noqa: TC003 -- typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.lookup import JAPAN, OnOption, OutputOption, SnapshotOption, print_found
from pipeline.commands.terminal import messages
from pipeline.entities.laws.instruments import Instruments
from pipeline.lawbook import egov, files, store
from pipeline.lawbook.find import find as look_up
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural

if TYPE_CHECKING:
    from pipeline.entities.laws.instruments import FullList
    from pipeline.lawbook.find import FoundLaw
    from pipeline.lawbook.listed import ListedLaw

CHOICE = "HAKUSHO_LAWS"
app = typer.Typer(
    help="The full list of Japanese laws: fetch it, import it, look laws up.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class LawsChoice(StrEnum):
    """Which laws a command knows."""

    installed = "installed"
    shipped = "shipped"


LawsOption = Annotated[
    LawsChoice,
    typer.Option(
        "--laws",
        case_sensitive=False,
        envvar=CHOICE,
        help="installed: the full list of 'hakusho laws update' too, if there is one; shipped: never.",
    ),
]


def chosen(laws: LawsChoice) -> FullList | None:
    """Return the full list if one is installed and wanted; raises HakushoError if it is damaged."""
    return store.installed_laws() if laws is LawsChoice.installed else None


@app.command()
def update(
    base_url: Annotated[
        str, typer.Option(envvar="HAKUSHO_EGOV_URL", help="Address of the 法令API, version 2.")
    ] = egov.BASE,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for each answer.")] = 30.0,
) -> None:
    """Read the list of all laws from e-Gov (法令API Version 2) into the user's data folder."""
    today = datetime.now(JAPAN).date()
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=messages, transient=True) as progress:
        task = progress.add_task("laws", total=None)
        laws = egov.read_all(
            base_url,
            today,
            timeout=timeout,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    _install(laws, today, f"{base_url.rstrip('/')}/laws")
    egov.forget()


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="e-Gov's all_law_list.csv, or a TSV.")],
    snapshot: SnapshotOption = None,
) -> None:
    """Take the list of laws from a file: e-Gov's all_law_list.csv (UTF-8 or Shift_JIS) or a TSV."""
    laws = files.read_list(file)
    day = snapshot or datetime.fromtimestamp(file.stat().st_mtime, JAPAN).date()
    _install(laws, day, file.name)


def _install(laws: list[ListedLaw], snapshot: date, source: str) -> None:
    path = store.save(laws, snapshot, source)
    messages.print(f"{plural(len(laws), 'law')} of {snapshot.isoformat()} in {path}", markup=False)


@app.command()
def find(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A title, an abbreviation, a law number or a LawID.")
    ],
    on: OnOption = None,
    output: OutputOption = None,
    laws: LawsOption = LawsChoice.installed,
) -> None:
    """Look a law or treaty up: its official title, number, LawID and page."""
    installed = store.listed() if laws is LawsChoice.installed else None
    known = Instruments(installed[1] if installed else None)
    found = look_up(name, on, known, installed[0] if installed else ())
    if not found:
        raise HakushoError(
            f"no law is called {name!r}{f' on {on.isoformat()}' if on else ''}"
            + ("" if installed else ": 'hakusho laws update' fetches the full list")
        )
    print_found(found, output, ("title", "number", "LawID", "status", "other names"), _row)


def _row(law: FoundLaw) -> tuple[str, ...]:
    title = law.title if law.title == law.title_today else f"{law.title} (today: {law.title_today})"
    return title, law.law_num, law.law_id, law.status, "、".join(law.names)
