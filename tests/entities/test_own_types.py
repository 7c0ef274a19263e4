"""Types of one's own: what they find, what they leave, every fault of a file, and that all that follows knows them."""

from __future__ import annotations

import csv
import json
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy

import pipeline
from pipeline.cli import main
from pipeline.entities import known_labels
from pipeline.entities.declared import OwnTypes, faults, installed_types, read_types
from pipeline.entities.declared.amounts import amount
from pipeline.entities.declared.patterns import LONGEST, PIECE, compiled, spans
from pipeline.entities.declared.plugins import installed_plugins
from pipeline.entities.entity_type import EntityType, Meaning, Measure
from pipeline.facts import rows
from pipeline.flow import Analyzer
from pipeline.model import labels, shown
from pipeline.model.entity import Mention
from pipeline.model.errors import HakushoError
from pipeline.model.labels import OwnLabel, contrast
from tests.conftest import ROOT

TYPES = ROOT / "tests/cases/own_types.toml"
TEXT = "平成26年版みなと白書\n\n　国土交通省は、護衛艦とＦ－３５Ａに三十五億円を港湾法により支出した。\n"
FOUND = [
    ("護衛艦を建造した。", "EQUIPMENT 護衛艦 護衛艦"),
    ("ＭＶ－２２とオスプレイを見た。", "EQUIPMENT オスプレイ V-22"),
    ("オスプレイズを見た。", ""),
    ("三億五千万円と1.5億円", "MONEY 三億五千万円 350000000; MONEY 1.5億円 150000000"),
    ("１，５００円、二〇〇円", "MONEY １，５００円 1500; MONEY 二〇〇円 200"),
    ("12兆3,456億円", "MONEY 12兆3,456億円 12345600000000"),
    # No number for certain: found, without a norm.
    ("十百円", "MONEY 十百円 "),
    ("何億円かかるか、円安か。", ""),
    # An organization is longer than the word in it.
    ("防衛省と護衛艦隊", "ORG 防衛省 防衛省; ORG 護衛艦隊 海上自衛隊護衛艦隊"),
]
TYPE = 'label = "GOODS"\nname_en = "Goods"\nname_ja = "物"\n'
WORD = TYPE + 'words = ["護衛艦"]\nexamples = ["⟦護衛艦⟧"]\n'
FAULTS = [
    ("[[typ]]\n", "unknown key 'typ' (the nearest known one is 'type')"),
    ("", "declares no type"),
    (f"[[type]]\n{WORD}colr = '#cc79a7'\n", "type 1 (GOODS): unknown key 'colr' (the nearest known one is 'colour')"),
    (f"[[type]]\n{WORD}whole_words = 'yes'\n", "whole_words: wanted true or false"),
    (f"[[type]]\n{WORD}patterns = '円'\n", "patterns: wanted a list of texts"),
    (f"[[type]]\n{TYPE}words = ['護衛艦']\n", "examples is missing"),
    (f"[[type]]\n{TYPE}examples = ['護衛艦']\n", "has nothing to find"),
    (f"[[type]]\n{WORD}colour = 'red'\n", "colour: 'red' is no colour: write it as #cc79a7"),
    (f"[[type]]\n{WORD}ground = '#000000'\n", "ground: dark letters are hard to read on '#000000'"),
    (f"[[type]]\n{WORD}line = 'wavy'\n", "line: 'wavy' is no line"),
    (f"[[type]]\n{WORD}precedence = '1'\n", "precedence: '1' is unknown: write before or behind"),
    (f"[[type]]\n{WORD}[[type]]\n{WORD}", "type 2 (GOODS), label: is that of type 1 (GOODS) of"),
    ("[[type]]\n" + WORD.replace("GOODS", "LAW"), "type 1 (LAW), label: 'LAW' is a shipped type"),
    ("[[type]]\n" + WORD.replace("GOODS", "Goods"), "label: 'Goods' is no label: write capital letters"),
    ("[[type]]\n" + WORD.replace("護衛艦", "艦"), "words: '艦' is too short for a word"),
    (f"[[type]]\n{WORD}spellings = {{ '艦' = ['護衛艦'] }}\n", "spellings: '艦' is too short"),
    (f"[[type]]\n{WORD}spellings = {{ '艦船' = ['護衛艦'] }}\n", "'護衛艦' stands for '護衛艦' already"),
    (f"[[type]]\n{WORD}[[type]]\n{WORD.replace('GOODS', 'SHIPS')}", "'護衛艦' is a word of type 1 (GOODS) of"),
    (f"[[type]]\n{WORD}words_file = 'none.csv'\n", "none.csv cannot be read"),
    (f"[[type]]\n{WORD}counter_examples = ['⟦潜水艦']\n", "counter_examples, number 1: '⟦潜水艦' has marks"),
    (f"[[type]]\n{WORD}patterns = ['(艦']\n", "patterns, number 1: '(艦' is no pattern of RE2 (missing ): (艦): mend it"),
    (f"[[type]]\n{WORD}patterns = ['(?<=護衛)艦']\n", "RE2 has no look-around"),
    (f"[[type]]\n{WORD}patterns = ['(a{{1000}}){{1000}}']\n", "is no pattern of RE2"),
    (f"[[type]]\n{WORD}patterns = ['艦*']\n", "matches an empty text: let it ask for one character at least"),
    (f"[[type]]\n{WORD}patterns = ['第[0-9]号艦']\n", "number 1: '第[0-9]号艦' finds nothing in any example"),
    (f"[[type]]\n{WORD}patterns = ['[０-９]艦']\n", "has '０', which stands in no clean text: write '0'"),
    (f"[[type]]\n{WORD}patterns = ['\\(艦']\n", "has '(', which stands in no clean text: write '（'"),
    (f"[[type]]\n{WORD}patterns = ['(?P<a>護)(?P<a>衛艦)']\n", "has two groups called 'a'"),
    (f"[[type]]\n{WORD}patterns = ['護衛艦']\nnorm = '{{a}}'\n", "norm: no group 'a' is in every pattern"),
    (f"[[type]]\n{WORD}patterns = ['護衛艦']\nnorm = '{{text:x}}'\n", "norm: '{text:x}': 'x' behind 'text' is unknown"),
    (f"[[type]]\n{WORD}patterns = ['護衛艦']\nnorm = '{{'\n", "norm: '{' is no template"),
    (f"[[type]]\n{WORD}norm = '{{text:number}}'\n", "norm: is of what patterns find"),
    ("[[type]]\n" + WORD.replace("⟦護衛艦⟧", "⟦潜水艦⟧"), "examples, number 1: '潜水艦' is not found in '潜水艦'"),
    ("[[type]]\n" + WORD.replace("⟦護衛艦⟧", "⟦新護衛艦⟧"), "'新護衛艦' is not found in '新護衛艦'; '護衛艦' is"),
    ("[[type]]\n" + WORD.replace("⟦護衛艦⟧", "護衛艦"), "marks no mention: put ⟦ and ⟧ around it"),
    ("[[type]]\n" + WORD.replace("⟦護衛艦⟧", "⟦護衛艦"), "has a mark without its fellow"),
    ("[[type]]\n" + WORD.replace("⟦護衛艦⟧", "⟦護衛艦⟧は護衛艦"), "'護衛艦' is found in '護衛艦は護衛艦', too"),
    (f"[[type]]\n{WORD}counter_examples = ['護衛艦']\n", "counter_examples, number 1: '護衛艦' is found in"),
    ("[[type]]\n" + WORD.replace('"⟦護衛艦⟧"', '{text="⟦護衛艦⟧", norm="艦"}'), "is '護衛艦', not '艦'"),
    ("[[type]]\n" + WORD.replace('"⟦護衛艦⟧"', '{text="⟦護衛艦⟧", norm=[]}'), "the marks show 1 mention, the example gives 0 norms"),
]  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _forget_at_the_end() -> Iterator[None]:
    """What the tests here declare is not known to others."""
    yield
    labels._DECLARED.clear()
    shown._OWN.clear()


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test declares is not known to the next one."""
    monkeypatch.setattr(labels, "_DECLARED", {})
    monkeypatch.setattr(shown, "_OWN", {})


@pytest.fixture(scope="module")
def own() -> OwnTypes:
    return read_types(TYPES)


@pytest.fixture(scope="module")
def typed(own: OwnTypes) -> Analyzer:
    return pipeline.load("sudachi", types=pickle.loads(pickle.dumps(own)))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(content: str) -> Path:
        path = tmp_path / "types.toml"
        path.write_text(content, encoding="utf-8")
        return path

    return written


def _shown(document: pipeline.Document) -> str:
    return "; ".join(f"{e.label} {e.text} {e.norm}" for e in document.entities)


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_types_of_ones_own_are_found(text: str, wanted: str, typed: Analyzer) -> None:
    document = typed(text)
    assert _shown(document) == wanted
    assert all(("unresolved" in e.flags) == (not e.norm) for e in document.entities)


@pytest.mark.parametrize("row", rows("own_type_rules.csv"), ids=lambda row: row["rule"])
def test_a_rule_finds_its_example(row: dict[str, str], typed: Analyzer) -> None:
    (entity,) = typed(row["example"].replace("⟦", "").replace("⟧", "")).entities
    assert (entity.rule, f"⟦{entity.text}⟧" in row["example"]) == (row["rule"], True)


@pytest.mark.parametrize(("content", "reason"), FAULTS)
def test_a_fault_is_told_with_its_place(content: str, reason: str, write: Callable[[str], Path]) -> None:
    path = write(content)
    found, _ = faults(path)
    assert reason in str(found[0]), found
    assert all(str(fault).startswith(str(path)) for fault in found)
    with pytest.raises(HakushoError, match=r"types\.toml"):
        read_types(path)


def test_what_is_no_toml_is_told(write: Callable[[str], Path]) -> None:
    with pytest.raises(HakushoError, match=r"types\.toml: cannot be read \(.+\): write the types as TOML"):
        read_types(write("[[type"))


def test_shipped_types_win_unless_the_file_says_otherwise(write: Callable[[str], Path]) -> None:
    content = f"[[type]]\n{TYPE}words = ['防衛省']\nexamples = ['⟦防衛省⟧は']\n"
    for more, label in (("", "ORG"), ("precedence = 'before'\n", "GOODS")):
        analyze = pipeline.load("sudachi", types=write(content + more))
        assert [e.label for e in analyze("防衛省は公表した。").entities] == [label]


def test_a_list_of_words_counts_for_the_hash(tmp_path: Path, write: Callable[[str], Path]) -> None:
    content = f"[[type]]\n{TYPE}words_file = 'words.csv'\nexamples = ['⟦Ｘ－１⟧は飛ぶ。']\n"
    hashes = set()
    for encoding, mark in (("utf-8-sig", ","), ("cp932", ";")):  # as spreadsheets save it
        table = "word,norm\nX-1,実験機\n輸送車,\n".replace(",", mark)
        (tmp_path / "words.csv").write_bytes(table.encode(encoding))
        own = read_types(write(content))
        assert own.declared[0].words == (("X-1", "実験機"), ("輸送車", "輸送車"))
        hashes |= {own.as_json()[0]["sha256"]}
    assert len(hashes) == 2


def test_a_ground_leaves_letters_readable() -> None:
    for colour in ("#000000", "#ff0000", "#0000ff", "#cc79a7", "#ffffff"):
        assert contrast(OwnLabel("X", "x", "x", colour=colour).style.ground) >= 7
    assert OwnLabel.of_json({"label": "X"}) is None
    whole = OwnLabel("X", "x", "x").as_json()
    assert OwnLabel.of_json(json.loads(json.dumps(whole))) == OwnLabel("X", "x", "x")
    assert OwnLabel.of_json(whole | {"colour": "red;}"}) is None
    for columns in ([], ["nonsense"], ["norm", "nonsense"]):
        assert OwnLabel.of_json(whole | {"measures": [["norm", columns]]}) is None


def test_no_digit_of_an_amount_is_lost() -> None:
    assert amount("12345678901234567890京1") == f"12345678901234567890{1:016}"
    assert amount("0.12345678901234567890123456789012345") == "0.12345678901234567890123456789012345"


def test_a_longest_mention_is_found_wherever_a_long_text_is_cut() -> None:
    pattern = compiled("護+")
    for at in range(PIECE - LONGEST - 2, PIECE - LONGEST + 3):
        text = "あ" * at + "護" * LONGEST + "あ" * PIECE
        assert [(start, end) for start, end, _ in spans(pattern, text)] == [(at, at + LONGEST)]


def _run(*words: object) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    assert not ended.value.code


def _labels(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [row["label"] for row in csv.DictReader(stream)]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two documents: the second was run again without types."""
    folder = tmp_path_factory.mktemp("typed")
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    words = (folder / "o", "--analyzer", "sudachi", "--format", "csv,json,html")
    _run("run", folder / "a.txt", folder / "b.txt", "-o", *words, "--types", TYPES, "--jobs", 2)
    before = (folder / "o/a/entities.csv").stat().st_mtime_ns
    _run("run", folder / "a.txt", "-o", *words, "--types", TYPES, "--resume")
    assert (folder / "o/a/entities.csv").stat().st_mtime_ns == before
    _run("run", folder / "b.txt", "-o", *words)
    return folder


def test_a_run_writes_and_records_them(results: Path, own: OwnTypes) -> None:
    record = json.loads((results / "o/run.json").read_text(encoding="utf-8"))
    mentions = {row["doc_id"]: row["mentions"] for row in record["documents"]}
    assert mentions == {
        "a": {"ORG": 1, "DATE": 1, "LAW": 1, "EQUIPMENT": 2, "MONEY": 1},
        "b": {"ORG": 1, "DATE": 1, "LAW": 1},
    }
    first = record["runs"][record["documents"][0]["run"]]["settings"]
    assert first["types"] == own.as_json()
    assert record["settings"]["types"] == []
    assert _labels(results / "o/totals.csv").count("EQUIPMENT") == 2
    package = json.loads((results / "o/datapackage.json").read_text(encoding="utf-8"))
    (entities,) = [resource for resource in package["resources"] if resource["name"] == "entities"]
    (label,) = [field for field in entities["schema"]["fields"] if field["name"] == "label"]
    assert label["constraints"]["enum"] == ["ORG", "DATE", "LAW", "EQUIPMENT", "MONEY"]


def test_the_pages_show_them_by_their_names(results: Path) -> None:
    _run("report", results / "o")
    page = (results / "o/a/report.html").read_text(encoding="utf-8")
    assert 'id="view-MONEY"' in page
    assert '"view_MONEY":"Amounts of money"' in page.replace('": "', '":"')
    assert ".label-EQUIPMENT { --colour: #cc79a7;" in page
    assert "view-MONEY" not in (results / "o/b/report.html").read_text(encoding="utf-8")
    assert "金額" in (results / "o/index.html").read_text(encoding="utf-8")


def test_scores_comparisons_and_tools_know_them(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = results / "o/a/entities.csv"
    _run("evaluate", results / "o", gold, "--fail-under", "EQUIPMENT=1,MONEY:norm=1")
    told = capsys.readouterr().out
    assert "EQUIPMENT  norm           2   2     1.000" in told
    _run("compare", gold, gold)
    copy = results / "gold.csv"
    copy.write_bytes(gold.read_bytes())
    labels._DECLARED.clear()
    with pytest.raises(SystemExit):
        main(["gold", "check", str(copy), "--texts", str(results / "a.txt")])
    assert "name the file of your types with --types" in capsys.readouterr().err
    _run("gold", "check", copy, "--texts", results / "a.txt", "--types", TYPES)
    for tool in ("label-studio", "brat"):
        words = ("--format", tool, "--texts", results / "a.txt", "--types", TYPES)
        _run("gold", "export", copy, "-o", results / tool, *words)
        _run("gold", "import", results / tool, "-o", results / "back.csv", *words)
        assert _labels(results / "back.csv") == _labels(gold)


def test_the_review_offers_them(results: Path) -> None:
    from pipeline.review.serve import Review

    page = Review(results / "o", results / "o/a/entities.csv").page("a")
    assert '<option value="MONEY">MONEY</option>' in page


def test_check_tells_what_is_well_formed(
    write: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _run("types", "check", TYPES)
    assert "EQUIPMENT, MONEY, well formed" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["types", "check", str(write("[[type]]\nlabel = 'X'\n"))])
    assert ended.value.code == 1
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_types_in_the_data_folder_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAKUSHO_DATA", str(tmp_path))
    assert installed_types() is None
    (tmp_path / "types").mkdir()
    (tmp_path / "types/a.toml").write_bytes(TYPES.read_bytes())
    found = installed_types()
    assert found is not None
    assert found.labels == ("EQUIPMENT", "MONEY")
    assert known_labels() == ("ORG", "DATE", "LAW", "EQUIPMENT", "MONEY")
    assert installed_types(folders=False) is None


def test_the_component_takes_types() -> None:
    nlp = spacy.blank("ja")
    nlp.add_pipe("hakusho", config={"types": str(TYPES)})
    found = [(e.text, e.label_, e._.norm) for e in nlp("護衛艦に5億円を支出した。").ents]
    assert found == [("護衛艦", "EQUIPMENT", "護衛艦"), ("5億円", "MONEY", "500000000")]


def _recognize(analyses: Any, _: object) -> Iterator[Mention[str]]:
    for index, analysis in enumerate(analyses):
        if (at := analysis.sentence.text.find("港")) >= 0:
            yield Mention("PORT", index, at, at + 1, "port", "港")


CALLED = OwnLabel("PORT", "Port", "港")
OF_PORT = (_recognize, lambda _: lambda _, mention: Meaning(mention.payload))
PORT = EntityType(
    "PORT",
    9,
    (Measure("norm", ("norm",)),),
    *OF_PORT,
    shown=CALLED,
)
NAMELESS = EntityType("PORT", 9, PORT.measures, PORT.recognize, PORT.resolver)
OTHERWISE = EntityType("PORT", 9, (Measure("norm", ("norm", "value")),), *OF_PORT, shown=CALLED)
TIMELESS = EntityType("PORT", 9, PORT.measures, *OF_PORT, shown=replace(CALLED, tells_time=True))
TAKEN = EntityType("ORG", 9, PORT.measures, PORT.recognize, PORT.resolver)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Installs a distribution that has nothing but an entry point."""

    def installed(value: str) -> None:
        folder = tmp_path / "site/ports-1.2.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: ports\nVersion: 1.2\n")
        (folder / "entry_points.txt").write_text(f"[hakusho.entity_types]\nport = {value}\n")
        monkeypatch.syspath_prepend(str(tmp_path / "site"))

    return installed


def test_another_package_brings_a_type(install: Callable[[str], None]) -> None:
    install(f"{__name__}:PORT")
    own = installed_types()
    assert own is not None
    assert own.as_json()[0]["package"] == "ports 1.2"
    document = pipeline.load("sudachi", types=pickle.loads(pickle.dumps(own)))("新しい港で。")
    assert _shown(document) == "PORT 港 港"
    assert document.labels == ("ORG", "DATE", "LAW", "PORT")
    beside = installed_types([TYPES])
    assert beside is not None
    assert beside.labels == ("EQUIPMENT", "MONEY", "PORT")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (f"{__name__}:NONE", "cannot be loaded .AttributeError.*: mend or uninstall the package"),
        (f"{__name__}:TEXT", "is a str: name an EntityType in its entry point"),
        (f"{__name__}:TAKEN", "has the label 'ORG': choose one"),
        (f"{__name__}:NAMELESS", "does not say how it is called"),
        (f"{__name__}:OTHERWISE", "compares other columns than its 'shown' says"),
        (f"{__name__}:TIMELESS", "compares other columns than its 'shown' says"),
    ],
)
def test_a_bad_package_is_told(value: str, reason: str, install: Callable[[str], None]) -> None:
    install(value)
    with pytest.raises(HakushoError, match=f"ports 1.2: its type 'port' .*{reason}"):
        installed_plugins()


def test_no_pattern_takes_for_ever(write: Callable[[str], Path]) -> None:
    content = f"[[type]]\n{TYPE}patterns = ['(護+)+艦', 'x(.*y)?']\nexamples = ['⟦護護艦⟧は', '⟦x⟧']\n"
    analyze = pipeline.load("sudachi", types=write(content))
    assert _shown(analyze("護" * 1500 + "衛")) == ""
    assert len(analyze("x・" * 1500).entities) == 1500
