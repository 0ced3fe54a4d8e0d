"""A drop-in for `textacy.extract.direct_quotations` that does not give up on odd marks and apostrophes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.spans import CUES, QUOTES, SOURCES, ranges_by_id

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from textacy.extract.triples import DQTriple

    from quotes.types import Range


def direct_quotations(doc: Doc) -> Iterator[DQTriple]:
    """Yield the direct quotations that have a source as textacy's triples: `speaker` and `cue` (lists of tokens) and
    `content` (a Span, with its marks).

    Quotations are taken from the Doc where our components have run; else they run on it now, by rules, and leave their
    annotations. A quotation in several parts gives one triple per part. `cue` is empty where no word reports
    (`Ann: "..."`). The import of textacy takes some seconds the first time.
    """
    from textacy.extract.triples import DQTriple

    if QUOTES not in doc.spans:
        from quotes.pipeline import annotate

        doc = annotate(doc)
    cues, sources = ranges_by_id(doc, CUES), ranges_by_id(doc, SOURCES)
    direct = (span for span in doc.spans[QUOTES] if span.label_ == "direct" and sources.get(span.id_))
    for span in sorted(direct, key=lambda s: (s.start, s.end)):
        speaker = _tokens(doc, sources[span.id_])
        yield DQTriple(speaker=speaker, cue=_tokens(doc, cues.get(span.id_, ())), content=doc[span.start : span.end])


def _tokens(doc: Doc, ranges: tuple[Range, ...]) -> list[Token]:
    return [token for start, end in ranges for token in doc[start:end]]
