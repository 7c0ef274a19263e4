// Keeps judgements on the server that the page came from (hakusho review), one save after the other.
const queue = [];
let version = data.service?.version ?? 0;
let busy = false;

function send(entry) {
  queue.push(entry);
  if (!busy) next();
}

async function next() {
  busy = true;
  while (queue.length) {
    $("saved").textContent = word("saving");
    const [entry] = queue;
    let answer;
    try {
      const body = JSON.stringify({ since: version, entry });
      answer = await fetch(data.service.path, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (!answer.ok && answer.status !== 409) throw new Error((await answer.json()).error);
    } catch (error) {
      $("saved").textContent = `${word("unsaved")} ${error.message ?? ""}`;
      setTimeout(next, 3000);
      return;
    }
    const { version: now, log: others, theirs } = await answer.json();
    queue.shift();
    version = now;
    if (answer.status === 409) clash(entry, others, theirs[0]);
    else for (const other of others) take(other);
    if (others.length) { refresh(); filter(); }
    $("saved").textContent = answer.status === 409 ? "" : word("saved");
  }
  busy = false;
}

/** Another page has judged the same place since this one last heard of it: show both, and let the reader choose. */
function clash(mine, others, theirs) {
  take({ ...mine, action: "undo" });
  for (const other of others) take(other);
  const tell = (entry) => `${entry.who || "?"} ${entry.when}: ${term("judged_", entry.action)} ${entry.label} ${entry.text} ${entry.norm || entry.value}`;
  const close = () => { $("conflict").hidden = true; };
  const list = element("span", "", "buttons");
  list.append(
    button(word("theirs"), close),
    button(word("mine"), () => { close(); say(mine); }),
  );
  $("conflict").replaceChildren(word("conflict"), element("bdi", tell(theirs)), element("br"), list);
  $("conflict").hidden = false;
}
