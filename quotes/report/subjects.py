"""Whom a story is about: those named in its headline, or named in its lead and mentioned most."""

from __future__ import annotations

from quotes.names import folded, parse_name
from quotes.schema import DocumentRecord, SpeakerRecord

LEAD = 300
"""Characters (code points) from the beginning in which a subject of the second kind has a name."""
OFTEN = 5


def subjects(record: DocumentRecord) -> frozenset[str]:
    """Return the ids of the persons and organizations that a document is about."""
    named = [s for s in record.speakers if s.kind in ("person", "organization")]
    title = folded(headline(record))
    found = {s.id for s in named if in_title(s, title)}
    often = sorted(((len(s.mentions), s.id) for s in named), reverse=True)
    if often and often[0][0] >= OFTEN and (len(often) < 2 or often[1][0] < often[0][0]):
        most = next(s for s in named if s.id == often[0][1])
        if any(m.form == "name" and m.start < LEAD for m in most.mentions):
            found.add(most.id)
    return frozenset(found)


def headline(record: DocumentRecord) -> str:
    """Return the headline: `title` of the metadata, else the first line of the text where the record carries it."""
    if record.meta.get("title"):
        return record.meta["title"]
    return (record.text or "").lstrip().partition("\n")[0][:LEAD]


def in_title(speaker: SpeakerRecord, title: tuple[str, ...]) -> bool:
    """Tell whether a headline, as folded words, names a speaker: a person's last name, an organization's name."""
    names = [speaker.name, *speaker.aliases]
    wanted = [folded(parse_name(n).last if speaker.kind == "person" else n) for n in names]
    return any(w and any(title[i : i + len(w)] == w for i in range(len(title))) for w in wanted)
