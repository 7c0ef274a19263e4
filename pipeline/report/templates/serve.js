// Keeps judgements on the server that the page came from (hakusho review), one save after the other.
const unsent = []; // what each key said: one entry, or several that are kept or refused together
let version = data.service?.version ?? 0;
let busy = false;
const NEVER = [400, 413, 422]; // answers to what no later try can save

function send(entries) {
  unsent.push(entries);
  if (!busy) sendNext();
}

/** What all entries say alike, once, and what each says beside it: thousands of one name are still short. */
function packed(entries) {
  const [first] = entries;
  const same = Object.keys(first).filter((name) => entries.every((entry) => entry[name] === first[name]));
  const only = (entry, wanted) => Object.fromEntries(Object.entries(entry).filter(([name]) => same.includes(name) === wanted));
  return { same: only(first, true), entries: entries.map((entry) => only(entry, false)) };
}

async function sendNext() {
  busy = true;
  while (unsent.length) {
    $("saved").textContent = word("saving");
    const [entries] = unsent;
    let answer;
    try {
      const body = JSON.stringify({ since: version, ...packed(entries) });
      answer = await fetch(data.service.path, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (!answer.ok && ![409, ...NEVER].includes(answer.status)) throw new Error((await answer.json()).error);
    } catch (error) {
      $("saved").textContent = `${word("unsaved")} ${error.message ?? ""}`;
      setTimeout(sendNext, 3000);
      return;
    }
    const { version: now, log: others, theirs, error } = await answer.json();
    unsent.shift();
    if (error) {
      refuse(entries, error);
      continue;
    }
    version = now;
    if (answer.status === 409) clash(entries, others, theirs);
    else others.forEach(takeOther);
    if (others.length) { refresh(); filter(); }
    $("saved").textContent = answer.status === 409 ? "" : word("saved");
  }
  busy = false;
}

/** Another page has judged the same place since this one last heard of it: show both, and let the reader choose. */
function clash(mine, others, theirs) {
  for (const entry of mine) takeOther({ ...entry, action: "undo" });
  others.forEach(takeOther);
  const tell = (entry) => `${entry.who || "?"} ${entry.when}: ${term("judged_", entry.action)} ${entry.label} ${entry.text} ${entry.norm || entry.value}`;
  const list = element("span", "", "buttons");
  list.append(
    button(word("theirs"), closeConflict),
    button(word("mine"), () => { closeConflict(); say(mine); }),
  );
  const more = theirs.length > 1 ? [` ${phrase("more", { count: theirs.length - 1 })}`] : [];
  $("conflict").replaceChildren(word("conflict"), element("bdi", tell(theirs[0])), ...more, element("br"), list);
  $("conflict").hidden = false;
}

function closeConflict() {
  $("conflict").hidden = true;
  refocus();
}

/** Takes back what the server can never keep, so that it does not stand in the way of what comes after. */
function refuse(entries, error) {
  for (const entry of entries) takeOther({ ...entry, action: "undo" });
  refresh();
  filter();
  const list = element("span", "", "buttons");
  list.append(button(word("clear"), closeConflict));
  $("conflict").replaceChildren(word("refused"), element("bdi", `${entries[0].text} – ${error}`), list);
  $("conflict").hidden = false;
  $("saved").textContent = "";
}

addEventListener("beforeunload", (event) => {
  if (unsent.length) event.preventDefault();
});
