"use strict";
// What the pages with a script of some size share: elements, and texts as a search compares them.
const $ = (id) => document.getElementById(id);
const fold = (text) => text.normalize("NFKC").toLowerCase();

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

