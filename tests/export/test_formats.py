"""Each format, loaded by the tool that it is meant for, gives the objects back: the chapter, and a hostile little text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

import pipeline
from pipeline.document import tables
from pipeline.document.document import Document
from pipeline.entities import LABELS
from pipeline.export import CSV_TABLES, FORMATS, contents, entity_object, write_files
from pipeline.export.conllu import FIRST
from pipeline.export.json_files import LINE_FIELDS
from pipeline.export.schema import columns, whole_text
from pipeline.flow import Analyzer
from pipeline.model.cells import defused
from pipeline.model.errors import HakushoError
from pipeline.model.source import Source
from tests.conftest import CHAPTER, ROOT, analyzer

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

# Signs that mean something in one format or another, within mentions and beside them.
HOSTILE = (
    "=防衛省は\0、13（平成25）\r\n年10月3日に\"自衛隊法第76条|=\"を😀𠮷野家で引いた。\r\n"
    "外務省|=財務省、'同法'、% _ , 1954年7月1日から。\u2028同年\x85 陸・海・空自は、平成26年中期、前法。"
    "国連平和維持活動に、国連が協力する。　　以上　　です。\n\t-1\t防衛省\t|\n"
)  # fmt: skip
BROKEN = "\ud83d" + HOSTILE + "\udc00外務省は"
NAMES = ("chapter", "hostile", "broken", "empty")
# What a file cannot hold, a text from memory can: CSV and JSON write it as it is, which few readers take.
READABLE = ("chapter", "hostile", "empty")


@pytest.fixture(scope="module")
def documents(analyze: Analyzer) -> dict[str, Document]:
    source = pipeline.read(ROOT / f"corpus/{CHAPTER}.txt")
    chapter = analyzer("ginza")(source)
    assert {entity.label for entity in chapter.entities} == set(LABELS)
    return {
        "chapter": chapter,
        "hostile": analyze(Source("|=, h", HOSTILE, "0" * 64, title="<\t|=>", url="https://example.jp/?a=1")),
        "broken": analyze(Source("broken", BROKEN)),
        "empty": analyze(Source("empty", "")),
    }


@pytest.fixture(scope="module")
def folder(documents: dict[str, Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All formats of all documents, each in a folder of its own."""
    found = tmp_path_factory.mktemp("formats")
    for name, document in documents.items():
        write_files(found / name, contents(document, FORMATS))
    return found


def plain(value: Any) -> Any:
    """Return a value as plain Python has it; what is absent is None, whatever a tool makes of it."""
    if isinstance(value, (dt.date, dt.datetime)):
        return None if value != value else value.isoformat()[:10]
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if value == "" or value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    return whole_text(value) if isinstance(value, str) else value


def expected(document: Document, table: tables.TableName = "entities") -> list[dict[str, Any]]:
    """Return the rows of a table as objects, with all fields that typed formats have."""
    if table == "entities":
        printed = document.source.printed
        rows = [{"page": None, "bbox": None} | entity_object(e, printed) for e in document.entities]
        return [{name: plain(row[name]) for name in LINE_FIELDS} for row in rows]
    names = tables.columns(table)
    return [dict(zip(names, map(plain, row), strict=True)) for row in document.typed_rows(table)]


def equal(found: Iterable[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    rows = [{name: plain(value) for name, value in row.items()} for row in found]
    assert len(rows) == len(wanted)
    for row, other in zip(rows, wanted, strict=True):
        assert row == other


def test_the_hostile_text_is_hostile(documents: dict[str, Document]) -> None:
    texts = [entity.text for entity in documents["hostile"].entities]
    assert any("\r\n" in text for text in texts)
    assert {"ORG", "DATE", "LAW"} == {entity.label for entity in documents["hostile"].entities}
    assert any("|" in entity.norm for entity in documents["hostile"].entities)
    assert any(sign in documents["hostile"].source.doc_id for sign in "|=,")


def test_an_unknown_format_is_a_clear_error(documents: dict[str, Document]) -> None:
    with pytest.raises(HakushoError, match="no format 'docx': choose among csv,json,html,jsonl,parquet"):
        contents(documents["empty"], ["csv", "docx"])


def test_all_formats_have_the_same_bytes_again(documents: dict[str, Document]) -> None:
    for name in ("hostile", "empty"):
        assert contents(documents[name], FORMATS) == contents(documents[name], FORMATS)


# JSON Lines and Parquet


def _pandas_lines(path: Path) -> list[dict[str, Any]]:
    import pandas as pd

    if not path.read_bytes():
        return []
    frame = pd.read_json(
        path, lines=True, dtype=False, convert_dates=False, encoding="utf-8", precise_float=True
    )
    return frame.astype(object).to_dict("records")  # type: ignore[return-value]


def _polars_lines(path: Path) -> list[dict[str, Any]]:
    import polars as pl

    return pl.read_ndjson(path, infer_schema_length=None).to_dicts() if path.read_bytes() else []


def _duckdb(query: str, path: Path) -> list[dict[str, Any]]:
    import duckdb

    with duckdb.connect() as connection:
        found = connection.execute(query, [str(path)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _duckdb_lines(path: Path) -> list[dict[str, Any]]:
    query = "SELECT * FROM read_json(?, format='newline_delimited', sample_size=-1)"
    return _duckdb(query, path) if path.read_bytes() else []


def _pandas_parquet(path: Path) -> list[dict[str, Any]]:
    import pandas as pd

    return pd.read_parquet(path).astype(object).to_dict("records")  # type: ignore[return-value]


def _polars_parquet(path: Path) -> list[dict[str, Any]]:
    import polars as pl

    return pl.read_parquet(path).to_dicts()


def _duckdb_parquet(path: Path) -> list[dict[str, Any]]:
    return _duckdb("SELECT * FROM read_parquet(?)", path)


LINES: dict[str, Callable[[Path], list[dict[str, Any]]]] = {
    "pandas": _pandas_lines, "polars": _polars_lines, "duckdb": _duckdb_lines,
}  # fmt: skip
PARQUET: dict[str, Callable[[Path], list[dict[str, Any]]]] = {
    "pandas": _pandas_parquet, "polars": _polars_parquet, "duckdb": _duckdb_parquet,
}  # fmt: skip


@pytest.mark.parametrize("tool", LINES)
@pytest.mark.parametrize("name", NAMES)
def test_json_lines(folder: Path, documents: dict[str, Document], name: str, tool: str) -> None:
    equal(LINES[tool](folder / name / "entities.jsonl"), expected(documents[name]))


@pytest.mark.parametrize("name", NAMES)
def test_json_lines_follow_their_schema(folder: Path, documents: dict[str, Document], name: str) -> None:
    schema = json.loads((ROOT / "docs/schemas/entity-line-1.json").read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schema)
    text = (folder / name / "entities.jsonl").read_text(encoding="utf-8")
    assert len(text.splitlines()) == len(documents[name].entities), "no sign within a line ends it"
    for line in text.splitlines():
        found = json.loads(line)
        check.validate(found)
        assert not check.is_valid({key: value for key, value in found.items() if key != "norm"})


@pytest.mark.parametrize("tool", PARQUET)
@pytest.mark.parametrize("table", CSV_TABLES)
@pytest.mark.parametrize("name", NAMES)
def test_parquet(
    folder: Path, documents: dict[str, Document], name: str, table: tables.TableName, tool: str
) -> None:
    equal(PARQUET[tool](folder / name / f"{table}.parquet"), expected(documents[name], table))


def test_parquet_is_typed_and_dictionary_encoded(folder: Path, documents: dict[str, Document]) -> None:
    import pyarrow.parquet as pq

    for table in CSV_TABLES:
        path = folder / "chapter" / f"{table}.parquet"
        found = {str(field.name): str(field.type) for field in pq.read_schema(path)}
        assert list(found) == [column.name for column in columns(table, typed=True)]
        assert found["start"] == "int32" if "start" in found else True
        assert [pq.read_schema(folder / name / f"{table}.parquet").types for name in NAMES] == [
            pq.read_schema(path).types
        ] * len(NAMES), "the schema does not depend on the document"
        group = pq.read_metadata(path).row_group(0)
        chunks = {group.column(i).path_in_schema: group.column(i) for i in range(group.num_columns)}
        for column in columns(table, typed=True):
            if column.type == "category" and chunks[column.name].statistics.has_min_max:
                assert "RLE_DICTIONARY" in chunks[column.name].encodings, column
    dates = pq.read_schema(folder / "chapter/dates.parquet")
    assert str(dates.field("start_date").type) == "date32[day]"
    assert str(dates.field("flags").type).startswith("list<")
    metadata = pq.read_metadata(folder / "hostile/laws.parquet").metadata
    assert metadata[b"hakusho.doc_id"].decode() == documents["hostile"].source.doc_id
    assert metadata[b"hakusho.schema"] == b"urn:hakusho:schema:tables:1"
    assert metadata[b"hakusho.version"]


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_datasets_of_hugging_face(
    folder: Path,
    documents: dict[str, Document],
    form: str,
    tmp_path: Path,
) -> None:
    """In a process of its own without a network, since the library reads its settings once."""
    kind = "json" if form == "jsonl" else "parquet"
    # The types of JSON come from the first file; Parquet has them, even where there is no row.
    names = ("chapter", "hostile", "broken") if form == "jsonl" else ("empty", "broken", "hostile", "chapter")
    files = [str(folder / name / f"entities.{form}") for name in names]
    code = (
        "import json, socket, sys\n"
        "def closed(*_, **__): raise OSError('no network')\n"
        "socket.socket.connect = socket.getaddrinfo = closed\n"
        "from datasets import load_dataset\n"
        f"found = load_dataset({kind!r}, data_files={files!r}, split='train', cache_dir={str(tmp_path)!r})\n"
        "json.dump([*found], sys.stdout, default=str)\n"
    )
    environment = {
        "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(tmp_path), "HOME": str(tmp_path),
        "PATH": "", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    }  # fmt: skip
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, check=False, timeout=300
    )
    assert process.returncode == 0, process.stderr.decode()
    found = json.loads(process.stdout)
    for row in found:
        for name in ("start_date", "end_date"):
            row[name] = row[name][:10] if row[name] else row[name]
    equal(found, [row for name in names for row in expected(documents[name])])


# CSV and JSON


def cells(document: Document, table: tables.TableName) -> list[list[str]]:
    """Return the rows of a table as strings, as the files have them."""
    return [["" if cell is None else str(defused(cell)) for cell in row] for row in document.rows(table)]


@pytest.mark.parametrize("table", CSV_TABLES)
@pytest.mark.parametrize("name", READABLE)
def test_csv_in_pandas_polars_and_duckdb(
    folder: Path, documents: dict[str, Document], name: str, table: tables.TableName
) -> None:
    import duckdb
    import pandas as pd
    import polars as pl

    path, wanted = folder / name / f"{table}.csv", cells(documents[name], table)
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert list(frame.columns) == list(tables.columns(table)), "the byte-order mark is no part of a name"
    assert frame.to_numpy().tolist() == wanted
    found = pl.read_csv(path, infer_schema=False)
    assert found.columns == list(tables.columns(table))
    assert [["" if cell is None else cell for cell in row] for row in found.rows()] == wanted
    with duckdb.connect() as connection:
        query = "SELECT * FROM read_csv(?, all_varchar=true, header=true, delim=',', quote='\"', escape='\"')"
        rows = connection.execute(query, [str(path)]).fetchall()
    assert [["" if cell is None else cell for cell in row] for row in rows] == wanted


@pytest.mark.parametrize("name", READABLE)
def test_json_in_duckdb_and_pandas(folder: Path, documents: dict[str, Document], name: str) -> None:
    import pandas as pd

    path, wanted = folder / name / "entities.json", expected(documents[name])
    for row in wanted:
        del row["page"], row["bbox"]
    found = json.loads(path.read_text(encoding="utf-8"))
    equal(pd.DataFrame(found["entities"]).astype(object).to_dict("records"), wanted)  # type: ignore[arg-type]
    if wanted:
        query = "SELECT unnest(entities, max_depth := 2) FROM read_json(?, sample_size=-1, maximum_depth=-1)"
        equal(_duckdb(query, path), wanted)


# CoNLL-U


@pytest.mark.parametrize("name", NAMES)
def test_conllu(folder: Path, documents: dict[str, Document], name: str) -> None:
    import conllu

    document = documents[name]
    with (folder / name / "document.conllu").open(encoding="utf-8") as stream:
        sentences = list(conllu.parse_incr(stream))
    analyses = [analysis for analysis in document.analyses if analysis.tokens]
    assert [s.metadata["sent_id"] for s in sentences] == [a.sentence.sentence_id for a in analyses]
    if sentences:
        assert sentences[0].metadata["newdoc id"] == whole_text(document.source.doc_id)
    for found, analysis in zip(sentences, analyses, strict=True):
        text = found.metadata["text"]
        assert text == whole_text(" ".join(analysis.sentence.text.split()))
        assert len(found) == len(analysis.tokens)
        root = next((i for i, token in enumerate(analysis.tokens) if token.head == i), None)
        for i, (row, token) in enumerate(zip(found, analysis.tokens, strict=True)):
            assert (row["id"], row["form"]) == (i + 1, token.surface)
            assert (row["lemma"], row["upos"], row["xpos"]) == (
                token.lemma or "_", token.upos or "_", token.pos,
            )  # fmt: skip
            span = analysis.sentence.raw_span(token.start, token.end)
            assert row["misc"]["TokenRange"] == "{}:{}".format(*span)
            assert unquote(row["misc"].get("Reading") or "") == token.reading
            assert unquote(row["misc"].get("Norm") or token.lemma) == (token.norm or token.lemma)
            again = row["misc"].get("Root") == "Yes"
            head, dep = row["head"], row["deprel"]
            if root is None:
                assert (head, dep) == (None, "_")
            elif token.head == i:
                assert (head, dep) == ((root + 1, "parataxis") if again else (0, "root"))
            else:
                assert (head, dep, again) == (token.head + 1, token.dep, False)
        if root is not None:
            assert sum(row["head"] == 0 for row in found) == 1
            found.to_tree()


@pytest.mark.parametrize("name", NAMES)
def test_conllu_has_every_mention(folder: Path, documents: dict[str, Document], name: str) -> None:
    import conllu

    document = documents[name]
    with (folder / name / "document.conllu").open(encoding="utf-8") as stream:
        rows = [row for sentence in conllu.parse_incr(stream) for row in sentence]
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        misc = row["misc"]
        if "NER" not in misc:
            continue
        tags, ids = misc["NER"].split(","), misc["NERId"].split(",")
        assert len(tags) == len(ids)
        for n, (tag, entity_id) in enumerate(zip(tags, ids, strict=True)):
            kind, label = tag.split("-")
            assert (kind == "B") == (entity_id not in found), "B stands at the first token alone"
            if kind == "B":
                found[entity_id] = {"label": label, "range": misc["NERRange"].split(",")[n]}
                found[entity_id] |= {
                    attribute: unquote(misc[key].split(",")[n]) for key, attribute in FIRST.items() if key in misc
                }  # fmt: skip
            assert label == found[entity_id]["label"]
    assert sorted(found) == [entity.entity_id for entity in document.entities]
    for entity in document.entities:
        mention = found[entity.entity_id]
        assert mention["range"] == f"{entity.start}:{entity.end}"
        assert mention["label"] == entity.label
        for attribute in FIRST.values():
            value = getattr(entity, attribute)
            assert mention.get(attribute, "") == (value if isinstance(value, str) else "|".join(value))


def test_the_text_of_conllu_comes_from_its_tokens(folder: Path) -> None:
    """SpaceAfter and SpacesAfter say what stands between tokens."""
    import conllu

    for name in NAMES:
        with (folder / name / "document.conllu").open(encoding="utf-8") as stream:
            for sentence in conllu.parse_incr(stream):
                text = ""
                for row in sentence:
                    misc = row["misc"]
                    blank = (misc.get("SpacesAfter") or " ").replace("\\s", " ")
                    text += row["form"] + ("" if misc.get("SpaceAfter") == "No" else blank)
                assert " ".join(text.split()) == sentence.metadata["text"]


# spaCy


@pytest.mark.parametrize("name", NAMES)
def test_spacy_docbin(folder: Path, documents: dict[str, Document], name: str) -> None:
    import spacy
    from spacy.tokens import DocBin

    from pipeline.spacy.doc import entities

    document = documents[name]
    loaded = DocBin().from_disk(folder / name / "document.spacy").get_docs(spacy.blank("ja").vocab)
    (doc,) = loaded
    assert doc.text == whole_text(document.source.raw)
    assert [whole_text(repr(entity)) for entity in entities(doc)] == [
        whole_text(repr(entity)) for entity in document.entities
    ]
    assert [(span.label_, span.text) for span in doc.spans["hakusho"]] == [
        (entity.label, whole_text(entity.text)) for entity in document.entities
    ]
    assert len(doc.ents) == len(document.entities)
    assert [span._.norm for span in doc.spans["hakusho"]] == [entity.norm for entity in document.entities]


# W3C Web Annotation

# What the W3C's context says of the words that are used, so that nothing has to be fetched.
OA, AS, DC = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/terms/"
CONTEXT: dict[str, Any] = {
    "oa": OA, "as": AS, "dcterms": DC, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dc": "http://purl.org/dc/elements/1.1/", "foaf": "http://xmlns.com/foaf/0.1/", "dctypes": "http://purl.org/dc/dcmitype/",
    "id": {"@type": "@id", "@id": "@id"}, "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation", "SpecificResource": "oa:SpecificResource", "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application", "Text": "dctypes:Text",
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "tagging": "oa:tagging", "classifying": "oa:classifying", "identifying": "oa:identifying", "linking": "oa:linking",
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"}, "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "value": "rdf:value", "format": "dc:format", "language": "dc:language", "label": "rdfs:label", "name": "foaf:name",
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    "first": {"@type": "@id", "@id": "as:first"}, "partOf": {"@type": "@id", "@id": "as:partOf"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "generator": {"@type": "@id", "@id": "as:generator"}, "via": {"@type": "@id", "@id": "oa:via"},
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_web_annotations_follow_their_schema(folder: Path, name: str) -> None:
    schema = json.loads((ROOT / "docs/schemas/annotations-1.json").read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schema)
    found = json.loads((folder / name / "annotations.jsonld").read_text(encoding="utf-8"))
    check.validate(found)
    assert not check.is_valid(found | {"total": -1})


def _words(value: Any) -> set[str]:
    """Return the keys of objects, and what type, motivation and purpose say: words that a context must know."""
    if isinstance(value, list):
        return set().union(*map(_words, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    named = {str(value[key]) for key in ("type", "motivation", "purpose") if key in value}
    return named | set(value) | _words([one for key, one in value.items() if key != "@context"])


@pytest.mark.parametrize("name", NAMES)
def test_web_annotations_as_linked_data(folder: Path, documents: dict[str, Document], name: str) -> None:
    import rdflib

    document = documents[name]
    found = json.loads((folder / name / "annotations.jsonld").read_text(encoding="utf-8"))
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    words = {word for word in _words(found) if not word.startswith("hakusho:")} - {"@context"}
    assert words <= set(CONTEXT), "words that the W3C's context does not know"
    found["@context"][0] = CONTEXT
    graph = rdflib.Graph().parse(data=json.dumps(found), format="json-ld")
    own, oa = rdflib.Namespace("urn:hakusho:vocabulary:1#"), rdflib.Namespace(OA)
    by_id = {
        str(graph.value(node, own.entity_id)): node for node in graph.subjects(rdflib.RDF.type, oa.Annotation)
    }
    assert sorted(by_id) == [entity.entity_id for entity in document.entities]
    raw = whole_text(document.source.raw)
    for entity in document.entities:
        node = by_id[entity.entity_id]
        (target,) = graph.objects(node, oa.hasTarget)
        selectors = {graph.value(s, rdflib.RDF.type): s for s in graph.objects(target, oa.hasSelector)}
        place, quote = selectors[oa.TextPositionSelector], selectors[oa.TextQuoteSelector]
        start, end = int(str(graph.value(place, oa.start))), int(str(graph.value(place, oa.end)))
        assert (start, end) == (entity.start, entity.end)
        exact, prefix, suffix = (str(graph.value(quote, oa[word])) for word in ("exact", "prefix", "suffix"))
        assert exact == raw[start:end]
        assert raw[:start].endswith(prefix)
        assert raw[end:].startswith(suffix)
        bodies = {graph.value(b, oa.hasPurpose): b for b in graph.objects(node, oa.hasBody)}
        assert str(graph.value(bodies[oa.classifying], rdflib.RDF.value)) == entity.label
        named = bodies.get(oa.identifying)
        assert (str(graph.value(named, rdflib.RDF.value)) if named else "") == entity.norm
        linked = bodies.get(oa.linking)
        assert (str(graph.value(linked, oa.hasSource)) if linked else "") == entity.url
        for attribute in ("value", "mod", "law_num", "rule", "antecedent"):
            assert str(graph.value(node, own[attribute]) or "") == getattr(entity, attribute)
        section = graph.value(node, own.section)
        assert tuple(map(str, graph.items(section)) if section else ()) == entity.section


# What formats share


def test_every_file_is_described(folder: Path) -> None:
    with (ROOT / "pipeline/data/files.csv").open(encoding="utf-8", newline="") as stream:
        described = {row["file"]: row["format"] for row in csv.DictReader(stream)}
    assert {described[path.name] for path in folder.glob("*/*")} == set(FORMATS) - {"html", "xlsx", "sqlite"}
    assert {form for form in described.values() if form} == set(FORMATS)


def test_columns_csv_describes_every_table() -> None:
    for table in (*CSV_TABLES, "blocks", "documents", "totals", "mentions", "relations"):
        assert tuple(column.name for column in columns(table)) == tables.columns(table)
        for column in columns(table, typed=True):
            assert column.en.endswith(".")
            assert column.ja.endswith("。")
            assert column.type in (
                "string",
                "category",
                "integer",
                "number",
                "date",
                "list",
                "path",
                "candidates",
                "box",
            )
    assert [column.name for column in columns("entities", typed=True)] == list(LINE_FIELDS)


def test_start_up_does_not_load_what_formats_need() -> None:
    code = "import sys, pipeline.cli; print(*sys.modules)"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert not {b"pyarrow", b"spacy", b"pandas"} & set(process.stdout.split())


def test_csv_reads_as_python_reads_it(folder: Path, documents: dict[str, Document]) -> None:
    text = (folder / "hostile/entities.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1:] == cells(documents["hostile"], "entities")
