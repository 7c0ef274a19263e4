// The headings of the text as a list that leads to them; made when it is opened first.
const headings = [...document.querySelectorAll("#text [role=heading]")];
const levelOf = (heading) => Number(heading.getAttribute("aria-level"));
const titleOf = (heading) => {
  const text = heading.textContent.replace(/\s+/g, " ").trim();
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

function goTo(heading) {
  show("text");
  // Twice: blocks on the way get their true height only when they come into sight.
  for (const _ of [0, 1]) heading.scrollIntoView({ block: "start" });
}

function toggle(event) {
  const open = event.currentTarget.getAttribute("aria-expanded") !== "true";
  event.currentTarget.setAttribute("aria-expanded", String(open));
  event.currentTarget.parentElement.querySelector("ul").hidden = !open;
}

/** The entries under one heading, with those under each of them; takes them out of `left`. */
function listOf(left, level) {
  const list = element("ul");
  while (left.length && levelOf(left[0]) >= level) {
    const heading = left.shift();
    const item = element("li");
    const below = left.length && levelOf(left[0]) > levelOf(heading) ? listOf(left, levelOf(heading) + 1) : null;
    if (below) {
      const opener = button("", toggle, "opener");
      opener.setAttribute("aria-expanded", "false");
      opener.setAttribute("aria-label", titleOf(heading));
      below.hidden = true;
      item.append(opener);
    }
    const link = anchor(titleOf(heading), `#${heading.id}`);
    link.lang = "ja";
    item.append(link);
    if (below) item.append(below);
    list.append(item);
  }
  return list;
}

function drawOutline() {
  if (!$("outline").open || $("outline").querySelector("ul")) return;
  $("outline").append(listOf([...headings], 0));
  const [first] = $("outline").querySelectorAll(":scope > ul > li > .opener");
  if (first && $("outline").querySelectorAll(":scope > ul > li").length === 1) first.click();
}

headings.forEach((heading, n) => { heading.id ||= `heading-${heading.dataset.block || n}`; });
$("outline").hidden = headings.length < 2;
$("outline").addEventListener("toggle", drawOutline);
