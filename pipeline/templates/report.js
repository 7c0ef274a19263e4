"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const { columns, rows, today } = JSON.parse($("data").textContent);
  const words = JSON.parse($("words").textContent);
  const column = Object.fromEntries(columns.map((name, at) => [name, at]));
  const cell = (i, name) => rows[i][column[name]];
  const word = (key) => words[document.documentElement.lang][key] ?? key;
  const fold = (text) => text.normalize("NFKC").toLowerCase();

  const parts = rows.map(() => []);
  for (const mark of document.querySelectorAll("#text mark")) parts[mark.dataset.i].push(mark);
  const byId = new Map(rows.map((row, i) => [row[column.entity_id], i]));
  const hay = rows.map((_, i) => fold(`${cell(i, "surface")}\n${cell(i, "norm")}\n${cell(i, "text")}`));
  const groups = [...document.querySelectorAll("#entities tbody tr")].map((row) => ({
    row, members: row.dataset.members.split(" ").map(Number),
  }));
  let shown = rows.map((_, i) => i);
  let chosen = -1;

  function element(name, text = "", className = "") {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function anchor(text, href) {
    const made = element("a", text);
    made.href = href;
    if (!href.startsWith("#")) { made.target = "_blank"; made.rel = "noopener noreferrer"; }
    return made;
  }

  function locator(i) {
    return ["article", "paragraph", "item"]
      .filter((name) => cell(i, name))
      .map((name) => `${word(name)} ${cell(i, name).replaceAll("|", ", ").replaceAll("_", "-")}`)
      .join("　");
  }

  function antecedent(i) {
    const id = cell(i, "antecedent");
    if (!byId.has(id)) return id;
    return anchor(`${cell(byId.get(id), "surface")}（${id}）`, `#mention-${encodeURIComponent(id)}`);
  }

  /** The address in the data if it is one of e-Gov's, else that of the law's page. */
  function page(i) {
    const [base, own] = ["https://laws.e-gov.go.jp/law/", today[i]?.[0] ?? ""];
    return own.startsWith(base + cell(i, "law_id")) ? own : base + cell(i, "law_id");
  }

  function facts(i) {
    const plain = (name) => [name, cell(i, name)];
    const [from, to] = [cell(i, "start_date"), cell(i, "end_date")];
    const era = cell(i, "era");
    const lawId = cell(i, "law_id");
    const flags = document.createDocumentFragment();
    for (const flag of cell(i, "flags").split("|").filter(Boolean)) flags.append(element("span", flag, "flag"));
    return [
      ["flags", flags.childNodes.length ? flags : ""],
      plain("norm"), plain("value"), plain("mod"),
      ["dates", from || to ? `${from} – ${to}` : ""],
      plain("granularity"),
      ["era", era && `${era} ${cell(i, "era_year") ?? ""}`],
      plain("law_num"),
      ["title_today", today[i]?.[1] === cell(i, "norm") ? "" : today[i]?.[1] ?? ""],
      ["law_id", /^\w+$/.test(lawId) ? anchor(lawId, page(i)) : lawId],
      ["locator", locator(i)],
      plain("kind"), plain("text"),
      ["antecedent", antecedent(i)],
      plain("rule"),
      ["confidence", cell(i, "confidence").toFixed(2)],
      plain("section"),
      ["offsets", `[${cell(i, "start")}, ${cell(i, "end")})`],
      plain("entity_id"),
    ];
  }

  function describe() {
    const detail = $("detail");
    detail.hidden = chosen < 0;
    $("hint").hidden = chosen >= 0;
    if (chosen < 0) return;
    const list = element("dl");
    for (const [key, value] of facts(chosen)) {
      if (value === "" || value === null) continue;
      const dd = element("dd");
      dd.lang = "ja";
      dd.append(value);
      list.append(element("dt", word(key)), dd);
    }
    const head = element("div", "", `head label-${cell(chosen, "label")}`);
    const close = element("button", "×");
    close.type = "button";
    close.setAttribute("aria-label", word("clear"));
    close.addEventListener("click", () => choose(-1));
    head.append(element("span", cell(chosen, "label"), "sample"), element("h2", cell(chosen, "surface")), close);
    detail.replaceChildren(head, list);
  }

  function count() {
    const at = shown.indexOf(chosen);
    $("place").textContent = shown.length ? `${at < 0 ? "–" : at + 1} / ${shown.length}` : word("none");
    $("previous").disabled = $("next").disabled = !shown.length;
  }

  function choose(i) {
    if (i === chosen) return;
    for (const mark of parts[chosen] ?? []) mark.classList.remove("chosen");
    chosen = i;
    for (const mark of parts[chosen] ?? []) mark.classList.add("chosen");
    if (parts[chosen]?.[0]) {
      for (const mark of document.querySelectorAll('#text mark[tabindex="0"]')) mark.tabIndex = -1;
      parts[chosen][0].tabIndex = 0;
    }
    describe();
    count();
  }

  /** Chooses mention i and brings it before the reader's eyes. */
  function visit(i) {
    choose(i);
    const mark = parts[i][0];
    if (!mark) return;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: innerWidth > 900 ? "center" : "start" });
  }

  /** Moves to the next (1) or previous (-1) of the sorted mentions, round the end. */
  function step(by, among = shown) {
    if (!among.length) return;
    const ahead = by > 0 ? among.find((i) => i > chosen) : among.findLast((i) => i < chosen);
    visit(ahead ?? among.at(by > 0 ? 0 : -1));
  }

  function filter() {
    const wanted = new Set([...document.querySelectorAll("[name=label]:checked")].map((box) => box.value));
    const flagged = $("flagged").checked;
    const query = fold($("search").value.trim());
    const on = rows.map((_, i) =>
      wanted.has(cell(i, "label")) && (!flagged || cell(i, "flags") !== "") && hay[i].includes(query));
    shown = rows.map((_, i) => i).filter((i) => on[i]);
    parts.forEach((marks, i) => marks.forEach((mark) => mark.classList.toggle("off", !on[i])));
    for (const { row, members } of groups) row.hidden = !members.some((i) => on[i]);
    count();
  }

  function sort(head) {
    const number = head.matches(".number");
    const order = { ascending: "descending", descending: "ascending" }[head.ariaSort]
      ?? (number ? "descending" : "ascending");
    const sign = order === "ascending" ? 1 : -1;
    const compare = number ? (a, b) => a - b : new Intl.Collator("ja", { numeric: true }).compare;
    const keyed = groups.map(({ row }) => [row.cells[head.cellIndex].textContent, row]);
    keyed.sort((a, b) => sign * compare(a[0], b[0]));
    for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    document.querySelector("#entities tbody").append(...keyed.map(([, row]) => row));
  }

  function speak(language) {
    document.documentElement.lang = language;
    for (const node of document.querySelectorAll("[data-t]")) node.textContent = word(node.dataset.t);
    for (const node of document.querySelectorAll("[data-t-label]")) {
      node.setAttribute("aria-label", word(node.dataset.tLabel));
      if (node.placeholder) node.placeholder = word(node.dataset.tLabel);
    }
    $("language").lang = language === "ja" ? "en" : "ja";
    describe();
    count();
  }

  function follow(hash) {
    const target = document.getElementById(decodeURIComponent(hash.slice(1)));
    if (target?.matches("mark")) visit(Number(target.dataset.i));
  }

  function fromMark(event) {
    const mark = event.target.closest("mark:not(.off)");
    if (mark) choose(Number(mark.dataset.i));
  }

  $("text").addEventListener("click", fromMark);
  $("text").addEventListener("focusin", fromMark);
  $("previous").addEventListener("click", () => step(-1));
  $("next").addEventListener("click", () => step(1));
  $("filters").addEventListener("change", filter);
  $("language").addEventListener("click", () => speak(document.documentElement.lang === "ja" ? "en" : "ja"));
  let typing;
  $("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(filter, 120); });
  $("search").addEventListener("keydown", (event) => { if (event.key === "Enter") step(event.shiftKey ? -1 : 1); });
  $("entities").addEventListener("click", (event) => {
    const head = event.target.closest("th");
    if (head) sort(head);
    const link = event.target.closest("tbody a");
    if (!link) return;
    event.preventDefault();
    step(1, link.closest("tr").dataset.members.split(" ").map(Number));
  });
  $("detail").addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    follow(link.hash);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=search]")) return;
    const act = { j: () => step(1), k: () => step(-1), Escape: () => choose(-1) }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  addEventListener("hashchange", () => follow(location.hash));
  if (innerWidth <= 900) $("filters").open = false;
  if (parts[0]?.[0]) parts[0][0].tabIndex = 0;
  count();
  follow(location.hash);
})();
