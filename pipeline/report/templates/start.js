// What listens to the reader, and the state in which the page opens.
function fromMark(event) {
  const mark = event.target.closest("mark:not(.off)");
  if (mark && getSelection().isCollapsed && Number(mark.dataset.i) !== chosen) choose(Number(mark.dataset.i));
}

$("text").addEventListener("click", fromMark);
$("text").addEventListener("focusin", fromMark);
$("previous").addEventListener("click", () => step(-1));
$("next").addEventListener("click", () => step(1));
$("chip-off").addEventListener("click", () => { subset = null; filter(); });
$("reset-filters").addEventListener("click", () => { reset(); filter(); });
offerLanguages(speak);
let typing;
$("filter-form").addEventListener("submit", (event) => event.preventDefault());
$("filter-form").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(filter, 100); });
$("search").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  filter();
  step(event.shiftKey ? -1 : 1);
});
addEventListener("hashchange", () => follow(location.hash));
if (parts[0]?.[0]) parts[0][0].tabIndex = 0;
$("filter-form").reset(); // a reload must not keep a filter that is not applied
if (data.service?.two || ofReader() === "en") speak(ofReader());
restore();
filter();
follow(location.hash);
