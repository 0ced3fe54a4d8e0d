/** Talking to the server: JSON over fetch, with the reviewer's name and the header that no other site can send. */

const NAME = "quotedesk.reviewer";

/** What the server, or the way to it, had against a request. `body` is the answer where there was one. */
export class ApiError extends Error {
  constructor(status, code, message, body = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

/** The name of the reviewer in this window, or "" before it is known. */
export function reviewer() {
  return sessionStorage.getItem(NAME) ?? "";
}

/** Set the name of the reviewer in this window. */
export function setReviewer(name) {
  sessionStorage.setItem(NAME, name);
}

function headers(extra = {}) {
  const name = reviewer();
  return name ? { "X-Reviewer": encodeHeader(name), ...extra } : extra;
}

/** Header values are bytes below 256: other characters travel percent-encoded. */
function encodeHeader(name) {
  return /^[\x20-\x7e]*$/.test(name) && !name.includes("%") ? name : encodeURIComponent(name);
}

async function failure(response) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    body = null;
  }
  const told = body?.error ?? {};
  return new ApiError(
    response.status,
    told.code ?? "http",
    told.message ?? `The server answered ${response.status}.`,
    body,
  );
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new ApiError(
      0,
      "offline",
      "The desk's server does not answer. Nothing was saved. Start it again, then repeat.",
    );
  }
  if (!response.ok) throw await failure(response);
  return response;
}

/** GET a JSON value. */
export async function get(path) {
  return (await send(path, { headers: headers() })).json();
}

/** POST a JSON value, and return the JSON answer. */
export async function post(path, body = {}) {
  const extra = { "Content-Type": "application/json", "X-Quotes-Desk": "1" };
  return (await send(path, { method: "POST", headers: headers(extra), body: JSON.stringify(body) })).json();
}

/** GET a file: its bytes, and the name that the server gives it. */
export async function download(path) {
  const response = await send(path, { headers: headers() });
  const named = /filename="?([^";]+)"?/.exec(response.headers.get("Content-Disposition") ?? "");
  return { blob: await response.blob(), name: named ? named[1] : "quotes" };
}
