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


class Rule:
    """A pattern that proves itself by examples, used like an ``re.Pattern``; it is compiled when first used.

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
        """Take in a pattern. What reads with it first raises ``re.error`` where ``pattern`` is none.

        Args:
            name: See the class, as for ``reads`` and ``leaves``.
            pattern: Written with ``flags=re.VERBOSE`` where it is long.
            reads: At least one example.
            leaves: What looks alike and is something else.
            flags: Those of :mod:`re`.
        """
        self.name, self.pattern, self.reads, self.leaves, self.flags = name, pattern, reads, leaves, flags

    def __getattr__(self, name: str) -> Any:
        # Asked for what is not set yet: hundreds of patterns take over a second, and few are in every text.
        if name not in READS:
            raise AttributeError(f"a rule has no {name!r}")
        self.use(re.compile(self.pattern, self.flags))
        return getattr(self, name)

    def __repr__(self) -> str:
        return f"<Rule {self.name}>"

    def use(self, compiled: re.Pattern[str]) -> None:
        """Read with ``compiled`` instead: for tests that ask what depends on a rule."""
        self.search, self.match, self.fullmatch = compiled.search, compiled.match, compiled.fullmatch
        self.finditer, self.findall = compiled.finditer, compiled.findall
        self.sub, self.split = compiled.sub, compiled.split
