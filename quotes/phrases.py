"""Edges and text of noun phrases, by the parse where there is one."""

from __future__ import annotations

from spacy.tokens import Doc, Token

LEFT = frozenset(
    ["det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "quantmod", "predet", "neg", "case", "punct"]
)
RIGHT = frozenset(["prep", "acl", "amod", "nummod"])
STOP = frozenset(',;:—–()[]“”"')


def root_of(doc: Doc, start: int, end: int) -> Token:
    """Return the token of a range whose head lies outside it; the widest one when there are several."""
    tops = [t for t in doc[start:end] if (t.head.i == t.i or not start <= t.head.i < end) and not t.is_punct]
    if not tops:
        return doc[start]
    nominal = [t for t in tops if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET")]
    top = max(nominal or tops, key=lambda t: (t.right_edge.i - t.left_edge.i, -t.i))
    return _after_hyphen(top) if top.i + 2 < end else top


def _after_hyphen(token: Token) -> Token:
    """Return the noun of a hyphenated word that the tokenizer took apart: `ex-wife`."""
    hyphen, noun = token.nbor(1), token.nbor(2)
    joined = hyphen.text == "-" and not token.whitespace_ and not hyphen.whitespace_
    return noun if joined and noun.pos_ == "NOUN" else token


def without_possessive(doc: Doc, start: int, end: int) -> int:
    """Return the end of a range without a final `'s`, however it is tagged; at least one token stays."""
    return end - 1 if end - start > 1 and doc[end - 1].lower_ in ("'s", "’s", "'", "’") else end


def left_edge(token: Token) -> int:
    """Return the first token of the phrase headed by `token`: articles, adjectives, compounds and possessors."""
    start = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ not in LEFT or child.right_edge.i + 1 < start - 1:
            break
        if child.dep_ == "punct" and child.text not in ("-", "’", "'"):
            break
        start = child.left_edge.i
        if token.i - start > 15:
            return child.i
    return start


def right_edge(token: Token) -> int:
    """Return the end of the phrase: prepositional phrases and short clauses that follow without a comma."""
    end = token.i + 1
    for child in token.rights:
        if child.dep_ not in RIGHT or child.left_edge.i > end:
            break
        last = min(child.right_edge.i + 1, token.i + 20)
        stop = next((t.i for t in token.doc[child.left_edge.i : last] if t.text in STOP or t.is_space), last)
        end = max(end, stop)
        if stop < last:
            break
    return end


def phrase_text(doc: Doc, start: int, end: int) -> str:
    """Return the text of a range on one line, without outer punctuation and a final possessive."""
    while end > start and (doc[end - 1].is_space or doc[end - 1].is_punct or doc[end - 1].tag_ == "POS"):
        end -= 1
    while start < end and (doc[start].is_space or doc[start].is_punct):
        start += 1
    return " ".join(doc[start:end].text.split())
