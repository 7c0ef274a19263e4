"""XML that people have: statutes of e-Gov and records of the Diet.

The name of the root element tells which.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.read.egov import read_statute
from pipeline.read.encodings import decode
from pipeline.read.kokkai import read_records, records_of
from pipeline.read.signs import STATUTES
from pipeline.read.xml_events import events

if TYPE_CHECKING:
    from pipeline.read.pieces import Extract

DECLARED = re.compile(
    rb"""\s*<\?xml\s[^>]{0,200}?(?:encoding\s*=\s*["']([\w.:-]{1,40})["'][^>]{0,100})?\?>"""
)
DECLARATION = re.compile(r"\s*<\?xml\s[^>]*>")
# An answer of the Diet's API.
RECORDS = frozenset(("data", "records", "speechRecord", "meetingRecord"))


def read_xml(data: bytes, where: str) -> Extract:
    """Return the text of a statute or of records of the Diet.

    Raises:
        HakushoError: It is damaged, declares entities, or is XML of another kind.
    """
    match = DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    text, encoding = decode(data, where, match[1].decode().lower() if match and match[1] else "")
    plain = DECLARATION.sub("", text.removeprefix("\ufeff"), count=1).lstrip()
    stream = events(plain.encode("utf-8", "replace"), where, "utf-8")
    first = next(stream, None)
    root = first.name if first else ""
    if first and root in STATUTES:
        return replace(read_statute(chain([first], stream), where), encoding=encoding)
    if first and root in RECORDS:
        return replace(read_records(records_of(chain([first], stream)), where), encoding=encoding)
    raise HakushoError(
        f"{where}: is XML of a kind that is not read (<{root[:40]}>): "
        "give a statute of e-Gov or a record of the Diet, or save its text as .txt"
    )
