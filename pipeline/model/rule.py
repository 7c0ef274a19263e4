"""A pattern that decides something: its name, what it reads, and what it leaves."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.model.needed import needed
from pipeline.model.opening import opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.model.needed import Needed
    from pipeline.model.opening import Opening

    Find = Callable[..., re.Match[str] | None]

OPEN, CLOSE = "⟦", "⟧"
"""What marks, in an example, the characters that a pattern reads."""
NOTHING: dict[str, Callable[[str], object]] = {
    "findall": lambda _: [],
    "finditer": lambda _: iter(()),
    "fullmatch": lambda _: None,
    "match": lambda _: None,
    "search": lambda _: None,
    "split": lambda text: [text],
    "sub": lambda text: text,
}
"""What each way of reading gives for a text in which nothing is read."""
# A pattern that is asked so often, or for so long a text, is compiled: it looks faster itself (決め打ち).
PATIENCE, LONG = 40, 1000
_MADE: list[Pattern] = []


class Pattern:
    """A regular expression that is compiled when a text may hold what it reads; used like an ``re.Pattern``.

    Hundreds of patterns take over a second, and few are needed for every text. Until one is compiled, a text
    without any character that a match can begin with, or without those that every match has, holds none.

    Attributes:
        pattern: The regular expression, as text.
        flags: Those of :mod:`re`.
        compiled: Whether it is ready to read any text.
    """

    __slots__ = (
        "_asked",
        "_needed",
        "_opening",
        "compiled",
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
        self._opening: Opening | None = None
        self._needed: Needed | None = None
        self.compiled = False
        self._asked = 0
        _MADE.append(self)

    def __getattr__(self, name: str) -> Any:
        # Asked for what is not set yet.
        if name not in NOTHING:
            raise AttributeError(f"a pattern has no {name!r}")
        if not self._asked and not self.flags & re.IGNORECASE:
            self._opening = opening(self.pattern, verbose=bool(self.flags & re.VERBOSE))
        self._asked += 1
        if self._asked <= PATIENCE and not self.flags & re.IGNORECASE:
            return partial(self._read, name)
        self.compile()
        return getattr(self, name)

    def _read(self, name: str, *given: Any, **named: Any) -> Any:
        """Read with a pattern that may not be compiled yet: only if the text may hold what it reads."""
        if not self.compiled:
            text, *within = given[name == "sub" :] if not named else ("",)
            # What stands behind the text of ``sub`` and ``split`` is no place.
            start, end = (
                [*within, len(text)][:2] if within and name not in ("split", "sub") else (0, len(text))
            )
            at_start = name in ("fullmatch", "match")
            near = not named and start >= 0 and end - start <= LONG
            if near and not self._may_stand(text[start : max(end, 0)], at_start=at_start):
                return NOTHING[name](text)
            self.compile()
        return getattr(self, name)(*given, **named)

    def _may_stand(self, text: str, *, at_start: bool) -> bool:
        """Whether ``text`` may hold a match, which begins ``at_start`` or anywhere."""
        if self._opening and not self._opening.stands_in(text[:1] if at_start else text):
            return False
        if self._needed is None:
            self._needed = needed(self.pattern, verbose=bool(self.flags & re.VERBOSE))
        return self._needed.stands_in(text[: self._needed.width] if at_start else text)

    def compile(self) -> None:
        """Get ready to read any text."""
        self.use(re.compile(self.pattern, self.flags))

    def use(self, compiled: re.Pattern[str]) -> None:
        """Read with ``compiled`` instead: for tests that ask what depends on a rule."""
        self.search, self.match, self.fullmatch = compiled.search, compiled.match, compiled.fullmatch
        self.finditer, self.findall = compiled.finditer, compiled.findall
        self.sub, self.split = compiled.sub, compiled.split
        self.compiled = True


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
    """Compile every pattern that is not, before processes are forked that would each do so."""
    for pattern in _MADE:
        if not pattern.compiled:
            pattern.compile()
