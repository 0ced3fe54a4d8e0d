/** The list of articles with their progress. */

import { get } from "../core/api.js";
import { count, h } from "../core/dom.js";
import { bind } from "../core/keys.js";
import { address } from "../core/router.js";
import { exportMenu } from "../desk/desk_dialogs.js";
import { help } from "../desk/help.js";
import { paintLegend } from "../desk/legend.js";

const MANY = 20; // from here on the list can be filtered
const SHOWN = 200; // rows at once

function row(item) {
  const facts = [count(item.words, "word"), count(item.quotes, "quotation")];
  if (item.orphaned) facts.push(`${item.orphaned} orphaned`);
  const finished = item.finished_by ?? [];
  return h(
    "li",
    {},
    h(
      "div",
      { class: "title" },
      h("a", { href: address("desk", item.id), "data-row": item.id, dir: "auto" }, item.title || item.id),
      h(
        "p",
        { class: "facts" },
        facts.join(" · "),
        finished.length ? h("span", { class: "finished" }, `✓ finished by ${finished.join(", ")}`) : null,
      ),
    ),
    h(
      "div",
      { class: "done" },
      h("progress", {
        max: item.quotes || 1,
        value: item.decided,
        "aria-label": `Decided in ${item.title || item.id}`,
      }),
      h("span", {}, `${item.decided} of ${item.quotes}`),
    ),
    h("p", { class: "left" }, item.left ? `${item.left} left` : "all decided"),
  );
}

function overall(progress, documents) {
  const next = documents.find((item) => item.left > 0);
  return h(
    "div",
    { class: "overall" },
    h("progress", { max: progress.total || 1, value: progress.decided, "aria-label": "Decided in all articles" }),
    h(
      "p",
      {},
      `${progress.decided} of ${count(progress.total, "quotation")} decided in ${count(documents.length, "article")}`,
    ),
    next ? h("a", { class: "button", href: address("desk", next.id) }, progress.decided ? "Continue" : "Start") : null,
  );
}

function filterBox(documents, paint) {
  if (documents.length < MANY) return null;
  const search = (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    paint(documents.filter((item) => `${item.title ?? ""} ${item.id}`.toLowerCase().includes(wanted)));
  };
  return h(
    "label",
    { class: "field" },
    h("span", {}, "Filter by title"),
    h("input", { type: "search", oninput: search }),
  );
}

function moveRow(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

/** Show the list; returns what takes it down. */
export async function listView(main) {
  const { documents, progress } = await get("/api/documents");
  document.title = "Articles · quotedesk";
  const list = h("ul", { class: "articles" });
  const rest = h("p", { class: "facts" });
  const paint = (items) => {
    list.replaceChildren(...items.slice(0, SHOWN).map(row));
    rest.textContent = items.length > SHOWN ? `${items.length - SHOWN} more: filter by title to see them.` : "";
  };
  paint(documents);
  const empty = documents.length
    ? null
    : h("p", {}, "There is no article yet. Run “quotes review” with the articles to look at.");
  main.replaceChildren(
    h(
      "div",
      { class: "page" },
      h("h1", { tabindex: -1 }, "Articles"),
      overall(progress, documents),
      filterBox(documents, paint),
      empty,
      list,
      rest,
    ),
  );
  bind(
    {
      next: () => moveRow(1),
      previous: () => moveRow(-1),
      export: () => exportMenu(null),
      help: () => help(paintLegend),
    },
    {
      next: { label: "Next article", short: "next article" },
      previous: { label: "Previous article", short: "previous article" },
    },
  );
  paintLegend();
  return { leave() {} };
}
