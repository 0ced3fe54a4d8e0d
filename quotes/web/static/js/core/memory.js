/** What must survive a reload: in the window's session storage, and in memory where that is full or forbidden. */

const held = new Map();

/** Keep a text under a key. */
export function remember(key, text) {
  held.set(key, text);
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // ten megabytes of note: it lives as long as the page, and the server will say what it thinks of it
  }
}

/** The text kept under a key, or null. */
export function recall(key) {
  return held.get(key) ?? sessionStorage.getItem(key);
}

/** Forget what is kept under a key. */
export function forgetKey(key) {
  held.delete(key);
  sessionStorage.removeItem(key);
}
