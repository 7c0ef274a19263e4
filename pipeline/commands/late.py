"""Commands that are imported when they are asked for: the list of them needs none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

if TYPE_CHECKING:
    Command = TyperCommand | TyperGroup


class Place(NamedTuple):
    """Where a command stands.

    Attributes:
        module: Its module.
        name: What is called in it, or the ``typer.Typer`` of several commands.
        says: What the list of the commands says of it: the beginning of its help.
    """

    module: str
    name: str
    says: str


class Late(TyperGroup):
    """A group of commands, each of which is imported when it is looked up."""

    places: Mapping[str, Place] = {}

    def __init__(self, **settings: Any) -> None:
        """Take what typer says of a group; its commands are those of ``places``."""
        super().__init__(**settings)
        self.commands: MutableMapping[str, Any] = Imported(self.places, self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of the commands."""
        said: dict[str, Any] = {
            name: TyperCommand(name, help=place.says) for name, place in self.places.items()
        }
        TyperGroup(commands=said).format_commands(ctx, formatter)


class Imported(MutableMapping[str, Any]):
    """Commands by name, in the order of their list."""

    def __init__(self, places: Mapping[str, Place], commands: Mapping[str, Any]) -> None:
        """Take where commands stand, and those that are there already."""
        self._places, self._made = places, dict(commands)
        self._then: Callable[[Any], None] = lambda _: None

    def then(self, change: Callable[[Any], None]) -> None:
        """Change each command: those that are there now, and any other when it is imported."""
        self._then = change
        for command in self._made.values():
            change(command)

    def __getitem__(self, name: str) -> Command:
        if name not in self._made:
            self._made[name] = _command(name, self._places[name])
            self._then(self._made[name])
        found: Command = self._made[name]
        return found

    def __setitem__(self, name: str, command: Command) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._places or name in self._made

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._places, *self._made)))

    def __len__(self) -> int:
        return len(list(iter(self)))


def _command(name: str, place: Place) -> Any:
    found = getattr(import_module(place.module), place.name)
    if isinstance(found, typer.Typer):
        group = get_group(found)
        group.name = name
        return group
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name)(found)
    return get_command(alone)
