// The search, the tabs, the language, and the address that remembers where one is.
const SEARCHED = 200; // names in the list at once (決め打ち)
const off = new Set(); // labels that are not wanted
let searches = 0;

async function find() {
  const mine = ++searches;
  let found = { count: 0, names: [] };
  await answered(ask("find", { text: $("search").value, off: [...off], limit: SEARCHED }), (answer) => { found = answer; });
  if (mine !== searches) return found.names;
  $("found").textContent = numberOf(found.count, "explore_found");
  const held = document.activeElement?.closest?.("#names li button")?.dataset.name;
  $("names").replaceChildren(...found.names.map(([n, label, name, count]) => {
    const item = element("li", "", `label-${label}`);
    const made = nameButton(n, name, {}, "");
    made.dataset.name = n;
    made.append(element("span", grouped(count), "number"));
    if (n === seen.name && view() === "name") made.setAttribute("aria-current", "true");
    item.append(made);
    return item;
  }));
  if (held) $("names").querySelector(`[data-name="${held}"]`)?.focus();
  return found.names;
}

const view = () => ["dates", "compare"].find((one) => location.hash === `#${one}`) ?? "name";

/** The name and the filters that the address names; a number that is none counts as not given. */
function addressed() {
  const given = new URLSearchParams(location.hash.slice(1));
  const number = (key) => (/^\d+$/.test(given.get(key) ?? "") ? Number(given.get(key)) : null);
  const doc = number("document");
  return { name: number("name"), document: documents[doc] ? doc : null, publisher: given.get("publisher") };
}

async function show() {
  for (const tab of $("tabs").children) tab.setAttribute("aria-current", String(tab.dataset.view === view()));
  if (view() === "dates") showDates();
  else if (view() === "compare") showCompare();
  else {
    const { name, ...filters } = addressed();
    if (name !== null) seen = { ...seen, ...FILTERS, ...filters, name, rows: PAGE };
    else if (seen.name < 0) {
      const [first] = (await ask("find", { text: "", off: [], limit: 1 })).names;
      if (first) seen.name = first[0];
    }
    showName();
  }
  find();
}

function counts() {
  const size = documents.reduce((sum, doc) => sum + doc.characters, 0);
  $("counts").textContent = [[documents.length, "explore_documents"], [size, "explore_characters"], [content.counts[0], "explore_kinds"], [content.counts[1], "explore_mentions"]]
    .map((one) => numberOf(...one)).join(" · ");
}

function speak(language) {
  translate(language);
  $("labels").replaceChildren(...labels.map((label) => {
    const made = element("label");
    const box = element("input");
    box.type = "checkbox";
    box.checked = !off.has(label);
    box.addEventListener("change", () => { if (box.checked) off.delete(label); else off.add(label); find(); });
    made.append(box, element("span", word(`label_${label}`), `sample label-${label}`));
    return made;
  }));
  counts();
  show();
}

let typing;
$("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(find, 60); });
$("search-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [first] = await find();
  if (first) { location.hash = `name=${first[0]}`; $("main").focus(); }
});
$("tabs").addEventListener("click", (event) => {
  const wanted = event.target.dataset.view;
  if (wanted) location.hash = wanted === "name" ? (seen.name < 0 ? "" : `name=${seen.name}`) : wanted;
});
addEventListener("hashchange", show);
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input, select")) return;
  event.preventDefault();
  $("search").focus();
});
offerLanguages(speak);
speak(ofReader());
