"""A server that speaks S3 over HTTP on this machine (moto's), and goes wrong when it is told to."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

Environ = dict[str, Any]
Start = Callable[..., Any]

DENIED = '<?xml version="1.0"?><Error><Code>{code}</Code><Message>{code} by the test</Message></Error>'


class Faulty:
    """The application of a server, with one kind of fault for the requests that it is told of.

    Attributes:
        fault: ``403``, ``404``, ``500`` …; ``slow``, ``cut``; empty for none.
        of: Which requests have it: ``GET /bucket/a.txt`` begins the line of the request.
        times: How many of them, the first ones.
        seen: The requests that came, by their line.
    """

    def __init__(self, application: Any) -> None:
        self._application = application
        self.seen: Counter[str] = Counter()
        self.tell("")

    def tell(self, fault: str, of: str = "", times: int = 1_000_000) -> None:
        """Go wrong from now on."""
        self.fault, self.of, self.times = fault, of, times

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        line = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        self.seen[line] += 1
        if not self.fault or not line.startswith(self.of) or self.times < 1:
            return self._answer(environ, start)
        self.times -= 1
        if self.fault == "slow":
            time.sleep(0.5)
            return self._answer(environ, start)
        if self.fault == "cut":
            return self._cut(environ, start)
        body = DENIED.format(
            code={"403": "AccessDenied", "404": "NoSuchKey"}.get(self.fault, "InternalError")
        )
        start(
            f"{self.fault} Fault", [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))]
        )
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body.encode()]

    def _answer(self, environ: Environ, start: Start) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._application(environ, start)
        return answer

    def _cut(self, environ: Environ, start: Start) -> Iterator[bytes]:
        """Promise the whole answer, and send half of it."""
        whole = b"".join(self._application(environ, start))
        yield whole[: len(whole) // 2]


@contextmanager
def serving() -> Iterator[tuple[str, Faulty]]:
    """Serve on a free port of this machine; yield the address and the application."""
    server = import_module("moto.server")
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    faulty = Faulty(server.DomainDispatcherApplication(server.create_backend_app))
    http = import_module("werkzeug.serving").make_server("127.0.0.1", 0, faulty, threaded=True)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}", faulty
    finally:
        http.shutdown()
        thread.join()
        http.server_close()
