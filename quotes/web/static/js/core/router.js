/** Views by URL path, with the History API: the back button and a reload keep the place. */

const ROUTES = [
  ["list", /^\/$/],
  ["desk", /^\/d\/([^/]+)$/],
  ["speakers", /^\/speakers\/([^/]+)$/],
  ["adjudicate", /^\/adjudicate$/],
  ["adjudication", /^\/adjudicate\/([^/]+)$/],
];

let show = null;

/** What the address says: `{view, doc, quote}`. */
export function place(location = window.location) {
  for (const [view, pattern] of ROUTES) {
    const found = pattern.exec(location.pathname);
    if (found) {
      const query = new URLSearchParams(location.search);
      return { view, doc: found[1] ? decodeURIComponent(found[1]) : null, quote: query.get("q") };
    }
  }
  return { view: "missing", doc: null, quote: null };
}

/** The address of a view. */
export function address(view, doc = null, quote = null) {
  const base = {
    list: "/",
    adjudicate: "/adjudicate",
    desk: "/d/",
    speakers: "/speakers/",
    adjudication: "/adjudicate/",
  };
  const path = base[view] + (doc === null ? "" : encodeURIComponent(doc));
  return quote === null ? path : `${path}?q=${encodeURIComponent(quote)}`;
}

/** Go to an address of the desk. */
export function go(url) {
  history.replaceState({ ...history.state, scroll: window.scrollY }, "");
  history.pushState(null, "", url);
  return show(place(), null);
}

/** Change the address without a new entry in the history: the place moved a little. */
export function note(url) {
  history.replaceState(history.state, "", url);
}

/** Add an entry to the history without showing anything anew. */
export function mark(url) {
  if (url !== location.pathname + location.search) history.pushState(null, "", url);
}

function onClick(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const url = new URL(link.href);
  if (link.target || link.hasAttribute("download") || url.origin !== location.origin || url.hash) return;
  if (place(url).view === "missing") return;
  event.preventDefault();
  go(url.pathname + url.search);
}

/** Start: `view(place, scroll)` shows a place; `scroll` is where the page stood when it was left, or null. */
export function start(view) {
  show = view;
  const url = new URL(location.href);
  if (url.searchParams.has("token")) {
    url.searchParams.delete("token"); // it is in a cookie now: it must not stay in the history or on a screenshot
    history.replaceState(null, "", url.pathname + url.search);
  }
  history.scrollRestoration = "manual";
  document.addEventListener("click", onClick);
  window.addEventListener("popstate", () => show(place(), history.state?.scroll ?? null));
  window.addEventListener("pagehide", () => history.replaceState({ ...history.state, scroll: window.scrollY }, ""));
  return show(place(), history.state?.scroll ?? null);
}
