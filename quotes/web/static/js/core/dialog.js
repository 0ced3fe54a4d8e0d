/** Modal dialogs, by the browser's own `<dialog>`: it traps the focus, closes on Escape and gives the focus back. */

import { h } from "./dom.js";

/** Whether one is open. */
export function isOpen() {
  return document.querySelector("dialog[open]") !== null;
}

/** Close the one that is open. */
export function close() {
  document.querySelector("dialog[open]")?.close();
}

/**
 * Open a dialog. `fill(body, close)` puts its content in. The element with `autofocus` has the focus first.
 * Resolves when it is closed.
 */
export function open(title, fill) {
  const body = h("div", { class: "dialog-body" });
  const dialog = h(
    "dialog",
    { "aria-labelledby": "dialog-title" },
    h(
      "header",
      {},
      h("h2", { id: "dialog-title" }, title),
      h("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: () => dialog.close() }, "×"),
    ),
    body,
  );
  const before = document.activeElement;
  document.body.append(dialog);
  fill(body, () => dialog.close());
  dialog.showModal();
  dialog.querySelector("[autofocus]")?.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      resolve();
    });
  });
}

/** A labelled control, label above. */
export function field(label, control, hint = null) {
  return h("label", { class: "field" }, h("span", {}, label), control, hint && h("small", {}, hint));
}

/** The row of buttons at the end of a dialog. */
export function buttons(...children) {
  return h("div", { class: "row end" }, children);
}
