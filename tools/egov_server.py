"""A local server that speaks e-Gov's 法令API Version 2 (``GET /laws``, paged), and can be told to misbehave."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse


def law(number: int, **more: Any) -> dict[str, Any]:
    """Return one law as the service describes it."""
    law_id = f"4{number // 1000 + 10:02d}AC0000000{number % 1000:03d}"
    revision = {
        "law_revision_id": f"{law_id}_20240401_506AC0000000001",
        "law_type": "Act",
        "law_title": f"架空物資第{number}種流通促進法",
        "law_title_kana": "かくう",
        "abbrev": None,
        "category": "産業通則",
        "updated": "2024-04-19T13:42:44+09:00",
        "amendment_enforcement_date": "2024-04-01",
        "repeal_status": "None",
        "repeal_date": None,
        "remain_in_force": False,
        "mission": "New",
        "current_revision_status": "CurrentEnforced",
    } | more
    info = {
        "law_type": "Act",
        "law_id": law_id,
        "law_num": f"平成{number // 1000 + 10}年法律第{number % 1000}号",
        "law_num_era": "Heisei",
        "law_num_year": number // 1000 + 10,
        "law_num_type": "Act",
        "law_num_num": f"{number % 1000:03d}",
        "promulgation_date": "1998-03-31",
    }
    return {"law_info": info, "revision_info": revision, "current_revision_info": revision}


class Service:
    """What the server holds, what it was asked, and the faults that it shows first, one a request.

    A fault is a status code, or one of ``slow``, ``half``, ``html``, ``bad json``, ``list``, ``fields``, ``drop``,
    ``bomb``, ``endless``, ``drip``, ``slow head``, ``empty blocks``, ``deep``, ``infinity``, ``huge number``, ``surrogate``.
    """

    def __init__(self, laws: list[dict[str, Any]]) -> None:
        self.laws = laws
        self.faults: list[int | str] = []
        self.asked: list[dict[str, str]] = []
        self.url = ""
        self.grows = False

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        url = urlparse(handler.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.asked.append({"path": url.path, **query})
        offset, limit = int(query.get("offset", 0)), min(1000, int(query.get("limit", 100)))
        page = self.laws[offset : offset + limit]
        total = len(self.laws) + (self.grows and offset > 0)
        body = json.dumps(
            {"total_count": total, "count": len(page), "laws": page}, ensure_ascii=False
        ).encode()
        fault = self.faults.pop(0) if self.faults else 200
        if fault == "slow":
            time.sleep(0.7)
        if fault in ("bomb", "endless", "drip", "slow head", "empty blocks"):
            flood(handler, str(fault))
            return
        if fault == "drop":
            handler.connection.close()
            return
        if isinstance(fault, int) and fault != 200:
            body = json.dumps(
                {"code": f"{fault}001", "message": "不正なパラメータです"}, ensure_ascii=False
            ).encode()
        body = {
            "html": b"<html>maintenance</html>",
            "bad json": body[:-20],
            "list": b"[]",
            "fields": b"{}",
            "deep": b"[" * 100_000,
            "infinity": b'{"laws": [], "total_count": Infinity}',
            "huge number": b'{"laws": [], "total_count": 1' + b"0" * 5000 + b"}",
            "surrogate": body.replace("架空".encode(), b"\\ud800"),
        }.get(str(fault), body)
        handler.send_response(fault if isinstance(fault, int) else 200)
        handler.send_header(
            "Content-Type", "text/html" if fault == "html" else "application/json; charset=utf-8"
        )
        handler.send_header("Content-Length", str(len(body)))
        if fault == 429:
            handler.send_header("Retry-After", "7")
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2] if fault == "half" else body)


def flood(handler: BaseHTTPRequestHandler, how: str) -> None:
    """Answer with gigabytes packed into little, without end, or a byte at a time, until nobody listens."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    if how in ("bomb", "empty blocks"):
        handler.send_header("Content-Encoding", "gzip")
    if how == "slow head":
        handler.flush_headers()
    else:
        handler.end_headers()
    part = gzip.compress(bytes(8 << 20)) if how == "bomb" else b" " * (1 << 16 if how == "endless" else 1)
    if how == "empty blocks":  # a packed body of nothing, without an end
        handler.wfile.write(gzip.compress(b"")[:10])
        part = b"\0\0\0\xff\xff" * 99
    for _ in range(1 if how == "bomb" else 10_000):
        handler.wfile.write(part)
        if how in ("drip", "slow head", "empty blocks"):
            handler.wfile.flush()
            time.sleep(0.05)


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    """Serve on a free port of this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                service.answer(self)
            except OSError:
                self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *arguments: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}/api/2"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
