"""The folder of a Ray cluster of one's own: private, short, and gone with its run, or at the next start."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pipeline.runs.ray_cluster import PREFIX, _folder

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


def test_what_a_killed_run_left_goes_at_the_next_start(base: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead, alive, other = (
        Path(tempfile.mkdtemp(prefix=f"{PREFIX}{who}-", dir=base)) for who in (ended.pid, os.getpid(), "x")
    )
    try:
        (dead / "r").mkdir()
        with _folder():
            assert not dead.exists()
            assert alive.exists()
            assert other.exists()
    finally:
        for folder in (alive, other):
            folder.rmdir()
