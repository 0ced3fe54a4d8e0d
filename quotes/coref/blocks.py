"""Block quotations: paragraphs between marks that a colon introduces (`Smith reports:`), and who introduces them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc

from quotes.coref.nodes import Node

OPENING = frozenset("\"“'‘«")
CLOSING = frozenset("\"”'’»")


def introducers(doc: Doc, nodes: Sequence[Node]) -> dict[int, int]:
    """Return {paragraph: number of the node that introduces it}; nobody calls himself `he` in there.

    The introducer is the subject of the verb of the sentence before that ends with a colon. A block goes on in the next
    paragraph where that opens with a mark and the mark before it was not closed.
    """
    subjects = {n.mention.head: n for n in nodes if n.role == "subj"}
    found: dict[int, int] = {}
    lines = _lines(doc)
    for number in range(1, len(lines)):
        (start, end), (before, stop) = lines[number], lines[number - 1]
        if start >= end or doc[start].text[0] not in OPENING:
            continue
        previous = number - 1
        if before < stop and doc[stop - 1].text == ":":
            root = doc[stop - 1].sent.root
            for child in (c for c in root.children if c.i in subjects and before <= c.i < stop):
                found[number] = subjects[child.i].i
        elif previous in found and doc[stop - 1].text[-1] not in CLOSING:
            found[number] = found[previous]
    return found


def _lines(doc: Doc) -> list[tuple[int, int]]:
    """Return the token ranges of the paragraphs, numbered as the nodes number them, without white space around."""
    bounds = [0, *(t.i + 1 for t in doc if "\n" in t.text), len(doc)]
    return [_bare(doc, s, e) for s, e in pairwise(bounds)]


def _bare(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and doc[start].is_space:
        start += 1
    while start < end and doc[end - 1].is_space:
        end -= 1
    return start, end
