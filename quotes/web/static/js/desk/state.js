/** The article on the desk: its text, quotations and speakers as the server has them, and which quotation is current. */

import { TextMap } from "../core/offsets.js";

const ORDER = "quotedesk.order";

function byText(a, b) {
  return a.content[0][0] - b.content[0][0] || a.content.at(-1)[1] - b.content.at(-1)[1];
}

/** State of one article. Offsets are code points into `document.text`. */
export class Desk {
  constructor(data) {
    this.current = null; // id of the quotation being looked at
    this.draft = null; // see draft.js
    this.selection = []; // what was last selected in the article, as spans
    this.since = Date.now(); // when the current quotation came up
    this.load(data);
  }

  /** Take what the server says of the document. */
  load(data) {
    if (data.document.text !== this.document?.text) this.map = new TextMap(data.document.text);
    this.document = data.document;
    this.paragraphs = data.document.paragraphs;
    this.speakers = data.speakers;
    this.orphaned = data.orphaned ?? [];
    this.seq = data.seq;
    this.speakersRevision = data.speakers_revision;
    this.finishedBy = data.finished_by ?? [];
    this.setQuotes(data.quotes);
  }

  /** Whether the text begins with its own title. */
  get titleInText() {
    const first = this.paragraphs[0];
    return first !== undefined && this.map.slice(...first).trim() === this.document.title;
  }

  setQuotes(quotes) {
    this.quotes = quotes.filter((quote) => quote.content.length > 0).sort(byText);
    this.numbers = new Map(this.quotes.map((quote, index) => [quote.id, index + 1]));
    if (!this.numbers.has(this.current)) this.current = null;
  }

  /** Take one quotation as the server has it now. */
  replace(quote) {
    const others = this.quotes.filter((each) => each.id !== quote.id);
    this.setQuotes(quote.orphaned ? others : [...others, quote]); // the offsets of an orphan are of another text
  }

  /** The quotation with an id, or null. */
  quote(id = this.current) {
    return this.quotes.find((quote) => quote.id === id) ?? null;
  }

  /** The number of a quotation in text order, from 1. */
  number(id) {
    return this.numbers.get(id);
  }

  /** The speaker with an id, or null. */
  speaker(id) {
    return this.speakers.find((speaker) => speaker.id === id) ?? null;
  }

  /** How many quotations nobody decided yet. */
  get left() {
    return this.quotes.filter((quote) => quote.status === "unreviewed").length;
  }

  /** "doubt" or "text". */
  get order() {
    return sessionStorage.getItem(ORDER) === "text" ? "text" : "doubt";
  }

  set order(order) {
    sessionStorage.setItem(ORDER, order);
  }

  /** The quotations as they are to be reviewed: the most doubtful first, or as they stand in the text. */
  queue() {
    if (this.order === "text") return this.quotes;
    return [...this.quotes].sort((a, b) => b.doubt - a.doubt || byText(a, b));
  }

  /** The quotation `by` places further in the queue, stopping at its ends. */
  step(by) {
    const queue = this.queue();
    const at = queue.findIndex((quote) => quote.id === this.current);
    if (at < 0) return queue[0] ?? null;
    return queue[Math.min(Math.max(at + by, 0), queue.length - 1)];
  }

  /** The next undecided quotation after the current one, from the beginning again at the end; null when all are done. */
  nextLeft() {
    const queue = this.queue();
    const at = queue.findIndex((quote) => quote.id === this.current);
    const ahead = [...queue.slice(at + 1), ...queue.slice(0, Math.max(at, 0))];
    return ahead.find((quote) => quote.status === "unreviewed") ?? null;
  }

  /** Look at a quotation. */
  select(id) {
    this.current = id;
    this.since = Date.now();
  }

  /** Seconds since the current quotation came up. */
  get seconds() {
    return Math.round((Date.now() - this.since) / 100) / 10;
  }

  /** The parts of a field as text, joined by an ellipsis. */
  words(spans) {
    return spans.map(([start, end]) => this.map.slice(start, end)).join(" … ");
  }
}
