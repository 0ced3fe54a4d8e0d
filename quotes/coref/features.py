"""What tells an antecedent: a row of numbers for each entity that a pronoun or a description could mean."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from quotes.coref.entities import Board
from quotes.coref.nodes import HE, IT, SHE, Node

Matrix = NDArray[np.float32]

ASKER = ("he", "it", "they", "nominal", "speaks", "quoted", "subject", "possessor", "early", "possessed", "words")
NEAREST = (
    "gap 0", "gap 1", "gap 2", "gap", "order", "first in order", "same paragraph", "paragraphs",
    "subj", "obj", "pobj", "poss", "name", "description", "pronoun", "same word", "other quotation", "same quotation",
    "source", "above", "ahead", "same verb",
)  # fmt: skip
ENTITY = (
    "subject gap", "subject gap 0", "subject gap 1", "mentions", "recent mentions", "named", "person", "organization",
    "group", "unknown", "gender agrees", "gender unknown", "plural", "collective", "last speaker", "last speaker near",
    "spoke", "in all", "most of all", "called so", "likeness", "shared words", "its speaker",
)  # fmt: skip
COLUMNS = ASKER + NEAREST + ENTITY
"""Names of the features, in order."""
NO_SUBJECT = 14


def asker_type(node: Node) -> int:
    """Return 0 for he and she, 1 for it, 2 for they and we, 3 for a description."""
    if not node.pronoun:
        return 3
    return 0 if node.text in HE | SHE else 1 if node.text in IT else 2


def matrix(doc: Doc, board: Board, node: Node, candidates: dict[int, list[Node]], last_source: int | None) -> Matrix:
    """Return a row [len(COLUMNS)] per candidate entity; `candidates` holds the mentions of each, nearest first."""
    asker = _asker(doc, node)
    above = _subjects_above(doc[node.mention.head])
    most = max((board.entities[e].names for e in candidates), default=0)
    rows = []
    for order, (entity, mentions) in enumerate(candidates.items()):
        nearest = _nearest(doc, node, mentions[0], order, above)
        rows.append([*asker, *nearest, *_entity(doc, board, node, entity, mentions, last_source, most)])
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(COLUMNS))


def _asker(doc: Doc, node: Node) -> list[float]:
    kind = asker_type(node)
    token = doc[node.mention.head]
    early = token.i < token.sent.root.i and any(t.dep_ == "advcl" for t in (token.head, token.head.head))
    flags = (node.sources != (), node.quote >= 0, node.role == "subj", node.role == "poss", early)
    size = math.log1p(node.mention.end - node.mention.start)
    possessed = not node.pronoun and any(c.dep_ == "poss" for c in token.lefts)
    return [*(float(kind == k) for k in range(4)), *map(float, flags), float(possessed), size]


def _nearest(doc: Doc, node: Node, other: Node, order: int, above: set[int]) -> list[float]:
    gap, paras = node.sent - other.sent, abs(node.para - other.para)
    verb, its = doc[node.mention.head].head, doc[other.mention.head].head
    form = other.mention.form
    flags = (
        gap == 0, gap == 1, gap == 2, math.log1p(abs(gap)), math.log1p(order), order == 0,
        paras == 0, math.log1p(paras),
        other.role == "subj", other.role == "obj", other.role == "pobj", other.role == "poss",
        form == "name", form == "nominal", form == "pronoun", other.text == node.text,
        other.quote >= 0 and other.quote != node.quote, other.quote >= 0 and other.quote == node.quote,
        other.sources != (), other.mention.head in above, other.mention.start > node.mention.start,
        verb.lemma == its.lemma and verb.pos_ == "VERB",
    )  # fmt: skip
    return [float(x) for x in flags]


def _entity(
    doc: Doc,
    board: Board,
    node: Node,
    number: int,
    mentions: Sequence[Node],
    last_source: int | None,
    most: int,
) -> list[float]:
    entity = board.entities[number]
    subject = min((node.sent - m.sent for m in mentions if m.role == "subj"), default=NO_SUBJECT)
    near = sum(node.sent - m.sent <= 2 for m in mentions)
    kind, gender, figure = entity.kind, entity.gender, entity.number
    last = number == last_source
    called, likeness, shared = (0.0, 0.0, 0.0) if node.pronoun else _described(doc, node, entity.words)
    flags = (
        math.log1p(max(subject, 0)), subject == 0, subject == 1, math.log1p(len(mentions)), math.log1p(near),
        entity.named, kind == "person", kind == "organization", kind == "group", kind == "unknown",
        gender is not None and gender == node.gender, gender is None, figure == "p", figure == "b",
        last, last and node.sent - mentions[0].sent <= 1, any(m.sources for m in mentions),
        math.log1p(entity.names), entity.names == most, called, likeness, shared,
        number in board.speakers_of(node.quote),
    )  # fmt: skip
    return [float(x) for x in flags]


def _subjects_above(token: Token) -> set[int]:
    """Return the subjects of the verbs above a token: in `X said he left`, that is X for `he`."""
    found: set[int] = set()
    for verb in (a for a in token.ancestors if a.pos_ in ("VERB", "AUX") and a.i != token.head.i):
        found |= {c.i for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")}
    return found


def _described(doc: Doc, node: Node, words: set[str]) -> tuple[float, float, float]:
    """Return whether an entity is called by the head of a description, how alike the words are, what they share."""
    if not words:
        return 0.0, 0.0, 0.0
    mine = {t.lower_ for t in doc[node.mention.start : node.mention.end] if t.is_alpha and not t.is_stop}
    head = doc[node.mention.head]
    known = [head.vocab[w] for w in words] if head.has_vector else []
    likeness = max((float(w.similarity(head)) for w in known if w.has_vector), default=0.0)
    others = mine - {head.lower_}
    shared = len(others & words) / len(others) if others else 0.0
    return float(node.lemma in words), likeness, shared
