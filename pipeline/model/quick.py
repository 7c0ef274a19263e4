"""Frozen classes that are made as quickly as others.

A frozen dataclass sets each of its fields through ``object.__setattr__``: of a class with thirty fields, four
fifths of the time that an object takes. Here an object is of a class that is not frozen while it is filled.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from types import new_class
from typing import Any, TypeVar

Class = TypeVar("Class", bound=type)


def quick(cls: Class) -> Class:
    """Give a dataclass that is frozen, with slots and plain defaults, a quicker ``__init__`` of the same use.

    Raises:
        TypeError: A field has a factory or is given by name alone, or there is a ``__post_init__``.
    """
    given: list[Any] = list(fields(cls))
    unknown = any(f.default_factory is not MISSING or not f.init or f.kw_only for f in given)
    if unknown or hasattr(cls, "__post_init__"):
        raise TypeError(f"{cls.__name__}: is made in a way that quick does not know")
    names = [f.name for f in given]
    bases = getattr(cls, "__orig_bases__", cls.__bases__)
    # The same slots, so that an object can change from one class into the other.
    filled = new_class(cls.__name__, bases, exec_body=lambda body: body.update(__slots__=tuple(names)))
    lines = [
        f"def __init__(self, {', '.join(names)}):",
        "    frozen = self.__class__",
        "    become(self, '__class__', filled)",
        *(f"    self.{name} = {name}" for name in names),
        "    self.__class__ = frozen",
    ]
    made: dict[str, Any] = {"become": object.__setattr__, "filled": filled}
    exec("\n".join(lines), made)  # noqa: S102  # as dataclasses does; the names are those of our fields
    make, plain = made["__init__"], cls.__dict__["__init__"]
    make.__defaults__ = tuple(f.default for f in given if f.default is not MISSING) or None
    make.__annotations__, make.__qualname__ = plain.__annotations__, plain.__qualname__
    make.__module__ = cls.__module__
    cls.__init__ = make  # type: ignore[misc]
    return cls
