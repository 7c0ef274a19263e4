"""What a reader asks of ``hakusho.sqlite``: the answers that the explorer's page gives of its own data."""

# ruff: noqa: S608 -- what is put into a query is of ours; what a page says is a parameter

from __future__ import annotations

import threading
from math import log
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.names import fold, place_in
from pipeline.report.explore import official_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.datapackage.run_names import RunNames

    Query = Mapping[str, Any]
    Line = tuple[str, str, str, bool, int, str]

BESIDE = 100  # as in the page (templates/explore_shown.js)
# The mentions are chosen before their sentences are looked up.
LINES = """
SELECT m.surface, o.start, m.d, t.surface, t.text, t.start, t.section
FROM (
    SELECT m.*, doc.year AS spoken FROM mention m JOIN doc USING (d) WHERE {where} ORDER BY {order} LIMIT ?
) m
JOIN run.mentions o ON o.rowid = m.of
JOIN run.sentences t ON (t.doc_id, t.sentence_id) = (o.doc_id, o.sentence_id)
ORDER BY {order}
"""
ORDERS = {"left": "before, m", "right": "behind, m", "year": "ifnull(spoken, 0), m"}
# What the filters of a name's page ask of a mention.
FILTERS = {
    "year": "m.d IN (SELECT d FROM doc WHERE year = ?)",
    "document": "m.d = ?",
    "publisher": "m.d IN (SELECT d FROM doc WHERE publisher = ?)",
    "text": "m.surface = ?",
    "article": "m.place = ?",
    "near": "m.s IN (SELECT s FROM mention WHERE n = ?)",
}


class Answers:
    """A run's database, and the answers to what its explorer asks.

    Attributes:
        documents: What the page says of each.
        labels: Those of the run.
        counts: How many names there are, and how many mentions.
    """

    def __init__(self, names: RunNames) -> None:
        """Answer from the names of a run and its database."""
        self.documents, self.labels, self.counts = names.documents, names.labels, names.counts
        self._base, self._lock = names.base, threading.Lock()
        self._asked: dict[str, Callable[[Query], Any]] = {
            "find": self.find, "name": self.name, "beside": self.beside, "lines": self.lines,
            "dates": self.dates, "compare": self.compare,
        }  # fmt: skip

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            self._base.close()

    def answer(self, what: str, query: Query) -> Any:
        """Return the answer to a question of the page.

        Args:
            what: ``find``, ``name``, ``beside``, ``lines``, ``dates`` or ``compare``.
            query: What the page says beside it.

        Raises:
            KeyError: There is no such question, or it lacks something.
            sqlite3.Error: The query has other values than the page would send, or the database is damaged.
        """
        with self._lock:
            return self._asked[what](query)

    def find(self, query: Query) -> dict[str, Any]:
        """Return how many names have a text in one of their forms, and the first of them."""
        text, off = fold(query["text"].strip()), query["off"]
        where = f"WHERE label NOT IN ({', '.join('?' * len(off))}) AND instr(hay, ?)"
        order = "ORDER BY folded = ? DESC, count DESC, n LIMIT ?"
        (count,) = self._base.execute(f"SELECT count(*) FROM name {where}", [*off, text]).fetchone()
        given = [*off, text, text, query["limit"]]
        names = self._base.execute(f"SELECT n, label, name, count FROM name {where} {order}", given)
        return {"count": count, "names": names.fetchall()}

    def name(self, query: Query) -> dict[str, Any] | None:
        """Return what the page of a name shows beside its sentences."""
        of = self._base.execute(
            "SELECT label, name, kind, act, count FROM name WHERE n = ?", [query["name"]]
        ).fetchone()
        if of is None:
            return None
        label, name, kind, act, count = of
        near = self._base.execute("SELECT name FROM name WHERE n = ?", [query["near"]]).fetchone()
        return {
            "label": label, "name": name, "kind": kind, "count": count, "near": near[0] if near else "",
            "over": self._over(label, name, act),
            "forms": self._counted(query, "surface", "count(*) DESC, min(m)"),
            "years": self._held(query, "doc.year"),
            "documents": self._held(query, "d"),
            "articles": self._counted(query, "nullif(place, '')", "count(*) DESC, min(m)"),
            "ends": self._ends(query),
            "beside": self.beside(query)[:BESIDE],
        }  # fmt: skip

    def _over(self, label: str, name: str, act: str) -> list[tuple[str, str, str, int | None, int]]:
        same = self._base.execute("SELECT name FROM name WHERE act = ? AND act <> '' ORDER BY n", [act])
        found = []
        for line in official_names(label, name, [other for (other,) in same]):
            known = self._base.execute(
                "SELECT n, count FROM name WHERE (label, name) = (?, ?)", [label, line[0]]
            )
            found.append((*line, *(known.fetchone() or (None, 0))))
        return found

    def _counted(self, query: Query, key: str, order: str) -> list[tuple[Any, int]]:
        return self._base.execute(
            f"SELECT {key}, count(*) FROM mention JOIN doc USING (d) WHERE n = ? AND {key} IS NOT NULL "
            f"GROUP BY 1 ORDER BY {order}",
            [query["name"]],
        ).fetchall()

    def _held(self, query: Query, key: str) -> list[tuple[Any, int]]:
        return self._base.execute(
            f"SELECT {key}, sum(count) FROM held JOIN doc USING (d) WHERE n = ? AND {key} IS NOT NULL "
            "GROUP BY 1 ORDER BY 1",
            [query["name"]],
        ).fetchall()

    def _ends(self, query: Query) -> list[Line]:
        orders = ("spoken IS NULL, spoken, m", "spoken IS NULL, spoken DESC, m DESC")
        found = (self._lines("m.n = ?", [query["name"]], order, 1) for order in orders)
        return [line for lines in found for line in lines]

    def beside(self, query: Query) -> list[tuple[int, str, str, int]]:
        """Return the names in the same sentences, and in how many of these; the most frequent first."""
        where, given = _chosen(query)
        return self._base.execute(
            "SELECT n, label, name, found FROM (SELECT b.n, count(DISTINCT b.s) AS found FROM "
            f"(SELECT DISTINCT s FROM mention m WHERE {where}) a JOIN mention b USING (s) WHERE b.n <> ? "
            "GROUP BY b.n) JOIN name USING (n) ORDER BY found DESC, n",
            [*given, query["name"]],
        ).fetchall()

    def lines(self, query: Query) -> dict[str, Any]:
        """Return how many mentions of a name the filters leave, and the first with their sentences."""
        where, given = _chosen(query)
        (count,) = self._base.execute(f"SELECT count(*) FROM mention m WHERE {where}", given).fetchone()
        limit = count if query["rows"] is None else query["rows"]
        order = ORDERS.get(query["order"], "m")
        return {"count": count, "rows": list(self._lines(where, given, order, limit))}

    def _lines(self, where: str, given: list[Any], order: str, limit: int) -> Iterator[Line]:
        lines = LINES.format(where=where, order=order)
        for surface, start, d, shown, raw, begins, section in self._base.execute(lines, [*given, limit]):
            shown = shown or ""
            at = place_in(surface, str(start), shown, raw or "", str(begins))
            parts = (shown, surface, "", False)
            if at >= 0:
                end = at + len(surface)
                parts = (shown[:at], shown[at:end], shown[end:], True)
            yield (*parts, d, section or "")

    def dates(self, query: Query) -> dict[str, Any]:
        """Return how often the texts speak of each decade and year, and the dates of those that are open."""
        decade, year = query["decade"], query["year"]
        first, last = (decade, decade + 9) if decade is not None else (0, 9999)
        years = "SELECT year, count(*) FROM mention WHERE year BETWEEN ? AND ? GROUP BY year ORDER BY year"
        open_ = (first, last) if year is None else (max(first, year), min(last, year))
        limit = -1 if query["limit"] is None else query["limit"]
        return {
            "decades": self._base.execute(
                "SELECT year / 10 * 10, count(*) FROM mention WHERE year IS NOT NULL GROUP BY 1 ORDER BY 1"
            ).fetchall(),
            "years": self._base.execute(years, (first, last)).fetchall(),
            "names": self._base.execute(
                "SELECT n, label, name, found FROM (SELECT n, count(*) AS found FROM mention "
                "WHERE year BETWEEN ? AND ? GROUP BY n) JOIN name USING (n) ORDER BY found DESC, n LIMIT ?",
                (*open_, limit),
            ).fetchall(),
        }

    def compare(self, query: Query) -> list[tuple[Any, ...]]:
        """Return the counts and rates of names on two sides, those that differ most first."""
        sides = [self._side(query[key]) for key in ("a", "b")]
        sums = [sum(self.documents[d]["characters"] for d in side) or 1 for side in sides]
        counts: dict[int, list[int]] = {}
        for number, side in enumerate(sides):
            marks = ", ".join(map(str, side)) or "NULL"
            for n, count in self._base.execute(
                f"SELECT n, sum(count) FROM held WHERE d IN ({marks}) GROUP BY n"
            ):
                counts.setdefault(n, [0, 0])[number] = count
        names = self._base.execute("SELECT n, label, name FROM name WHERE ? IN ('', label)", [query["label"]])
        rows = [
            (n, label, name, a, b, a / sums[0] * 1e4, b / sums[1] * 1e4, likelihood(a, b, *sums))
            for n, label, name in names
            if n in counts
            for a, b in (counts[n],)
        ]  # fmt: skip
        return sorted(rows, key=lambda row: (-abs(row[7]), row[0]))[: query["limit"]]

    def _side(self, key: str) -> list[int]:
        if key[0] == "d":
            return [int(key[1:])]
        return [d for d, doc in enumerate(self.documents) if doc["publisher"] == key[1:]]


def _chosen(query: Query) -> tuple[str, list[Any]]:
    """Return the condition on the mentions that the filters of a page leave, and its values."""
    wanted = {key: query[key] for key in FILTERS if query.get(key) is not None}
    return " AND ".join(["m.n = ?", *(FILTERS[key] for key in wanted)]), [query["name"], *wanted.values()]


def likelihood(a: int, b: int, sum_a: int, sum_b: int) -> float:
    """Return Dunning's log-likelihood (1993) of two counts in two sums; above zero the first has more."""
    share = (a + b) / (sum_a + sum_b)
    value = 2 * sum(count * log(count / (size * share)) for count, size in ((a, sum_a), (b, sum_b)) if count)
    return value if a / sum_a >= b / sum_b else -value
