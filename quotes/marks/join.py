"""From the steps of each paragraph to regions: pairs get their depth, re-opened quotations become one region."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quotes.marks.scan import Mark
from quotes.marks.search import Step
from quotes.types import Range, Region

STYLES = {
    **dict.fromkeys(("“", "”", "‟", "‘‘", "’’"), "curly"),
    **dict.fromkeys(('"', "''"), "straight"),
    **dict.fromkeys(("‘", "’", "‛"), "curly_single"),
    **dict.fromkeys(("«", "»"), "guillemet"),
    **dict.fromkeys(("‹", "›"), "guillemet_single"),
    "``": "backtick",
    "`": "backtick_single",
    "'": "straight_single",
    "„": "low",
    "‚": "low_single",
}
_MARKS = frozenset("".join(STYLES))
_HANDS = {**dict.fromkeys(("curly", "curly_single", "low", "low_single"), "curly"), "guillemet": "guillemet"}
_LABEL = re.compile(r"\W*[A-Z][A-Z.'’ -]*[A-Z.]:\s")


@dataclass(slots=True)
class Draft:
    """A region in the making; `mark` opened its last part."""

    mark: Mark
    depth: int
    parts: list[Range] = field(default_factory=list)
    inner: list[Range] = field(default_factory=list)

    def end(self, inner_end: int, part_end: int) -> None:
        self.parts.append((self.mark.start, part_end))
        self.inner.append((self.mark.end, max(inner_end, self.mark.end)))


class Joiner:
    """Collects the regions of a text, paragraph by paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.done: list[Region] = []
        self.pending: list[Draft] = []
        self.last = -2

    def add(self, number: int, block: Range, steps: list[Step]) -> None:
        """Add the steps of paragraph `number`, which has the range `block`."""
        pending = self.pending if number == self.last + 1 else []
        kept = self._reopened(pending, block, steps)
        for draft in self.pending[kept:]:
            self._finish(draft, closed=False)
        waiting, opened = self.pending[:kept], list[Draft]()
        for action, mark in steps:
            if action == "close":
                draft = opened.pop()
                draft.end(mark.start, mark.end)
                self._finish(draft, closed=True)
                continue
            if action == "renew":
                self._stop(opened.pop(), mark.start)
            opened.append(self._open(mark, len(opened), waiting))
        self.pending, self.last = opened, number
        for draft in opened:
            draft.end(block[1], block[1])

    def regions(self) -> tuple[Region, ...]:
        """Return all regions, sorted by start, outer ones first."""
        for draft in self.pending:
            self._finish(draft, closed=False)
        self.pending = []
        return tuple(sorted(self.done, key=lambda r: (r.start, -r.end, r.depth)))

    def _reopened(self, pending: list[Draft], block: Range, steps: list[Step]) -> int:
        """Return how many of the quotations that are open go on: the paragraph starts with their opening marks, of the
        same make (a straight mark does not carry on a curly one), and names no new speaker ("SMITH: ...")."""
        at, kept = block[0], 0
        if _LABEL.match(self.text, at, block[1]):
            return 0
        for draft, (action, mark) in zip(pending, steps, strict=False):
            if action != "open" or mark.start != at or not _same_hand(mark, draft.mark):
                break
            at, kept = mark.end, kept + 1
        return kept

    def _open(self, mark: Mark, depth: int, waiting: list[Draft]) -> Draft:
        if not waiting or waiting[0].depth != depth:
            return Draft(mark, depth)
        draft = waiting.pop(0)
        draft.mark = mark
        return draft

    def _stop(self, draft: Draft, at: int) -> None:
        while at > draft.mark.end and self.text[at - 1].isspace():
            at -= 1
        draft.end(at, at)
        self._finish(draft, closed=False)

    def _finish(self, draft: Draft, *, closed: bool) -> None:
        inside = (self.text[s:e] for s, e in draft.inner)
        if any(not c.isspace() and c not in _MARKS for part in inside for c in part):
            style = STYLES[self.text[draft.parts[0][0] : draft.inner[0][0]]]
            self.done.append(Region(tuple(draft.parts), tuple(draft.inner), draft.depth, closed, style))


def _same_hand(mark: Mark, other: Mark) -> bool:
    styles = (STYLES[mark.text], STYLES[other.text])
    return mark.single == other.single and _HANDS.get(styles[0], "straight") == _HANDS.get(styles[1], "straight")
