/** What changes something: every step is a request, and nothing is said to be saved before the server said so. */

import { get, post, reviewer } from "../core/api.js";
import { count } from "../core/dom.js";
import { tell, warn } from "../core/live.js";
import { changes, forget, forgetNote, keptNote } from "./draft.js";

/** The server's address of a document. */
export function documentUrl(doc, tail = "") {
  return `/api/documents/${encodeURIComponent(doc)}${tail}`;
}

/** The steps at the desk of one article. `shown` is told when the state has changed: `shown(advance)`. */
export class Work {
  constructor(desk, shown) {
    this.desk = desk;
    this.shown = shown;
    this.busy = false;
  }

  /** Run one request at a time; a second key press while one is under way does nothing. */
  async once(task) {
    if (this.busy) return false;
    this.busy = true;
    document.body.dataset.busy = "true";
    try {
      return await task();
    } catch (error) {
      warn(error.message);
      return false;
    } finally {
      this.busy = false;
      delete document.body.dataset.busy;
    }
  }

  /** Fetch the document anew. */
  async reload() {
    this.desk.load(await get(documentUrl(this.desk.document.id)));
  }

  /** Fetch the document anew if somebody changed it, as in another window. */
  async catchUp() {
    const data = await get(documentUrl(this.desk.document.id)).catch(() => null);
    if (!data || this.busy || data.seq === this.desk.seq) return;
    this.desk.load(data);
    this.shown(false);
  }

  /** Save a decision on the current quotation and go on to the next. `after` has what it changes. */
  decide(action, after = {}, advance = true) {
    const quote = this.desk.quote();
    if (!quote) return Promise.resolve(false);
    return this.once(() => this.send(action, quote, after, advance));
  }

  /** Decide on an orphaned quotation, which then has a place again or is rejected. */
  settleOrphan(quote, action, after = {}) {
    return this.once(async () => {
      await this.send(action, quote, after, false);
      await this.reload();
      this.shown(false);
      return true;
    });
  }

  async send(action, quote, after, advance) {
    const { desk } = this;
    const note = (quote && keptNote(desk.document.id, quote.id)) ?? quote?.note ?? "";
    const body = {
      doc: desk.document.id,
      quote: quote?.id ?? null,
      action,
      base_revision: quote?.revision ?? 0,
      after,
      note,
      seconds: desk.seconds,
    };
    let answer;
    try {
      answer = await post("/api/decisions", body);
    } catch (error) {
      if (error.code !== "stale" || !error.body?.quote) throw error;
      return this.refused(error.body.quote, { action, after, advance });
    }
    this.saved(answer, quote);
    this.shown(advance);
    return true;
  }

  saved(answer, quote) {
    const { desk } = this;
    desk.replace(answer.quote);
    desk.speakers = answer.speakers ?? desk.speakers;
    desk.speakersRevision = answer.speakers_revision ?? desk.speakersRevision;
    desk.seq = answer.seq;
    if (quote) forgetNote(desk.document.id, quote.id);
    desk.stale = null;
    desk.draft = null;
    forget(desk.document.id, quote?.id ?? null);
    if (!quote) desk.select(answer.quote.id);
    tell(`saved, ${answer.left} left`);
  }

  /** The quotation was changed since it was shown: show what it is now, and ask. */
  refused(quote, step) {
    this.desk.replace(quote);
    this.desk.stale = { quote, ...step };
    warn("Not saved: the quotation was changed elsewhere. Choose which one holds.");
    this.shown(false);
    return false;
  }

  /** Save the refused step over what is there now. */
  insist() {
    const { action, after, advance } = this.desk.stale;
    return this.decide(action, after, advance);
  }

  /** Save the draft as a correction, or as a new quotation. */
  saveDraft() {
    const { desk } = this;
    const { draft } = desk;
    if (!draft) return Promise.resolve(false);
    const quote = draft.quote === null ? null : desk.quote(draft.quote);
    const after = changes(draft, quote);
    if (!Object.keys(after).length) {
      warn("Nothing is changed yet. Escape drops the correction.");
      return Promise.resolve(false);
    }
    if (!draft.content.length) {
      warn("A quotation needs content. Reject it instead if there is none.");
      return Promise.resolve(false);
    }
    const shown = quote && { ...quote, revision: draft.revision };
    return this.once(() => this.send(quote ? "correct" : "add", shown, after, true));
  }

  /** Undo or redo one step of this reviewer. */
  back(way) {
    return this.once(async () => {
      const answer = await post(`/api/${way}`, { doc: this.desk.document.id });
      await this.reload();
      const undone = answer.undone ?? answer.redone ?? {};
      const id = answer.quote?.id ?? undone.quote;
      if (this.desk.quote(id)) this.desk.select(id);
      tell(
        `${way === "undo" ? "undone" : "done again"}${undone.action ? `: ${undone.action}` : ""}, ${this.desk.left} left`,
      );
      this.shown(false);
      return true;
    });
  }

  /** Accept everything above a confidence. */
  bulk(above, everywhere) {
    return this.once(async () => {
      const answer = await post("/api/decisions/bulk", {
        doc: everywhere ? null : this.desk.document.id,
        above,
        action: "accept",
      });
      await this.reload();
      tell(`saved, ${count(answer.accepted, "quotation")} accepted, ${this.desk.left} left`);
      this.shown(true);
      return true;
    });
  }

  /** Change speakers: `body` has `op` and what it takes. */
  speakers(body, done) {
    return this.once(async () => {
      const base = this.desk.speakersRevision;
      try {
        await post("/api/speakers", { doc: this.desk.document.id, base_revision: base, ...body });
      } finally {
        await this.reload(); // also where somebody else was first: what is there now must be seen
      }
      tell(`saved, ${done}`);
      this.shown(false);
      return true;
    });
  }

  /** Mark the article as finished by this reviewer, or open it again. */
  finish() {
    return this.once(async () => {
      const finished = !this.desk.finishedBy.includes(reviewer());
      await post(documentUrl(this.desk.document.id, "/finish"), { finished });
      await this.reload();
      tell(`saved, article ${finished ? "finished" : "open again"}, ${this.desk.left} left`);
      this.shown(false);
      return true;
    });
  }
}
