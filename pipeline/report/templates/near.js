// Candidates in the text: dimmed, until a reader takes one in.
function showNear() {
  const nodes = textNodes();
  const open = [...near].map((i) => [i, cell(i, "start"), cell(i, "end")]).sort((a, b) => b[1] - a[1]);
  // From the end backwards: marking splits a text node, and leaves what stands before as it is.
  for (let n = nodes.length - 1, from = 0; n >= 0; n -= 1) {
    const { node, at: first, end: behind } = nodes[n];
    while (from < open.length && open[from][1] >= behind) from += 1;
    if (!node.data.trim()) continue;
    for (let k = from; k < open.length && open[k][2] > first; k += 1) {
      const [i, start, end] = open[k];
      if (start < behind) parts[i].unshift(surround(node, i, Math.max(start - first, 0), Math.min(end, behind) - first));
    }
  }
  for (const i of near) adorn(i);
}

function adorn(i) {
  parts[i].forEach((mark, at) => {
    mark.className = `near label-${cell(i, "label")}${at ? " more" : ""}`;
    mark.dataset.id = cell(i, "entity_id");
    mark.dataset.label = cell(i, "label");
    if (at) return;
    mark.id = `mention-${mark.dataset.id}`;
    mark.setAttribute("role", "button");
  });
}

if (near.size) showNear();
