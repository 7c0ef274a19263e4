"""Packages made by hand as Word, Excel and makers of books write them: only what matters stands in them."""

from __future__ import annotations

import io
import zipfile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET_1 = '<sheet name="Sheet1" sheetId="1" r:id="worksheet1"/>'
FORM = "application/vnd.openxmlformats-officedocument"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="節の見出し"/><w:basedOn w:val="2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="cap"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _package(main: str, kind: str, parts: dict[str, str], relations: dict[str, str]) -> bytes:
    links = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{name.rstrip("0123456789")}" Target="{target}"/>'
        for name, target in relations.items()
    )
    folder, _, name = main.rpartition("/")
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Override PartName="/{main}" ContentType="{FORM}.{kind}.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="/{main}"/></Relationships>',
            f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
            **{f"{folder}/{name}": content for name, content in parts.items()},
        }
    )


def docx(body: str, *, numbering: str = "", foot: str = "", end: str = "", space: str = WORD) -> bytes:
    """Return a Word document; ``foot`` and ``end`` are its notes, which have the ids 1, 2 …, parted by ``|``."""
    named = {"styles": STYLES, "numbering": numbering, "footnotes": "", "endnotes": ""}
    for kind, texts in (("footnote", foot), ("endnote", end)):
        notes = texts.split("|") if texts else []
        named[f"{kind}s"] = f'<w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>' + "".join(
            f'<w:{kind} w:id="{n}">{p(f"<w:r><w:{kind}Ref/></w:r>" + r(text))}</w:{kind}>'
            for n, text in enumerate(notes, 1)
        )
    parts = {"document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'}
    parts |= {f"{k}.xml": f'<w:{k} xmlns:w="{space}">{v}</w:{k}>' for k, v in named.items()}
    return _package("word/document.xml", "wordprocessingml.document", parts, {k: f"{k}.xml" for k in named})


def r(text: str, properties: str = "") -> str:
    """Return a run of a Word document."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of a Word document."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs if runs.startswith('<') else r(runs)}</w:p>"


def in_list(text: str, level: int = 0, num_id: int = 1) -> str:
    """Return a paragraph that is a member of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def levels(*forms: tuple[str, str]) -> str:
    """Return a numbering with one list, whose levels have these forms and texts."""
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(forms)
    )
    return f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def xlsx(
    rows: str, *, shared: str = "", forms: str = "", merged: str = "", sheets: str = "", space: str = SHEET
) -> bytes:
    """Return an Excel workbook with one sheet; ``forms`` are the styles of its cells, ``sheets`` what it lists."""
    parts = {
        "workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{OFFICE}"><sheets>'
        f"{sheets or SHEET_1}</sheets></workbook>",
        "worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{merged}</worksheet>',
        "sharedStrings.xml": f'<sst xmlns="{space}">{shared}</sst>',
        "styles.xml": f'<styleSheet xmlns="{space}">{forms}</styleSheet>',
    }
    named = {
        "worksheet1": "worksheets/sheet1.xml",
        "sharedStrings": "sharedStrings.xml",
        "styles": "styles.xml",
    }
    return _package("xl/workbook.xml", "spreadsheetml.sheet", parts, named)


def text_row(number: int, *cells: str) -> str:
    """Return a row of a sheet whose cells are texts."""
    made = (
        f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' if cell else ""
        for n, cell in enumerate(cells)
    )
    return f'<row r="{number}">{"".join(made)}</row>'


def epub(pages: dict[str, str], spine: list[str], *, title: str = "白書") -> bytes:
    """Return a book whose chapters stand in the order of ``spine``."""
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    order = "".join(f'<itemref idref="{name}"/>' for name in spine)
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></metadata><manifest>{items}</manifest><spine>{order}</spine></package>",
    }
    return zipped(parts | {f"OEBPS/{name}": page for name, page in pages.items()})
