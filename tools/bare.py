"""Runs the tests as on a machine that never ran anything of the kind.

    python -m tools.bare [ARGUMENTS OF PYTEST ...]

All tests run with an empty home, an empty folder for temporary files, and no caches. Those that find, start or use a
cluster of Ray wait most of their time; so they have a process of their own beside the others. They run once while
there is no other cluster, then once more beside a running one that is not theirs: it has Ray's usual folder and, if
it is free, Ray's usual port.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

ROOT = Path(__file__).parent.parent
# What a machine tells its programs; everything else may lead to a folder that an earlier run has filled.
KEPT = re.compile(
    r"PATH|LANG|LC_\w+|TZ|CI|CHROMIUM|HAKUSHO_EVERY_(?:POINT|DAY)|OPENBLAS_\w+|PIP_(?!CACHE_DIR$)\w+"
)
# How long the other cluster may take to start or to end, in seconds (決め打ち).
PATIENCE = 60
USUAL = 6379
# What becomes of workers that end is the same beside another cluster, and takes half of the time.
BESIDE = "not killed and not kills and not machine_that_goes"
OBJECT_STORE = 80 * 1024 * 1024
# Where temporary files lie: in memory, with this much room in bytes (決め打ち), or as usual.
MEMORY, USUAL_FOLDER, ROOM = "/dev/shm", "/tmp", 8 << 30
# The others make place for those of Ray, in which processes wait for each other (決め打ち).
NICE = "5"


def in_memory() -> str:
    """Return a folder in memory, if there is room and programs may lie there, else the usual one.

    The tests move files over others tens of thousands of times, and each waits for a disk.
    """
    try:
        found = os.statvfs(MEMORY)
    except OSError:
        return USUAL_FOLDER
    fits = found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC
    return MEMORY if fits else USUAL_FOLDER


@contextmanager
def machine(place: str) -> Iterator[dict[str, str]]:
    """Make an empty home and an empty folder for temporary files; yield the environment that names them."""
    # The path of a socket may have 107 characters, and Ray's and Chromium's lie deep in the folder.
    base = Path(tempfile.mkdtemp(prefix="hk-", dir=place))
    found = {name: value for name, value in os.environ.items() if KEPT.fullmatch(name)}
    for name, folder in (("HOME", "h"), ("TMPDIR", "t")):
        (base / folder).mkdir()
        found[name] = str(base / folder)
    found |= {"PIP_NO_CACHE_DIR": "1", "HYPOTHESIS_STORAGE_DIRECTORY": str(base / "t/hypothesis")}
    try:
        yield found
    finally:
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def cluster(environment: dict[str, str]) -> Iterator[None]:
    """Run a cluster as somebody else on the machine would, until it is no longer needed."""
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", USUAL)) == 0
    command = [
        Path(sys.executable).parent / "ray",
        "start",
        "--head",
        "--block",
        "--num-cpus",
        "1",
        "--disable-usage-stats",
    ]
    command += ["--port", "0" if taken else str(USUAL)]
    command += ["--include-dashboard", "false", "--object-store-memory", str(OBJECT_STORE)]
    log = Path(environment["TMPDIR"]) / "cluster.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=environment["HOME"],
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
    try:
        end = time.monotonic() + PATIENCE
        while b"Ray runtime started" not in log.read_bytes():
            if process.poll() is not None or time.monotonic() > end:
                sys.exit(
                    f"the other cluster did not start:\n{log.read_text(encoding='utf-8', errors='replace')}"
                )
            time.sleep(0.1)
        yield
        if process.poll() is not None:
            sys.exit("the tests ended the other cluster, which is not theirs")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def run_tests(environment: dict[str, str], *arguments: str | Path, log: BinaryIO | None = None) -> int:
    """Run pytest, which writes into ``log``, else where this process does; return its exit code."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    if log is None:
        command = ["nice", "-n", NICE, *command]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=log, stderr=log, check=False).returncode


def of_ray(files: list[Path], arguments: list[str], log: BinaryIO) -> int:
    """Run the tests of Ray alone, then beside another cluster; return the first exit code but 0."""
    arguments = [*arguments, "-n", "0"]
    log.write(b"== the tests of Ray, alone\n")
    log.flush()
    with machine(USUAL_FOLDER) as environment:
        code = run_tests(environment, *arguments, *files, log=log)
    if code:
        return code
    log.write(b"== the tests of Ray, beside another cluster\n")
    log.flush()
    with machine(USUAL_FOLDER) as environment, cluster(environment):
        return run_tests(environment, *arguments, "-k", BESIDE, *files, log=log)


def main(arguments: list[str]) -> int:
    """Run all tests, those of Ray in a process of their own; return the first exit code but 0."""
    files = sorted((ROOT / "tests").rglob("test_ray*.py"))
    print("== all tests but those of Ray, with an empty home and no temporary files", flush=True)
    with tempfile.TemporaryFile() as log, ThreadPoolExecutor(1) as beside:
        meanwhile = beside.submit(of_ray, files, arguments, log)
        try:
            with machine(in_memory()) as environment:
                code = run_tests(environment, *arguments, *(f"--ignore={path}" for path in files))
            return code or meanwhile.result()
        finally:
            beside.shutdown()
            log.seek(0)
            print(log.read().decode("utf-8", "replace"), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
