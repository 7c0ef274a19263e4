"""Access to the server: only from a page that it served itself, with its token."""

from __future__ import annotations

import html
import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
ONWARD = """<!DOCTYPE html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0; url={path}">
"""


class Guard:
    """An ASGI application around another: refuses foreign hosts and origins, and requests without the token.

    The token comes once in the address; a cookie that scripts cannot read and other sites cannot send keeps
    it.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        """Stand before ``app``."""
        self._app, self._token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if scope["type"] != "http":
            return
        answer = self._refusal(scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                more = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await (answer or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        port = scope["server"][1]
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        host = headers.get("host", "")
        if host not in hosts:
            return PlainTextResponse("this server answers to 127.0.0.1 alone\n", 421)
        name = f"hakusho_{port}"
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        known = secrets.compare_digest(given.encode(), self._token.encode()) and scope["method"] == "GET"
        origin = headers.get("origin", "" if scope["method"] in ("GET", "HEAD") else "none")
        site = headers.get("sec-fetch-site", "none")
        led = known and site == "cross-site" and headers.get("sec-fetch-mode") == "navigate"
        if origin not in ("", f"http://{host}") or (site not in ("none", "same-origin") and not led):
            return PlainTextResponse("requests of other sites are refused\n", 403)
        if known:
            return self._welcome(scope["path"], name, led=led)
        if not any(secrets.compare_digest(value, self._token.encode()) for value in _cookies(scope, name)):
            return PlainTextResponse(
                "open the address that hakusho review printed: it holds the token\n", 403
            )
        if given and scope["method"] == "GET":  # a browser that has the cookie need not keep it in sight
            return RedirectResponse(_own(scope["path"]), 303)
        return None

    def _welcome(self, path: str, name: str, *, led: bool) -> Response:
        """Give the cookie, and lead to the address without the token.

        A browser that a file led here would count a redirection as another site's, and send no cookie: it
        gets a page that leads on.
        """
        answer: Response = RedirectResponse(_own(path), 303)
        if led:
            answer = HTMLResponse(ONWARD.format(path=html.escape(answer.headers["location"])))
        answer.set_cookie(name, self._token, httponly=True, samesite="strict")
        return answer


def _own(path: str) -> str:
    """Return a path of this server: ``//host/`` would be one of another."""
    return "/" + path.replace("\\", "/").lstrip("/")


def _cookies(scope: Scope, name: str) -> Iterator[bytes]:
    """Yield the values of our cookie, whatever stands around it.

    Browsers send those of every program on this machine, whose names and values may be of any form.
    """
    heads = (value for head, value in scope["headers"] if head == b"cookie")
    for part in b";".join(heads).split(b";"):
        found, _, value = part.strip().partition(b"=")
        if found == name.encode():
            yield value
