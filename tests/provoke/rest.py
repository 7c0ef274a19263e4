"""Errors of the list of laws, the commands, the cluster and the spaCy component."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import sys
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from pipeline import cli
from pipeline.commands import (
    engine,
    explore,
    gold,
    judging,
    language,
    laws,
    listing,
    lookup,
    names,
    orgs,
    place,
    run,
    typed,
    types,
)
from pipeline.commands.configured import defaults
from pipeline.commands.printing import Printed
from pipeline.commands.progress import Log
from pipeline.datapackage.run_names import VIEWS, RunNames
from pipeline.entities.declared import plugins, read_types
from pipeline.entities.entity_type import EntityType, Measure
from pipeline.entities.organizations.register import index
from pipeline.entities.organizations.register.build import build
from pipeline.entities.own_names import read_names
from pipeline.lawbook import egov, store
from pipeline.lawbook.files import MOST_BYTES, read_list
from pipeline.lawbook.listed import ListedLaw
from pipeline.model import extras
from pipeline.model.labels import OwnLabel
from pipeline.runs import engines, explored
from pipeline.runs import ray_cluster as cluster
from pipeline.runs.destination import destination
from pipeline.runs.engines import Local
from pipeline.runs.outcomes import Settings
from pipeline.runs.ray_actors import Actors
from pipeline.runs.scored import compared
from pipeline.spacy import component
from tests.provoke import Calls, call, file
from tests.read.packages import xlsx
from tools.egov_server import Service, law, serving

DAY = dt.date(2026, 1, 2)
HEAD = "law_id\tlaw_num\ttitle\n"
EGOV = "法令ID,法令番号,法令名,公布日,施行日,未施行\n"


def lists_of_laws(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    for content in (
        b"\x81", HEAD, HEAD + "\t\tx\n", "x\n", EGOV + "x,y,z,,,\n", HEAD[:-1] + "\tpromulgation_date\n\t1\tx\t2026-1-2\n",
    ):  # fmt: skip
        yield call(read_list, file(folder / "laws.tsv", content))
    yield call(read_list, folder / "none.tsv")
    with (folder / "large.tsv").open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    yield call(read_list, folder / "large.tsv")
    with monkeypatch.context() as patched:
        patched.setenv("HAKUSHO_DATA", str(folder))
        file(folder / "laws.tsv", "x")
        yield call(store.listed)
        yield call(store.save, [ListedLaw("", "", "")], DAY, "a list")
        yield call(laws.find, "架空の法", None, None, laws.LawsChoice.shipped)


def the_register(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    with monkeypatch.context() as patched:
        patched.setenv("HAKUSHO_DATA", str(folder))
        yield call(orgs.find, "架空の組織", None, None, orgs.OrgsChoice.shipped)
        yield call(build, file(folder / "all.csv", "x\n"), None)
        yield call(build, folder / "none.csv", None)
        file(folder / index.NAME, "x")
        yield call(orgs.chosen_register, orgs.OrgsChoice.installed)


def the_service(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    def asked(service: Service, **more: Any) -> partial[object]:
        return partial(egov.read_all, service.url, DAY, timeout=1, pause=lambda _: None, **more)

    with serving(Service([law(n) for n in range(1200)])) as service, monkeypatch.context() as patched:
        patched.setenv("HAKUSHO_DATA", str(folder))
        service.faults = ["fields"]
        yield asked(service)
        service.faults = ["html"]
        yield asked(service)
        service.faults = [500, 500, 500, 500]
        yield asked(service)
        service.grows = True
        yield asked(service)
        service.grows, whole = False, service.laws
        service.laws = []
        yield asked(service)
        service.laws = [whole[0]] * 2
        yield asked(service)
        service.laws = whole
        patched.setenv("ALL_PROXY", "ftp://x")
        yield asked(service)
        patched.delenv("ALL_PROXY")
        patched.setenv("HAKUSHO_DATA", str(file(folder / "file", "")))
        yield asked(service)


def options(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    yield call(run._formats, "docx", "-")
    yield call(lookup.parse_day, "2014")
    yield call(run.parse_fail_on, "7")
    for words in (["run", "－o"], [str(folder)]):
        yield call(typed.half_width, words, get_command(cli.app))
    yield call(extras.require, "x", ("no_such_module",), instead="y")
    yield call(destination, "-")
    yield call(place.prepared, [], "-", Settings(), Local(), resume=True)
    yield call(place.prepared, [], "-", Settings(formats=("json",)), Local())
    yield call(Log, folder)
    for content in ("[", "[x]", '[run]\noutput = "x"', "[run]\njobs = true"):
        file(folder / "hakusho.toml", content)
        yield call(defaults, ["run", str(folder)], get_command(cli.app))
    yield call(listing.held, str(folder))
    yield call(engine.chosen_engine, engine.EngineChoice.local, "x:1", None)
    head = "doc_id,label,start,end,text,norm,value,mod,article,paragraph,item\n"
    table = file(folder / "gold.csv", head + "d,ORG,0,3,外務省,外務省,,,,,\n")
    other = file(folder / "other.csv", head + "d,ORG,4,7,外務省,外務省,,,,,\n")
    file(folder / "d.txt", "防衛省は、外務省と。")
    yield call(gold.gold_check, table, folder / "d.txt")
    yield call(gold.gold_mend, table, folder / "d.txt")
    for book in (
        xlsx("").replace(b"workbook", b"workshop"),
        xlsx("", sheets="<sheet name='x' r:id='rId1' state='hidden'/>"),
    ):
        yield call(gold.gold_check, file(folder / "gold.xlsx", book), folder / "d.txt")
    far = file(folder / "far.csv", head + "e,ORG,0,3,外務省,外務省,,,,,\n")
    yield call(compared, far, table)
    nothing = dict.fromkeys(("errors", "regions", "split", "texts"))
    yield call(judging.evaluate, other, table, **nothing, fail_under="ORG=1", output=Printed.table)


def names_of_ones_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    yield call(read_names, folder / "none.csv")
    yield call(read_names, file(folder / "names.csv", 'name,label\n"x'))
    for content in ("", "name,lable\n", "name,label\n", "name,label\nみなと会,DATE\n"):
        yield call(read_names, file(folder / "names.csv", content))
    yield call(names.check, [folder / "names.csv"])
    yield call(component.Hakusho, names=component.INSTALLED)


def types_of_ones_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    whole = '[[type]]\nlabel = "GOODS"\nname_en = "x"\nname_ja = "x"\nwords = ["護衛艦"]\nexamples = ["⟦護衛艦⟧"]\n'
    path = file(folder / "types.toml", "[[")
    yield call(read_types, path)
    file(folder / "bare.csv", "name\nx\n")
    for content in ("", *(f"{whole}words_file = '{name}.csv'\n" for name in ("none", "bare"))):
        file(path, content)
        yield call(read_types, path)
    yield call(types.check, [path])
    yield call(component.Hakusho, types=component.INSTALLED)
    file(path, whole)
    shown = OwnLabel("GOODS", "x", "x")
    yield call(read_types, path, beside=(plugins.Plugin("x", "x:X", "goods 1", shown),))
    points = [EntryPoint("x", value, plugins.GROUP) for value in ("none:X", "os:sep")]
    with monkeypatch.context() as patched:
        for point in points:
            patched.setattr(plugins, "entry_points", lambda group, found=point: [found])
            yield plugins.installed_plugins
        made = EntityType(
            "GOODS",
            1,
            (Measure("norm", ("norm",)),),
            lambda *_: iter(()),
            lambda _: lambda *_: None,
            shown=shown,
        )
        patched.setattr(component, "GOODS", made, raising=False)
        point = EntryPoint("x", "pipeline.spacy.component:GOODS", plugins.GROUP)
        patched.setattr(plugins, "entry_points", lambda group: [point, point])
        yield plugins.installed_plugins


def a_cluster(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "ray", None)
        yield call(engines.Ray)
    yield call(cluster.connected("127.0.0.1:1", 1).__enter__)
    ray = pytest.importorskip("ray")
    with monkeypatch.context() as patched:
        patched.setattr(ray, "init", lambda **_: 1 / 0)
        yield call(cluster.connected("auto", 1).__enter__)
        actors: Any = object.__new__(Actors)
        actors._count, actors._busy, actors._starting, actors.replaced, actors._false_starts = (
            0,
            {},
            {"a": None},
            0,
            2,
        )
        patched.setattr(ray, "wait", lambda *_, **__: ([], []))
        yield actors._ready

        def lost(_: object) -> None:
            raise ray.exceptions.RayError("gone")

        patched.setattr(ray, "get", lost)
        yield call(actors._begun, "a")


def the_component(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    from spacy.tokens import Span

    from pipeline.spacy import attributes as spacy_attributes
    from pipeline.spacy import component as spacy_component

    Span.set_extension("provoked_norm", default=1, force=True)
    yield call(spacy_attributes.register, "provoked_")
    Span.remove_extension("provoked_norm")
    yield call(spacy_component._laws, "all")
    with monkeypatch.context() as patched:
        patched.setenv("HAKUSHO_DATA", str(folder / "none"))
        yield call(spacy_component._laws, "installed")


def explorers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A run that no page holds, one without tables, and databases that are none, of another run, or missing."""
    row = {
        "fingerprint": "x",
        "doc_id": "d",
        "path": "d.txt",
        "sha256": "",
        "source": {},
        "reference_date": None,
        "characters": 1,
        "mentions": {},
        "files": [],
    }
    for count in (explored.MOST_CHARACTERS + 1, 1):
        made = {"documents": [row | {"characters": count}], "failures": []}
        file(folder / "run.json", json.dumps(made))
        yield call(explored.write_explorer, folder)
    file(folder / "run.json", json.dumps({"documents": [row | {"files": {"entities.csv": ""}}]}))
    yield call(explored.write_explorer, folder)
    file(folder / "run.json", json.dumps(made))
    yield call(explore.explore_command, folder, port=1)
    yield call(explore.explore_command, folder, folder / "x.html", served=True)
    yield call(RunNames, folder, made)
    file(folder / "hakusho.sqlite", "no database")
    yield call(RunNames, folder, made)
    (folder / "hakusho.sqlite").unlink()
    base = sqlite3.connect(folder / "hakusho.sqlite")
    base.execute("CREATE TABLE about (name, value)")
    for table in ("mentions", "sentences", *map("explorer_{}".format, VIEWS)):
        base.execute(f"CREATE TABLE {table} (n)")
    base.close()
    yield call(RunNames, folder, made)


def languages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A language that is not spoken."""
    yield call(language.chosen, ["--lang", "fr"], {})
