"""The explanation of one quotation: the evidence, the way from its source to its speaker, and the runner-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.coref.weighing import Weighed, weigh
from quotes.output.cells import GAP, one_line, paint
from quotes.output.chain import steps
from quotes.output.table import counted, speaker_of
from quotes.schema import CandidateRecord, DocumentRecord, QuoteRecord, SpanRecord, SpeakerRecord

BOLD, GREEN, YELLOW = "1", "32", "33"


def explanation(
    record: DocumentRecord, number: int, weighed: Weighed | None = None, *, color: bool = False
) -> Iterator[str]:
    """Yield the lines that explain a quotation of a record, by its number (from 1).

    `weighed` is what the resolver weighed for its source, where it has just run.
    """
    quote = record.quotes[number - 1]
    speakers = {s.id: s for s in record.speakers}
    speaker = speakers.get(quote.speaker_id or "")
    head = f"{number}. {quote.type}, confidence {quote.confidence:.2f}"
    if quote.speaker_confidence is not None:
        head += f", in the speaker {quote.speaker_confidence:.2f}"
    yield f"{paint(head, BOLD, color)}  {quote.id}  {one_line(record.id)}"
    yield f"   said:      {_words(quote.content)}"
    name = paint(one_line(speaker_of(quote)), GREEN if quote.speaker else YELLOW, color)
    yield f"   speaker:   {name}{_who(speaker)}"
    yield f"   source:    {_words(quote.source) or 'none beside the quotation'}"
    yield f"   cue:       {_words(quote.cue) or 'none'}"
    yield from (f"   because:   {e.words}  [{e.code}]" for e in quote.evidence)
    if quote.source and speaker is not None:
        yield f"   chain:     {' -> '.join(chain(quote, speaker))}"
    if quote.repeats:
        yield f"   repeats:   {quote.repeats}"
    if quote.flags:
        yield f"   flags:     {', '.join(quote.flags)}"
    yield from _candidates(quote, speakers, weighed or {})


def _words(spans: Sequence[SpanRecord]) -> str:
    return one_line(GAP.join(s.text for s in spans))


def _who(speaker: SpeakerRecord | None) -> str:
    if speaker is None:
        return ""
    return f" ({one_line(', '.join(filter(None, (speaker.kind, speaker.role))))})"


def chain(quote: QuoteRecord, speaker: SpeakerRecord) -> list[str]:
    """Return the mentions from the source back to the nearest name of the speaker, then the full name."""
    words = [f"{_words(quote.source)} (the source)"]
    words += [f"{one_line(m.text)} ({m.form})" for m in steps(quote, speaker)]
    last = words[-1].rsplit(" (", 1)[0]
    return [*words, one_line(speaker.name)] if last != one_line(speaker.name) else words


def _candidates(quote: QuoteRecord, speakers: dict[str, SpeakerRecord], weighed: Weighed) -> Iterator[str]:
    for place, candidate in enumerate(quote.candidates, 1):
        yield f"   candidate: {place}. {one_line(candidate.name)} {candidate.confidence:.2f}"
    others = [c for c in quote.candidates if c.speaker_id != quote.speaker_id]
    if quote.speaker_id is not None and others:
        chosen = next((c for c in quote.candidates if c.speaker_id == quote.speaker_id), None)
        for words in against(quote, others[0], chosen, speakers, weighed):
            yield f"   against {one_line(others[0].name)}: {words}"


def against(
    quote: QuoteRecord,
    other: CandidateRecord,
    chosen: CandidateRecord | None,
    speakers: dict[str, SpeakerRecord],
    weighed: Weighed,
) -> Iterator[str]:
    """Yield what speaks against a candidate: its share, then what the resolver weighed, or, where nothing was, what
    the record shows: how far off it stands, how often it occurs."""
    if chosen is not None:
        yield f"its share is {other.confidence:.2f}, that of {one_line(chosen.name)} is {chosen.confidence:.2f}"
    told = [one_line(words) for words in weigh(weighed, quote.speaker or "", other.name)]
    yield from told
    if told:
        return
    theirs, ours = speakers.get(other.speaker_id), speakers.get(quote.speaker_id or "")
    if theirs is None or ours is None:
        return
    at = (quote.source or quote.content)[0].start
    far, near = _distance(theirs, at), _distance(ours, at)
    if far is None:
        yield "it is not mentioned before this place"
    elif near is not None and far > near:
        yield f"it was last mentioned {counted(far, 'character')} before, {one_line(ours.name)} {near:,}"
    if len(theirs.mentions) < len(ours.mentions):
        mentions = counted(len(theirs.mentions), "time")
        yield f"it is mentioned {mentions} in the text, {one_line(ours.name)} {len(ours.mentions)}"


def _distance(speaker: SpeakerRecord, at: int) -> int | None:
    before = [at - m.end for m in speaker.mentions if m.end <= at]
    return min(before, default=None)
