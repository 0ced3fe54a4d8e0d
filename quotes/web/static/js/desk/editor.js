/** Correcting a quotation, or adding one: spans by token, from the selection or by typed words; type; speaker. */

import { h } from "../core/dom.js";
import { actionButton } from "./controls.js";
import { FIELDS } from "./draft.js";

const TYPES = ["direct", "mixed", "indirect"];

function choice(name, legend, values, chosen, onchange) {
  const radios = values.map((value) =>
    h(
      "label",
      { class: `radio ${value}` },
      h("input", {
        type: "radio",
        name,
        value,
        checked: value === chosen,
        "data-focus": `${name}-${value}`,
        onchange: () => onchange(value),
      }),
      value,
    ),
  );
  return h("fieldset", { class: "choice" }, h("legend", {}, legend), radios);
}

function part(desk, draft, span, index, on) {
  const current = index === draft.part;
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: "part",
        dir: "auto",
        "aria-pressed": String(current),
        "data-focus": `part-${index}`,
        onclick: () => on.part(index),
      },
      desk.words([span]),
    ),
  );
}

function edges(draft) {
  const empty = !draft[draft.field].length;
  const button = (action, text) => actionButton(action, { text, disabled: empty });
  return h(
    "div",
    { class: "edges", role: "group", "aria-label": `Edges of the ${draft.field}` },
    button("leftGrow", "Grow left"),
    button("leftShrink", "Shrink left"),
    button("rightShrink", "Shrink right"),
    button("rightGrow", "Grow right"),
  );
}

function byWords(draft, on) {
  const input = h("input", {
    type: "text",
    id: "find-words",
    autocomplete: "off",
    "data-focus": "find-words",
    placeholder: "exact words of the article",
  });
  const search = () => on.find(input.value);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      search();
    } else if (event.key === "Escape") input.blur();
  });
  return h(
    "div",
    { class: "find" },
    h("label", { for: "find-words" }, `Set the ${draft.field} by typing its words`),
    h("div", { class: "row" }, input, h("button", { type: "button", "data-focus": "find", onclick: search }, "Set")),
  );
}

function spanTools(desk, draft, on) {
  const parts = draft[draft.field];
  const selected = desk.selection.length > 0;
  const button = (text, focus, disabled, onclick) =>
    h("button", { type: "button", "data-focus": focus, disabled, onclick }, text);
  return [
    parts.length
      ? h(
          "ol",
          { class: "parts", "aria-label": `Parts of the ${draft.field}` },
          parts.map((span, index) => part(desk, draft, span, index, on)),
        )
      : h("p", { class: "facts" }, `No ${draft.field} yet: select it in the article, or type its words.`),
    edges(draft),
    h(
      "div",
      { class: "row" },
      button("Use selection", "use", !selected, () => on.use(false)),
      button("Add selection as a part", "use-part", !selected || !parts.length, () => on.use(true)),
      button("Remove part", "remove-part", !parts.length, on.remove),
    ),
    byWords(draft, on),
  ];
}

function paragraphs(draft, on) {
  if (draft.quote !== null || draft.field !== "content") return null;
  const move = (by, text, focus) =>
    h("button", { type: "button", "data-focus": focus, onclick: () => on.paragraph(by) }, text);
  return h(
    "div",
    { class: "row" },
    move(-1, "Paragraph before", "para-before"),
    move(1, "Paragraph after", "para-after"),
  );
}

function speaker(draft) {
  const name = draft.speaker ? h("bdi", {}, draft.speaker.name) : h("em", {}, "unknown");
  return h(
    "p",
    { class: "draft-speaker" },
    h("span", {}, "Speaker: ", name),
    actionButton("speaker", { text: "Change" }),
  );
}

/** The editor of the draft. `quote` is the quotation that it corrects, or null where one is added. */
export function editor(desk, quote, on) {
  const { draft } = desk;
  return h(
    "section",
    { class: "editor", "aria-labelledby": "editor-title" },
    h(quote ? "h3" : "h2", { id: "editor-title" }, quote ? "Correct" : "Add a quotation"),
    quote ? null : h("blockquote", { dir: "auto" }, desk.words(draft.content)),
    choice("field", "Edit", FIELDS, draft.field, on.field),
    spanTools(desk, draft, on),
    paragraphs(draft, on),
    choice("type", "Type", TYPES, draft.type, on.type),
    speaker(draft),
    h(
      "div",
      { class: "row end" },
      actionButton("cancel", { text: "Drop" }),
      actionButton("save", { text: quote ? "Save correction" : "Add quotation", kind: "yes" }),
    ),
  );
}
