/** The card of the current quotation: who is said to have said it, how sure that is and why, and what to do. */

import { count, h, meter, percent } from "../core/dom.js";
import { actionButton, keyHint } from "./controls.js";
import { keepNote, keptNote } from "./draft.js";
import { editor } from "./editor.js";
import { sign, word } from "./status.js";

const MAX_CANDIDATES = 5;
const EVIDENCE = "quotedesk.evidence"; // whether the list of evidence is open

function heading(desk, quote) {
  const state = h("span", { class: `state is-${quote.status}` }, `${sign(quote.status)} ${word(quote.status)}`);
  const title = `Quotation ${desk.number(quote.id)} of ${desk.quotes.length}`;
  return h(
    "header",
    {},
    h("h2", { id: "card-title" }, title),
    h("p", { class: "facts" }, h("span", { class: "type" }, quote.type), state),
  );
}

function who(desk, quote) {
  const speaker = quote.speaker && (desk.speaker(quote.speaker.id) ?? quote.speaker);
  const facts = speaker
    ? [speaker.role, speaker.kind === "unknown" ? null : speaker.kind, speaker.identifier].filter(Boolean)
    : [];
  return h(
    "section",
    { class: "who", "aria-label": "Speaker" },
    h("p", { class: "name" }, speaker ? h("bdi", {}, speaker.name) : h("em", {}, "Speaker unknown")),
    facts.length ? h("p", { class: "facts" }, facts.join(" · ")) : null,
    quote.reason ? h("p", { class: "reason" }, h("bdi", {}, quote.reason)) : null,
    changed(quote).map((words) => h("p", { class: "changed" }, words)),
  );
}

/** What happened to the quotation since it was decided. */
function changed(quote) {
  return [
    quote.reanchored && "The text around it has changed; it was found again in one place only.",
    quote.model_changed && "The extractor now says something else. The decision stands.",
  ].filter(Boolean);
}

function confidence(quote) {
  if (quote.origin === "reviewer") return h("p", { class: "facts" }, "Added by a reviewer: there is no prediction.");
  const line = (name, share) => [h("dt", {}, name), h("dd", {}, h("span", {}, percent(share)), meter(share, name))];
  return h("dl", { class: "sure" }, line("Quotation", quote.confidence), line("Speaker", quote.speaker_confidence));
}

function evidence(quote) {
  const words = (quote.evidence ?? []).map((each) =>
    typeof each === "string" ? each : `${each.words} (${each.code})`,
  );
  if (!words.length) return null;
  return h(
    "details",
    {
      class: "evidence",
      open: sessionStorage.getItem(EVIDENCE) === "1",
      ontoggle: (event) => sessionStorage.setItem(EVIDENCE, event.target.open ? "1" : "0"),
    },
    h("summary", { "data-focus": "evidence" }, `Evidence (${words.length})`),
    h(
      "ul",
      {},
      words.map((each) => h("li", {}, each)),
    ),
  );
}

function candidate(desk, chosen, each, index, onpick) {
  const action = `pick${index + 1}`;
  const current =
    chosen !== null && chosen !== undefined && (chosen.id === each.speaker_id || chosen.name === each.name);
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: "candidate",
        "data-focus": action,
        "data-action": action,
        "aria-pressed": String(current),
        onclick: () => onpick(index),
      },
      keyHint(action),
      h("bdi", {}, each.name),
      h("span", { class: "share" }, percent(each.confidence)),
    ),
  );
}

/** The ranked candidates, with their keys. */
export function candidates(desk, quote, chosen, onpick) {
  const list = quote.candidates.slice(0, MAX_CANDIDATES);
  return h(
    "section",
    { class: "candidates", "aria-label": "Candidate speakers" },
    list.length
      ? h(
          "ol",
          {},
          list.map((each, index) => candidate(desk, chosen, each, index, onpick)),
        )
      : null,
    actionButton("speaker", { text: "Search or add a speaker", kind: "wide" }),
  );
}

function decisions(quote) {
  const pressed = (status) => quote.status === status;
  return h(
    "div",
    { class: "decide", role: "group", "aria-label": "Decide" },
    actionButton("accept", { text: "Accept", kind: "yes", pressed: pressed("accepted") }),
    actionButton("correct", { text: "Correct", pressed: pressed("corrected") }),
    actionButton("reject", { text: "Reject", kind: "no", pressed: pressed("rejected") }),
    actionButton("unsure", { text: "Unsure", pressed: pressed("unsure") }),
  );
}

function noteBox(desk, quote, onnote) {
  const box = h("textarea", {
    id: "note",
    rows: 2,
    value: keptNote(desk.document.id, quote.id) ?? quote.note ?? "",
    "data-focus": "note",
    oninput: (event) => keepNote(desk.document.id, quote.id, event.target.value),
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onnote();
    if (event.key === "Escape") box.blur();
  });
  return h(
    "section",
    { class: "note" },
    h("label", { for: "note" }, "Note ", keyHint("note")),
    box,
    h("button", { type: "button", "data-focus": "save-note", onclick: onnote }, "Save note"),
    h("small", {}, "Ctrl+Enter saves it; a decision takes it along."),
  );
}

function staleBox(desk, stale, on) {
  return h(
    "section",
    { class: "stale", role: "group", "aria-label": "Changed elsewhere" },
    h(
      "p",
      {},
      `This quotation was changed elsewhere: it is now ${word(stale.status)}, by “${stale.speaker?.name ?? "nobody"}”. Your step was not saved.`,
    ),
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", "data-focus": "stale-mine", onclick: on.mine }, "Save mine over it"),
      h("button", { type: "button", "data-focus": "stale-theirs", onclick: on.theirs }, "Keep what is there"),
    ),
  );
}

/** The children of the card. `on` has the callbacks `pick(index)`, `note()`, `mine()`, `theirs()` and those of the editor. */
export function card(desk, on) {
  const quote = desk.quote();
  if (desk.draft && desk.draft.quote === null) return [editor(desk, null, on)];
  if (!quote)
    return [
      h("h2", { id: "card-title" }, "No quotation"),
      h("p", {}, desk.quotes.length ? "Choose one from the queue." : "None was found in this article."),
      actionButton("add", { text: "Add a quotation" }),
    ];
  const rest = desk.draft
    ? [editor(desk, quote, on)]
    : [
        decisions(quote),
        candidates(desk, quote, quote.speaker, on.pick),
        confidence(quote),
        evidence(quote),
        noteBox(desk, quote, on.note),
      ];
  const words = h("blockquote", { dir: "auto" }, desk.words((desk.draft ?? quote).content));
  return [
    heading(desk, quote),
    desk.stale ? staleBox(desk, desk.stale.quote, on) : null,
    words,
    desk.draft ? null : who(desk, quote),
    ...rest,
  ];
}

/** "12 of 53 quotations decided". */
export function progressWords(desk) {
  return `${desk.quotes.length - desk.left} of ${count(desk.quotes.length, "quotation")} decided`;
}
