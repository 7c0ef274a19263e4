// Keeps judgements on the server that the page came from (hakusho review), one save after the other.
const unsent = []; // what each key said: one entry, or several that are kept or refused together
let version = data.service?.version ?? 0;
let busy = false;

function send(entries) {
  unsent.push(entries);
  if (!busy) sendNext();
}

async function sendNext() {
  busy = true;
  while (unsent.length) {
    $("saved").textContent = word("saving");
    const [entries] = unsent;
    let answer;
    try {
      const body = JSON.stringify({ since: version, entries });
      answer = await fetch(data.service.path, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (!answer.ok && answer.status !== 409) throw new Error((await answer.json()).error);
    } catch (error) {
      $("saved").textContent = `${word("unsaved")} ${error.message ?? ""}`;
      setTimeout(sendNext, 3000);
      return;
    }
    const { version: now, log: others, theirs } = await answer.json();
    unsent.shift();
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
  const close = () => { $("conflict").hidden = true; refocus(); };
  const list = element("span", "", "buttons");
  list.append(
    button(word("theirs"), close),
    button(word("mine"), () => { close(); say(mine); }),
  );
  const more = theirs.length > 1 ? [` ${phrase("more", { count: theirs.length - 1 })}`] : [];
  $("conflict").replaceChildren(word("conflict"), element("bdi", tell(theirs[0])), ...more, element("br"), list);
  $("conflict").hidden = false;
}

addEventListener("beforeunload", (event) => {
  if (unsent.length) event.preventDefault();
});
