/**
 * The one place where positions are converted.
 *
 * The server counts code points (a Python string index), the browser counts UTF-16 units. Everything else in the desk
 * speaks code points, end-exclusive, into the text of the document.
 */

/** How many of the sorted numbers are below `limit`. */
function countBelow(numbers, limit) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A text with its map between code points and UTF-16 units; both ways in the logarithm of its rare characters. */
export class TextMap {
  constructor(text) {
    this.text = text;
    this.pairs = []; // the unit offset of every surrogate pair
    for (let unit = 0; unit < text.length; unit += 1) {
      if (text.codePointAt(unit) > 0xffff) {
        this.pairs.push(unit);
        unit += 1;
      }
    }
    this.pairPoints = this.pairs.map((unit, before) => unit - before);
    this.length = text.length - this.pairs.length;
  }

  /** The unit offset of a code point offset. */
  toUnit(point) {
    return point + countBelow(this.pairPoints, point);
  }

  /** The code point offset of a unit offset; inside a surrogate pair, that of the pair. */
  toPoint(unit) {
    return unit - countBelow(this.pairs, unit);
  }

  /** The text between two code point offsets. */
  slice(start, end) {
    return this.text.slice(this.toUnit(start), this.toUnit(end));
  }

  /** The spans with white space at either end cut off; empty ones are left out. */
  trim(spans) {
    return spans.flatMap(([start, end]) => {
      const text = this.slice(start, end);
      const lead = text.length - text.trimStart().length; // white space is one unit a character
      const trail = text.length - text.trimEnd().length;
      return lead < text.length ? [[start + lead, end - trail]] : [];
    });
  }

  /** Every place where `words` occur, as spans; upper and lower case count. */
  find(words) {
    const found = [];
    if (!words) return found;
    for (let at = this.text.indexOf(words); at >= 0; at = this.text.indexOf(words, at + 1)) {
      found.push([this.toPoint(at), this.toPoint(at + words.length)]);
    }
    return found;
  }
}

/** The element of a paragraph (it carries `data-start`) that holds a DOM position, or the one after it. */
function paragraphAt(node, offset, root) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const inside = element?.closest("[data-start]");
  if (inside && root.contains(inside)) return { paragraph: inside, inside: true };
  const range = document.createRange();
  range.setStart(node, offset);
  for (const paragraph of root.querySelectorAll("[data-start]")) {
    if (range.comparePoint(paragraph, 0) >= 0) return { paragraph, inside: false };
  }
  return null;
}

/** The code point offset in the document of a DOM position below `root`, or null where there is none. */
export function pointOf(node, offset, root, map) {
  const place = paragraphAt(node, offset, root);
  if (!place) return root.contains(node) ? map.length : null;
  const start = Number(place.paragraph.dataset.start);
  if (!place.inside) return start;
  const range = document.createRange();
  range.setStart(place.paragraph, 0);
  range.setEnd(node, offset);
  return map.toPoint(map.toUnit(start) + range.toString().length); // labels are generated content: not in the DOM
}

/** What is selected below `root` as trimmed spans, one for each paragraph that it touches. */
export function selectedSpans(selection, root, map, paragraphs) {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return [];
  // a selection may reach beyond the article, as three clicks on its last paragraph do
  const start = pointOf(range.startContainer, range.startOffset, root, map) ?? 0;
  const end = pointOf(range.endContainer, range.endOffset, root, map) ?? map.length;
  if (start >= end) return [];
  const cut = paragraphs.map(([from, to]) => [Math.max(from, start), Math.min(to, end)]);
  return map.trim(cut.filter(([from, to]) => from < to));
}
