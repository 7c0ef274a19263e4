"""One folder, one truth: whatever runs went over it, what stands there is what the last one made of each document.

Runs follow each other at random: over folders, single files and archives, in other formats and with other days,
over texts that came, changed, broke and went; they fail, are stopped and are killed half-way. After each, the folder
is held against what the documents alone give. ``HAKUSHO_STEPS=2000`` takes many more steps than a test may.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import random
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from pipeline.commands.listing import held
from pipeline.document.document import Document
from pipeline.export import completed, encoded
from pipeline.model.errors import HakushoError
from pipeline.read import Input, discover, load
from pipeline.read.results import listed_files
from pipeline.runs import documents
from pipeline.runs.engines import Local
from pipeline.runs.finished import manifest
from pipeline.runs.outcomes import Settings
from pipeline.runs.reports import rewrite_reports
from pipeline.runs.run import Run
from pipeline.scoring.gold import read_mentions
from tests.conftest import hakusho
from tests.provoke import file

STEPS = int(os.environ.get("HAKUSHO_STEPS", "40"))
SEED = int(os.environ.get("HAKUSHO_SEED", "20261129"))
SENTENCES = (
    "防衛省は平成26年8月5日に発表した。",
    "自衛隊法第76条を引く。",
    "外務省は昨年、日米安保条約を。",
    "朝に雨。",
)
# Those with mentions of two types or more.
RELATED = (SENTENCES[0], SENTENCES[2])
FORMATS = ("csv", "json", "html", "jsonl", "parquet", "sqlite", "xlsx")
TABLES = ("documents", "totals", "mentions", "relations")
DAYS = (None, "2014-08-05", "2020-01-02")
OVER_ALL = {
    "csv": {f"{table}.csv" for table in TABLES},
    "parquet": {"croissant.json", *(f"{table}.parquet" for table in TABLES)},
    "xlsx": {"hakusho.xlsx"},
    "sqlite": {"hakusho.sqlite"},
    "html": {"index.html"},
}


@dataclass(frozen=True)
class Made:
    """What one document was made of."""

    path: str
    data: bytes
    formats: tuple[str, ...]
    day: str | None


@dataclass
class World:
    """Texts, the folder of results, and what should stand there."""

    base: Path
    chance: random.Random
    held: dict[str, Made] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        return self.base / "out"

    def texts(self) -> list[Path]:
        return sorted(self.base.glob("[ab]/*.txt"))

    def edit(self) -> None:
        """Let a text come, change, break or go."""
        folder = self.base / self.chance.choice("ab")
        folder.mkdir(exist_ok=True)
        path = folder / f"{folder.name}{self.chance.randrange(5)}.txt"
        what = self.chance.choice(("write", "write", "write", "break", "go"))
        if what == "go":
            path.unlink(missing_ok=True)
        else:
            text = "".join(self.chance.choices(SENTENCES, k=self.chance.randint(1, 3)))
            path.write_text("" if what == "break" else text, encoding="utf-8")


def settings(formats: tuple[str, ...], day: str | None) -> Settings:
    return Settings("sudachi", dt.date.fromisoformat(day) if day else None, formats)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Analyse and write each text once: the tests are about what becomes of the files."""
    load_once = cache(documents.Analyzer)
    files_of = documents._files
    kept: dict[object, list[tuple[str, bytes]]] = {}

    def files(
        document: Document, formats: tuple[str, ...], tables: str = "all"
    ) -> Iterator[tuple[str, bytes]]:
        source = document.source
        key = (source.doc_id, source.raw, source.path, source.reference_date, tuple(formats), tables)
        if key not in kept:
            kept[key] = [(name, encoded(found)) for name, found in files_of(document, formats, tables)]
        yield from kept[key]

    class Once:
        def __init__(self, analyzer: str, *more: Any) -> None:
            self._analyze, self._found = load_once(analyzer, *more), analyses

        def __call__(self, source: Any, _: object = None) -> Document:
            key = (id(self._analyze), source.doc_id, source.raw, source.path)
            if key not in self._found:
                self._found[key] = self._analyze(source)
            return self._found[key]

    analyses: dict[object, Document] = {}
    monkeypatch.setattr(documents, "Analyzer", Once)
    monkeypatch.setattr(documents, "_files", files)


def expected(doc_id: str, made: Made) -> dict[str, bytes] | None:
    """The files of a document, from its text alone; None if it cannot be read."""
    analyze = documents.Analyzer("sudachi", settings(made.formats, made.day).reference_date, None)
    try:
        source = load(Input(Path(made.path), doc_id), made.data)
    except HakushoError:
        return None
    return {name: encoded(found) for name, found in documents._files(analyze(source), made.formats)}


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def agrees(world: World) -> None:
    """Hold every file of the folder against the documents that should stand there."""
    found, wanted = files(world.out), {}
    record = json.loads(found["run.json"])
    ids = [row["doc_id"] for row in record["documents"]]
    assert sorted(ids) == sorted(world.held)
    for doc_id, made in world.held.items():
        wanted |= {f"{doc_id}/{name}": data for name, data in (expected(doc_id, made) or {}).items()}
    formats = {name for made in world.held.values() for name in made.formats} or set(
        record["settings"]["formats"]
    )
    over_all = {"run.json", "datapackage.json"}.union(*(OVER_ALL.get(name, set()) for name in formats))
    assert found.keys() == wanted.keys() | over_all
    assert {name: found[name] for name in wanted} == wanted
    agree_over_all(world, record, over_all)


def agree_over_all(world: World, record: dict[str, Any], over_all: set[str]) -> None:
    """Hold what speaks of all documents against them."""
    out, ids = world.out, [row["doc_id"] for row in record["documents"]]
    for row in record["documents"]:
        made = world.held[row["doc_id"]]
        assert record["runs"][row["run"]]["settings"]["formats"] == list(made.formats)
        assert record["runs"][row["run"]]["settings"]["reference_date"] == made.day
    mentioned = {row["doc_id"] for row in record["documents"] if sum(row["mentions"].values())}
    counted = {i for i in mentioned if set(world.held[i].formats) - {"html"}}
    related = {i for i in counted if any(text.encode() in world.held[i].data for text in RELATED)}
    if "documents.csv" in over_all:
        assert [row["doc_id"] for row in rows(out / "documents.csv")] == ids
        assert {row["doc_id"] for row in rows(out / "totals.csv")} == counted
        in_order = dict.fromkeys(row["doc_id"] for row in rows(out / "mentions.csv"))
        assert list(in_order) == [i for i in ids if i in counted]
        assert {row["doc_id"] for row in rows(out / "relations.csv")} == related
    if "documents.parquet" in over_all:
        from pyarrow.parquet import read_table

        assert read_table(out / "documents.parquet")["doc_id"].to_pylist() == ids
        for table in ("totals", "mentions"):
            assert set(read_table(out / f"{table}.parquet")["doc_id"].to_pylist()) == counted
        assert set(read_table(out / "relations.parquet")["doc_id"].to_pylist()) == related
    if "hakusho.sqlite" in over_all:
        with closing(sqlite3.connect(out / "hakusho.sqlite")) as base:
            for table, wanted in (("documents", set(ids)), ("mentions", counted), ("relations", related)):
                found = base.execute(f"SELECT DISTINCT doc_id FROM {table}")
                assert {doc_id for (doc_id,) in found} == wanted
    if "hakusho.xlsx" in over_all:
        sheet = ZipFile(out / "hakusho.xlsx").read("xl/worksheets/sheet2.xml").decode()
        assert set(re.findall(r'<c r="A\d+" t="inlineStr"><is><t>(.*?)</t>', sheet)) == counted
    if "index.html" in over_all:
        page = (out / "index.html").read_text(encoding="utf-8")
        assert re.findall(r'<tr><td data-key="([^"]*)"', page) == ids
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    paths = [
        p for r in package["resources"] for p in ([r["path"]] if isinstance(r["path"], str) else r["path"])
    ]
    described = {name for name in files(out) if "/" in name or name.startswith((*TABLES, "hakusho."))}
    assert set(paths) == described
    assert len(package.get("sources", ())) == len(ids)
    if world.held and all("csv" in made.formats for made in world.held.values()):
        assert {m.doc_id for m in read_mentions(out)} == mentioned


def step(world: World) -> tuple[list[str], dict[str, Any], Settings]:
    """What the next run is given."""
    chance = world.chance
    texts = [str(path) for path in world.texts()]
    folders = [str(path) for path in (world.base / "a", world.base / "b") if list(path.glob("*.txt"))]
    inputs = [chance.choice(folders)] if chance.random() < 0.6 else chance.sample(texts, min(len(texts), 2))
    if chance.random() < 0.1:
        inputs = folders
    formats = completed(chance.sample(FORMATS, chance.randint(1, 3)))
    more = {"prune": chance.choice((None, None, True, False)), "resume": chance.random() < 0.3}
    return inputs, more, settings(formats, chance.choice(DAYS))


def after(world: World, run: Run, more: dict[str, Any], chosen: Settings) -> tuple[dict[str, Made], set[str]]:
    """What a run makes of its documents, and whose results it removes."""
    day = chosen.reference_date.isoformat() if chosen.reference_date else None
    new = {}
    for item in run.inputs:
        made = Made(str(item.path), Path(str(item.path)).read_bytes(), chosen.formats, day)
        if expected(item.doc_id, made) is not None:
            new[item.doc_id] = made
    given = {item.doc_id for item in run.inputs}
    wholes = run._found.wholes
    gone = set()
    for doc_id, made in world.held.items():
        path = Path(made.path)
        missing = path.parent in wholes or (more["prune"] and not path.exists())
        if doc_id not in given and missing and more["prune"] is not False:
            gone.add(doc_id)
    return new, gone


def at_a_change(world: World, number: int, act: Callable[[], None]) -> None:
    """Let something happen at a change of a file in the folder, counted from here."""
    left, folder = [number], str(world.out)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        changes = event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod")
        if changes and left[0] and str(arguments[0]).startswith(folder):
            left[0] -= 1
            if not left[0]:
                act()

    sys.addaudithook(hook)


def killed(world: World, run: Run, number: int) -> bool:
    """Do a run in a process that is killed at a change of a file; tell whether it was."""
    child = os.fork()
    if not child:
        try:
            at_a_change(world, number, lambda: os._exit(9))
            list(run)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def stopped(run: Run, number: int, error: BaseException) -> None:
    """Do a run in which moving a file fails, or is stopped by Ctrl-C."""
    replace, left = Path.replace, [number]

    def replaced(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == 0:
            raise error
        return replace(self, target)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "replace", replaced)
        with suppress(KeyboardInterrupt, HakushoError):
            list(run)


def learn(world: World, new: dict[str, Made], gone: set[str], given: set[str]) -> None:
    """After a run that did not end: each document is as before, as it makes it, or not there."""
    listed = {row["doc_id"]: row for row in manifest(world.out)["documents"]}
    known = {}
    for doc_id, row in listed.items():
        here = {name: (world.out / doc_id / name).read_bytes() for name in row["files"]}
        either = [made for made in (new.get(doc_id), world.held.get(doc_id)) if made]
        fits = [made for made in either if expected(doc_id, made) == here]
        assert fits, doc_id
        run = made_by(world.out, row)
        known[doc_id] = next(
            made for made in fits if [*made.formats] == run["formats"] and made.day == run["reference_date"]
        )
    for doc_id in world.held.keys() - given - gone:
        assert doc_id in known, doc_id
    world.held = known


def made_by(out: Path, row: dict[str, Any]) -> dict[str, Any]:
    """The settings of the run that made a document."""
    found: dict[str, Any] = manifest(out)["runs"][row["run"]]["settings"]
    return found


def test_every_file_follows_from_the_last_run_over_its_document(tmp_path: Path) -> None:
    world = World(tmp_path, random.Random(SEED))
    faults = 0
    for number in range(STEPS):
        for _ in range(world.chance.randint(1, 3)):
            world.edit()
        if not world.texts():
            continue
        inputs, more, chosen = step(world)
        run = Run(inputs, str(world.out), chosen, Local(), **more)
        new, gone = after(world, run, more, chosen)
        fault, at = world.chance.choice(("", "", "", "kill", "stop", "fail")), world.chance.randint(1, 40)
        given = {item.doc_id for item in run.inputs}
        if fault == "kill":
            faults += killed(world, run, at)
            if (world.out / "run.json").exists():
                learn(world, new, gone, given)
            continue
        if fault:
            stopped(
                run, at, KeyboardInterrupt() if fault == "stop" else OSError(28, "No space left on device")
            )
            faults += 1
            if (world.out / "run.json").exists():
                learn(world, new, gone, given)
            continue
        list(run)
        world.held = {k: v for k, v in world.held.items() if k not in gone} | new
        try:
            agrees(world)
        except AssertionError as error:
            raise AssertionError(f"step {number}: {inputs} {more} {chosen.formats}") from error
    assert faults > STEPS // 8


def run_over(inputs: list[Path], out: Path, *formats: str, **more: Any) -> Run:
    run = Run(
        [str(path) for path in inputs], str(out), settings(formats or ("csv", "json"), None), Local(), **more
    )
    list(run)
    return run


COUNT = int(os.environ.get("HAKUSHO_DOCUMENTS", "8"))


def test_every_count_is_that_of_the_documents_that_are_there(tmp_path: Path) -> None:
    """Two documents went, one changed, one broke: its earlier results stay, named as such, until it is mended."""
    texts = tmp_path / "in"
    texts.mkdir()
    for n in range(COUNT):
        (texts / f"t{n:03d}.txt").write_text(SENTENCES[0] + f"平成{n % 30 + 1}年。", encoding="utf-8")
    out = tmp_path / "out"
    run_over([texts], out, "csv", "parquet", "html")
    (texts / "t000.txt").unlink()
    (texts / "t001.txt").unlink()
    (texts / "t002.txt").write_text(SENTENCES[1], encoding="utf-8")
    (texts / "t003.txt").write_text("", encoding="utf-8")
    run = run_over([texts], out, "csv", "parquet", "html")
    assert [outcome.doc_id for outcome in run.result.failed] == ["t003"]
    assert run.merge
    wanted = f"{COUNT - 3} documents kept, 1 replaced, 0 added, 2 removed with the input gone (t000, t001)"
    assert run.merge.said(list) == wanted
    assert run.merge.stale() == ["t003"]
    counts = {
        "run.json": len(json.loads((out / "run.json").read_text(encoding="utf-8"))["documents"]),
        "documents.csv": len(rows(out / "documents.csv")),
        "totals.csv": len({row["doc_id"] for row in rows(out / "totals.csv")}),
        "index.html": (out / "index.html").read_text(encoding="utf-8").count("<tr><td data-key="),
        "evaluate": len({mention.doc_id for mention in read_mentions(out)}),
        "folders": len(list(out.glob("*/entities.csv"))),
        "queries": queried(out),
    }
    assert set(counts.values()) == {COUNT - 2}, counts


def test_documents_are_named_of_which_the_tables_over_all_lack_rows(tmp_path: Path) -> None:
    """The results of an earlier run may hold no table that can be read back, or only that of all mentions."""
    texts = [tmp_path / f"{name}.txt" for name in ("page", "json", "whole")]
    for path in texts:
        path.write_text(SENTENCES[0], encoding="utf-8")
    out = tmp_path / "out"
    lacking = []
    for path, formats in zip(texts, (("html",), ("json",), ("csv",)), strict=True):
        run = run_over([path], out, *formats)
        assert run.merge
        lacking.append(run.merge.without_tables())
    assert lacking == [[], [], ["page"]]
    assert {row["doc_id"] for row in rows(out / "mentions.csv")} == {"json", "whole"}
    run = run_over([texts[2]], out, "csv", "sqlite")
    assert run.merge
    assert run.merge.without_tables() == ["page", "json"]
    run = run_over(texts, out, "csv", "sqlite")
    assert run.merge
    assert run.merge.without_tables() == []


def queried(out: Path) -> int:
    """The number of documents that the queries of the docs find, of tables of all documents and of each."""
    from pyarrow import dataset
    from pyarrow.parquet import read_table

    listed = [str(path) for path in listed_files(out, "entities.parquet") or ()]
    paths = [listed, sorted(map(str, out.glob("*/entities.parquet")))]
    found = {len(set(dataset.dataset(each).to_table()["doc_id"].to_pylist())) for each in paths}
    found |= {read_table(out / "documents.parquet").num_rows}
    assert len(found) == 1
    return found.pop()


def test_what_somebody_changed_is_kept_aside(tmp_path: Path) -> None:
    text = tmp_path / "in/a.txt"
    text.parent.mkdir()
    text.write_text(SENTENCES[0], encoding="utf-8")
    run_over([text], tmp_path / "out")
    (tmp_path / "out/a/entities.csv").write_text("corrected", encoding="utf-8")
    (tmp_path / "out/a/gold.csv").write_text("judged", encoding="utf-8")
    run_over([text], tmp_path / "out", "json")
    left = {name for name in files(tmp_path / "out") if name.startswith("a/")}
    assert left == {"a/entities.csv.bak", "a/gold.csv", "a/entities.json", "a/structure.json"}
    assert (tmp_path / "out/a/entities.csv.bak").read_text(encoding="utf-8") == "corrected"


def test_single_files_are_added_and_only_asked_for_are_removed(tmp_path: Path) -> None:
    out, texts = tmp_path / "out", [tmp_path / f"in/{name}.txt" for name in "abc"]
    for text in texts:
        text.parent.mkdir(exist_ok=True)
        text.write_text(SENTENCES[0], encoding="utf-8")
        run_over([text], out, "csv", "html")
    assert (out / "index.html").read_text(encoding="utf-8").count("<tr><td data-key=") == 3
    texts[0].unlink()
    run_over(texts[1:2], out)
    assert {row["doc_id"] for row in rows(out / "documents.csv")} == {"a", "b", "c"}
    run_over(texts[1:2], out, prune=True)
    assert {row["doc_id"] for row in rows(out / "documents.csv")} == {"b", "c"}
    assert not (out / "a").exists()
    texts[1].unlink()
    run_over([tmp_path / "in"], out, prune=False)
    assert {row["doc_id"] for row in rows(out / "documents.csv")} == {"b", "c"}
    run_over([tmp_path / "in"], out)
    assert {row["doc_id"] for row in rows(out / "documents.csv")} == {"c"}


def test_documents_keep_their_places(tmp_path: Path) -> None:
    """One that is run again stays where it was; a new one follows the one before it in its run."""
    out, texts = tmp_path / "out", {name: tmp_path / f"in/{name}.txt" for name in "abcdexyz"}
    for text in texts.values():
        text.parent.mkdir(exist_ok=True)
        text.write_text(SENTENCES[0], encoding="utf-8")

    def order(given: str) -> str:
        run_over([texts[name] for name in given], out, "csv", "html")
        page = (out / "index.html").read_text(encoding="utf-8")
        listed = "".join(row["doc_id"] for row in rows(out / "documents.csv"))
        assert listed == "".join(sorted(listed, key=lambda name: page.index(f'href="{name}/')))
        return listed

    assert order("bd") == "bd"
    assert order("b") == "bd"
    assert order("xbcdey") == "xbcdey"
    assert order("a") == "xbcdeya"
    assert order("cb") == "xcbdeya"
    texts["c"].write_text(SENTENCES[1], encoding="utf-8")
    assert order("zc") == "xzcbdeya"


def test_tokens_are_left_out_if_nobody_asks_for_them(tmp_path: Path) -> None:
    """They go from a folder that has them, come again when they are asked for, and nothing else changes."""
    text, out = tmp_path / "a.txt", tmp_path / "out"
    text.write_text(SENTENCES[0], encoding="utf-8")
    chosen = settings(("csv", "parquet"), None)
    held, unchanged, described = [], [], []
    for tables in ("all", "entities", "entities", "all"):
        made = Run([str(text)], str(out), replace(chosen, tables=tables), Local(), resume=True)
        list(made)
        held.append(files(out))
        unchanged.append(made.result.outcomes[0].unchanged)
        described.append("a/tokens.csv" in held[-1]["datapackage.json"].decode())
    assert unchanged == [False, False, True, False]
    assert described == [True, False, False, True]
    assert held[0].keys() - held[1].keys() == {"a/tokens.csv", "a/tokens.parquet"}
    assert held[0].keys() == held[3].keys()
    assert held[1].keys() == held[2].keys() < held[0].keys()
    assert all(held[0][name] == held[1][name] for name in held[1] if name.endswith(".csv"))


def test_one_file_has_one_result_whatever_it_is_called(tmp_path: Path) -> None:
    text = tmp_path / "in/a.txt"
    text.parent.mkdir()
    text.write_text(SENTENCES[0], encoding="utf-8")
    run_over([text], tmp_path / "out")
    (tmp_path / "in/manifest.csv").write_text("file,doc_id\na.txt,new\n", encoding="utf-8")
    run_over([text], tmp_path / "out")
    assert [row["doc_id"] for row in rows(tmp_path / "out/documents.csv")] == ["new"]


def test_an_id_in_another_spelling_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    for name in ("in/Ga.txt", "other/gA.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(SENTENCES[0], encoding="utf-8")
    run_over([tmp_path / "in"], tmp_path / "out")
    before = files(tmp_path / "out")
    with pytest.raises(HakushoError, match=r"holds a document 'Ga' .* would be called 'gA'"):
        run_over([tmp_path / "other"], tmp_path / "out")
    assert files(tmp_path / "out") == before


def test_a_folder_says_what_it_holds(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(SENTENCES[0], encoding="utf-8")
        run_over([tmp_path / f"{name}.txt"], tmp_path / "out", "csv" if name == "a" else "json")
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    run_over([tmp_path / "a.txt"], tmp_path / "out")
    first, second = held(str(tmp_path / "out"))
    assert (first["doc_id"], first["formats"]) == ("a", ["csv"])
    assert (second["doc_id"], second["formats"], second["path"]) == ("b", ["json"], str(tmp_path / "b.txt"))
    assert first["state"].startswith("earlier results; ")
    assert "holds no text" in first["state"]
    assert second["state"] == "done"


def test_a_report_is_written_for_all_but_the_document_that_changed(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(SENTENCES[0], encoding="utf-8")
        run_over([tmp_path / f"{name}.txt"], tmp_path / "out")
    (tmp_path / "b.txt").write_text(SENTENCES[1], encoding="utf-8")
    with pytest.raises(HakushoError, match=r"b\.txt: .*its page stays as it was"):
        list(rewrite_reports(tmp_path / "out"))
    assert [path.parent.name for path in sorted(tmp_path.glob("out/*/report.html"))] == ["a", "c"]
    listed = {row["doc_id"]: row["files"] for row in manifest(tmp_path / "out")["documents"]}
    assert [doc_id for doc_id, names in listed.items() if "report.html" in names] == ["a", "c"]


def test_results_in_the_folder_of_the_inputs(tmp_path: Path) -> None:
    """Previously the next run read them as documents (``index``, ``a_report``), and a page was replaced."""
    file(tmp_path / "a.txt", "防衛省は2013年に自衛隊法を。")
    for expected in (["a"], ["a"]):
        assert hakusho("run", tmp_path, "-o", tmp_path, "--analyzer", "sudachi").returncode == 0
        record = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
        assert [row["doc_id"] for row in record["documents"]] == expected
        assert record["failures"] == []
    file(tmp_path / "a/b.txt", "外務省は。")  # what no run made is read
    assert sorted(item.doc_id for item in discover([str(tmp_path)])) == ["a", "a_b"]
    assert sorted(item.doc_id for item in discover([f"{tmp_path}/**/*.*"])) == ["a", "a_b"]


def test_an_input_is_not_replaced_by_a_result(tmp_path: Path) -> None:
    page = file(tmp_path / "index.html", "<p>防衛省は。</p>")
    found = hakusho("run", tmp_path, "-o", tmp_path, "--analyzer", "sudachi")
    assert found.returncode == 1
    assert "index.html: the run would write its own index.html there" in " ".join(
        found.stderr.decode().split()
    )
    assert page.read_text(encoding="utf-8") == "<p>防衛省は。</p>"


def test_what_somebody_changed_is_kept_when_it_is_written_again(tmp_path: Path) -> None:
    """The same run once more, over a table that a spreadsheet saved; one line says so."""
    text, out = tmp_path / "a.txt", tmp_path / "out"
    text.write_text(SENTENCES[0], encoding="utf-8")
    words = ("run", text, "-o", out, "--analyzer", "sudachi", "--format", "csv")
    hakusho(*words)
    made = (out / "a/entities.csv").read_bytes()
    (out / "a/entities.csv").write_text("corrected", encoding="utf-8")
    ended = hakusho(*words)
    assert (out / "a/entities.csv").read_bytes() == made
    assert (out / "a/entities.csv.bak").read_text(encoding="utf-8") == "corrected"
    assert "changed since, and kept with the ending .bak: a/entities.csv" in ended.stderr.decode()
    (out / "a/entities.csv").write_text("corrected again", encoding="utf-8")
    hakusho(*words, "--resume")
    assert (out / "a/entities.csv.bak").read_text(encoding="utf-8") == "corrected again"
    assert b"changed since" not in hakusho(*words).stderr


def test_a_file_of_many_gigabytes_is_not_read_to_be_kept(tmp_path: Path) -> None:
    text, out = tmp_path / "a.txt", tmp_path / "out"
    text.write_text(SENTENCES[0], encoding="utf-8")
    run_over([text], out)
    with (out / "a/entities.csv").open("wb") as sparse:
        sparse.truncate(6 * 2**30)
    run_over([text], out)
    assert (out / "a/entities.csv").stat().st_size < 10_000
    assert not (out / "a/entities.csv.bak").exists()


def test_a_damaged_record_is_kept_and_named(tmp_path: Path) -> None:
    """What it knew of documents of other inputs would else be gone without a word."""
    text, out = tmp_path / "a.txt", tmp_path / "out"
    text.write_text(SENTENCES[0], encoding="utf-8")
    file(out / "run.json", '{"documents": [')
    ended = hakusho("run", text, "-o", out, "--analyzer", "sudachi", "--format", "csv")
    assert ended.returncode == 0
    assert "kept with the ending .bak: run.json" in ended.stderr.decode()
    assert (out / "run.json.bak").read_text(encoding="utf-8") == '{"documents": ['
