"""Packages: the kind of a ZIP archive that is one document (Word, Excel, a book).

And what old Office files are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from pipeline.model.errors import HakushoError
from pipeline.read.archive import Archive
from pipeline.read.docx import read_docx
from pipeline.read.epub import read_epub
from pipeline.read.intake import MOST_TEXT
from pipeline.read.kinds import kinds
from pipeline.read.office import relations
from pipeline.read.workbook import read_workbook
from pipeline.read.xml_events import events

if TYPE_CHECKING:
    from pipeline.read.kinds import Kind
    from pipeline.read.pieces import Extract

# The streams by which an old Office file is known, as its directory names them.
STREAMS = (
    ("EncryptedPackage", ""),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("HwpSummaryInformation", "hwp"),
    ("__properties_version1.0", "msg"),
    ("DocumentText", "jtd"),
)
# The content of the member 'mimetype' of a book or an OpenDocument file.
MIME_TYPES = (
    ("application/epub", "epub"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
    ("application/hwp", "hwp"),
)
# The kind of an Office document by the type that its main part has.
MAIN_TYPES = (
    ("wordprocessingml", "docx"),
    ("ms-word", "docx"),
    ("spreadsheetml", "xlsx"),
    ("ms-excel.sheet.macro", "xlsx"),
    ("ms-excel.template.macro", "xlsx"),
    ("ms-excel", "xls"),
    ("presentationml", "pptx"),
    ("ms-powerpoint", "pptx"),
)


def read_package(data: bytes, where: str, called: Kind | None) -> Extract:
    """Return the text of a document that is a ZIP archive inside.

    Args:
        data: The whole file.
        where: What an error calls it.
        called: The kind that its name says.

    Raises:
        HakushoError: It is damaged, holds no text, or is of a kind that is not read.
    """
    archive = Archive(data, where, MOST_TEXT)
    kind, main = _kind(archive, where)
    if kind == "docx":
        return read_docx(archive, main, where)
    if kind == "xlsx":
        return read_workbook(archive, main, where)
    if kind == "epub":
        return read_epub(archive, where)
    if kind:
        refuse(kinds()[kind], where)
    if called and called.kind not in ("zip", "text"):
        raise HakushoError(
            f"{where}: is a ZIP archive and not {called.name}, though its name says so: get it again"
        )
    raise HakushoError(
        f"{where}: is a ZIP archive: give it to 'hakusho run' under a name that ends in .zip, "
        "or give a member of it, such as texts.zip/a.txt"
    )


def _kind(archive: Archive, where: str) -> tuple[str, str]:
    """Return the kind of a package, nothing if it is a mere archive.

    And of an Office document its main part.
    """
    if "[Content_Types].xml" in archive:
        main = next(
            (r.target for r in relations(archive, "", where).values() if r.kind == "officeDocument"), ""
        )
        return _office(archive, main, where), main
    mime = archive.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in archive else ""
    found = next((kind for begin, kind in MIME_TYPES if mime.startswith(begin)), "")
    if not found and "META-INF/container.xml" in archive:
        found = "epub"
    if not found and any(name.endswith(".iwa") for name in archive.members):
        found = "pages"
    return found, ""


def _office(archive: Archive, main: str, where: str) -> str:
    declared = ""
    for what, name, _, attributes in events(archive.read("[Content_Types].xml"), where):
        if what == "start" and name == "Override" and attributes.get("PartName", "").lstrip("/") == main:
            declared = attributes.get("ContentType", "")
    kind = next((kind for part, kind in MAIN_TYPES if part in declared), "")
    if not main or main not in archive or not (kind or declared):
        raise HakushoError(f"{where}: is a damaged Office document (its main part is missing): get it again")
    if not kind:
        raise HakushoError(f"{where}: is an Office document that is not read: save it as .docx, .xlsx or PDF")
    return kind


def refuse_old_office(data: bytes, where: str) -> NoReturn:
    """Say what an Office file of the time before 2007 is, or one with a password, and what to do.

    Raises HakushoError.
    """
    kind = next((kind for stream, kind in STREAMS if stream.encode("utf-16-le") in data), "ole")
    if not kind:
        raise HakushoError(f"{where}: is an Office document with a password: save a copy without one")
    refuse(kinds()[kind], where)


def refuse(kind: Kind, where: str) -> NoReturn:
    """Say that a kind of files is not read, and what to do with one; raises HakushoError."""
    raise HakushoError(f"{where}: is {kind.name}, which is not read: {kind.way_out}")
