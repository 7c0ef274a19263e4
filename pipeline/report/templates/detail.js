// What is known of the chosen mention.
function anchor(text, href) {
  const made = element("a", text);
  made.href = href;
  if (!href.startsWith("#")) { made.target = "_blank"; made.rel = "noopener noreferrer"; }
  return made;
}

function locator(values) {
  const levels = [["article", "条"], ["paragraph", "項"], ["item", "号"]];
  const one = (part, unit) => part.split("-")
    .map((number) => number.split("_").map((n, at) => (at ? `の${n}` : `第${n}${unit}`)).join("")).join("～");
  return levels.map(([name, unit]) =>
    (values[name] || "").split("|").filter(Boolean).map((part) => one(part, unit)).join("、")).join("");
}

function antecedent(i) {
  const id = cell(i, "antecedent");
  if (!byId.has(id)) return id;
  return anchor(`${cell(byId.get(id), "surface")}（${id}）`, `#mention-${encodeURIComponent(id)}`);
}

/** Raw beside clean: line breaks of the raw text are made visible. */
function rawAndClean(i) {
  const both = element("div", "", "both");
  for (const [key, text] of [["text", cell(i, "text").replace(/\r\n?|\n/g, "⏎\n")], ["clean", cell(i, "surface")]]) {
    const side = element("div");
    const shownText = element("bdi", text);
    shownText.lang = "ja";
    side.append(element("small", word(key)), shownText);
    both.append(side);
  }
  return both;
}

function flagsOf(i) {
  const list = document.createDocumentFragment();
  for (const flag of cell(i, "flags").split("|").filter(Boolean)) list.append(element("span", term("flag_", flag), "flag"));
  return list.childNodes.length ? list : "";
}

function goldOf(i) {
  const [kind, g] = data.gold[i] ?? [];
  if (!kind) return "";
  if (!g || kind === "correct" || kind === "missed") return word(`gold_${kind}`);
  const [label, start, end, text, norm, value, mod, article, paragraph, item] = g;
  const place = locator({ article, paragraph, item });
  return `${word(`gold_${kind}`)}\n${label} [${start}, ${end}) ${text}\n${[norm, data.fields[label].includes("norm") ? value : "", mod, place].filter(Boolean).join(" ")}`;
}

/** The page that the results name, with its anchor, if it is of this law; else the law's page. */
function lawPage(i, lawId) {
  const [page, own] = [`https://laws.e-gov.go.jp/law/${lawId}`, data.today[i]?.[0] ?? ""];
  return own.startsWith(page) ? own : page;
}

function facts(i) {
  const plain = (name) => [name, cell(i, name)];
  const [from, to] = [cell(i, "start_date"), cell(i, "end_date")];
  const era = cell(i, "era");
  const lawId = cell(i, "law_id");
  const more = data.more[i] ?? {};
  const place = { article: cell(i, "article"), paragraph: cell(i, "paragraph"), item: cell(i, "item") };
  return [
    ["reason", near.has(i) ? term("reason_", data.near[i]) : ""],
    ["gold", goldOf(i)],
    ["flags", flagsOf(i)],
    plain(data.fields[cell(i, "label")][0]), plain("mod"),
    ["dates", from || to ? `${from} – ${to}` : ""],
    ["granularity", term("kind_", cell(i, "granularity"))],
    ["era", era && `${era} ${cell(i, "era_year") ?? ""}`],
    plain("law_num"),
    ["law_id", /^\w+$/.test(lawId) ? anchor(lawId, lawPage(i, lawId)) : lawId],
    ["locator", locator(place)],
    ["kind", term("kind_", cell(i, "kind"))],
    ["antecedent", antecedent(i)],
    ["rule", term("rule_", cell(i, "rule"))],
    ["confidence", `${(100 * Number(cell(i, "confidence"))).toFixed(0)} %`],
    plain("section"),
    ["page", more.page ?? ""],
    ["offsets", `[${cell(i, "start")}, ${cell(i, "end")})`],
    ["entity_id", anchor(cell(i, "entity_id"), `#mention-${encodeURIComponent(cell(i, "entity_id"))}`)],
  ];
}

function describe() {
  const detail = $("detail");
  detail.hidden = $("facts").hidden = chosen < 0;
  $("hint").hidden = chosen >= 0;
  if (chosen < 0) return;
  const list = element("dl");
  for (const [key, value] of facts(chosen)) {
    if (value === "" || value === null) continue;
    const dd = element("dd");
    if (key === "norm" || key === "section") dd.lang = "ja";
    dd.dataset.key = key;
    dd.append(value);
    list.append(element("dt", word(key)), dd);
  }
  const now = effective(chosen);
  const title = element("h2", cell(chosen, "surface"));
  title.lang = "ja";
  const head = element("div", "", `head label-${now.label}`);
  const close = button("×", () => choose(-1));
  close.setAttribute("aria-label", word("clear"));
  head.append(element("span", near.has(chosen) ? `${now.label} ${word("candidate")}` : now.label, "sample"), title, close);
  detail.replaceChildren(head, rawAndClean(chosen));
  $("facts").replaceChildren(list);
}

listeners.choose.push(describe);
listeners.speak.push(describe);
