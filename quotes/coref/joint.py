"""Two people named together: `Grassley and Leahy` is one that `they` can mean."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from quotes.coref.entities import Board
from quotes.phrases import phrase_text
from quotes.types import Mention

LONGEST = 25
JOINS = frozenset(["and", "&"])


def joint_mentions(doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
    """Return a plural mention for each pair of coordinated names of people; its head is the conjunction."""
    heads = {m.head: m for m in mentions if m.form == "name" and m.kind == "person"}
    found = []
    for mention in heads.values():
        token = doc[mention.head]
        joins = [c for c in token.rights if c.dep_ == "cc" and c.lower_ in JOINS]
        others = [heads[c.i] for c in token.rights if c.dep_ == "conj" and c.i in heads]
        if joins and others and others[0].end - mention.start <= LONGEST and joins[-1].i < others[0].start:
            name = phrase_text(doc, mention.start, others[0].end)
            found.append(Mention(mention.start, others[0].end, joins[-1].i, "nominal", "group", name))
    return found


def link_joint(doc: Doc, board: Board) -> None:
    """Give the same pair of people one entity, whatever forms their names take."""
    names = {n.mention.head: board.of[n.i] for n in board.nodes if n.mention.form == "name" and n.i in board.of}
    pairs: dict[frozenset[int], int] = {}
    for node in board.nodes:
        if not is_joint(doc, node.mention) or node.i in board.of:
            continue
        inside = range(node.mention.start, node.mention.end)
        members = frozenset(names[i] for i in inside if i in names)
        if members in pairs:
            board.put(node, pairs[members])
        else:
            pairs[members] = board.new(node)


def is_joint(doc: Doc, mention: Mention) -> bool:
    """Tell whether a mention is one of `joint_mentions`: its head is a conjunction."""
    return doc[mention.head].dep_ == "cc"
