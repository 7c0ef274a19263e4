"""What a public host of the project reads: the workflow, the templates, the hooks; and that they call what exists."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

GITHUB = ROOT / ".github"
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


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
    called = set(re.findall(r"^make ([\w-]+)", "\n".join([script, *_commands()]), re.MULTILINE))
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
    check = MAKEFILE.partition("\ncheck: setup\n")[2].partition("\n\n")[0]
    programs = set(re.findall(r"\$\(BIN\)/(\S+)", check))
    assert programs == {entry.split()[0].removeprefix(".venv/bin/") for entry in hooks}
