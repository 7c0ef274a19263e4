// The search, the tabs, the language, and the address that remembers where one is.
const LISTED = 200; // names in the list at once (決め打ち)
const off = new Set(); // labels that are not wanted

function find() {
  const wanted = fold($("search").value.trim());
  const all = wanted ? haystack() : null;
  const found = [];
  for (const n of frequent) if (!off.has(labelOf(n)) && (!all || all[n].includes(wanted))) found.push(n);
  $("found").textContent = `${figure(found.length)} ${word("explore_found")}`;
  if (wanted) found.sort((a, b) => (fold(names[b][1]) === wanted) - (fold(names[a][1]) === wanted));
  found.splice(LISTED); // what is named just so is among the first, however rare it is
  const held = document.activeElement?.closest?.("#names li button")?.dataset.name;
  $("names").replaceChildren(...found.map((n) => {
    const item = element("li", "", `label-${labelOf(n)}`);
    const made = nameButton(n, "");
    made.dataset.name = n;
    made.append(element("span", figure(countOf(n)), "number"));
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
    .map(([value, key]) => `${figure(value)} ${word(key)}`).join(" · ");
}

function speak(language) {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = words[language][node.dataset.t] ?? node.dataset.t;
  $("language").lang = language === "ja" ? "en" : "ja";
  try { localStorage.setItem("hakusho:language", language); } catch { /* a browser that keeps nothing for files */ }
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
$("language").addEventListener("click", () => speak(document.documentElement.lang === "ja" ? "en" : "ja"));
addEventListener("hashchange", show);
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input, select")) return;
  event.preventDefault();
  $("search").focus();
});
let kept = null;
try { kept = localStorage.getItem("hakusho:language"); } catch { /* as above */ }
speak(kept === "en" || (kept === null && !navigator.language.startsWith("ja")) ? "en" : "ja");
