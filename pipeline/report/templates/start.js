// What listens to the reader, and the state in which the page opens.
function fromMark(event) {
  const mark = event.target.closest("mark:not(.off)");
  if (mark && getSelection().isCollapsed && Number(mark.dataset.i) !== chosen) choose(Number(mark.dataset.i));
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  n: () => step(1, (i) => !judgementOf(i)),
  a: () => judge("accept"),
  x: () => judge("reject"),
  e: () => openChange(),
  u: () => undo(),
  "/": () => $("search").focus(),
  Escape: () => { dropSelection(); choose(-1); },
};

$("text").addEventListener("click", fromMark);
$("text").addEventListener("focusin", fromMark);
$("previous").addEventListener("click", () => step(-1));
$("next").addEventListener("click", () => step(1));
$("chip-off").addEventListener("click", () => { subset = null; filter(); });
$("reset-filters").addEventListener("click", () => { reset(); filter(); });
$("language").addEventListener("click", () => speak(document.documentElement.lang === "ja" ? "en" : "ja"));
let typing;
$("filter-form").addEventListener("submit", (event) => event.preventDefault());
$("filter-form").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(filter, 100); });
$("search").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  filter();
  step(event.shiftKey ? -1 : 1);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=checkbox], [type=range]), textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (!Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});
addEventListener("hashchange", () => follow(location.hash));
if (parts[0]?.[0]) parts[0][0].tabIndex = 0;
$("filter-form").reset(); // a reload must not keep a filter that is not applied
if (remember("language") === "en") speak("en");
restore();
filter();
follow(location.hash);
