"""The chapter, run once for all tests: as a process, the way a user runs it."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import pipeline
from pipeline.flow import Analyzer
from pipeline.runs.locks import waiting
from tests.warm import PATIENCE, Command, Warm

# No test reads the list of laws that a person has installed.
os.environ["HAKUSHO_LAWS"] = "shipped"
os.environ["HAKUSHO_ORGS"] = "shipped"
os.environ["HAKUSHO_DATA"] = os.devnull
# Messages are read in English, whatever the machine speaks.
os.environ["HAKUSHO_LANG"] = "en"
# What a test may change for what it starts.
ENVIRONMENT = dict(os.environ)

ROOT = Path(__file__).parent.parent
CHAPTER = "defense_white_paper_h26_III-2-2"
OWN_NAMES = ROOT / "tests/cases/own_names.csv"

settings.register_profile(
    "default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("default")


@cache
def warm() -> Warm:
    """Return the process that has loaded everything; the first call starts it."""
    return Warm(ENVIRONMENT)


def pytest_configure() -> None:
    """Hear Ctrl-C, also where a shell starts the tests in the background; what they start inherits that."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure() -> None:
    """End it."""
    if warm.cache_info().currsize:
        warm().close()
        warm.cache_clear()


def hakusho(
    *arguments: str | Path, stdin: bytes | None = None, cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, in the plainest locale there is.

    Nothing is left to load for it (``tests/warm.py``), unless a test has set variables that it should see.
    """
    # Where a fork is unsafe or missing, each command starts anew.
    if sys.platform != "linux" or _variables(os.environ) != _variables(ENVIRONMENT):
        return started(*arguments, stdin=stdin, cwd=cwd)
    words = tuple(map(str, arguments))
    ended = warm().run(Command(words, stdin, str(cwd)))
    return subprocess.CompletedProcess(words, ended.code, ended.stdout, ended.stderr)


def started(
    *arguments: str | Path, stdin: bytes | None = None, cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as :func:`hakusho` does, but start the interpreter anew."""
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, input=stdin, capture_output=True, cwd=cwd, env=environment, timeout=PATIENCE, check=False
    )


# Ray and Polars set these when they are imported. If they counted, each command behind the first test of Ray would be
# started anew.
OF_LIBRARIES = frozenset({"RAY_CLIENT_MODE", "_RJEM_MALLOC_CONF"})


def _variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a process that a test may have set: not those in which pytest says which test it runs."""
    kept = (name for name in environment if name not in OF_LIBRARIES and not name.startswith("PYTEST"))
    return {name: environment[name] for name in kept}


@cache
def analyzer(name: str = "sudachi") -> Analyzer:
    """Return the analyzer that all tests of this process share."""
    found = pipeline.load(analyzer=name)
    gc.freeze()  # what stays to the end need not be searched for cycles again and again
    return found


@pytest.fixture(scope="session")
def analyze() -> Analyzer:
    return analyzer()


@pytest.fixture(scope="session")
def named() -> Analyzer:
    """The same with names of one's own."""
    found = pipeline.load(analyzer="sudachi", names=OWN_NAMES)
    gc.freeze()
    return found


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[bytes], Path]:
    """``hakusho run corpus`` with the default analyzer: the finished process and its output folder.

    It is run once for all processes that share the tests.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, kept = shared / "finished", shared / "finished.pickle"
    with waiting(shared / "finished.lock"):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(hakusho("run", "corpus", "-o", folder)))
    return pickle.loads(kept.read_bytes()), folder


@pytest.fixture(scope="session")
def results(finished: tuple[subprocess.CompletedProcess[bytes], Path]) -> Path:
    process, folder = finished
    assert process.returncode == 0, process.stderr.decode()
    return folder / CHAPTER


# The files whose tests take longest, or share what is dear to make. They come first, so that all processes end
# at one time.
LONG = ("test_ray", "test_run", "test_hostile", "test_package", "test_pages", "test_faults", "test_every_day")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long files first."""
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


def pytest_collection_finish() -> None:
    """Leave the tests themselves out of the search for cycles."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out for want of a browser."""
    left = [r for r in terminalreporter.stats.get("skipped", ()) if "test_browser" in r.nodeid]
    if left:
        terminalreporter.write_line(
            f"{len(left)} browser tests left out, for want of Chromium: 'apt-get install chromium fonts-noto-cjk' runs them"
        )
