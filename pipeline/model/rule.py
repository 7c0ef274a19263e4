"""A pattern that decides something: its name, what it reads, and what it leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Find = Callable[..., re.Match[str] | None]

OPEN, CLOSE = "⟦", "⟧"
"""What marks, in an example, the characters that a pattern reads."""
READS = frozenset({"findall", "finditer", "fullmatch", "match", "search", "split", "sub"})
_MADE: list[Pattern] = []


class Pattern:
    """A regular expression that is compiled when it is first used; used like an ``re.Pattern``.

    Hundreds of patterns take over a second, and few are needed for every text.

    Attributes:
        pattern: The regular expression, as text.
        flags: Those of :mod:`re`.
    """

    __slots__ = (
        "findall",
        "finditer",
        "flags",
        "fullmatch",
        "match",
        "pattern",
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

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        """Take in a pattern. What reads with it first raises ``re.error`` where ``pattern`` is none."""
        self.pattern, self.flags = pattern, flags
        _MADE.append(self)

    def __getattr__(self, name: str) -> Any:
        # Asked for what is not set yet.
        if name not in READS:
            raise AttributeError(f"a pattern has no {name!r}")
        self.use(re.compile(self.pattern, self.flags))
        return getattr(self, name)

    def use(self, compiled: re.Pattern[str]) -> None:
        """Read with ``compiled`` instead: for tests that ask what depends on a rule."""
        self.search, self.match, self.fullmatch = compiled.search, compiled.match, compiled.fullmatch
        self.finditer, self.findall = compiled.finditer, compiled.findall
        self.sub, self.split = compiled.sub, compiled.split


class Rule(Pattern):
    """A pattern that proves itself by examples.

    A test holds each rule against its examples, and shows for each that some result depends on it
    (``tests/entities/test_rules.py``). Patterns that only build others stay plain strings.

    Attributes:
        name: In snake_case, unique in the project.
        reads: Examples of what it reads. Where ``⟦`` and ``⟧`` stand in one, it reads at ``⟦`` and just as
            far as ``⟧``; else it is found somewhere in the text.
        leaves: Examples of what it leaves. Where ``⟦`` stands in one, it reads nothing from there on; else it
            is found nowhere.
    """

    __slots__ = ("leaves", "name", "reads")

    def __init__(
        self,
        name: str,
        pattern: str,
        *,
        reads: tuple[str, ...],
        leaves: tuple[str, ...] = (),
        flags: re.RegexFlag = re.NOFLAG,
    ) -> None:
        """Take in a pattern with its examples.

        Args:
            name: See the class, as for ``reads`` and ``leaves``.
            pattern: Written with ``flags=re.VERBOSE`` where it is long.
            reads: At least one example.
            leaves: What looks alike and is something else.
            flags: Those of :mod:`re`.
        """
        super().__init__(pattern, flags)
        self.name, self.reads, self.leaves = name, reads, leaves

    def __repr__(self) -> str:
        return f"<Rule {self.name}>"


def compile_all() -> None:
    """Compile every pattern that was made, before processes are forked that would each do so."""
    for pattern in _MADE:
        pattern.search  # noqa: B018 -- asked for, it is compiled
