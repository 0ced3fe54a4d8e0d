"""Pronouns to entities: agreement decides who can be meant; place, role and the quotations before decide who is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from spacy.tokens import Doc

from quotes.coref.entities import Board, Entity
from quotes.coref.linking import describes_person
from quotes.coref.nodes import FIRST, HE, IT, SHE, THEY, WE, WHO, YOU, Node
from quotes.names import clash
from quotes.types import Reading

REACH = 12
TEMPERATURE = 0.9
DESCRIBED = 0.4
LEAST = 0.02
SPEAKS_ON = 0.8
SPOKE = 0.0
PLURAL_KINDS = frozenset({"organization", "group"})


def link_pronouns(doc: Doc, board: Board, readings: Sequence[Reading]) -> None:
    """Put each pronoun into the best entity before it; `board.doubts` holds the ranked candidates with shares."""
    last_source: int | None = None
    recent: list[Node] = []
    for node in board.nodes:
        if node.i not in board.of and (node.pronoun or (node.sources and describes_person(node))):
            ranked = _ranked(doc, board, node, recent, last_source)
            if ranked and (node.pronoun or ranked[0][1] >= DESCRIBED):
                board.put(node, ranked[0][0])
                board.doubts[node.i] = ranked
            elif not node.pronoun:
                board.new(node)
        if node.i in board.of:
            recent.append(node)
            if node.sources:
                last_source = board.of[node.i]
        if len(recent) > 400:
            del recent[:200]


def link_speakers(board: Board, readings: Sequence[Reading], sources: Sequence[int | None]) -> None:
    """Put `I` and `we` inside a quotation into the entity of its speaker."""
    for node in board.nodes:
        if node.pronoun and node.text in FIRST | WE and node.quote >= 0 and node.i not in board.of:
            source = sources[node.quote]
            if source is not None and source in board.of:
                board.put(node, board.of[source])


def _ranked(
    doc: Doc, board: Board, node: Node, recent: Sequence[Node], last_source: int | None
) -> list[tuple[int, float]]:
    if node.text in WHO:
        return _relative(doc, board, node, recent)
    if node.text in YOU or (node.text in FIRST | WE and node.quote >= 0):
        return []
    if node.text in FIRST:
        return []
    scores: dict[int, float] = {}
    near: set[int] = set()
    for other in reversed(recent):
        gap = node.sent - other.sent
        if gap > REACH:
            break
        entity = board.of[other.i]
        own_words = other.quote >= 0 and other.quote in node.sources
        if own_words or not _agrees(node, board.entities[entity]) or _same_clause(doc, node, other):
            continue
        scores[entity] = max(scores.get(entity, -99.0), _score(node, other, gap))
        if gap <= 1:
            near.add(entity)
    for entity in scores:
        scores[entity] += 0.25 * math.log1p(len(board.entities[entity].nodes))
        scores[entity] += (SPEAKS_ON if entity in near else SPOKE) if entity == last_source and node.sources else 0.0
        scores[entity] += _fit(node, board.entities[entity])
    return _shares(scores)


def _agrees(node: Node, entity: Entity) -> bool:
    kind = entity.kind
    if node.text in HE | SHE:
        if kind in ("organization", "group", "document") or entity.number == "p":
            return False
        if kind == "unknown" and not (entity.named and len(entity.nodes) > 1):
            return False
        wanted = "m" if node.text in HE else "f"
        return entity.gender in (None, wanted)
    if node.text in IT:
        return kind != "person" and entity.number != "p"
    if not node.pronoun:
        return kind == "person" and entity.named and entity.number != "p" and not clash(entity.gender, node.gender)
    if node.text in THEY | WE:
        return entity.number in ("p", "b") or kind in PLURAL_KINDS
    return True


def _fit(node: Node, entity: Entity) -> float:
    if node.text in HE | SHE:
        return (0.7 if entity.kind == "person" else -2.0) + (0.5 if entity.gender else 0.0) + 0.4 * entity.named
    if node.text in THEY:
        return 0.7 if entity.number == "p" or entity.kind == "group" else 0.0
    return 0.4 if entity.kind in PLURAL_KINDS else 0.0


def _score(node: Node, other: Node, gap: int) -> float:
    score = -0.55 * gap - (0.15 if node.para != other.para else 0.0)
    score += {"subj": 0.9, "poss": 0.1, "obj": 0.1, "pobj": -0.2}.get(other.role, 0.0)
    score += 0.5 if other.sources else 0.0
    score -= 0.9 if other.quote >= 0 and other.quote != node.quote else 0.0
    score += 0.3 if other.role == node.role == "subj" else 0.0
    return score


def _same_clause(doc: Doc, node: Node, other: Node) -> bool:
    """Tell whether two mentions are arguments of one verb (then `he` is not that name), or one inside the other."""
    if other.mention.start <= node.mention.start < other.mention.end:
        return True
    a, b = doc[node.mention.head], doc[other.mention.head]
    return a.head.i == b.head.i and node.role in ("subj", "obj") and other.role in ("subj", "obj")


def _relative(doc: Doc, board: Board, node: Node, recent: Sequence[Node]) -> list[tuple[int, float]]:
    verb = doc[node.mention.head].head
    antecedent = verb.head.i if verb.dep_ == "relcl" else None
    for other in reversed(recent[-30:]):
        inside = antecedent is not None and other.mention.start <= antecedent < other.mention.end
        if other.mention.head == antecedent or inside:
            return [(board.of[other.i], 0.9)]
    return []


def _shares(scores: dict[int, float]) -> list[tuple[int, float]]:
    if not scores:
        return []
    top = max(scores.values())
    weights = {e: math.exp((s - top) / TEMPERATURE) for e, s in scores.items()}
    total = sum(weights.values()) + 0.15
    return sorted(
        ((e, w / total) for e, w in weights.items() if w / total >= LEAST), key=lambda row: (-row[1], row[0])
    )[:5]
