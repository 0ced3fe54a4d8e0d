"""Names and descriptions to entities: full names first, then what can only be a shorter form of one of them."""

from __future__ import annotations

from collections import defaultdict

from quotes.coref.entities import Board
from quotes.coref.nodes import Node
from quotes.names import PersonName, clash, close_spelling, fold, folded, initials, is_acronym, parse_name, same_person

NEAR = 12
AMBIGUOUS = 0.55
FUNCTION = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their"})


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
    for node in nodes:
        word = fold((node.mention.name or node.text).split()[-1])
        row = by_last.get(word) or by_first.get(word) or _misspelt(word, by_last)
        row = [e for e in row if not clash(board.entities[e].gender, node.gender)]
        if not row:
            by_last[word] = [board.new(node)]
            continue
        best = max(row, key=lambda e: _last_before(board, e, node))
        board.put(node, best)
        if len(row) > 1:
            rest = (1 - AMBIGUOUS) / (len(row) - 1)
            board.doubts[node.i] = [(best, AMBIGUOUS), *((e, rest) for e in row if e != best)]


def _misspelt(word: str, by_last: dict[str, list[int]]) -> list[int]:
    return next((row for last, row in by_last.items() if close_spelling(word, last)), [])


def _last_before(board: Board, entity: int, node: Node) -> int:
    starts = [n.mention.start for n in board.entities[entity].nodes if n.mention.form == "name"]
    before = [s for s in starts if s < node.mention.start]
    return max(before) if before else -min(starts, default=0) - 1


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
    before; any other that is a source starts an entity of its own."""
    called = _callings(board)
    seen: dict[tuple[str, ...], int] = {}
    for node in (n for n in board.nodes if n.mention.form == "nominal"):
        key = tuple(w for w in folded(_text(node)) if w not in FUNCTION)
        definite = _text(node).lower().split(" ", 1)[0] in ("the", "this", "that", "both", "these")
        rows = [(start, e) for start, e in called.get(node.lemma, ()) if start < node.mention.start]
        if definite and rows and len(key) <= 3:
            board.put(node, max(rows)[1])
        elif key in seen and definite:
            board.put(node, seen[key])
        elif definite and node.sources and describes_person(node):
            continue
        elif node.sources or definite or node.mention.kind in ("person", "group", "organization"):
            seen[key] = board.new(node)
            called.setdefault(node.lemma, []).append((node.mention.start, seen[key]))


def describes_person(node: Node) -> bool:
    """Tell whether a description can stand for one person named before (`the senator`), so that place decides."""
    return node.mention.form == "nominal" and node.mention.kind == "person" and node.number == "s"


def _text(node: Node) -> str:
    return node.mention.name or node.text


def _callings(board: Board) -> dict[str, list[tuple[int, int]]]:
    """Return {word: [(token, entity)]} for the last words of the roles that names are given."""
    called: dict[str, list[tuple[int, int]]] = {}
    for number, entity in enumerate(board.entities):
        for node in entity.nodes:
            words = folded((node.mention.role or "").split(" of ")[0].split(" for ")[0].split(",")[0])
            if words:
                called.setdefault(words[-1], []).append((node.mention.start, number))
    return called
