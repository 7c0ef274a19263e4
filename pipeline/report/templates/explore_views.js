// The years that the texts speak of, and two documents or publishers beside each other.
const MOST = 300; // rows of a comparison at once (決め打ち)
let span = null; // the decade that is open in the view of dates

function showDates() {
  const mentions = [];
  for (let m = 0; m < total; m++) if (timed[names[ofName[m]][0]] && ofYear[m]) mentions.push(m);
  const main = $("main");
  const kept = document.activeElement?.dataset?.focus;
  const decade = (m) => Math.floor(ofYear[m] / 10) * 10;
  const all = counted(mentions, decade);
  const label = `label-${labels[timed.indexOf(true)]}`;
  const decades = card(word("explore_decades"), bars(all, (year) => { span = span === year ? null : year; showDates(); }, span, 10));
  const shownMentions = span === null ? mentions : mentions.filter((m) => decade(m) === span);
  const years = card(span === null ? word("explore_all_years") : `${span}–${span + 9}`, bars(counted(shownMentions, (m) => ofYear[m]), null));
  for (const list of [decades, years]) list.classList.add(label);
  const counts = [...counted(shownMentions, (m) => ofName[m])].sort((a, b) => b[1] - a[1]);
  const rows = card(word("explore_dates"), table([word("explore_name"), word("count")], counts.slice(0, MOST).map(([n, count]) => [nameButton(n), count])));
  rows.line.append(csvButton("dates", ["norm", "mentions"], () => counts.map(([n, c]) => [names[n][1], c])));
  main.replaceChildren(decades, years, rows);
  if (kept) main.querySelector(`[data-focus="${CSS.escape(kept)}"]`)?.focus();
}

// Two sides: a document each, or all documents of a publisher.
let sides = [null, null];
let kind = "";

function groups() {
  const found = documents.map((doc, d) => [`d${d}`, `${doc.year ?? ""} ${doc.title}`.trim(), new Set([d])]);
  const publishers = new Map();
  documents.forEach((doc, d) => {
    if (doc.publisher) publishers.set(doc.publisher, (publishers.get(doc.publisher) ?? new Set()).add(d));
  });
  let number = 0;
  for (const [name, members] of publishers) if (members.size > 1) found.push([`p${number++}`, name, members]);
  return found;
}

/** Dunning's log-likelihood (1993) of two counts in two sums; its sign says which side has more. */
function likelihood(a, b, sumA, sumB) {
  const share = (a + b) / (sumA + sumB);
  const part = (count, sum) => count ? count * Math.log(count / (sum * share)) : 0;
  const value = 2 * (part(a, sumA) + part(b, sumB));
  return a / sumA >= b / sumB ? value : -value;
}

function compared(first, second) {
  const a = new Map();
  const b = new Map();
  for (let m = 0; m < total; m++) {
    if (kind && labelOf(ofName[m]) !== kind) continue;
    const d = documentOf(m);
    if (first.has(d)) a.set(ofName[m], (a.get(ofName[m]) ?? 0) + 1);
    if (second.has(d)) b.set(ofName[m], (b.get(ofName[m]) ?? 0) + 1);
  }
  const size = (members) => [...members].reduce((sum, d) => sum + documents[d].characters, 0) || 1;
  const [sumA, sumB] = [size(first), size(second)];
  const rows = [];
  for (const n of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(n) ?? 0, b.get(n) ?? 0];
    rows.push([n, x, y, x / sumA * 1e4, y / sumB * 1e4, likelihood(x, y, sumA, sumB)]);
  }
  return rows.sort((p, q) => Math.abs(q[5]) - Math.abs(p[5]) || p[0] - q[0]);
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

function showCompare(focus = "") {
  const main = $("main");
  const all = groups();
  if (all.length < 2) {
    main.replaceChildren(card(word("explore_compare"), element("p", word("explore_one"), "hint")));
    return;
  }
  sides = sides.map((side, n) => all.some(([key]) => key === side) ? side : all[n === 0 ? 0 : Math.max(1, documents.length - 1)][0]);
  const [first, second] = sides.map((side) => all.find(([key]) => key === side));
  const tools = element("div", "", "tools");
  tools.append(
    chooser("side-a", "A", all, sides[0], (value) => { sides[0] = value; }),
    chooser("side-b", "B", all, sides[1], (value) => { sides[1] = value; }),
    chooser("kind", word("label"), [["", word("all")], ...labels.map((one) => [one, word(`label_${one}`)])], kind, (value) => { kind = value; }),
  );
  const rows = compared(first[2], second[2]);
  tools.append(csvButton(`compare_${first[1]}_${second[1]}`, ["label", "norm", "count_a", "count_b", "per_10000_a", "per_10000_b", "log_likelihood"],
    () => rows.map(([n, ...figures]) => [labelOf(n), names[n][1], ...figures])));
  const heads = [word("explore_name"), word("label"), "A", "B", word("explore_per_a"), word("explore_per_b"), word("explore_likelihood")];
  const shown = rows.slice(0, MOST).map(([n, ...figures]) => [nameButton(n), word(`label_${labelOf(n)}`), ...figures.slice(0, 2), ...figures.slice(2).map((value) => value + 0.0000001)]);
  main.replaceChildren(card(word("explore_compare"), tools, element("p", word("explore_compare_hint"), "hint"), table(heads, shown)));
  if (focus) $(focus)?.focus();
}
