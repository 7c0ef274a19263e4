"""How the norm of a mention is made: a template of the groups of a pattern, ``{code} {amount:number}``."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from pipeline.entities.declared.amounts import amount

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT, NUMBER = "text", "number"
AS_WRITTEN = "{text}"


class TemplateError(ValueError):
    """A template is at fault; the message says why."""


def fields(template: str) -> list[tuple[str, str, str]]:
    """Return the parts of a template: text, and behind it the name of a group and how it is read.

    Raises:
        TemplateError: It is none, or reads a group in a way that there is not.
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise TemplateError(
            f"{template!r} is no template ({error}): write the name of a group in braces"
        ) from None
    found = [(before, name or "", how or "") for before, name, how, _ in parts]
    for (_, name, _, change), (_, _, how) in zip(parts, found, strict=True):
        if name == "" or (name is not None and not name.isidentifier()) or change:
            raise TemplateError(
                f"{template!r}: {name!r} is no name of a group: write text, or the name of one"
            )
        if how not in ("", NUMBER):
            raise TemplateError(
                f"{template!r}: {how!r} behind {name!r} is unknown: write number there, or nothing"
            )
    return found


def filled(template: list[tuple[str, str, str]], surface: str, groups: Mapping[str, str]) -> str:
    """Return the norm of a mention, ``""`` if a part of it cannot be had.

    Args:
        template: As :func:`fields` gives it.
        surface: The clean text of the mention.
        groups: What the groups hold.
    """
    found = []
    for before, name, how in template:
        found.append(before)
        if name:
            held = surface if name == TEXT else groups.get(name, "")
            value = amount(held) if how == NUMBER else held
            if not value:
                return ""
            found.append(value)
    return "".join(found)
