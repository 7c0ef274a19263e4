// What the pages without a text need: the language, and rows that can be filtered by kind.
function sift() {
  const filters = [...document.querySelectorAll("select[data-sift]")].filter((select) => select.value);
  for (const row of document.querySelectorAll("[data-kind]")) {
    row.hidden = !filters.every((select) => row.dataset[select.dataset.sift] === select.value);
  }
}

document.addEventListener("change", sift);
offerLanguages(translate);
if (ofReader() === "en") translate("en");
