"""A quotation as the scores see it: word sets instead of offsets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.scoring.tokens import Tokens, TokenSet, as_spans
from quotes.types import Range

Json = Mapping[str, Any]
Where = Mapping[str, Collection[str]]

TYPES = ("direct", "mixed", "indirect")
IGNORED = "_ignored"


@dataclass(frozen=True, slots=True)
class Item:
    """A gold or predicted quotation. `source` is without determiners unless it is nothing else."""

    id: str
    gold_id: str
    spans: list[Range]
    words: TokenSet
    parts: list[TokenSet]
    source: TokenSet
    type: str | None
    speaker: str | None
    names: list[str]
    confidence: float | None

    @property
    def source_unknown(self) -> bool:
        """Whether the speaker is known although no mention of it is annotated (implicit quotes of PDNC)."""
        return not self.source and bool(self.speaker)


def load_items(document: Json, tokens: Tokens) -> list[Item]:
    """Return the quotations of a gold document, a prediction or a document record."""
    return [_item(quote, f"q{number}", tokens) for number, quote in enumerate(document.get("quotes") or [])]


def _item(quote: Json, default: str, tokens: Tokens) -> Item:
    spans = as_spans(quote.get("content"))
    words, parts = tokens.of(spans), tokens.parts(spans)
    if not words and spans:
        words = tokens.characters(spans)
        parts = [words] if words else []
    key = quote.get("id", default)
    speaker = quote.get("speaker") or None
    return Item(
        id=key,
        gold_id=quote.get("gold_id", key),
        spans=spans,
        words=words,
        parts=parts,
        source=tokens.without_determiners(tokens.of(as_spans(quote.get("source")))),
        type=quote.get("type"),
        speaker=speaker,
        names=[name for name in [speaker, *(quote.get("speaker_aliases") or [])] if name],
        confidence=quote.get("confidence"),
    )


def gold_type(quote: Json, where: Where | None) -> str:
    """Return the type that a gold quotation counts under; those that `where` leaves out count nowhere."""
    if where and any(str(quote.get(key)) not in values for key, values in where.items()):
        return IGNORED
    kind = quote.get("type")
    return kind if kind in TYPES else "indirect"
