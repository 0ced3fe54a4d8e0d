"""Records to counts, one record at a time; memory grows with the number of different speakers, not of documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.names import fold
from quotes.report.counts import DATES, OUTLETS, Counts, month_of, outlet_of
from quotes.report.speakers import NAMED, Directory, Entry
from quotes.report.subjects import subjects
from quotes.schema import DocumentRecord, QuoteRecord, SpeakerRecord

NOBODY = "nobody named"
COURTESY = frozenset(("mr", "mrs", "ms", "miss", "mx", "sir", "madam"))
"""Titles that are no role, and say of a person what a report must not."""


@dataclass(slots=True)
class Tally:
    """All that a report needs. `without_subjects` leaves out what a story's own subjects say."""

    without_subjects: bool = False
    outlet_keys: Sequence[str] = OUTLETS
    date_keys: Sequence[str] = DATES
    total: Counts = field(default_factory=Counts)
    kinds: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    outlets: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    months: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    places: defaultdict[tuple[str, str], Counts] = field(default_factory=lambda: defaultdict(Counts))
    unnamed: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    named_in: Counter[str] = field(default_factory=Counter)
    directory: Directory = field(default_factory=Directory)
    repeated: int = 0
    left_out: int = 0
    unread: int = 0

    def add(self, record: DocumentRecord) -> None:
        """Count a record. Pull quotes that repeat a quotation are not counted again."""
        outlet, month = outlet_of(record.meta, self.outlet_keys), month_of(record.meta, self.date_keys)
        everywhere = [self.total, self.outlets[outlet], self.months[month], self.places[outlet, month]]
        speakers = {s.id: s for s in record.speakers}
        about = subjects(record) if self.without_subjects else frozenset[str]()
        seen: dict[int, Counts] = {id(c): c for c in everywhere}
        self.unread += any(w.code.startswith("W20") for w in record.warnings)
        for quote in record.quotes:
            if quote.repeats is not None:
                self.repeated += 1
            elif quote.speaker_id in about:
                self.left_out += 1
            else:
                speaker = speakers.get(quote.speaker_id or "")
                counts = [*everywhere, *self._who(quote, speaker, outlet, month)]
                for each in counts:
                    each.add(quote)
                seen |= {id(c): c for c in counts}
        for each in seen.values():
            each.documents += 1

    def _who(self, quote: QuoteRecord, speaker: SpeakerRecord | None, outlet: str, month: str) -> list[Counts]:
        """Return the counts of a quotation's speaker, and note where the speaker was quoted."""
        if speaker is None:
            return [self.kinds[NOBODY]]
        if not is_named(speaker):
            return [self.kinds[speaker.kind], self.unnamed[" ".join(speaker.name.lower().split())]]
        entry: Entry = self.directory.entry(speaker)
        entry.names[speaker.name] += 1
        entry.outlets[outlet] += 1
        entry.months[month] += 1
        if speaker.role and fold(speaker.role) not in COURTESY:
            entry.roles[speaker.role] += 1
        self.named_in[outlet] += 1
        return [self.kinds[speaker.kind], entry.counts]


def is_named(speaker: SpeakerRecord) -> bool:
    """Tell whether a speaker has a name: "the company" and "officials" are other people in each article."""
    forms = {m.form for m in speaker.mentions}
    return speaker.kind in NAMED and (not forms or "name" in forms)
