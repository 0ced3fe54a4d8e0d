/** Cutting a paragraph where marks begin and end, so that marks may overlap. Pure: no DOM in here. */

/**
 * The pieces of `[start, end)`: `[{start, end, marks, opening}]`, where `marks` cover the piece and `opening` are those
 * that begin with it. Marks are `{start, end, ...}`; those outside are ignored.
 */
export function segments(start, end, marks) {
  const inside = marks.filter((mark) => mark.start < end && mark.end > start);
  const edges = new Set([start, end]);
  for (const mark of inside) {
    edges.add(Math.max(start, mark.start));
    edges.add(Math.min(end, mark.end));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1];
    const covering = inside.filter((mark) => mark.start <= from && mark.end >= to);
    return { start: from, end: to, marks: covering, opening: covering.filter((mark) => mark.start === from) };
  });
}
