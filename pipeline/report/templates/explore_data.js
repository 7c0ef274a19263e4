// The data of the page, and what is counted of it.
const content = JSON.parse($("content").textContent);
const { documents, labels, timed, names, texts, sentences, sections } = content;
const [ofName, ofSentence, ofPlace, ofText, ofArticle, ofYear] = content.mentions;
const inDocument = content.in;
const total = ofName.length;
const documentOf = (m) => inDocument[ofSentence[m]];
const labelOf = (n) => labels[names[n][0]];

// The mentions of each name, one after the other: starts[n] to starts[n + 1] in byName.
const starts = new Uint32Array(names.length + 1);
for (let m = 0; m < total; m++) starts[ofName[m] + 1]++;
for (let n = 0; n < names.length; n++) starts[n + 1] += starts[n];
const byName = new Uint32Array(total);
{
  const next = starts.slice();
  for (let m = 0; m < total; m++) byName[next[ofName[m]]++] = m;
}
// The mentions of a sentence stand together, in the order of the text.
const firstOf = new Uint32Array(sentences.length + 1).fill(total);
for (let m = total - 1; m >= 0; m--) firstOf[ofSentence[m]] = m;
const mentionsOf = (n) => byName.subarray(starts[n], starts[n + 1]);
const countOf = (n) => starts[n + 1] - starts[n];
const frequent = [...names.keys()].sort((a, b) => countOf(b) - countOf(a));

// What a search reads: the norm of a name and every text that stands for it.
let hay = null;
function haystack() {
  if (hay) return hay;
  const forms = names.map(() => new Set());
  for (let m = 0; m < total; m++) forms[ofName[m]].add(ofText[m]);
  hay = names.map((name, n) => fold([name[1], ...[...forms[n]].map((t) => texts[t])].join("\n")));
  return hay;
}

function isolate(text) {
  return element("bdi", text);
}

function nameButton(n, className = "plain-link") {
  const made = button("", () => { location.hash = `name=${n}`; }, className);
  made.append(isolate(names[n][1]));
  return made;
}

/** Count what `key` gives for each mention; undefined is left out. */
function counted(mentions, key) {
  const found = new Map();
  for (const m of mentions) {
    const k = key(m);
    if (k !== undefined) found.set(k, (found.get(k) ?? 0) + 1);
  }
  return found;
}

/** A table of heads and rows; a cell is a text, a number or a node. */
function table(heads, rows, className = "") {
  const made = element("table", "", className);
  const top = made.createTHead().insertRow();
  for (const head of heads) {
    const cell = element("th", head);
    cell.scope = "col";
    top.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((value, at) => {
      const cell = line.insertCell();
      if (value instanceof Node) cell.append(value);
      else if (typeof value === "number") { cell.textContent = Number.isInteger(value) ? grouped(value) : value.toFixed(1); cell.className = "number"; }
      else {
        cell.append(isolate(value));
        if (value.length < 6) cell.className = "short";
      }
      if (typeof value === "number") top.cells[at].className = "number";
    });
  }
  const scroll = element("div", "", "scroll");
  scroll.tabIndex = 0;
  scroll.append(made);
  return scroll;
}

function card(title, ...parts) {
  const made = element("section", "", "card");
  const line = element("div", "", "head-line");
  line.append(element("h2", title, "part"));
  made.append(line, ...parts);
  made.line = line;
  return made;
}

const fileName = (name) => `${name.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 60)}.csv`;
const csvButton = (name, heads, rows) => button(word("explore_csv"), () => saveCsv(fileName(name), heads, rows()));
