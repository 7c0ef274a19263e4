"""Runs over many documents that are disturbed again and again, and end with the bytes of a run that was not.

    python -m tools.soak DOCUMENTS [--seed N] [--jobs N]

One run is left in peace. Another is killed, stopped and woken, short of disk, told other times, and its inputs change
under it; it goes on with ``--resume`` until it is done. Both folders must then hold the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from tools.adversary import words

ROOT = Path(__file__).parent.parent
# The record has times; everything else must be the same.
TIMES = frozenset(("run.json", "datapackage.json", "croissant.json"))
# After how many disturbances a run is left in peace (決め打ち).
MOST = 60
# How long a run that nobody disturbs may take, in seconds, before it counts as hanging (決め打ち).
PATIENCE = 600.0
SMALL_DISK = 200_000


def documents(folder: Path, number: int, random: Random) -> None:
    """Write so many texts and pages, some of them damaged."""
    folder.mkdir()
    names = words()
    for n in range(number):
        lines = [
            f"{random.choice(names).text}は、平成{random.randint(1, 31)}年{random.randint(1, 12)}月に"
            f"{random.choice(names).text}第{random.randint(1, 99)}条を引いた。"
            for _ in range(random.randint(1, 30))
        ]
        if n % 50 == 17:
            (folder / f"d{n:05}.docx").write_bytes(b"PK\x03\x04" + bytes(30))
        elif n % 7 == 3:
            page = f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}"
            (folder / f"d{n:05}.html").write_text(page, encoding="utf-8")
        else:
            (folder / f"d{n:05}.txt").write_text("\n".join(lines), encoding="utf-8")


def held(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a folder of results; of the record, what has no time."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if path.name == "run.json":
                record = json.loads(data)
                rows = [{k: v for k, v in row.items() if k != "seconds"} for row in record["documents"]]
                data = json.dumps([rows, record["failures"]], sort_keys=True).encode()
            if path.name not in TIMES - {"run.json"}:
                found[str(path.relative_to(folder))] = hashlib.sha256(data).hexdigest()
    return found


class Soak:
    """A run that is disturbed."""

    def __init__(self, source: Path, out: Path, jobs: int, random: Random) -> None:
        """Read ``source`` into ``out``."""
        self._source, self._out, self._jobs, self._random = source, out, jobs, random
        self.done: dict[str, int] = {}

    def start(self, *more: str, **change: str) -> subprocess.Popen[bytes]:
        """Start the command, in a group of its own."""
        command = [sys.executable, "-m", "pipeline", "run", str(self._source), "-o", str(self._out)]
        command += ["--analyzer", "sudachi", "--format", "csv,json", "--jobs", str(self._jobs), *more]
        return subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **change},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK,) * 2))
            if "SHORT_OF_DISK" in change
            else None,
        )  # fmt: skip

    def disturb(self) -> None:
        """Let a run begin, and let something go wrong with it after a while."""
        what = self._random.choice(("kill", "kill group", "interrupt", "stop", "disk", "clock", "input"))
        self.done[what] = self.done.get(what, 0) + 1
        change = {"disk": {"SHORT_OF_DISK": "1"}, "clock": {"TZ": "Pacific/Kiritimati"}}.get(what, {})
        process = self.start("--resume", **change)
        with suppress(subprocess.TimeoutExpired):
            process.wait(self._random.uniform(1, 12))
        if what == "stop":
            for sign in (signal.SIGSTOP, signal.SIGCONT):
                _send(process, sign)
                time.sleep(0.5)
        changed = self._touched() if what == "input" else None
        if what != "disk":
            sign = signal.SIGINT if what == "interrupt" else signal.SIGKILL
            _send(process, sign, group=what != "kill")
        _, said = process.communicate(timeout=PATIENCE)
        _send(process, signal.SIGKILL)  # workers that are left
        if changed:
            changed[0].write_bytes(changed[1])
        if b"Traceback" in said or b"internal error" in said:
            raise SystemExit(f"{what}: {said.decode(errors='replace')}")

    def _touched(self) -> tuple[Path, bytes] | None:
        """Change a document while it may be read, and return what it held."""
        texts = sorted(self._source.glob("*.txt"))
        path = self._random.choice(texts)
        before = path.read_bytes()
        path.write_bytes(before[: len(before) // 2] + "外務省".encode())
        return path, before


def _send(process: subprocess.Popen[bytes], sign: signal.Signals, *, group: bool = True) -> None:
    with suppress(ProcessLookupError, PermissionError):
        (os.killpg if group else os.kill)(process.pid, sign)


def main() -> int:
    """Compare a run in peace with one that is disturbed; return how the program ends."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=int)
    parser.add_argument("--seed", type=int, default=26)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--most", type=int, default=MOST, help="how often the run is disturbed at most")
    options = parser.parse_args()
    random, base = Random(options.seed), Path(tempfile.mkdtemp(prefix="soak-"))
    try:
        documents(base / "in", options.documents, random)
        peace = Soak(base / "in", base / "peace", options.jobs, random)
        peace.start().communicate()
        soak = Soak(base / "in", base / "out", options.jobs, random)
        for _ in range(options.most):
            soak.disturb()
        soak.start("--resume").communicate()
        wanted, found = held(base / "peace"), held(base / "out")
        lost = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
        print(
            f"{options.documents:,} documents, {sum(soak.done.values())} disturbances {soak.done}: ", end=""
        )
        print(f"{len(wanted):,} files, {len(lost)} of them differ {lost[:5] if lost else ''}")
        return 1 if lost or not wanted else 0
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
