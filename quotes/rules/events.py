"""Cue events: each reporting verb of a text with its cue, its source and the complements that may hold content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from quotes.cues import Cue, Lexicon
from quotes.rules.frames import noun_frames, verb_frames
from quotes.rules.layout import Layout
from quotes.rules.sources import agent_of, owner_of, phrase_of, subject_of, words_before
from quotes.types import Range

UNSEEN = 0.25
REPORTING = frozenset({"ccomp", "xcomp", "dobj", "oprd", "prep:as", "prep:for", "prep:about", "prep:on"})


@dataclass(frozen=True, slots=True)
class Event:
    """A cue at token `at`, with its range, its source (or none), its lexicon entry and its complements as
    (frame, head token, share of such complements that were attributions)."""

    at: int
    cue: Range
    source: tuple[Range, ...]
    entry: Cue
    negated: bool
    complements: tuple[tuple[str, int, float], ...]
    noun: bool = False

    @property
    def speech(self) -> bool:
        return self.entry.speech and not self.noun

    @property
    def code(self) -> str:
        return f"cue:{'noun' if self.noun else 'verb'}:{self.entry.lemma}"


def find_events(layout: Layout, lexicon: Lexicon) -> list[Event]:
    """Return the cue events of a Doc in text order."""
    return [e for token in layout.doc for e in _events_at(layout, lexicon, token)]


def _events_at(layout: Layout, lexicon: Lexicon, token: Token) -> Iterator[Event]:
    if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
        entry = lexicon.verb(token)
        if entry is not None:
            yield _verb_event(layout, token, entry)
    elif token.pos_ == "NOUN":
        entry = lexicon.noun(token)
        if entry is not None and entry.frames:
            yield _noun_event(layout, token, entry)


def _verb_event(layout: Layout, verb: Token, entry: Cue) -> Event:
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    head = (agent_of(verb) if passive or verb.tag_ == "VBN" else None) or subject_of(layout, verb)
    phrase = phrase_of(layout, head, avoid=verb.i) if head is not None else None
    if phrase is None and verb.dep_ == "ROOT" and not passive:
        phrase = words_before(layout, verb)
    return Event(
        at=verb.i,
        cue=_verb_cue(verb),
        source=(phrase,) if phrase is not None else (),
        entry=entry,
        negated=any(c.dep_ == "neg" for c in verb.children) or verb.lemma_ in ("decline", "refuse", "deny"),
        complements=tuple((f, c.i, _share(entry, f)) for f, c in verb_frames(verb)),
    )


def _share(entry: Cue, frame: str) -> float:
    return entry.frames.get(frame, UNSEEN if entry.speech and frame in REPORTING else 0.0)


def _verb_cue(verb: Token) -> Range:
    particles = [c.i for c in verb.children if c.dep_ == "prt" and c.i in (verb.i + 1, verb.i + 2)]
    return verb.i, max([verb.i, *particles]) + 1


def _noun_event(layout: Layout, noun: Token, entry: Cue) -> Event:
    owner = owner_of(noun) or _by_or_from(noun)
    if owner is None and noun.dep_ in ("dobj", "attr") and noun.head.pos_ in ("VERB", "AUX"):
        owner = subject_of(layout, noun.head)
    source = (phrase_of(layout, owner, avoid=noun.i),) if owner is not None else ()
    complements = tuple((f, c.i, entry.frames.get(f, 0.0)) for f, c in noun_frames(noun))
    return Event(noun.i, (noun.i, noun.i + 1), source, entry, False, complements, noun=True)


def _by_or_from(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None
