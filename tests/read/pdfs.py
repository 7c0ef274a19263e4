"""PDFs written by hand, byte by byte: what printers and scanners make of a page."""

from __future__ import annotations

import zlib

PICTURE = "q 500 0 0 700 40 40 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x00\x7f\xff\x20 EI Q"
CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def
1 begincodespacerange <0000> <ffff> endcodespacerange
{count} beginbfchar {pairs} endbfchar endcmap end end"""


def typed(text: str, codes: dict[str, int], size: int = 12) -> str:
    """Return the operators that draw ``text``, a line below the other, with the letters' codes in the font."""
    drawn = [f"<{''.join(f'{codes[c]:04x}' for c in line)}> Tj T*" for line in text.split("\n")]
    return f"BT /F1 {size} Tf {size * 2} TL 60 700 Td {' '.join(drawn)} ET"


def pdf(pages: list[str], unicode: dict[int, str] | None, *, ordering: str = "Identity") -> bytes:
    """Return a PDF of ``pages`` (operators), all in one CID font.

    Args:
        pages: What is drawn on each.
        unicode: The letters that the font's codes mean, as it says itself; None where it does not say.
        ordering: The character collection: ``Japan1`` tells what its codes mean, ``Identity`` nothing.
    """
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    to_unicode = " /ToUnicode 6 0 R" if unicode else ""
    system = f"<< /Registry (Adobe) /Ordering ({ordering}) /Supplement 2 >>"
    box = "/FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 800 /StemV 80"
    composite = "/Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [4 0 R]"
    objects += [
        f"<< /Type /Font {composite}{to_unicode} >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo {system} /FontDescriptor 5 0 R /DW 1000 >>",
        f"<< /Type /FontDescriptor /FontName /Made /Flags 4 {box} >>",
    ]
    pairs = " ".join(
        f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for code, char in (unicode or {}).items()
    )
    objects.append(_stream(CMAP.format(count=len(unicode or {}), pairs=pairs)))
    kids = []
    for page in pages:
        objects.append(_stream(page))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return assembled(objects)


def assembled(objects: list[str]) -> bytes:
    """Return the file of numbered objects; the first is the catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def _stream(content: str) -> str:
    packed = zlib.compress(content.encode("latin-1")).decode("latin-1")
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed}\nendstream"


def draws_itself() -> bytes:
    """Return a PDF of a form that draws itself twice: PDFium recurses until its memory is gone."""
    drawn = "/X Do /X Do BT /F1 10 Tf 50 700 Td (Law of 2014) Tj ET"
    form = f"/Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
    fonts = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    resources = f"/Resources << {fonts} /XObject << /X 5 0 R >> >>"
    return assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents 4 0 R >>",
            _stream("/X Do"),
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources} {form}",
        ]
    )


def drawn_letters(text: str, flat: str) -> bytes:
    """Return a PDF whose letters are drawings (Type 3), as browsers print some; those of ``flat`` are low strokes."""
    chars = sorted(set(text))
    procs, names, pairs = [], [], []
    for code, char in enumerate(chars, 1):
        low, high = (330, 410) if char in flat else (-80, 840)
        stroke = f"1000 0 40 {low} 960 {high} d1 40 {low} 920 {high - low} re f"
        procs.append(f"/g{code} {6 + code} 0 R")
        names.append(f"/g{code}")
        pairs.append((f"<{code:02x}> <{char.encode('utf-16-be').hex()}>", stroke))
    cmap = CMAP.format(count=len(chars), pairs=" ".join(pair for pair, _ in pairs))
    cmap = cmap.replace("<0000> <ffff>", "<00> <ff>")
    codes = "".join(f"{chars.index(char) + 1:02x}" for char in text)
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0] "
        f"/FirstChar 1 /LastChar {len(chars)} /Widths [{' '.join(['1000'] * len(chars))}] "
        f"/Encoding << /Type /Encoding /Differences [1 {' '.join(names)}] >> "
        f"/CharProcs << {' '.join(procs)} >> /ToUnicode 5 0 R >>"
    )
    page = "/MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 6 0 R >> >>"
    return assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R {page} >>",
            _stream(f"BT /F1 10 Tf 60 700 Td <{codes}> Tj ET"),
            _stream(cmap),
            font,
            *[_stream(stroke) for _, stroke in pairs],
        ]
    )
