// Tables: sorted on a page, and saved as CSV.
const readable = new Intl.Collator("ja", { numeric: true });

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

document.addEventListener("click", (event) => {
  const head = event.target.closest("table.sortable thead th");
  if (head) sort(head);
});

/** A cell as the tables of a run have it: a text that a spreadsheet would run gets an apostrophe before it. */
function csvCell(value) {
  const runs = typeof value === "string" && /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(value);
  const text = runs ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Saves rows as the tables of a run are written: UTF-8 with a byte-order mark. */
function saveCsv(file, heads, rows) {
  const lines = [heads, ...rows].map((row) => row.map(csvCell).join(","));
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([`\uFEFF${lines.join("\n")}\n`], { type: "text/csv" }));
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
