"""A pattern that decides something: its name, what it reads, and what it leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Find = Callable[..., re.Match[str] | None]

OPEN, CLOSE = "⟦", "⟧"
"""What marks, in an example, the characters that a pattern reads."""


class Rule:
    """A compiled pattern that proves itself by examples, used like an ``re.Pattern``.

    A test holds each rule against its examples, and shows for each that some result depends on it
    (``tests/entities/test_rules.py``). Patterns that only build others stay plain strings.

    Attributes:
        name: In snake_case, unique in the project.
        pattern: The regular expression, as text.
        reads: Examples of what it reads. Where ``⟦`` and ``⟧`` stand in one, it reads at ``⟦`` and just as
            far as ``⟧``; else it is found somewhere in the text.
        leaves: Examples of what it leaves. Where ``⟦`` stands in one, it reads nothing from there on; else it
            is found nowhere.
    """

    __slots__ = (
        "findall",
        "finditer",
        "flags",
        "fullmatch",
        "leaves",
        "match",
        "name",
        "pattern",
        "reads",
        "search",
        "split",
        "sub",
    )

    search: Find
    match: Find
    fullmatch: Find
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[str]]
    sub: Callable[..., str]
    split: Callable[..., list[str]]

    def __init__(
        self,
        name: str,
        pattern: str,
        *,
        reads: tuple[str, ...],
        leaves: tuple[str, ...] = (),
        flags: re.RegexFlag = re.NOFLAG,
    ) -> None:
        """Compile ``pattern``; raises ``re.error`` where it is none.

        Args:
            name: See the class, as for ``reads`` and ``leaves``.
            pattern: Written with ``flags=re.VERBOSE`` where it is long.
            reads: At least one example.
            leaves: What looks alike and is something else.
            flags: Those of :mod:`re`.
        """
        self.name, self.pattern, self.reads, self.leaves, self.flags = name, pattern, reads, leaves, flags
        self.use(re.compile(pattern, flags))

    def __repr__(self) -> str:
        return f"<Rule {self.name}>"

    def use(self, compiled: re.Pattern[str]) -> None:
        """Read with ``compiled`` instead: for tests that ask what depends on a rule."""
        self.search, self.match, self.fullmatch = compiled.search, compiled.match, compiled.fullmatch
        self.finditer, self.findall = compiled.finditer, compiled.findall
        self.sub, self.split = compiled.sub, compiled.split
