"""How some work grows with its input: its steps are counted, its time is compared within one run.

Steps (lines of Python that are run) are the same on every machine and see any loop in Python. They do not see what
goes on within one call of a function in C: a pattern that looks far, or a long text that is copied. Time sees that.
"""

from __future__ import annotations

import sys
from math import inf
from time import process_time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

T = TypeVar("T")
# Work that takes less than this is not told from the clock's own noise, in seconds (決め打ち).
NOISE = 0.002
# How much more than in proportion time may grow; a square grows four times as much for four times the input
# (決め打ち).
SLACK = 2.5
TRIES = 5
# The same of steps, which nothing disturbs; sorting fits in (決め打ち).
STEPS_SLACK = 1.5


def assert_linear(work: Callable[[T], object], small: T, large: T, times: float = 4) -> None:
    """Fail if ``large``, which is ``times`` as much as ``small``, takes far more than ``times`` as long.

    The best of some tries counts: a machine can be busy, but it cannot make work quicker than it is.
    """
    few = many = inf
    for _ in range(TRIES):
        # The large one first: what is loaded once is not counted for the small one.
        many = min(many, _seconds(work, large))
        few = min(few, _seconds(work, small))
        if many < times * SLACK * max(few, NOISE):
            return
    raise AssertionError(f"{times} times the input took {many / max(few, NOISE):.1f} times as long")


def assert_linear_steps(work: Callable[[T], object], small: T, large: T, times: float = 4) -> None:
    """Fail if ``large``, which is ``times`` as much as ``small``, takes more than in proportion of steps."""
    few, many = steps(work, small), steps(work, large)
    assert many < times * STEPS_SLACK * few, (
        f"{times} times the input took {many / few:.1f} times as many steps"
    )


def steps(work: Callable[[T], object], given: T) -> int:
    """Return how many lines of Python ``work`` runs, in functions that it calls as well."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(given)
    finally:
        sys.settrace(before)
    assert count, "no step of the work was seen: another thread or process does it"
    return count


def _seconds(work: Callable[[T], object], given: T) -> float:
    began = process_time()
    work(given)
    return process_time() - began
