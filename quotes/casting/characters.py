"""Who can speak: the clusters of a text as characters, with their places and what agrees with them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from quotes import lexicon
from quotes.casting.titled import title_of
from quotes.names import Gender, first_name_gender, is_first_name, parse_name, title_gender
from quotes.rules.layout import Layout
from quotes.types import Cluster, Mention, Reading

SUBJECT = frozenset(["nsubj", "nsubjpass"])
MASCULINE, FEMININE = frozenset(["he", "him", "his", "himself"]), frozenset(["she", "her", "hers", "herself"])
CRIES = frozenset(
    ["ah", "alas", "bah", "bravo", "eh", "ha", "hallo", "hello", "hey", "hullo", "oh", "oui", "pooh", "pshaw", "tut"]
)
SURE = 0.7


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in its place: `who` is the cluster, `quote` the reading whose content holds it or -1."""

    who: int
    at: int
    start: int
    end: int
    paragraph: int
    form: str
    subject: bool
    quote: int


@dataclass(frozen=True, slots=True)
class Character:
    """A cluster that may speak. `gender` is inner evidence for pronouns and is never put out; `able` tells whether
    narration treats the cluster like somebody who can speak at all."""

    kind: str
    named: bool
    gender: Gender | None
    narrator: bool
    able: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """The characters by cluster number, and all places in text order, as a list and by paragraph."""

    characters: tuple[Character, ...]
    by_paragraph: dict[int, list[Place]]
    solid: dict[int, list[int]]
    """Tokens, per cluster, at which narration mentions it by name or description."""
    acts: dict[int, list[int]]
    """Tokens, per cluster, at which it is the subject of narration, by pronoun too."""


def last_before(row: Sequence[int], at: int) -> int | None:
    """Return the last token of a sorted row before a token, or None."""
    found = bisect_left(row, at)
    return row[found - 1] if found else None


def make_cast(
    layout: Layout,
    readings: Sequence[Reading],
    clusters: Sequence[Cluster],
    sources: Collection[int] = (),
    narrator: int | None = None,
) -> Cast:
    """Return the cast of a text. `sources` are clusters that a source names, `narrator` the one that tells the text,
    where there is one."""
    inside = contents(len(layout.doc), readings)
    by_paragraph: dict[int, list[Place]] = defaultdict(list)
    solid: dict[int, list[int]] = {}
    acts: dict[int, list[int]] = {}
    characters = []
    small = {t.lower_ for t in layout.doc if t.text.islower()}
    for who, cluster in enumerate(clusters):
        places = tuple(_place(layout, who, m, inside, who == narrator) for m in cluster.mentions)
        for place in places:
            by_paragraph[place.paragraph].append(place)
        solid[who] = sorted(p.at for p in places if p.form != "pronoun" and p.quote < 0)
        acts[who] = sorted(p.at for p in places if p.subject and p.quote < 0)
        named = any(m.form == "name" for m in cluster.mentions)
        gender = _gender(layout.doc, cluster)
        able = who == narrator or who in sources or _able(layout.doc, cluster, places, small)
        characters.append(Character(cluster.kind, named, gender, who == narrator, able, places))
    for row in by_paragraph.values():
        row.sort(key=lambda p: p.at)
    return Cast(tuple(characters), by_paragraph, solid, acts)


def _able(doc: Doc, cluster: Cluster, places: Sequence[Place], small: Collection[str]) -> bool:
    """Tell whether a cluster is a person by name, or somebody who does something in narration."""
    told = [p for p in places if p.quote < 0 and p.form != "pronoun"]
    names = [p for p in places if p.form == "name"]
    if names:
        fine = any(is_a_name(doc, p.start, p.end, small) for p in names)
        return fine and (cluster.kind == "person" or (cluster.kind == "unknown" and any(p.subject for p in told)))
    return cluster.kind in ("person", "anonymous", "group") and any(p.subject for p in told)


def is_a_name(doc: Doc, start: int, end: int, small: Collection[str]) -> bool:
    """Tell whether words that were taken for a name are one: they have capitals, and small letters nowhere in the text
    (`small` holds its words in small letters); a lone adverb (`Impulsively`) or cry (`Bah`) is none."""
    words = [t for t in doc[start:end] if t.is_alpha]
    alone = words[0].lower_ if len(words) == 1 else ""
    if (alone in CRIES or alone.endswith("ly")) and not is_first_name(words[0].text):
        return False
    capitals = all(t.is_title and not t.is_stop for t in words)
    return bool(words) and capitals and any(t.lower_ not in small for t in words)


def contents(length: int, readings: Sequence[Reading]) -> list[int]:
    """Return, by token, the number of the direct reading whose content holds it, or -1."""
    inside = [-1] * length
    for number, reading in enumerate(readings):
        for start, end in reading.content if reading.type == "direct" else ():
            inside[start:end] = [number] * (min(end, length) - start)
    return inside


def _place(layout: Layout, who: int, mention: Mention, inside: Sequence[int], narrator: bool) -> Place:
    """Return a mention in its place. The narrator's `I` is as good as a name."""
    token = layout.doc[mention.head]
    form = "name" if narrator and token.lower_ == "i" else mention.form
    while token.dep_ in ("conj", "compound") and token.head.i < token.i:
        token = token.head
    return Place(
        who,
        mention.head,
        mention.start,
        mention.end,
        layout.paragraph_of[mention.head],
        form,
        token.dep_ in SUBJECT,
        inside[mention.head],
    )


def _gender(doc: Doc, cluster: Cluster) -> Gender | None:
    """Return how titles, first names, descriptions and pronouns of a cluster agree, None where they do not."""
    votes: Counter[Gender] = Counter()
    for mention in cluster.mentions:
        gender, weight = _vote(doc, mention)
        if gender:
            votes[gender] += weight
    top = max(votes, key=lambda g: votes[g], default=None)
    return top if top and votes[top] >= SURE * votes.total() else None


def _vote(doc: Doc, mention: Mention) -> tuple[Gender | None, int]:
    word, lists = doc[mention.head].lower_, lexicon.nouns()
    if mention.form == "pronoun":
        return ("m" if word in MASCULINE else "f" if word in FEMININE else None), 1
    if mention.form == "nominal":
        lemma = doc[mention.head].lemma_.lower()
        both = {word, lemma}
        return ("m" if both & lists.masculine else "f" if both & lists.feminine else None), 4
    title = title_gender([title_of(doc, mention)])
    name = doc[mention.start : mention.end].text
    return (title, 6) if title else (first_name_gender(parse_name(f"{name} X")), 3)
