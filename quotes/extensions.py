"""`doc._.quotes`: the quotation records of a Doc, built when asked for. The only module that registers extensions."""

from __future__ import annotations

from spacy.tokens import Doc

from quotes.records import quotes_of


def register() -> None:
    """Register `doc._.quotes`; an extension of that name which is not ours is left alone."""
    if not Doc.has_extension("quotes"):
        Doc.set_extension("quotes", getter=quotes_of)
