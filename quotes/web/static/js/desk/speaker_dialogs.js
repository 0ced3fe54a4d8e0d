/** Dialogs about speakers: find or add one, merge two that are one, split one that is two. */

import { count, h } from "../core/dom.js";
import { buttons, field, open } from "../core/dialog.js";

const LIMIT = 8;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The speakers whose name has what was typed, those who say most first. */
function matches(speakers, typed) {
  const wanted = plain(typed.trim());
  const fits = (speaker) => [speaker.name, ...(speaker.aliases ?? [])].some((name) => plain(name).includes(wanted));
  return speakers
    .filter(fits)
    .sort((a, b) => b.quotes - a.quotes)
    .slice(0, LIMIT);
}

function quotesOf(desk, id) {
  return desk.quotes.filter((quote) => quote.speaker?.id === id);
}

function option(choice, index, at, pick) {
  return h(
    "li",
    {
      role: "option",
      id: `speaker-option-${index}`,
      "aria-selected": String(index === at),
      onclick: () => pick(choice),
    },
    h("bdi", {}, choice.label),
    choice.hint ? h("small", {}, choice.hint) : null,
  );
}

function choicesFor(desk, typed) {
  const found = matches(desk.speakers, typed).map((speaker) => ({
    label: speaker.name,
    hint: [speaker.role, count(quotesOf(desk, speaker.id).length, "quotation")].filter(Boolean).join(", "),
    speaker: { id: speaker.id, name: speaker.name },
  }));
  const name = typed.trim();
  const exact = found.some((choice) => choice.label === name);
  if (name && !exact) found.push({ label: `Add “${name}” as a new speaker`, speaker: { id: null, name } });
  if (!name) found.push({ label: "Nobody: the speaker is unknown", speaker: null });
  return found;
}

/** Ask for a speaker. `onpick(speaker)` gets `{id, name}`, `{id: null, name}` for a new one, or null for nobody. */
export function searchSpeaker(desk, onpick) {
  return open("Search or add a speaker", (body, close) => {
    let at = 0;
    let choices = [];
    const list = h("ul", { role: "listbox", id: "speaker-options", "aria-label": "Speakers", class: "options" });
    const input = h("input", {
      type: "text",
      id: "speaker-search",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "speaker-options",
      "aria-autocomplete": "list",
      autocomplete: "off",
      autofocus: true,
    });
    const pick = (choice) => {
      close();
      if (choice) onpick(choice.speaker);
    };
    const paint = () => {
      list.replaceChildren(...choices.map((choice, index) => option(choice, index, at, pick)));
      input.setAttribute("aria-activedescendant", choices.length ? `speaker-option-${at}` : "");
    };
    const search = () => {
      choices = choicesFor(desk, input.value);
      at = 0;
      paint();
    };
    input.addEventListener("input", search);
    input.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by) at = (at + by + choices.length) % choices.length;
      if (event.key === "Enter") pick(choices[at]);
      if (by || event.key === "Enter") event.preventDefault();
      if (by) paint();
    });
    body.append(field("Name", input, "Arrow keys choose, Enter takes."), list);
    search();
  });
}

function checkbox(label, checked, onchange, hint) {
  return h(
    "label",
    { class: "check" },
    h("input", { type: "checkbox", checked, onchange: (event) => onchange(event.target.checked) }),
    h("bdi", {}, label),
    hint && h("small", {}, hint),
  );
}

function speakerSelect(desk, chosen, onchange) {
  const options = desk.speakers.map((speaker) =>
    h("option", { value: speaker.id, selected: speaker.id === chosen }, speaker.name),
  );
  return h("select", { onchange: (event) => onchange(event.target.value), autofocus: true }, options);
}

/** Ask which speakers are one, and merge them by `work`. */
export function mergeSpeakers(desk, work) {
  const merge = (into, ids) =>
    work.speakers({ op: "merge", ids, into: into.id }, `${count(ids.length, "speaker")} merged into ${into.name}`);
  return open("Merge speakers", (body, close) => {
    let into = desk.quote()?.speaker?.id ?? desk.speakers[0]?.id;
    const chosen = new Set();
    const list = h("fieldset", { class: "checks" });
    const go = h(
      "button",
      { type: "button", class: "yes", onclick: () => (close(), merge(desk.speaker(into), [...chosen])) },
      "Merge",
    );
    const paint = () => {
      chosen.delete(into);
      go.disabled = chosen.size === 0;
    };
    const fill = () => {
      const others = desk.speakers.filter((speaker) => speaker.id !== into);
      const toggle = (id) => (on) => (on ? chosen.add(id) : chosen.delete(id), paint());
      list.replaceChildren(
        h("legend", {}, "are the same as"),
        ...others.map((speaker) =>
          checkbox(
            speaker.name,
            chosen.has(speaker.id),
            toggle(speaker.id),
            count(quotesOf(desk, speaker.id).length, "quotation"),
          ),
        ),
      );
      paint();
    };
    const select = speakerSelect(desk, into, (id) => ((into = id), fill()));
    fill();
    const hint = "All their quotations go to the one that is kept. Undo takes it back.";
    body.append(
      field("Keep", select, hint),
      list,
      buttons(h("button", { type: "button", onclick: close }, "Cancel"), go),
    );
  });
}

/** Ask which quotations of a speaker are of somebody else, and split them off by `work`. */
export function splitSpeaker(desk, work) {
  const split = (from, name, quotes) =>
    work.speakers(
      { op: "split", ids: [from.id], name, quotes },
      `${count(quotes.length, "quotation")} split off to ${name}`,
    );
  return open("Split a speaker", (body, close) => {
    let from = desk.quote()?.speaker?.id ?? desk.speakers[0]?.id;
    const chosen = new Set(desk.quote()?.speaker ? [desk.current] : []);
    const name = h("input", { type: "text", autocomplete: "off", oninput: () => paint() });
    const list = h("fieldset", { class: "checks" });
    const go = h(
      "button",
      {
        type: "button",
        class: "yes",
        onclick: () => (close(), split(desk.speaker(from), name.value.trim(), [...chosen])),
      },
      "Split",
    );
    const paint = () => (go.disabled = chosen.size === 0 || !name.value.trim());
    const fill = () => {
      const toggle = (id) => (on) => (on ? chosen.add(id) : chosen.delete(id), paint());
      const rows = quotesOf(desk, from).map((quote) =>
        checkbox(`${desk.number(quote.id)} ${desk.words(quote.content)}`, chosen.has(quote.id), toggle(quote.id)),
      );
      list.replaceChildren(h("legend", {}, "These quotations are of somebody else"), ...rows);
      paint();
    };
    const select = speakerSelect(desk, from, (id) => ((from = id), chosen.clear(), fill()));
    fill();
    body.append(
      field("Speaker", select),
      list,
      field("Name of the other", name),
      buttons(h("button", { type: "button", onclick: close }, "Cancel"), go),
    );
  });
}
