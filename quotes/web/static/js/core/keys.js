/** Keys: which one does what, kept per browser; remappable and switchable off (WCAG 2.1.4). */

import { ACTIONS } from "./actions.js";

const MAP = "quotedesk.keys";
const OFF = "quotedesk.keys.off";

let fromServer = {};
let runs = {};
let names = {};
let paused = () => false;

function stored() {
  try {
    const value = JSON.parse(localStorage.getItem(MAP) ?? "{}");
    return value && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

/** The binding of an action: the reviewer's own, or the desk's. */
export function keyOf(action) {
  return stored()[action] ?? fromServer[action] ?? ACTIONS[action].key;
}

/** Whether single characters do something. */
export function charactersOn() {
  return localStorage.getItem(OFF) !== "1";
}

/** Switch single characters on or off. */
export function setCharacters(on) {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
}

/** Whether a binding is a single character, which speech and stray typing can set off. */
export function isCharacter(binding) {
  return binding.replace(/^(shift|ctrl|alt)\+(?=.)/, "").length === 1 && !/^(ctrl|alt)\+./.test(binding);
}

/** The binding that a key press stands for, such as "a", "shift+z", "?", "shift+ArrowLeft"; null for a bare modifier. */
export function bindingOf(event) {
  if (["Shift", "Control", "Alt", "Meta", "AltGraph", "Dead", "Process", "CapsLock"].includes(event.key)) return null;
  const letter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
  const key = letter ? event.key.toLowerCase() : event.key;
  const altGraph = event.getModifierState?.("AltGraph");
  const parts = [];
  if (event.ctrlKey && !altGraph) parts.push("ctrl");
  if (event.altKey && !altGraph) parts.push("alt");
  if (event.shiftKey && (letter || key.length > 1)) parts.push("shift");
  return [...parts, key].join("+");
}

/** The action that has a binding already, or null. */
export function holder(binding) {
  return Object.keys(ACTIONS).find((action) => keyOf(action) === binding) ?? null;
}

/** Give an action a key of the reviewer's own. */
export function remap(action, binding) {
  localStorage.setItem(MAP, JSON.stringify({ ...stored(), [action]: binding }));
}

/** Take back all remapping. */
export function resetKeys() {
  localStorage.removeItem(MAP);
}

/** A binding as written here: "Shift+Z" is "shift+z", "Shift+ArrowLeft" is "shift+ArrowLeft". */
function plain(binding) {
  const parts = binding.split(/\+(?=.)/);
  const key = parts.pop();
  return [...parts.map((part) => part.toLowerCase()), key.length === 1 ? key.toLowerCase() : key].join("+");
}

/** The keys that the server proposes, by action; unknown actions are left out. */
export function propose(keys) {
  const known = Object.entries(keys ?? {}).filter(([action, key]) => action in ACTIONS && typeof key === "string");
  fromServer = Object.fromEntries(known.map(([action, key]) => [action, plain(key)]));
}

/** What the actions of the view on screen do: `{action: function}`; `own` has the view's own words: `{action: {label, short}}`. */
export function bind(actions, own = {}) {
  runs = actions;
  names = own;
}

/** An action as the view on screen words it: `{label, short}`. */
export function wording(action) {
  return names[action] ?? ACTIONS[action];
}

/** The actions that the view on screen has. */
export function bound() {
  return Object.keys(ACTIONS).filter((action) => action in runs);
}

/** Do an action, as its key would. */
export function run(action) {
  return runs[action]?.();
}

function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["radio", "checkbox", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

function hasOwnUse(target, binding) {
  if (!(target instanceof Element)) return false;
  if (binding === "Enter") return target.closest("a[href], button, summary") !== null;
  return binding === " " && target.closest("a[href], button, summary, input") !== null;
}

/** Whether the reviewer is selecting text with the arrow keys: then the browser's own meaning holds. */
function isSelecting(binding) {
  return /^shift\+Arrow/.test(binding) && window.getSelection()?.isCollapsed === false;
}

function onKey(event) {
  if (event.defaultPrevented || event.metaKey || event.isComposing || paused() || isTyping(event.target)) return;
  const binding = bindingOf(event);
  if (binding === null || hasOwnUse(event.target, binding) || isSelecting(binding)) return;
  const action = bound().find((each) => keyOf(each) === binding);
  if (!action || (isCharacter(binding) && !charactersOn())) return;
  event.preventDefault();
  runs[action]();
}

/** Listen. `isPaused()` tells when keys must do nothing, as while a dialog is open. */
export function listen(isPaused) {
  paused = isPaused;
  document.addEventListener("keydown", onKey);
}
