"use strict";
// What the pages without a text need: the language, tables that sort, and rows that can be filtered by kind.
const words = JSON.parse(document.getElementById("words").textContent);

function keep(value) {
  try {
    if (value === undefined) return localStorage.getItem("hakusho:language");
    localStorage.setItem("hakusho:language", value);
  } catch { /* a browser that keeps nothing for files */ }
  return null;
}

function speak(language) {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = words[language][node.dataset.t] ?? node.dataset.t;
}

function sift() {
  const filters = [...document.querySelectorAll("select[data-sift]")].filter((select) => select.value);
  for (const row of document.querySelectorAll("[data-kind]")) {
    row.hidden = !filters.every((select) => row.dataset[select.dataset.sift] === select.value);
  }
}

document.getElementById("language").addEventListener("click", () => {
  speak(document.documentElement.lang === "ja" ? "en" : "ja");
  keep(document.documentElement.lang);
});
document.addEventListener("change", sift);
document.addEventListener("click", (event) => {
  const head = event.target.closest("table.sortable th");
  if (head) sort(head);
});
if ((keep() ?? ofBrowser()) === "en") speak("en");
