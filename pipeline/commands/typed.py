"""What a person typed where an input method or a word processor changed the letters.

``－－analyzer`` and ``—analyzer`` are no options, and a shell passes them on as names of files; ``--jobs ２`` is
no number for the parser. Values are folded, where they are no names; an option is not guessed, but shown.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from pathlib import Path
from typing import Any

from pipeline.model.errors import HakushoError

# What stands for a hyphen: in full width, as a minus sign, and what a word processor makes of two.
DASHES = "-－‐‑‒–—―−ー﹣﹘"


def half_width(words: list[str], command: Any) -> list[str]:
    """Return the words of a command line; numbers and words to choose from, in full width, become narrow.

    Args:
        words: The words, without the name of the program.
        command: All commands, as typer made them.

    Raises:
        HakushoError: A word is an option in other letters, or a file stands where a command must.
    """
    command, rest = _commanded(words, command)
    if rest and getattr(command, "commands", None) is not None and _is_there(rest[0]):
        raise HakushoError(
            f"{rest[0]}: is a file or folder where a command must stand: write 'hakusho run {rest[0]}'"
        )
    options = {name: param for param in command.params for name in (*param.opts, *param.secondary_opts)}
    found = list[str]()
    for n, word in enumerate(rest):
        if word == "--":
            found += rest[n:]
            break
        param = options.get(found[-1]) if found else None
        if param and not getattr(param, "is_bool_flag", False):
            word = _narrow(word) if _is_chosen(param) else word
        else:
            _no_option_in_other_letters(word, options)
            name, mark, value = word.partition("=")
            if mark and name in options and _is_chosen(options[name]):
                word = f"{name}={_narrow(value)}"
        found.append(word)
    return [*words[: len(words) - len(rest)], *found]


def _commanded(words: list[str], command: Any) -> tuple[Any, list[str]]:
    """Return the command that the first words name, and the words behind these."""
    for n, word in enumerate(words):
        if word not in getattr(command, "commands", {}):
            return command, words[n:]
        command = command.commands[word]
    return command, []


def _is_chosen(param: Any) -> bool:
    """Whether the values of an option are numbers, or words to choose from, and no names."""
    kind = param.type_descriptor.annotation
    return isinstance(kind, type) and issubclass(kind, (int, float, Enum))


def _no_option_in_other_letters(word: str, options: dict[str, Any]) -> None:
    if not word.startswith(tuple(DASHES)) or word.partition("=")[0].isascii():
        return
    name = _narrow(word.lstrip(DASHES)).partition("=")[0]
    meant = next((option for option in (f"--{name}", f"-{name}") if option in options), None)
    if meant and not _is_there(word):
        raise HakushoError(
            f"{word}: is no option in these letters (full width, or another dash): write {meant}"
        )


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_there(word: str) -> bool:
    try:
        return Path(word).exists()
    except (OSError, ValueError):
        return False
