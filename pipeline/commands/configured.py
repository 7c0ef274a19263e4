"""``hakusho.toml``: options of commands that a user does not want to give each time."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "hakusho.toml"
# More bytes than anybody writes into it (決め打ち).
MOST = 2**20
# What says where something is written or sent, or that results go: a file that came with the inputs, from
# whoever made them, may not.
OWN = frozenset(("output", "log", "address", "prune"))


def defaults(words: list[str], command: Any) -> dict[str, Any]:
    """Return the options of ``run`` that a ``hakusho.toml`` gives: those on the command line win.

    It stands beside an input, or else in the working folder, and has the long names of the options; one
    beside an input says nothing of where results go::

        [run]
        analyzer = "sudachi"
        format = ["csv", "parquet"]

    Args:
        words: The words of the command line.
        command: All commands, as typer made them.

    Raises:
        HakushoError: The file is broken, or names an option that there is not, or that it may not.
    """
    if words[:1] != ["run"] or not (path := _found(words[1:])):
        return {}
    from pipeline.read.toml_files import toml_of  # readers are no part of --help

    try:
        _, content = toml_of(path, str(path), MOST)
    except (OSError, ValueError) as error:
        raise HakushoError(f"{path}: cannot be read ({error}): write it as TOML in UTF-8") from None
    params = {
        name.lstrip("-"): param
        for param in command.commands["run"].params
        for name in (*param.opts, *param.secondary_opts)
        if name.startswith("--") and name != "--help"
    }
    given = content.pop("run", {})
    unknown = (
        [*content, *(name for name in given if name not in params)] if isinstance(given, dict) else ["run"]
    )
    if unknown:
        raise HakushoError(
            f"{path}: unknown option {unknown[0]!r}: write those of 'hakusho run --help' below [run], "
            'such as analyzer = "sudachi"'
        )
    if (theirs := [name for name in given if params[name].name in OWN]) and not path.parent.samefile(Path()):
        raise HakushoError(
            f"{path}: {min(theirs)!r} says where results go, which a file beside the inputs may not: "
            "give it on the command line, or in the working folder's"
        )
    return {
        "run": {params[name].name: _value(path, name, params[name], value) for name, value in given.items()}
    }


def _found(words: Iterable[str]) -> Path | None:
    """Return the file beside the first input that has one, or in the working folder."""
    folders = []
    for word in words:
        try:
            path = Path(word)
            if not word.startswith("-") and path.exists():
                folders.append(path if path.is_dir() else path.parent)
        except (OSError, ValueError):
            continue
    for path in (folder / NAME for folder in (*folders, Path())):
        with suppress(OSError):  # of a folder without rights: its reader says so
            if path.is_file():
                return path
    return None


def _value(path: Path, name: str, param: Any, value: Any) -> Any:
    """Return a value as the command line has it.

    Raises:
        HakushoError: It is of another kind than the option takes.
    """
    kind, words = param.type_descriptor.annotation, value if isinstance(value, list) else [value]
    if param.is_bool_flag:
        right, wanted = isinstance(value, bool), "true or false"
    elif kind in (int, float):
        right, wanted = isinstance(value, (int, float, str)) and not isinstance(value, bool), "a number"
    else:
        day = kind is date and type(value) is date
        right, wanted = day or all(isinstance(word, str) for word in words), "a text in quotation marks"
    if not right:
        raise HakushoError(f"{path}: {name} is {value!r}; wanted {wanted}: correct it")
    if param.is_bool_flag:
        return value is (f"--{name}" in param.opts)  # no-prune = true is prune = false
    if param.multiple:
        return words
    return ",".join(words) if isinstance(value, list) else value if kind in (int, float) else str(value)
