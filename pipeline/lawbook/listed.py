"""One law of a full list, and the plain file that keeps the list.

The file is a line of metadata, then tab-separated rows. It holds each title also in cleaned form, so that
loading 9,000 laws takes a fraction of a second.
"""

from __future__ import annotations

import json
import re
from dataclasses import astuple, dataclass, fields
from datetime import date
from hashlib import sha256
from importlib.resources import files

from pipeline.clean import fold
from pipeline.entities.laws.instruments import FullList
from pipeline.entities.laws.registry import Instrument
from pipeline.entities.names.registry import Name, Validity

FORMAT = 1
ENDED = {"Repeal": "repealed", "Expire": "lapsed", "LossOfEffectiveness": "lapsed", "Suspend": "suspended"}
# 明治十七年太政官布告第三十二号（爆発物取締罰則）, 監獄法　抄: the title alone.
NUMBERED_TITLE = re.compile(r"^[^（]+号（(.*)）$")
# What ends a cell or a line of the file, and what it cannot hold.
BREAKING = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029\ud800-\udfff]")
ABRIDGED = re.compile(r"[ 　]+抄$")


class NotAListError(ValueError):
    """A text is not a list of laws; the message says why."""


@dataclass(frozen=True, slots=True)
class ListedLaw:
    """A law as a list has it; days are ISO dates, ``""`` where the list says nothing.

    Attributes:
        abbreviations: Joined by ``|``. They are looked up, but not searched for in texts: many are words
            (連携法).
        status: ``in_force``, ``repealed``, ``lapsed`` or ``suspended``.
        amended: The day on which the latest amendment took effect.
    """

    law_id: str
    law_num: str
    title: str
    abbreviations: str = ""
    promulgated: str = ""
    status: str = "in_force"
    status_date: str = ""
    amended: str = ""


COLUMNS = (*(f.name for f in fields(ListedLaw)), "folded")


def plain_title(title: str) -> str:
    """Return a title without the number before it and 抄 after it.

    >>> plain_title("明治十七年太政官布告第三十二号（爆発物取締罰則）")
    '爆発物取締罰則'
    """
    return NUMBERED_TITLE.sub(r"\1", ABRIDGED.sub("", title.strip()))


def folding() -> str:
    """Return a fingerprint of the cleaning; cleaned titles are used only with the same one."""
    text = files("pipeline").joinpath("data/variants.csv").read_bytes()
    return sha256(text).hexdigest()[:16]


def check(laws: list[ListedLaw]) -> None:
    """Check each law for what every later reading needs.

    Raises:
        NotAListError: There is none, or one without number or title, or with a day that is no date.
    """
    if not laws:
        raise NotAListError("it holds no law")
    for law in laws:
        called = f"{law.law_num or law.law_id!r} {law.title!r}"
        if not fold(law.title).strip() or not law.law_num.strip():
            raise NotAListError(f"{called}: a law without number or title")
        if any(BREAKING.search(cell) for cell in astuple(law)):
            raise NotAListError(f"{called}: a tab, a line break or half a character in a cell")
        for written in (law.promulgated, law.status_date, law.amended):
            try:
                day(written)
            except ValueError:
                raise NotAListError(f"{called}: {written!r} is no date") from None


def dump(laws: list[ListedLaw], snapshot: date, source: str) -> str:
    """Return the content of the file."""
    meta = {"format": FORMAT, "snapshot": snapshot.isoformat(), "source": source, "count": len(laws)}
    lines = [json.dumps(meta | {"folding": folding()}, ensure_ascii=False), "\t".join(COLUMNS)]
    lines += ["\t".join((*astuple(law), fold(law.title))) for law in laws]
    return "\n".join(lines) + "\n"


def parse(text: str) -> tuple[list[ListedLaw], FullList]:
    """Read the content of the file: the laws as listed, and as what recognition takes.

    Raises:
        NotAListError: The text is damaged or of another format.
    """
    first, _, rest = text.partition("\n")
    header, _, body = rest.partition("\n")
    try:
        meta = json.loads(first)
        snapshot, source = date.fromisoformat(meta["snapshot"]), str(meta["source"])
        rows = _rows(meta, header, body)
        laws = [ListedLaw(*row[:-1]) for row in rows]
        known = meta.get("folding") == folding()
        folded = {row[2]: row[-1] for row in rows} if known else {}
        full = FullList(tuple(instrument(law) for law in laws), snapshot, source, folded)
    except (ValueError, KeyError, TypeError) as error:
        raise NotAListError(str(error) or type(error).__name__) from None
    return laws, full


def _rows(meta: dict[str, object], header: str, body: str) -> list[list[str]]:
    if meta["format"] != FORMAT or tuple(header.split("\t")) != COLUMNS:
        raise ValueError(f"it is not of format {FORMAT}")
    rows = [line.split("\t") for line in body.split("\n")[:-1]]
    whole = [row for row in rows if len(row) == len(COLUMNS)]
    if len(whole) != meta["count"]:
        raise ValueError(f"it holds {len(whole):,} whole rows of {meta['count']}")
    return whole


def instrument(law: ListedLaw) -> Instrument:
    """Return the law as recognition knows laws: its one name is its title."""
    last = day(law.status_date) if law.status != "in_force" else None
    valid = Validity(day(law.promulgated), last)
    names = (Name(law.title, "title"),)
    return Instrument(law.title, "law", law.law_num, law.law_id, names, valid, law.status, day(law.amended))


def day(text: str) -> date | None:
    """Read an ISO date; raises ValueError for anything else but nothing."""
    return date.fromisoformat(text) if text else None
