"""The article itself with its quotations marked: in colour, or with brackets where there is no colour."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from quotes.schema import DocumentRecord

if TYPE_CHECKING:
    from quotes.output import Close, Write

COLORS = {"content": "36", "cue": "33", "source": "32"}
BRACKETS = {"content": ("[", "]"), "cue": ("<", ">"), "source": ("{", "}")}


def marked_writer(stream: IO[str], *, color: bool = False) -> tuple[Write, Close]:
    """The whole text; after each quotation its number, and below the text a line per number with the speaker."""

    def write(record: DocumentRecord) -> None:
        stream.write(mark(record, color=color).rstrip("\n") + "\n\n")
        for number, q in enumerate(record.quotes, 1):
            stream.write(f"  {number}. {printable(q.speaker or 'unknown')} ({q.type}, {q.confidence:.2f})\n")
        stream.write("\n")
        stream.flush()

    return write, lambda: None


def mark(record: DocumentRecord, *, color: bool) -> str:
    """Return the text of a record (which must carry it) with content, cue and source of each quotation marked."""
    text = printable(record.text or "")
    points: list[tuple[int, int, str]] = []
    for number, q in enumerate(record.quotes, 1):
        for kind, spans in (("content", q.content), ("cue", q.cue), ("source", q.source)):
            for i, span in enumerate(spans):
                last = kind == "content" and i == len(spans) - 1
                points.append((span.start, 1, _open(kind, color)))
                points.append((span.end, 0, _close(kind, color) + (f"({number})" if last else "")))
    out, at = [], 0
    for position, _, piece in sorted(dict.fromkeys(points), key=lambda p: p[:2]):
        out += [text[at:position], piece]
        at = position
    return "".join([*out, text[at:]])


def _open(kind: str, color: bool) -> str:
    return f"\x1b[{COLORS[kind]}m" if color else BRACKETS[kind][0]


def _close(kind: str, color: bool) -> str:
    return "\x1b[0m" if color else BRACKETS[kind][1]


def printable(text: str) -> str:
    """Return a text, as long as before, without control characters that would steer a terminal."""
    return "".join(c if c == "\n" or c.isprintable() or (c.isspace() and c > "\x1f") else _stand_in(c) for c in text)


def _stand_in(character: str) -> str:
    return " " if character in "\t\r\x0b\x0c" else "\ufffd"
