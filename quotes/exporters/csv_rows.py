"""CSV: one row per quotation, as a spreadsheet opens it.

Parts are joined by ` […] ` and keep the first and last offset alone. Documents without quotations, mentions,
candidates, evidence, asides and warnings are left out.
"""

from __future__ import annotations

import csv
from typing import IO

from quotes.output import Close, Write
from quotes.output.cells import GAP, inert
from quotes.schema import DocumentRecord

FIELDS = (
    "document",
    "id",
    "type",
    "content",
    "speaker",
    "kind",
    "role",
    "source",
    "cue",
    "confidence",
    "speaker_confidence",
    "reason",
    "flags",
    "start",
    "end",
    "url",
    "title",
    "date",
)
META = ("url", "title", "date")


def csv_writer(stream: IO[str], *, color: bool = False, bom: bool = False) -> tuple[Write, Close]:
    """One row per quotation; parts joined by ` […] `; cells that a spreadsheet would run get an apostrophe.

    `bom` puts a byte order mark first, by which Excel knows UTF-8.
    """
    stream.write("\ufeff" if bom else "")
    rows = csv.writer(stream, lineterminator="\n")
    quoted = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    rows.writerow(FIELDS)

    def write(record: DocumentRecord) -> None:
        speakers = {s.id: s for s in record.speakers}
        for q in record.quotes:
            speaker = speakers.get(q.speaker_id or "")
            parts = [GAP.join(s.text for s in spans) for spans in (q.content, q.source, q.cue)]
            cells: tuple[str | float, ...] = (
                record.id,
                q.id,
                q.type,
                parts[0],
                q.speaker or "",
                speaker.kind if speaker else "",
                (speaker.role if speaker else None) or "",
                parts[1],
                parts[2],
                q.confidence,
                "" if q.speaker_confidence is None else q.speaker_confidence,
                q.reason or "",
                " ".join(q.flags),
                q.content[0].start,
                q.content[-1].end,
                *(record.meta.get(key, "") for key in META),
            )
            odd = any("\r" in c for c in cells if isinstance(c, str))  # which csv quotes for its own line ends alone
            (quoted if odd else rows).writerow([inert(c) if isinstance(c, str) else c for c in cells])
        stream.flush()

    return write, lambda: None
