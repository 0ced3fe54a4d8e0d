/** The legend: all actions of the view on screen as buttons with their keys, always there. */

import { ACTIONS } from "../core/actions.js";
import { h, refill } from "../core/dom.js";
import { bound, wording } from "../core/keys.js";
import { actionButton } from "./controls.js";

const PICKS = /^pick[2-5]$/; // the candidates' keys stand on the candidates: one is enough here

function group(name, actions) {
  const text = (action) => (action === "pick1" ? `${wording(action).short}–5` : wording(action).short);
  const items = actions.map((action) =>
    h("li", {}, actionButton(action, { text: text(action), place: "legend", kind: "key" })),
  );
  return h("ul", { "aria-label": name }, items);
}

/** Paint the legend for the view on screen. */
export function paintLegend() {
  const legend = document.getElementById("legend");
  const actions = bound().filter((action) => !PICKS.test(action));
  legend.hidden = actions.length === 0;
  const groups = [...new Set(actions.map((action) => ACTIONS[action].group))];
  const lists = groups.map((name) =>
    group(
      name,
      actions.filter((action) => ACTIONS[action].group === name),
    ),
  );
  refill(legend, h("h2", { class: "hidden" }, "Keys"), lists);
}
