"""How the review server bears clients that are slow, many, or never done, and work that takes long.

Work is done beside the event loop, in threads that end with the process: neither a lock nor a long document
keeps it from answering or from ending. A connection that does not say what it wants is closed after a while,
and the oldest of too many at once.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

import uvicorn
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from uvicorn.protocols.http.h11_impl import H11Protocol

from pipeline.model.errors import HakushoError
from pipeline.runs.locks import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp
    from uvicorn.server import ServerState

T = TypeVar("T")
# Seconds in which a client must have sent the head of a request, and its body (決め打ち).
PATIENCE = 10.0
# Connections at once, and pieces of work at once (決め打ち): a browser opens six connections.
CONNECTIONS, THREADS = 100, 16


class Beside:
    """Does work in threads that end with the process."""

    def __init__(self, threads: int = THREADS) -> None:
        """Do at most so many pieces of work at once."""
        self._free = asyncio.Semaphore(threads)

    async def do(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, or raise what it raises."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def tell(outcome: Callable[[], object]) -> None:
            try:
                loop.call_soon_threadsafe(lambda: None if done.done() else outcome())
            except RuntimeError:  # the server has ended
                return

        def run() -> None:
            try:
                found = work()
            except BaseException as error:
                fault = error
                tell(lambda: done.set_exception(fault))
            else:
                tell(lambda: done.set_result(found))

        async with self._free:
            threading.Thread(target=run, daemon=True, name="review").start()
            return await done


def shown(make: Callable[[], str]) -> Response:
    """Answer with a page, or with the line that says why there is none."""
    try:
        return HTMLResponse(make())
    except KeyError:
        return PlainTextResponse("no such document\n", 404)
    except HakushoError as error:
        return PlainTextResponse(f"{error}\n", 503 if isinstance(error, BusyError) else 500)


class Protocol(H11Protocol):
    """HTTP/1.1 with an end to waiting. The head of a request has a limit in h11 itself (64 KiB)."""

    _waiting: asyncio.TimerHandle | None = None
    _stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection; the oldest that waits for a request makes room, or else this one goes."""
        super().connection_made(transport)
        idle = _idle.setdefault(self.server_state, {})
        if len(self.connections) > CONNECTIONS:
            next(iter(idle), self).transport.abort()
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes; what is still no request does not buy more time."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._unwait()

    def on_response_complete(self) -> None:
        """End a request; the next one must come in time, too, or has come already."""
        before = self.cycle
        self._unwait()
        self._wait()
        super().on_response_complete()
        if self.cycle is not before:
            self._unwait()

    def pause_writing(self) -> None:
        """Wait for a client that does not take its answer, but not for long."""
        super().pause_writing()
        _idle[self.server_state][self] = None
        self._stuck = self.loop.call_later(PATIENCE, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the client takes its answer."""
        self._unstick()
        if not self._waiting:
            _idle[self.server_state].pop(self, None)
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._unwait()
        self._unstick()
        super().connection_lost(exc)

    def _unstick(self) -> None:
        if self._stuck:
            self._stuck.cancel()
            self._stuck = None

    def _wait(self) -> None:
        _idle[self.server_state][self] = None
        self._waiting = self.loop.call_later(PATIENCE, self.transport.abort)

    def _unwait(self) -> None:
        if not self._stuck:
            _idle[self.server_state].pop(self, None)
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None


_idle: WeakKeyDictionary[ServerState, dict[Protocol, None]] = WeakKeyDictionary()
"""The connections of each server that wait for their client, the longest first."""


def open_socket(port: int = 0) -> socket.socket:
    """Bind a port of 127.0.0.1, 0 for one that is free; raises HakushoError if it is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()  # requests before the server is ready wait
    except OSError as error:
        listening.close()
        raise HakushoError(
            f"port {port}: cannot be used ({error.strerror}): choose another with --port"
        ) from None
    return listening


def configured(app: ASGIApp) -> uvicorn.Config:
    """Return how a server of ``app`` answers: quietly, and with an end to every request."""
    return uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        log_level="critical",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )


def address(port: int, token: str) -> str:
    """Return the address to open in a browser."""
    return f"http://127.0.0.1:{port}/?token={token}"


def run_server(configuration: uvicorn.Config, listening: socket.socket) -> None:
    """Serve until interrupted."""
    uvicorn.Server(configuration).run(sockets=[listening])
