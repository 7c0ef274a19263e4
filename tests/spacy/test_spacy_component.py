"""``nlp.add_pipe("hakusho")``: the pipeline's own results in spaCy's pipelines, wherever their documents go."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tomllib
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import pipeline
from pipeline.flow import Analyzer
from pipeline.model.errors import HakushoError
from pipeline.model.source import Source
from pipeline.segment import sudachi
from pipeline.spacy import component as spacy_component
from pipeline.spacy.component import Hakusho, source_doc
from pipeline.spacy.doc import entities
from pipeline.spacy.tokenizer import LongTexts
from tests.conftest import ROOT
from tests.spacy.test_spacy_doc import CHAPTER_FILE, DEV

# Of two lines, with a break in a name, a decomposed kana and a squared sign before it: offsets count in this text.
RAW = "　ﾊﾞｽの会社は、㍻25年10月にわが国の安全を守るために必要であるとして防\n衛省と話し合い、同年11月に自衛隊法第76条を引\nいた。\n"


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("ja")
    nlp.add_pipe("hakusho")
    return nlp


@pytest.fixture(scope="module")
def ginza() -> Language:
    nlp = spacy.load("ja_ginza")
    nlp.add_pipe("hakusho")
    return nlp


def held(doc: Doc, document: pipeline.Document) -> None:
    """Whether ``doc`` holds all of ``document``, each mention at its place."""
    assert doc.text == document.source.raw
    assert document.entities
    assert entities(doc) == document.entities
    for span in doc.spans["hakusho"]:
        entity = span._.hakusho
        assert span.start_char <= entity.start < entity.end <= span.end_char
        assert span._.aligned == ((span.start_char, span.end_char) == (entity.start, entity.end))
        assert span._.exact_text == doc.text[entity.start : entity.end]
        assert span.label_ == entity.label
    ents = {(e.start, e.end) for e in doc.ents}
    for span in doc.spans["hakusho"]:
        if (span.start, span.end) not in ents:
            assert any(a < span.end and span.start < b for a, b in ents), "left out for no longer one"
            assert not span._.aligned


@pytest.mark.parametrize("path", [CHAPTER_FILE, *DEV], ids=lambda path: path.stem)
def test_equal_to_the_pipeline_with_the_tokenizer_alone(
    blank: Language, analyze: Analyzer, path: Path
) -> None:
    source = pipeline.read(path)
    held(blank(source_doc(blank, source)), analyze(source))


@pytest.mark.parametrize("path", [CHAPTER_FILE, *DEV], ids=lambda path: path.stem)
def test_equal_to_the_pipeline_with_ginza(ginza: Language, analyze: Analyzer, path: Path) -> None:
    source = pipeline.read(path)
    disabled = ["ner"] if path == CHAPTER_FILE else []  # it takes most of the time
    with ginza.select_pipes(disable=disabled):
        doc = ginza(source_doc(ginza, source))
    held(doc, analyze(source))
    assert {e.label_ for e in doc.ents} <= {"ORG", "DATE", "LAW"}
    assert any(token.dep_ == "nsubj" for token in doc), "GiNZA's own work is there"


def test_a_text_with_broken_lines(blank: Language, analyze: Analyzer) -> None:
    doc = blank(RAW)
    held(doc, analyze(RAW))
    assert [(e.text, e._.norm) for e in doc.ents] == [
        ("㍻25年10月", "2013-10"),
        ("防\n衛省", "防衛省"),
        ("同年11月", "2013-11"),
        ("自衛隊法第76条", "自衛隊法"),
    ]
    assert (doc.ents[3]._.article, doc.ents[3]._.law_id) == (("76",), "329AC0000000165")
    assert doc.ents[2]._.antecedent == doc.ents[0].id_


def test_pipe_with_one_process_and_with_two(blank: Language, analyze: Analyzer) -> None:
    sources = [pipeline.read(path) for path in DEV]
    wanted = [analyze(source) for source in sources]
    for processes in (1, 2):
        docs = blank.pipe(
            [source_doc(blank, source) for source in sources], n_process=processes, batch_size=2
        )
        for doc, document in zip(docs, wanted, strict=True):
            held(doc, document)
            assert doc._.hakusho["doc_id"] == document.source.doc_id
    [(doc, context)] = blank.pipe([(RAW, {"page": 3})], as_tuples=True)
    assert (entities(doc), context) == (analyze(RAW).entities, {"page": 3})


def test_documents_through_bytes_disk_and_docbin(blank: Language, analyze: Analyzer, tmp_path: Path) -> None:
    document = analyze(RAW)
    doc = blank(RAW)
    vocab = spacy.blank("ja").vocab
    doc.to_disk(tmp_path / "doc")
    DocBin(store_user_data=True, docs=[doc]).to_disk(tmp_path / "docs.spacy")
    backs = [
        Doc(vocab).from_bytes(doc.to_bytes()),
        Doc(vocab).from_disk(tmp_path / "doc"),
        *DocBin().from_disk(tmp_path / "docs.spacy").get_docs(vocab),
        pickle.loads(pickle.dumps(doc)),
    ]
    for back in backs:
        held(back, document)
        assert [e._.norm for e in back.ents] == [e._.norm for e in doc.ents]


def test_the_pipeline_through_disk_bytes_and_pickle(tmp_path: Path) -> None:
    nlp = spacy.blank("ja")
    nlp.add_pipe("hakusho", config={"reference_date": "2014-08-05", "spans_key": "found", "set_ents": False})
    text = "昨年、外務省は"
    nlp.to_disk(tmp_path / "nlp")
    other = spacy.blank("ja")
    other.add_pipe("hakusho")
    for back in (
        spacy.load(tmp_path / "nlp"),
        other.from_bytes(nlp.to_bytes()),
        pickle.loads(pickle.dumps(nlp)),
    ):
        doc = back(text)
        assert [(s.text, s._.norm) for s in doc.spans["found"]] == [("昨年", "2013"), ("外務省", "外務省")]
        assert not doc.ents
        assert isinstance(back.tokenizer, LongTexts)
        assert entities(back(RAW), "found") == entities(nlp(RAW), "found")


def test_a_source_brings_its_date_and_the_setting_stands_in(analyze: Analyzer) -> None:
    nlp = spacy.blank("ja")
    nlp.add_pipe("hakusho", config={"reference_date": "2001-01-01"})
    own = Source("x", "昨年、防衛省は", reference_date=date(2014, 8, 5), title="試み")
    doc = nlp(source_doc(nlp, own))
    assert entities(doc) == analyze(own).entities
    assert (doc.ents[0]._.norm, doc._.hakusho["title"]) == ("2013", "試み")
    assert nlp("昨年、防衛省は").ents[0]._.norm == "2000"


def test_entities_of_ginza_stay_if_wanted(ginza: Language) -> None:
    text = "防衛省の山田太郎は東京で会見した。"
    nlp = spacy.load("ja_ginza", exclude=["morphologizer"])
    before = {e.text for e in nlp(text).ents}
    nlp.add_pipe("hakusho", config={"keep_ents": True})
    assert [e.text for e in ginza(text).ents] == ["防衛省"]
    after = {e.text: e.label_ for e in nlp(text).ents}
    assert after["防衛省"] == "ORG"
    assert set(after) == before | {"防衛省"}
    assert len(after) > 1


def test_long_texts_have_the_tokens_of_their_pieces(monkeypatch: pytest.MonkeyPatch, ginza: Language) -> None:
    text = "防衛省は、\n平成25年に\n\n　発表した。また、外務省が　2014年に。 " * 3
    tokenizer = ginza.tokenizer
    assert isinstance(tokenizer, LongTexts)
    whole = tokenizer(text)
    monkeypatch.setattr(sudachi, "LONGEST", 20)
    monkeypatch.setattr("pipeline.spacy.tokenizer.LONGEST", 20)
    pieced = tokenizer(text)
    assert pieced.text == whole.text == text
    wanted, found = (
        [(t.text, t.tag_, t.pos_, t.lemma_, t.norm_, str(t.morph)) for t in doc if not t.is_space]
        for doc in (whole, pieced)
    )
    assert found == wanted
    assert len(pieced.user_data["sub_tokens"]) == len(pieced)
    assert not pieced.has_annotation("SENT_START")


def test_without_long_texts_the_tokenizer_is_spacys_own() -> None:
    nlp = spacy.blank("ja")
    nlp.add_pipe("hakusho", config={"long_texts": False})
    assert not isinstance(nlp.tokenizer, LongTexts)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"analyzer": "mecab"}, "no analyzer 'mecab'"),
        ({"reference_date": "2014/08/05"}, "YYYY-MM-DD"),
        ({"laws": "all"}, "no laws 'all'"),
        ({"laws": "installed"}, "hakusho laws update"),
    ],
)
def test_bad_settings_say_what_to_do(settings: dict[str, str], message: str) -> None:
    with pytest.raises(HakushoError, match=message):
        spacy.blank("ja").add_pipe("hakusho", config=settings)
    assert Hakusho().settings == spacy_component.DEFAULTS


def test_the_entry_point_names_the_factory() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["entry-points"]["spacy_factories"]
    assert list(declared) == ["hakusho"]
    loaded = EntryPoint("hakusho", declared["hakusho"], "spacy_factories").load()
    assert loaded is spacy_component.make_hakusho
    meta = Language.get_factory_meta("hakusho")
    assert {"doc.ents", "doc.spans", "span._.norm"} <= set(meta.assigns)


SPAWNED = """
import multiprocessing, spacy, pipeline.spacy.component
from pipeline.spacy.doc import entities

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    nlp = spacy.blank("ja")
    nlp.add_pipe("hakusho", config={"reference_date": "2014-08-05"})
    docs = list(nlp.pipe(["昨年、防衛省は", "同法", ""], n_process=2, batch_size=1))
    assert [[e._.norm for e in doc.ents] for doc in docs] == [["2013", "防衛省"], [e.norm for e in entities(docs[1])], []]
    assert [e.text for e in docs[1].ents] == [e.text for e in nlp("同法").ents]
    print("done")
"""


def test_processes_that_are_started_anew(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SPAWNED, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, env=environment, timeout=300, check=False
    )
    assert result.stdout == "done\n", result.stderr[-2000:]


def test_two_processes_with_ginza(ginza: Language, analyze: Analyzer) -> None:
    sources = [pipeline.read(path) for path in DEV[:2]]
    docs = ginza.pipe([source_doc(ginza, source) for source in sources], n_process=2, batch_size=1)
    for doc, source in zip(docs, sources, strict=True):
        held(doc, analyze(source))


def test_empty_and_blank_texts(blank: Language) -> None:
    for text in ("", " ", "\n\n", "　\n"):
        doc = blank(text)
        assert (doc.text, list(doc.spans["hakusho"]), doc.ents) == (text, [], ())


def test_running_it_again_leaves_nothing_behind(blank: Language) -> None:
    doc = blank(RAW)
    kept = dict(doc.user_data)
    again = blank.get_pipe("hakusho")(doc)
    assert again.user_data == kept
    blank.get_pipe("hakusho")(doc)
    doc.spans["hakusho"] = list(doc.spans["hakusho"])
    assert [s._.norm for s in doc.spans["hakusho"]] == [e.norm for e in entities(doc)]


def test_spacy_knows_what_it_sets(blank: Language) -> None:
    assigned = blank.analyze_pipes(keys=["assigns"])["summary"]["hakusho"]["assigns"]
    assert {"doc.ents", "doc.spans", "span._.norm", "span._.aligned"} <= set(assigned)


def test_spacy_finds_it_where_it_is_installed(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    folder = tmp_path / "hakusho-0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: hakusho\nVersion: 0\n", encoding="utf-8")
    lines = [f"{name} = {target}" for name, target in project["entry-points"]["spacy_factories"].items()]
    (folder / "entry_points.txt").write_text("\n".join(["[spacy_factories]", *lines, ""]), encoding="utf-8")
    script = "import spacy; nlp = spacy.blank('ja'); nlp.add_pipe('hakusho'); print(nlp('防衛省は').ents[0]._.norm)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]), "PYTHONUTF8": "1"}
    result = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert result.stdout == "防衛省\n", result.stderr[-2000:]
