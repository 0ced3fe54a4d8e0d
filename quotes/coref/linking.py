"""Names and descriptions to entities: full names first, then what can only be a shorter form of one of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence

from quotes.coref.entities import Board
from quotes.coref.nodes import Node
from quotes.names import (
    PersonName,
    clash,
    close_spelling,
    fold,
    folded,
    initials,
    is_acronym,
    one_letter_less,
    parse_name,
    same_person,
)

NEAR = 12
AMBIGUOUS = 0.55
OPENING = 80
FUNCTION = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their"})

SHORT = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "sgt": "sergeant"}
SHORT |= {
    "lt": "lieutenant",
    "capt": "captain",
    "col": "colonel",
    "prof": "professor",
    "dr": "doctor",
    "rev": "reverend",
}


def link_names(board: Board) -> None:
    """Put every name into an entity. A last name that fits two people goes to the one named last, in doubt."""
    names = [n for n in board.nodes if n.mention.form == "name"]
    persons = [n for n in names if n.mention.kind == "person"]
    parsed = {n.i: parse_name(n.mention.name or "") for n in persons}
    by_last: dict[str, list[int]] = defaultdict(list)
    fulls: dict[int, PersonName] = {}
    for node in (n for n in persons if parsed[n.i].full):
        name = parsed[node.i]
        row = by_last[fold(name.last)]
        number = next((e for e in row if same_person(fulls[e], name)), None)
        if number is None:
            number = board.new(node)
            row.append(number)
            fulls[number] = name
        else:
            board.put(node, number)
            fulls[number] = max(fulls[number], name, key=lambda x: len(x.bare))
    _link_partials(board, [n for n in persons if not parsed[n.i].full], by_last, fulls)
    _link_others(board, [n for n in names if n.i not in board.of])


def _link_partials(
    board: Board, nodes: list[Node], by_last: dict[str, list[int]], fulls: dict[int, PersonName]
) -> None:
    by_first: dict[str, list[int]] = defaultdict(list)
    for number, name in fulls.items():
        by_first[fold(name.given[0])].append(number)
    spelt: dict[str, list[str]] = defaultdict(list)
    for last in by_last:
        _learn(spelt, last)
    starts = {e: [n.mention.start for n in board.entities[e].nodes] for e in fulls}
    for node in nodes:
        word, start = fold((node.mention.name or node.text).split()[-1]), node.mention.start
        row = by_last.get(word) or by_first.get(word) or by_last.get(_misspelt(word, spelt), [])
        row = [e for e in row if not clash(board.entities[e].gender, node.gender)]
        if not row:
            _learn(spelt, word)
            by_last[word].append(board.new(node))
            starts[by_last[word][-1]] = [start]
            continue
        best = max(row, key=lambda e: _last_before(starts[e], start))
        board.put(node, best)
        insort(starts[best], start)
        if len(row) > 1:
            rest = (1 - AMBIGUOUS) / (len(row) - 1)
            board.doubts[node.i] = [(best, AMBIGUOUS), *((e, rest) for e in row if e != best)]


def _learn(spelt: dict[str, list[str]], word: str) -> None:
    for form in one_letter_less(word):
        spelt[form].append(word)


def _misspelt(word: str, spelt: dict[str, list[str]]) -> str:
    """Return the last name that the word misspells, or an empty string; only what shares a form is compared."""
    near = (last for form in sorted(one_letter_less(word)) for last in spelt.get(form, ()))
    return next((last for last in near if close_spelling(word, last)), "")


def _last_before(starts: Sequence[int], start: int) -> int:
    """Return where a name stands last before a place, or, below zero, how far off it stands first."""
    place = bisect_left(starts, start)
    return starts[place - 1] if place else -starts[0] - 1


def _link_others(board: Board, nodes: list[Node]) -> None:
    by_text: dict[tuple[str, ...], int] = {}
    by_initials: dict[str, int] = {}
    for node in sorted(nodes, key=lambda n: -len(n.mention.name or n.text)):
        text = node.mention.name or node.text
        key = folded(text)
        number = by_text.get(key)
        if number is None and is_acronym(text):
            number = by_initials.get(text.replace(".", "").upper())
        if number is None:
            number = board.new(node)
            by_initials.update({i: number for i in initials(text) if i not in by_initials})
        else:
            board.put(node, number)
        by_text[key] = number


def link_nominals(board: Board) -> None:
    """Put descriptions into entities: a definite one to the nearest entity that is called so, or to the same words
    before; a bare title in the opening ("Mayor: ...") to the one who bears it later; any other that is a source starts
    an entity of its own."""
    called = _callings(board)
    seen: dict[tuple[str, ...], int] = {}
    for node in (n for n in board.nodes if n.mention.form == "nominal"):
        key = tuple(w for w in folded(_text(node)) if w not in FUNCTION)
        definite = _text(node).lower().split(" ", 1)[0] in ("the", "this", "that", "both", "these")
        rows = called.get(node.lemma, [])
        before = bisect_left(rows, (node.mention.start, -1))
        if definite and before and len(key) <= 3:
            board.put(node, rows[before - 1][1])
        elif key in seen and definite:
            board.put(node, seen[key])
        elif node.sources and rows and key == (node.lemma,) and node.mention.start < OPENING:
            board.put(node, rows[0][1])
        elif definite and node.sources and describes_person(node):
            continue
        elif node.sources or definite or node.mention.kind in ("person", "group", "organization"):
            seen[key] = board.new(node)
            insort(called.setdefault(node.lemma, []), (node.mention.start, seen[key]))


def describes_person(node: Node) -> bool:
    """Tell whether a description can stand for one person named before (`the senator`), so that place decides."""
    return node.mention.form == "nominal" and node.mention.kind == "person" and node.number == "s"


def _text(node: Node) -> str:
    return node.mention.name or node.text


def _callings(board: Board) -> dict[str, list[tuple[int, int]]]:
    """Return {word: [(token, entity)]}, sorted, for the last words of the roles that names are given."""
    called: dict[str, list[tuple[int, int]]] = {}
    for number, entity in enumerate(board.entities):
        for node in entity.nodes:
            words = folded((node.mention.role or "").split(" of ")[0].split(" for ")[0].split(",")[0])
            if words:
                called.setdefault(SHORT.get(words[-1], words[-1]), []).append((node.mention.start, number))
    return {word: sorted(rows) for word, rows in called.items()}
