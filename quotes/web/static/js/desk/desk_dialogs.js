/** Dialogs of the whole desk: bulk accept, export, the reviewer's name. */

import { download, reviewer, setReviewer } from "../core/api.js";
import { buttons, field, open } from "../core/dialog.js";
import { count, h } from "../core/dom.js";
import { tell, warn } from "../core/live.js";

const DEFAULT_THRESHOLD = 0.9;

const FORMATS = [
  ["jsonl", "JSON Lines", "one document record a line, with the reviewed state"],
  ["csv", "CSV", "one row a quotation, for a spreadsheet"],
  ["json", "JSON", "all records in one value"],
  ["webannotation", "Web Annotation", "W3C annotations with text position and quote selectors"],
  ["log", "Decision log", "who did what and when, one step a line"],
  ["html", "Report", "one HTML file that opens anywhere, with no server"],
];

/** How many open quotations have at least a confidence in content and speaker together. */
function above(desk, threshold) {
  return desk.quotes.filter(
    (quote) => quote.status === "unreviewed" && quote.origin === "model" && 1 - quote.doubt >= threshold,
  ).length;
}

/** Ask for the confidence above which everything is accepted. `onbulk(above, everywhere)`. */
export function bulkAccept(desk, onbulk) {
  return open("Accept all above a confidence", (body, close) => {
    const input = h("input", {
      type: "number",
      min: 0,
      max: 100,
      step: 1,
      value: DEFAULT_THRESHOLD * 100,
      autofocus: true,
      oninput: () => paint(),
    });
    const preview = h("p", { "aria-live": "polite", class: "facts" });
    const all = h("input", { type: "checkbox" });
    const share = () => Number(input.value) / 100;
    const valid = () => input.value !== "" && share() >= 0 && share() <= 1;
    const accept = () => valid() && (close(), onbulk(share(), all.checked));
    const go = h("button", { type: "button", class: "yes", onclick: accept }, "Accept them");
    const paint = () => {
      go.disabled = !valid();
      preview.textContent = valid()
        ? `${count(above(desk, share()), "open quotation")} of this article.`
        : "Give a number from 0 to 100.";
    };
    input.addEventListener("keydown", (event) => event.key === "Enter" && accept());
    paint();
    const hint = "How sure content and speaker are together. Each is logged on its own; one undo takes all of it back.";
    body.append(
      field("Confidence in per cent", input, hint),
      preview,
      h("label", { class: "check" }, all, "In all articles"),
    );
    body.append(buttons(h("button", { type: "button", onclick: close }, "Cancel"), go));
  });
}

async function save(format, doc) {
  const query = new URLSearchParams({ format });
  if (doc) query.set("doc", doc);
  try {
    const file = await download(`/api/export?${query}`);
    const url = URL.createObjectURL(file.blob);
    h("a", { href: url, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    tell(`exported ${file.name}`);
  } catch (error) {
    warn(error.message);
  }
}

/** The export menu; `doc` is the article on the desk, or null. */
export function exportMenu(doc) {
  return open("Export", (body, close) => {
    const only = h("input", { type: "checkbox", checked: false });
    const rows = FORMATS.map(([format, name, says], index) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: "format",
            "data-format": format,
            autofocus: index === 0,
            onclick: () => (close(), save(format, only.checked ? doc : null)),
          },
          h("b", {}, name),
          h("small", {}, says),
        ),
      ),
    );
    if (doc) body.append(h("label", { class: "check" }, only, "Only this article"));
    body.append(h("ul", { class: "options" }, rows));
  });
}

/** Ask for the reviewer's name in this window. Resolves when it is set or the dialog is closed. */
export function askReviewer(onchange) {
  return open("Who reviews in this window?", (body, close) => {
    const input = h("input", { type: "text", value: reviewer(), autocomplete: "name", autofocus: true, maxlength: 80 });
    const take = () => {
      const name = input.value.trim();
      if (!name) return;
      close();
      if (name === reviewer()) return;
      setReviewer(name);
      onchange();
    };
    input.addEventListener("keydown", (event) => event.key === "Enter" && take());
    body.append(field("Name", input, "Decisions are kept under this name. Another window may have another."));
    body.append(
      buttons(
        h("button", { type: "button", onclick: close }, "Cancel"),
        h("button", { type: "button", class: "yes", onclick: take }, "Use it"),
      ),
    );
  });
}
