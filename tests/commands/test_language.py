"""The command line in Japanese: nothing is missing, and both languages say the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polib
import pytest
from typer.main import get_command

from pipeline.cli import app
from pipeline.commands.catalogue import HOLE, Catalogue, Entry, catalogue
from pipeline.commands.language import chosen
from pipeline.model.errors import HakushoError
from tests.conftest import hakusho
from tools.make_messages import CATALOGUE, messages

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = list(polib.pofile(str(CATALOGUE)))
# What stays as it is in every language: options, commands in quotation marks, names of files, figures.
KEPT = re.compile(
    r"--[a-z-]+|'[a-z]+ [a-z ]+'|\b[A-Z][A-Z_]{4,}\b|\b\w+\.(?:csv|txt|json|docx|xlsx|zip|html)\b|\d{2,}"
)
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")
# Words that are the same in both languages.
SAME = {"manifest.csv", "{0}: {1}", "{0}/laws: {1}"}


def test_the_catalogue_holds_the_messages_of_the_code() -> None:
    assert {one.msgid for one in ENTRIES} == set(messages()), "run: python -m tools.make_messages"


def test_each_message_says_the_same_in_japanese() -> None:
    for entry in ENTRIES:
        english, japanese = entry.msgid, entry.msgstr
        assert JAPANESE.search(japanese) or english in SAME, english
        assert sorted(HOLE.findall(english)) == sorted(set(HOLE.findall(japanese))), english
        assert set(KEPT.findall(english)) <= set(KEPT.findall(japanese)), english


def test_help_is_japanese_throughout() -> None:
    """The page of each command: no line of it is English prose."""
    commands: list[str] = list(getattr(get_command(app), "commands", ()))
    for words in ([], *([name] for name in commands), ["laws", "find"], ["gold", "check"]):
        page = hakusho(*words, "--help", "--lang", "ja").stdout.decode()
        assert "使い方: hakusho" in page
        assert not re.search(
            r"^(?:  )?(?:Usage|Options|Commands|Arguments)|\[(?:default|required)", page, re.MULTILINE
        )
        english = [
            line for line in page.splitlines() if re.search(r"[a-z]+ (?:the|of|a|to|and) [a-z]+", line)
        ]
        assert not english


def test_a_run_speaks_japanese(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("防衛省は平成26年に告示した。", encoding="utf-8")
    words = ("run", tmp_path / "a.txt", "-o", tmp_path / "out", "--analyzer", "sudachi")
    said = hakusho(*words, "--lang", "ja").stderr.decode().splitlines()
    assert any(line.startswith("1 文書、") for line in said)
    assert any(line.startswith("基準日なし: a: ") for line in said)
    assert all(JAPANESE.search(line) or line.split()[:1] in (["ORG"], ["DATE"], ["LAW"], []) for line in said)
    assert "1 documents, " in hakusho(*words).stderr.decode()


def test_an_error_keeps_its_english_code() -> None:
    ended = hakusho("run", "nowhere.txt", "--lang=ja")
    assert ended.returncode == 1
    assert (
        ended.stderr.decode()
        == "hakusho: nowhere.txt: ファイルもフォルダーもありません: パスを確かめてください [no-such-file-or-folder]\n"
    )


@pytest.mark.parametrize(
    ("words", "environment", "expected"),
    [
        (["run", "a"], {}, "en"),
        (["run", "a"], {"LANG": "ja_JP.UTF-8"}, "ja"),
        (["run", "a"], {"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        (["run", "a"], {"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
        (["run", "a"], {"LANG": "jam_JM"}, "en"),
        (["run", "a"], {"LANG": "ja_JP.UTF-8", "HAKUSHO_LANG": "en"}, "en"),
        (["run", "a", "--lang", "JA"], {"HAKUSHO_LANG": "en"}, "ja"),
        (["--lang=ja", "run", "a"], {}, "ja"),
        (["run", "--", "--lang=ja"], {}, "en"),
    ],
)
def test_the_language_is_that_which_was_asked_for(
    words: list[str], environment: dict[str, str], expected: str
) -> None:
    assert chosen(words, environment)[0] == expected


@pytest.mark.parametrize("words", [["--lang"], ["--lang", "fr"], ["--lang="]])
def test_another_language_is_an_error(words: list[str]) -> None:
    with pytest.raises(HakushoError, match="write it as ja or en"):
        chosen(words, {})


def test_what_is_filled_in_is_said_too() -> None:
    spoken = Catalogue(
        [Entry("{0}: holds {1}: mend it", "{0}: {1}: 直してください"), Entry("no text", "テキストなし")]
    )
    assert spoken.said("f: a.csv: holds no text: mend it") == "f: a.csv: テキストなし: 直してください"
    assert spoken.said("f: holds 3 {0}: mend it", coded=True) == "f: 3 {0}: 直してください [holds]"
    assert spoken.said("something else") == "something else"


def test_english_has_nothing_to_look_up() -> None:
    assert catalogue("en").said("no text") == "no text"
