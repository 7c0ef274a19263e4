// A selection without a mouse: it goes from morpheme to morpheme, and its borders move.
const [wordwise, singly] = ["word", "grapheme"].map((granularity) => Intl.Segmenter && new Intl.Segmenter("ja", { granularity }));
const aloud = (text) => text.trim() !== "";

/** The text nodes of the block or cell that holds a code point, or of the nearest one behind (1) or before it (-1). */
function stretchAt(point, by = 0) {
  const nodes = textNodes().filter(({ node }) => aloud(node.data));
  let n = nodes.findIndex(({ at: first, end }) => first <= point && point < end);
  if (n < 0 || by) n = by < 0 ? nodes.findLastIndex(({ end }) => end <= point) : nodes.findIndex(({ at: first }) => first >= point);
  if (n < 0) return [];
  const home = (k) => nodes[k]?.node.parentElement.closest("[data-at]");
  let [from, to] = [n, n + 1];
  while (home(from - 1) === home(n)) from -= 1;
  while (home(to) === home(n)) to += 1;
  return nodes.slice(from, to);
}

/** The morphemes (or characters) of a stretch as spans in the raw text; a line break does not end one. */
function unitsOf(stretch, single) {
  const points = stretch.flatMap(({ node, at: first }) => [...node.data].map((text, n) => ({ text, at: first + n })))
    .filter(({ text }) => aloud(text));
  const segmenter = single ? singly : wordwise;
  if (!segmenter) return points.map(({ text, at: first }) => ({ text, start: first, end: first + 1 }));
  const units = [];
  let n = 0;
  for (const { segment } of segmenter.segment(points.map(({ text }) => text).join(""))) {
    const count = [...segment].length;
    units.push({ text: segment, start: points[n].at, end: points[n + count - 1].at + 1 });
    n += count;
  }
  return units;
}

/** Moves the selection to the next (1) or previous (-1) morpheme, or sentence. */
function moveCaret(by, single, sentence) {
  const from = by > 0 ? selected.end : selected.start;
  const ends = (unit, before) => !sentence || !before || /[。！？]$/.test(before.text);
  const fits = (units) => {
    const right = units.filter((unit, n) => ends(unit, units[n - 1]));
    return by > 0 ? right.find(({ start }) => start >= from) : right.findLast(({ end }) => end <= from);
  };
  const here = stretchAt(by > 0 ? from - 1 : from);
  if (!here.length) return;
  const next = fits(unitsOf(here, single)) ?? fits(unitsOf(stretchAt(by > 0 ? here.at(-1).end : here[0].at, by), single));
  if (next) pick(next.start, next.end, -1);
}

/** Moves a border of a span by a morpheme or a character: its end, or with `first` its beginning. */
function moveBorder({ start, end, of }, by, single, first) {
  const units = unitsOf(stretchAt(first ? start : end - 1), single);
  if (first) {
    const to = by > 0 ? units.find((unit) => unit.start > start && unit.start < end) : units.findLast((unit) => unit.start < start);
    if (to) pick(to.start, end, of);
  } else {
    const to = by > 0 ? units.find((unit) => unit.end > end) : units.findLast((unit) => unit.end < end && unit.end > start);
    if (to) pick(start, to.end, of);
  }
}

/** Selects a span, so that it can be seen, and offers what can be done with it; `of` is the mention it began as. */
function pick(start, end, of) {
  selected = { start, end, text: textAt(start, end), whole: true, of, keyed: true };
  const nodes = textNodes().filter(({ node, at: first, end: behind }) => node.length && behind > start && first < end);
  if (!nodes.length) return;
  const [head, tail] = [nodes[0], nodes.at(-1)];
  getSelection().setBaseAndExtent(
    head.node, unit(head.node.data, start - head.at), tail.node, unit(tail.node.data, end - tail.at),
  );
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  const floor = narrow() ? document.querySelector("aside").getBoundingClientRect().top : innerHeight;
  if (box.top < 40 || box.bottom > floor - 10) head.node.parentElement.scrollIntoView({ block: narrow() ? "start" : "center" });
  offer();
}

/** Begins a selection at the chosen mention, or at the first text in sight. */
function beginSelection() {
  show("text");
  let point = chosen >= 0 ? effective(chosen).start : 0;
  if (chosen < 0) {
    const seen = [...document.querySelectorAll("#text [data-at]")].find((box) => box.getBoundingClientRect().bottom > 60);
    point = Number(seen?.dataset.at ?? 0);
  }
  const units = unitsOf(stretchAt(point));
  const first = units.find(({ end }) => end > point) ?? units[0];
  document.activeElement?.blur();
  if (first) pick(first.start, first.end, -1);
}

/** What an arrow does to the selection; tells whether it did anything. */
function arrow(event) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.code];
  if (!by || event.ctrlKey || event.metaKey || event.target.closest("[role=tab], input, select, textarea")) return false;
  const upright = /Up|Down/.test(event.code);
  if (event.shiftKey) {
    const from = selected ?? (chosen >= 0 ? { ...effective(chosen), whole: true, of: chosen } : null);
    if (!from?.whole) return false;
    moveBorder(from, by, event.altKey, upright);
  } else if (selected?.whole) moveCaret(by, event.altKey, upright);
  else return false;
  return true;
}

listeners.choose.push(() => { if (selected && selected.of !== chosen) dropSelection(); });
