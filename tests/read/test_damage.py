"""What was lost before a text came here is said in a warning, and a sound text gives none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read import discover, load, read
from pipeline.read.damage import damage
from tests.conftest import ROOT, hakusho

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "防衛省は平成26年10月3日に、外務省北米局と日米防衛協力のための指針の見直しについて協議した。\n"
# Two columns of prose side by side, and a table that has prose on one side only.
LEFT, RIGHT = "　港湾省は、港湾法の一部を改正する法律を公", "臨時に設けられた本部は、港の復旧に当たった"
COLUMNS = f"{LEFT}      {RIGHT}\n" * 8
SOUND = "　本文である。" + TEXT + "①ｱｲｳ②ｶﾞｲﾄﾞﾗｲﾝ③ﾃﾞｼﾞﾀﾙ、Café、１％、────、輪島市・釜石市・葛飾区、髙島屋。\n"


@pytest.mark.parametrize(
    ("written", "read_as", "names"),
    [
        ("utf-8", "cp932", "UTF-8 that was read as Shift_JIS"),
        ("utf-8", "latin-1", "UTF-8 that was read as a Western encoding"),
        ("utf-8", "gb18030", "UTF-8 that was read as GBK"),
        ("utf-8", "mac_roman", "UTF-8 that was read as a Macintosh encoding"),
        ("cp932", "latin-1", "Shift_JIS that was read as a Western encoding"),
        ("cp932", "cp1252", "Shift_JIS that was read as a Western encoding"),
        ("cp932", "gb18030", "Shift_JIS that was read as GBK"),
        ("euc_jp", "cp932", "EUC-JP that was read as Shift_JIS"),
        ("euc_jp", "cp1252", "EUC-JP that was read as a Western encoding"),
        ("utf-8", "euc_jp", "read in a wrong encoding"),
        ("utf-8", "cp1252", "read in a wrong encoding"),
        ("euc_jp", "big5", "read in a wrong encoding"),
    ],
)
@pytest.mark.parametrize("errors", ["replace", "ignore"])
def test_a_wrong_decoding_is_named(written: str, read_as: str, names: str, errors: str) -> None:
    wrong = TEXT.encode(written).decode(read_as, errors)
    assert [what for what in damage(wrong) if names in what]


def test_a_passage_in_a_wrong_decoding_is_found_in_a_sound_text() -> None:
    wrong = TEXT.encode().decode("cp932", "ignore")
    found = [what for what in damage(SOUND * 40 + wrong + SOUND * 40) if "look like" in what]
    assert len(found) == 1
    assert "UTF-8 that was read as Shift_JIS (「髦ｲ" in found[0]
    assert "for 「防衛省は" in found[0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "防\ufffd省は平\ufffd26年",
            "2 characters are � (U+FFFD, the first at 1): an earlier conversion lost",
        ),
        (
            "防衛省\x07は\x01、\x07",
            "3 control characters are left out (U+0007, U+0001; the first at character 3)",
        ),
        ("防衛省は\x80", "1 control character is left out (U+0080; the first at character 4)"),
        (
            "これは$BKI1R>J(Bと$B30L3>J(Bである。",
            "2 stretches look like ISO-2022-JP without its escape characters",
        ),
        (
            "????????26?10?????????????????。",
            "characters are ?: the text was saved in an encoding that has no Japanese",
        ),
        ("防衛(cid:123)(cid:45)は", "2 letters are written as (cid:…)"),
        ("&#38450;&#34907;&#x7701;&#12399;&#12289;", "5 letters are written as &#…;"),
        (SOUND + COLUMNS, "8 lines hold two columns side by side (the first at character 107)"),
        ("Правительство России приняло закон", "only 0% of the letters beyond ASCII look like Japanese"),
    ],
)
def test_each_kind_of_damage_is_named(text: str, names: str) -> None:
    assert [what for what in damage(text) if names in what]


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        TEXT,
        f"{LEFT}      令和5年\n" * 9,
        f"{LEFT}。      {RIGHT}\n" * 9,
        COLUMNS[:300],
        "",
        "防衛省",
        "No Japanese at all?",
        "La stratégie énergétique présentée à Paris.\n" * 9,
    ],
)
def test_a_sound_text_gives_no_warning(text: str) -> None:
    assert damage(text) == []


def test_the_chapter_and_the_samples_give_no_warning() -> None:
    for item in discover([str(ROOT / "corpus"), str(ROOT / "corpus/samples")]):
        assert load(item).warnings == ()


@settings(deadline=None)
@given(st.text())
def test_any_text_gives_lines(text: str) -> None:
    assert all(len(what.splitlines()) == 1 for what in damage(text))


def test_warnings_stand_in_the_source_on_stderr_and_in_the_record(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("防\ufffd省は、\x07外務省と協議した。\n".encode())
    (lost, left_out) = sorted(read(file).warnings, key=lambda line: "control" in line)
    assert lost.startswith(f"{file}: 1 character is �")
    process = hakusho("run", file, "-o", tmp_path / "out", "--analyzer", "sudachi")
    assert process.returncode == 0
    assert f"warning: {lost}" in process.stderr.decode()
    record = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert sorted(record["documents"][0]["warnings"]) == sorted([lost, left_out])
