"""Count how verbs and nouns report in an annotated corpus: the figures of `data/cues.en.json` (counts, no text)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from quotes.rules.frames import noun_frames, verb_frames

PRIOR_WEIGHT = 3.0
Frames = Callable[[Token], Iterator[tuple[str, Token]]]


def attributed_tokens(doc: Doc, quotes: Iterable[dict[str, Any]], field: str) -> dict[int, int]:
    """Return {token index: quote number} for the spans of `field` (`cue` or `content`)."""
    found = {}
    for number, quote in enumerate(quotes):
        for start, end in quote[field]:
            span = doc.char_span(start, end, alignment_mode="expand")
            found.update(dict.fromkeys((t.i for t in span), number) if span is not None else {})
    return found


def count(pairs: Iterable[tuple[Doc, list[dict[str, Any]]]]) -> dict[str, tuple[Counter[Any], Counter[Any]]]:
    """Return, for `verbs` and `nouns`, how often (lemma, frame) was an attribution and how often it occurred."""
    tables: dict[str, tuple[Counter[Any], Counter[Any]]] = {k: (Counter(), Counter()) for k in ("verbs", "nouns")}
    for doc, quotes in pairs:
        cues, contents = (attributed_tokens(doc, quotes, f) for f in ("cue", "content"))
        for token in doc:
            if token.pos_ in ("VERB", "AUX"):
                _count_token(token, verb_frames, cues, contents, tables["verbs"])
            elif token.pos_ == "NOUN":
                _count_token(token, noun_frames, cues, contents, tables["nouns"])
    return tables


def _count_token(
    token: Token,
    frames: Frames,
    cues: dict[int, int],
    contents: dict[int, int],
    table: tuple[Counter[Any], Counter[Any]],
) -> None:
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None)
    lemma = token.lemma_.lower() + (f"_{particle}" if particle else "")
    number = cues.get(token.i)
    for frame, head in frames(token):
        subtree = [t.i for t in head.subtree]
        inside = sum(contents.get(i) == number for i in subtree) if number is not None else 0
        table[1][lemma, frame] += 1
        table[0][lemma, frame] += number is not None and 2 * inside >= len(subtree)


def shares(table: tuple[Counter[Any], Counter[Any]], *, at_least: int, floor: float) -> dict[str, dict[str, float]]:
    """Return {lemma: {frame: smoothed share}} for pairs seen as attribution `at_least` times with share >= floor."""
    yes, seen = table
    by_frame_yes: Counter[str] = Counter()
    by_frame_all: Counter[str] = Counter()
    for (_, frame), n in seen.items():
        by_frame_all[frame] += n
        by_frame_yes[frame] += yes[_, frame]
    result: dict[str, dict[str, float]] = {}
    for (lemma, frame), n in sorted(yes.items()):
        prior = by_frame_yes[frame] / by_frame_all[frame]
        share = (n + PRIOR_WEIGHT * prior) / (seen[lemma, frame] + PRIOR_WEIGHT)
        if n >= at_least and share >= floor and lemma.replace("_", "").replace("-", "").isalpha():
            result.setdefault(lemma, {})[frame] = round(share, 3)
    return result


def write(path: Path, counted: dict[str, dict[str, dict[str, float]]], seeds: dict[str, Any]) -> None:
    """Write the lexicon: `seeds` gives the classes, the phrases and verbs to keep without any count."""
    data: dict[str, Any] = {"version": 1, "language": "en", "phrases": seeds["phrases"]}
    for part in ("verbs", "nouns"):
        classes = {lemma: cls for cls, lemmas in seeds[part].items() for lemma in lemmas}
        lemmas = sorted({*classes, *counted[part]})
        data[part] = {
            k: {"class": classes.get(k, "neutral" if part == "nouns" else "act"), "frames": counted[part].get(k, {})}
            for k in lemmas
        }
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
