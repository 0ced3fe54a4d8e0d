/** One quotation as the reviewers have it, side by side. What differs is said in words, and stands out. */

import { h, snippet } from "../core/dom.js";
import { FIELDS } from "./draft.js";
import { keyHint } from "./controls.js";
import { segments } from "./segments.js";
import { sign, word } from "./status.js";

const text = (value) => JSON.stringify(value ?? null);

/** What of a version is compared. */
function facts(version) {
  const { quote } = version;
  const status = { corrected: "accepted", missing: "rejected" }[version.status] ?? version.status; // kept, or not
  if (status === "rejected") return { status };
  return {
    status,
    type: quote?.type,
    speaker: quote?.speaker?.name,
    content: quote?.content,
    cue: quote?.cue,
    source: quote?.source,
  };
}

/** The names of the facts that the versions do not share. */
export function differences(versions) {
  const all = versions.map(facts);
  const differ = (name) => new Set(all.map((each) => text(each[name]))).size > 1;
  if (differ("status")) return ["status"]; // kept or not: the rest does not matter before that
  return Object.keys(all[0] ?? {}).filter(differ);
}

/** The text around a version, with its marks. */
function context(desk, quote) {
  const marks = FIELDS.flatMap((kind) =>
    quote[kind].map(([start, end], part) => ({ start, end, kind, label: part === 0 ? kind : "" })),
  );
  const touched = desk.paragraphs.filter(([start, end]) => marks.some((mark) => mark.start < end && mark.end > start));
  return touched.map(([start, end]) =>
    h(
      "p",
      { dir: "auto" },
      segments(start, end, marks).map((segment) => {
        const words = desk.map.slice(segment.start, segment.end);
        if (!segment.marks.length) return words;
        const label = segment.opening
          .map((mark) => mark.label)
          .filter(Boolean)
          .join(" · ");
        return h(
          "mark",
          { class: segment.marks.map((mark) => mark.kind).join(" "), "data-label": label || null },
          words,
        );
      }),
    ),
  );
}

function fact(name, value, differs) {
  return [
    h("dt", {}, name),
    h(
      "dd",
      { class: differs.includes(name) ? "differs" : null },
      h("bdi", {}, value),
      differs.includes(name) ? h("small", {}, "differs") : null,
    ),
  ];
}

function spanFacts(desk, quote, differs) {
  return FIELDS.filter((name) => differs.includes(name)).map((name) =>
    fact(name, desk.words(quote[name]) || "none", differs),
  );
}

function column(desk, item, version, index, differs, current, on) {
  const { quote, reviewer } = version;
  const action = `pick${index + 1}`;
  const holds =
    item.final !== null && text(facts({ status: item.final.status, quote: item.final })) === text(facts(version));
  return h(
    "div",
    { class: "version", role: "group", "aria-label": `Version of ${reviewer}` },
    h("h3", {}, h("bdi", {}, reviewer)),
    h(
      "dl",
      {},
      fact("status", `${sign(version.status)} ${word(version.status)}`, differs),
      quote && version.status !== "rejected"
        ? [
            fact("speaker", quote.speaker?.name ?? "unknown", differs),
            fact("type", quote.type, differs),
            spanFacts(desk, quote, differs),
          ]
        : null,
      quote?.note ? fact("note", quote.note, []) : null,
    ),
    quote
      ? h("div", { class: "text" }, context(desk, quote))
      : h("p", { class: "facts" }, "This reviewer does not have the quotation."),
    h(
      "button",
      {
        type: "button",
        class: "yes",
        "aria-pressed": String(holds),
        "data-focus": `${item.quote}-${reviewer}`,
        onclick: () => on.choose(item, reviewer),
      },
      h("span", {}, "Take ", h("bdi", {}, reviewer), "’s"),
      current ? keyHint(action) : null,
    ),
  );
}

function noteBox(item) {
  const value = item.draftNote ?? item.final?.note ?? "";
  const input = h("input", {
    type: "text",
    value,
    "data-focus": `note-${item.quote}`,
    oninput: (event) => (item.draftNote = event.target.value),
  });
  return h("label", { class: "field" }, h("span", {}, "Note on the settlement"), input);
}

/** Where an item stands, in words. */
function standing(item, differs) {
  const { final } = item;
  const settled = final && `${sign(final.status)} ${word(final.status)}, ${final.speaker?.name ?? "speaker unknown"}`;
  if (item.settled === "adjudicated") return `settled: ${settled}`;
  if (item.agree) return `alike: ${settled}`;
  return `to settle: they differ in ${differs.join(", ") || "nothing, but one is unsure"}`;
}

function heading(item, title, on) {
  const select = () => on.select(item);
  const look = { type: "button", class: "quiet", dir: "auto", "data-focus": `item-${item.quote}`, onclick: select };
  return h("h2", {}, h("button", look, title));
}

function others(item, current, on) {
  const button = (name, action, kind, label, onclick) =>
    h(
      "button",
      { type: "button", class: kind, "data-focus": `${name}-${item.quote}`, onclick },
      h("span", {}, label),
      current ? keyHint(action) : null,
    );
  return h(
    "div",
    { class: "row end" },
    button("speaker", "speaker", "", "Another speaker", () => on.speaker(item)),
    button("neither", "reject", "no", "Neither: no quotation", () => on.neither(item)),
  );
}

/**
 * An item of the adjudication as an element. `on` has `choose(item, reviewer)`, `neither(item)`, `speaker(item)` and
 * `select(item)`.
 */
export function versionsBox(desk, item, current, on) {
  const differs = differences(item.versions);
  const shown = item.final ?? item.versions.find((version) => version.quote)?.quote;
  const title = shown ? desk.words(shown.content) : item.quote;
  const columns = () => item.versions.map((version, index) => column(desk, item, version, index, differs, current, on));
  const open = current || !item.agree;
  return h(
    "article",
    {
      class: `item${current ? " current" : ""}`,
      "aria-current": current ? "true" : null,
      "aria-label": `Quotation: ${snippet(title)}`,
    },
    heading(item, title, on),
    h("p", { class: "facts" }, standing(item, differs)),
    open ? [h("div", { class: "versions" }, columns()), noteBox(item), others(item, current, on)] : null,
  );
}
