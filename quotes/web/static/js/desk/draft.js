/** A correction that is not saved yet. Drafts are kept in the window's session storage: a reload loses none. */

import { post } from "../core/api.js";
import { forgetKey, recall, remember } from "../core/memory.js";

/** The three span fields of a quotation. */
export const FIELDS = ["content", "cue", "source"];

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const slot = (doc, quote) => `quotedesk.draft.${doc}.${quote ?? "new"}`;

/** A draft of an existing quotation. `speaker` is `{id, name}`, `{id: null, name}` for a new one, or null for nobody. */
export function draftOf(quote) {
  const { content, cue, source } = structuredClone({ content: quote.content, cue: quote.cue, source: quote.source });
  return {
    quote: quote.id,
    revision: quote.revision,
    type: quote.type,
    content,
    cue,
    source,
    speaker: quote.speaker,
    field: "content",
    part: 0,
  };
}

/** A draft of a quotation that the tool missed. */
export function newDraft(content, marked) {
  return {
    quote: null,
    revision: 0,
    type: marked ? "direct" : "indirect",
    content,
    cue: [],
    source: [],
    speaker: null,
    field: "content",
    part: 0,
  };
}

/** What the draft changes, as the server's `after`; all of it where the quotation is new. */
export function changes(draft, quote) {
  const after = {};
  for (const name of ["type", ...FIELDS]) {
    if (!quote || !same(draft[name], quote[name])) after[name] = draft[name];
  }
  if (draft.speaker && !draft.speaker.id) after.speaker_name = draft.speaker.name;
  else if (!quote || (draft.speaker?.id ?? null) !== (quote.speaker?.id ?? null))
    after.speaker_id = draft.speaker?.id ?? null;
  return after;
}

/** Keep a draft over a reload. */
export function keep(doc, draft) {
  remember(slot(doc, draft.quote), JSON.stringify(draft));
}

/** Forget the draft of a quotation (null: of the new one). */
export function forget(doc, quote) {
  forgetKey(slot(doc, quote));
}

/** The draft that was kept for a quotation, or null. */
export function kept(doc, quote) {
  try {
    return JSON.parse(recall(slot(doc, quote)));
  } catch {
    return null;
  }
}

const noteSlot = (doc, quote) => `quotedesk.note.${doc}.${quote}`;

/** Keep a note that is not saved yet. */
export function keepNote(doc, quote, words) {
  remember(noteSlot(doc, quote), words);
}

/** The note that was kept for a quotation, or null. */
export function keptNote(doc, quote) {
  return recall(noteSlot(doc, quote));
}

/** Forget the note that was kept for a quotation. */
export function forgetNote(doc, quote) {
  forgetKey(noteSlot(doc, quote));
}

/** Put spans into the field being edited: `spans` replace its current part, or come as further parts. */
export function put(draft, spans, further) {
  const parts = [...draft[draft.field]];
  if (further) parts.push(...spans);
  else parts.splice(draft.part, 1, ...spans);
  parts.sort((a, b) => a[0] - b[0]);
  draft[draft.field] = parts.filter((part, index) => index === 0 || part[0] >= parts[index - 1][1]);
  draft.part = Math.max(
    0,
    draft[draft.field].findIndex((part) => same(part, spans[0])),
  );
}

/** Take out the current part of the field being edited. */
export function removePart(draft) {
  draft[draft.field].splice(draft.part, 1);
  draft.part = 0;
}

/** Go on to the next field. */
export function nextField(draft) {
  draft.field = FIELDS[(FIELDS.indexOf(draft.field) + 1) % FIELDS.length];
  draft.part = 0;
}

/** Move an edge of the current part by a token; the server knows the tokens. */
export async function step(doc, draft, edge, by) {
  const { field, part } = draft;
  if (!draft[field].length) return;
  const answer = await post("/api/spans/step", { doc, field, part, edge, by, spans: draft[field] });
  draft[field] = answer.spans;
  draft.part = Math.min(part, Math.max(0, answer.spans.length - 1));
}
