"""The catalogue of errors is that of the code, and each of them can be provoked."""

from __future__ import annotations

import ast
import re
import sys
from importlib import import_module

import pytest
import typer

from pipeline.commands.catalogue import catalogue
from pipeline.model.errors import HakushoError
from tests.conftest import ROOT
from tests.provoke import Provoke
from tools.make_errors import Site, page, shown, sites, ways

PROVOKED: list[Provoke] = [
    value
    for name in ("reading", "kinds", "review", "rest")
    for value in vars(import_module(f"tests.provoke.{name}")).values()
    if getattr(value, "__annotations__", {}).get("return") == "Calls" and value.__module__.endswith(name)
]
KANA, CODE = re.compile(r"[ぁ-ん]"), re.compile(r" \[[a-z]+(?:-[a-z]+)*\]$")
# Quoted values, a library's reason in brackets, an address or a path, and what is typed at a prompt.
APART = re.compile(
    r"（[^ぁ-ん]*?）(?=[^）]*$|[:。、])|'[^']*'|\"[^\"]*\"|pip install \S+|[\w:/.-]*[/.][\w/.-]*|--[\w-]+ \w+|^\w+: (?=種類)"
    r"|\b[0-9a-f]{16,64}\b"  # a hash, which is another one after each change
)
STRAY = re.compile(
    r"(?<![\w-])(?:[a-z]{2,} [a-z]{2,}|(?:row|line|task|type) \d|[ぁ-ん字]s\b|pages?\b|columns?\b)"
)
# How a command ends has tests of its own, which run commands: test_cli.py and test_endings.py.
ENDINGS = "pipeline/commands/ending.py"


def test_the_catalogue_is_up_to_date() -> None:
    wanted = (ROOT / "docs/reference/errors.md").read_text(encoding="utf-8")
    assert wanted == page(), "run: python -m tools.make_errors"
    assert "|  |\n" not in wanted, "an error without Japanese: python -m tools.make_messages names it"


@pytest.fixture(scope="module")
def raised(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], list[str]]:
    """The messages of all errors that are provoked, by each line of the package that took part in making them."""
    found: dict[tuple[str, int], list[str]] = {}
    for provoke in PROVOKED:
        with pytest.MonkeyPatch.context() as monkeypatch:
            for number, call in enumerate(provoke(tmp_path_factory.mktemp("provoked"), monkeypatch)):
                made: set[tuple[str, int]] = set()
                with pytest.MonkeyPatch.context() as watched:
                    for kind in (HakushoError, typer.BadParameter):
                        watched.setattr(kind, "__init__", watching(kind, made))
                    try:
                        call()
                    except (HakushoError, typer.BadParameter) as error:
                        message = str(error)
                    else:
                        pytest.fail(f"call {number} of {provoke.__name__} raised nothing")
                assert len(message.splitlines()) == 1, message
                for line in made:
                    found.setdefault(line, []).append(message)
    return found


def watching(kind: type[Exception], made: set[tuple[str, int]]) -> object:
    """Return a constructor that notes which lines of the package call it."""
    before = kind.__init__

    def begin(self: Exception, *arguments: object, **named: object) -> None:
        before(self, *arguments, **named)
        frame = sys._getframe(1)
        while frame:
            made.add((frame.f_code.co_filename, frame.f_lineno))
            frame = frame.f_back  # type: ignore[assignment]

    return begin


@pytest.mark.parametrize("site", sites(), ids=lambda site: f"{site.module}:{site.first}")
def test_every_error_can_be_provoked(site: Site, raised: dict[tuple[str, int], list[str]]) -> None:
    """A new error fails here until ``tests/provoke`` provokes it."""
    if site.module == ENDINGS:
        return
    lines = range(site.first, site.last + 1)
    assert [message for line in lines for message in raised.get((str(ROOT / site.module), line), ())]


def messages(raised: dict[tuple[str, int], list[str]]) -> set[str]:
    """Each message once: dozens of lines take part in making it."""
    return {message for found in raised.values() for message in found}


def test_every_error_that_is_provoked_is_said_in_japanese(raised: dict[tuple[str, int], list[str]]) -> None:
    """Whatever is filled in, the catalogue knows the message again; its code is the one of the English."""
    spoken = catalogue("ja")
    lost = []
    for message in messages(raised):
        said = spoken.said(message, coded=True)
        if said == message or not KANA.search(said) or not CODE.search(said):
            lost.append(message)
    assert not lost, "\n".join(lost)


def test_no_word_of_the_code_stays_english(raised: dict[tuple[str, int], list[str]]) -> None:
    """What is filled in may be a name, a value or a library's reason; a word of the code's own is said."""
    spoken = catalogue("ja")
    said = {spoken.said(message) for message in messages(raised)}
    assert not [one for one in said if STRAY.search(APART.sub("", one))]


def test_a_hash_is_no_word_that_stays_english() -> None:
    said = "vm: code {} ですが、このマシンにはありません"
    assert not STRAY.search(APART.sub("", said.format("caffd202441e28eb")))
    assert STRAY.search(APART.sub("", said.format("of another machine")))


def test_each_way_shows_what_is_filled_in() -> None:
    node = ast.parse("f\"{x}: {1 if y else 2} no {y!r}: \" f\"give {'z' if y else 'a'}\"", mode="eval").body
    assert [shown(pieces) for pieces in ways(node)] == [
        "…: 1 no …: give z", "…: 1 no …: give a", "…: 2 no …: give z", "…: 2 no …: give a",
    ]  # fmt: skip
