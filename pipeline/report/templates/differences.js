// Settles differences one by one; each decision is saved at once, one after the other.
const { logs, rows } = JSON.parse($("content").textContent);
const SAME = ["action", "at_label", "at_start", "at_end", "label", "start", "end", "text", "norm", "value", "mod", "article", "paragraph", "item"];
const lines = [...document.querySelectorAll("tr[data-n]")];
const past = []; // for undo: a row, and what was said of it before
const keyOf = (entry) => `${entry.at_label}:${entry.at_start}-${entry.at_end}`;
const targetOf = (n) => keyOf(Object.values(rows[n].choices)[0]);
const alike = (a, b) => SAME.every((name) => String(a[name] ?? "") === String(b[name] ?? ""));
let here = -1;
let queue = Promise.resolve();
let pending = 0; // decisions that the server has not answered
let failure = ""; // of one of them

/** What was last said of the mention of a row; nothing after an undo, or of a comment alone. */
function saidOf(n) {
  let found = null;
  for (const entry of logs[rows[n].path]) {
    if (keyOf(entry) === targetOf(n) && entry.action !== "comment") found = entry.action === "undo" ? null : entry;
  }
  return found;
}

function draw(n) {
  const said = saidOf(n);
  const side = said && Object.keys(rows[n].choices).find((name) => alike(rows[n].choices[name], said));
  for (const made of lines[n].querySelectorAll("[data-side]")) made.setAttribute("aria-pressed", String(made.dataset.side === side));
  lines[n].querySelector(".other").hidden = !said || Boolean(side);
  lines[n].dataset.state = said ? "settled" : "open";
  lines[n].classList.toggle("settled", Boolean(said));
}

function progress() {
  const done = lines.filter((line) => line.dataset.state === "settled").length;
  $("judged").textContent = word("differ_progress").replace("{total}", grouped(lines.length)).replace("{done}", grouped(done));
  $("undo").disabled = !past.length;
}

function go(n) {
  if (n < 0 || n >= lines.length) return;
  here = n;
  lines[n].focus();
  lines[n].scrollIntoView({ block: "nearest" });
}

/** The next row in a direction that is shown and that `wanted` takes; the first of all behind the last. */
function step(by, wanted = () => true) {
  for (let k = 1; k <= lines.length; k++) {
    const n = (here + by * k + (here < 0 && by < 0 ? 1 : 0) + lines.length * 2) % lines.length;
    if (!lines[n].hidden && wanted(lines[n])) { go(n); return; }
  }
}

async function post(n, entry) {
  const { path } = rows[n];
  const body = JSON.stringify({ since: logs[path].length, entries: [{ note: "", ...entry, who: $("who").value.trim() }] });
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  const told = await answer.json().catch(() => ({}));
  if (!Array.isArray(told.log)) throw new Error(told.error ?? String(answer.status));
  logs[path].push(...told.log);
  if (answer.status === 409) throw new Error(word("differ_clash"));
  logs[path].push({ ...entry });
}

/** Saves behind what is being saved. When nothing waits any longer, the page shows what stands, and says whether all is saved. */
function keep(n, entry) {
  if (!pending++) failure = "";
  $("saved").textContent = word("saving");
  queue = queue.then(() => post(n, entry)).catch((error) => { failure = `${word("unsaved")} ${error.message}`; }).then(() => {
    if (--pending) draw(n);
    else lines.forEach((_, other) => draw(other));
    progress();
    if (!pending) $("saved").textContent = failure || word("saved");
  });
}

function decide(n, side) {
  const entry = rows[n]?.choices[side];
  if (!entry) return;
  here = n;
  const before = saidOf(n);
  if (!before || !alike(before, entry)) {
    past.push([n, before]);
    keep(n, entry);
    lines[n].dataset.state = "settled"; // until the server has answered
  }
  step(1, (line) => line.dataset.state === "open");
}

function undo() {
  const [n, before] = past.pop() ?? [];
  if (n === undefined) return;
  keep(n, before ?? { ...Object.values(rows[n].choices)[0], action: "undo" });
  go(n);
}

const once = { Digit1: "first", Numpad1: "first", Digit2: "second", Numpad2: "second", KeyX: "neither" };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select")) return;
  if (event.code === "KeyJ") step(1);
  else if (event.code === "KeyK") step(-1);
  else if (event.code === "KeyU" && !event.repeat) undo();
  else if (once[event.code] && !event.repeat && here >= 0) decide(here, once[event.code]);
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  const line = event.target.closest("tr[data-n]");
  const side = event.target.closest("[data-side]")?.dataset.side;
  if (line && side) decide(Number(line.dataset.n), side);
  else if (line) here = Number(line.dataset.n);
});
document.addEventListener("focusin", (event) => {
  const line = event.target.closest("tr[data-n]");
  if (line) here = Number(line.dataset.n);
});
$("undo").addEventListener("click", undo);
$("language").addEventListener("click", progress);
lines.forEach((_, n) => draw(n));
progress();
step(1, (line) => line.dataset.state === "open");
