"""`quote_spans`: what stands between quotation marks, and which of it is no speech."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from quotes.asides import classify
from quotes.components.base import Component
from quotes.marks import pair
from quotes.regions import write_regions
from quotes.types import Flag, Region

Found = tuple[tuple[Region, ...], dict[int, Flag]]


class QuoteSpans(Component[Found]):
    """Write `doc.spans["quote_regions"]`; running it again on the same Doc gives the same."""

    def __init__(self, name: str = "quote_spans") -> None:
        super().__init__(name)

    def predict(self, docs: Sequence[Doc]) -> list[Found]:
        found = [pair(doc.text) for doc in docs]
        return [(regions, classify(doc, regions)) for doc, regions in zip(docs, found, strict=True)]

    def set_annotations(self, doc: Doc, prediction: Found) -> None:
        write_regions(doc, *prediction)
