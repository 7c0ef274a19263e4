// A name: its forms, years, documents, places, neighbours and sentences.
const CONTEXT = 40; // characters beside a word in KWIC (決め打ち)
const PAGE = 200; // rows of a table at once (決め打ち)
let seen = { name: -1, year: null, document: null, text: null, article: null, order: "text", rows: PAGE };

function chosenMentions() {
  const { name, year, document: doc, text, article } = seen;
  const all = mentionsOf(name);
  if (year === null && doc === null && text === null && article === null) return all;
  return all.filter((m) => (year === null || documents[documentOf(m)].year === year) && (doc === null || documentOf(m) === doc)
    && (text === null || ofText[m] === text) && (article === null || ofArticle[m] === article));
}

/** A filter that is pressed a second time is let go. */
function press(key, value) {
  seen[key] = seen[key] === value ? null : value;
  seen.rows = PAGE;
  showName(seen.name, true);
}

function pressed(text, key, value) {
  const made = button("", () => press(key, value));
  made.append(isolate(text));
  made.setAttribute("aria-pressed", String(seen[key] === value));
  made.dataset.focus = `${key}=${value}`;
  return made;
}

/** A bar for each year, or each `step` years; without `act` they only show, and lead nowhere. */
function bars(counts, act, open = null, step = 1) {
  const years = [...counts.keys()].filter(Boolean);
  const list = element("ol", "", "bars");
  if (!years.length) return element("p", word("explore_undated"), "hint");
  const highest = Math.max(...years.map((year) => counts.get(year)));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const shownYears = last - first < 80 * step
    ? Array.from({ length: (last - first) / step + 1 }, (_, n) => first + n * step) : years.sort((a, b) => a - b);
  for (const year of shownYears) {
    const count = counts.get(year) ?? 0;
    const made = act ? button(count ? grouped(count) : "", () => act(year)) : element("div", count ? grouped(count) : "", "bar");
    if (act) {
      made.setAttribute("aria-pressed", String(open === year));
      made.setAttribute("aria-label", `${year}: ${count}`);
      made.dataset.focus = `year=${year}`;
      made.disabled = !count;
    }
    const bar = element("i");
    bar.style.height = `${count / highest * 60}%`;
    made.append(bar, element("span", String(year), "year"));
    const item = element("li");
    item.append(made);
    list.append(item);
  }
  return list;
}

function chips(counts, key, text) {
  const list = element("ul", "", "chips");
  for (const [value, count] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 60)) {
    const item = element("li");
    item.append(pressed(`${text(value)} (${grouped(count)})`, key, value));
    list.append(item);
  }
  return list;
}

const articleText = (m) => {
  const [article, paragraph, item] = texts[m].split("|");
  const part = (value, ending) => value ? `${value.replaceAll("_", "の")}${ending}` : "";
  return (article ? `第${part(article, "条")}` : "") + part(paragraph, "項") + part(item, "号");
};

/** The names that stand in the same sentences, the most frequent first. */
function neighbours(mentions) {
  const counts = new Map();
  const own = seen.name;
  for (const s of new Set(Array.from(mentions, (m) => ofSentence[m]))) {
    const here = new Set();
    for (let m = firstOf[s]; m < total && ofSentence[m] === s; m++) if (ofName[m] !== own) here.add(ofName[m]);
    for (const n of here) counts.set(n, (counts.get(n) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function parts(m) {
  const text = sentences[ofSentence[m]];
  const at = ofPlace[m];
  const own = texts[ofText[m]];
  if (at < 0) return ["", own, ""]; // it is not known where in the sentence it stands
  return [text.slice(0, at), text.slice(at, at + own.length), text.slice(at + own.length)];
}

const reversed = (text) => [...text.slice(-12)].reverse().join("");
const orders = {
  text: () => 0,
  left: (a, b) => readable.compare(reversed(parts(a)[0]), reversed(parts(b)[0])),
  right: (a, b) => readable.compare(parts(a)[2].slice(0, 12), parts(b)[2].slice(0, 12)),
  year: (a, b) => (documents[documentOf(a)].year ?? 0) - (documents[documentOf(b)].year ?? 0),
};

function kwicRow(m) {
  const [left, key, right] = parts(m);
  const row = element("tr");
  const cells = [["left", left.slice(-CONTEXT)], ["key", key], ["right", right.slice(0, CONTEXT)]];
  for (const [name, text] of cells) {
    const cell = element("td", "", name);
    if (name === "key") {
      const open = button("", () => unfold(row, m), "open");
      open.append(isolate(text));
      open.setAttribute("aria-expanded", "false");
      cell.append(open);
    } else cell.append(isolate(text));
    row.append(cell);
  }
  const doc = documents[documentOf(m)];
  row.append(element("td", `${doc.year ?? ""} ${doc.title}`, "where"));
  return row;
}

/** Show the whole sentence below its row, with the mention marked and the way to its report. */
function unfold(row, m) {
  const open = row.querySelector("button.open");
  const is = open.getAttribute("aria-expanded") === "true";
  open.setAttribute("aria-expanded", String(!is));
  if (is) { row.nextElementSibling.remove(); return; }
  const line = element("tr", "", "whole");
  const cell = line.insertCell();
  cell.colSpan = 4;
  const [left, key, right] = parts(m);
  const mark = element("mark", key, `label-${labelOf(seen.name)}`);
  const text = element("p");
  if (ofPlace[m] < 0) text.append(sentences[ofSentence[m]]);
  else text.append(left, mark, right);
  const doc = documents[documentOf(m)];
  const where = element("p", "", "hint");
  where.append([doc.title, texts[sections[ofSentence[m]]]].filter(Boolean).join(" › "), " ");
  if (doc.page) {
    const link = element("a", word("explore_report"));
    link.href = `${encodeURIComponent(doc.id)}/report.html`;
    where.append(link);
  }
  cell.append(text, where);
  row.after(line);
}

function kwic(mentions) {
  const made = element("table", "", "kwic");
  const group = element("colgroup");
  for (const name of ["context", "key", "context", "where"]) group.append(element("col", "", name));
  const head = element("thead");
  const top = head.insertRow();
  for (const key of ["explore_left", "explore_word", "explore_right", "explore_document"]) {
    const cell = element("th", word(key));
    cell.scope = "col";
    top.append(cell);
  }
  const body = element("tbody");
  made.append(group, head, body);
  const sorted = Array.from(mentions).sort(orders[seen.order]);
  for (const m of sorted.slice(0, seen.rows)) body.append(kwicRow(m));
  const tools = element("div", "", "tools");
  const label = element("label", `${word("explore_sort")} `);
  const select = element("select");
  select.id = "order";
  for (const key of Object.keys(orders)) select.append(new Option(word(`explore_by_${key}`), key, false, key === seen.order));
  select.addEventListener("change", () => { seen.order = select.value; showName(seen.name, true, "order"); });
  label.append(select);
  const heads = ["doc_id", "title", "year", "section", "left", "text", "right", "norm"];
  const rows = () => sorted.map((m) => {
    const doc = documents[documentOf(m)];
    return [doc.id, doc.title, doc.year ?? "", texts[sections[ofSentence[m]]], ...parts(m), names[seen.name][1]];
  });
  tools.append(label, csvButton(`kwic_${names[seen.name][1]}`, heads, rows));
  const found = card(`${word("explore_sentences")} (${grouped(mentions.length)})`, tools, made);
  if (sorted.length > seen.rows) {
    found.append(button(word("explore_more"), () => { seen.rows += PAGE * 5; showName(seen.name, true); }));
  }
  return found;
}

function showName(n, again = false, focus = "") {
  if (!again) seen = { ...seen, name: n, year: null, document: null, text: null, article: null, rows: PAGE };
  const kept = focus || document.activeElement?.dataset?.focus;
  const all = mentionsOf(n);
  const mentions = chosenMentions();
  const main = $("main");
  const top = element("section", "", `card label-${labelOf(n)}`);
  const line = element("div", "", "head-line");
  const title = element("h2");
  title.append(isolate(names[n][1]));
  line.append(element("span", word(`label_${labelOf(n)}`), "sample"), title);
  if (names[n][2]) line.append(element("span", words[document.documentElement.lang][`kind_${names[n][2]}`] ?? names[n][2], "hint"));
  const spoken = Array.from(all, documentOf).map((d) => documents[d].year).filter(Boolean);
  const told = spoken.length ? `${Math.min(...spoken)}–${Math.max(...spoken)}` : word("explore_undated");
  const facts = `${grouped(all.length)} ${word("explore_mentions")} · ${grouped(new Set(Array.from(all, documentOf)).size)} ${word("explore_documents")} · ${told}`;
  top.append(line, element("p", facts, "hint"), element("h3", word("explore_forms")), chips(counted(all, (m) => ofText[m]), "text", (t) => texts[t]));
  const years = card(word("explore_years"), bars(counted(all, (m) => documents[documentOf(m)].year ?? undefined), (year) => {
    const doc = documents.findIndex((one) => one.year === year);
    if (documents.filter((one) => one.year === year).length === 1) press("document", doc);
    else press("year", year);
  }, seen.year ?? (seen.document === null ? null : documents[seen.document].year)));
  years.classList.add(`label-${labelOf(n)}`);
  const articles = counted(all, (m) => texts[ofArticle[m]] ? ofArticle[m] : undefined);
  const law = articles.size ? card(word("explore_articles"), chips(articles, "article", articleText)) : "";
  const inDocuments = [...counted(all, documentOf)].sort((a, b) => (documents[a[0]].year ?? 0) - (documents[b[0]].year ?? 0));
  const found = table([word("explore_document"), word("explore_year"), word("count")], inDocuments.map(([d, count]) => [
    pressed(documents[d].title, "document", d), String(documents[d].year ?? ""), count]));
  const beside = neighbours(mentions);
  const near = table([word("explore_name"), word("label"), word("count")], beside.slice(0, 100).map(([other, count]) => [
    nameButton(other), word(`label_${labelOf(other)}`), count]));
  const nearCard = card(word("explore_near"), near);
  nearCard.line.append(csvButton(`near_${names[n][1]}`, ["label", "norm", "sentences"], () => beside.map(([o, c]) => [labelOf(o), names[o][1], c])));
  const pair = element("div", "", "pair");
  pair.append(card(word("explore_by_document"), found), nearCard);
  main.replaceChildren(top, years, law, pair, kwic(mentions));
  if (focus) $(focus)?.focus();
  else if (kept) main.querySelector(`[data-focus="${CSS.escape(kept)}"]`)?.focus();
}
