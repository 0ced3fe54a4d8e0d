/** What the desk says out loud: "saved, 41 left", and what went wrong. Both are live regions. */

function say(id, text) {
  const region = document.getElementById(id);
  // the same words twice are news twice: a no-break space makes them differ
  region.textContent = text && region.textContent === text ? `${text}\u00a0` : text;
}

/** Say that something is done. */
export function tell(text) {
  say("alert", "");
  say("saved", text);
}

/** Say that something went wrong. */
export function warn(text) {
  say("saved", "");
  say("alert", text);
}

/** Take back what was said. */
export function hush() {
  say("alert", "");
  say("saved", "");
}
