// A name: its forms, official names, years, documents, places, neighbours and sentences.
const CONTEXT = 40; // characters beside a word in KWIC (決め打ち)
const PAGE = 200; // rows of a table at once (決め打ち)
const LISTED = 60; // forms or places of a name at once (決め打ち)
const FILTERS = { year: null, document: null, publisher: null, text: null, article: null, near: null };
const ORDERS = ["text", "left", "right", "year"];
let seen = { name: -1, ...FILTERS, order: "text", rows: PAGE };

/** A filter that is pressed a second time is let go. */
function press(key, value) {
  seen[key] = seen[key] === value ? null : value;
  seen.rows = PAGE;
  showName();
}

function pressed(text, key, value) {
  const made = button("", () => press(key, value));
  made.append(isolate(text));
  made.setAttribute("aria-pressed", String(seen[key] === value));
  made.dataset.focus = `${key}=${value}`;
  return made;
}

/** A bar for each year, or each `step` years. */
function bars(rows, act, open = null, step = 1) {
  const counts = new Map(rows.filter(([year]) => year));
  const years = [...counts.keys()];
  const list = element("ol", "", "bars");
  if (!years.length) return element("p", word("explore_undated"), "hint");
  const highest = Math.max(...counts.values());
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const shownYears = last - first < 80 * step
    ? Array.from({ length: (last - first) / step + 1 }, (_, n) => first + n * step) : years.sort((a, b) => a - b);
  // Where bars as wide as their figures would leave the last years out of sight, thin ones show all.
  const thin = shownYears.length * 20 > $("main").clientWidth - 60;
  list.classList.toggle("thin", thin);
  for (const year of shownYears) {
    const count = counts.get(year) ?? 0;
    const said = `${step === 1 ? year : `${year}–${year + step - 1}`}: ${count}`;
    const made = button(count && !thin ? grouped(count) : "", () => act(year));
    made.setAttribute("aria-pressed", String(open === year));
    made.setAttribute("aria-label", said);
    made.title = said;
    made.dataset.focus = `${step === 1 ? "year" : "decade"}=${year}`;
    made.disabled = !count;
    const bar = element("i");
    bar.style.height = `${count / highest * 60}%`;
    made.append(bar, element("span", thin && year % (5 * step) ? "" : String(year), "year"));
    const item = element("li");
    item.append(made);
    list.append(item);
  }
  return list;
}

function chips(rows, key, text = (value) => value) {
  const list = element("ul", "", "chips");
  for (const [value, count] of rows.slice(0, LISTED)) {
    const item = element("li");
    item.append(pressed(`${text(value)} (${grouped(count)})`, key, value));
    list.append(item);
  }
  return list;
}

const articleText = (place) => {
  const [article, paragraph, item] = place.split("|");
  const part = (value, ending) => value ? `${value.replaceAll("_", "の")}${ending}` : "";
  return (article ? `第${part(article, "条")}` : "") + part(paragraph, "項") + part(item, "号");
};

function kwicRow(one, label) {
  const [left, key, right, known, d] = one;
  const row = element("tr");
  const cells = [["left", known ? left.slice(-CONTEXT) : ""], ["key", key], ["right", known ? right.slice(0, CONTEXT) : ""]];
  for (const [name, text] of cells) {
    const cell = element("td", "", name);
    if (name === "key") {
      const open = button("", () => unfold(row, one, label), "open");
      open.append(isolate(text));
      open.setAttribute("aria-expanded", "false");
      cell.append(open);
    } else cell.append(isolate(text));
    row.append(cell);
  }
  const doc = documents[d];
  row.append(element("td", `${doc.year ?? ""} ${doc.title}`, "where"));
  return row;
}

/** Show the whole sentence below its row, with the mention marked and the way to its report. */
function unfold(row, [left, key, right, known, d, section], label) {
  const open = row.querySelector("button.open");
  const is = open.getAttribute("aria-expanded") === "true";
  open.setAttribute("aria-expanded", String(!is));
  if (is) { row.nextElementSibling.remove(); return; }
  const line = element("tr", "", "whole");
  const cell = line.insertCell();
  cell.colSpan = 4;
  const text = element("p");
  text.append(...(known ? [left, element("mark", key, `label-${label}`), right] : [left]));
  const doc = documents[d];
  const where = element("p", "", "hint");
  where.append([doc.title, section].filter(Boolean).join(" › "), " ");
  if (doc.page) {
    const link = element("a", word("explore_report"));
    link.href = `${encodeURIComponent(doc.id)}/report.html`;
    where.append(link);
  }
  cell.append(text, where);
  row.after(line);
}

function kwicTable(rows, label) {
  const made = element("table", "", "kwic");
  const group = element("colgroup");
  for (const name of ["context", "key", "context", "where"]) group.append(element("col", "", name));
  const top = element("thead");
  const heads = top.insertRow();
  for (const key of ["explore_left", "explore_word", "explore_right", "explore_document"]) {
    const cell = element("th", word(key));
    cell.scope = "col";
    heads.append(cell);
  }
  const body = element("tbody");
  body.append(...rows.map((one) => kwicRow(one, label)));
  made.append(group, top, body);
  return made;
}

function kwic(about, lines) {
  const tools = element("div", "", "tools");
  const label = element("label", `${word("explore_sort")} `);
  const select = element("select");
  select.id = "order";
  for (const key of ORDERS) select.append(new Option(word(`explore_by_${key}`), key, false, key === seen.order));
  select.addEventListener("change", () => { seen.order = select.value; showName("order"); });
  label.append(select);
  const heads = ["doc_id", "title", "year", "section", "left", "text", "right", "norm"];
  const rows = async () => (await ask("lines", { ...seen, rows: null })).rows.map(([left, key, right, known, d, section]) => {
    const doc = documents[d];
    return [doc.id, doc.title, doc.year ?? "", section, known ? left : "", key, right, about.name];
  });
  tools.append(label, csvButton(`kwic_${about.name}`, heads, rows));
  const kept = seen.near === null ? null : pressed(`${word("explore_beside")} ${about.near} ×`, "near", seen.near);
  if (kept) tools.append(kept);
  const only = seen.publisher === null ? null : pressed(`${seen.publisher} ×`, "publisher", seen.publisher);
  if (only) tools.append(only);
  const found = card(`${word("explore_sentences")} (${grouped(lines.count)})`, tools, kwicTable(lines.rows, about.label));
  found.id = "sentences";
  if (lines.count > lines.rows.length) {
    found.append(button(word("explore_more"), () => { seen.rows += PAGE * 5; showName(); }));
  }
  return found;
}

/** What the name is, since when, and where it stands first and last. */
function head(about) {
  const made = element("section", "", `card label-${about.label}`);
  const line = element("div", "", "head-line");
  const title = element("h2");
  title.append(isolate(about.name));
  line.append(element("span", word(`label_${about.label}`), "sample"), title);
  if (about.kind) line.append(element("span", words[document.documentElement.lang][`kind_${about.kind}`] ?? about.kind, "hint"));
  const years = about.years.map(([year]) => year);
  const spoken = years.length > 1 ? `${years[0]}–${years.at(-1)}` : years[0] ?? word("explore_undated");
  const facts = `${numberOf(about.count, "explore_mentions")} · ${numberOf(about.documents.length, "explore_documents")} · ${spoken}`;
  made.append(line, element("p", facts, "hint"), element("h3", word("explore_forms")), chips(about.forms, "text"));
  if (about.count > 2) made.append(element("h3", word("explore_ends")), kwicTable(about.ends, about.label));
  return made;
}

/** The official names that the thing has had, each with its time and its mentions. */
function overTime(about) {
  const rows = about.over.map(([name, first, last, n, count]) => {
    const own = n === seen.name;
    const shown = n === null || own ? element(own ? "strong" : "span") : nameButton(n, name);
    if (n === null || own) shown.append(isolate(name));
    return [shown, first || "?", last || (first ? word("explore_today") : "?"), n === null ? "" : count];
  });
  const heads = ["explore_official", "explore_since", "explore_until", "count"].map(word);
  const made = card(word("explore_over"), element("p", word(`explore_over_${about.label}`), "hint"), table(heads, rows));
  made.id = "over";
  made.line.append(csvButton(`names_${about.name}`, ["norm", "first", "last", "mentions"], () => about.over.map(([name, first, last, , count]) => [name, first, last, count])));
  return made;
}

function beside(about) {
  const rows = about.beside.map(([n, label, name, count]) => {
    const only = pressed(grouped(count), "near", n);
    only.setAttribute("aria-label", `${name}: ${count}`);
    return [nameButton(n, name), word(`label_${label}`), numbered(only)];
  });
  if (!rows.length) return card(word("explore_near"), element("p", word("explore_alone"), "hint"));
  const made = card(word("explore_near"), table(["explore_name", "label", "count"].map(word), rows));
  const all = async () => (await ask("beside", seen)).map(([, label, name, count]) => [label, name, count]);
  made.line.append(csvButton(`near_${about.name}`, ["label", "norm", "sentences"], all));
  return made;
}

function inDocuments(about) {
  const rows = [...about.documents].sort((a, b) => (documents[a[0]].year ?? 0) - (documents[b[0]].year ?? 0));
  return card(word("explore_by_document"), table(["explore_document", "explore_year", "count"].map(word), rows.map(([d, count]) => [
    pressed(documents[d].title, "document", d), String(documents[d].year ?? ""), count])));
}

function showName(focus = "") {
  const kept = focus || document.activeElement?.dataset?.focus;
  latest(Promise.all([ask("name", seen), ask("lines", seen)]), ([about, lines]) => {
    const main = $("main");
    if (!about) { main.replaceChildren(element("p", word("none"))); return; }
    const years = card(word("explore_years"), bars(about.years, (year) => press("year", year), seen.year));
    years.classList.add(`label-${about.label}`);
    const law = about.articles.length ? [card(word("explore_articles"), chips(about.articles, "article", articleText))] : [];
    const over = about.over.length ? [overTime(about)] : [];
    const pair = element("div", "", "pair");
    pair.append(inDocuments(about), beside(about));
    main.replaceChildren(head(about), ...over, years, ...law, pair, kwic(about, lines));
    if (focus) $(focus)?.focus();
    else if (kept) main.querySelector(`[data-focus="${CSS.escape(kept)}"]`)?.focus();
  });
}
