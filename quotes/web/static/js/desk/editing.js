/** The steps of an edit before it is saved: they change the draft and nothing else. */

import { tell, warn } from "../core/live.js";
import * as drafts from "./draft.js";

const MARKS = /^["“”„«»‘'’]/;

/** Editing at one desk. `shown()` paints the draft. */
export class Editing {
  constructor(desk, shown) {
    this.desk = desk;
    this.shown = shown;
    this.stepping = Promise.resolve();
  }

  /** Note the draft's new state, and paint it. */
  changed() {
    if (this.desk.draft) drafts.keep(this.desk.document.id, this.desk.draft);
    this.shown();
  }

  /** The draft, begun if there is none yet; null where there is nothing to edit. */
  begin() {
    const quote = this.desk.quote();
    if (!this.desk.draft && quote) {
      this.desk.draft = drafts.draftOf(quote);
      this.changed();
    }
    return this.desk.draft;
  }

  /** Take up the draft that a reload or a move left behind. */
  resume() {
    const { desk } = this;
    desk.draft = (desk.current && drafts.kept(desk.document.id, desk.current)) ?? null;
    if (desk.draft) tell("Your unsaved correction is still here.");
  }

  /** Take up the new quotation that a reload left behind; true if there was one. */
  resumeNew() {
    const { desk } = this;
    const left = drafts.kept(desk.document.id, null);
    if (!left) return false;
    desk.draft = left;
    tell("Your unsaved new quotation is still here.");
    this.shown();
    return true;
  }

  /** Drop the draft. */
  drop() {
    const { desk } = this;
    if (!desk.draft) return;
    drafts.forget(desk.document.id, desk.draft.quote);
    desk.draft = null;
    tell("Correction dropped.");
    this.shown();
  }

  /** Begin a quotation that the tool missed: from the selection, or from the paragraph of the current one. */
  add() {
    const { desk } = this;
    if (desk.draft && desk.draft.quote === null) return this.use(true);
    if (!desk.selection.length && this.resumeNew()) return undefined;
    const spans = desk.selection.length ? desk.selection : this.wholeParagraph(0);
    if (!spans.length) return warn("Select the words of the quotation first.");
    desk.draft = drafts.newDraft(spans, MARKS.test(desk.map.slice(...spans[0])));
    this.clearSelection();
    tell("New quotation. Set its edges, then its cue, source and speaker; save when done.");
    return this.changed();
  }

  wholeParagraph(by) {
    const { desk } = this;
    const from = (desk.draft ?? desk.quote())?.content[0]?.[0] ?? 0;
    const at = desk.paragraphs.findLastIndex(([start]) => start <= from);
    const index = Math.min(Math.max(at + by, 0), desk.paragraphs.length - 1);
    return index < 0 ? [] : desk.map.trim([desk.paragraphs[index]]);
  }

  /** Set the content to a whole paragraph, `by` paragraphs away. */
  paragraph(by) {
    const spans = this.wholeParagraph(by);
    if (!this.desk.draft || !spans.length) return;
    this.desk.draft.content = spans;
    this.desk.draft.part = 0;
    this.changed();
  }

  /** Put the selection into the field being edited. */
  use(further) {
    const { desk } = this;
    if (!desk.selection.length) return warn("Select some words of the article first.");
    if (!this.begin()) return undefined;
    drafts.put(desk.draft, desk.selection, further);
    this.clearSelection();
    return this.changed();
  }

  clearSelection() {
    this.desk.selection = [];
    window.getSelection()?.removeAllRanges();
  }

  /** Put typed words into the field being edited: their occurrence nearest to the quotation. */
  find(words) {
    const { desk } = this;
    const found = desk.map.find(words.trim());
    if (!found.length) return warn(`The article does not have the words “${words.trim()}”.`);
    const near = desk.draft.content[0]?.[0] ?? 0;
    found.sort((a, b) => Math.abs(a[0] - near) - Math.abs(b[0] - near));
    drafts.put(desk.draft, [found[0]], false);
    return this.changed();
  }

  /** Move an edge by a token. Steps come one after the other, however fast the keys. */
  step(edge, by) {
    this.stepping = this.stepping.then(async () => {
      const draft = this.begin();
      if (!draft) return;
      await drafts.step(this.desk.document.id, draft, edge, by).catch((error) => warn(error.message));
      this.changed();
    });
    return this.stepping;
  }

  /** Change something of the draft. */
  set(change) {
    if (!this.begin()) return;
    change(this.desk.draft);
    this.changed();
  }
}
