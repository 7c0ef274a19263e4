"""A Ray cluster to work on: one that runs already, or one on this machine for as long as the work goes on."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import signal
import socket
import tempfile
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.model.errors import HakushoError
from pipeline.model.extras import require
from pipeline.runs.locks import alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Ray reports nothing to anybody, and leaves the variables of accelerators alone, which nothing here uses.
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
# What a cluster of our own keeps of tasks and results on their way, in bytes; what does not fit goes to disk
# (決め打ち).
OBJECT_STORE = 100 * 1024 * 1024
# Ray adds some 70 characters to its folder, we add 21, and the path of a socket may have 107 (104 on some
# systems).
LONGEST_FOLDER = 16
PREFIX = "hk"
# Who holds it is at work in the folder; only folders that have it are ours.
LOCK = "hakusho.lock"
# How long a cluster may take to answer, in seconds.
ANSWER = 10.0


def check_installed() -> None:
    """Make sure that Ray is there; raises HakushoError if not."""
    require("--engine ray", ("ray",), "ray")


@contextmanager
def connected(address: str | None, jobs: int | None) -> Iterator[int]:
    """Connect to a cluster, and let go of it in the end; one of our own ends then.

    Args:
        address: Of a running cluster; None starts one here.
        jobs: How many processors to use; None for all.

    Yields:
        How many workers there may be.

    Raises:
        HakushoError: The cluster does not answer, or none can be started.
    """
    with ExitStack() as opened:
        where: dict[str, Any] = {"address": address}
        if address is None:
            where = _own(jobs, opened.enter_context(_folder()))
        else:
            _knock(address)
        # Only those with the token may use our own cluster; other users of this machine do not have it.
        token = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
        opened.enter_context(_environment(QUIET if address else QUIET | token))
        with _own_signals():
            found = _connect(where, opened)
        yield jobs or max(found, 1)


def _knock(address: str) -> None:
    """Make sure that something answers at an address: Ray itself would try for many minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not host or not port.isdecimal():
        return  # a word of Ray's: auto
    try:
        socket.create_connection((host.strip("[]"), int(port)), ANSWER).close()
    except (OSError, OverflowError) as error:
        raise _no_cluster(address, error) from None


def _no_cluster(address: str, error: Exception) -> HakushoError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return HakushoError(
        f"{address}: no Ray cluster answers or can be started there ({reason}): "
        "'ray start' starts one; without --address this machine is used"
    )


def _connect(where: Mapping[str, Any], opened: ExitStack) -> int:
    """Connect, and return how many processors the cluster has."""
    try:
        import ray

        opened.callback(ray.shutdown)
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **where)
        resources: Any = ray.cluster_resources  # which has no types
        return int(resources().get("CPU", 0))
    except Exception as error:  # Ray has no class of its own for what may go wrong here
        raise _no_cluster(where["address"], error) from None


def _own(jobs: int | None, folder: str) -> dict[str, Any]:
    return {
        "address": "local",  # not the one that RAY_ADDRESS names
        "num_cpus": jobs,
        "include_dashboard": False,
        "object_store_memory": OBJECT_STORE,
        "_temp_dir": folder,
    }


@contextmanager
def _folder() -> Iterator[str]:
    """Make a folder with a short path, for this user alone, for as long as it is needed.

    Ray makes its folder readable by everybody; we put it inside one that only this user can enter.
    A folder that a killed run has left goes, too: nobody holds its lock any more.
    """
    base = tempfile.gettempdir()
    short = base if len(base) <= LONGEST_FOLDER else "/tmp"  # noqa: S108
    for left in Path(short).glob(f"{PREFIX}*"):
        if _abandoned(left):
            shutil.rmtree(left, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix=PREFIX, dir=short)
    try:
        with alone(Path(folder) / LOCK):
            yield f"{folder}/r"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _abandoned(folder: Path) -> bool:
    """Whether a folder is one of ours whose run is gone: it has our lock, and nobody holds that."""
    try:
        if folder.lstat().st_uid != os.getuid() or not (folder / LOCK).is_file():
            return False
        with alone(folder / LOCK) as owner:
            return owner is None
    except (OSError, HakushoError):
        return False


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _own_signals() -> Iterator[None]:
    """Keep the handler of SIGTERM: that of Ray would end the process at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
