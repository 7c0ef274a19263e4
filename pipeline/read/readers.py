"""Which reader a file is for.

Its content decides, and its name only where content does not tell (CSV, Markdown). A reader is imported for
the first file that it is for: most runs read one kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.read import archive
from pipeline.read.encodings import decode
from pipeline.read.intake import check_text
from pipeline.read.kinds import kind_of_bytes, kind_of_name
from pipeline.read.pieces import Extract
from pipeline.read.signs import is_html, is_json, is_mht, is_xml

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
        from pipeline.read.pdf import read_pdf

        text, title, printed, missing = read_pdf(data, where)
        return Extract(text, "", "pdf", title, warnings=tuple(missing), printed=printed)
    if data.startswith(archive.SIGNATURES):
        from pipeline.read.packages import read_package

        return read_package(data, where, called)
    if kind := kind_of_bytes(data):
        from pipeline.read.packages import refuse, refuse_old_office

        if kind.kind == "ole":
            refuse_old_office(data, where)
        refuse(kind, where)
    check_text(data, where)
    if is_mht(data):
        from pipeline.read.mht import read_mht

        return read_mht(data, where)
    if called and called.kind in PROMISED:
        # Often a server's page that says why there is no file.
        raise HakushoError(f"{where}: is not {called.name}, though its name says so: get it again")
    if is_html(data) or (called and called.kind == "html"):
        from pipeline.read.html import read_html

        return read_html(data, where)
    return _text(data, where, called)


def _text(data: bytes, where: str, called: Kind | None) -> Extract:
    """Return the text of what is characters and no page."""
    name = called.kind if called else ""
    if is_xml(data):
        from pipeline.read.xml_kinds import read_xml

        return read_xml(data, where)
    if name == "json" or is_json(data):
        from pipeline.read.json_kinds import read_json

        if (found := read_json(data, where, certain=name == "json")) is not None:
            return found
    if name == "xml":
        raise HakushoError(f"{where}: is not XML, though its name says so: get it again")
    if name == "csv":
        from pipeline.read.separated import read_separated

        return read_separated(data, where)
    if name == "markdown":
        from pipeline.read.markdown import read_markdown

        return read_markdown(data, where)
    text, encoding = decode(data, where)
    return Extract(text, encoding, "text")
