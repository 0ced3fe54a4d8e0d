/** Start of the desk: the session, the header, and the view that the address names. */

import { get, reviewer, setReviewer } from "./core/api.js";
import { isOpen } from "./core/dialog.js";
import { h, refill } from "./core/dom.js";
import { listen, propose, run } from "./core/keys.js";
import { hush, warn } from "./core/live.js";
import { place, start } from "./core/router.js";
import { askReviewer, exportMenu } from "./desk/desk_dialogs.js";
import { adjudicateView } from "./views/adjudicate.js";
import { adjudicationView } from "./views/adjudication.js";
import { deskView } from "./views/desk.js";
import { listView } from "./views/list.js";
import { speakersView } from "./views/speakers.js";

const VIEWS = {
  list: listView,
  desk: deskView,
  speakers: speakersView,
  adjudicate: adjudicateView,
  adjudication: adjudicationView,
};
const NAV = { list: "list", desk: "list", speakers: "list", adjudicate: "adjudicate", adjudication: "adjudicate" };

const main = document.getElementById("main");
let shown = null; // the view on screen: `{leave, again?}`
let at = null; // its place
let turn = 0; // views come up asynchronously: only the last one asked for may

function paintHeader(view) {
  for (const link of document.querySelectorAll("[data-nav]")) {
    if (link.dataset.nav === NAV[view]) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const button = (text, label, focus, onclick) =>
    h("button", { type: "button", class: "quiet", "aria-label": label, "data-focus": focus, onclick }, text);
  refill(
    document.getElementById("tools"),
    button(reviewer(), `Reviewer: ${reviewer()}. Change`, "who", () => askReviewer(() => location.reload())),
    button("Export", "Export", "export", () => exportMenu(at?.doc ?? null)),
    button("Help", "Help and keys", "help", () => run("help")),
  );
}

function failed(error) {
  document.title = "quotedesk";
  main.replaceChildren(
    h(
      "div",
      { class: "page" },
      h("h1", { tabindex: -1 }, "This did not work"),
      h("p", {}, error.message),
      h("p", {}, h("a", { href: "/" }, "All articles")),
    ),
  );
  warn(error.message);
}

async function show(next, scroll) {
  if (shown?.again && at.view === next.view && at.doc === next.doc && next.quote) {
    at = next;
    return shown.again(next);
  }
  const mine = (turn += 1);
  document.querySelector("dialog[open]")?.close();
  const first = at === null;
  shown?.leave();
  shown = null;
  at = next;
  if (!first) hush();
  document.body.dataset.view = next.view; // the layout of the view, which must stand before anything is scrolled
  try {
    const view = VIEWS[next.view];
    if (!view) throw new Error("There is no such page at the desk.");
    const come = await view(main, next);
    if (mine !== turn) return come.leave();
    shown = come;
  } catch (error) {
    if (mine === turn) failed(error);
  }
  paintHeader(next.view);
  if (scroll !== null) window.scrollTo(0, scroll);
  if (!first) main.querySelector("h1")?.focus({ preventScroll: true });
  return undefined;
}

async function begin() {
  try {
    const session = await get("/api/session");
    if (!reviewer()) setReviewer(session.reviewer);
    propose(session.keys);
    document.body.dataset.ready = "true";
  } catch (error) {
    failed(error);
    return;
  }
  listen(isOpen);
  await start(show);
}

begin().catch(() => warn(`The page ${place().view} did not come up. Reload it.`));
