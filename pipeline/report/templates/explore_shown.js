// What the views share: what the page holds in any case, and how tables, names and files are shown.
const content = JSON.parse($("content").textContent);
const { documents, labels, timed } = content;
const TURN = 12; // characters that count where sentences are sorted by what stands beside a name (決め打ち)
const BESIDE = 100; // names beside a name on its page (決め打ち)

function isolate(text) {
  return element("bdi", text);
}

/** Leads to a name; `more` are filters of its page. */
function nameButton(n, text, more = {}, className = "plain-link") {
  const made = button("", () => { location.hash = String(new URLSearchParams({ name: n, ...more })); }, className);
  made.append(isolate(text));
  return made;
}

const figure = (value) => (Number.isInteger(value) ? grouped(value) : value.toFixed(1));

/** A table of heads and rows; a cell is a text, a number, a node, or a number and the node that shows it. */
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
      else if (typeof value === "number") cell.textContent = figure(value);
      else {
        cell.append(isolate(value));
        if (value.length < 6) cell.className = "short";
      }
      if (typeof value === "number" || value.isNumber) cell.className = top.cells[at].className = "number";
    });
  }
  const scroll = element("div", "", "scroll");
  scroll.tabIndex = 0;
  scroll.append(made);
  return scroll;
}

/** A node that stands for a number, so that its column is one of numbers. */
function numbered(node) {
  node.isNumber = true;
  return node;
}

function card(title, ...parts) {
  const made = element("section", "", "card");
  const line = element("div", "", "head-line");
  line.append(element("h2", title, "part"));
  made.append(line, ...parts);
  made.line = line;
  return made;
}

/** A number with what it counts; English has another word for one. */
const numberOf = (count, key) => `${grouped(count)} ${word(count === 1 ? `${key}_1` : key)}`;

const fileName = (name) => `${name.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 60)}.csv`;
/** Saves what `rows` gives, now or later. */
function csvButton(name, heads, rows) {
  return button(word("explore_csv"), () => answered(rows(), (found) => saveCsv(fileName(name), heads, found)));
}

let turn = 0;
/** Shows what an answer says unless another question was asked meanwhile. */
function latest(asked, act) {
  const mine = ++turn;
  return answered(asked, act, () => mine === turn);
}

/** Does something with an answer if it is `wanted` still; one that does not come says so on the page. */
async function answered(asked, act, wanted = () => true) {
  let found;
  try {
    found = await asked;
  } catch (error) {
    if (wanted()) $("main").replaceChildren(card(word("explore_lost"), element("p", String(error.message), "hint")));
    return;
  }
  if (wanted()) act(found);
}
