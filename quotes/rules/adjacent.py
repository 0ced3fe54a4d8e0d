"""Direct quotation: a quoted region and the cue beside it, before (`He said: "..."`) or after (`"...," he said`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from quotes.rules.events import Event
from quotes.rules.layout import Layout, is_word
from quotes.rules.phrases import label_before
from quotes.rules.sayings import saying_after, saying_before
from quotes.rules.sources import phrase_of, subject_of, trim
from quotes.types import Range

REACH_BEFORE = 40
REACH_AFTER = 30
LEAD = 3
NEXT_LINE = 10
"""So many words may stand between a cue and a quotation that begins the next paragraph."""
LABEL = 5
DASHES = frozenset("-—–―") | {"--", "---"}
LEADING = DASHES - {"-"} | {":", ","}
SUBORDINATE = frozenset(
    {"when", "whenever", "after", "before", "until", "because", "if", "unless", "since", "although"}
)
OPENERS = frozenset(",:;—–―(") | {"--", "and", "but"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """What stands beside a region: its cue and source, on which side, and the codes of the evidence."""

    cue: tuple[Range, ...]
    source: tuple[Range, ...]
    side: str
    at: int
    evidence: tuple[str, ...]
    score: float


def attribution_after(layout: Layout, number: int, events: Sequence[Event]) -> Attribution | None:
    """Find `"...," he said` after a region; a region that ends a sentence is followed only by a bare cue."""
    start = layout.regions[number][-1][1]
    stop = _window_end(layout, start)
    last = last_character(layout, number)
    best = next((e for e in events if start <= e.at < stop and e.speech), None)
    source = _source_of(layout, best, start, stop) if best is not None else None
    if best is None or source is None:
        noun = saying_after(layout, start, stop)
        return _by_noun(layout, noun, "after") or _inverted(layout, number, stop) or _signature(layout, start)
    if _is_subordinate(layout, start, min(best.at, source[0])):
        return None
    if _words_between(layout, start, min(best.at, source[0])) > LEAD:
        return None
    if last == "." and not _bare(layout, best, source, stop):
        return None
    if last not in ",.?!…-—–" and not opens_clause(layout, layout.regions[number][0][0]):
        return None
    return Attribution((best.cue,), (source,), "after", best.at, (best.code, "place:after"), 0.95)


def _is_subordinate(layout: Layout, start: int, end: int) -> bool:
    """Tell whether `when` and the like open the clause after a region (`"...," when he asked`): it reports nothing."""
    return any(t.lower_ in SUBORDINATE and t.dep_ in ("mark", "advmod") for t in layout.doc[start:end])


def _source_of(layout: Layout, event: Event, start: int, stop: int) -> Range | None:
    """Return the source of a cue after a region: by syntax, else the words between region and cue."""
    if event.source and start <= event.source[0][0]:
        return event.source[0]
    low, high = trim(layout, start, event.at) if start < event.at else (start, start)
    if low < high and any(t.pos_ in ("PROPN", "PRON", "NOUN") for t in layout.doc[low:high]):
        return (low, high) if high - low <= REACH_AFTER else None
    follow = layout.doc[event.cue[1] : stop]
    name = next((c for c in follow.noun_chunks if c.start <= event.cue[1]), None) if len(follow) else None
    return (name.start, name.end) if name is not None else None


def _inverted(layout: Layout, number: int, stop: int) -> Attribution | None:
    """Read `"...," trumpeted Ann`: right after a region, a verb in the past tense before its subject reports it,
    whatever verb it is."""
    verb = layout.regions[number][-1][1]
    if verb + 1 >= stop or last_character(layout, number) not in ",!?" or layout.doc[verb].tag_ != "VBD":
        return None
    low, high = trim(layout, verb + 1, stop)
    name = next((c for c in layout.doc[low:high].noun_chunks if c.start == low), None)
    if name is None or not _is_somebody(name) or not _ends_there(layout, name.end, stop):
        return None
    codes = (f"cue:verb:{layout.doc[verb].lemma_.lower()}", "place:after")
    return Attribution(((verb, verb + 1),), ((name.start, name.end),), "after", verb, codes, 0.85)


def _is_somebody(name: Span) -> bool:
    """Tell whether a noun phrase can be who speaks: a name that is no organisation's or time, or `the mayor`."""
    if name.root.pos_ == "PROPN":
        return name.root.ent_type_ in ("PERSON", "")
    return name.root.pos_ == "NOUN" and name[0].lower_ == "the"


def _ends_there(layout: Layout, end: int, stop: int) -> bool:
    return end >= stop or layout.doc[end].is_punct or layout.doc[end].is_space or layout.doc[end].pos_ in ("ADV", "ADP")


def _signature(layout: Layout, start: int) -> Attribution | None:
    """Read `"..." - Jane Roe`: a dash and a name that fill the rest of the paragraph."""
    doc = layout.doc
    _, stop = layout.paragraph_bounds(start - 1)
    while start < stop and doc[start].is_space:
        start += 1
    glued = doc[start - 1].text[-1:] in DASHES and len(doc[start - 1]) > 1
    dash = start - 1 if glued else start
    if start >= stop or (not glued and doc[start].text not in DASHES) or stop - start > 16:
        return None
    low, high = trim(layout, dash + 1, stop)
    tokens = doc[low:high]
    if not any(t.pos_ == "PROPN" for t in tokens) or any(t.pos_ in ("VERB", "AUX") for t in tokens):
        return None
    return Attribution(((dash, dash + 1),), ((low, high),), "after", dash, ("cue:dash", "place:signature"), 0.85)


def opens_clause(layout: Layout, start: int) -> bool:
    """Tell whether a region opens its paragraph or its clause, so that a cue after it can report it."""
    return layout.opens_sentence(start) or layout.doc[layout.before(start)].text in OPENERS


def _window_end(layout: Layout, start: int) -> int:
    doc, i = layout.doc, start
    stop = min(len(doc), start + REACH_AFTER)
    paragraph = layout.paragraph_of[start - 1]
    while i < stop and layout.outside(i) and layout.paragraph_of[i] == paragraph and not layout.ends_sentence(i):
        i += 1
    return i


def last_character(layout: Layout, number: int) -> str:
    """Return the last character of a region before its closing marks."""
    start, end = layout.regions[number][-1]
    text = layout.doc[start:end].text.rstrip("\"'”’»“‘ \u00a0\n")
    return text[-1:] or " "


def _bare(layout: Layout, event: Event, source: Range, stop: int) -> bool:
    end = max(event.cue[1], source[1])
    leads = stop < len(layout.doc) and not layout.outside(stop) and layout.doc[layout.before(stop)].text in ",:"
    return len(layout.words(end, stop)) <= 2 and not leads


def _words_between(layout: Layout, start: int, end: int) -> int:
    return len(layout.words(start, end)) if end > start else 0


def attribution_before(layout: Layout, number: int, events: Sequence[Event]) -> Attribution | None:
    """Find `he said: "..."` before a region: a label, or the last cue of the sentence that leads up to it."""
    start = layout.regions[number][0][0]
    previous = _previous_word(layout, start)
    if previous is None:
        return None
    mark, begin = layout.doc[layout.before(start)].text, _window_start(layout, start)
    noun = saying_before(layout, start, begin)
    if noun is None and layout.doc[start - 1].text == ":" and (label := label_before(layout, start - 1)) is not None:
        return Attribution(((start - 1, start),), (label,), "before", start - 1, ("cue:colon", "place:label"), 0.9)
    near = [e for e in events if begin <= e.at < start and e.speech and e.source]
    usable = [e for e in near if e.source[0][1] <= start and layout.outside(e.source[0][0])]
    if noun is not None and not usable:
        return _by_noun(layout, noun, "before")
    if not usable:
        return _led_by_colon(layout, start) if mark == ":" else None
    best = usable[-1]
    gap = _words_between(layout, best.cue[1], start)
    reach = REACH_BEFORE if layout.paragraph_of[best.at] == layout.paragraph_of[start] else NEXT_LINE
    if gap <= 1 or (gap <= reach and mark in LEADING):
        codes = (best.code, "place:before")
        return Attribution((best.cue,), best.source, "before", best.at, codes, 0.95 if gap <= 6 else 0.85)
    return None


def _by_noun(layout: Layout, found: tuple[Range, Range] | None, side: str) -> Attribution | None:
    if found is None:
        return None
    cue, source = found
    codes = (f"cue:noun:{layout.doc[cue[0]].lemma_.lower()}", "place:after" if side == "after" else "place:before")
    return Attribution((cue,), (source,), side, cue[0], codes, 0.9)


def _led_by_colon(layout: Layout, start: int) -> Attribution | None:
    """Read `Smith made this comment: "..."`: no cue in the lexicon, but a colon, so the subject before it speaks."""
    colon = layout.before(start)
    root = layout.doc[colon].sent.root
    subject = subject_of(layout, root) if root.i < start and root.pos_ in ("VERB", "AUX") else None
    if subject is None or subject.i >= start or not layout.outside(subject.i):
        return None
    source = phrase_of(layout, subject, avoid=root.i)
    codes = ("cue:colon", "place:before")
    return Attribution(((root.i, root.i + 1),), (source,), "before", root.i, codes, 0.75)


def _previous_word(layout: Layout, start: int) -> int | None:
    i = start - 1
    while i >= 0 and not is_word(layout.doc[i]):
        i -= 1
    return i if i >= 0 else None


def _window_start(layout: Layout, start: int) -> int:
    paragraph = layout.paragraph_of[start]
    i = start - 1
    crossed = False
    while i > 0 and start - i < REACH_BEFORE and layout.outside(i) and not layout.ends_sentence(i):
        if layout.paragraph_of[i] != paragraph:
            if crossed or not (layout.doc[start - 1].text == ":" or layout.doc[start - 1].is_space):
                break
            crossed, paragraph = True, layout.paragraph_of[i]
        i -= 1
    return i


def label_inside(layout: Layout, number: int) -> tuple[Range, int] | None:
    """Return the speaker label in capitals that opens a region (`"JONES: I did not."`) and the token of its colon."""
    start, end = layout.regions[number][0]
    while start < end and not is_word(layout.doc[start]):
        start += 1
    colon = next((i for i in range(start, min(start + LABEL, end)) if layout.doc[i].text == ":"), None)
    if colon is None or colon == start or not layout.doc[start:colon].text.isupper():
        return None
    return (start, colon), colon
