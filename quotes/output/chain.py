"""The way from the source of a quotation to its speaker, mention by mention."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.schema import MentionRecord, QuoteRecord, SpeakerRecord

MOST = 5


def steps(quote: QuoteRecord, speaker: SpeakerRecord) -> list[MentionRecord]:
    """Return the mentions behind the source, back to the nearest name; none where it is a name itself.

    What the speaker calls himself in the quotation itself leads nowhere.
    """
    start, end = quote.source[0].start, quote.source[-1].end
    own = [m for m in speaker.mentions if m.start < end and start < m.end]
    outside = [m for m in speaker.mentions if not any(c.start <= m.start < c.end for c in quote.content)]
    return [] if any(m.form == "name" for m in own) else _back_to_name(outside, start)


def _back_to_name(mentions: Sequence[MentionRecord], start: int) -> list[MentionRecord]:
    """Return the mentions before `start`, nearest first, up to a name; else the first name that follows."""
    found: list[MentionRecord] = []
    for mention in sorted((m for m in mentions if m.end <= start), key=lambda m: -m.start):
        found.append(mention)
        if mention.form == "name":
            return found if len(found) <= MOST else [*found[: MOST - 1], mention]
    later = [m for m in mentions if m.start > start and m.form == "name"]
    return [*found[: MOST - 1], *later[:1]]
