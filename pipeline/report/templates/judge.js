// What the reader judges. The log only grows; the last entry about a mention counts (see docs/review.md).
const FIELDS = ["label", "start", "end", "text", "norm", "value", "mod", "article", "paragraph", "item"];
const LOG_COLUMNS = ["doc_id", "action", "at_label", "at_start", "at_end", ...FIELDS, "note", "who", "when"];
const found = rows.length;
const log = [];
const current = new Map();
const past = []; // for undo: a mention's key, and what was said of it before
const keyAt = (entry) => `${entry.at_label}:${entry.at_start}-${entry.at_end}`;
const keyOf = (i) => `${cell(i, "label")}:${cell(i, "start")}-${cell(i, "end")}`;
const keysOf = rows.map((_, i) => keyOf(i));
const byKey = new Map(keysOf.map((key, i) => [key, i]));
const judgementOf = (i) => current.get(keysOf[i]);
const original = (i) => Object.fromEntries(FIELDS.map((name) => [name, cell(i, name)]));
const effective = (i) => (["change", "add"].includes(judgementOf(i)?.action) ? judgementOf(i) : original(i));

function storeKey() {
  return `log:${data.doc.id}:${data.doc.sha256}`;
}

/** Makes room for a mention that the run did not find. */
function grow(entry) {
  const row = columns.map((name) => (FIELDS.includes(name) ? entry[name] : ""));
  const i = rows.push(row) - 1;
  row[column.entity_id] = `new-${i - found + 1}`;
  row[column.doc_id] = data.doc.id;
  [row[column.surface], row[column.confidence]] = [entry.text, 1];
  parts.push([]);
  isOff.push(false);
  hay.push(fold(`${entry.text}\n${entry.norm}\n${entry.value}`));
  keysOf.push(keyAt(entry));
  byKey.set(keysOf[i], i);
  byId.set(row[column.entity_id], i);
}

/** Draws mention i as it is judged now: on its own marks, and on fresh ones where its span is new. */
function dress(i) {
  const now = judgementOf(i);
  const { label, start, end } = effective(i);
  for (const mark of parts[i].filter((part) => part.matches(".fresh"))) mark.replaceWith(...mark.childNodes);
  parts[i] = parts[i].filter((part) => !part.matches(".fresh"));
  const moved = now?.action === "change" && (start !== cell(i, "start") || end !== cell(i, "end"));
  for (const mark of parts[i]) mark.classList.toggle("moved", moved);
  if (moved || now?.action === "add") parts[i].push(...wrap(i, start, end));
  for (const mark of parts[i]) {
    mark.dataset.label = label;
    mark.className = mark.className.replace(/(label|j)-\w+ ?/g, "").trim();
    mark.classList.add(`label-${label}`, ...(now ? [`j-${now.action}`] : []));
    mark.classList.toggle("off", isOff[i]);
    mark.classList.toggle("chosen", i === chosen);
  }
}

/** Takes an entry of the log into the state of the page. */
function take(entry) {
  log.push(entry);
  const key = keyAt(entry);
  if (entry.action === "undo") current.delete(key);
  else current.set(key, entry);
  if (!byKey.has(key)) grow(entry);
  dress(byKey.get(key));
}

function refresh() {
  order = rows.map((_, i) => i).filter((i) => i < found || judgementOf(i))
    .sort((a, b) => effective(a).start - effective(b).start || a - b);
  if (chosen >= found && !judgementOf(chosen)) choose(-1);
  $("judged").textContent = `${current.size} ${word("judged_count")}`;
  $("download").disabled = !log.length;
  $("undo").disabled = !past.length;
  if (!data.service) $("saved").textContent = log.length ? word("kept") : "";
  describe();
  fill();
}

/** Says something of a mention, keeps it, and shows it. */
function say(entry, undoing = false) {
  const key = keyAt(entry);
  if (!undoing) past.push([key, current.get(key)]);
  const full = { doc_id: data.doc.id, ...entry, who: $("who").value.trim(), when: new Date().toISOString().slice(0, 19) + "Z" };
  take(full);
  refresh();
  filter();
  if (data.service) send(full);
  else remember(storeKey(), JSON.stringify(log));
}

function at(i) {
  const [label, start, end] = [cell(i, "label"), cell(i, "start"), cell(i, "end")];
  return { at_label: label, at_start: start, at_end: end };
}

function judge(action) {
  if (chosen < 0) return;
  if (chosen >= found) {
    if (action === "reject") say({ action: "undo", ...at(chosen), ...original(chosen), note: "" });
    return;
  }
  say({ action, ...at(chosen), ...original(chosen), note: $("judge").elements.note.value.trim() });
}

function undo() {
  if (!past.length) return;
  const [key, before] = past.pop();
  const i = byKey.get(key);
  say(before ?? { action: "undo", ...at(i), ...original(i), note: "" }, true);
  visit(i < found || judgementOf(i) ? i : order[0]);
}

/** Saves what the form says; the span is the selected one where there is one. */
function change(span = {}) {
  const form = $("judge").elements;
  const values = { ...original(chosen), ...FIELDS.reduce((all, name) => ({ ...all, [name]: effective(chosen)[name] }), {}), ...span };
  const of = data.fields[form.label.value];
  values.label = form.label.value;
  for (const name of ["norm", "value", "mod", "article", "paragraph", "item"]) {
    values[name] = of.includes(name) ? form[name].value.trim() : "";
  }
  if (!of.includes("norm")) values.norm = values.value;
  const was = original(chosen);
  const same = FIELDS.every((name) => values[name] === was[name]);
  const action = chosen >= found ? "add" : same ? judgementOf(chosen)?.action.replace("change", "comment") ?? "comment" : "change";
  say({ action, ...at(chosen), ...values, note: form.note.value.trim() });
}

function fitForm() {
  const label = $("judge").elements.label.value;
  for (const field of document.querySelectorAll("#judge [class*=for-]")) field.hidden = !field.matches(`.for-${label}`);
}

function fill() {
  $("judge").hidden = chosen < 0;
  if (chosen < 0) return;
  const form = $("judge").elements;
  const now = effective(chosen);
  for (const name of ["label", "norm", "value", "mod", "article", "paragraph", "item"]) form[name].value = now[name];
  form.note.value = judgementOf(chosen)?.note ?? "";
  for (const name of ["accept", "reject"]) form[name].setAttribute("aria-pressed", String(judgementOf(chosen)?.action === name));
  fitForm();
}

function openChange() {
  if (chosen < 0) return;
  $("change").open = true;
  const form = $("judge").elements;
  form[data.fields[form.label.value][0]].focus();
}

/** The log as CSV; a cell that a spreadsheet would run as a formula gets an apostrophe before it. */
function asCsv() {
  const quoted = (value) => {
    const text = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = log.map((entry) => LOG_COLUMNS.map((name) => quoted(entry[name] ?? "")).join(","));
  return `\ufeff${[LOG_COLUMNS.join(","), ...lines].join("\n")}\n`;
}

function download() {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([asCsv()], { type: "text/csv" }));
  link.download = `${data.doc.id}.corrections.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function restore() {
  $("who").value = remember("who") ?? data.service?.who ?? "";
  let entries = data.service?.log ?? [];
  if (!data.service) {
    try { entries = JSON.parse(remember(storeKey()) ?? "[]"); } catch { entries = []; }
  }
  for (const entry of entries) take(entry);
  refresh();
}

listeners.choose.push(fill);
listeners.speak.push(() => refresh());
$("who").addEventListener("change", () => remember("who", $("who").value.trim()));
$("undo").addEventListener("click", undo);
$("download").addEventListener("click", download);
$("judge").elements.accept.addEventListener("click", () => judge("accept"));
$("judge").elements.reject.addEventListener("click", () => judge("reject"));
$("judge").elements.label.addEventListener("change", fitForm);
$("judge").addEventListener("submit", (event) => { event.preventDefault(); change(); });
