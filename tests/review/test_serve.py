"""The server of ``hakusho review``: who may speak to it, what it keeps, and that nobody overwrites anybody."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import uvicorn

from pipeline.commands.review import review_command
from pipeline.document.tables import CANDIDATE_COLUMNS
from pipeline.model.cells import csv_text
from pipeline.model.errors import HakushoError
from pipeline.review import answering, judged_run, serve
from pipeline.review.answering import open_socket
from pipeline.review.serve import Review, configuration
from pipeline.runs.locks import waiting
from pipeline.runs.scored import score
from pipeline.scoring.gold import COLUMNS, read_gold
from tests.conftest import ROOT, hakusho

RAW = "防衛省は2013年に𠮷野家と自衛隊法第3条を改正した。\r\n外務省も。\r\n"


@dataclass
class Client:
    """Speaks to a server of its own, with its token unless told otherwise."""

    review: Review
    port: int

    def ask(self, path: str, *, body: object = None, **headers: str) -> tuple[int, str]:
        sent = {"Host": f"127.0.0.1:{self.port}", "Cookie": f"hakusho_{self.port}={self.review.token}"}
        if body is not None:
            sent["Origin"] = f"http://127.0.0.1:{self.port}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        content = body if isinstance(body, str) or body is None else json.dumps(body)
        connection.request("GET" if body is None else "POST", path, content, sent)
        answer = connection.getresponse()
        self.headers = dict(answer.getheaders())
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def judge(self, entry: dict[str, object], since: int = 0) -> tuple[int, dict[str, Any]]:
        status, text = self.ask("/d/report.html", body={"since": since, "entries": [entry]})
        return status, json.loads(text)


class Half(socket.socket):
    """A connection on which a judgement is being sent that never ends."""

    def __init__(self, port: int, token: str, length: int | None = None) -> None:
        super().__init__(socket.AF_INET, socket.SOCK_STREAM)
        self.settimeout(20)
        self.connect(("127.0.0.1", port))
        how = f"Content-Length: {length}" if length else "Transfer-Encoding: chunked"
        lines = (
            "POST /d/report.html HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Origin: http://127.0.0.1:{port}",
        )
        lines = (*lines, f"Cookie: hakusho_{port}={token}", how, "", "")
        self.sendall("\r\n".join(lines).encode())


PIECE = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"


def flood(connection: socket.socket, piece: bytes) -> None:
    """Send until the other side has enough of it."""

    def send_on() -> None:
        while True:
            connection.sendall(piece)

    with pytest.raises(OSError, match=r"reset|pipe"):
        send_on()


def entry(action: str, text: str, label: str = "ORG", **more: object) -> dict[str, object]:
    start = RAW.index(text)
    span = {"label": label, "start": start, "end": start + len(text)}
    place = {f"at_{name}": value for name, value in span.items()}
    rest = dict.fromkeys(("norm", "value", "mod", "article", "paragraph", "item", "note"), "")
    return {"action": action, **place, **span, "text": text, **rest, "norm": text, **more}


@pytest.fixture(scope="module")
def finished_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    (folder / "d.txt").write_text(RAW, encoding="utf-8", newline="")
    process = hakusho(
        "run", folder / "d.txt", "-o", folder / "out", "--analyzer", "sudachi", "--format", "csv,json"
    )
    assert process.returncode == 0, process.stderr.decode()
    return folder / "out"


@pytest.fixture
def folder(finished_run: Path, tmp_path: Path) -> Path:
    return shutil.copytree(finished_run, tmp_path / "out")


class Server(uvicorn.Server):
    """One that ends as soon as it should; by itself it looks ten times a second, and a hundred tests end one."""

    async def main_loop(self) -> None:
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            await asyncio.sleep(0.005)


@pytest.fixture
def client(folder: Path) -> Iterator[Client]:
    review, listening = Review(folder, who="山田"), open_socket()
    server = Server(configuration(review))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield Client(review, listening.getsockname()[1])
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_command_prints_its_address_and_ends_quietly(folder: Path, stop: signal.Signals) -> None:
    """Requests that hang, and one that waits for a lock, do not keep it."""
    command = [sys.executable, "-m", "pipeline", "review", folder, "--who", "山田"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stderr
        said = re.search(r"http://127\.0\.0\.1:(\d+)(/\?token=\S+)", process.stderr.readline())
        assert said
        connection = HTTPConnection("127.0.0.1", int(said[1]), timeout=60)
        connection.request("GET", said[2])
        assert connection.getresponse().status == 303
        connection.close()
        with socket.create_connection(("127.0.0.1", int(said[1]))) as mute, Half(int(said[1]), said[2][8:]):
            mute.sendall(b"GET / HTTP/1.1\r\n")
            process.send_signal(stop)
            assert process.wait(60) == 0
        assert process.stderr.read() == ""


def test_only_a_page_of_its_own_may_speak_to_it(client: Client) -> None:
    port, token = client.port, client.review.token
    assert client.ask("/d/report.html")[0] == 200
    assert client.headers["x-frame-options"] == "DENY"
    assert client.ask("/d/report.html", Cookie="")[0] == 403
    assert client.ask("/d/report.html", Cookie=f"hakusho_{port}=wrong")[0] == 403
    assert client.ask("/", Cookie="")[0] == 403
    assert client.ask("/?token=wrong", Cookie="")[0] == 403
    assert client.ask(f"/?token={token}", Cookie="")[0] == 303
    assert "HttpOnly" in client.headers["set-cookie"]
    assert "SameSite=strict" in client.headers["set-cookie"]
    assert client.ask("/", Host="evil.example")[0] == 421
    assert client.ask("/", Host=f"evil.example:{port}")[0] == 421
    assert client.ask("/", Sec_Fetch_Site="cross-site")[0] == 403
    body = {"since": 0, "entries": [entry("accept", "防衛省")]}
    assert client.ask("/d/report.html", body=body, Origin="http://evil.example")[0] == 403
    assert client.ask("/d/report.html", body=body, Origin="null")[0] == 403
    assert not (client.review.folder / "d" / "corrections.csv").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/x/report.html",
        "/../d.txt/report.html",
        "/%2e%2e/report.html",
        "/d/entities.csv",
        "/d/../../d.txt",
        "//etc/passwd",
    ],
)
def test_nothing_but_reports_is_served(client: Client, path: str) -> None:
    assert client.ask(path)[0] == 404


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{}", "null", "0", '"x"', '{"since": "x"}', '{"since": 0, "entries": [3]}', '{"since": 0, "entry": []}', '{"since": 0, "entries": 5}',
        '{"since": Infinity, "entries": []}', '{"since": NaN, "entries": []}', '{"since": null, "entries": null}',
        "[" * 100_000, '{"since": 0, "entries": ' + "[" * 100_000, '{"since": ' + "9" * 9000 + ', "entries": []}', "\0",
    ],
)  # fmt: skip
def test_nonsense_is_refused(client: Client, body: str) -> None:
    assert client.ask("/d/report.html", body=body)[0] in (400, 422)
    assert not (client.review.folder / "d" / "corrections.csv").exists()


def test_what_is_too_long_is_refused(client: Client) -> None:
    assert client.ask("/d/report.html", body="x" * (serve.LONGEST + 1))[0] == 413


def test_a_judgement_is_kept_and_becomes_gold(client: Client, folder: Path) -> None:
    gold = folder / "d" / "gold.csv"
    assert client.judge(entry("reject", "防衛省"))[0] == 200
    assert "防衛省" not in [m.text for m in read_gold(gold)]
    assert client.judge(entry("add", "𠮷野家", norm="吉野家本社"), since=1)[0] == 200
    assert [(m.text, m.norm) for m in read_gold(gold) if "𠮷" in m.text] == [("𠮷野家", "吉野家本社")]
    assert client.judge(entry("undo", "防衛省"), since=2)[1]["version"] == 3
    assert "防衛省" in [m.text for m in read_gold(gold)]
    assert (folder / "d" / "gold.csv.bak").exists()
    log = client.review.log("d")
    assert [c.who for c in log] == ["山田"] * 3
    assert all(len(c.when) == 24 for c in log)
    scores, _ = score(folder, gold)
    assert scores.count("norm") == 1
    assert '"action":"reject"' in client.ask("/d/report.html")[1]


def test_two_pages_do_not_overwrite_each_other(client: Client) -> None:
    assert client.judge(entry("reject", "防衛省", who="佐藤"))[0] == 200
    status, news = client.judge(entry("accept", "防衛省"))
    assert status == 409
    assert news["theirs"][0]["who"] == "佐藤"
    status, news = client.judge(entry("accept", "外務省"))
    assert status == 200
    assert [e["text"] for e in news["log"]] == ["防衛省"]
    assert client.judge(entry("accept", "防衛省"), since=2)[0] == 200
    assert len(client.review.log("d")) == 3


def test_what_is_said_at_once_is_kept_or_refused_together(client: Client, folder: Path) -> None:
    both = [entry("accept", "防衛省"), entry("accept", "外務省")]
    body = {"since": 0, "entries": [*both, entry("accept", "自衛隊法第3条", "LAW")]}
    assert client.ask("/d/report.html", body=body)[0] == 200
    log = client.review.log("d")
    assert (len(log), len({c.when for c in log})) == (3, 1)
    assert client.judge(entry("reject", "外務省", who="佐藤"), since=3)[0] == 200
    assert client.review.log("d")[-1].when > log[-1].when
    status, text = client.ask("/d/report.html", body={"since": 3, "entries": both})
    assert status == 409
    assert [one["text"] for one in json.loads(text)["theirs"]] == ["外務省"]
    assert len(client.review.log("d")) == 4
    same = {name: value for name, value in both[0].items() if value == both[1][name]}
    only = [{name: value for name, value in one.items() if name not in same} for one in both]
    assert client.ask("/d/report.html", body={"since": 4, "same": same, "entries": only})[0] == 200
    assert [c.mention.text for c in client.review.log("d")[4:]] == ["防衛省", "外務省"]
    assert client.ask("/d/report.html", body={"since": 6, "entries": []})[0] == 200


def test_the_list_says_how_much_is_judged(client: Client, folder: Path) -> None:
    client.judge(entry("accept", "防衛省"))
    client.judge(entry("comment", "外務省"), since=1)
    (standing,) = client.review.progress()
    near = len((folder / "d/candidates.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert (standing["judged"], standing["total"]) == (1, 5 + near)
    assert f"1 / {5 + near}" in client.ask("/")[1]
    (folder / "d/corrections.csv").write_text("broken", encoding="utf-8")
    assert f"— / {5 + near}" in client.ask("/")[1]


def put(path: Path, rows: Iterable[Iterable[object]], columns: Sequence[str]) -> Path:
    path.write_text(csv_text(columns, ([str(cell) for cell in row] for row in rows)), encoding="utf-8")
    return path


def of(word: str, label: str = "ORG", *, cut: int = 0) -> tuple[object, ...]:
    """Return the cells of a mention that gold files have, its end ``cut`` code points earlier."""
    start = RAW.index(word)
    end = start + len(word) - cut
    return ("d", label, start, end, RAW[start:end], RAW[start:end], *[""] * 5)


@pytest.mark.parametrize("second", [False, True])
@pytest.mark.parametrize("golden", [(), ("外務省", "改正", "𠮷野家")])
def test_the_list_and_the_page_count_the_same(
    folder: Path, tmp_path: Path, golden: tuple[str, ...], second: bool
) -> None:
    """With candidates that overlap mentions, the gold or each other, and gold that the run misses."""
    near = [
        of("防衛省", cut=1),
        of("改正"),
        of("正した"),
        of("した"),
        of("家と", "LAW"),
        of("。", "PER"),
        of("も"),
    ]
    candidates = [
        (*one[:1], f"c{n}", *one[1:5], one[4], "", 0.4, "weak_head", "", "s", "r")
        for n, one in enumerate(near)
    ]
    put(folder / "d/candidates.csv", candidates, CANDIDATE_COLUMNS)
    files = [
        put(tmp_path / f"{n}.csv", map(of, words), COLUMNS)
        for n, words in enumerate((golden, ("外務", "年に")))
    ]
    review = Review(folder, files[0] if golden or second else None, second=files[1] if second else None)

    def shown() -> int:
        page = re.search(
            '<script type="application/json" id="data">(.*?)</script>', review.page("d"), re.DOTALL
        )
        assert page
        return len(json.loads(page[1])["rows"])

    (before,) = review.progress()
    assert before["total"] == shown() > 0
    added = entry("add", "省は")
    assert review.save("d", 0, [added])[0]
    (after,) = review.progress()
    assert (after["judged"], after["total"]) == (1, before["total"] + 1)


class Shown(webbrowser.BaseBrowser):
    """A browser that notes what it is given, and what stands there."""

    def __init__(self, name: str, opens: bool) -> None:
        super().__init__(name)
        self.opens, self.given = opens, list[tuple[str, int, str]]()

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        page = Path(unquote(urlsplit(url).path))
        self.given.append((url, stat.S_IMODE(page.stat().st_mode), page.read_text(encoding="utf-8")))
        return self.opens


def reviewed(
    monkeypatch: pytest.MonkeyPatch, folder: Path, browser: Shown | None, *, open_page: bool = True
) -> None:
    """Run the command with a browser, and with a server that ends once that was opened."""

    def get() -> webbrowser.BaseBrowser:
        if browser is None:
            raise webbrowser.Error("could not locate runnable browser")
        return browser

    def serve_shortly(_: uvicorn.Config, listening: socket.socket) -> None:
        listening.close()
        for thread in threading.enumerate():
            if thread.name == "browser":
                thread.join()

    monkeypatch.setattr(webbrowser, "get", get)
    monkeypatch.setattr(answering, "run_server", serve_shortly)
    review_command(folder, port=0, who="山田", open_page=open_page)


@pytest.mark.parametrize("opens", [True, False])
def test_the_page_is_opened_without_the_token_on_a_command_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], opens: bool
) -> None:
    browser = Shown("firefox", opens)
    reviewed(monkeypatch, folder, browser)
    said = capsys.readouterr().err
    address = re.search(r"http://\S+token=\S+", said)
    ((given, mode, page),) = browser.given
    assert address
    assert (urlsplit(given).scheme, mode) == ("file", 0o600)
    assert "token" not in given
    assert f'url={address[0]}"' in page
    assert not Path(unquote(urlsplit(given).path)).exists()
    assert ("No browser" in said) is not opens
    reviewed(monkeypatch, folder, browser, open_page=False)
    assert len(browser.given) == 1


@pytest.mark.parametrize("browser", [None, Shown("/usr/bin/w3m", True)])
def test_a_browser_in_the_terminal_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], browser: Shown | None
) -> None:
    reviewed(monkeypatch, folder, browser)
    assert "No browser could be opened" in capsys.readouterr().err
    assert browser is None or not browser.given


@pytest.mark.parametrize(
    "other", ['x={"a": "b c"}', 'x="y', "a/b=1", "a[b=1", "path=/", "secure", "", "日本=1"]
)
def test_cookies_of_other_programs_on_this_machine_do_no_harm(client: Client, other: str) -> None:
    """Browsers send them to every port of 127.0.0.1. Previously some made every page a refusal, or a fault."""
    ours, sent = f"hakusho_{client.port}={client.review.token}", other.encode().decode("latin-1")
    for cookie in (f"{sent}; {ours}", f"{ours}; {sent}", f"hakusho_{client.port}=old; {ours}"):
        assert client.ask("/", Cookie=cookie)[0] == 200
    assert client.ask("/", Cookie=sent)[0] == 403


def test_a_file_may_lead_a_browser_here(client: Client) -> None:
    """With the token, and as a page to look at: not as a picture or a request of another site."""
    led = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    status, page = client.ask(f"/%09/d/?token={client.review.token}", Cookie="", **led)
    assert status == 200
    assert 'url=/%09/d/"' in page
    assert "SameSite=strict" in client.headers["set-cookie"]
    assert client.review.token not in page
    assert client.ask("/?token=wrong", **led)[0] == 403
    assert client.ask("/", **led)[0] == 403
    assert client.ask(f"/?token={client.review.token}", **led | {"Sec_Fetch_Mode": "no-cors"})[0] == 403


def test_many_at_once_lose_nothing(client: Client) -> None:
    words = ["防衛", "省は", "20", "13", "年に", "𠮷野", "家と", "自衛", "隊法", "外務"]
    threads = [threading.Thread(target=client.judge, args=(entry("add", w),)) for w in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {c.mention.text for c in client.review.log("d")} == set(words)


@pytest.mark.parametrize("change", [{"text": "別の語"}, {"end": 9999}, {"label": "PER"}, {"action": "maybe"}])
def test_a_judgement_must_fit_the_text(client: Client, change: dict[str, object]) -> None:
    assert client.judge(entry("accept", "防衛省") | change)[0] == 422


@pytest.mark.parametrize("name", ["norm", "note", "who", "value", "mod", "article", "text"])
@pytest.mark.parametrize(
    "value", ["\ud800", "a\rb", "a\r\nb", "\0", '"', "=1+1", "'=1", "<script>alert(1)</script>", "\u202e", "|", "x" * 9999, 5, None, ["a"]]
)  # fmt: skip
def test_what_a_judgement_says_comes_back_or_is_refused(client: Client, name: str, value: object) -> None:
    """Whatever is posted, the file of corrections can be read again."""
    body = entry("accept", "防衛省") | {name: value}
    status, answer = client.ask("/d/report.html", body=json.dumps({"since": 0, "entries": [body]}))
    assert status in (200, 400, 422), answer
    log = client.review.log("d")
    assert len(log) == (status == 200)
    if status == 200 and isinstance(value, str) and name in ("norm", "note"):
        assert getattr(log[0].mention, name) == value
    shown = client.ask("/d/report.html")
    assert shown[0] == 200
    assert "<script>alert(1)" not in shown[1]
    assert client.judge(entry("accept", "外務省"), since=len(log))[0] == 200


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long."""
    monkeypatch.setattr(answering, "PATIENCE", 0.3)
    monkeypatch.setattr(serve, "PATIENCE", 0.3)
    monkeypatch.setattr(serve, "LOCKED", 0.2)


def test_nobody_waits_for_two_seconds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are two locks to wait for: of this process, and of others."""
    asked: list[float] = []

    class Lock:
        def acquire(self, timeout: float) -> bool:
            asked.append(timeout)
            return True

        def release(self) -> None:
            pass

    def wait(_: Path, within: Path, longest: float) -> nullcontext[None]:
        asked.append(longest)
        return nullcontext()

    review = Review(folder)
    monkeypatch.setattr(review, "_saving", Lock())
    monkeypatch.setattr(serve, "waiting", wait)
    assert review.save("d", 0, [entry("accept", "防衛省")])[0]
    assert len(asked) == 2
    assert 0 < sum(asked) < 2


def test_a_lock_that_is_held_elsewhere(hasty: None, client: Client, folder: Path) -> None:
    """The page is told to try again, in less than two seconds, and meanwhile others are answered."""
    with waiting(folder / "d/.corrections.lock"):
        threads = [threading.Thread(target=client.judge, args=(entry("accept", "外務省"),)) for _ in range(3)]
        for thread in threads:
            thread.start()
        assert client.ask("/")[0] == 200
        status, answer = client.judge(entry("accept", "防衛省"))
        assert status == 503
        assert re.search("another (process holds|page is saving)", answer["error"])
        for thread in threads:
            thread.join()
    assert client.judge(entry("accept", "防衛省"))[0] == 200
    assert len(client.review.log("d")) == 1


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "/\\evil.example", "/%5Cevil.example/", "///evil.example", "/%09/evil.example"],
)
def test_the_token_leads_to_no_other_server_and_leaves_the_address(client: Client, path: str) -> None:
    query = f"?token={client.review.token}"
    for cookie in ({"Cookie": ""}, {}):
        assert client.ask(path + query, **cookie)[0] == 303
        assert re.match(r"/(?![/\\])", client.headers["location"])
        assert client.review.token not in client.headers["location"]
    assert client.ask("/?token=of-yesterday")[0] == 303
    assert client.headers["location"] == "/"


def test_clients_that_are_slow_or_never_done(hasty: None, client: Client) -> None:
    """Each of them is cut off, and the others are answered meanwhile."""
    port, token = client.port, client.review.token
    with socket.create_connection(("127.0.0.1", port), 20) as mute, Half(port, token, 99) as half:
        mute.sendall(b"GET / HTTP/1.1\r\nHost:")
        assert client.ask("/")[0] == 200
        assert mute.recv(99) == b""
        assert half.recv(99).startswith(b"HTTP/1.1 408")
    with Half(port, token) as endless:
        endless.sendall(PIECE)
        assert endless.recv(99).startswith(b"HTTP/1.1 413")
        flood(endless, PIECE)
    with socket.create_connection(("127.0.0.1", port), 20) as long:
        flood(long, b"X" * 65536)
    assert client.ask("/")[0] == 200


def test_a_client_that_does_not_take_its_answer(hasty: None, client: Client) -> None:
    """Previously a hundred of them kept everybody else out for as long as they liked."""
    lines = (f"Host: 127.0.0.1:{client.port}", f"Cookie: hakusho_{client.port}={client.review.token}")
    ask = "\r\n".join(("GET /d/report.html HTTP/1.1", *lines, "", "")).encode() * 200
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        deaf.settimeout(20)
        deaf.connect(("127.0.0.1", client.port))
        flood(deaf, ask)
    assert client.ask("/")[0] == 200


def test_many_connections_at_once(client: Client) -> None:
    """The oldest that say nothing make room."""
    idle = [
        socket.create_connection(("127.0.0.1", client.port), 20) for _ in range(answering.CONNECTIONS + 50)
    ]
    assert client.ask("/d/report.html")[0] == 200
    assert idle[0].recv(9) == b""
    for connection in idle:
        connection.close()


def test_documents_that_stay_open_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judged_run, "OPEN", 2 * len(RAW))
    run = json.loads((folder / "run.json").read_text("utf-8"))
    for name in "efg":
        shutil.copytree(folder / "d", folder / name)
        table = (folder / name / "entities.csv").read_text("utf-8-sig")
        (folder / name / "entities.csv").write_text(re.sub("^d,", f"{name},", table, flags=re.M), "utf-8")
        run["documents"].append(run["documents"][0] | {"doc_id": name})
    (folder / "run.json").write_text(json.dumps(run), "utf-8")
    review = Review(folder)
    for name in "defgd":
        assert "防衛省" in review.page(name)
    assert list(review._run._read) == ["g", "d"]


def test_links_in_a_folder_out_of_an_archive(client: Client, folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine", "utf-8")
    for name in ("corrections.csv", ".corrections.lock"):
        (folder / "d" / name).unlink(missing_ok=True)
        (folder / "d" / name).symlink_to(mine)
        status, answer = client.judge(entry("accept", "防衛省"))
        assert status == 422
        assert "is a link" in answer["error"]
        (folder / "d" / name).unlink()
    (folder / "d/gold.csv").hardlink_to(mine)
    assert client.judge(entry("accept", "防衛省"))[0] == 200
    (folder / "d").rename(folder / "was")
    (folder / "d").symlink_to(tmp_path)
    assert client.judge(entry("accept", "外務省"), since=1)[0] == 422
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]
    assert mine.read_text("utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_one_clear_line(client: Client, folder: Path) -> None:
    (folder / "d/corrections.csv").mkdir()
    status, answer = client.judge(entry("accept", "防衛省"))
    assert status == 422
    assert "corrections.csv" in answer["error"]
    (folder / "d/corrections.csv").rmdir()
    (folder / "d/.corrections.lock").unlink()
    (folder / "d/.corrections.lock").mkdir()
    status, answer = client.judge(entry("accept", "防衛省"))
    assert status == 422
    assert ".corrections.lock: cannot be written" in answer["error"]
    assert not (folder / "d/gold.csv").exists()


def test_a_run_that_points_outside_is_refused(folder: Path) -> None:
    path = folder / "run.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"doc_id": "d"', '"doc_id": "../d"'), encoding="utf-8"
    )
    with pytest.raises(HakushoError, match="outside"):
        Review(folder)


def test_a_text_that_is_another_now_is_not_judged_as_the_old_one(client: Client, folder: Path) -> None:
    """A run into the folder of an open review. Previously the gold went on from the text before."""
    assert client.judge(entry("accept", "防衛省"))[0] == 200
    text = folder.parent / "d.txt"
    text.write_text(f"前文。{RAW}", encoding="utf-8", newline="")
    process = hakusho("run", text, "-o", folder, "--analyzer", "sudachi", "--format", "csv,json")
    assert process.returncode == 0, process.stderr.decode()
    status, answer = client.judge(entry("accept", "外務省"), since=1)
    assert (status, "another word there" in answer["error"]) == (422, True)
    status, said = client.ask("/d/report.html")
    assert (status, len(said.splitlines())) == (500, 1)
    assert "corrections.csv, judgement 1: is of '防衛省' at [0, 3)" in said
    (folder / "d/corrections.csv").unlink()
    assert "前文" in client.ask("/d/report.html")[1]
    assert client.ask("/")[0] == 200


def test_judgements_that_were_taken_away(client: Client, folder: Path) -> None:
    assert client.judge(entry("accept", "防衛省"))[0] == 200
    (folder / "d/corrections.csv").unlink()
    status, answer = client.judge(entry("accept", "外務省"), since=1)
    assert (status, "0 judgements, and the page knows 1" in answer["error"]) == (422, True)


def test_a_run_that_writes_a_document_is_waited_for(client: Client, folder: Path) -> None:
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    (folder / "run.json").write_text(json.dumps(record | {"pending": ["d"]}), encoding="utf-8")
    assert client.judge(entry("accept", "防衛省"))[0] == 503
    assert client.ask("/d/report.html")[0] == 503
    shutil.rmtree(folder)
    for path in ("/", "/d/report.html"):
        assert client.ask(path)[0] == 500
    assert client.judge(entry("accept", "防衛省"))[0] == 422
