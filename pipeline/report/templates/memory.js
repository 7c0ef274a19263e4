// What was judged before, and what can be undone of it; the log as a file.
function download() {
  saveCsv(`${data.doc.id}.corrections.csv`, LOG_COLUMNS, log.map((entry) => LOG_COLUMNS.map((name) => entry[name] ?? "")));
}

/** What others say of a mention takes what was said before out of one's own undo. */
function supersede(entry) {
  const key = keyAt(entry);
  for (const group of past) group.splice(0, group.length, ...group.filter(([own]) => own !== key));
  past.splice(0, past.length, ...past.filter((group) => group.length));
}

/** Takes out of the page what nobody kept; what was said before it, and since, stands again. */
function takeBack({ entries, group }) {
  const refused = new Set(entries);
  const stands = new Map(entries.map((entry) => [keyAt(entry), undefined]));
  const before = new Map(); // what stood before each that is taken out
  const left = log.filter((entry) => {
    const key = keyAt(entry);
    if (refused.has(entry)) before.set(entry, stands.get(key));
    else if (stands.has(key)) stands.set(key, entry.action === "undo" ? undefined : entry);
    return !refused.has(entry);
  });
  log.length = 0;
  for (const entry of left) log.push(entry);
  if (past.includes(group)) past.splice(past.indexOf(group), 1);
  for (const pair of past.flat()) if (before.has(pair[1])) pair[1] = before.get(pair[1]);
  moves += 1;
  for (const [key, entry] of stands) {
    if (entry) current.set(key, entry);
    else current.delete(key);
    dress(byKey.get(key));
  }
}

function takeOther(entry) {
  take(entry);
  supersede(entry);
}

/** What the browser keeps of this document's judgements. */
function stored() {
  try { return JSON.parse(remember(storeKey()) ?? "[]"); } catch { return []; }
}

/** Takes what another tab has kept since, so that this one does not write over it; tells whether there was anything. */
function hear() {
  const known = new Set(log.map((entry) => JSON.stringify(entry)));
  const others = stored().filter((entry) => !known.has(JSON.stringify(entry)));
  others.forEach(takeOther);
  return others.length > 0;
}

const alikeEntries = (a, b) => ["action", ...FIELDS, "note"].every((name) => String(a[name] ?? "") === String(b[name] ?? ""));

/** Whether entries take back what a group says was said: each of its mentions is as it was before. */
function isUndoOf(group, entries) {
  const now = new Map(entries.map((entry) => [keyAt(entry), entry]));
  return group?.length === now.size && group.every(([key, before]) =>
    now.has(key) && (before ? alikeEntries(before, now.get(key)) : now.get(key).action === "undo"));
}

/** Takes what was stored, and with it what can be undone: what one key said has one time. */
function recall(entries, me) {
  for (let from = 0, to; from < entries.length; from = to) {
    const { when, who } = entries[from];
    for (to = from + 1; entries[to]?.when === when && entries[to].who === who && when.includes("."); to += 1);
    const said = entries.slice(from, to);
    const group = groupOf(said);
    const undone = said[0].action === "undo" && isUndoOf(past.at(-1), said);
    said.forEach(take);
    if (who !== me) said.forEach(supersede);
    else if (undone) past.pop();
    else past.push(group);
  }
}

function restore() {
  $("who").value = remember("who") ?? data.service?.who ?? "";
  recall(data.service ? data.service.log ?? [] : stored(), $("who").value.trim() || (data.service?.who ?? ""));
  refresh();
}

addEventListener("storage", () => {
  if (data.service || !hear()) return;
  refresh();
  filter();
});
