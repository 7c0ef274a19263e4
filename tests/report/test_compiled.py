"""Compiled templates are kept beside the package; one that is damaged, or cannot be kept, is compiled anew."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment

from pipeline.report.compiled import Compiled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the templates that were compiled."""
    found: list[str] = []
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(
        Environment, "_generate", lambda self, tree, name, *more, **named: _said(self, tree, name, found)
    )
    return found


GENERATE = Environment._generate


def _said(environment: Environment, tree: object, name: str, found: list[str]) -> str:
    found.append(name)
    return GENERATE(environment, tree, name, name)  # type: ignore[arg-type]


def _page(folder: Path, source: str = "<{{ a }}>") -> str:
    environment = Environment(loader=DictLoader({"page": source}), bytecode_cache=Compiled(folder))
    return environment.get_template("page").render(a=1)


def test_a_template_is_compiled_once(tmp_path: Path, made: list[str]) -> None:
    assert [_page(tmp_path / "kept"), _page(tmp_path / "kept")] == ["<1>", "<1>"]
    assert made == ["page"]
    assert _page(tmp_path / "kept", "[{{ a }}]") == "[1]"
    assert made == ["page", "page"]


@pytest.mark.parametrize("damage", [b"", b"\0" * 200])
def test_what_is_damaged_is_compiled_anew(tmp_path: Path, made: list[str], damage: bytes) -> None:
    _page(tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for content in (damage, whole[:-1], whole[:40] + b"x" + whole[41:]):
        kept.write_bytes(content)
        made.clear()
        assert _page(tmp_path) == "<1>"
        assert made == ["page"]


def test_nothing_is_kept_where_nothing_can_be(
    tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    assert _page(tmp_path / "file") == "<1>"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _page(tmp_path / "other") == "<1>"
    assert not (tmp_path / "other").exists()
    assert made == ["page", "page"]
