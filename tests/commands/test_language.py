"""The command line in Japanese: nothing is missing, and both languages say the same."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import polib
import pytest
from typer.main import get_command

from pipeline.cli import app
from pipeline.commands.catalogue import HOLE, Catalogue, Entry, catalogue
from pipeline.commands.language import chosen
from pipeline.commands.terminal import Messages
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
    assert "1 document, " in hakusho(*words).stderr.decode()


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


# Lines of runs that have a warning, a list or a place in them.
LINES = {
    "warning: a.txt: 2 control characters are left out (U+0001; the first at character 0)":
        "警告: a.txt: 制御文字 2 字を除きました（U+0001。最初は 0 文字目です）",
    "warning: a.txt: 1 character is � (U+FFFD, the first at 7): an earlier conversion lost the letters that "
    "stood there; get the file anew, or convert the original again":
        "警告: a.txt: � が 1 字あります（U+FFFD、最初は 7）: 以前の変換で、そこにあった文字が失われました。"
        "ファイルを入手し直すか、元のファイルから変換し直してください",
    "warning: a.pdf: pages 3, 4 and 12 more of 20: a picture and hardly any text (a scan?): what it shows is "
    "missing; OCR would read it":
        "警告: a.pdf: 全 20 ページのうち 3, 4 ほか 12 ページ: 画像だけで、テキストがほとんどありません"
        "（スキャンでしょうか）: 画像の中の文字は読んでいません。OCR なら読めます",
    "reference dates: 1 from manifest; c 2023-07-01 (file_name: c from d); and 3 more":
        "基準日: manifest から 1 件; c 2023-07-01（ファイル名: c from d）; ほか 3",
    "2 documents (1 unchanged), 1 failed, 0.1 s; results in out":
        "2 文書（1 件は変更なし）、1 件は失敗、0.1 秒。結果は out",
    "1/3 a: 10 characters, 3 mentions, 0.1 s; 0:10 left": "1/3 a: 10 文字、言及 3 件、0.1 秒。残り 0:10",
    "row 2 (d): no text of this name: offsets unchecked":
        "2 行目 (d): この名前のテキストがありません: 位置は確かめていません",
    "cannot import what is wanted from there": "cannot import what is wanted from there",
    "a/b.csv, row 3: confidence is '2'; wanted a number from 0 to 1: correct it":
        "a/b.csv, 3 行目: confidence が '2' です。0 から 1 の数が必要です: 直してください",
}  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_said_as_a_whole(line: str) -> None:
    assert catalogue("ja").said(line) == LINES[line]


@pytest.mark.parametrize(
    "name", ["label", "page failed", "5 documents", "manifest", "3 from here", "2 files", "1, 2"]
)
def test_what_the_user_named_stays_as_it_is(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    spoken = catalogue("ja")
    assert spoken.said(f"{name}: no such file or folder: check the path").startswith(f"{name}: ファイルも")
    assert spoken.said(f"no law is called {name}") == f"{name} という法令はありません"
    shown = Messages(force_terminal=False)
    shown.spoken = spoken
    shown.print(name, said=False, markup=False)
    assert capsys.readouterr().out == f"{name}\n"


@pytest.mark.parametrize("text", ["a: " * 700, "a " * 2000 + ": not placed x", "a; " * 700, ": " * 2000])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_text_of_many_parts_is_looked_up_at_once(text: str, language: str) -> None:
    assert catalogue(language).said(text) == text


def test_many_names_are_not_looked_up_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken, tried, values = catalogue("ja"), Counter[str](), Entry.values
    monkeypatch.setattr(
        Entry, "values", lambda self, text: (tried.update([self.english]), values(self, text))[1]
    )
    names = ", ".join(f"d{n}" for n in range(3000))
    assert spoken.said(f"3000 documents scored without a text: {names}").endswith("採点しました: " + names)
    assert max(tried.values()) < 20


def test_english_has_nothing_to_look_up() -> None:
    assert catalogue("en").said("no text") == "no text"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["run", "a", "--analyzer", "sudachii"],
            "'--analyzer' の値が正しくありません: 'sudachii' は 'ginza', 'sudachi' のどれでもありません。（コマンドとオプションは hakusho --help で見られます） [invalid-value-for]",
        ),
        (
            ["run", "a", "--analyser", "sudachi"],
            "オプション --analyser はありません（候補: --analyzer）（コマンドとオプションは hakusho --help で見られます） [no-such-option-possible-options]",
        ),
        (
            ["run", "a", "--reference-date", "2014-13-05"],
            (
                "'--reference-date' の値が正しくありません: '2014-13-05' は日付ではありません: 日付を 2014-08-05、2014/8/5、平成26年8月5日 のように書いてください"
                "（コマンドとオプションは hakusho --help で見られます） [invalid-value-for]"
            ),
        ),
        (
            ["run", "a", "--jobs", "0"],
            "'--jobs' の値が正しくありません: '0' は 1 以上ではありません（コマンドとオプションは hakusho --help で見られます） [invalid-value-for]",
        ),
    ],
)
def test_a_wrong_option_is_said_in_whole_sentences(words: list[str], said: str) -> None:
    """The way to the help stands behind what is wrong, and within no part of it."""
    ended = hakusho(*words, "--lang", "ja")
    assert ended.returncode == 2
    assert ended.stderr.decode() == f"hakusho: {said}\n"


def test_days_are_told_with_their_sources_in_words() -> None:
    line = "reference dates: 2 from manifest; a 2024-07-01 (title_page: 令和6年版みなと白書)"
    said = catalogue("ja").said(line)
    assert said == "基準日: manifest から 2 件; a 2024-07-01（冒頭: 令和6年版みなと白書）"


def test_what_an_option_takes_is_said_in_japanese() -> None:
    page = hakusho("run", "--help", "--lang", "ja").stdout.decode()
    assert not re.search(r"<[a-z]+(?: range|\[str\])?>|env var", page)
