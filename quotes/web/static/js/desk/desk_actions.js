/** What the keys do at the desk of one article. */

import { warn } from "../core/live.js";
import { searchSpeaker, mergeSpeakers, splitSpeaker } from "./speaker_dialogs.js";
import { bulkAccept, exportMenu } from "./desk_dialogs.js";
import { nextField } from "./draft.js";
import { help } from "./help.js";
import { count } from "../core/dom.js";

function decisions(screen) {
  const { desk, work, editing } = screen;
  const decide = (action) => () => {
    if (desk.draft) return warn("There is an unsaved correction: save it or drop it first.");
    return work.decide(action);
  };
  const save = async () => {
    await editing.stepping; // a step may still be under way to the server
    return work.saveDraft();
  };
  return {
    accept: decide("accept"),
    reject: decide("reject"),
    unsure: decide("unsure"),
    correct: () => (desk.draft ? save() : startCorrection(screen)),
    save,
    cancel: () => (desk.draft?.quote === null ? (editing.drop(), screen.shown(false)) : editing.drop()),
    undo: () => work.back("undo"),
    redo: () => work.back("redo"),
  };
}

function startCorrection(screen) {
  if (!screen.editing.begin()) return;
  screen.card.querySelector(".editor input")?.focus({ preventScroll: true });
}

function spans(screen) {
  const { editing } = screen;
  const add = () => {
    screen.onSelection(); // the browser tells of a selection a moment late
    editing.add();
  };
  return {
    add,
    field: () => editing.set(nextField),
    leftGrow: () => editing.step("start", -1),
    leftShrink: () => editing.step("start", 1),
    rightShrink: () => editing.step("end", -1),
    rightGrow: () => editing.step("end", 1),
  };
}

function speakers(screen) {
  const { desk, work } = screen;
  const needSpeakers = (least, dialog) => () => {
    if (desk.speakers.length < least) return warn(`This article has ${count(desk.speakers.length, "speaker")}.`);
    return dialog();
  };
  const picks = Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`pick${number}`, () => screen.pick(number - 1)]));
  return {
    ...picks,
    speaker: () => (desk.current || desk.draft) && searchSpeaker(desk, (speaker) => screen.setSpeaker(speaker)),
    merge: needSpeakers(2, () => mergeSpeakers(desk, work)),
    split: needSpeakers(1, () => splitSpeaker(desk, work)),
  };
}

function moves(screen) {
  const { desk } = screen;
  const step = (by) => () => {
    const quote = desk.step(by);
    if (quote && quote.id !== desk.current) screen.select(quote.id);
  };
  const order = () => {
    desk.order = desk.order === "text" ? "doubt" : "text";
    screen.paint();
    screen.reveal();
  };
  const note = () => {
    const box = screen.card.querySelector("#note");
    box?.focus();
    if (!box) warn("Save or drop the correction first; the note goes with it.");
  };
  return { next: step(1), previous: step(-1), order, note };
}

/** All actions of the desk: `{action: function}`. */
export function deskActions(screen) {
  const { desk, work } = screen;
  return {
    ...decisions(screen),
    ...spans(screen),
    ...speakers(screen),
    ...moves(screen),
    bulk: () => bulkAccept(desk, (above, everywhere) => work.bulk(above, everywhere)),
    finish: () => work.finish(),
    export: () => exportMenu(desk.document.id),
    help: () => help(() => screen.paint()),
  };
}
