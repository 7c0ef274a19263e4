"""What is written quickly is what the plain way writes, byte for byte."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.datapackage.standing import _cells, _of_csv
from pipeline.export.indented import indented
from pipeline.export.schema import whole_text
from pipeline.model.cells import csv_lines, defused
from pipeline.report.pages import shown, to_json

TEXT = st.text(st.characters() | st.sampled_from("=+-@＝＠'\",\n\r\t\0<>&\u2028\u202e"), max_size=8)
SCALAR = TEXT | st.integers() | st.none() | st.booleans() | st.floats(0, 1)
VALUE = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)


@settings(deadline=None)
@given(VALUE)
def test_json_is_indented_as_the_library_does(value: object) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)
    margin = json.dumps([value], ensure_ascii=False, indent=1)
    assert f"[\n {indented(value, chr(10) + ' ')}\n]" == margin


@settings(deadline=None)
@given(st.lists(st.lists(TEXT | st.integers() | st.none(), min_size=1, max_size=4), max_size=4))
def test_each_cell_that_may_run_is_defused(rows: list[list[str | int | None]]) -> None:
    wanted = ""
    for row in rows:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\r\n").writerow([defused(cell) for cell in row])
        wanted += stream.getvalue()[:-2] + "\n"
    assert csv_lines(rows) == wanted


@settings(deadline=None)
@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=4), st.booleans())
def test_a_table_is_read_back_as_the_library_does(rows: list[list[str]], edited: bool) -> None:
    """Also where an editor made other ends of lines, and left empty ones."""
    table = csv_lines(rows)
    text = table.replace("\n", "\r\n\r\n") if edited else table
    assert list(_cells(text)) == list(filter(None, csv.reader(io.StringIO(text, newline=""))))
    if not edited and len({len(row) for row in rows}) == 1:
        head, found, unread = _of_csv(text.encode("utf-8-sig", "surrogatepass"))
        assert unread is None
        assert [[*head], *map(list, found)] == [
            [whole_text(cell) for cell in (map(defused, row) if at == 0 else row)]
            for at, row in enumerate(rows)
        ]


@settings(deadline=None)
@given(TEXT)
def test_nothing_in_a_text_or_a_script_ends_its_element(text: str) -> None:
    assert not {"<", ">", "&", "\u2028"} & set(to_json(text))
    assert json.loads(to_json(text)) == text
    if shown(text) == text:
        assert not set("<>&\"'\n\r\0\u202e") & set(text)
