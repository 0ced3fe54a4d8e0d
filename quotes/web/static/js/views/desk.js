/** The view of one article: queue, text and card, tied together. */

import { get, reviewer } from "../core/api.js";
import { h, refill, webLink } from "../core/dom.js";
import { bind } from "../core/keys.js";
import { tell, warn } from "../core/live.js";
import { selectedSpans } from "../core/offsets.js";
import { address, mark, note } from "../core/router.js";
import { Article } from "../desk/article.js";
import { actionButton } from "../desk/controls.js";
import { card, progressWords } from "../desk/card.js";
import { deskActions } from "../desk/desk_actions.js";
import { removePart } from "../desk/draft.js";
import { Editing } from "../desk/editing.js";
import { paintLegend } from "../desk/legend.js";
import { queue } from "../desk/queue.js";
import { Desk } from "../desk/state.js";
import { Work, documentUrl } from "../desk/work.js";

const NARROW = "(max-width: 899px), (max-height: 499px)"; // as in desk.css

/** The parts of the view on screen, and how they follow the state. */
class Screen {
  constructor(main, desk) {
    this.desk = desk;
    this.main = main;
    this.narrow = window.matchMedia(NARROW);
    this.work = new Work(desk, (advance) => this.shown(advance));
    this.editing = new Editing(desk, () => this.paint());
    this.article = new Article(desk);
    this.head = h("div", { class: "article-head" });
    this.queue = h("aside", { class: "queue", "aria-label": "Queue" });
    this.card = h("aside", { class: "card", "aria-labelledby": "card-title", id: "card" });
    this.side = h("div", { class: "side" }, this.card);
    const legend = h(
      "div",
      { class: "marks", role: "group", "aria-label": "Marks" },
      ["content", "cue", "source"].map((kind) => h("mark", { class: kind }, kind)),
      h("mark", { class: "chain" }, "same speaker"),
      h("span", { class: "other" }, "other quotation"),
    );
    this.reader = h("div", { class: "reader", tabindex: -1 }, this.head, legend, this.article.element);
    main.replaceChildren(h("div", { class: "desk" }, this.reader, this.side, this.queue));
    bind(deskActions(this));
    this.controller = new AbortController();
    this.listen(this.controller.signal);
  }

  listen(signal) {
    document.addEventListener("selectionchange", () => this.onSelection(), { signal });
    this.article.element.addEventListener("click", (event) => this.onClick(event), { signal });
    this.narrow.addEventListener("change", () => this.paint(), { signal });
    window.addEventListener("focus", () => this.work.catchUp(), { signal });
  }

  /** Remember what is selected in the article: the buttons that use it take the focus, and with it the selection. */
  onSelection() {
    const selection = window.getSelection();
    const { element } = this.article;
    if (!selection || !element.contains(selection.anchorNode) || this.card.contains(selection.anchorNode)) return;
    const spans = selectedSpans(selection, element, this.desk.map, this.desk.paragraphs);
    if (!spans.length && !selection.isCollapsed) return;
    const before = this.desk.selection.length;
    this.desk.selection = spans; // a click into the text without a drag takes the selection back
    if (this.desk.draft && Boolean(before) !== Boolean(spans.length)) this.paintCard();
  }

  onClick(event) {
    const id = event.target.closest?.("[data-q]")?.dataset.q;
    if (id && id !== this.desk.current && window.getSelection()?.isCollapsed !== false) this.choose(id);
  }

  /** Look at a quotation by the reviewer's choice: the back button leads back to the one before. */
  choose(id) {
    mark(address("desk", this.desk.document.id, id));
    this.select(id);
  }

  /** Look at a quotation, and bring it into view. */
  select(id, reveal = true) {
    const { desk } = this;
    if (desk.draft && desk.draft.quote === null) desk.draft = null;
    desk.select(id);
    desk.stale = null;
    this.editing.resume();
    note(address("desk", desk.document.id, id));
    this.paint();
    if (reveal) this.reveal();
  }

  reveal() {
    this.article.reveal();
    // where the queue is a pane of its own: a page that scrolls as a whole must stay at the text
    if (!this.narrow.matches) this.queue.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
  }

  /** After a step: go on to the next open quotation, or show the same one as it is now. */
  shown(advance) {
    const { desk } = this;
    if (advance) {
      const next = desk.nextLeft();
      if (next) return this.select(next.id);
    }
    if (!desk.quote() && desk.quotes.length) desk.select(desk.queue()[0].id);
    if (desk.current) note(address("desk", desk.document.id, desk.current));
    this.paint();
    return this.reveal();
  }

  paint() {
    if (this.article.text !== this.desk.document.text) return location.reload(); // read anew under our hands
    this.article.paint();
    refill(this.queue, queue(this.desk, this.queueSteps()));
    this.paintHead();
    this.placeCard();
    this.paintCard();
    return paintLegend();
  }

  queueSteps() {
    const { desk, editing, work } = this;
    const place = (quote) => {
      const content = desk.selection;
      if (!content.length) return warn("Select the words in the article first.");
      editing.clearSelection();
      return work.settleOrphan(quote, "correct", { content, cue: [], source: [] });
    };
    return { select: (id) => this.choose(id), place, lose: (quote) => work.settleOrphan(quote, "reject") };
  }

  paintHead() {
    const { desk } = this;
    const { title, url, id } = desk.document;
    const done = desk.quotes.length - desk.left;
    refill(
      this.head,
      h("h1", { tabindex: -1, dir: "auto", class: desk.titleInText ? "hidden" : null }, title || id),
      h(
        "p",
        { class: "facts" },
        h("progress", { max: desk.quotes.length || 1, value: done, "aria-label": "Decided" }),
        h("span", {}, progressWords(desk)),
        desk.finishedBy.length ? h("b", { class: "finished" }, `✓ finished by ${desk.finishedBy.join(", ")}`) : null,
        h("a", { href: address("speakers", id), "data-focus": "to-speakers" }, "Speakers"),
        webLink(url, "Original"),
        done && desk.left === 0 && !desk.finishedBy.includes(reviewer())
          ? actionButton("finish", { text: "All decided: mark as finished", kind: "yes", place: "head" })
          : null,
      ),
    );
  }

  /** On a narrow screen the card stands in the text, below the paragraph of its quotation. */
  placeCard() {
    const block = this.narrow.matches ? this.article.currentBlock() : null;
    const held = this.card.contains(document.activeElement) ? document.activeElement : null;
    if (block && block.nextSibling !== this.card) block.after(this.card);
    else if (!block && this.card.parentElement !== this.side) this.side.append(this.card);
    held?.focus({ preventScroll: true });
  }

  paintCard() {
    const { editing, work } = this;
    const on = {
      pick: (index) => this.pick(index),
      note: () => work.decide("note", {}, false),
      mine: () => work.insist(),
      theirs: () => ((this.desk.stale = null), editing.drop(), this.paint()),
      field: (field) => editing.set((draft) => Object.assign(draft, { field, part: 0 })),
      type: (type) => editing.set((draft) => (draft.type = type)),
      part: (index) => editing.set((draft) => (draft.part = index)),
      use: (further) => {
        this.onSelection();
        editing.use(further);
      },
      remove: () => editing.set(removePart),
      find: (words) => editing.find(words),
      paragraph: (by) => editing.paragraph(by),
    };
    refill(this.card, card(this.desk, on));
  }

  /** Take a candidate: into the draft if there is one, else as a decision. */
  pick(index) {
    const { desk } = this;
    const candidate = desk.quote()?.candidates[index];
    if (candidate) this.setSpeaker({ id: candidate.speaker_id, name: candidate.name });
  }

  /** Set the speaker: in the draft if there is one, else as a decision (the speaker that stands there is an accept). */
  setSpeaker(speaker) {
    const { desk } = this;
    if (desk.draft) return this.editing.set((draft) => (draft.speaker = speaker));
    const standing = desk.quote()?.speaker ?? null;
    if (standing && speaker && standing.id === speaker.id) return this.work.decide("accept");
    if (speaker && !speaker.id) return this.work.decide("correct", { speaker_name: speaker.name });
    return this.work.decide("correct", { speaker_id: speaker?.id ?? null });
  }

  leave() {
    this.controller.abort();
  }
}

/** Show an article; returns the function that takes the view down. */
export async function deskView(main, place) {
  const desk = new Desk(await get(documentUrl(place.doc)));
  document.title = `${desk.document.title || desk.document.id} · quotedesk`;
  const screen = new Screen(main, desk);
  const first = desk.quote(place.quote) ?? desk.nextLeft() ?? desk.queue()[0];
  if (first) screen.select(first.id);
  else screen.paint();
  screen.editing.resumeNew();
  if (place.quote && !desk.quote(place.quote))
    tell(`Quotation ${place.quote} is not in this article for ${reviewer()}.`);
  return {
    leave: () => screen.leave(),
    again: (next) => next.quote && next.doc === desk.document.id && screen.select(next.quote),
  };
}
