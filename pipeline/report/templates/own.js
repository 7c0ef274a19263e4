// Names for a file of one's own (hakusho run --names): taken from mentions, of all pages in this browser, saved as CSV.
const OWN_COLUMNS = ["name", "label", "aliases"];

/** The rows of the file: [label, name, other names]. */
function ownRows() {
  try {
    const kept = JSON.parse(remember("names") ?? "[]");
    return kept.filter((row) => Array.isArray(row) && row.length === 3 && Array.isArray(row[2]));
  } catch { return []; }
}

/** What a mention says: a name, and how the text writes it; nothing where it speaks of several, or of a place in a law. */
function ownName(i) {
  const now = effective(i);
  if (!data.named.includes(now.label) || judgementOf(i)?.action === "reject") return null;
  const written = now.text === cell(i, "text") ? cell(i, "surface") : blank(now.text);
  const name = now.norm || written;
  const cites = [now.article, now.paragraph, now.item].some(Boolean) || /^同|[（(|]|第.*号/u.test(written);
  return name.includes("|") ? null : { label: now.label, name, alias: written === name || cites ? "" : written };
}

const holds = ([label, name, aliases], own) => label === own.label && name === own.name && (!own.alias || aliases.includes(own.alias));

/** Takes a mention's name into the file, or out of it. */
function turnOwn(i) {
  const own = ownName(i);
  const list = ownRows();
  const row = list.find(([label, name]) => label === own.label && name === own.name);
  if (!row) list.push([own.label, own.name, own.alias ? [own.alias] : []]);
  else if (!holds(row, own)) row[2].push(own.alias);
  else if (own.alias && row[2].length > 1) row[2].splice(row[2].indexOf(own.alias), 1);
  else list.splice(list.indexOf(row), 1);
  const kept = remember("names", JSON.stringify(list));
  tellOwn();
  if (!kept) $("own-count").textContent = word("not_kept");
}

function tellOwn() {
  const [list, own] = [ownRows(), chosen < 0 ? null : ownName(chosen)];
  const taken = own && list.some((row) => holds(row, own));
  $("own").hidden = !own;
  $("own").setAttribute("aria-pressed", String(Boolean(taken)));
  $("own-work").hidden = !list.length;
  $("own-count").textContent = phrase("own_count", { count: grouped(list.length) });
}

$("own").addEventListener("click", () => turnOwn(chosen));
$("own-save").addEventListener("click", () =>
  saveCsv("names.csv", OWN_COLUMNS, ownRows().map(([label, name, aliases]) => [name, label, aliases.join("|")])));
$("own-clear").addEventListener("click", () => { remember("names", "[]"); tellOwn(); });
addEventListener("storage", tellOwn);
listeners.choose.push(tellOwn);
listeners.filter.push(tellOwn);
listeners.speak.push(tellOwn);
