// The search, the tabs, the language, and the address that remembers where one is.
const LISTED = 200; // names in the list at once (決め打ち)
const off = new Set(); // labels that are not wanted

function find() {
  const wanted = fold($("search").value.trim());
  const all = wanted ? haystack() : null;
  const [exact, others] = [[], []]; // what is named just so comes first, however rare it is
  for (const n of frequent) {
    if (off.has(labelOf(n)) || (all && !all[n].includes(wanted))) continue;
    (all && all[n].split("\n", 1)[0] === wanted ? exact : others).push(n);
  }
  const found = [...exact, ...others].slice(0, LISTED);
  $("found").textContent = `${grouped(exact.length + others.length)} ${word("explore_found")}`;
  const held = document.activeElement?.closest?.("#names li button")?.dataset.name;
  $("names").replaceChildren(...found.map((n) => {
    const item = element("li", "", `label-${labelOf(n)}`);
    const made = nameButton(n, "");
    made.dataset.name = n;
    made.append(element("span", grouped(countOf(n)), "number"));
    if (n === seen.name && view() === "name") made.setAttribute("aria-current", "true");
    item.append(made);
    return item;
  }));
  if (held) $("names").querySelector(`[data-name="${held}"]`)?.focus();
  return found;
}

const view = () => ["dates", "compare"].find((one) => location.hash === `#${one}`) ?? "name";

function show() {
  for (const tab of $("tabs").children) tab.setAttribute("aria-current", String(tab.dataset.view === view()));
  if (view() === "dates") { seen.year = null; showDates(); }
  else if (view() === "compare") showCompare();
  else {
    const asked = Number(/^#name=(\d+)$/.exec(location.hash)?.[1] ?? -1);
    const n = names[asked] ? asked : seen.name >= 0 ? seen.name : frequent[0];
    if (n === undefined) $("main").replaceChildren(element("p", word("none")));
    else showName(n);
  }
  for (const made of $("names").querySelectorAll("[aria-current]")) made.removeAttribute("aria-current");
  find();
}

function counts() {
  const size = documents.reduce((sum, doc) => sum + doc.characters, 0);
  $("counts").textContent = [[documents.length, "explore_documents"], [size, "explore_characters"], [names.length, "explore_kinds"], [total, "explore_mentions"]]
    .map(([value, key]) => `${grouped(value)} ${word(key)}`).join(" · ");
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
$("search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const [first] = find();
  if (first !== undefined) { location.hash = `name=${first}`; $("main").focus(); }
});
$("tabs").addEventListener("click", (event) => {
  const wanted = event.target.dataset.view;
  if (wanted) location.hash = wanted === "name" ? `name=${seen.name >= 0 ? seen.name : frequent[0]}` : wanted;
});
addEventListener("hashchange", show);
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input, select")) return;
  event.preventDefault();
  $("search").focus();
});
offerLanguages(speak);
speak(ofReader());
