"""``hakusho orgs``: import the register of all bodies with a 法人番号, and look organizations up."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003 -- typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.lookup import OnOption, OutputOption, SnapshotOption, print_found
from pipeline.commands.terminal import messages
from pipeline.entities.organizations.register import index
from pipeline.entities.organizations.register.build import build
from pipeline.entities.organizations.register.find import find as look_up
from pipeline.facts import folder
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural

if TYPE_CHECKING:
    from pipeline.entities.organizations.register import Register
    from pipeline.entities.organizations.register.find import FoundOrganization

app = typer.Typer(
    help="All bodies with a 法人番号: import them, look organizations up.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class OrgsChoice(StrEnum):
    """Which organizations a command knows by their identifiers."""

    installed = "installed"
    shipped = "shipped"


OrgsOption = Annotated[
    OrgsChoice,
    typer.Option(
        "--orgs",
        case_sensitive=False,
        envvar="HAKUSHO_ORGS",
        help="installed: the bodies of 'hakusho orgs import' too, if there are any; shipped: never.",
    ),
]


def chosen_register(orgs: OrgsChoice) -> Register | None:
    """Return the register if one is installed and wanted; raises HakushoError if it is damaged."""
    return index.installed_register() if orgs is OrgsChoice.installed else None


@app.command("import")
def import_register(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="全件データ of all Japan: CSV (UTF-8 or Shift_JIS) or ZIP.")
    ],
    snapshot: SnapshotOption = None,
) -> None:
    """Take all bodies with a 法人番号 from the full data that the National Tax Agency publishes."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,} bodies"), TimeElapsedColumn())
    with Progress(*columns, console=messages, transient=True) as progress:
        task = progress.add_task("bodies", total=None)
        found = build(file, snapshot, lambda done: progress.update(task, completed=done))
    path = folder() / index.NAME
    messages.print(
        f"{plural(found.count, 'body', 'bodies')} of {found.snapshot.isoformat()} in {path}", markup=False
    )


@app.command()
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name or a 法人番号.")],
    on: OnOption = None,
    output: OutputOption = None,
    orgs: OrgsOption = OrgsChoice.installed,
) -> None:
    """Look an organization up: its official name, identifiers, and the time in which it had that name."""
    register = chosen_register(orgs)
    numbered = index.Index(folder() / index.NAME).numbered if register else None
    found = look_up(name, on, register, numbered)
    if not found:
        raise HakushoError(
            f"no organization is called {name!r}{f' on {on.isoformat()}' if on else ''}"
            + ("" if register else ": 'hakusho orgs import' takes in all bodies with a 法人番号")
        )
    print_found(found, output, ("name", "kind", "ids", "from", "to", "place", "other names"), _row)


def _row(one: FoundOrganization) -> tuple[str, ...]:
    return one.name, one.kind, "|".join(one.ids), one.since, one.until, one.place, "、".join(one.names)
