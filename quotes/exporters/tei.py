"""TEI P5, a file per document: `said` for content, `rs` for sources, `seg` for cues, speakers in the header.

The paragraphs together are the text, character by character (what XML 1.0 can't hold is U+FFFD), so offsets can be
counted. Where spans cross, one is cut in fragments that point to each other, as the parts of a quotation do. Mentions,
candidates, evidence, asides and warnings are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from quotes.exporters.common import Names, address, xml_text
from quotes.exporters.marks import Mark, Piece, nested
from quotes.exporters.teiheader import header
from quotes.output import Close, Write
from quotes.output.target import write_whole
from quotes.schema import DocumentRecord, QuoteRecord

_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"\n\s*")
DIRECT = {"direct": "true", "indirect": "false", "mixed": "unknown"}
ELEMENTS = {"said": 0, "rs": 1, "seg": 2}


def tei_writer(folder: Path, stack: ExitStack) -> tuple[Write, Close]:
    """One `.xml` a document, named after its id."""
    names = Names()

    def write(record: DocumentRecord) -> None:
        write_whole(folder / f"{names.name_for(record.id)}.xml", to_tei(record))

    return write, lambda: None


def to_tei(record: DocumentRecord) -> str:
    """Return the TEI document of a record that carries its text."""
    text = xml_text(record.text or "")
    body = "".join(f"<p>{p}</p>" for p in _paragraphs(text, Elements(record))) or "<p/>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">\n'
        f"{header(record, address(record))}\n<text><body>{body}</body></text>\n</TEI>\n"
    )


def _paragraphs(text: str, elements: Elements) -> list[str]:
    cuts = [m.end() for m in (_EMPTY_LINE if _EMPTY_LINE.search(text) else _LINE).finditer(text)]
    edges = [0, *(c for c in cuts if c < len(text)), len(text)]
    pieces = [list(nested(a, b, elements.marks)) for a, b in pairwise(edges) if b > a]
    elements.count(p for paragraph in pieces for p in paragraph)
    return ["".join(_rendered(paragraph, text, elements)) for paragraph in pieces]


def _rendered(pieces: list[Piece], text: str, elements: Elements) -> Iterator[str]:
    for piece in pieces:
        if piece.mark is None:
            yield escape(text[piece.start : piece.end], {"\r": "&#13;"})
        else:
            yield elements.tag(piece.mark, opens=piece.kind == "open")


@dataclass(slots=True)
class Elements:
    """The elements of a record: a mark per span, and how many fragments each quotation has in the end."""

    record: DocumentRecord
    marks: list[Mark] = field(default_factory=list)
    quotes: dict[str, QuoteRecord] = field(default_factory=dict)
    linked: dict[str, dict[str, None]] = field(default_factory=dict)
    speakers: dict[str, str | None] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for quote in self.record.quotes:
            key = f"said {quote.id}"
            self.quotes[key] = quote
            self.marks += [Mark(s.start, s.end, ELEMENTS["said"], key) for s in quote.content]
            for element, spans in (("rs", quote.source), ("seg", quote.cue)):
                for span in spans:
                    self._add(element, span.start, span.end, quote)

    def _add(self, element: str, start: int, end: int, quote: QuoteRecord) -> None:
        key = f"{element} {start}-{end}"
        if key not in self.linked:
            self.marks.append(Mark(start, end, ELEMENTS[element], key))
        self.linked.setdefault(key, {})[f"#{quote.id}.1"] = None
        self.speakers[key] = quote.speaker_id

    def count(self, pieces: Iterator[Piece]) -> None:
        """Count the fragments of each quotation."""
        for piece in pieces:
            if piece.kind == "open" and piece.mark and piece.mark.key in self.quotes:
                self.total[piece.mark.key] = self.total.get(piece.mark.key, 0) + 1

    def tag(self, mark: Mark, *, opens: bool) -> str:
        """Return the opening or closing tag of a mark."""
        name = mark.key.partition(" ")[0]
        if not opens:
            return f"</{name}>"
        attributes = self._said(mark.key) if mark.key in self.quotes else self._linked(name, mark.key)
        return f"<{name}{''.join(f' {k}={quoteattr(v)}' for k, v in attributes.items() if v)}>"

    def _said(self, key: str) -> dict[str, str]:
        quote, last = self.quotes[key], self.total[key]
        n = self.written[key] = self.written.get(key, 0) + 1
        return {
            "xml:id": f"{quote.id}.{n}",
            "who": f"#{quote.speaker_id}" if quote.speaker_id else "",
            "direct": DIRECT[quote.type],
            "ana": f"#{quote.type}",
            "cert": str(quote.confidence),
            "prev": f"#{quote.id}.{n - 1}" if n > 1 else "",
            "next": f"#{quote.id}.{n + 1}" if n < last else "",
        }

    def _linked(self, name: str, key: str) -> dict[str, str]:
        speaker = self.speakers[key]
        reference = f"#{speaker}" if speaker and name == "rs" else ""
        return {"type": "source" if name == "rs" else "cue", "ref": reference, "corresp": " ".join(self.linked[key])}
