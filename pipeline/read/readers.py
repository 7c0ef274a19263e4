"""Which reader a file is for.

Its content decides, and its name only where content does not tell (CSV, Markdown).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.read import archive, html, json_kinds, mht, xml_kinds
from pipeline.read.encodings import decode
from pipeline.read.intake import check_text
from pipeline.read.kinds import kind_of_bytes, kind_of_name
from pipeline.read.packages import read_package, refuse, refuse_old_office
from pipeline.read.pieces import Extract
from pipeline.read.separated import read_separated

if TYPE_CHECKING:
    from pipeline.read.kinds import Kind

# Kinds that a name promises and whose content must bear that out; a page or a text may be called anything.
PROMISED = frozenset(("pdf", "docx", "xlsx", "epub", "zip", "mhtml"))


def extracted(data: bytes, where: str, ending: str) -> Extract:
    """Return the text of a file, whatever it is.

    Args:
        data: The whole file.
        where: What an error calls it.
        ending: How its name ends (``.docx``).

    Raises:
        HakushoError: It is of a kind that is not read, damaged, not what its name says, or holds no text.
    """
    called = kind_of_name(ending)
    if b"%PDF-" in data[:1024]:
        from pipeline.read.pdf import read_pdf  # PDFium takes a while to load, which other files save

        text, title, printed, missing = read_pdf(data, where)
        return Extract(text, "", "pdf", title, warnings=tuple(missing), printed=printed)
    if data.startswith(archive.SIGNATURES):
        return read_package(data, where, called)
    if kind := kind_of_bytes(data):
        if kind.kind == "ole":
            refuse_old_office(data, where)
        refuse(kind, where)
    check_text(data, where)
    if mht.is_mht(data):
        return mht.read_mht(data, where)
    if called and called.kind in PROMISED:
        # Often a server's page that says why there is no file.
        raise HakushoError(f"{where}: is not {called.name}, though its name says so: get it again")
    if html.is_html(data) or (called and called.kind == "html"):
        return html.read_html(data, where)
    return _text(data, where, called)


def _text(data: bytes, where: str, called: Kind | None) -> Extract:
    """Return the text of what is characters and no page."""
    name = called.kind if called else ""
    if xml_kinds.is_xml(data):
        return xml_kinds.read_xml(data, where)
    if (found := json_kinds.read_json(data, where, certain=name == "json")) is not None:
        return found
    if name == "xml":
        raise HakushoError(f"{where}: is not XML, though its name says so: get it again")
    if name == "csv":
        return read_separated(data, where)
    if name == "markdown":
        from pipeline.read.markdown import read_markdown  # only Markdown needs its parser

        return read_markdown(data, where)
    text, encoding = decode(data, where)
    return Extract(text, encoding, "text")
