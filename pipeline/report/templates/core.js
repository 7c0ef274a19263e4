// The page's data, what is shown of it, and which mention is chosen.
const data = JSON.parse($("data").textContent);
if (data.service?.two) { // two people's annotations: no side is the right one
  for (const own of Object.values(words)) {
    for (const key of Object.keys(own)) if (key.startsWith("two_")) own[key.slice(4)] = own[key];
  }
}
const { columns, rows } = data;
const column = Object.fromEntries(columns.map((name, at) => [name, at]));
const cell = (i, name) => rows[i][column[name]];
const term = (prefix, key) => words[document.documentElement.lang][prefix + key] ?? key;
const narrow = () => innerWidth <= 900;
/** A sentence of the words, with figures in the places of its names. */
const phrase = (key, values) => word(key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

const parts = rows.map(() => []);
for (const mark of document.querySelectorAll("#text mark")) parts[mark.dataset.i].push(mark);
const byId = new Map(rows.map((row, i) => [row[column.entity_id], i]));
const hay = rows.map((_, i) => fold(`${cell(i, "surface")}\n${cell(i, "norm")}\n${cell(i, "value")}\n${cell(i, "text")}`));
const unresolved = new Set(data.unresolved);
const near = new Set(Object.keys(data.near).map(Number)); // candidates: no mentions until a reader takes them in
const isOff = rows.map(() => false);
const listeners = { choose: [], filter: [], speak: [] };
let order = rows.map((_, i) => i);
let shown = order;
let chosen = -1;
let subset = null; // { title, members }: what a table, a chart or a tile asked for

function tell(event) {
  for (const listener of listeners[event]) listener();
}

function count() {
  const at = shown.indexOf(chosen);
  $("place").textContent = shown.length ? `${at < 0 ? "–" : grouped(at + 1)} / ${grouped(shown.length)}` : word("none");
  $("previous").disabled = $("next").disabled = !shown.length;
}

function choose(i) {
  for (const mark of parts[chosen] ?? []) mark.classList.remove("chosen");
  chosen = i;
  for (const mark of parts[chosen] ?? []) mark.classList.add("chosen");
  if (parts[chosen]?.length) {
    for (const mark of document.querySelectorAll('#text mark[tabindex="0"]')) mark.tabIndex = -1;
    parts[chosen].at(-1).tabIndex = parts[chosen][0].tabIndex = 0;
  }
  document.body.classList.toggle("chosen", i >= 0);
  address();
  tell("choose");
  count();
  if (narrow() && i >= 0) setTimeout(uncover, 200); // once the finger has left the screen
}

/** The address leads to the chosen mention: what is copied or kept of it opens there. Browsers limit how often. */
let addressing;
function address() {
  clearTimeout(addressing);
  addressing = setTimeout(() => {
    const id = parts[chosen]?.[0]?.id;
    if (!id && !location.hash.startsWith("#mention-")) return;
    try {
      history.replaceState(null, "", id ? `#${encodeURIComponent(id)}` : location.pathname + location.search);
    } catch { /* a page that has no address of its own */ }
  }, 400);
}

/** On a small screen the panel opens over the text: brings the chosen mention out from under it. */
function uncover() {
  const mark = parts[chosen]?.find((part) => part.getClientRects().length);
  const panel = document.querySelector("aside").getBoundingClientRect();
  if (mark && mark.getBoundingClientRect().bottom > panel.top) mark.scrollIntoView({ block: "start" });
}

/** Chooses mention i and brings it before the reader's eyes. */
function visit(i) {
  show("text");
  choose(i);
  const mark = parts[i].find((part) => part.getClientRects().length) ?? parts[i][0];
  if (!mark) return;
  mark.focus({ preventScroll: true });
  // Twice: blocks on the way get their true height only when they come into sight.
  for (const _ of [0, 1]) mark.scrollIntoView({ block: narrow() ? "start" : "center" });
}

/** Brings the keys back to the text. */
function refocus() {
  const mark = parts[chosen]?.find((part) => part.getClientRects().length);
  if (mark) mark.focus({ preventScroll: true });
  else document.activeElement?.blur();
}

/** Moves to the next (1) or previous (-1) of the shown mentions, round the end. */
function step(by, test = () => true) {
  const among = shown.filter(test);
  if (!among.length) return;
  const here = order.indexOf(chosen);
  const place = new Map(order.map((i, at) => [i, at]));
  const ahead = by > 0
    ? among.find((i) => place.get(i) > here)
    : among.findLast((i) => place.get(i) < here);
  visit(ahead ?? among.at(by > 0 ? 0 : -1));
}

function wantsFlag(i, flag) {
  if (!flag) return true;
  if (flag === "*") return cell(i, "flags") !== "";
  return flag === "*unresolved" ? unresolved.has(i) : cell(i, "flags").split("|").includes(flag);
}

function tests() {
  const form = new FormData($("filter-form"));
  const labels = new Set(form.getAll("label"));
  const [query, name, flag, rule, judged, gold, section, what] = ["query", "name", "flag", "rule", "judged", "gold", "section", "what"]
    .map((key) => (form.get(key) ?? "").trim());
  const [needle, sure] = [fold(query), Number(form.get("confidence"))];
  const members = subset && new Set(subset.members);
  return (i) =>
    labels.has(labelOf(i)) && (!what || (what === "candidates") === near.has(i)) && (!members || members.has(i))
    && (!needle || hay[i].includes(needle)) && (!name || cell(i, "norm").split("|").includes(name))
    && wantsFlag(i, flag) && (!rule || cell(i, "rule") === rule) && (!gold || data.gold[i]?.[0] === gold)
    && (!section || cell(i, "section") === section || cell(i, "section").startsWith(`${section} > `))
    && (sure >= 1 || cell(i, "confidence") <= sure) && (!judged || (judgementOf(i)?.action ?? "open") === judged);
}

function filter() {
  const wanted = tests();
  shown = order.filter(wanted);
  const on = new Set(shown);
  for (const i of order) {
    if (isOff[i] === !on.has(i)) continue;
    isOff[i] = !isOff[i];
    for (const mark of parts[i]) mark.classList.toggle("off", isOff[i]);
  }
  $("sure").textContent = `${(100 * $("filter-form").elements.confidence.value).toFixed(0)} %`;
  $("chip").hidden = !subset;
  $("reset-filters").hidden = shown.length === order.length && !subset;
  $("chip-name").textContent = subset ? `${subset.title}（${grouped(subset.members.length)}）` : "";
  tell("filter");
  count();
}

function reset() {
  subset = null;
  $("filter-form").reset();
}

/** Sets the filters to those given and to nothing else, and goes to the first mention that is left. */
function look(filters, group = null) {
  reset();
  subset = group;
  const controls = $("filter-form").elements;
  if (near.size) filters = { what: "mentions", ...filters };
  for (const [key, value] of Object.entries(filters)) {
    if (key === "labels") for (const box of controls.label) box.checked = value.includes(box.value);
    else controls[key].value = value;
  }
  filter();
  show("text");
  choose(-1);
  if (shown.length) visit(shown[0]);
}

function speak(language) {
  translate(language);
  tell("speak");
  count();
}
