"""Errors of gold files, scores, corrections, annotation tools and the review page."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.commands.gold import gold_realign
from pipeline.document.tables import CANDIDATE_COLUMNS
from pipeline.export.held import refuse_links
from pipeline.export.saving import save
from pipeline.review import exchange, serve
from pipeline.review.answering import open_socket
from pipeline.review.corrections import apply, read_corrections, realign_gold
from pipeline.review.exchange import Format, parse
from pipeline.review.exchange.pages import Page
from pipeline.review.serve import Review
from pipeline.runs.destination import Folder
from pipeline.runs.engines import Local
from pipeline.runs.finished import documents, manifest
from pipeline.runs.locks import waiting
from pipeline.runs.outcomes import Settings
from pipeline.runs.reports import rewrite_reports
from pipeline.runs.run import Run
from pipeline.runs.scored import check_gold, score
from pipeline.scoring.calibration import calibrations
from pipeline.scoring.evaluate import evaluate
from pipeline.scoring.gold import GoldMention, read_gold, read_mentions
from pipeline.scoring.scores import parse_fail_under
from pipeline.scoring.structure import Page as Structured
from pipeline.scoring.structure import Piece, read_structure, read_structure_gold, score_structure
from tests.conftest import hakusho
from tests.provoke import Calls, call, file

RAW = "防衛省は2013年に\n外務省と。"
GOLD = "doc_id,label,start,end,text,norm,value,mod,article,paragraph,item\n"
ROW = "d,ORG,0,3,防衛省,防衛省,,,,,\n"
JUDGED = "doc_id,action,at_label,at_start,at_end,label,start,end,text,norm,value,mod,article,paragraph,item\n"


def gold_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    for content in (
        "x\n", GOLD + "d,PER" + ROW[5:], GOLD + "d,ORG,a" + ROW[7:], GOLD + "d,ORG,3" + ROW[7:], GOLD + "d\n", GOLD + '"',
        b"\xff",
    ):  # fmt: skip
        yield call(read_gold, file(folder / "gold.csv", content))
    yield call(read_gold, folder / "none.csv")
    (folder / "empty").mkdir()
    yield call(read_mentions, folder / "empty")
    yield call(parse_fail_under, "X")
    one, other = (GoldMention("d", "ORG", 0, 3, text=text) for text in ("防衛省", "外務省"))
    yield call(evaluate, [one], [other])


def structures(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    file(folder / "gold/a.csv", "doc_id,unit,kind,start,end,level\nd,page,paragraph,0,3,0\n")
    yield call(read_structure_gold, folder / "gold")
    file(folder / "gold/a.csv", "x\n1\n")
    yield call(read_structure_gold, folder / "gold")
    yield call(read_structure, folder / "none.json")
    page = Structured("d", (Piece(0, 9, "paragraph"),), ())
    yield call(score_structure, [page], [], {"d": "x"})


def run_of(folder: Path) -> Path:
    """A finished run of one document."""
    file(folder / "in/d.txt", RAW)
    process = hakusho(
        "run", folder / "in/d.txt", "-o", folder / "out", "--analyzer", "sudachi", "--format", "csv,json"
    )
    assert process.returncode == 0, process.stderr.decode()
    return folder / "out"


def passages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    gold, table = file(folder / "gold.csv", GOLD + ROW), file(folder / "table.csv", GOLD + ROW)
    regions = file(folder / "regions.csv", "doc_id,start,end,split\nd,0,9,dev\n")
    yield call(score, table, gold, texts=folder)
    yield call(score, table, gold, texts=gold, regions=regions)
    yield call(score, table, gold, regions=regions, split="test")
    yield call(score, table, gold, regions=file(folder / "bad.csv", "doc_id,start,end\nd,x,9\n"))
    yield call(score, table, gold, regions=folder / "none.csv")
    yield call(
        score, run_of(folder), file(folder / "wrong.csv", GOLD + ROW.replace("防衛省,防", "外務省,防"))
    )
    yield call(check_gold, gold, folder / "nowhere")


def corrections(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    judged = "d,{},ORG,0,3,ORG,0,3,外務省,外務省,,,,,\n"
    yield call(read_corrections, file(folder / "c.csv", JUDGED + judged.format("maybe")))
    made = read_corrections(file(folder / "c.csv", JUDGED + judged.format("accept")))
    yield call(apply, [GoldMention("d", "ORG", 0, 3, text="防衛省")], made)
    yield call(save, folder, "x")
    yield call(save, Path("/dev/full"), "x")


def realigned(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    old, out = file(folder / "old.txt", RAW), folder / "moved.csv"
    yield call(realign_gold, old, old, file(folder / "two.csv", GOLD + ROW + "e" + ROW[1:]), out)
    yield call(
        realign_gold, old, old, file(folder / "gold.csv", GOLD + ROW.replace("防衛省,防", "外務省,防")), out
    )
    (folder / "many").mkdir()
    for name in "ab":
        file(folder / f"many/{name}.txt", RAW)
    yield call(realign_gold, folder / "many", old, file(folder / "right.csv", GOLD + ROW), out)
    yield call(gold_realign, old, file(folder / "new.txt", "外務省と。"), folder / "right.csv", out)


def probabilities(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    header = GOLD.replace("item\n", "item,confidence\n")
    yield call(read_gold, file(folder / "gold.csv", header + ROW.replace("\n", ",2\n")))
    mention = GoldMention("d", "ORG", 0, 3, text="防衛省")
    yield call(calibrations, evaluate([mention], [mention]).cases)


def review(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    out = run_of(folder)
    page = Review(out)
    yield call(page.log, "9" * 300)
    entry = {
        "action": "accept",
        "at_label": "ORG",
        "at_start": 0,
        "at_end": 3,
        "label": "ORG",
        "start": 0,
        "end": 3,
    }
    rest = dict.fromkeys(("norm", "value", "mod", "article", "paragraph", "item"), "")
    yield call(Review, out, None, "", out)
    yield call(page.save, "d", 0, [entry])
    yield call(page.save, "d", 0, [entry | rest | {"text": "外務省"}])
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield call(open_socket, taken.getsockname()[1])
    yield from links_and_locks(page, out, entry | rest | {"text": "防衛省"}, monkeypatch)
    run = (out / "run.json").read_text(encoding="utf-8")
    yield from damaged(out)
    file(out / "run.json", run.replace('"doc_id": "d"', '"doc_id": "../d"'))
    yield call(Review, out)
    file(out / "run.json", "[]")
    yield call(manifest, out)
    file(out / "run.json", run)
    (out / "d/entities.csv").unlink()
    yield call(documents, out)
    yield call(read_mentions, out)
    yield call(rewrite_reports, out)
    file(out / "run.json", "{}")
    yield call(read_mentions, out)


def folders(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    out = run_of(folder)
    again = Run([str(file(folder / "in/D.txt", RAW))], str(out), Settings("sudachi"), Local())
    yield call(list, again)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", lambda *_, **__: Path("/proc/self/none").rmdir())
        yield call(Folder(out).remove, "d", ["entities.csv"])


def links_and_locks(
    page: Review, out: Path, entry: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], object]]:
    monkeypatch.setattr(serve, "LOCKED", 0.1)
    with waiting(out / "d/.corrections.lock"):
        yield call(page.save, "d", 0, [entry])
    with page._saving:
        yield call(page.save, "d", 0, [entry])
    (out / "d/.corrections.lock").unlink()
    (out / "d/.corrections.lock").symlink_to(out / "run.json")
    yield call(page.save, "d", 0, [entry])
    (out / "d/.corrections.lock").unlink()
    yield call(refuse_links, out / "d/none.csv", out)


def damaged(out: Path) -> Iterator[Callable[[], object]]:
    """Results of a run that something happened to; they are as before afterwards."""
    for name, before, after in (
        ("run.json", '"sha256": "', '"sha256": "", "was": "'), ("run.json", '"status"', '"was"'),
        ("run.json", '"path": "', '"path": "s3://b/'),
        ("d/entities.csv", "confidence", "confidense"), ("d/entities.csv", ",ORG,", ",PER,"), ("d/entities.csv", ",0,3,", ",x,3,"),
        ("d/entities.csv", ",0,3,", ",1,4,"), ("d/entities.json", "{", "["), ("d/entities.json", '"document"', '"was"'),
    ):  # fmt: skip
        whole = (out / name).read_text(encoding="utf-8")
        file(out / name, whole.replace(before, after, 1) if after != '"was"' or name == "run.json" else "[]")
        yield call(rewrite_reports, out)
        file(out / name, whole)
    table = (out / "d/entities.csv").read_text(encoding="utf-8")
    file(out / "d/entities.csv", table + table.partition("\n")[2])
    yield call(rewrite_reports, out)
    file(out / "d/entities.csv", table)
    for place in ("x,3", "3,0"):
        row = f"d,c1,ORG,{place},防衛省,防衛省,防衛省,0.4,low,,s1,registry\n"
        file(out / "d/candidates.csv", f"{','.join(CANDIDATE_COLUMNS)}\n{row}")
        yield call(rewrite_reports, out)
    (out / "d/candidates.csv").unlink()
    for row in ("d,ORG,0,3,外務省,外務省,,,,,\n", "x" + ROW):
        yield call(rewrite_reports, out, file(out / "other.csv", GOLD + row))
    for row in ("", "d,reject,ORG,0,3,ORG,0,3,外務省,,,,,,\n"):
        file(out / "d/corrections.csv", JUDGED + row)
        yield call(Review(out).save, "d", 5, [])
    (out / "d/corrections.csv").unlink()


def tools(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    texts, one = {"d": RAW}, [(0, 3, "ORG")]
    line = {"text": RAW, "doc_id": "d", "label": one}

    def doccano(**more: object) -> str:
        return json.dumps(line | more)

    for content in (
        "{", "[]", doccano(doc_id="x"), doccano(text="x"), doccano(details=5), doccano(label=[(0, 3, "PER")]), doccano(label=[(3, 3, "ORG")]),
    ):  # fmt: skip
        yield call(parse, {"a.jsonl": content}, texts, Format.doccano)
    value = {"start": 0, "end": 3, "text": "外務省", "labels": ["ORG"]}
    result = [{"id": "x", "type": "labels", "value": value}]
    task = {"data": {"text": RAW, "doc_id": "d"}, "predictions": [{"result": result}]}
    for content in ("{}", json.dumps(task)):
        yield call(parse, {"a.json": content}, texts, Format.label_studio)
    for content in ("T1", "T1\tORG 0 99\tx"):
        yield call(parse, {"d.ann": content}, texts, Format.brat)
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n"
    for content in ("x", head + "1-1\t0-99\tx\t_\t_\t\n", head + "1-1\t0-3\t外務省\t_\t_\t\n"):
        yield call(parse, {"d.tsv": content}, texts, Format.webanno)
    yield call(Page("d", RAW, (GoldMention("d", "ORG", 0, 3, text="外務省"),)).check, "x")
    inputs = file(folder / "in/d.txt", RAW).parent
    yield call(exchange.read, file(folder / "a.jsonl", ""), inputs, Format.doccano, folder / "gold.csv")
    yield call(exchange.read, file(folder / "a.jsonl", b"\xff"), inputs, Format.doccano, folder / "gold.csv")
    gold = file(folder / "gold.csv", GOLD + "e" + ROW[1:])
    yield call(exchange.write, gold, inputs, Format.doccano, folder / "out")
