"""The article itself with its quotations marked: in colour, or with brackets where there is no colour."""

from __future__ import annotations

from itertools import pairwise
from typing import IO

from quotes.output import Close, Write
from quotes.output.cells import one_line, paint, printable
from quotes.output.table import speaker_of
from quotes.schema import DocumentRecord

COLORS = {"content": "36", "cue": "33", "source": "32", "speaker": "1;32", "number": "2"}
BRACKETS = {"content": ("[", "]"), "cue": ("<", ">"), "source": ("{", "}")}
INNERMOST = {"content": 0, "source": 1, "cue": 2}
Mark = tuple[int, int, str, int]
"""Start, end, kind, number of the quotation after whose last part the number stands (else 0)."""


def marked_writer(stream: IO[str], *, color: bool = False, bom: bool = False) -> tuple[Write, Close]:
    """The whole text; after each quotation its number, and below the text a line per number with the speaker."""

    def write(record: DocumentRecord) -> None:
        stream.write(mark(record, color=color).rstrip("\n") + "\n\n" + legend(color))
        for number, q in enumerate(record.quotes, 1):
            who = paint(one_line(speaker_of(q)), COLORS["speaker"], color)
            stream.write(f"  {number}. {who} ({q.type}, {q.confidence:.2f})\n")
        stream.write("\n")
        stream.flush()

    return write, lambda: None


def legend(color: bool) -> str:
    """Return the line that tells what the marks mean."""
    shown = [paint(kind, COLORS[kind], color) if color else kind.join(BRACKETS[kind]) for kind in BRACKETS]
    return f"  Marks: {' '.join(shown)}\n"


def mark(record: DocumentRecord, *, color: bool) -> str:
    """Return the text of a record (which must carry it) with content, cue and source of each quotation marked."""
    text, marks = record.text or "", _marks(record)
    return (_colored if color else _bracketed)(text, marks)


def _marks(record: DocumentRecord) -> list[Mark]:
    found: dict[tuple[int, int, str], int] = {}
    for number, q in enumerate(record.quotes, 1):
        for kind, spans in (("content", q.content), ("cue", q.cue), ("source", q.source)):
            for span in spans:
                last = kind == "content" and span is spans[-1]
                key = (span.start, span.end, kind)
                found[key] = number if last else found.get(key, 0)
    return [(*key, number) for key, number in sorted(found.items())]


def _bracketed(text: str, marks: list[Mark]) -> str:
    points: list[tuple[int, int, int, str]] = []
    for start, end, kind, number in marks:
        opening, closing = BRACKETS[kind]
        points.append((start, 1, -end, opening))  # at one place: close before open, the longer outside
        points.append((end, 0, -start, closing + (f"({number})" if number else "")))
    out, at = [], 0
    for position, _, _, piece in sorted(points):
        out += [printable(text[at:position]), piece]
        at = position
    return "".join([*out, printable(text[at:])])


def _colored(text: str, marks: list[Mark]) -> str:
    numbers = [(end, f"({number})") for _, end, _, number in marks if number]
    edges = sorted({0, len(text), *(m[0] for m in marks), *(m[1] for m in marks)})
    openings, open_marks, out = iter(marks), list[Mark](), []
    coming = next(openings, None)
    labels = {end: "".join(label for e, label in numbers if e == end) for end, _ in numbers}
    for start, end in pairwise(edges):
        open_marks = [m for m in open_marks if m[1] > start]
        while coming is not None and coming[0] <= start:
            open_marks.append(coming)
            coming = next(openings, None)
        kind = max((m[2] for m in open_marks), key=INNERMOST.__getitem__, default="")
        out.append(paint(printable(text[start:end]), COLORS.get(kind, ""), bool(kind)))
        out.append(paint(labels.get(end, ""), COLORS["number"], True))
    return "".join(out)
