"""Docs in which one after another says something, for tests of coreference: `talk("Ann Lee", "she", "the mayor")`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from spacy.lang.en import English
from spacy.tokens import Doc, Span

from quotes.coref import Resolution, resolve
from quotes.types import Reading

Row = tuple[str, str, str, str, int]
TITLES = frozenset({"Mr.", "Mrs.", "Ms.", "Sen.", "Dr.", "President", "Mayor"})
PRONOUNS = frozenset({"i", "we", "he", "she", "it", "they", "you", "who"})


def talk(*speakers: str) -> tuple[Doc, list[Reading]]:
    """Build a Doc of sentences `<speaker> said so .` and a reading for each.

    A speaker is a phrase whose last word is its head; `ORG:` before it (or any label) says what the entity recogniser
    finds, `PERSON` unless given; a `¶` before it starts a paragraph.
    """
    rows, names, sizes = list[Row](), list[tuple[int, int, str]](), []
    for speaker in speakers:
        breaks = speaker.startswith("¶")
        label, _, phrase = speaker.removeprefix("¶").rpartition(":")
        words = phrase.split()
        start = len(rows) + breaks
        said = start + len(words)
        rows += [("\n\n", "SPACE", "_SP", "dep", start)] * breaks
        rows += [_row(w, said if i == len(words) - 1 else said - 1, i == len(words) - 1) for i, w in enumerate(words)]
        rows += [("said", "VERB", "VBD", "ROOT", said), ("so", "ADV", "RB", "advmod", said)]
        rows += [(".", "PUNCT", ".", "punct", said)]
        proper = [start + i for i, w in enumerate(words) if _is_name(w)]
        if proper and label != "NONE":
            names.append((proper[0], proper[-1] + 1, label or "PERSON"))
        sizes.append((int(breaks), len(words)))
    doc = _doc(rows)
    doc.set_ents([Span(doc, *name) for name in names], default="outside")
    return doc, _readings(sizes)


@lru_cache(maxsize=1)
def _english() -> English:
    return English()


def _doc(rows: Sequence[Row]) -> Doc:
    words, pos, tags, deps, heads = (list(column) for column in zip(*rows, strict=True))
    lemmas = [
        "say" if w == "said" else w.lower().removesuffix("s") if t == "NNS" else w.lower()
        for w, t in zip(words, tags, strict=True)
    ]
    return Doc(_english().vocab, words=words, pos=pos, tags=tags, deps=deps, heads=heads, lemmas=lemmas)


def _row(word: str, head: int, last: bool) -> Row:
    dep = "nsubj" if last else "compound"
    if word.lower() in PRONOUNS:
        return word, "PRON", "PRP", dep, head
    if word in ("the", "a", "an"):
        return word, "DET", "DT", "det", head
    if word[0].isupper():
        return word, "PROPN", "NNP", dep, head
    return word, "NOUN", "NNS" if word.endswith("s") else "NN", dep, head


def _is_name(word: str) -> bool:
    return word[0].isupper() and word not in TITLES and word.lower() not in PRONOUNS


def _readings(sizes: Sequence[tuple[int, int]]) -> list[Reading]:
    readings, at = [], 0
    for breaks, length in sizes:
        start = at + breaks
        said = start + length
        readings.append(Reading(((said + 1, said + 2),), ((said, said + 1),), ((start, said),), "indirect", 0.9))
        at = said + 3
    return readings


def with_names(doc: Doc, labels: Mapping[str, str]) -> Doc:
    """Make an entity of every place where one of the names stands, longer names first."""
    spans: list[Span] = []
    for name, label in sorted(labels.items(), key=lambda row: -len(row[0])):
        words = name.split()
        found = [i for i in range(len(doc)) if [t.text for t in doc[i : i + len(words)]] == words]
        taken = {i for s in spans for i in range(s.start, s.end)}
        spans += [Span(doc, i, i + len(words), label=label) for i in found if not taken & set(range(i, i + len(words)))]
    doc.set_ents(spans, default="outside")
    return doc


def best(resolution: Resolution) -> list[int | None]:
    """Return the first candidate for the source of each reading."""
    return [rows[0][0] if rows else None for rows in resolution.ranked]


def same(*speakers: str) -> list[int | None]:
    """Return, for each speaker, the place of the first one that is the same entity, None where there is none."""
    found = best(resolve(*talk(*speakers)))
    return [None if c is None else found.index(c) for c in found]


def named(*speakers: str) -> list[str | None]:
    """Return the canonical name of each speaker."""
    resolution = resolve(*talk(*speakers))
    return [None if c is None else resolution.clusters[c].name for c in best(resolution)]
