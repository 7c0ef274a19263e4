// In which order the reader meets the mentions, where the next one is, and how far the work has come.
const PAUSE = 5 * 60e3; // milliseconds without a judgement that count as no work (決め打ち)
const sureOf = (i) => Number(cell(i, "confidence"));
const differs = (i) => !["correct", undefined].includes(data.gold[i]?.[0]);

/** How likely it is that what stands here is wrong: a mention that is none, or a candidate that is one. */
function risk(i) {
  if (differs(i)) return 1;
  return near.has(i) ? sureOf(i) : 1 - sureOf(i);
}

const startOf = (i) => (["change", "add"].includes(judgementOf(i)?.action) ? judgementOf(i).start : cell(i, "start"));
const flagged = (i) => Number(cell(i, "flags") !== "");
// What an order goes by, before the place in the text.
const orders = {
  text: () => 0,
  risk: (i) => -risk(i) - flagged(i) / 1e6,
  kind: (i) => ranks.get(kindOf(i)) ?? 0,
};
const kindOf = (i) => `${cell(i, "label")}\t${cell(i, "norm") || cell(i, "value")}\t${cell(i, "surface")}`;
let ranks = new Map();
let arranged = null; // what the order was made of

/** Puts the mentions into the order that the reader wants, where anything in it has changed. */
function arrange() {
  const made = `${$("order").value} ${rows.length} ${moves}`;
  if (made === arranged) return;
  arranged = made;
  const by = orders[$("order").value];
  if (by === orders.kind) rank();
  order = rows.map((_, i) => i).filter((i) => i < found || judgementOf(i)).map((i) => [by(i), startOf(i), i])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).map(([, , i]) => i);
}

/** The places of the names among each other; there are far fewer names than mentions. */
function rank() {
  const kinds = [...new Set(rows.map((_, i) => kindOf(i)))].sort(readable.compare);
  ranks = new Map(kinds.map((kind, at) => [kind, at]));
}

/** Goes on to the next mention that nobody has judged, if the reader wants that. */
function advance() {
  if ($("advance").checked && shown.some((i) => !isJudged(i))) step(1, (i) => !isJudged(i));
  else if (chosen >= 0) visit(chosen);
}

const isJudged = (i) => (judgementOf(i)?.action ?? "comment") !== "comment";

// What is judged here has it not: a candidate, and what the gold alone has.
const leftOut = (i) => near.has(i) || data.gold[i]?.[0] === "missed";
/** Whether a judgement says that the run was wrong. What it left out was rightly left where it is refused. */
const isWrong = (i) => isJudged(i) && judgementOf(i).action !== (leftOut(i) ? "reject" : "accept");

function progress() {
  let [done, wrong, left] = [0, 0, 0];
  for (const i of order) {
    if (!isJudged(i)) left += risk(i);
    else {
      done += 1;
      wrong += Number(isWrong(i));
    }
  }
  return { total: order.length, done, wrong, left };
}

/** For how many minutes people have judged: the time between two judgements of one, unless it was a pause. */
function worked() {
  const before = new Map();
  let time = 0;
  for (const { who, when } of log) {
    const gap = Date.parse(when) - before.get(who);
    if (gap > 0 && gap < PAUSE) time += gap;
    before.set(who, Date.parse(when));
  }
  return Math.round(time / 60e3);
}

function tellProgress() {
  const { total, done, wrong, left } = progress();
  const about = left > 0 && left < 1 ? word("errors_few") : phrase("errors", { count: grouped(Math.round(left)) });
  const figures = { total: grouped(total), done: grouped(done), wrong: grouped(wrong), left: about };
  const minutes = worked();
  const time = minutes ? phrase("worked", { minutes: grouped(minutes) }) : "";
  $("judged").textContent = phrase(done === total ? "progress_all" : "progress", figures) + time;
  [$("bar").max, $("bar").value] = [Math.max(total, 1), done];
  const all = data.service?.documents ?? [];
  $("overall").hidden = all.length < 2;
  if (all.length < 2) return;
  const others = all.filter((one) => one.doc_id !== data.doc.id);
  const sum = (name, own) => grouped(others.reduce((before, one) => before + (one[name] ?? 0), own));
  $("overall").textContent = phrase("overall", { documents: grouped(all.length), done: sum("judged", done), total: sum("total", total) });
}

/** Puts the mentions into another order, and goes to the first that nobody has judged. */
function setOrder(name) {
  $("order").value = name;
  remember("order", name);
  arrange();
  filter();
  const first = shown.find((i) => !isJudged(i));
  if (first !== undefined) visit(first);
}

/** Takes the next of the orders: by text, by risk, by kind. */
function turnOrder() {
  const names = Object.keys(orders);
  setOrder(names[(names.indexOf($("order").value) + 1) % names.length]);
}

$("order").addEventListener("change", () => setOrder($("order").value));
$("advance").addEventListener("change", () => remember("advance", String($("advance").checked)));
if (Object.hasOwn(orders, remember("order") ?? "")) $("order").value = remember("order");
$("advance").checked = remember("advance") !== "false";
