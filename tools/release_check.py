"""Is this a release that could go out today? Tries what people do with the wheel in dist/, each in a bare environment.

    python -m tools.release_check [DIST]

The tools that it needs are those of ``tools/locked/release.txt``, in ``build/tools`` (``make release-check``). ``build/release`` then
holds what goes with the release: the software bill of materials (CycloneDX), the licences, and SHA-256 sums. What cannot be
tried on this machine is named; the exit code is 1 if anything failed.
"""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from tools.licences import page

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build/release"
PYTHONS = ("3.11", "3.12", "3.13")
# Bytes, at most: of the wheel, and of an environment with pip and the lean set.
WHEEL, LEAN = 12_000_000, 320_000_000
TEXT = "防衛省は13（平成25）年10月3日、自衛隊法第76条を引いた。\n"
NORMS = ["防衛省", "2013-10-03", "自衛隊法"]
PROGRAMS = "Scripts" if os.name == "nt" else "bin"


class LeftOut(Exception):  # noqa: N818 -- not a failure
    """Something cannot be tried here; says why."""


def run(*command: str | Path, **environment: str) -> str:
    """Run a program away from the source tree; return what it prints. Raises RuntimeError if it fails."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    ended = subprocess.run(
        [str(word) for word in command], cwd=BUILD, env=inherited | environment,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if ended.returncode:
        raise RuntimeError(f"{Path(command[0]).name}: {(ended.stderr or ended.stdout).strip()[-2000:]}")
    return ended.stdout


def tool(name: str) -> Path:
    """Return one of the locked tools."""
    return ROOT / "build/tools" / PROGRAMS / name


def interpreter(version: str) -> Path:
    """Return an interpreter of this version; raises LeftOut if the machine has none."""
    try:
        return Path(run(tool("uv"), "python", "find", "--no-python-downloads", "--system", version).strip())
    except RuntimeError:  # uv does not look among those of pyenv that are not chosen
        pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
        if found := sorted(pyenv.glob(f"versions/{version}.*/bin/python")):
            return found[-1]
        raise LeftOut(f"no Python {version} here") from None


def bare(name: str, version: str) -> Path:
    """Make an empty environment; return its folder of programs."""
    place = BUILD / name
    run(interpreter(version), "-m", "venv", "--clear", place)
    return place / PROGRAMS


def size(folder: Path) -> int:
    """Return the bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def smoke(hakusho: Path, analyzer: str) -> None:
    """Run the command on a text and a PDF, and look at what it finds."""
    out = BUILD / "out"
    shutil.rmtree(out, ignore_errors=True)
    (BUILD / "a.txt").write_text(TEXT, encoding="utf-8")
    pdf = ROOT / "tests/documents/plain.pdf"
    run(hakusho, "run", "a.txt", pdf, "-o", out, "--analyzer", analyzer)
    with (out / "a/entities.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = [row["norm"] for row in csv.DictReader(stream)]
    if found != NORMS or not (out / "plain/report.html").exists():
        raise RuntimeError(f"{hakusho}: {found}, wanted {NORMS}")


def lean(wheel: Path, version: str) -> str:
    """Install the lean set, in a bare Python of this version."""
    programs = bare(f"lean-{version}", version)
    run(programs / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", ROOT / "lean.txt")
    run(programs / "python", "-m", "pip", "install", "-q", "--no-deps", wheel)
    smoke(programs / "hakusho", "sudachi")
    held = size(programs.parent)
    if held > LEAN:
        raise RuntimeError(f"{held / 1e6:.0f} MB, wanted {LEAN / 1e6:.0f} at most")
    return f"{held / 1e6:.0f} MB"


def with_pip(wheel: Path) -> str:
    """Install with pip and all extras for users; write the bill of materials and the licences of what came."""
    programs = bare("pip", PYTHONS[0])
    run(programs / "python", "-m", "pip", "install", "-q", f"{wheel}[all]")
    smoke(programs / "hakusho", "ginza")
    run(programs / "python", "-m", "hakusho", "run", "a.txt", "-o", "out2", "--format", "parquet")
    for path in programs.parent.rglob("hakusho-*.dist-info/direct_url.json"):
        path.unlink()  # it says where the wheel lay on this machine, and the bill would repeat it
    bill = BUILD / f"{'-'.join(wheel.name.split('-')[:2])}.cdx.json"
    run(
        tool("cyclonedx-py"), "environment", programs / "python", "--output-reproducible", "--validate", "-o", bill
    )  # fmt: skip
    return f"{size(programs.parent) / 1e6:.0f} MB; {bill.relative_to(ROOT)}"


def with_pipx(wheel: Path) -> str:
    """Install with pipx, in the newest Python."""
    home, programs = BUILD / "pipx", BUILD / "pipx/bin"
    told = {"PIPX_HOME": str(home), "PIPX_BIN_DIR": str(programs), "PIPX_MAN_DIR": str(home / "man")}
    run(tool("pipx"), "install", "--force", "--python", interpreter(PYTHONS[-1]), wheel, **told)
    smoke(programs / "hakusho", "ginza")
    return f"Python {PYTHONS[-1]}"


def with_uv(wheel: Path) -> str:
    """Install with uv tool, in the Python between."""
    home, programs = BUILD / "uv", BUILD / "uv/bin"
    told = {"UV_TOOL_DIR": str(home), "UV_TOOL_BIN_DIR": str(programs)}
    run(
        tool("uv"),
        "tool",
        "install",
        "--quiet",
        "--force",
        "--python",
        interpreter(PYTHONS[1]),
        wheel,
        **told,
    )
    smoke(programs / "hakusho", "ginza")
    return f"Python {PYTHONS[1]}"


def container(_: Path) -> str:
    """Lint the container file; build it where a builder is at hand."""
    run(tool("hadolint"), ROOT / "Containerfile")
    builder = next((name for name in ("podman", "docker") if shutil.which(name)), None)
    try:
        if not builder or not run(builder, "info"):
            raise LeftOut("linted; no builder here")
    except RuntimeError:
        raise LeftOut(f"linted; {builder} does not answer") from None
    run(builder, "build", "-t", "hakusho", "-f", ROOT / "Containerfile", ROOT)
    mounted = ("run", "--rm", "--network", "none", "-v", f"{BUILD}:/data", "--user", f"{os.getuid()}")
    run(builder, *mounted, "hakusho", "run", "a.txt", "-o", "out3", "--analyzer", "sudachi")
    return builder


def metadata(wheel: Path) -> str:
    """Look at what a package index will show, and at the size."""
    run(tool("twine"), "check", "--strict", wheel, *wheel.parent.glob("*.tar.gz"))
    if wheel.stat().st_size > WHEEL:
        raise RuntimeError(f"{wheel.stat().st_size} bytes")
    with zipfile.ZipFile(wheel) as packed:
        name = next(name for name in packed.namelist() if name.endswith("dist-info/METADATA"))
        home = "Project-URL: Source" in packed.read(name).decode()
    said = "" if home else "; HAKUSHO_HOME is not set: no addresses, links to files are plain words"
    return f"{wheel.stat().st_size / 1e6:.1f} MB{said}"


def beside(wheel: Path) -> str:
    """Write the licences, and the sums of all that is attached to the release."""
    (BUILD / "licences.md").write_text(page(), encoding="utf-8")
    files = [wheel, *wheel.parent.glob("*.tar.gz"), BUILD / "licences.md", *BUILD.glob("*.cdx.json")]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (BUILD / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    return f"{len(files)} files"


@contextmanager
def step(name: str, failed: list[str]) -> Iterator[list[str]]:
    """Try a step; say how it went, and note whether it failed."""
    began, said = perf_counter(), [""]
    try:
        yield said
        word = "ok"
    except LeftOut as why:
        word, said[0] = "left out", str(why)
    except (RuntimeError, OSError) as why:
        word, said[0] = "FAILED", " ".join(str(why).split())
        failed.append(name)
    print(f"{name:12} {word:9} {perf_counter() - began:5.0f} s  {said[0]}", flush=True)


def main(dist: Path = ROOT / "dist") -> int:
    """Try everything; return the exit code."""
    BUILD.mkdir(parents=True, exist_ok=True)
    wheel = next(dist.resolve().glob("*.whl"), None)
    if wheel is None:
        sys.exit(f"{dist}: holds no wheel: run 'make dist' first")
    steps: list[tuple[str, Callable[[Path], str]]] = [("metadata", metadata)]
    steps += [(f"lean {v}", lambda wheel, v=v: lean(wheel, v)) for v in PYTHONS]  # type: ignore[misc]
    steps += [("pip", with_pip), ("uv tool", with_uv), ("pipx", with_pipx)]
    steps += [("container", container), ("files", beside)]
    failed: list[str] = []
    for name, what in steps:
        with step(name, failed) as said:
            said[0] = what(wheel)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
