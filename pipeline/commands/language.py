"""The language in which the command line speaks: English or Japanese."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "ja")
OPTION, VARIABLE = "--lang", "HAKUSHO_LANG"


def chosen(words: list[str], environment: Mapping[str, str] | None = None) -> tuple[str, list[str]]:
    """Return the language, and the words of the command line without the option that names it.

    The option ``--lang`` wins, then ``HAKUSHO_LANG``, then the locale of the system (POSIX: the first of
    ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set).

    >>> chosen(["run", "a.pdf", "--lang", "ja"], {})
    ('ja', ['run', 'a.pdf'])
    >>> chosen(["run", "a.pdf"], {"LANG": "ja_JP.UTF-8"})[0]
    'ja'

    Args:
        words: The words of the command line.
        environment: The environment; that of the process by default.

    Raises:
        HakushoError: The option or the variable names another language.
    """
    environment = os.environ if environment is None else environment
    given, rest = _taken(words)
    for name, value in ((OPTION, given), (VARIABLE, environment.get(VARIABLE) or None)):
        if value is not None:
            if value.lower() not in LANGUAGES:
                raise HakushoError(f"{name}: found {value!r}: write it as ja or en")
            return value.lower(), rest
    places = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    place = next((value for value in places if value), "")
    return ("ja" if place.partition("_")[0].partition(".")[0].lower() == "ja" else "en"), rest


def _taken(words: list[str]) -> tuple[str | None, list[str]]:
    """Return the value of the option, or None, and the other words; behind ``--`` there are no options."""
    value, rest, left = None, list[str](), iter(words)
    for word in left:
        if word == "--":
            rest += [word, *left]
        elif word == OPTION:
            value = next(left, "")
        elif word.startswith(f"{OPTION}="):
            value = word.partition("=")[2]
        else:
            rest.append(word)
    return value, rest
