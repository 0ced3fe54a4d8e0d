"""Whom a story is about: those named in its headline, or named in its lead and mentioned most."""

from __future__ import annotations

import re

from quotes.names import fold, parse_name
from quotes.schema import DocumentRecord, SpeakerRecord

LEAD = 300
"""Characters (code points) from the beginning in which a subject of the second kind has a name."""
OFTEN = 5


def subjects(record: DocumentRecord) -> frozenset[str]:
    """Return the ids of the persons and organizations that a document is about."""
    named = [s for s in record.speakers if s.kind in ("person", "organization")]
    title = words(headline(record))
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


def words(text: str) -> tuple[str, ...]:
    """Return the words of a headline or a name for comparison, without marks and a leading article."""
    found = tuple(w for w in (fold(w.strip("-’'")) for w in re.findall(r"[\w’'.\-]+", text)) if w)
    return found[1:] if len(found) > 1 and found[0] == "the" else found


def in_title(speaker: SpeakerRecord, title: tuple[str, ...]) -> bool:
    """Tell whether a headline, as folded words, names a speaker: a person's last name, an organization's name."""
    names = [speaker.name, *speaker.aliases]
    wanted = [words(parse_name(n).last if speaker.kind == "person" else n) for n in names]
    return any(w and any(title[i : i + len(w)] == w for i in range(len(title))) for w in wanted)
