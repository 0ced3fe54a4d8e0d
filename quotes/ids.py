"""Ids derived from what they stand for, so that a second run gives the same ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from quotes.types import Range


def text_hash(text: str) -> str:
    """Return the SHA-256 (hex) of a text in UTF-8; lone surrogates are hashed as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def quote_id(text_sha256: str, content: Iterable[Range]) -> str:
    """Return the id of a quotation: a hash of the text's hash and the content's offsets."""
    return "q_" + _short(text_sha256 + "|" + ",".join(f"{s}-{e}" for s, e in content))


def speaker_id(text_sha256: str, name: str, kind: str) -> str:
    """Return the id of a speaker within one text: a hash of the text's hash, the name and the kind."""
    return "s_" + _short(f"{text_sha256}|{kind}|{name.casefold()}")


def _short(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16]
