/** The queue beside the article, and the decisions that lost their place in the text. */

import { h, percent, snippet } from "../core/dom.js";
import { actionButton } from "./controls.js";
import { kept } from "./draft.js";
import { sign, word } from "./status.js";
import { address } from "../core/router.js";

function item(desk, quote, onselect) {
  const current = quote.id === desk.current;
  const draft = kept(desk.document.id, quote.id) !== null;
  return h(
    "li",
    {},
    h(
      "a",
      {
        href: address("desk", desk.document.id, quote.id),
        class: `queued is-${quote.status}`,
        "aria-current": current ? "true" : null,
        "data-focus": `queue-${quote.id}`,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onselect(quote.id);
        },
      },
      h(
        "span",
        { class: "number" },
        desk.number(quote.id),
        " ",
        h("span", { "aria-hidden": "true" }, sign(quote.status)),
      ),
      h(
        "span",
        { class: "words" },
        h("b", {}, h("bdi", {}, quote.speaker?.name ?? "unknown")),
        " ",
        h("bdi", {}, snippet(desk.words(quote.content))),
      ),
      h(
        "span",
        { class: "share" },
        draft ? "draft" : `${word(quote.status)}${quote.confidence === null ? "" : `, ${percent(quote.confidence)}`}`,
      ),
    ),
  );
}

function lost(quote, on) {
  const button = (text, name, act) =>
    h("button", { type: "button", "data-focus": `${name}-${quote.id}`, onclick: () => act(quote) }, text);
  return h(
    "li",
    {},
    h("b", {}, `${sign(quote.status)} ${word(quote.status)}: `),
    h("bdi", {}, quote.speaker?.name ?? "unknown"),
    h("blockquote", { dir: "auto" }, quote.text),
    quote.note ? h("p", { class: "facts" }, `Note: ${quote.note}`) : null,
    h("div", { class: "row" }, button("Place at selection", "place", on.place), button("Reject", "lose", on.lose)),
  );
}

/** Decisions whose quotation could not be found again in the text, or null where there is none. */
function orphans(desk, on) {
  if (!desk.orphaned.length) return null;
  return h(
    "details",
    { class: "orphans", open: true },
    h("summary", { "data-focus": "orphans" }, `Orphaned decisions (${desk.orphaned.length})`),
    h(
      "p",
      {},
      "The text has changed since, and these have no place in it that is sure. They are kept, and exported as orphaned.",
    ),
    h(
      "ul",
      {},
      desk.orphaned.map((quote) => lost(quote, on)),
    ),
  );
}

/** The children of the queue. `on` has `select(id)`, and for orphaned decisions `place(quote)` and `lose(quote)`. */
export function queue(desk, on) {
  const text = desk.order === "text" ? "Text order" : "Most doubtful first";
  return [
    h(
      "div",
      { class: "queue-head" },
      h("h2", {}, "Queue"),
      actionButton("order", { text, place: "queue", kind: "quiet" }),
    ),
    h(
      "ol",
      { class: "queue-list" },
      desk.queue().map((quote) => item(desk, quote, on.select)),
    ),
    orphans(desk, on),
  ];
}
