"""The complements of a cue: which child of a verb or noun holds what was said, and under which frame name."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

PLAIN = frozenset({"ccomp", "xcomp", "dobj", "advcl", "acomp", "oprd", "nsubjpass"})
NOMINAL = frozenset({"acl", "relcl"})


def verb_frames(verb: Token) -> Iterator[tuple[str, Token]]:
    """Yield (frame name, head of the complement) for each complement of a verb; prepositions give `prep:for`."""
    for child in verb.children:
        if child.dep_ in PLAIN:
            yield child.dep_, child
        elif child.dep_ in ("prep", "agent"):
            yield from ((f"prep:{child.lower_}", c) for c in child.children if c.dep_ in ("pobj", "pcomp"))


def noun_frames(noun: Token) -> Iterator[tuple[str, Token]]:
    """Yield (frame name, head of the complement) for a noun such as `claim`: `that ...`, `of ...`, `to ...`."""
    for child in noun.children:
        if child.dep_ in NOMINAL:
            first = next(iter(child.subtree)).lower_
            yield f"{child.dep_}:{first}" if first in ("that", "to") else child.dep_, child
        elif child.dep_ == "prep":
            yield from ((f"prep:{child.lower_}", c) for c in child.children if c.dep_ in ("pobj", "pcomp"))
