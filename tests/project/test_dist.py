"""What ``make dist`` makes: a wheel that holds everything and works away from the source tree, and the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from tests.conftest import ROOT, hakusho

TEXT = "平成26年版防衛白書\n\n　防衛省は13（平成25）年10月3日、周辺事態安全確保法第2条に基づき米軍と協議した。同年12月、国家安全保障会議（NSC）が設置された。\n"
_PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, GROUPS = _PYPROJECT["project"], _PYPROJECT["dependency-groups"]
# Any day does; make dist takes that of the commit.
EPOCH = "1700000000"
PACKED = (
    "pipeline", "hakusho", "tools/index_page.py", "pyproject.toml", "README.md", "README.ja.md", "LICENSE", "CHANGELOG.md",
    "lean.txt", ".gitignore",
)  # fmt: skip
# Bytes, at most: of the wheel, and of an environment with pip, lean.txt and the wheel.
WHEEL, LEAN = 12_000_000, 320_000_000
# Tries commands that the lean set cannot do, and prints how each ends.
LACKS = """
import contextlib, io
from pipeline.cli import main
for words in (
    "run a.txt -o no", "run a.txt -o no --analyzer sudachi --format parquet", "run a.txt -o no --analyzer sudachi --format docbin",
    "review out", "laws update", "run a.txt -o memory://x --analyzer sudachi", "run a.txt -o no --analyzer sudachi --engine ray",
    "evaluate out out",
):
    with contextlib.redirect_stderr(io.StringIO()) as said:
        try:
            main(words.split())
        except SystemExit as end:
            code = end.code
    print(said.getvalue().strip().replace("install it with ", f"install it with {code} "))
"""
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)


def _run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a program that must succeed, without the paths that make this tree win; return what it prints."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTHON") and name != "SOURCE_DATE_EPOCH"
    }
    process = subprocess.run(
        [str(word) for word in command], cwd=cwd, env={**inherited, **environment},
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


def _build(tree: Path, folder: Path, *more: str) -> None:
    command = (sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, *more, tree)
    _run(*command, cwd=folder.parent, SOURCE_DATE_EPOCH=EPOCH)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is packed, so that nothing is built in the source tree itself."""
    folder = tmp_path_factory.mktemp("tree")
    for name in PACKED:
        path = ROOT / name
        (folder / name).parent.mkdir(exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, folder / name)
    return folder


@pytest.fixture(scope="module")
def built(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source archive, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("built") / "dist"
    _build(tree, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel and the locked packages, but without this tree."""
    folder = tmp_path_factory.mktemp("environment")
    inside, site = _environment(folder)
    # A folder that a .pth file names is searched, but .pth files in it are not read: the editable project stays out.
    (site / "locked.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    _install(wheel, inside)
    return inside


@pytest.fixture(scope="module")
def lean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel and the files of the packages of lean.txt: nothing else is there."""
    folder = tmp_path_factory.mktemp("lean")
    inside, site = _environment(folder)
    for file in _files("lean.txt"):
        (top, *_), place = file.parts, Path(str(file.locate()))
        if top != ".." and not (site / top).exists():
            (site / top).symlink_to(place.parents[len(file.parts) - 2] if file.parts[1:] else place)
    _install(wheel, inside)
    return inside


def _environment(folder: Path) -> tuple[Path, Path]:
    """Make an empty environment; return its interpreter and the folder of its packages."""
    _run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    inside = folder / "venv/bin/python"
    site = _run(inside, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    return inside, Path(site.strip())


def _install(wheel: Path, python: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "--no-cache-dir")
    _run(*pip, "install", "--quiet", "--no-deps", "--no-index", "--ignore-installed", wheel, cwd=wheel.parent)


def _files(of: str) -> Iterator[metadata.PackagePath]:
    """Yield the files of a package, or of those that a file of requirements pins; not of those of other systems."""
    for name in _pinned(of) if of.endswith(".txt") else (of,):
        for found in metadata.distributions(name=name):
            yield from found.files or ()


def _pinned(file: str) -> dict[str, str]:
    """Return the versions that a file of requirements pins, by name; the last one where systems differ."""
    return {name: number for name, number, _ in PINNED.findall((ROOT / file).read_text(encoding="utf-8"))}


def test_the_wheel_holds_the_whole_package(wheel: Path) -> None:
    files = {p.relative_to(ROOT).as_posix() for p in (ROOT / "pipeline").rglob("*") if p.is_file()}
    wanted = {name for name in files if "__pycache__" not in name}
    assert wheel.stat().st_size <= WHEEL
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("pipeline/")}
    assert packed == wanted
    for name in (
        "py.typed",
        "data/SOURCES.md",
        "data/organizations/defense.csv",
        "report/templates/report.html.j2",
    ):
        assert f"pipeline/{name}" in packed


def test_the_wheel_holds_nothing_else_but_what_is_known_of_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    known = f"hakusho-{PROJECT['version']}.dist-info/"
    assert {name.partition("/")[0] for name in names} == {"pipeline", "hakusho", known.strip("/")}
    assert {f"{known}METADATA", f"{known}entry_points.txt", f"{known}licenses/LICENSE"} <= set(names)


def test_the_source_archive_builds_the_same_wheel_as_the_tree(
    built: Path, tree: Path, tmp_path: Path
) -> None:
    _build(tree, tmp_path / "dist", "--wheel")
    direct = next((tmp_path / "dist").glob("*.whl"))
    assert direct.read_bytes() == next(built.glob("*.whl")).read_bytes()


def test_the_same_tree_gives_the_same_bytes(built: Path, tree: Path, tmp_path: Path) -> None:
    later = shutil.copytree(tree, tmp_path / "tree")
    for path in later.rglob("*"):
        os.utime(path, (1, 2_000_000_000))
    _build(later, tmp_path / "dist")
    sums = [
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        for folder in (built, tmp_path / "dist")
    ]
    assert sums[0] == sums[1]


def test_the_source_archive_holds_what_a_reader_needs(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"README.md", "README.ja.md", "LICENSE", "CHANGELOG.md", "pyproject.toml"} <= names
    assert not [name for name in names if name.startswith(("tests", "corpus", "outputs", "docs"))]


def test_the_installed_copy_is_what_runs(python: Path, tmp_path: Path) -> None:
    place = _run(python, "-c", "import pipeline; print(pipeline.__file__)", cwd=tmp_path).strip()
    assert Path(place).is_relative_to(python.parent.parent)
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline/__init__.py").write_text("MINE = 1\n", encoding="utf-8")
    said = _run(python.parent / "hakusho", "--version", cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert said.split() == ["hakusho", PROJECT["version"]]


def test_the_wheel_gives_the_same_results_as_the_tree(python: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text(TEXT, encoding="utf-8")
    _run(python.parent / "hakusho", "run", "a.txt", "-o", "installed", cwd=elsewhere)
    assert hakusho("run", "a.txt", "-o", "tree", cwd=elsewhere).returncode == 0
    installed, tree = (
        {p.name: p.read_bytes() for p in (elsewhere / name / "a").iterdir()} for name in ("installed", "tree")
    )
    assert installed == tree
    assert {"entities.csv", "entities.json", "report.html", "tokens.csv", "structure.json"} <= set(installed)
    with (elsewhere / "installed/a/entities.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = [row["norm"] for row in csv.DictReader(stream) if row["label"] == "ORG"]
    assert found == ["防衛省", "アメリカ合衆国軍", "国家安全保障会議", "国家安全保障会議"]


def test_a_run_of_the_wheel_names_its_version(python: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    _run(python.parent / "hakusho", "run", "a.txt", "-o", "out", "--analyzer", "sudachi", cwd=tmp_path)
    versions = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))["versions"]
    assert versions["hakusho"] == PROJECT["version"]


def test_the_lean_set_is_small_and_part_of_the_lock(wheel: Path) -> None:
    pinned, locked = _pinned("lean.txt"), _pinned("requirements.lock")
    assert pinned.items() <= locked.items()
    needed = {re.split("[=<>~]", line, maxsplit=1)[0] for line in GROUPS["lean"]}
    assert needed <= pinned.keys()
    assert set(GROUPS["lean"]) <= set(PROJECT["dependencies"])
    assert not {"spacy", "ginza", "pandas", "numpy", "pyarrow"} & pinned.keys()
    held = sum(
        place.stat().st_size
        for file in (*_files("lean.txt"), *_files("pip"))
        if (place := Path(str(file.locate()))).exists()
    )
    packed = sum(info.file_size for info in zipfile.ZipFile(wheel).infolist())
    assert 200_000_000 < held + packed <= LEAN


def test_the_lean_set_reads_text_and_pdf_and_says_what_it_lacks(lean: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    shutil.copy(ROOT / "tests/documents/plain.pdf", tmp_path)
    run = ("run", "a.txt", "plain.pdf", "-o", "out", "--format", "csv,json,html", "--analyzer")
    _run(lean.parent / "hakusho", *run, "sudachi", cwd=tmp_path)
    assert hakusho(*run[:3], "-o", "tree", *run[5:], "sudachi", cwd=tmp_path).returncode == 0
    for name in ("a", "plain"):
        ours, theirs = (
            {p.name: p.read_bytes() for p in (tmp_path / folder / name).iterdir()}
            for folder in ("out", "tree")
        )
        assert ours == theirs
        assert {"entities.csv", "entities.json", "report.html"} <= set(ours)
    (tmp_path / "lacks.py").write_text(LACKS, encoding="utf-8")
    said = _run(lean, "lacks.py", cwd=tmp_path).splitlines()
    wanted = ["hakusho", "hakusho[parquet]", "hakusho", "hakusho[review]", "hakusho[laws]", "hakusho[remote]"]
    numpy = 'hakusho evaluate needs hakusho (numpy is not installed): install it with 1 pip install "hakusho"'
    assert said.pop() == f"hakusho: {numpy}"
    cures = [line.rpartition("install it with ")[2] for line in said]
    assert cures.pop(0) == f'1 pip install "{wanted.pop(0)}", or take --analyzer sudachi'
    assert cures == [f'1 pip install "{name}"' for name in [*wanted, "hakusho[ray]"]]


def test_extras_hold_what_they_promise() -> None:
    extras = PROJECT["optional-dependencies"]
    users = set(extras) - {"dev", "all", "notebooks", "ray"}
    assert extras["all"] == [f"hakusho[{','.join(sorted(users))}]"]
    for name in users | {"ray"}:
        assert set(extras[name]) <= set(extras["dev"])
    named = {
        match
        for path in (ROOT / "pipeline").rglob("*.py")
        for match in re.findall(r'\brequire\([^\n]*\), "(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    assert {"laws", "remote", "review", "ray"} <= named <= set(extras)


def test_the_version_stands_in_one_place() -> None:
    for path in (ROOT / "pipeline").rglob("*.py"):
        assert "__version__ =" not in path.read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## {PROJECT['version']} — " in changelog
