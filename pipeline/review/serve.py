"""``hakusho review``: the reports of a run on 127.0.0.1, with a place where judgements go.

For each document two files stand in its folder of the run: ``corrections.csv``, every judgement with who and
when, and ``gold.csv``, the gold with them made. Both are written whole after each judgement; the versions
before end in ``.bak``.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.export.held import refuse_links
from pipeline.export.saving import save
from pipeline.model.errors import HakushoError
from pipeline.report import Service, render
from pipeline.report.index import index
from pipeline.review.annotations import Annotations
from pipeline.review.answering import PATIENCE, Beside, address, configured, shown
from pipeline.review.corrections import apply, correction, corrections_csv, gold_csv, read_corrections
from pipeline.review.differences import differing
from pipeline.review.entries import among, entry_of, moment, path_of, standing
from pipeline.review.guard import Guard
from pipeline.review.judged_run import JudgedRun, check_fits, check_known
from pipeline.runs.locks import BusyError, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import uvicorn
    from starlette.requests import Request

    from pipeline.document.document import Document
    from pipeline.review.corrections import Correction

LONGEST = 1_000_000  # bytes of what a page says at once; a mention and a comment are far shorter (決め打ち)
LOCKED = 0.9  # seconds to wait for each of two locks before the page is told to try again (決め打ち)


class Review:
    """A run that is being judged; judgements are read from the folder each time."""

    def __init__(
        self, folder: Path, gold: Path | None = None, who: str = "", second: Path | None = None
    ) -> None:
        """Read the run that is to be judged.

        Args:
            folder: The output folder of a run; nothing outside it is served or written.
            gold: What to judge against and to start from; without it, the run's own mentions.
            who: The name that corrections carry if the page gives none.
            second: A second annotation, whose differences from ``gold`` are to be settled.

        Raises:
            HakushoError: The folder holds no run, or the gold cannot be read.
        """
        self.folder, self.who, self.token = folder, who, secrets.token_urlsafe(24)
        self.annotations = Annotations(gold, second)
        self._run = JudgedRun(folder, self.annotations.forget)
        self._saving = threading.Lock()

    @property
    def doc_ids(self) -> Iterable[str]:
        """The documents, in the order of the run."""
        return self._run.rows()

    def address(self, port: int) -> str:
        """Return the address to open in a browser."""
        return address(port, self.token)

    def home(self) -> str:
        """Return the page that leads to the documents."""
        done = {row["doc_id"]: row for row in self.progress()}
        rows = [
            {**row, **done[doc_id], "files": ["report.html"]}
            for doc_id, row in self._run.rows().items()
            if doc_id in done
        ]
        return index(rows, self._run.failures, two=self.annotations.two)

    def progress(self) -> list[dict[str, Any]]:
        """Return where each document stands, and how much of it is judged."""
        places, log = partial(self.annotations.places, self.folder), self.log
        return [standing(row, places(row), partial(log, i)) for i, row in self._run.rows().items()]

    def page(self, doc_id: str) -> str:
        """Return the report of a document with the judgements so far; raises KeyError for an unknown one."""
        document = self.document(doc_id)
        held, verdicts = self.annotations.shown(document)
        log = self.log_of(document)
        state = {"version": len(log), "log": list(map(entry_of, log)), "documents": self.progress()}
        state["two"] = self.annotations.two
        return render(held, verdicts, Service(path_of(doc_id), self.who, state))

    def log(self, doc_id: str) -> tuple[Correction, ...]:
        """Return every judgement of a document so far."""
        path = self.folder / doc_id / "corrections.csv"
        try:
            if not (path.exists() or path.is_symlink()):
                return ()
        except OSError as error:  # a name that no file can have
            raise HakushoError(f"{path}: cannot be read ({error.strerror}): check the rights on it") from None
        refuse_links(path, self.folder)
        return read_corrections(path)

    def log_of(self, document: Document) -> tuple[Correction, ...]:
        """Return every judgement of a document; raises HakushoError if one is of another text."""
        log = self.log(document.source.doc_id)
        check_fits(log, document.source.raw, self.folder / document.source.doc_id / "corrections.csv")
        return log

    def save(
        self, doc_id: str, since: int, entries: Sequence[Mapping[str, object]]
    ) -> tuple[bool, dict[str, Any]]:
        """Keep what one key said, unless somebody judged one of the same places meanwhile.

        Args:
            doc_id: A document of the run.
            since: How many judgements the page knows.
            entries: Rows of ``corrections.csv``: one judgement, or the same of several mentions. They share
                a ``when`` that no other judgement of the document has.

        Returns:
            Whether they were kept, all or none, and what the page does not know yet.

        Raises:
            BusyError: Somebody else holds the lock of the document for longer than a page should wait.
            HakushoError: A judgement is broken, or of another text, or cannot be saved.
            ValueError: It is no Unicode text.
        """
        document = self.document(doc_id)
        new = [self._new(document, entry) for entry in entries]
        with self._alone(doc_id):
            log = self.log_of(document)
            check_known(log, since, self.folder / doc_id / "corrections.csv")
            unknown = log[max(since, 0) :]
            theirs = among(unknown, new)
            news = {"log": list(map(entry_of, unknown)), "theirs": list(map(entry_of, theirs))}
            if theirs or not new:
                return not theirs, news | {"version": len(log)}
            when = moment(log)
            log = (*log, *(replace(c, when=when) for c in new))
            golden = gold_csv(apply(self.annotations.base(document), log))
            for name, text in (("corrections.csv", corrections_csv(log)), ("gold.csv", golden)):
                save(self.folder / doc_id / name, text, keep=True, within=self.folder)
            return True, news | {"version": len(log)}

    @contextmanager
    def _alone(self, doc_id: str) -> Iterator[None]:
        """Hold the lock of a document, which other processes may want; do not wait long for it."""
        lock = self.folder / doc_id / ".corrections.lock"
        if not self._saving.acquire(timeout=LOCKED):
            raise BusyError(f"{lock}: another page is saving: save it again")
        try:
            with waiting(lock, self.folder, LOCKED):
                yield
        finally:
            self._saving.release()

    def _new(self, document: Document, entry: Mapping[str, object]) -> Correction:
        cells = {str(name): str(value) for name, value in entry.items()}
        "".join(cells.values()).encode()  # half a surrogate pair could be written, but never be read again
        raw = document.source.raw
        try:
            new = correction({**cells, "doc_id": document.source.doc_id}, "the judgement")
        except KeyError as error:
            raise HakushoError(f"the judgement has no {error}: reload the page") from None
        m = new.mention
        shown = raw[m.start : m.end].replace("\0", "\u2400")  # as the page shows it
        if shown != m.text.replace("\0", "\u2400"):
            raise HakushoError(f"the judgement is of {m.text!r}, and the text has another word there: reload")
        mention = replace(m, text=raw[m.start : m.end])
        return replace(new, mention=mention, who=(new.who or self.who)[:60])

    def document(self, doc_id: str) -> Document:
        """Return a document as the folder holds it now; raises as :meth:`JudgedRun.document`."""
        return self._run.document(doc_id)


def application(review: Review) -> Guard:
    """Return the ASGI application: the pages, and saving, behind the guard."""
    beside = Beside()

    async def home(_: Request) -> Response:
        return await beside.do(partial(shown, review.home))

    async def differ(_: Request) -> Response:
        return await beside.do(partial(differing, review))

    async def show(request: Request) -> Response:
        return await beside.do(partial(shown, partial(review.page, request.path_params["doc_id"])))

    async def save(request: Request) -> Response:
        body = bytearray()
        try:
            async with asyncio.timeout(PATIENCE):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > LONGEST:
                        return JSONResponse({"error": "too long"}, 413)
        except TimeoutError:
            return JSONResponse({"error": "the judgement did not come in time"}, 408)
        return await beside.do(partial(saved, review, request.path_params["doc_id"], bytes(body)))

    routes = [
        Route("/", home),
        Route("/differences", differ),
        Route("/{doc_id:path}/report.html", show),
        Route("/{doc_id:path}/report.html", save, methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), review.token)


def saved(review: Review, doc_id: str, body: bytes) -> JSONResponse:
    """Answer a page that wants a judgement of a document to be kept."""
    try:
        said = json.loads(body)
        entries = [{**said.get("same", {}), **entry} for entry in said["entries"]]
        kept, news = review.save(doc_id, int(said["since"]), entries)
    except BusyError as error:
        return JSONResponse({"error": str(error)}, 503, {"retry-after": "3"})
    except HakushoError as error:
        return JSONResponse({"error": str(error)}, 422)
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        return JSONResponse({"error": "no judgement of this run"}, 400)
    return JSONResponse(news, 200 if kept else 409)


def configuration(review: Review) -> uvicorn.Config:
    """Return how the server of a review answers."""
    return configured(application(review))
