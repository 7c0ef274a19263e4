// Keeps judgements on the server that the page came from (hakusho review), one save after the other.
const unsent = []; // what each key said: entries that are kept or refused together, and their group in past
let version = data.service?.version ?? 0;
let busy = false;
const NEVER = [400, 413, 422]; // answers to what no later try can save

function send(entries, group) {
  unsent.push({ entries, group });
  if (!busy) sendNext();
}

/** What all entries say alike, once, and what each says beside it: thousands of one name are still short. */
function packed(entries) {
  const [first] = entries;
  const same = Object.keys(first).filter((name) => entries.every((entry) => entry[name] === first[name]));
  const only = (entry, wanted) => Object.fromEntries(Object.entries(entry).filter(([name]) => same.includes(name) === wanted));
  return { same: only(first, true), entries: entries.map((entry) => only(entry, false)) };
}

/** Sends what one key said, and returns what the server says of it. Throws where a later try may go better. */
async function post(entries) {
  const body = JSON.stringify({ since: version, ...packed(entries) });
  const answer = await fetch(data.service.path, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  const text = await answer.text();
  let told = {};
  try { told = JSON.parse(text) ?? {}; } catch { /* what stands between page and server can answer, too */ }
  const error = told.error ?? `${answer.status} ${text.slice(0, 200)}`;
  if (NEVER.includes(answer.status)) return { error };
  if (!(answer.ok || answer.status === 409) || !Array.isArray(told.log)) throw new Error(error);
  return { ...told, clashes: answer.status === 409 };
}

async function sendNext() {
  busy = true;
  while (unsent.length) {
    $("saved").textContent = word("saving");
    const [said] = unsent;
    let told;
    try {
      told = await post(said.entries);
    } catch (error) {
      $("saved").textContent = `${word("unsaved")} ${error.message ?? ""}`;
      setTimeout(sendNext, 3000);
      return;
    }
    unsent.shift();
    if (told.error !== undefined) {
      refuse(said, told.error);
      continue;
    }
    version = told.version;
    if (told.clashes) clash(said, told.log, told.theirs);
    else told.log.forEach(takeOther);
    if (told.clashes || told.log.length) { refresh(); filter(); }
    $("saved").textContent = told.clashes ? "" : word("saved");
  }
  busy = false;
}

/** Another page has judged the same place since this one last heard of it: show both, and let the reader choose. */
function clash(said, others, theirs) {
  takeBack(said);
  const mine = said.entries;
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
function refuse(said, error) {
  takeBack(said);
  refresh();
  filter();
  const list = element("span", "", "buttons");
  list.append(button(word("clear"), closeConflict));
  $("conflict").replaceChildren(word("refused"), element("bdi", `${said.entries[0].text} – ${error}`), list);
  $("conflict").hidden = false;
  $("saved").textContent = "";
}

addEventListener("beforeunload", (event) => {
  if (unsent.length) event.preventDefault();
});
