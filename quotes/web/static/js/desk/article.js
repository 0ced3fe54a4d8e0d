/** The article with its marks. Paragraphs are painted once, then only those that a change touches. */

import { h } from "../core/dom.js";
import { segments } from "./segments.js";
import { sign } from "./status.js";

const KINDS = ["content", "cue", "source"];

function marksOfOthers(desk) {
  const marks = [];
  for (const quote of desk.quotes) {
    if (quote.id === desk.current && !(desk.draft && desk.draft.quote === null)) continue;
    const label = `${desk.number(quote.id)}${sign(quote.status)}`;
    quote.content.forEach(([start, end], index) =>
      marks.push({ start, end, kind: "other", status: quote.status, quote: quote.id, label: index === 0 ? label : "" }),
    );
  }
  return marks;
}

/** The marks of the quotation being looked at, or of the correction being made. */
function marksOfCurrent(desk) {
  const shown = desk.draft ?? desk.quote();
  if (!shown) return [];
  const marks = [];
  for (const kind of KINDS) {
    shown[kind].forEach(([start, end], part) => {
      const edited = desk.draft !== null && desk.draft.field === kind && desk.draft.part === part;
      marks.push({ start, end, kind, quote: desk.draft ? null : shown.id, edited, label: part === 0 ? kind : "" });
    });
  }
  for (const [start, end] of desk.draft ? [] : (shown.chain ?? [])) {
    const touches = ([from, to]) => from < end && to > start;
    if (shown.source.some(touches)) continue; // the source itself ends the chain
    marks.push({ start, end, kind: "chain", label: shown.content.some(touches) ? "" : "same speaker" });
  }
  return marks;
}

function piece(desk, segment) {
  const text = desk.map.slice(segment.start, segment.end);
  if (!segment.marks.length) return document.createTextNode(text);
  const kinds = segment.marks.map((mark) => mark.kind);
  const classes = [
    ...new Set(kinds),
    ...segment.marks.flatMap((mark) => [mark.status && `is-${mark.status}`, mark.edited && "edited"]),
  ];
  const label = segment.opening
    .map((mark) => mark.label)
    .filter(Boolean)
    .join(" · ");
  const quote = segment.marks.findLast((mark) => mark.quote)?.quote;
  const tag = kinds.every((kind) => kind === "other") ? "span" : "mark";
  return h(tag, { class: classes.filter(Boolean).join(" "), "data-label": label || null, "data-q": quote }, text);
}

/** The article as an element that can be painted again in part. */
export class Article {
  constructor(desk) {
    this.desk = desk;
    this.text = desk.document.text;
    this.element = h("article", {
      class: "text",
      id: "text",
      "aria-label": "Article",
      dir: desk.document.dir ?? "auto",
      lang: desk.document.lang ?? "en",
    });
    this.painted = new Map(); // paragraph index -> what it shows, so that the same is not painted twice
    this.blocks = desk.paragraphs.map(([start, end]) => {
      const block = h("p", { "data-start": start, "data-end": end, dir: "auto" });
      this.element.append(block);
      if (start === desk.paragraphs[0][0] && desk.titleInText) block.className = "headline";
      return block;
    });
    this.paint();
  }

  /** Bring every paragraph up to date. Untouched ones cost a comparison of strings. */
  paint() {
    const marks = [...marksOfOthers(this.desk), ...marksOfCurrent(this.desk)].sort((a, b) => a.start - b.start);
    this.desk.paragraphs.forEach(([start, end], index) => {
      const mine = marks.filter((mark) => mark.start < end && mark.end > start);
      const shows = JSON.stringify(mine);
      if (this.painted.get(index) === shows) return;
      this.painted.set(index, shows);
      const pieces = segments(start, end, mine).map((segment) => piece(this.desk, segment));
      this.blocks[index].replaceChildren(...pieces);
    });
  }

  /** The paragraph in which the current quotation ends, or null. */
  currentBlock() {
    const shown = this.desk.draft ?? this.desk.quote();
    const end = shown?.content.at(-1)?.[1];
    const index = this.desk.paragraphs.findLastIndex(([start]) => end !== undefined && start < end);
    return this.blocks[index] ?? null;
  }

  /** Bring the current quotation into view, in the middle, without a move where the reviewer wants none. */
  reveal() {
    const mark = this.element.querySelector("mark.content") ?? this.currentBlock();
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark?.scrollIntoView({ block: "center", behavior: still ? "instant" : "auto" });
  }
}
