// The views beside the text: tables that sort, charts, and what leads from them into the text.
const tabs = [...document.querySelectorAll("[role=tab]")];
const tableRows = [...document.querySelectorAll("tr[data-members]")].map((row) => ({
  row, members: row.dataset.members.split(" ").map(Number),
}));

function show(view) {
  const wanted = $(`tab-${view}`);
  if (!wanted || wanted.ariaSelected === "true") return;
  for (const tab of tabs) {
    const on = tab === wanted;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    $(tab.getAttribute("aria-controls")).hidden = !on;
  }
}

/** A name in a table, a mark in a chart, a tile: each leads to its mentions in the text. */
function lead(event) {
  const from = event.target.closest("[data-filters], button.name, a");
  if (!from) return;
  if (from.dataset.filters) look(JSON.parse(from.dataset.filters));
  else if (from.matches("button.name")) {
    const members = (from.dataset.members ?? from.closest("tr").dataset.members).split(" ").map(Number);
    const name = from.closest("tr").querySelector("bdi").textContent;
    look({}, { title: from.dataset.members ? `${name}${from.textContent}` : name, members });
  } else {
    const hash = from.getAttribute("href") ?? from.getAttribute("xlink:href") ?? "";
    if (!hash.startsWith("#") || !follow(hash)) return;
    event.preventDefault();
  }
}

function follow(hash) {
  const id = decodeURIComponent(hash.slice(1));
  const set = data.sets[id.replace(/^set-/, "")];
  if (id.startsWith("set-") && set) {
    look({}, { title: set[0], members: set[1] });
    return true;
  }
  const target = document.getElementById(id);
  if (target?.matches("#text [role=heading]")) {
    goTo(target);
    return true;
  }
  if (!target?.matches("mark")) return false;
  visit(Number(target.dataset.i));
  return true;
}

function thin() {
  for (const { row, members } of tableRows) row.hidden = !members.some((i) => !isOff[i]);
}

function turn(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by || !event.target.matches("[role=tab]")) return;
  const next = tabs[(tabs.indexOf(event.target) + by + tabs.length) % tabs.length];
  show(next.id.slice(4));
  next.focus();
}

listeners.filter.push(thin);
document.addEventListener("click", lead);
document.querySelector("[role=tablist]").addEventListener("keydown", turn);
for (const tab of tabs) tab.addEventListener("click", () => show(tab.id.slice(4)));
