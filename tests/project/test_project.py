"""What a public host of the project reads: the workflow, the templates, the hooks; and that they call what exists."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tools import house
from tools.index_page import FENCE, for_index
from tools.licences import PAGE, page

GITHUB = ROOT / ".github"
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z0-9-]+):", MAKEFILE, re.MULTILINE))


def _yaml(path: Any) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _commands() -> list[str]:
    jobs = _yaml(GITHUB / "workflows/ci.yml")["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def test_the_workflow_calls_the_same_targets_on_two_pythons() -> None:
    jobs = _yaml(GITHUB / "workflows/ci.yml")["jobs"]
    pythons = jobs["test"]["strategy"]["matrix"]["python"]
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "requires-python"
    ]
    assert f">={pythons[0]}" == oldest
    assert len(pythons) >= 2
    assert ".ci/run" in _commands()
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    called = set(
        re.findall(r"^(?:nice -n \d+ )?make ([\w-]+)", "\n".join([script, *_commands()]), re.MULTILINE)
    )
    assert {"check", "test-bare", "dist", "docs"} <= called <= TARGETS


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "README.ja.md",
        "CONTRIBUTING.md",
        "docs/project/releasing.md",
        ".github/PULL_REQUEST_TEMPLATE.md",
    ],
)
def test_every_target_that_a_page_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    code = re.findall(r"`make ([^`]+)`", text) + re.findall(r"^ *make (.+?)(?: *#.*)?$", text, re.MULTILINE)
    named = {word for line in code for word in line.split() if re.fullmatch("[a-z-]+", word)}
    assert named
    assert named <= TARGETS


def test_every_target_is_phony_and_said_to_be() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony.group(1).split()) == TARGETS


@pytest.mark.parametrize(
    "form", [path for path in FORMS if path.stem != "config"], ids=lambda path: path.stem
)
def test_an_issue_form_is_one(form: Any) -> None:
    content = _yaml(form)
    assert {"name", "description", "body"} <= set(content)
    ids = [part["id"] for part in content["body"]]
    assert len(ids) == len(set(ids))
    for part in content["body"]:
        assert part["type"] in {"input", "textarea", "dropdown", "checkboxes", "markdown"}
        assert part["attributes"]["label"]
    assert any(part.get("validations", {}).get("required") for part in content["body"])


def test_the_hooks_run_what_make_check_runs() -> None:
    hooks = [
        hook["entry"] for repo in _yaml(ROOT / ".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]
    ]
    checks = dict(re.findall(r"^(checked-\w+): setup\n\t\$\(BIN\)/(.+)$", MAKEFILE, re.MULTILINE))
    (named,) = re.findall(r"^check: (.+)$", MAKEFILE, re.MULTILINE)
    assert set(named.split()) == set(checks)
    programs = {call.split()[0] for call in checks.values()}
    assert programs == {entry.split()[0].removeprefix(".venv/bin/") for entry in hooks}


def test_what_the_makefile_installs_is_locked_with_hashes() -> None:
    for line in MAKEFILE.splitlines():
        if " pip install " in line and "--editable" not in line:
            assert "--require-hashes -r " in line, line
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    for name in set(groups) - {"lean"}:
        locked = (ROOT / f"tools/locked/{name}.txt").read_text(encoding="utf-8")
        assert "://" not in locked
        for line in groups[name]:
            package = re.split(r"[=<>\[]", line, maxsplit=1)[0]
            assert re.search(rf"^{package}==", locked, re.MULTILINE), line


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_a_link_to_the_environment_of_another_tree_is_left_alone(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    for folder in (mine, other):
        folder.mkdir()
    (other / "pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
    (mine / ".venv").symlink_to(other)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, mine)
    done = subprocess.run(
        ["make", "setup", "PYTHON=true"], cwd=mine, capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert ".venv is a link" in done.stderr.splitlines()[0]
    assert [path.name for path in other.iterdir()] == ["pyvenv.cfg"]


def test_git_leaves_out_an_environment_that_is_a_link() -> None:
    assert ".venv" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_the_container_runs_without_rights_and_copies_what_there_is() -> None:
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    steps = [line.split() for line in lines if line and not line.startswith("#")]
    final = steps[max(n for n, words in enumerate(steps) if words[0] == "FROM") :]
    assert all(words[1].endswith("-slim-bookworm") for words in steps if words[0] == "FROM")
    user = next(n for n, words in enumerate(final) if words[0] == "USER")
    assert final[user][1] not in ("0", "root")
    assert {words[0] for words in final[user:]} == {"USER", "WORKDIR", "ENTRYPOINT", "CMD"}
    copied = [
        name for words in steps if words[0] == "COPY" for name in words[1:-1] if "--from" not in words[1]
    ]
    assert copied == ["lean.txt", "requirements.lock", "dist/*.whl"]
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {f"!{name}" for name in copied} <= set(kept)
    assert all("--require-hashes" in line or "--no-index" in line for line in lines if "pip install" in line)


def test_the_page_for_a_package_index_leads_nowhere_that_is_not_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    relative = re.compile(r"\]\((?!https?://|#)")
    assert relative.search(readme)
    assert not relative.search(FENCE.sub("", for_index(readme, "", "0.1.0")))
    shown = for_index(readme, "https://host/o/n", "0.1.0")
    assert not relative.search(FENCE.sub("", shown))
    for path in re.findall(r"\]\(https://host/o/n/blob/v0\.1\.0/([^)#]+)", shown):
        assert (ROOT / path).exists(), path
    assert FENCE.findall(shown) == FENCE.findall(readme)


def test_the_licences_are_those_of_what_is_installed() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.licences"
    assert "not stated" not in page()


def test_modules_that_import_one_another_are_found() -> None:
    found = house.ring({"a": {"b"}, "b": {"c"}, "c": {"b"}})
    assert found[0] == found[-1]
    assert set(found) == {"b", "c"}
    assert house.ring({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
    known = house.imports("pipeline")
    assert "pipeline.entities.dates.memory" in known["pipeline.entities.dates.values"]  # for type checking
    assert "pipeline.entities" not in known["pipeline.entities.dates.values"]
    assert house.ring(known) == []
