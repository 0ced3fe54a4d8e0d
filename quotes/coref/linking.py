"""Names and descriptions to entities: full names first, then what can only be a shorter form of one of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Sequence

from spacy.tokens import Doc, Token

from quotes.coref.entities import Board, long_title
from quotes.coref.joint import is_joint
from quotes.coref.nodes import Node
from quotes.mentions import noun_kind
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
THINGS = frozenset(["organization", "group", "document"])
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
    spelt: dict[str, list[str]] = defaultdict(list)
    whole = {fold(name.last) for name in fulls.values()}
    for last in by_last:
        _learn(spelt, last)
    starts = {e: [n.mention.start for n in board.entities[e].nodes] for e in fulls}
    for node in sorted(nodes, key=lambda n: (not n.gender, n.mention.start)):
        word, start = fold((node.mention.name or node.text).split()[-1]), node.mention.start
        row = by_last.get(word) or by_first.get(word) or by_last.get(_misspelt(word, spelt, whole), [])
        row = [e for e in row if not clash(board.entities[e].gender, node.gender)]
        if row and word in by_last and _known_before(node, [starts[e][0] for e in row]):
            row = []
        if not row:
            _learn(spelt, word)
            by_last[word].append(board.new(node))
            starts[by_last[word][-1]] = [start]
            continue
        best = max(row, key=lambda e: _claim(starts[e], start))
        board.put(node, best)
        insort(starts[best], start)
        if len(row) > 1:
            rest = (1 - AMBIGUOUS) / (len(row) - 1)
            board.doubts[node.i] = [(best, AMBIGUOUS), *((e, rest) for e in row if e != best)]


def _known_before(node: Node, firsts: Sequence[int]) -> bool:
    """Tell whether a last name with a title stands in the body before anybody of that name is introduced: then it means
    somebody whom every reader knows (`President Obama` before `Michelle Obama`)."""
    return bool(node.mention.role) and node.para > 0 and node.mention.start < min(firsts)


def _claim(starts: Sequence[int], start: int) -> tuple[float, int]:
    """Return how strongly one of several bearers claims a bare last name: by how often, then how late."""
    near = bisect_left(starts, start) - bisect_left(starts, start - NEAR)
    return len(starts) + 3 * near, _last_before(starts, start)


def _learn(spelt: dict[str, list[str]], word: str) -> None:
    for form in one_letter_less(word):
        spelt[form].append(word)


def _misspelt(word: str, spelt: dict[str, list[str]], whole: Collection[str]) -> str:
    """Return the last name that the word misspells, or an empty string; only what shares a form is compared. With an
    `s` more it is the family (`the Thorpes`), and so is one that a full name has not (`whole`)."""
    near = (last for form in sorted(one_letter_less(word)) for last in spelt.get(form, ()))
    alike = (last for last in near if word != f"{last}s" and (last != f"{word}s" or last in whole))
    return next((last for last in alike if close_spelling(word, last)), "")


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


def link_nominals(doc: Doc, board: Board) -> None:
    """Put descriptions into entities: one that stands beside a name to its bearer; a definite one to the nearest entity
    that is called so, or to the same words before; a bare title in the opening ("Mayor: ...") to the one who bears it
    later. One that can mean a person is left to the ranker, unless it is written like a name (`the General`); any other
    that is a source starts an entity of its own."""
    called = _callings(board)
    seen: dict[tuple[str, ...], int] = {}
    bearers = _bearers(doc, board)
    for node in (n for n in board.nodes if n.mention.form == "nominal" and not is_joint(doc, n.mention)):
        key = tuple(w for w in folded(_text(node)) if w not in FUNCTION)
        definite = is_definite(node)
        rows = called.get(node.lemma, [])
        before = bisect_left(rows, (node.mention.start, -1))
        if node.mention.head in bearers:
            board.put(node, bearers[node.mention.head])
        elif node.sources and rows and key == (node.lemma,) and node.mention.start < OPENING and not definite:
            board.put(node, rows[0][1])
        elif definite and before and key == (node.lemma,):
            board.put(node, rows[before - 1][1])
        elif key in seen and definite and is_capitalised(doc, node):
            board.put(node, seen[key])
        elif asks(doc, node) and not (definite and is_capitalised(doc, node)):
            continue
        elif definite and before and len(key) <= 3:
            board.put(node, rows[before - 1][1])
        elif key in seen and definite:
            board.put(node, seen[key])
        elif node.sources or definite or node.mention.kind in ("person", "group", "organization", "anonymous"):
            seen[key] = board.new(node)
            insort(called.setdefault(node.lemma, []), (node.mention.start, seen[key]))


def _bearers(doc: Doc, board: Board) -> dict[int, int]:
    """Return {head of a description: entity} for those in apposition to a name: `Ellie, his daughter`."""
    people = [n for n in board.nodes if n.mention.form == "name" and n.mention.kind == "person" and n.i in board.of]
    found = _after_comma(doc, board, people)
    for node in people:
        token = doc[node.mention.head]
        beside = [c for c in token.rights if c.dep_ == "appos"]
        beside += [_apposed(token.head)] if token.dep_ == "appos" else []
        beside = [t for t in beside if t.pos_ == "NOUN"]
        found.update({t.i: board.of[node.i] for t in beside if t.tag_ != "NNS" and noun_kind(t) not in THINGS})
    return found


def _after_comma(doc: Doc, board: Board, people: Sequence[Node]) -> dict[int, int]:
    """Return {head of a description: entity} for those that follow a name and its comma where the parser hangs them on
    a word that is nobody's name: `a frosty relationship with McConnell, now the Senate majority leader`."""
    ends = {n.mention.end: board.of[n.i] for n in people}
    names = {n.mention.head for n in people}
    found = {}
    for node in (n for n in board.nodes if n.mention.form == "nominal" and n.mention.kind == "person"):
        noun, comma = doc[node.mention.head], node.mention.start - 1
        loose = noun.dep_ in ("appos", "npadvmod") and noun.tag_ != "NNS"
        loose = loose and noun.head.i not in names and noun_kind(noun.head) != "person"
        bearer = ends.get(comma) if loose and doc[comma].text == "," else None
        if bearer is not None and not clash(board.entities[bearer].gender, node.gender):
            found[noun.i] = bearer
    return found


def _apposed(noun: Token) -> Token:
    """Return the noun that a name stands beside: in `the mayor of Port Ellery, Joan Strand` the parser takes the place
    for it, but a person is what a person's name explains."""
    above = noun
    while above.dep_ == "pobj" and above.ent_type_ != "PERSON" and noun_kind(above) != "person":
        above = above.head.head
    return above if noun_kind(above) == "person" else noun


def is_definite(node: Node) -> bool:
    """Tell whether a description opens with a definite article or the like."""
    return _text(node).lower().split(" ", 1)[0] in ("the", "this", "that", "both", "these")


def is_capitalised(doc: Doc, node: Node) -> bool:
    """Tell whether a description is written like a name (`the General`, `the Invisible Man`)."""
    return all(t.is_title for t in doc[node.mention.start : node.mention.head + 1] if t.is_alpha and not t.is_stop)


def asks(doc: Doc, node: Node) -> bool:
    """Tell whether a description can stand for one person named elsewhere (`the senator`, `his wife`)."""
    if node.mention.form != "nominal" or node.mention.kind != "person" or node.number != "s":
        return False
    return is_definite(node) or any(c.dep_ == "poss" for c in doc[node.mention.head].lefts)


def _text(node: Node) -> str:
    return node.mention.name or node.text


def _callings(board: Board) -> dict[str, list[tuple[int, int]]]:
    """Return {word: [(token, entity)]}, sorted, for the last words of the roles that names are given."""
    called: dict[str, list[tuple[int, int]]] = {}
    for number, entity in enumerate(board.entities):
        for node in entity.nodes:
            words = folded((node.mention.role or "").split(" of ")[0].split(" for ")[0].split(",")[0])
            if words:
                called.setdefault(long_title(words[-1]), []).append((node.mention.start, number))
    return {word: sorted(rows) for word, rows in called.items()}
