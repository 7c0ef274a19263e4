// Keys are places on the keyboard (event.code): an input method, Caps Lock or another layout does not change them.
const labelAt = (n) => labelBoxes()[n]?.value;

function chooseLabel(n) {
  const label = labelAt(n);
  if (!label) return;
  if (selected) labelSelection(label);
  else relabel(label);
}

function enter() {
  if (selected?.whole && selected.of >= 0) respan();
}

function escape() {
  if (selected) {
    dropSelection();
    refocus();
  } else if (joined) join();
  else {
    choose(-1);
    document.activeElement?.blur();
  }
}

/** Goes to another page of the run, where a server shows one. */
function leave(id) {
  if ($(id)) location.assign($(id).href);
  else if (id === "next-document") keys.KeyN();
}

const keys = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyN: () => step(1, (i) => !isJudged(i)),
  KeyE: () => openChange(),
  KeyG: () => join(),
  KeyQ: () => turnOrder(),
  KeyS: () => beginSelection(),
  Slash: () => $("search").focus(),
  Escape: escape,
  Enter: enter,
};
// What judges does so once a press: a key that is held down must not judge what nobody has seen.
const judging = {
  KeyA: () => judge("accept"),
  KeyX: () => judge("reject"),
  KeyB: () => takeTheirs(),
  KeyU: () => undo(),
  Period: () => repeat(),
};
const shifted = {
  Slash: () => $("keys").showModal(),
  KeyN: () => leave("next-document"),
  KeyP: () => leave("previous-document"),
  KeyL: () => leave("all-documents"),
};
const signs = { "?": shifted.Slash, "/": keys.Slash, ".": judging.Period }; // where they stand elsewhere on a layout

function actOf(event) {
  if (event.key === "?") return signs["?"];
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit && labelAt(digit[1] - 1) && !event.shiftKey) return event.repeat ? () => {} : () => chooseLabel(digit[1] - 1);
  const once = (list) => (Object.hasOwn(list, event.code) ? list[event.code] : undefined);
  const named = (event.shiftKey && once(shifted)) || once(keys);
  const judges = once(judging);
  if (judges && !named) return event.repeat ? () => {} : judges;
  if (event.key === "." && event.repeat && !named) return () => {};
  return named ?? signs[event.key];
}

const isField = (node) => node.matches("input:not([type=checkbox], [type=range]), textarea, select");

function inField(event) {
  if (event.isComposing || event.keyCode === 229) return; // the key is the input method's
  if (["Enter", "NumpadEnter"].includes(event.code) && event.target === $("search")) { // keys go to what was found
    event.preventDefault();
    refocus();
    step(1);
    return;
  }
  if (event.code === "Escape" || (event.code === "Enter" && event.target === $("who"))) {
    event.preventDefault();
    if (event.code === "Escape" && event.target.closest("#judge")) fill(); // what is given up is not saved later
    refocus();
  }
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || $("keys").open) return;
  if (isField(event.target)) {
    inField(event);
    return;
  }
  if (arrow(event)) {
    event.preventDefault();
    return;
  }
  const pressed = ["Enter", "NumpadEnter"].includes(event.code) && event.target.closest("button, summary, a");
  const act = event.altKey || pressed ? undefined : actOf(event);
  if (!act) return;
  event.preventDefault();
  act();
}

document.addEventListener("keydown", onKey);
$("help").addEventListener("click", () => $("keys").showModal());
$("keys").addEventListener("close", refocus);
$("keys").addEventListener("keydown", (event) => {
  if (event.key !== "?" && !(event.code === "Slash" && event.shiftKey)) return;
  event.preventDefault();
  event.stopPropagation();
  $("keys").close();
});
