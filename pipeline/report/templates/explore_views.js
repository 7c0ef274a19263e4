// The years that the texts speak of, and two documents or publishers beside each other.
const MOST = 300; // rows of a comparison at once (決め打ち)
let span = { decade: null, year: null }; // what is open in the view of dates

function showDates() {
  const kept = document.activeElement?.dataset?.focus;
  latest(ask("dates", { ...span, limit: MOST }), (found) => {
    const decades = card(word("explore_decades"), bars(found.decades, (decade) => {
      span = { decade: span.decade === decade ? null : decade, year: null };
      showDates();
    }, span.decade, 10));
    const years = card(span.decade === null ? word("explore_all_years") : `${span.decade}–${span.decade + 9}`, bars(found.years, (year) => {
      span.year = span.year === year ? null : year;
      showDates();
    }, span.year));
    for (const list of [decades, years]) list.classList.add(`label-${labels[timed.indexOf(true)]}`);
    const heads = [word("explore_name"), word("count")];
    const rows = card(word("explore_dates"), table(heads, found.names.map(([n, , name, count]) => [nameButton(n, name), count])));
    const all = async () => (await ask("dates", { ...span, limit: null })).names.map(([, , name, count]) => [name, count]);
    rows.line.append(csvButton("dates", ["norm", "mentions"], all));
    const main = $("main");
    main.replaceChildren(decades, years, rows);
    if (kept) main.querySelector(`[data-focus="${CSS.escape(kept)}"]`)?.focus();
  });
}

// Two sides: a document each, or all documents of a publisher.
let sides = [null, null];
let kind = "";

function groups() {
  const found = documents.map((doc, d) => [`d${d}`, `${doc.year ?? ""} ${doc.title}`.trim()]);
  const publishers = new Map();
  for (const { publisher } of documents) if (publisher) publishers.set(publisher, (publishers.get(publisher) ?? 0) + 1);
  for (const [name, count] of publishers) if (count > 1) found.push([`p${name}`, name]);
  return found;
}

function chooser(id, text, options, value, act) {
  const label = element("label", `${text} `);
  const select = element("select");
  select.id = id;
  for (const [key, name] of options) select.append(new Option(name, key, false, key === value));
  select.addEventListener("change", () => { act(select.value); showCompare(id); });
  label.append(select);
  return label;
}

/** A count of a name on one side: it leads to the sentences. */
function leading(n, count, key) {
  if (!count) return 0;
  const filter = key[0] === "d" ? { document: key.slice(1) } : { publisher: key.slice(1) };
  return numbered(nameButton(n, grouped(count), filter));
}

function showCompare(focus = "") {
  const main = $("main");
  const all = groups();
  if (all.length < 2) {
    turn += 1;
    main.replaceChildren(card(word("explore_compare"), element("p", word("explore_one"), "hint")));
    return;
  }
  sides = sides.map((side, n) => side ?? all[n === 0 ? 0 : Math.max(1, documents.length - 1)][0]);
  const [a, b] = sides;
  const query = { a, b, label: kind };
  latest(ask("compare", { ...query, limit: MOST }), (rows) => {
    const tools = element("div", "", "tools");
    tools.append(
      chooser("side-a", "A", all, a, (value) => { sides[0] = value; }),
      chooser("side-b", "B", all, b, (value) => { sides[1] = value; }),
      chooser("kind", word("label"), [["", word("all")], ...labels.map((one) => [one, word(`label_${one}`)])], kind, (value) => { kind = value; }),
    );
    const called = (wanted) => all.find(([key]) => key === wanted)[1];
    tools.append(csvButton(`compare_${called(a)}_${called(b)}`, ["label", "norm", "count_a", "count_b", "per_10000_a", "per_10000_b", "log_likelihood"],
      async () => (await ask("compare", { ...query, limit: null })).map(([, label, name, ...figures]) => [label, name, ...figures])));
    const heads = [word("explore_name"), word("label"), "A", "B", word("explore_per_a"), word("explore_per_b"), word("explore_likelihood")];
    const shown = rows.map(([n, label, name, x, y, ...rates]) => [nameButton(n, name), word(`label_${label}`), leading(n, x, a), leading(n, y, b),
      ...rates.map((value) => value + 0.0000001)]);
    main.replaceChildren(card(word("explore_compare"), tools, element("p", word("explore_compare_hint"), "hint"), table(heads, shown)));
    if (focus) $(focus)?.focus();
  });
}
