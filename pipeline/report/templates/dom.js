"use strict";
// What all pages share: elements, texts as a search compares them, the reader's language, what the browser keeps.
const $ = (id) => document.getElementById(id);
const fold = (text) => text.normalize("NFKC").toLowerCase();
const words = JSON.parse($("words").textContent);
const word = (key) => words[document.documentElement.lang][key] ?? key;
const grouped = (number) => number.toLocaleString("en"); // Japanese groups figures alike
/** The language that the reader chose, else the first of the browser's that the page has; else Japanese. */
const ofReader = () => [remember("language"), ...(navigator.languages ?? [])].map((name) => String(name).slice(0, 2))
  .find((name) => Object.hasOwn(words, name)) ?? "ja";

function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function button(text, act, className = "") {
  const made = element("button", text, className);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** What the browser keeps under a key, or null; with a value, whether it keeps that from now on. */
function remember(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(`hakusho:${key}`);
    localStorage.setItem(`hakusho:${key}`, value);
    return true;
  } catch { // a full browser, or one that keeps nothing for files: the page works all the same
    return value === undefined ? null : false;
  }
}

/** Writes what has a word in another language. */
function translate(language) {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-t]")) {
    node.textContent = word(node.dataset.t) + (node.dataset.n ? ` (${grouped(Number(node.dataset.n))})` : "");
  }
  for (const node of document.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", word(node.dataset.tLabel));
    if (node.placeholder) node.placeholder = word(node.dataset.tLabel);
  }
  $("language").lang = language === "ja" ? "en" : "ja";
}

/** Lets the reader change the language, which `speak` then writes. */
function offerLanguages(speak) {
  $("language").addEventListener("click", () => {
    speak(document.documentElement.lang === "ja" ? "en" : "ja");
    remember("language", document.documentElement.lang);
  });
}
