"""Whether the work grows with a text's length and not faster: ``python -m tools.linear [--part 2/6] [--registered]``.

Each text of ``tools/adversary.py`` is analysed twice, the second time at double the length. What is compared is counted,
not timed: calls of functions, and characters that patterns pass. A pattern's own backtracking cannot be counted; its time
is taken apart from all else, and what looks suspicious is measured again, at greater lengths.
"""

from __future__ import annotations

import argparse
import cProfile
import re
import sys
from collections import Counter, defaultdict
from contextlib import contextmanager
from time import thread_time
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pipeline
from pipeline.model.source import Source
from tools.adversary import SHAPES, examples, pairs, repeated, rules, shaped, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.adversary import Unit

# For twice the text; a square would be four (決め打ち, as issue and documentation have it).
GROWTH = 2.6
# Code points of the shorter text, and of one that is a registered name.
LENGTH, REGISTERED_LENGTH = 1000, 400
# Time of one pattern below this is not told from noise, in seconds: at first, and at eight times the length; how
# often that is measured (決め打ち).
NOISE, LATER_NOISE, TRIES = 0.002, 0.02, 3

TIME = "the time of "


class Counts(NamedTuple):
    """What the patterns of rules have done: characters that they passed, and seconds, by rule."""

    passed: Counter[str]
    took: dict[str, float]

    @classmethod
    def empty(cls) -> Counts:
        """Return those of rules that have done nothing yet."""
        return cls(Counter(), defaultdict(float))

    def watching(self, name: str, pattern: re.Pattern[str]) -> re.Pattern[str]:
        """Return what reads as ``pattern`` does and counts here, under ``name``."""
        return cast("re.Pattern[str]", Watched(name, pattern, self))


class Watched:
    """A compiled pattern that counts what it passes, and how long that takes."""

    def __init__(self, name: str, pattern: re.Pattern[str], counts: Counts) -> None:
        """Read as ``pattern`` does; add to ``counts`` under ``name``."""
        self._name, self._pattern = name, pattern
        self._passed, self._took = counts
        self.search, self.match = self._timed(pattern.search, ahead=True), self._timed(pattern.match)
        self.fullmatch = self._timed(pattern.fullmatch)
        self.findall, self.sub, self.split = (
            self._whole(getattr(pattern, n)) for n in ("findall", "sub", "split")
        )

    def _timed(self, find: Callable[..., re.Match[str] | None], *, ahead: bool = False) -> Callable[..., Any]:
        def timed(text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
            began = thread_time()
            match = find(text, start, end)
            self._took[self._name] += thread_time() - began
            last = match.end() if match else min(len(text), end) if ahead else start
            self._passed[self._name] += max(0, last - start) + 1
            return match

        return timed

    def _whole(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            began = thread_time()
            found = method(*arguments, **named)
            self._took[self._name] += thread_time() - began
            self._passed[self._name] += len(str(arguments[-1])) + 1
            return found

        return timed

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield what is found, as the pattern does."""
        found = self._pattern.finditer(text, start, end)
        while True:
            began = thread_time()
            match = next(found, None)
            self._took[self._name] += thread_time() - began
            last = match.end() if match else min(len(text), end)
            self._passed[self._name] += max(0, last - start) + 1
            if match is None:
                return
            yield match
            start = last


@contextmanager
def watched() -> Iterator[Counts]:
    """Let every rule count."""
    counts = Counts.empty()
    compiled = [(rule, re.compile(rule.pattern, rule.flags)) for rule in rules()]
    for rule, pattern in compiled:
        rule.use(counts.watching(rule.name, pattern))
    try:
        yield counts
    finally:
        for rule, pattern in compiled:
            rule.use(pattern)


def work(analyze: Callable[..., object], text: str, counts: Counts) -> dict[str, float]:
    """Return what the analysis of ``text`` takes, while rules are :func:`watched`."""
    for count in counts:
        count.clear()
    profile = cProfile.Profile()
    profile.runcall(analyze, Source("x", text))
    calls = sum(row.callcount for row in profile.getstats())
    times = {f"{TIME}{name}": seconds for name, seconds in counts.took.items()}
    return {"calls of functions": calls, "characters that patterns pass": counts.passed.total(), **times}


def fault(analyze: Callable[..., object], unit: str, length: int, counts: Counts) -> str:
    """Say what grows faster than the text that ``unit`` makes; nothing if nothing does.

    What looks back up to a limit grows so as well until the text is longer than that: so it is measured again.
    """
    few, many = (work(analyze, repeated(unit, size), counts) for size in (length, 2 * length))
    suspects = _grown(few, many, NOISE)
    if suspects:
        tries = (
            TRIES if any(name.startswith(TIME) for name in suspects) else 1
        )  # counts are the same each time
        few, many = (
            _least(analyze, repeated(unit, size), counts, tries) for size in (4 * length, 8 * length)
        )
        suspects &= _grown(few, many, LATER_NOISE)
    return ", ".join(
        f"{name} grow {many[name] / max(few.get(name, 0), NOISE / 8):.1f} times" for name in sorted(suspects)
    )


def _grown(few: dict[str, float], many: dict[str, float], noise: float) -> set[str]:
    return {name for name, found in many.items() if found > noise and found > GROWTH * few.get(name, 0)}


def _least(analyze: Callable[..., object], text: str, counts: Counts, often: int) -> dict[str, float]:
    """Return the least of some tries: a machine can be busy, but it cannot make work quicker than it is."""
    tries = [work(analyze, text, counts) for _ in range(often)]
    return {name: min(found.get(name, 0.0) for found in tries) for name in tries[0]}


def texts(part: int, *, registered: bool) -> Iterator[tuple[Unit, str, int]]:
    """Yield the units of one part: each word in one of the shapes, another one in each part."""
    for number, unit in enumerate(words()):
        if unit.registered == registered:
            yield unit, shaped(unit, part + number), REGISTERED_LENGTH if registered else LENGTH
    if not registered:
        for number, unit in enumerate((*examples(), *pairs(part))):
            yield unit, shaped(unit, part + number), LENGTH


def main() -> int:
    """Try the texts, and say which take too long; return how the program ends."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--part", type=int, default=0, help=f"0 to {len(SHAPES) - 1}: how each word is repeated"
    )
    parser.add_argument(
        "--registered", action="store_true", help="names of laws and bodies instead of words of rules"
    )
    parser.add_argument("--every", type=int, default=1, help="take each n-th text only")
    options = parser.parse_args()
    analyze, found, tried = pipeline.load(analyzer="sudachi"), 0, 0
    with watched() as counts:
        work(analyze, "防衛省は平成26年に自衛隊法を改正した。", counts)
        for number, (unit, text, length) in enumerate(texts(options.part, registered=options.registered)):
            if (number + options.part) % options.every:  # another one in each part
                continue
            tried += 1
            if what := fault(analyze, text, length, counts):
                found += 1
                print(f"{text!r} ({unit.source}): {what}", flush=True)
    print(f"{tried:,} texts, {found} of them grow more than {GROWTH} times")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
