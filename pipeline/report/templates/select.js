// From a selection to a span of the raw text, and from a span to marks. Offsets count code points.
const astral = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
const size = (text) => text.length - (text.match(astral)?.length ?? 0);
let selected = null;

/** Every text node of the document with the raw offset of its first character. */
function textNodes() {
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

/** Puts mention i's mark on every text node of the span; returns the marks. */
function wrap(i, start, end) {
  const made = [];
  for (const { node, at, end: last } of textNodes()) {
    if (last <= start || at >= end || !node.data.trim()) continue;
    const range = document.createRange();
    range.setStart(node, unit(node.data, Math.max(start - at, 0)));
    range.setEnd(node, unit(node.data, Math.min(end, last) - at));
    const mark = element("mark", "", "fresh");
    mark.dataset.i = i;
    mark.tabIndex = -1;
    range.surroundContents(mark);
    made.push(mark);
  }
  return made;
}

function dropSelection() {
  selected = null;
  $("selection").hidden = true;
}

function add(label) {
  const { start, end, text } = selected;
  const key = { at_label: label, at_start: start, at_end: end };
  const norm = !data.fields[label].includes("norm") ? "" : text.replace(/\s+/g, "");
  dropSelection();
  getSelection().removeAllRanges();
  say({ action: "add", ...key, label, start, end, text, norm, value: "", mod: "", article: "", paragraph: "", item: "", note: "" });
  visit(byKey.get(keyAt(key)));
  openChange();
}

function respan() {
  const { start, end, text } = selected;
  dropSelection();
  getSelection().removeAllRanges();
  change({ start, end, text });
  visit(chosen);
}

function offer() {
  const box = $("selection");
  const quote = element("bdi", selected.text.length > 60 ? `${selected.text.slice(0, 60)}…` : selected.text);
  quote.lang = "ja";
  const head = element("p", `${word("selected")} [${selected.start}, ${selected.end}) `);
  head.append(quote);
  const buttons = element("p", "", "buttons");
  if (!selected.whole) buttons.append(word("across"));
  else {
    buttons.append(word("add_as"));
    for (const box of $("filter-form").elements.label) buttons.append(button(box.value, () => add(box.value), `add label-${box.value}`));
    if (chosen >= 0) buttons.append(button(word("use_span"), respan, "use-span"));
  }
  buttons.append(button(word("cancel"), dropSelection));
  box.replaceChildren(head, buttons);
  box.hidden = false;
}

function onSelection() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount || !$("text").contains(selection.getRangeAt(0).commonAncestorContainer)) return;
  selected = spanOf(selection.getRangeAt(0));
  if (selected) offer();
}

$("text").addEventListener("mouseup", () => setTimeout(onSelection));
$("text").addEventListener("touchend", () => setTimeout(onSelection));
$("text").addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") onSelection(); });
