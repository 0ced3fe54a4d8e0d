"""brat standoff: a `.txt` and a `.ann` per document, and the `annotation.conf` that brat needs.

A span may not hold a line break there, so it is written in fragments; their offsets are those of the text. What brat
has no place for (candidates, evidence, mentions, asides, warnings) is left out; speaker and confidence are notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from quotes.exporters.common import Names, utf8
from quotes.output import Close, Write
from quotes.output.cells import spaced
from quotes.output.target import write_whole
from quotes.schema import DocumentRecord, QuoteRecord, SpanRecord

CONFIGURATION = """[entities]
Content
Source

[relations]
SaidBy\tArg1:Content, Arg2:Source
<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]
Cue\tContent:Content, Source?:Source

[attributes]
QuoteType\tArg:<ANY>, Value:direct|mixed|indirect
"""


def brat_writer(folder: Path, stack: ExitStack) -> tuple[Write, Close]:
    """Two files a document, named after its id."""
    names = Names()

    def write(record: DocumentRecord) -> None:
        name = names.name_for(record.id)
        text = utf8(record.text or "")
        write_whole(folder / f"{name}.txt", text)
        write_whole(folder / f"{name}.ann", standoff(record, text))

    write_whole(folder / "annotation.conf", CONFIGURATION)
    return write, lambda: None


@dataclass(slots=True)
class Lines:
    """The lines of an `.ann` file in the making. A cue or a source that several quotations share is there once; each
    quotation has a content of its own, which its type and its notes hang on."""

    text: str
    lines: list[str] = field(default_factory=list)
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, letter: str, body: str) -> str:
        """Add a line and return its id."""
        self.counts[letter] = self.counts.get(letter, 0) + 1
        id = f"{letter}{self.counts[letter]}"
        self.lines.append(f"{id}\t{body}\n")
        return id

    def span(self, kind: str, spans: Sequence[SpanRecord]) -> str | None:
        """Add spans as one annotation of a kind and return its id; None where there is nothing but white space."""
        pieces = fragments(self.text, spans)
        if not pieces:
            return None
        places = ";".join(f"{start} {end}" for start, end in pieces)
        if kind == "Content" or (kind, places) not in self.known:
            words = " ".join(self.text[start:end] for start, end in pieces)
            self.known[kind, places] = self.add("T", f"{kind} {places}\t{words}")
        return self.known[kind, places]


def standoff(record: DocumentRecord, text: str) -> str:
    """Return the `.ann` file of a record: an event per quotation with a cue, relations for one without."""
    out = Lines(text)
    for quote in record.quotes:
        content = out.span("Content", quote.content)
        if content is not None:
            _add(out, quote, content)
    return "".join(out.lines)


def _add(out: Lines, quote: QuoteRecord, content: str) -> None:
    sources = [id for id in (out.span("Source", [s]) for s in quote.source) if id]
    cue = out.span("Cue", quote.cue) if quote.cue else None
    target = content
    if cue is not None:
        arguments = [f"Cue:{cue}", f"Content:{content}"]
        arguments += [f"Source{n if n > 1 else ''}:{s}" for n, s in enumerate(sources, 1)]
        target = out.add("E", " ".join(arguments))
    else:
        for source in sources:
            out.add("R", f"SaidBy Arg1:{content} Arg2:{source}")
    out.add("A", f"QuoteType {target} {quote.type}")
    speaker = spaced(utf8(quote.speaker or f"unknown ({quote.reason})"))
    out.add("#", f"AnnotatorNotes {target}\tspeaker={speaker}; confidence={quote.confidence}; id={quote.id}")


def fragments(text: str, spans: Sequence[SpanRecord]) -> list[tuple[int, int]]:
    """Return the ranges of spans without blank ends and line breaks of any kind: brat reads line by line."""
    found = []
    for span in spans:
        at = span.start
        for line in text[span.start : span.end].splitlines(keepends=True):
            start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
            at += len(line)
            if end > start:
                found.append((start, end))
    return found
