/** The speakers of one article: rename, role, kind, identifier, merge, split, add. */

import { get } from "../core/api.js";
import { buttons, field, open } from "../core/dialog.js";
import { count, h, refill } from "../core/dom.js";
import { bind } from "../core/keys.js";
import { address } from "../core/router.js";
import { actionButton } from "../desk/controls.js";
import { exportMenu } from "../desk/desk_dialogs.js";
import { help } from "../desk/help.js";
import { paintLegend } from "../desk/legend.js";
import { mergeSpeakers, splitSpeaker } from "../desk/speaker_dialogs.js";
import { Desk } from "../desk/state.js";
import { Work, documentUrl } from "../desk/work.js";

const KINDS = ["person", "organization", "group", "document", "anonymous", "unknown"];

/** Ask for what is known of a speaker; `onsave({name, role, kind, identifier})`. */
function editSpeaker(title, speaker, onsave) {
  return open(title, (body, close) => {
    const text = (value, extra = {}) => h("input", { type: "text", value: value ?? "", autocomplete: "off", ...extra });
    const name = text(speaker.name, { autofocus: true, required: true });
    const role = text(speaker.role);
    const kind = h(
      "select",
      {},
      KINDS.map((each) => h("option", { value: each, selected: each === (speaker.kind ?? "unknown") }, each)),
    );
    const identifier = text(speaker.identifier, { placeholder: "Q42", spellcheck: "false" });
    const form = h("form", { method: "dialog" });
    const save = (event) => {
      event.preventDefault();
      if (!name.value.trim()) return name.focus();
      close();
      return onsave({
        name: name.value.trim(),
        role: role.value.trim(),
        kind: kind.value,
        identifier: identifier.value.trim(),
      });
    };
    form.addEventListener("submit", save);
    form.append(
      field("Name", name),
      field("Role", role, "As the article has it: “mayor of Reading”."),
      field("Kind", kind),
    );
    form.append(field("Identifier", identifier, "A Wikidata id, typed by hand; nothing is looked up."));
    form.append(
      buttons(
        h("button", { type: "button", onclick: close }, "Cancel"),
        h("button", { type: "submit", class: "yes" }, "Save"),
      ),
    );
    body.append(form);
  });
}

async function saveEdit(work, speaker, values) {
  const { name, ...rest } = values;
  const changed = Object.keys(rest).some((key) => (rest[key] || null) !== (speaker[key] || null));
  if (
    name !== speaker.name &&
    !(await work.speakers({ op: "rename", ids: [speaker.id], name }, `${speaker.name} is now ${name}`))
  )
    return;
  if (changed) await work.speakers({ op: "edit", ids: [speaker.id], ...rest }, `${name} changed`);
}

function item(desk, work, speaker) {
  const mine = desk.quotes.filter((quote) => quote.speaker?.id === speaker.id);
  const facts = [speaker.role, speaker.kind, speaker.identifier].filter(Boolean).join(" · ");
  const others = (speaker.aliases ?? []).filter((alias) => alias !== speaker.name);
  const edit = () => editSpeaker(`Edit ${speaker.name}`, speaker, (values) => saveEdit(work, speaker, values));
  return h(
    "li",
    {},
    h(
      "div",
      { class: "title" },
      h("h2", {}, h("bdi", {}, speaker.name)),
      h("p", { class: "facts" }, facts),
      others.length ? h("p", { class: "facts" }, "Also: ", h("bdi", {}, others.join(", "))) : null,
    ),
    mine.length
      ? h("a", { href: address("desk", desk.document.id, mine[0].id) }, count(mine.length, "quotation"))
      : h("span", { class: "facts" }, "no quotations"),
    h(
      "button",
      { type: "button", "data-focus": `edit-${speaker.id}`, "aria-label": `Edit ${speaker.name}`, onclick: edit },
      "Edit",
    ),
  );
}

/** Show the speakers of an article; returns what takes the view down. */
export async function speakersView(main, place) {
  const desk = new Desk(await get(documentUrl(place.doc)));
  document.title = `Speakers · ${desk.document.title || desk.document.id}`;
  const page = h("div", { class: "page" });
  const work = new Work(desk, () => paint());
  const create = () =>
    editSpeaker("Add a speaker", { name: "" }, (values) =>
      work.speakers({ op: "create", ids: [], ...values }, `${values.name} added`),
    );
  bind(
    {
      merge: () => mergeSpeakers(desk, work),
      split: () => splitSpeaker(desk, work),
      speaker: create,
      undo: () => work.back("undo"),
      redo: () => work.back("redo"),
      export: () => exportMenu(desk.document.id),
      help: () => help(paintLegend),
    },
    { speaker: { label: "Add a speaker", short: "add speaker" } },
  );
  const paint = () => {
    const tools = h(
      "div",
      { class: "row" },
      ["merge", "split", "speaker", "undo", "redo"].map((action) => actionButton(action, { place: "speakers" })),
    );
    refill(
      page,
      h("h1", { tabindex: -1 }, "Speakers"),
      h(
        "p",
        {},
        h("a", { href: address("desk", desk.document.id), dir: "auto" }, desk.document.title || desk.document.id),
      ),
      tools,
      h(
        "ul",
        { class: "people" },
        desk.speakers.map((speaker) => item(desk, work, speaker)),
      ),
    );
    paintLegend();
  };
  main.replaceChildren(page);
  paint();
  return { leave() {} };
}
