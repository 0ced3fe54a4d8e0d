/** Which articles can be adjudicated, and how far the reviewers agree. */

import { get } from "../core/api.js";
import { count, h } from "../core/dom.js";
import { bind } from "../core/keys.js";
import { address } from "../core/router.js";
import { exportMenu } from "../desk/desk_dialogs.js";
import { help } from "../desk/help.js";
import { paintLegend } from "../desk/legend.js";

const FIGURES = [
  ["documents", "Articles"],
  ["n", "Quotations"],
  ["span_exact_f1", "Spans exact (F1)"],
  ["span_overlap_f1", "Spans overlapping (F1)"],
  ["speaker_accuracy", "Speaker"],
  ["kappa", "Kappa"],
];

function cell(value) {
  if (value === null || value === undefined) return "–";
  return Number.isInteger(value) && value > 1
    ? String(value)
    : typeof value === "number"
      ? value.toFixed(2)
      : String(value);
}

function figure(pair, name) {
  return ["documents", "n"].includes(name) ? String(pair[name] ?? "–") : cell(pair[name]);
}

/** The agreement of each pair of reviewers as a table. */
export function agreementTable(pairs) {
  if (!pairs.length) return h("p", {}, "No two reviewers have decided on the same article yet.");
  const head = h(
    "tr",
    {},
    h("th", { scope: "col" }, "Reviewers"),
    FIGURES.map(([, label]) => h("th", { scope: "col" }, label)),
  );
  const rows = pairs.map((pair) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, h("bdi", {}, pair.a), " and ", h("bdi", {}, pair.b)),
      FIGURES.map(([name]) => h("td", {}, figure(pair, name))),
    ),
  );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": "Agreement of the reviewers" },
    h("table", { class: "figures" }, h("caption", {}, "Agreement"), h("thead", {}, head), h("tbody", {}, rows)),
  );
}

function row(item) {
  const by = item.finished_by ?? [];
  const state = by.length ? `finished by ${by.join(", ")}` : "finished by nobody yet";
  return h(
    "li",
    {},
    h(
      "div",
      { class: "title" },
      h("a", { href: address("adjudication", item.id), dir: "auto" }, item.title || item.id),
      h("p", { class: "facts" }, count(item.quotes, "quotation"), " · ", state),
    ),
  );
}

/** Show the articles and the agreement; returns what takes the view down. */
export async function adjudicateView(main) {
  const [{ documents }, agreement] = await Promise.all([get("/api/documents"), get("/api/agreement")]);
  document.title = "Adjudication · quotedesk";
  const pairs = agreement.pairs ?? agreement.agreement ?? agreement;
  const ready = documents.filter((item) => (item.finished_by ?? []).length >= 2);
  const other = documents.filter((item) => !ready.includes(item));
  const section = (title, items, none) => [
    h("h2", {}, title),
    items.length ? h("ul", { class: "articles" }, items.map(row)) : h("p", {}, none),
  ];
  main.replaceChildren(
    h(
      "div",
      { class: "page" },
      h("h1", { tabindex: -1 }, "Adjudication"),
      h(
        "p",
        {},
        "Reviewers work blind. When two have finished an article, their decisions are laid side by side here, and what is settled here is final.",
      ),
      section("Ready", ready, "No article is finished by two reviewers yet."),
      h("h2", {}, "How far the reviewers agree"),
      agreementTable(Array.isArray(pairs) ? pairs : []),
      other.length ? section("Not ready", other, "") : null,
    ),
  );
  bind({ export: () => exportMenu(null), help: () => help(paintLegend) });
  paintLegend();
  return { leave() {} };
}
