"""The folder of a Ray cluster of one's own: private, short, and gone with its run, or at the next start."""

from __future__ import annotations

import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pipeline.runs.ray_cluster import PREFIX, _folder
from tests.conftest import ROOT

# The longest that Ray puts behind its folder, and the longest path of a socket.
RAYS_OWN, LONGEST_PATH = 70, 107


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", "/tmp")
    return Path("/tmp")


def test_it_is_private_whatever_ray_makes_of_its_own(base: Path) -> None:
    with _folder() as name:
        folder = Path(name).parent
        assert folder.parent == base
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert not Path(name).exists()  # Ray makes it, and lets everybody in
        Path(name).mkdir(mode=0o777)
    assert not folder.exists()


def test_its_path_is_short_enough_for_a_socket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("x" * 60)))
    with _folder() as name:
        assert len(name) + RAYS_OWN <= LONGEST_PATH


HOLD = """
import os, sys, tempfile
from pathlib import Path
from pipeline.runs.ray_cluster import _folder
tempfile.tempdir = sys.argv[1]
with _folder() as name:
    print(Path(name).parent, flush=True)
    sys.stdin.read()
    os._exit(9)
"""


def test_what_a_killed_run_left_goes_at_the_next_start(base: Path) -> None:
    killed, alive = (
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(base)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(2)
    )
    others = Path(tempfile.mkdtemp(prefix=f"{PREFIX}99999-", dir=base))
    try:
        assert killed.stdout
        assert alive.stdout
        left, held = (Path(process.stdout.readline().strip()) for process in (killed, alive))  # type: ignore[union-attr]
        killed.communicate("")
        assert left.exists()
        with _folder():
            assert not left.exists()
            assert held.exists()
            assert others.exists()  # another program's, however it is called
    finally:
        alive.communicate("")
        others.rmdir()
        with _folder():
            assert not held.exists()
