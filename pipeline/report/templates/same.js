// Same name, same verdict: one judgement for all mentions with the same text, label and norm.
let joined = false;

const nameOf = (i) => JSON.stringify([near.has(i), ...["text", "label", "norm", "value"].map((name) => cell(i, name))]);
const names = new Map();
for (const i of order) {
  const name = nameOf(i);
  if (names.has(name)) names.get(name).push(i);
  else names.set(name, [i]);
}

/** The mentions of the chosen one's name that a judgement would reach: those that nobody has judged yet, and it. */
function alike() {
  return chosen < 0 || chosen >= found ? [] : names.get(nameOf(chosen)).filter((i) => i === chosen || !isJudged(i));
}

const together = () => (joined ? alike() : [chosen]);

function separate() {
  joined = false;
  for (const mark of document.querySelectorAll("mark.same")) mark.classList.remove("same");
}

/** Shows what the next judgement would reach: all of one name, or again the chosen one alone. */
function join() {
  const wanted = !joined && alike().length > 1;
  separate();
  joined = wanted;
  if (joined) for (const i of alike()) for (const mark of parts[i]) mark.classList.add("same");
  describeSame();
}

function describeSame() {
  const box = $("same");
  const members = alike();
  box.hidden = members.length < 2;
  if (box.hidden) return;
  const all = names.get(nameOf(chosen)).length;
  $("same-text").textContent = phrase(joined ? "same_on" : "same_off", { open: grouped(members.length), all: grouped(all) });
  $("same-button").dataset.t = joined ? "same_alone" : "same_join";
  $("same-button").textContent = word($("same-button").dataset.t);
  $("same-button").setAttribute("aria-pressed", String(joined));
  box.classList.toggle("joined", joined);
}

listeners.choose.push(separate, describeSame);
listeners.filter.push(describeSame);
listeners.speak.push(describeSame);
$("same-button").addEventListener("click", join);
