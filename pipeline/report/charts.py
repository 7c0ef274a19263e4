"""Charts of the page as SVG: dates by time, and organizations by law.

Each mark links to ``#set-…``, a set of mentions that the page shows when it is chosen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.model.shown import style_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model.entity import Entity

    Sets = dict[str, tuple[str, list[int]]]
    _Places = defaultdict[str, set[int]]

BINS = 80  # 決め打ち: more bars than that are too thin to choose
ORGANIZATIONS, LAWS = 15, 12  # rows and columns of the matrix
BESIDE = ("ORG", "LAW")  # whose names the matrix counts beside each other
_WIDTHS = (1, 5, 10, 25, 50, 100, 500)  # years of a bar
_INK, _GRID = "#1d2330", "#dfe3ea"
_SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<defs>
</defs>
{lines}</svg>"""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, with a title and places in the page's data for each of its marks."""

    name: str
    svg: str
    sets: Sets


def draw_all(entities: Sequence[Entity]) -> list[Chart]:
    """Draw the charts for which there is something to draw."""
    return [chart for chart in (_timeline(entities), _matrix(entities)) if chart]


def _timeline(entities: Sequence[Entity]) -> Chart | None:
    years: dict[int, list[int]] = defaultdict(list)
    for index, entity in enumerate(entities):
        if entity.start_date[:4].isdecimal():
            years[int(entity.start_date[:4])].append(index)
    if not years:
        return None
    first, last = min(years), max(years)
    width = next((w for w in _WIDTHS if (last - first) // w < BINS), _WIDTHS[-1])
    bars: dict[int, list[int]] = {start: [] for start in range(first - first % width, last + 1, width)}
    for year, members in years.items():
        bars[year - year % width] += members
    titles = {start: str(start) if width == 1 else f"{start}–{start + width - 1}" for start in bars}
    sets = {f"t{start}": (titles[start], sorted(members)) for start, members in bars.items() if members}
    return Chart("timeline", _bars({start: len(members) for start, members in bars.items()}, titles), sets)


def _bars(counts: dict[int, int], titles: dict[int, str]) -> str:
    width, height, left, top = 800, 200, 40, 14
    most = max(counts.values())
    step = (width - left - 10) / len(counts)
    unit = (height - top - 24) / most
    drawing: list[Element] = []
    for tick in sorted({0, most // 2, most}):
        y = height - 24 - tick * unit
        drawing.append(_line(left, width - 10, y))
        drawing.append(_text(str(tick), left - 6, y + 4, text_anchor="end", fill=_INK))
    years = 44 / step * (max(counts) - min(counts) + 1) / len(counts)  # that one label needs
    labelled = next((n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n >= years), 1000)
    for place, (start, count) in enumerate(counts.items()):
        x = left + place * step
        if count:
            whole = _rectangle(x, top, step, height - top - 24, fill="transparent")
            over = height - 24 - count * unit
            bar = _rectangle(x + step * 0.1, over, step * 0.8, count * unit, fill=style_of("DATE").colour)
            drawing.append(_link(f"t{start}", f"{titles[start]}: {count}", whole, bar))
        if start % labelled == 0:
            drawing.append(_text(str(start), x + step / 2, height - 8, text_anchor="middle", fill=_INK))
    return _svg(width, height, drawing)


def _matrix(entities: Sequence[Entity]) -> Chart | None:
    """Draw how many sentences name an organization and a law together."""
    named: dict[str, tuple[_Places, _Places]] = defaultdict(lambda: (defaultdict(set), defaultdict(set)))
    for index, entity in enumerate(entities):
        if entity.sentence_id and entity.label in BESIDE:
            for name in entity.norm.split("|"):
                named[entity.sentence_id][BESIDE.index(entity.label)][name].add(index)
    # A sentence may name thousands of both: only the pairs that are shown are made.
    both = [(bodies, laws) for bodies, laws in named.values() if bodies and laws]
    if not both:
        return None
    rows = _largest(((body, len(laws)) for bodies, laws in both for body in bodies), ORGANIZATIONS)
    shown = set(rows)
    beside = [(laws, len(shown & bodies.keys())) for bodies, laws in both]
    columns = _largest(((law, count) for laws, count in beside if count for law in laws), LAWS)
    across = set(columns)
    cells: dict[tuple[str, str], list[set[int]]] = defaultdict(list)
    for bodies, laws in both:
        here = [body for body in bodies if body in shown]
        for law in (law for law in laws if law in across):
            for body in here:
                cells[body, law].append(bodies[body] | laws[law])
    sets = {
        f"p{rows.index(body)}-{columns.index(law)}": (f"{body} × {law}", sorted(set().union(*found)))
        for (body, law), found in cells.items()
    }
    return Chart("matrix", _cells({pair: len(found) for pair, found in cells.items()}, rows, columns), sets)


def _largest(counted: Iterable[tuple[str, int]], limit: int) -> list[str]:
    counts: Counter[str] = Counter()
    for name, count in counted:
        counts[name] += count
    return [name for name, _ in counts.most_common(limit)]


def _cells(counts: dict[tuple[str, str], int], rows: list[str], columns: list[str]) -> str:
    left, top, wide, high = 250, 170, 46, 27
    drawing: list[Element] = []
    for place, name in enumerate(columns):
        x = left + wide * (place + 0.5)
        turned = f"rotate(-40 {x} {top - 10})"
        drawing.append(_text(_short(name), x, top - 10, fill=_INK, transform=turned))
    for place, name in enumerate(rows):
        y = top + high * (place + 0.5) + 4
        drawing.append(_text(_short(name), left - 8, y, text_anchor="end", fill=_INK))
        drawing.append(_line(left, left + wide * len(columns), y + high / 2 - 4))
    most = max(counts.values())
    for (row, column), count in counts.items():
        i, j = rows.index(row), columns.index(column)
        strong = count > most / 2 and most > 1
        fill = "#00513c" if strong else "#bfe3d6" if count > most / 4 else "#e0f1eb"
        box = _rectangle(left + wide * j + 1, top + high * i + 1, wide - 2, high - 2, rx=3, fill=fill)
        x, y = left + wide * (j + 0.5), top + high * (i + 0.5) + 4
        figure = _text(str(count), x, y, text_anchor="middle", fill="#fff" if strong else _INK)
        drawing.append(_link(f"p{i}-{j}", f"{row} × {column}: {count}", box, figure))
    return _svg(left + wide * len(columns) + 150, top + high * len(rows) + 8, drawing)


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= 19 else name[:18] + "…"


def _element(tag: str, **values: Any) -> Element:
    """Return an element; the values are written as Python writes them, ``text_anchor`` as ``text-anchor``."""
    return Element(tag, {name.replace("_", "-"): str(value) for name, value in values.items()})


def _line(left: float, right: float, y: float) -> Element:
    return _element("path", d=f"M{left},{y} L{right},{y}", stroke=_GRID)


def _rectangle(x: float, y: float, width: float, height: float, **more: Any) -> Element:
    return _element("rect", x=x, y=y, width=width, height=height, **more)


def _text(text: str, x: float, y: float, **more: Any) -> Element:
    found = _element("text", x=x, y=y, font_size=12, **more)
    found.text = text
    return found


def _link(key: str, title: str, *marks: Element) -> Element:
    link = _element("a", href=f"#set-{key}")
    SubElement(link, "title").text = title
    link.extend(marks)
    link.text = "\n"
    for part in link:
        part.tail = "\n"
    return link


def _svg(width: int, height: int, drawing: Iterable[Element]) -> str:
    lines = "".join(f"{_written(element)}\n" for element in drawing)
    return _SVG.format(width=width, height=height, lines=lines)


def _written(element: Element) -> str:
    return tostring(element, encoding="unicode", short_empty_elements=element.tag != "text")
