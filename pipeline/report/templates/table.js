"use strict";
// Tables that sort: what every page with a table needs.
const readable = new Intl.Collator("ja", { numeric: true });
/** The first language of the browser that the page has; Japanese where it asks for neither. */
const ofBrowser = () => (navigator.languages ?? []).map((name) => name.slice(0, 2)).find((name) => ["ja", "en"].includes(name)) ?? "ja";

function sort(head) {
  const number = head.matches(".number");
  const direction = { ascending: "descending", descending: "ascending" }[head.getAttribute("aria-sort")]
    ?? (number ? "descending" : "ascending");
  const sign = direction === "ascending" ? 1 : -1;
  const body = head.closest("table").tBodies[0];
  const keyed = [...body.rows].map((row) => {
    const at = row.cells[head.cellIndex];
    return [number ? Number(at.dataset.key ?? at.textContent.replaceAll(",", "")) : at.dataset.key ?? at.textContent, row];
  });
  keyed.sort((a, b) => sign * (number ? a[0] - b[0] : readable.compare(a[0], b[0])));
  for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", direction);
  body.append(...keyed.map(([, row]) => row));
}
