"""Find the marks of a text and say what each costs as an opening mark, as a closing one, and as none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.marks.context import Costs, double_costs, single_costs

LONGEST_RUN = 6
_ROCK_N_ROLL = r"(?<=\s)['‘’]n['’](?=\s)"
_INSIDE_A_WORD = r"(?<=[^\W_])['’‘‛](?=[^\W_])"
_ATTRIBUTE = r"(?<=\w)=\"[^\"\n<>]{0,400}\""
_MARK = re.compile(_ROCK_N_ROLL + "|" + _INSIDE_A_WORD + "|" + _ATTRIBUTE + r"|``|''(?!')|‘‘|’’|[“”„‟\"«»‘’‚‛'`‹›]")
_SYMBOLS = dict.fromkeys(("“", "”", "‟", "``", "‘‘", "’’"), "q") | {'"': "d", "''": "d", "„": "e", "«": "g", "»": "r"}
_SYMBOLS |= dict.fromkeys(("‘", "’", "‛", "'", "`"), "s") | {"‚": "l", "‹": "h", "›": "k"}
_SINGLE = frozenset("slhk")


@dataclass(slots=True)
class Mark:
    """A mark with its costs. `symbol` names the kind of quotation that it would open; `leads` is true for marks that
    their paragraph starts with."""

    start: int
    end: int
    text: str
    symbol: str
    opens: float
    closes: float
    neither: float
    leads: bool = False

    @property
    def single(self) -> bool:
        return self.symbol in _SINGLE


def scan(text: str) -> list[Mark]:
    """Return the marks in order, without what is certainly none: apostrophes inside words, long rows of marks."""
    found = [m.span() for m in _MARK.finditer(text) if text[m.start() : m.end()] in _SYMBOLS and not _inside(m, text)]
    marks: list[Mark] = []
    for start, end in _runs(found):
        run = found[start:end]
        if len(run) <= LONGEST_RUN:
            first, last = run[0][0], run[-1][1]
            around = (text[first - 1] if first else "\n", text[last] if last < len(text) else "\n")
            marks += [_mark(text, s, e, around) for s, e in run]
    return marks


def _inside(match: re.Match[str], text: str) -> bool:
    start, end = match.span()
    one = end - start == 1 and match[0] in "'’‘‛"
    return one and start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()


def _runs(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the index ranges of marks that touch each other."""
    runs, start = [], 0
    for i in range(1, len(found) + 1):
        if i == len(found) or found[i][0] != found[i - 1][1]:
            runs.append((start, i))
            start = i
    return runs


def _mark(text: str, start: int, end: int, around: tuple[str, str]) -> Mark:
    shape = text[start:end]
    symbol = _SYMBOLS[shape]
    costs: Costs = single_costs if symbol in _SINGLE else double_costs
    return Mark(start, end, shape, symbol, *costs(text, start, end, around))
