/** Building the page. Text goes in as text only: nothing here parses markup. */

function setProperty(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked" || name === "indeterminate") element[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** A new element: `h("p", {class: "note"}, "text", child, null)`. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) setProperty(element, name, value);
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Put new children into a container; the control that had the focus (told by `data-focus`) has it again after. */
export function refill(container, ...children) {
  const held = container.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  container.replaceChildren(...children.flat(Infinity).filter(Boolean));
  if (held === undefined) return;
  const again = container.querySelector(`[data-focus="${CSS.escape(held)}"]`);
  (again ?? container.closest("[tabindex]") ?? document.getElementById("main")).focus({ preventScroll: true });
}

/** A share of one as a percentage in words. */
export function percent(share) {
  return share === null || share === undefined ? "not known" : `${Math.round(share * 100)} %`;
}

/** "1 quotation", "2 quotations". */
export function count(number, word) {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** A key as a reader of English knows it. */
export function keyName(binding) {
  const names = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", " ": "Space", Escape: "Esc" };
  return binding
    .split(/\+(?=.)/)
    .map((part) => names[part] ?? (part === "shift" ? "⇧" : part))
    .join("");
}

/** A bar that shows a share of one; the words say the same. */
export function meter(share, label) {
  return h("meter", { min: 0, max: 1, value: share ?? 0, "aria-label": `${label} ${percent(share)}` });
}

/** Only links that lead to the web are links. */
export function webLink(url, text) {
  return /^https?:\/\//i.test(url ?? "")
    ? h("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, text ?? url)
    : null;
}

const SNIPPET = 70; // characters

/** The beginning of a text; no character is cut in two. */
export function snippet(text) {
  const points = [...text.slice(0, SNIPPET * 2)];
  return points.length > SNIPPET ? `${points.slice(0, SNIPPET).join("").trimEnd()}…` : text;
}
