// From a selection to a span of the raw text, and from a span to marks. Offsets count code points.
const astral = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
const size = (text) => text.length - (text.match(astral)?.length ?? 0);
let selected = null;

let seen = null; // the text nodes, until a mark splits one

/** Every text node of the document with the raw offset of its first character. */
function textNodes() {
  seen ??= findTextNodes();
  return seen;
}

function findTextNodes() {
  const walker = document.createTreeWalker($("text"), NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const nodes = [];
  let offset = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      nodes.push({ node, at: offset, end: offset + size(node.data) });
      offset = nodes.at(-1).end;
    } else if (node.dataset.at) offset = Number(node.dataset.at);
  }
  return nodes;
}

/** The index of the code unit that stands `points` code points into `text`. */
function unit(text, points) {
  return text.search(astral) >= 0 ? [...text].slice(0, points).join("").length : points;
}

/** The span that is selected, without blanks at its ends, or null; `whole` is false where text is left out between. */
function spanOf(range) {
  const touched = textNodes().filter(({ node }) => node.length && range.intersectsNode(node));
  const cuts = touched.map(({ node, at }) => {
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    return { text: node.data.slice(from, to), at: at + size(node.data.slice(0, from)) };
  }).filter(({ text }) => text);
  const text = cuts.map((cut) => cut.text).join("");
  if (!text.trim()) return null;
  const whole = cuts.every((cut, n) => !n || cuts[n - 1].at + size(cuts[n - 1].text) === cut.at);
  const start = cuts[0].at + size(text) - size(text.trimStart());
  return { start, end: start + size(text.trim()), text: text.trim(), whole };
}

/** Puts a mark of mention i on code points of a text node; what stands before them stays in that node. */
function surround(node, i, from, to) {
  seen = null;
  const [first, behind] = [unit(node.data, from), unit(node.data, to)];
  const mark = element("mark");
  mark.dataset.i = i;
  mark.tabIndex = -1;
  const marked = first ? node.splitText(first) : node; // no range: each that lives makes every change dearer
  if (behind - first < marked.length) marked.splitText(behind - first);
  marked.replaceWith(mark);
  mark.append(marked);
  return mark;
}

/** Puts mention i's mark on every text node of the span; returns the marks. */
function wrap(i, start, end) {
  const made = [];
  for (const { node, at, end: last } of textNodes()) {
    if (last <= start || at >= end || !node.data.trim()) continue;
    made.push(surround(node, i, Math.max(start - at, 0), Math.min(end, last) - at));
    made.at(-1).className = "fresh";
  }
  return made;
}

/** The raw text of a span, as the page shows it. */
function textAt(start, end) {
  return textNodes().filter(({ at, end: last }) => last > start && at < end)
    .map(({ node, at }) => node.data.slice(unit(node.data, Math.max(start - at, 0)), unit(node.data, Math.max(end - at, 0))))
    .join("");
}

function dropSelection() {
  if (selected) getSelection().removeAllRanges();
  selected = null;
  $("selection").hidden = true;
}

/** Adds the selection as a mention; its form stands open, but keys still go to the text. */
function add(label) {
  const { start, end, text } = selected;
  const key = { at_label: label, at_start: start, at_end: end };
  const norm = !data.fields[label].includes("norm") ? "" : blank(text);
  dropSelection();
  say([{ action: "add", ...key, label, start, end, text, norm, value: "", mod: "", article: "", paragraph: "", item: "", note: "" }]);
  $("change").open = true;
  visit(byKey.get(keyAt(key)));
}

/** Gives the chosen mention the selection as its span. */
function respan(label) {
  const { start, end, text } = selected;
  dropSelection();
  change({ start, end, text }, label, true);
}

/** What a label does to the selection: a new mention, or another border and label of the one it was made from. */
function labelSelection(label) {
  if (!selected.whole) return;
  if (selected.of >= 0) respan(label);
  else add(label);
}

function offer() {
  const box = $("selection");
  const quote = element("bdi", selected.text.length > 60 ? `${selected.text.slice(0, 60)}…` : selected.text);
  quote.lang = "ja";
  const head = element("p", `${word(selected.of >= 0 ? "border" : "selected")} [${selected.start}, ${selected.end}) `);
  head.append(quote);
  const buttons = element("p", "", "buttons");
  if (!selected.whole) buttons.append(word("across"));
  else {
    const own = selected.of >= 0;
    if (own) buttons.append(button(word("save_border"), () => respan(), "use-span"));
    buttons.append(word(own ? "save_as" : "add_as"));
    labelBoxes().forEach((box, n) => buttons.append(button(`${box.value} (${n + 1})`, () => labelSelection(box.value), `add label-${box.value}`)));
    if (!own && chosen >= 0) buttons.append(button(word("use_span"), () => respan(), "use-span"));
  }
  buttons.append(button(word("cancel"), () => { dropSelection(); refocus(); }));
  box.replaceChildren(head, buttons);
  if (selected.whole) box.append(element("p", word("selection_hint"), "hint"));
  box.hidden = false;
}

const labelBoxes = () => [...$("filter-form").elements.label];

function onSelection() {
  const selection = getSelection();
  if (selection.isCollapsed) dropSelection(); // what can be seen no longer gets no label
  if (selection.isCollapsed || !selection.rangeCount || !$("text").contains(selection.getRangeAt(0).commonAncestorContainer)) return;
  const found = spanOf(selection.getRangeAt(0));
  if (!found || (selected && selected.start === found.start && selected.end === found.end)) return;
  selected = { ...found, of: -1 };
  offer();
}

$("text").addEventListener("mouseup", () => setTimeout(onSelection));
$("text").addEventListener("touchend", () => setTimeout(onSelection));
$("text").addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") onSelection(); });
