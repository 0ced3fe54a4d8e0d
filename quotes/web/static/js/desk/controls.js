/** Buttons that do an action and show its key. */

import { h, keyName } from "../core/dom.js";
import { charactersOn, isCharacter, keyOf, run, wording } from "../core/keys.js";

/** The key of an action as shown, or null where it is switched off. */
export function keyHint(action) {
  const binding = keyOf(action);
  return isCharacter(binding) && !charactersOn() ? null : h("kbd", { "aria-hidden": "true" }, keyName(binding));
}

/** What assistive software is told about the key. */
function shortcut(action) {
  const binding = keyOf(action);
  if (isCharacter(binding) && !charactersOn()) return null;
  return binding
    .replace(/^shift\+/, "Shift+")
    .replace(/^ctrl\+/, "Control+")
    .replace(/^alt\+/, "Alt+");
}

/** A button for an action; `text` stands in for its short name. */
export function actionButton(
  action,
  { text = wording(action).short, kind = "", place = "card", disabled = false, pressed } = {},
) {
  return h(
    "button",
    {
      type: "button",
      class: kind,
      title: wording(action).label,
      "data-focus": `${place}-${action}`,
      "data-action": action,
      "aria-keyshortcuts": shortcut(action),
      "aria-pressed": pressed === undefined ? null : String(pressed),
      disabled,
      onclick: () => run(action),
    },
    h("span", {}, text),
    keyHint(action),
  );
}
