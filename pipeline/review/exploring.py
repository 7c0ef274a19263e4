"""``hakusho explore --serve``: the explorer's page on 127.0.0.1, which asks for what it shows."""

from __future__ import annotations

import json
import secrets
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from pipeline.datapackage.asked import Answers
from pipeline.datapackage.run_names import RunNames
from pipeline.report.explore import explorer_page
from pipeline.review.answering import Beside
from pipeline.review.guard import Guard
from pipeline.runs.destination import Folder
from pipeline.runs.finished import manifest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.requests import Request

# What SQLite says of values that no page of ours sends.
WRONG = (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.IntegrityError)


class Exploring:
    """A run that is explored from its database.

    Attributes:
        token: What the first address must hold.
        page: The page, without any data.
    """

    def __init__(self, folder: Path) -> None:
        """Read the names of the run.

        Args:
            folder: The output folder of a run with ``hakusho.sqlite``; nothing outside it is served.

        Raises:
            HakushoError: There is no run, or no database of it.
        """
        self.token = secrets.token_urlsafe(24)
        found = manifest(folder)
        names = RunNames(folder, found)
        self._answers, self._read = Answers(names), Folder(folder).read
        self._pages = {doc["id"] for doc in names.documents if doc["page"]}
        self.page = explorer_page(names.documents, names.labels, names.counts)

    def ask(self, what: str, query: Mapping[str, Any]) -> Response:
        """Answer a question of the page."""
        try:
            return JSONResponse(self._answers.answer(what, query))
        except (*WRONG, KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError):
            return PlainTextResponse("no question of this page: reload it\n", 400)
        except sqlite3.Error as error:
            return PlainTextResponse(f"hakusho.sqlite: {error}: run it again with --format sqlite\n", 500)

    def report(self, doc_id: str) -> Response:
        """Return the report of a document as it stands in the folder."""
        found = self._read(doc_id, "report.html") if doc_id in self._pages else None
        if found is None:
            return PlainTextResponse("no such document\n", 404)
        return HTMLResponse(found)


def application(exploring: Exploring) -> Guard:
    """Return the ASGI application: the page and its answers, behind the guard."""
    beside = Beside()

    async def home(_: Request) -> Response:
        return HTMLResponse(exploring.page)

    async def ask(request: Request) -> Response:
        try:
            query = json.loads(request.query_params["query"])
        except (KeyError, ValueError, RecursionError):
            return PlainTextResponse("no question of this page: reload it\n", 400)
        return await beside.do(partial(exploring.ask, request.path_params["what"], query))

    async def report(request: Request) -> Response:
        return await beside.do(partial(exploring.report, request.path_params["doc_id"]))

    routes = [
        Route("/", home),
        Route("/ask/{what}", ask),
        Route("/{doc_id:path}/report.html", report),
    ]
    return Guard(Starlette(routes=routes), exploring.token)
