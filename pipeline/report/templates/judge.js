// What the reader judges. The log only grows; the last entry about a mention counts (see docs/howto/review.md).
const FIELDS = ["label", "start", "end", "text", "norm", "value", "mod", "article", "paragraph", "item"];
const LOG_COLUMNS = ["doc_id", "action", "at_label", "at_start", "at_end", ...FIELDS, "note", "who", "when"];
const found = rows.length;
const log = [];
const current = new Map();
const past = []; // for undo: what was said of each mention before, for all that one key said: [[key, entry], …]
let moves = 0; // how often a span was changed
let keeps = true; // whether the browser kept what was said, where no server does
let last = null; // the last judgement, to repeat it
const keyAt = (entry) => `${entry.at_label}:${entry.at_start}-${entry.at_end}`;
const keyOf = (i) => `${cell(i, "label")}:${cell(i, "start")}-${cell(i, "end")}`;
const keysOf = rows.map((_, i) => keyOf(i));
const byKey = new Map(keysOf.map((key, i) => [key, i]));
const judgementOf = (i) => current.get(keysOf[i]);
const original = (i) => Object.fromEntries(FIELDS.map((name) => [name, cell(i, name)]));
const blank = (text) => text.replace(/\s+/g, "");
const labelOf = (i) => (["change", "add"].includes(judgementOf(i)?.action) ? judgementOf(i).label : cell(i, "label"));
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
  for (const mark of parts[i].filter((part) => part.matches(".fresh"))) {
    mark.replaceWith(...mark.childNodes);
    seen = null;
  }
  parts[i] = parts[i].filter((part) => !part.matches(".fresh"));
  const moved = i < found && (start !== cell(i, "start") || end !== cell(i, "end"));
  for (const mark of parts[i]) mark.classList.toggle("moved", moved);
  if (moved || (i >= found && now)) parts[i].push(...wrap(i, start, end));
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
  if (["change", "add", "undo"].includes(entry.action)) moves += 1;
  if (entry.action === "undo") current.delete(key);
  else current.set(key, entry);
  if (!byKey.has(key)) grow(entry);
  dress(byKey.get(key));
}

function refresh() {
  arrange();
  if (chosen >= found && !judgementOf(chosen)) choose(-1);
  tellProgress();
  $("download").disabled = !log.length;
  $("undo").disabled = !past.length;
  if (!data.service) $("saved").textContent = log.length ? word(keeps ? "kept" : "not_kept") : "";
  describe();
  fill();
}

/** The time, later than that of the last entry: what is said at once shares it, and nothing else has it. */
function stamp() {
  const before = Date.parse(log.at(-1)?.when ?? "") || 0;
  return new Date(Math.max(Date.now(), before + 1)).toISOString();
}

/** What was said before of each mention that one key speaks of: [[key, entry], …]. */
const groupOf = (entries) => [...new Map(entries.map((entry) => [keyAt(entry), current.get(keyAt(entry))]))];

/** Says something of a mention, or the same of several, keeps it, and shows it. */
function say(entries, undoing = false) {
  if (!data.service) hear();
  const [who, when] = [$("who").value.trim(), stamp()];
  const group = groupOf(entries);
  if (!undoing) past.push(group);
  const full = entries.map((entry) => ({ doc_id: data.doc.id, ...entry, who, when }));
  full.forEach(take);
  if (data.service) send(full, group);
  else keeps = remember(storeKey(), JSON.stringify(log));
  refresh();
  filter();
}

function at(i) {
  const [label, start, end] = [cell(i, "label"), cell(i, "start"), cell(i, "end")];
  return { at_label: label, at_start: start, at_end: end };
}

const silence = (i) => ({ action: "undo", ...at(i), ...original(i), note: "" });

/** A mention as it is taken in: without a norm, its text is its norm, as with one that is added. */
function takenIn(i) {
  const values = original(i);
  if (!values.norm && data.fields[values.label].includes("norm")) values.norm = blank(values.text);
  return { action: "add", ...at(i), ...values };
}

/** What a verdict says of mention i; it can be that of another one, to be repeated. */
function entryOf(i, { action, diff = {}, shift = [0, 0], note = "" }) {
  if (action === "reject") return i >= found ? silence(i) : { action, ...at(i), ...original(i), note };
  const base = near.has(i) ? takenIn(i) : { action: i >= found ? "add" : action, ...at(i), ...original(i) };
  const [start, end] = [base.start + shift[0], base.end + shift[1]];
  const span = shift.some(Boolean) ? { start, end, text: textAt(start, end) } : {};
  const made = { ...base, ...diff, ...span, note };
  for (const name of ["article", "paragraph", "item", "mod"]) if (!data.fields[made.label].includes(name)) made[name] = "";
  return made;
}

/** What a span takes in or leaves out where its borders move. */
function edges(i, shift) {
  return ["start", "end"].map((name, n) => {
    const ends = [cell(i, name), cell(i, name) + shift[n]];
    return blank(textAt(Math.min(...ends), Math.max(...ends)));
  }).join("\n");
}

/** Whether borders can move at mention i as they did where this was said first: over the same text. */
function fits(entry, i, { shift, edges: over }) {
  return entry.end > entry.start && size(entry.text) === entry.end - entry.start && blank(entry.text) !== "" && edges(i, shift) === over;
}

function tellLeftOut(count) {
  $("conflict").replaceChildren(phrase("left_out", { count: grouped(count) }), " ", button(word("clear"), closeConflict));
  $("conflict").hidden = false;
}

/** Judges the chosen mention, or with it all of the same name where the reader wants that, and goes on. */
function decide(verdict, stay = false) {
  if (chosen < 0) return;
  const members = together();
  const moved = verdict.shift?.some(Boolean);
  const wanted = moved ? { edges: edges(chosen, verdict.shift), ...verdict } : verdict;
  const entries = members.map((i) => entryOf(i, wanted)).filter((entry, n) => !moved || fits(entry, members[n], wanted));
  if (entries.length < members.length) tellLeftOut(members.length - entries.length);
  if (!entries.some((entry) => keyAt(entry) === keysOf[chosen])) return;
  separate();
  last = wanted;
  say(entries);
  if (chosen < 0) return;
  if (stay) visit(chosen);
  else advance();
}

function judge(action) {
  if (chosen >= found && action === "accept") advance();
  else decide({ action, note: $("judge").elements.note.value.trim() });
}

/** Takes what the gold, or the other annotation, says of the chosen mention. */
function takeTheirs() {
  if (chosen < 0 || !differs(chosen)) return;
  const [kind, g] = data.gold[chosen];
  if (kind === "missed") judge("accept");
  else if (!g) judge("reject");
  else {
    const theirs = Object.fromEntries(FIELDS.map((name, at) => [name, g[at]]));
    const diff = Object.fromEntries(FIELDS.filter((name) => !["start", "end", "text"].includes(name)).map((name) => [name, theirs[name]]));
    decide({ action: "change", diff, shift: [theirs.start - cell(chosen, "start"), theirs.end - cell(chosen, "end")] });
  }
}

function repeat() {
  if (last) decide({ ...last, note: "" });
}

/** Takes the last judgement back. The log tells it from a judgement: first that it is undone, then what stands again. */
function undo() {
  if (!past.length) return;
  const group = past.pop();
  say(group.flatMap(([key, before]) => [silence(byKey.get(key)), ...(before ? [before] : [])]), true);
  const i = byKey.get(group[0][0]);
  if (i < found || judgementOf(i)) visit(i);
  else if (order.length) visit(order.find((other) => startOf(other) >= cell(i, "start")) ?? order[0]);
}

/** Saves what the form says; the span is the selected one where there is one. */
function change(span = {}, label = $("judge").elements.label.value, stay = false) {
  const form = $("judge").elements;
  const was = near.has(chosen) ? takenIn(chosen) : original(chosen);
  const values = { ...was, ...Object.fromEntries(FIELDS.map((name) => [name, effective(chosen)[name]])), ...span };
  const of = data.fields[label];
  values.label = label;
  for (const name of ["norm", "value", "mod", "article", "paragraph", "item"]) {
    values[name] = of.includes(name) ? form[name].value.trim() : "";
  }
  if (span.text && values.norm === blank(effective(chosen).text)) values.norm = blank(span.text);
  if (!values.norm && of.includes("norm") && label !== was.label) values.norm = blank(values.text);
  if (!of.includes("norm")) values.norm = values.value;
  const own = ["start", "end", "text"];
  const diff = Object.fromEntries(FIELDS.filter((name) => !own.includes(name) && values[name] !== was[name]).map((name) => [name, values[name]]));
  const shift = [values.start - was.start, values.end - was.end];
  const same = !Object.keys(diff).length && !shift.some(Boolean);
  const action = !same ? "change" : judgementOf(chosen)?.action.replace("change", "comment") ?? "comment";
  const note = form.note.value.trim();
  if (same && chosen < found) comment(action, note);
  else decide({ action, diff, shift, note }, stay);
}

/** Keeps what stands in the form beside a judgement, or without one. */
function comment(action, note) {
  say([{ action, ...at(chosen), ...(action === "add" ? effective(chosen) : original(chosen)), note }]);
  visit(chosen);
}

function fitForm() {
  const label = $("judge").elements.label.value;
  for (const field of document.querySelectorAll("#judge [class*=for-]")) field.hidden = !field.matches(`.for-${label}`);
}

function fill() {
  $("judge").hidden = chosen < 0;
  if (chosen < 0) return;
  const form = $("judge").elements;
  const now = near.has(chosen) && !isJudged(chosen) ? takenIn(chosen) : effective(chosen);
  for (const name of ["label", "norm", "value", "mod", "article", "paragraph", "item"]) form[name].value = now[name];
  form.note.value = judgementOf(chosen)?.note ?? "";
  for (const name of ["accept", "reject"]) {
    const said = near.has(chosen) && name === "accept" ? "add" : name;
    form[name].setAttribute("aria-pressed", String(judgementOf(chosen)?.action === said));
    form[name].dataset.t = near.has(chosen) ? `near_${name}` : name;
    form[name].textContent = word(form[name].dataset.t);
  }
  form.theirs.hidden = !differs(chosen);
  fitForm();
}

function openChange() {
  if (chosen < 0) return;
  $("change").open = true;
  const form = $("judge").elements;
  form[data.fields[form.label.value][0]].focus();
}

/** Gives the chosen mention another label; the reader stays there, as its norm may need a look. */
function relabel(label) {
  if (chosen >= 0) change({}, label, true);
}

listeners.choose.push(fill);
listeners.speak.push(() => refresh());
$("who").addEventListener("change", () => remember("who", $("who").value.trim()));
$("undo").addEventListener("click", undo);
$("download").addEventListener("click", download);
$("judge").elements.accept.addEventListener("click", () => judge("accept"));
$("judge").elements.reject.addEventListener("click", () => judge("reject"));
$("judge").elements.theirs.addEventListener("click", takeTheirs);
$("judge").elements.label.addEventListener("change", fitForm);
$("judge").addEventListener("submit", (event) => { event.preventDefault(); change(); });
