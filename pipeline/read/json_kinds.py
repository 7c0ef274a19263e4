"""JSON that people have: records of the Diet and statutes of e-Gov, as their APIs answer."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.model.errors import HakushoError
from pipeline.read.egov import is_statute, read_statute, statute_events
from pipeline.read.encodings import decode
from pipeline.read.kokkai import is_record, read_records
from pipeline.read.xml_kinds import read_xml

if TYPE_CHECKING:
    from pipeline.read.pieces import Extract

ENCODED = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")


def read_json(data: bytes, where: str, *, certain: bool) -> Extract | None:
    """Return the text of what an API answered; None for what is no JSON of a kind that is read.

    Args:
        data: The whole file; one that is not ``certain`` begins like JSON.
        where: What an error calls it.
        certain: The file is called JSON: what cannot be read as such is an error then.

    Raises:
        HakushoError: It is damaged, or of another kind, and ``certain``; or it holds no text.
    """
    text, encoding = decode(data, where)
    content: Any = None
    try:
        content = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        if certain:
            raise HakushoError(
                f"{where}: is damaged or no JSON (line {error.lineno}: {error.msg}): get it again"
            ) from None
    except (ValueError, RecursionError):
        if certain:
            raise HakushoError(
                f"{where}: is JSON that nests too deep or has numbers without end: get it again"
            ) from None
    if is_record(content):
        return replace(read_records(content, where), encoding=encoding)
    if is_statute(content):
        return replace(read_statute(statute_events(content["law_full_text"]), where), encoding=encoding)
    if (statute := _encoded(content)) is not None:
        return read_xml(statute, where)
    if not certain:
        return None
    raise HakushoError(
        f"{where}: is JSON of a kind that is not read: give a record of the Diet or a statute of e-Gov"
    )


def _encoded(content: object) -> bytes | None:
    """Return the XML of a statute that the API gave within JSON."""
    text = content.get("law_full_text") if isinstance(content, dict) else None
    if not isinstance(text, str) or not ENCODED.fullmatch(text):
        return None
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return None
