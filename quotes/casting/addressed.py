"""Vocatives: whom a quotation addresses by name (`"Thank you, Holmes."`), which is nobody who speaks it."""

from __future__ import annotations

from spacy.tokens import Doc

from quotes import lexicon
from quotes.names import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEFORE = frozenset([",", "!", ";", "-", "--", "—", "–", "...", "…", "(", ".", "?"])
AFTER = BEFORE | frozenset([")", ":"])
MARKS = frozenset("\"“”‘’'«»`") | {"``", "''"}
FAR = 10
"""So many tokens before a name are looked at, so that time stays linear."""
LEADS = _words(
    "my dear dearest poor old sweet oh o ah well yes no good ho and but why now come here hello hey please thanks you "
    "young friend mon ami"
)


def is_vocative(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a mention inside a quotation stands like an address: set off by marks or commas on both sides."""
    return _set_off_before(doc, start) and _set_off_after(doc, end)


def _set_off_before(doc: Doc, start: int) -> bool:
    i, last, titles = start - 1, max(-1, start - 1 - FAR), lexicon.titles()
    while i > last and (fold(doc[i].text) in titles.all | titles.modifiers or doc[i].is_space):
        i -= 1
    while i > last and (doc[i].lower_.strip("_") in LEADS or doc[i].is_space or doc[i].text == "_"):
        i -= 1
    return i < 0 or doc[i].text in BEFORE or doc[i].text in MARKS


def _set_off_after(doc: Doc, end: int) -> bool:
    while end < len(doc) and doc[end].is_space:
        end += 1
    return end >= len(doc) or doc[end].text in AFTER or doc[end].text in MARKS
