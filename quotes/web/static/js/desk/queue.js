/** The queue beside the article, and the decisions that lost their place in the text. */

import { h, percent } from "../core/dom.js";
import { actionButton } from "./controls.js";
import { kept } from "./draft.js";
import { sign, word } from "./status.js";
import { address } from "../core/router.js";

const SNIPPET = 70;

function snippet(text) {
  const points = [...text.slice(0, SNIPPET * 2)];
  return points.length > SNIPPET ? `${points.slice(0, SNIPPET).join("").trimEnd()}…` : text;
}

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
      h("span", { class: "number" }, desk.number(quote.id), " ", h("span", { "aria-hidden": "true" }, sign(quote.status))),
      h("span", { class: "words" }, h("b", {}, h("bdi", {}, quote.speaker?.name ?? "unknown")), " ", h("bdi", {}, snippet(desk.words(quote.content)))),
      h("span", { class: "share" }, draft ? "draft" : `${word(quote.status)}${quote.confidence === null ? "" : `, ${percent(quote.confidence)}`}`),
    ),
  );
}

function lost(desk, quote) {
  const words = quote.text ?? quote.content_text ?? quote.content.map((part) => part[2] ?? "").join(" … ");
  return h(
    "li",
    {},
    h("b", {}, `${sign(quote.status)} ${word(quote.status)}: `),
    h("bdi", {}, quote.speaker?.name ?? "unknown"),
    words ? h("blockquote", { dir: "auto" }, words) : null,
    quote.note ? h("p", { class: "facts" }, `Note: ${quote.note}`) : null,
  );
}

/** Decisions whose quotation could not be found again in the text, or null where there is none. */
export function orphans(desk) {
  if (!desk.orphaned.length) return null;
  return h(
    "details",
    { class: "orphans", open: true },
    h("summary", { "data-focus": "orphans" }, `Orphaned decisions (${desk.orphaned.length})`),
    h("p", {}, "The text has changed since, and these have no place in it that is sure. They are kept, and exported as orphaned."),
    h("ul", {}, desk.orphaned.map((quote) => lost(desk, quote))),
  );
}

/** The children of the queue. */
export function queue(desk, onselect) {
  const text = desk.order === "text" ? "Text order" : "Most doubtful first";
  return [
    h("div", { class: "queue-head" }, h("h2", {}, "Queue"), actionButton("order", { text, place: "queue", kind: "quiet" })),
    h("ol", { class: "queue-list" }, desk.queue().map((quote) => item(desk, quote, onselect))),
    orphans(desk),
  ];
}
