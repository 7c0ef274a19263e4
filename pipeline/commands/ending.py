"""How a command ends: with an exit code, and with one line if something went wrong."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import traceback
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from pipeline.commands.catalogue import catalogue
from pipeline.commands.configured import defaults
from pipeline.commands.helping import speak
from pipeline.commands.language import chosen
from pipeline.commands.memory import SHORT, enough, memory_is_short
from pipeline.commands.terminal import messages, show_output
from pipeline.commands.typed import half_width
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Mapping

# What the parser of the command line says of a value.
WRONG = re.compile(
    r"Invalid value for (?P<name>'(?:-\w, |-\w / )?(?P<option>--[\w-]+)'.*?): Input should be "
    r"(?:a valid (?P<kind>integer|number|boolean)\b.*|(?P<side>greater|less) than or equal to (?P<bound>\S+))"
)
HINT = "(hakusho --help lists the commands and options)"


def concluded(app: typer.Typer, words: list[str]) -> NoReturn:
    """Run the command that ``words`` ask for, and leave.

    Exit code 0 for success, 1 for a user's error or a failed document, 2 for wrong usage, 130 when it was
    stopped.
    """
    debug, known = "--debug" in words, dict[str, Any]()
    words = joined([word for word in words if word != "--debug"])
    _prepare()
    try:
        language, words = chosen(words)
        messages.language = language
        command, messages.spoken = get_command(app), catalogue(language)
        if language != "en":
            speak(command, messages.spoken)
        words = half_width(words, command)
        known = defaults(words, command)
        code = command(words, prog_name="hakusho", standalone_mode=False, default_map=known)
        sys.stdout.flush()
    except HakushoError as error:
        _fail(str(error), 1, debug=debug)
    except TyperException as error:
        text = error.format_message() if hasattr(error, "format_message") else str(error)
        if text.startswith(
            f"{messages.spoken.exact('Usage')}:"
        ):  # a command that needs another word, without one
            messages.print(text, markup=False)
            sys.exit(2)
        _fail(plain(text, words, known), 2, debug=debug, hint=HINT)
    except (KeyboardInterrupt, typer.Abort) as stop:
        _fail(str(stop) or "interrupted", 130, debug=False)
    except BrokenPipeError:
        _let_go_of(sys.stdout)
        sys.exit(0)
    except OSError as error:
        _let_go_of(sys.stdout)
        where = error.filename or "standard output"
        _fail(
            f"{where}: cannot be read or written ({error.strerror}): check the disk and the rights on it",
            1,
            debug=debug,
        )
    except Exception as error:  # a person gets one line; --debug shows the rest
        _unforeseen(error, debug=debug)
    sys.exit(code if isinstance(code, int) else 0)


def _unforeseen(error: Exception, *, debug: bool) -> NoReturn:
    """Fail with an error that no stage made a sentence of."""
    if memory_is_short(error):
        _fail(SHORT, 1, debug=debug)
    # What commands need is looked for before they begin (``model/extras.py``): this is the rest.
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("pipeline"):
        _fail(f'{error.name}: is not installed: pip install "hakusho" brings it', 1, debug=debug)
    _fail(f"internal error ({type(error).__name__}: {error}): please report it", 1, debug=debug)


def _prepare() -> None:
    """See to the output, to the signal that ends a command, and to the memory that it needs at least."""
    # A command that was started with a closed output (>&-) prints nothing.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 -- as long as the process
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that lacks a character must not stop a command
        sys.stdout.reconfigure(errors="backslashreplace")
    show_output()
    with suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidies up, as Ctrl-C does
    if not enough():
        _fail(SHORT, 1, debug=False)


def joined(words: list[str]) -> list[str]:
    """Join the formats that somebody parted with blanks: ``--format csv, json``.

    >>> joined(["run", "a", "--format", "csv,", "json", "b"])
    ['run', 'a', '--format', 'csv,json', 'b']
    """
    found: list[str] = []
    for word in words:
        if len(found) > 1 and found[-2] == "--format" and found[-1].endswith(","):
            found[-1] += word
        else:
            found.append(word)
    return found


def plain(text: str, words: list[str], known: Mapping[str, Any]) -> str:
    """Return what is wrong with an option, with the value that was given and without the types of code.

    >>> said = "Invalid value for '--jobs': Input should be a valid integer, unable to parse"
    >>> plain(said, ["--jobs", "x"], {})
    "Invalid value for '--jobs': 'x' is not a whole number"

    Args:
        text: What the parser says.
        words: Of the command line.
        known: The values of ``hakusho.toml``, by command.
    """
    text = " ".join(text.split()).replace("Value error, ", "")
    if not (found := WRONG.fullmatch(text)):
        return text
    given = next((b for a, b in pairwise(words) if a == found["option"]), "")
    given = next((w.partition("=")[2] for w in words if w.startswith(f"{found['option']}=")), given)
    name, told = found["option"][2:].replace("-", "_"), found["name"]
    if not given and (stands := known.get("run", {}).get(name)) is not None:
        given, told = str(stands), f"{told} in hakusho.toml"
    if bound := found["bound"]:
        more = found["side"] == "greater"
        return f"Invalid value for {told}: {given!r} is not {bound} or {'more' if more else 'less'}"
    if found["kind"] == "integer":
        return f"Invalid value for {told}: {given!r} is not a whole number"
    if found["kind"] == "number":
        return f"Invalid value for {told}: {given!r} is not a number"
    return f"Invalid value for {told}: {given!r} is not yes or no"


def _let_go_of(stream: TextIO) -> None:
    """Stop the interpreter from writing buffered output at its end, which failed before."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fail(text: str, code: int, *, debug: bool, hint: str = "") -> NoReturn:
    try:
        text, spoken = " ".join(text.splitlines()), messages.spoken
        line = spoken.said(text)
        behind = spoken.said(text, coded=True)[len(line) :]
        said = spoken.exact(hint)
        more = f" {hint}" if hint and said == hint else said
        messages.print(f"hakusho: {line}{more}{behind}", said=False, markup=False)
        if debug:
            traceback.print_exc()
        sys.stderr.flush()
    except OSError:  # stderr may be gone too; the exit code still tells
        _let_go_of(sys.stderr)
    sys.exit(code)
