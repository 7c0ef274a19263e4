"""What an answer of a service says: a whole JSON object, a passing fault, or a lasting one."""

from __future__ import annotations

import json
import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

T = TypeVar("T")


class AgainError(Exception):
    """A fault that may be gone at the next try."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


def within(longest: float, work: Callable[[], T]) -> T:
    """Return what ``work`` returns, or raise what it raises; AgainError after so many seconds.

    A client of HTTP waits for each byte of a head, and for whatever a packed body unpacks to, without an end.
    """
    done: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except Exception as error:
            done.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        found, error = done.get(timeout=longest)
    except Empty:
        raise AgainError(f"no whole answer within {longest:g} s") from None
    if error:
        raise error
    return cast("T", found)


def read_answer(response: httpx.Response) -> dict[str, Any]:
    """Return the object that an answer holds; raises AgainError or ValueError."""
    code = response.status_code
    if code == 429 or code >= 500:
        wait = response.headers.get("retry-after", "")
        raise AgainError(f"the service answered {code}", float(wait) if wait.isdecimal() else None)
    kind = response.headers.get("content-type", "").partition(";")[0].strip()
    if code >= 400:
        raise ValueError(f"the service answered {code} {_message(response)}".rstrip())
    if kind != "application/json":
        raise ValueError(f"the service answered with {kind or 'no content type'} instead of application/json")
    try:
        found = json.loads(response.content, parse_constant=_refused)
    except RecursionError:
        raise ValueError("the answer is nested too deep") from None
    except ValueError:
        raise AgainError("the answer is no whole JSON") from None
    if not isinstance(found, dict):
        raise ValueError("the answer is no JSON object")  # noqa: TRY004
    return found


def _refused(constant: str) -> NoReturn:
    """Refuse Infinity and NaN, which are no JSON."""
    raise ValueError(constant)


def _message(response: httpx.Response) -> str:
    try:
        return str(response.json()["message"]).replace("\n", " ")[:200]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def reason(error: Exception, timeout: float) -> str:
    """Say in a few words why there was no answer within ``timeout`` seconds."""
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return f"no answer within {timeout:g} s"
    return str(error).replace("\n", " ") or type(error).__name__
