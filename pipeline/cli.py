"""The commands: which there are, where each stands, and what the list of them says."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from pipeline.commands.ending import concluded
from pipeline.commands.late import Late, Place

# Every command takes -h as well.
HELP = {"help_option_names": ["-h", "--help"]}
COMMANDS = {
    "run": Place(
        "pipeline.commands.run",
        "run_command",
        "Extract organizations, dates and laws from documents, and write them as tables.",
    ),
    "evaluate": Place(
        "pipeline.commands.judging",
        "evaluate",
        "Score results against gold: strict, overlap and norm F1 of each label.",
    ),
    "compare": Place(
        "pipeline.commands.judging",
        "compare",
        "List the mentions that the second run lost, gained, moved or changed against the first.",
    ),
    "agreement": Place(
        "pipeline.commands.judging",
        "agreement",
        "Show how far two annotations agree: strict F1, and equal values of the mentions that both have.",
    ),
    "review": Place(
        "pipeline.commands.review",
        "review_command",
        "Serve the reports of a run on this machine, and save what you judge as corrections and as gold.",
    ),
    "list": Place(
        "pipeline.commands.listing",
        "list_command",
        "List the documents that a folder holds: from which input, with which settings, made when.",
    ),
    "explore": Place(
        "pipeline.commands.explore",
        "explore_command",
        "Write a page on which all documents of a run are explored: names, sentences, years, comparisons.",
    ),
    "report": Place(
        "pipeline.commands.judging",
        "report",
        "Write report.html anew for every document of a run, from its entities.csv as it stands now.",
    ),
    "inspect": Place(
        "pipeline.commands.inspect",
        "inspect",
        "Show the clean text beside the raw text, with every repair made and its reason.",
    ),
    "laws": Place(
        "pipeline.commands.laws", "app", "The full list of Japanese laws: fetch it, import it, look laws up."
    ),
    "orgs": Place(
        "pipeline.commands.orgs", "app", "All bodies with a 法人番号: import them, look organizations up."
    ),
    "names": Place("pipeline.commands.names", "name_commands", "Names of one's own."),
    "types": Place("pipeline.commands.types", "type_commands", "Types of one's own."),
    "gold": Place("pipeline.commands.gold", "gold_commands", "Work on gold files."),
}
"""The commands in the order of their list; a test holds what it says of each against the help of that."""


class _Commands(Late):
    places = COMMANDS


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    context_settings=HELP,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # takes as long as all that the list of commands needs of ours

        sys.stdout.write(f"hakusho {version('hakusho')}\n")
        raise typer.Exit


@app.callback()
def hakusho(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version, and end.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="In any command: show where an error was raised.")
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="ja|en",
            help="In any command: the language of help and messages, else HAKUSHO_LANG or the locale.",
        ),
    ] = None,
) -> None:
    """Organizations, dates and laws of Japanese white papers as tables that can be trusted."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command.

    The exit code is 0 for success, 1 for a user's error or a failed document, 2 for wrong usage.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    concluded(app, words)
