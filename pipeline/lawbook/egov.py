"""e-Gov's 法令API Version 2: the list of all laws, page by page, resumed after a break.

Each page that arrived is kept beside the list; a page that did not is asked for again a few times. The list
is only replaced when every law that the service counts has arrived.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import astuple
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from pipeline.entities.laws.pages import EGOV
from pipeline.facts import folder
from pipeline.lawbook.answers import AgainError, read_answer, reason, within
from pipeline.lawbook.listed import ENDED, ListedLaw, plain_title
from pipeline.model.errors import HakushoError
from pipeline.model.extras import require
from pipeline.read.intake import file_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    import httpx

BASE = f"{EGOV}/api/2"
PAGE = 1000  # laws; the service gives no more in one answer
TRIES = 4
WAIT = 1.0  # seconds before the second try; doubled before each further one
LONGEST_WAIT = 60.0
MOST_BYTES = 32 << 20  # of one answer; a page has less than 2 MB (決め打ち)
LONGEST_ANSWER = 10  # times the timeout: one that trickles in longer is given up (決め打ち)
PARTIAL = "laws.partial.jsonl"


class Pages:
    """The pages of one list, from the service or kept by an earlier, interrupted reading."""

    def __init__(self, base: str, today: date, *, timeout: float, pause: Callable[[float], None]) -> None:
        """Take the service's address, the day of the snapshot, the seconds to wait, and how to wait."""
        self._base, self._pause = base.rstrip("/"), pause
        self._timeout = timeout
        self._meta = {"base": self._base, "day": today.isoformat(), "page": PAGE}
        self.path: Path = folder() / PARTIAL

    def read(self) -> Iterator[tuple[list[ListedLaw], int]]:
        """Yield the laws of each page, and how many the service counts.

        Raises:
            HakushoError: The service cannot be reached, answers with an error or with something else.
        """
        require("hakusho laws update", ("httpx",), "laws")

        kept = self._kept()
        total = kept[0]["total"] if kept else -1
        offset = 0
        for page in kept:
            yield [ListedLaw(*row) for row in page["laws"]], total
            offset += len(page["laws"])
        with self._client() as client:
            while offset != total:
                answer = self._page(client, offset)
                laws, now = self._laws(answer)
                if total not in (-1, now):
                    forget()
                    self._fail(
                        f"the list changed from {total:,} to {now:,} laws while it was read: start again"
                    )
                total = now
                if not laws or offset + len(laws) > total:
                    forget()
                    self._fail(
                        f"{offset + len(laws):,} laws where the service counts {total:,}: try again later"
                    )
                self._keep({"total": total, "laws": [astuple(law) for law in laws]}, first=offset == 0)
                offset += len(laws)
                yield laws, total

    def _client(self) -> httpx.Client:
        import httpx

        try:
            return httpx.Client(timeout=self._timeout, follow_redirects=True)
        except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
            self._fail(
                f"a proxy or a certificate cannot be used ({error}): check what HTTP_PROXY, HTTPS_PROXY, "
                "ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR say"
            )

    def _kept(self) -> list[dict[str, Any]]:
        """Read the pages that an earlier reading of the same day and service kept.

        A torn last line is dropped.
        """
        try:
            lines = file_bytes(self.path, str(self.path)).decode().splitlines(keepends=True)
        except (OSError, UnicodeDecodeError, HakushoError):
            return []
        try:
            whole = [json.loads(line) for line in lines if line.endswith("\n")]
            pages = whole[1:] if whole[:1] == [self._meta] else []
            for page in pages:
                cells = [cell for row in page["laws"] for cell in astuple(ListedLaw(*row))]
                if not isinstance(page["total"], int) or cells != [*map(_cell, cells)]:
                    return []
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return []
        return pages

    def _keep(self, page: dict[str, Any], *, first: bool) -> None:
        head = [self._meta] if first else []
        text = "".join(json.dumps(part, ensure_ascii=False) + "\n" for part in (*head, page))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not first:
                self._mend()
            with self.path.open("w" if first else "a", encoding="utf-8") as stream:
                stream.write(text)
        except OSError as error:
            raise HakushoError(
                f"{self.path}: cannot be written ({error.strerror}): set HAKUSHO_DATA to another folder"
            ) from None

    def _mend(self) -> None:
        """Cut off a last line that an earlier reading did not finish."""
        content = self.path.read_bytes()
        if not content.endswith(b"\n"):
            self.path.write_bytes(content[: content.rfind(b"\n") + 1])

    def _page(self, client: httpx.Client, offset: int) -> dict[str, Any]:
        import httpx

        parameters: dict[str, str | int] = {"limit": PAGE, "offset": offset, "response_format": "json"}
        wait = WAIT
        for attempt in range(1, TRIES + 1):
            try:
                longest = LONGEST_ANSWER * self._timeout
                return read_answer(within(longest, partial(self._answer, client, parameters)))
            except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.TooManyRedirects, ValueError) as error:
                self._fail(f"{error}: check the address (--base-url)")
            except (httpx.TransportError, AgainError) as error:
                if attempt == TRIES:
                    self._fail(
                        f"{reason(error, self._timeout)}, {TRIES} times: "
                        "try again later, what arrived is kept"
                    )
                asked = error.wait if isinstance(error, AgainError) else None
                self._pause(min(LONGEST_WAIT, asked if asked is not None else wait))
                wait *= 2
        raise AssertionError("unreachable")

    def _answer(self, client: httpx.Client, parameters: dict[str, str | int]) -> httpx.Response:
        """Return an answer that is not too large."""
        import httpx

        content = b""
        with client.stream("GET", f"{self._base}/laws", params=parameters) as response:
            for part in response.iter_bytes():
                content += part
                if len(content) > MOST_BYTES:
                    raise ValueError(f"an answer of more than {MOST_BYTES >> 20} MB")
            headers = {k: v for k, v in response.headers.items() if k in ("content-type", "retry-after")}
            return httpx.Response(response.status_code, headers=headers, content=content)

    def _laws(self, answer: dict[str, Any]) -> tuple[list[ListedLaw], int]:
        try:
            return [_law(row) for row in answer["laws"]], int(answer["total_count"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            self._fail(f"an answer without what API version 2 promises ({type(error).__name__}: {error})")

    def _fail(self, reason: str) -> NoReturn:
        raise HakushoError(f"{self._base}/laws: {reason}") from None


def read_all(
    base: str,
    today: date,
    *,
    timeout: float = 30.0,
    progress: Callable[[int, int], None] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> list[ListedLaw]:
    """Return all laws of the service at ``base``, in its order.

    Pages that a broken-off reading kept are not asked for again.

    Args:
        base: Address of the API, as ``https://laws.e-gov.go.jp/api/2``.
        today: The day of the snapshot; pages kept on another day are read anew.
        timeout: Seconds to wait for each answer.
        progress: Told after each page how many laws have arrived, and of how many.
        pause: How to wait between tries, in seconds.

    Raises:
        HakushoError: The service cannot be reached, or what it answers is no whole list.
    """
    pages = Pages(base, today, timeout=timeout, pause=pause)
    laws: dict[str, ListedLaw] = {}
    total = 0
    for page, total in pages.read():
        laws |= {law.law_id: law for law in page}
        if progress:
            progress(len(laws), total)
    if len(laws) != total or not laws:
        forget()
        raise HakushoError(
            f"{base}/laws: {len(laws):,} different laws where it counts {total:,}: start again"
        )
    return list(laws.values())


def forget() -> None:
    """Delete the pages that a reading kept, once its list is in place."""
    with suppress(OSError):  # another day's are not believed anyway
        (folder() / PARTIAL).unlink(missing_ok=True)


def _law(row: dict[str, Any]) -> ListedLaw:
    own, revision = row["law_info"], row.get("current_revision_info") or row["revision_info"]
    status = ENDED.get(str(revision.get("repeal_status")), "in_force")
    abbreviations = [part.strip() for part in (revision.get("abbrev") or "").split(",")]
    return ListedLaw(
        _cell(own["law_id"]),
        _cell(own["law_num"]),
        plain_title(_cell(revision["law_title"])),
        "|".join(filter(None, map(_cell, abbreviations))),
        _cell(own.get("promulgation_date") or ""),
        status,
        _cell(revision.get("repeal_date") or "") if status != "in_force" else "",
        _cell(revision.get("amendment_enforcement_date") or ""),
    )


def _cell(text: str) -> str:
    """Return a cell of the list: one line without tabs; raises ValueError for half a character."""
    return " ".join(text.split()).encode().decode()
