/** Help: every action with its key, which can be changed there, and the switch that turns single keys off. */

import { ACTIONS } from "../core/actions.js";
import { open } from "../core/dialog.js";
import { h, keyName, refill } from "../core/dom.js";
import { bindingOf, charactersOn, holder, keyOf, remap, resetKeys, setCharacters } from "../core/keys.js";

const FIXED = ["Escape", "Tab", "shift+Tab"];

/** Wait for one key press on a button and make it the key of an action. `done(message)` tells what came of it. */
function capture(button, action, done) {
  button.textContent = "press a key";
  const take = (event) => {
    const binding = bindingOf(event);
    if (binding === null) return;
    event.preventDefault();
    event.stopPropagation();
    stop();
    if (FIXED.includes(binding)) return done("Not changed.");
    const other = holder(binding);
    if (other && other !== action)
      return done(`“${keyName(binding)}” already does: ${ACTIONS[other].label}. Nothing is changed.`);
    remap(action, binding);
    return done(`“${keyName(binding)}” now does: ${ACTIONS[action].label}.`);
  };
  const leave = () => (stop(), done(""));
  const stop = () => {
    button.removeEventListener("keydown", take);
    button.removeEventListener("blur", leave);
  };
  button.addEventListener("keydown", take);
  button.addEventListener("blur", leave);
}

function row(action, done) {
  const key = keyName(keyOf(action));
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet",
      "data-focus": `remap-${action}`,
      "aria-label": `Change the key of: ${ACTIONS[action].label}`,
      onclick: () => capture(button, action, done),
    },
    "change",
  );
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, ACTIONS[action].label),
    h("td", {}, h("kbd", {}, key)),
    h("td", {}, button),
  );
}

function table(done) {
  const head = h(
    "tr",
    {},
    h("th", { scope: "col" }, "Action"),
    h("th", { scope: "col" }, "Key"),
    h("th", { scope: "col" }, "Change"),
  );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": "Keys" },
    h(
      "table",
      { class: "keys" },
      h("thead", {}, head),
      h(
        "tbody",
        {},
        Object.keys(ACTIONS).map((action) => row(action, done)),
      ),
    ),
  );
}

/** Open the help. `onchange()` is called when keys have changed. */
export function help(onchange) {
  return open("Help and keys", (body) => {
    const news = h("p", { role: "status", class: "facts" });
    const holderOf = h("div");
    const fill = (message) => {
      news.textContent = message;
      refill(holderOf, table(fill));
      onchange();
    };
    const off = h("input", {
      type: "checkbox",
      checked: charactersOn(),
      autofocus: true,
      onchange: () => (setCharacters(off.checked), onchange()),
    });
    body.append(
      h(
        "p",
        {},
        "Accept, correct, reject and unsure save at once and go on to the next quotation. Undo goes back as far as you like. To select words without a mouse, type them in the editor, or use the caret browsing of your browser (F7). The record says what the article says, not what is true.",
      ),
      h("label", { class: "check" }, off, "Single-character keys are on"),
      h(
        "div",
        { class: "row" },
        h(
          "button",
          { type: "button", onclick: () => (resetKeys(), fill("The keys are as they were.")) },
          "Reset all keys",
        ),
      ),
      news,
      holderOf,
    );
    fill("");
  });
}
