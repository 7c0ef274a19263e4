"""How the time of some work grows with its input: a ratio within one run, whatever the machine does besides."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
# Work that takes less than this is not told from the clock's own noise, in seconds.
NOISE = 0.05
# How much more than in proportion work may take: a square takes four times as much for four times the input.
SLACK = 2.5
TRIES = 5


def assert_linear(work: Callable[[T], object], small: T, large: T, times: float = 4) -> None:
    """Fail if ``large``, which is ``times`` as much as ``small``, takes far more than ``times`` as long.

    The best of some tries counts: a machine can be busy, but it cannot make work quicker than it is.
    """
    ratios = []
    for _ in range(TRIES):
        ratios.append(_seconds(work, large) / max(_seconds(work, small), NOISE))
        if ratios[-1] < times * SLACK:
            return
    raise AssertionError(f"{times} times the input took {min(ratios):.1f} times as long")


def _seconds(work: Callable[[T], object], given: T) -> float:
    began = process_time()
    work(given)
    return process_time() - began
