"""How a command ends: with an exit code, and with one line if something went wrong."""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TextIO

import typer
from typer.exceptions import TyperException

from pipeline.commands.terminal import messages, show_output
from pipeline.model.errors import HakushoError

# What libraries say where memory ends (those in C have no MemoryError of their own).
SHORT_OF = ("cannot allocate memory", "failed to map segment", "out of memory", "can't start new thread")
SHORT = "the memory is not enough: allow more (ulimit -v), or take fewer processes with --jobs 1"


# Bytes of address space below which libraries in C and Rust abort instead of telling (決め打ち: 400 MB were too
# little for one short text, 500 MB enough).
LEAST = 480 << 20


def allowed() -> int | None:
    """Return how many bytes of address space this process may have, None for any number."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    soft = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if soft == resource.RLIM_INFINITY else soft


def memory_is_short(error: BaseException) -> bool:
    """Whether an error says that there is no more memory, in whatever words."""
    while error.__cause__ is not None and not isinstance(error, MemoryError):
        error = error.__cause__
    said = str(error).lower()
    return isinstance(error, MemoryError) or any(words in said for words in SHORT_OF)


def concluded(app: typer.Typer, words: list[str]) -> NoReturn:
    """Run the command that ``words`` ask for, and leave.

    Exit code 0 for success, 1 for a user's error or a failed document, 2 for wrong usage, 130 when it was
    stopped.
    """
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    _prepare()
    try:
        code = app(words, prog_name="hakusho", standalone_mode=False)
        sys.stdout.flush()
    except HakushoError as error:
        _fail(str(error), 1, debug=debug)
    except TyperException as error:
        text = error.format_message() if hasattr(error, "format_message") else str(error)
        if text.startswith("Usage:"):  # a command that needs another word, without one
            messages.print(text, markup=False)
            sys.exit(2)
        _fail(f"{text.replace(chr(10), ' ')} (hakusho --help lists the commands and options)", 2, debug=debug)
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
        if memory_is_short(error):
            _fail(SHORT, 1, debug=debug)
        _fail(f"internal error ({type(error).__name__}: {error}): please report it", 1, debug=debug)
    sys.exit(code if isinstance(code, int) else 0)


def _prepare() -> None:
    """See to the output, to the signal that ends a command, and to the memory that it needs at least."""
    # A command that was started with a closed output (>&-) prints nothing.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 -- as long as the process
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that lacks a character must not stop a command
        sys.stdout.reconfigure(errors="backslashreplace")
    show_output()
    with suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidies up, as Ctrl-C does
    if (most := allowed()) is not None and most < LEAST:
        _fail(SHORT, 1, debug=False)


def _let_go_of(stream: TextIO) -> None:
    """Stop the interpreter from writing buffered output at its end, which failed before."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fail(text: str, code: int, *, debug: bool) -> NoReturn:
    try:
        messages.print(f"hakusho: {' '.join(text.splitlines())}", markup=False)
        if debug:
            traceback.print_exc()
        sys.stderr.flush()
    except OSError:  # stderr may be gone too; the exit code still tells
        _let_go_of(sys.stderr)
    sys.exit(code)
