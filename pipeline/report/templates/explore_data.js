// The data of the page, and what is counted of it: `ask` answers as the server does (review/exploring.py).
const { names, texts, sentences, sections, over } = content;
const [ofName, ofSentence, ofPlace, ofText, ofArticle, ofYear] = content.mentions;
const inDocument = content.in;
const total = ofName.length;
const documentOf = (m) => inDocument[ofSentence[m]];
const yearOf = (m) => documents[documentOf(m)].year;
const labelOf = (n) => labels[names[n][0]];

// The mentions of each name, one after the other: starts[n] to starts[n + 1] in byName.
const starts = new Uint32Array(names.length + 1);
for (let m = 0; m < total; m++) starts[ofName[m] + 1]++;
for (let n = 0; n < names.length; n++) starts[n + 1] += starts[n];
const byName = new Uint32Array(total);
{
  const next = starts.slice();
  for (let m = 0; m < total; m++) byName[next[ofName[m]]++] = m;
}
// The mentions of a sentence stand together, in the order of the text.
const firstOf = new Uint32Array(sentences.length + 1).fill(total);
for (let m = total - 1; m >= 0; m--) firstOf[ofSentence[m]] = m;
const mentionsOf = (n) => byName.subarray(starts[n], starts[n + 1]);
const countOf = (n) => starts[n + 1] - starts[n];
const frequent = [...names.keys()].sort((a, b) => countOf(b) - countOf(a));
const nameRow = (n, count) => [n, labelOf(n), names[n][1], count];

// What a search reads: the norm of a name and every text that stands for it.
let hay = null;
function haystack() {
  if (hay) return hay;
  const forms = names.map(() => new Set());
  for (let m = 0; m < total; m++) forms[ofName[m]].add(ofText[m]);
  hay = names.map((name, n) => fold([name[1], ...[...forms[n]].map((t) => texts[t])].join("\n")));
  return hay;
}

/** Count what `key` gives for each mention, the most frequent first; undefined is left out. */
function counted(mentions, key) {
  const found = new Map();
  for (const m of mentions) {
    const k = key(m);
    if (k !== undefined) found.set(k, (found.get(k) ?? 0) + 1);
  }
  return [...found].sort((a, b) => b[1] - a[1]);
}

const inOrder = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const byKey = (rows) => rows.sort((a, b) => a[0] - b[0]);

/** The mentions of a name that the filters leave. */
function chosen({ name, year, document: doc, publisher, text, article, near }) {
  const beside = near === null ? null : new Set(Array.from(mentionsOf(near), (m) => ofSentence[m]));
  return Array.from(mentionsOf(name)).filter((m) => (year === null || yearOf(m) === year)
    && (doc === null || documentOf(m) === doc)
    && (publisher === null || documents[documentOf(m)].publisher === publisher)
    && (text === null || texts[ofText[m]] === text) && (article === null || texts[ofArticle[m]] === article)
    && (!beside || beside.has(ofSentence[m])));
}

/** What stands before a mention, the mention, what stands behind it, its document, its section. */
function line(m) {
  const text = sentences[ofSentence[m]];
  const at = ofPlace[m];
  const own = texts[ofText[m]];
  const parts = at < 0 ? [text, own, "", false] // it is not known where in the sentence it stands
    : [text.slice(0, at), text.slice(at, at + own.length), text.slice(at + own.length), true];
  return [...parts, documentOf(m), texts[sections[ofSentence[m]]]];
}

const before = (row) => (row[3] ? [...row[0]].slice(-TURN).reverse().join("") : "");
const behind = (row) => (row[3] ? [...row[2]].slice(0, TURN).join("") : "");
const sorted = {
  text: (mentions) => mentions,
  year: (mentions) => mentions.sort((a, b) => (yearOf(a) ?? 0) - (yearOf(b) ?? 0)),
  left: (mentions) => turned(mentions, before),
  right: (mentions) => turned(mentions, behind),
};
const turned = (mentions, key) => mentions.map((m) => [key(line(m)), m]).sort((a, b) => inOrder(a[0], b[0])).map(([, m]) => m);

/** The names that stand in the same sentences, the most frequent first. */
function neighbours(own, mentions) {
  const counts = new Map();
  for (const s of new Set(Array.from(mentions, (m) => ofSentence[m]))) {
    const here = new Set();
    for (let m = firstOf[s]; m < total && ofSentence[m] === s; m++) if (ofName[m] !== own) here.add(ofName[m]);
    for (const n of here) counts.set(n, (counts.get(n) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([n, count]) => nameRow(n, count));
}

/** The first and the last mention: by the years of their documents, else as they stand. */
function ends(mentions) {
  const dated = mentions.filter((m) => yearOf(m) !== null);
  const all = (dated.length ? dated : mentions).sort((a, b) => (yearOf(a) ?? 0) - (yearOf(b) ?? 0) || a - b);
  return [line(all[0]), line(all[all.length - 1])];
}

function told(own, m) {
  return timed[names[ofName[m]][0]] && ofYear[m] && (own.decade === null || Math.floor(ofYear[m] / 10) * 10 === own.decade)
    && (own.year === null || ofYear[m] === own.year);
}

const answers = {
  find({ text, off, limit }) {
    const wanted = fold(text.trim());
    const all = wanted ? haystack() : null;
    const [exact, others] = [[], []]; // what is named just so comes first, however rare it is
    for (const n of frequent) {
      if (off.includes(labelOf(n)) || (all && !all[n].includes(wanted))) continue;
      (all && all[n].split("\n", 1)[0] === wanted ? exact : others).push(n);
    }
    return { count: exact.length + others.length, names: [...exact, ...others].slice(0, limit).map((n) => nameRow(n, countOf(n))) };
  },

  name(query) {
    const { name: n, near } = query;
    if (!names[n]) return null;
    const [all, mentions] = [Array.from(mentionsOf(n)), chosen(query)];
    return {
      label: labelOf(n), name: names[n][1], kind: names[n][2], count: all.length,
      near: near === null ? "" : names[near][1],
      over: (over[n] ?? []).map(([text, first, last, other]) => [text, first, last, other, other === null ? 0 : countOf(other)]),
      forms: counted(all, (m) => texts[ofText[m]]),
      years: byKey(counted(all, (m) => yearOf(m) ?? undefined)),
      documents: byKey(counted(all, documentOf)),
      articles: counted(all, (m) => texts[ofArticle[m]] || undefined),
      ends: ends(all),
      beside: neighbours(n, mentions).slice(0, BESIDE),
    };
  },

  beside: (query) => neighbours(query.name, chosen(query)),

  lines(query) {
    const mentions = sorted[query.order](chosen(query));
    return { count: mentions.length, rows: mentions.slice(0, query.rows ?? mentions.length).map(line) };
  },

  dates(query) {
    const mentions = [];
    for (let m = 0; m < total; m++) if (told({ decade: null, year: null }, m)) mentions.push(m);
    const open = mentions.filter((m) => told({ ...query, year: null }, m));
    return {
      decades: byKey(counted(mentions, (m) => Math.floor(ofYear[m] / 10) * 10)),
      years: byKey(counted(open, (m) => ofYear[m])),
      names: counted(open.filter((m) => told(query, m)), (m) => ofName[m]).sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, query.limit ?? total).map(([n, count]) => nameRow(n, count)),
    };
  },

  compare({ a, b, label, limit }) {
    const [first, second] = [side(a), side(b)];
    const counts = new Map();
    for (let m = 0; m < total; m++) {
      const d = documentOf(m);
      if ((!first.has(d) && !second.has(d)) || (label && labelOf(ofName[m]) !== label)) continue;
      const both = counts.get(ofName[m]) ?? [0, 0];
      both[0] += first.has(d);
      both[1] += second.has(d);
      counts.set(ofName[m], both);
    }
    const size = (members) => [...members].reduce((sum, d) => sum + documents[d].characters, 0) || 1;
    const [sumA, sumB] = [size(first), size(second)];
    const rows = [...counts].map(([n, [x, y]]) => [...nameRow(n, x), y, x / sumA * 1e4, y / sumB * 1e4, likelihood(x, y, sumA, sumB)]);
    return rows.sort((p, q) => Math.abs(q[7]) - Math.abs(p[7]) || p[0] - q[0]).slice(0, limit ?? rows.length);
  },
};

/** The documents of a side: d and a document's number, or p and a publisher's name. */
function side(key) {
  if (key[0] === "d") return new Set([Number(key.slice(1))]);
  return new Set([...documents.keys()].filter((d) => documents[d].publisher === key.slice(1)));
}

/** Dunning's log-likelihood (1993) of two counts in two sums; its sign says which side has more. */
function likelihood(a, b, sumA, sumB) {
  const share = (a + b) / (sumA + sumB);
  const part = (count, sum) => (count ? count * Math.log(count / (sum * share)) : 0);
  const value = 2 * (part(a, sumA) + part(b, sumB));
  return a / sumA >= b / sumB ? value : -value;
}

const ask = async (what, query) => answers[what](query);
