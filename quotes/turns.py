"""Turns for the dialogue rules: each quotation with its paragraph, the narration's subject and whom it names."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.dialogue import Turn
from quotes.rules.layout import Layout
from quotes.types import Cluster, Reading


def make_turns(
    layout: Layout,
    readings: Sequence[Reading],
    clusters: Sequence[Cluster],
    speakers: Sequence[int | None],
    repeats: Sequence[int | None],
) -> list[Turn]:
    """Return one turn per reading, in the readings' order."""
    owner = {i: n for n, c in enumerate(clusters) for m in c.mentions for i in range(m.start, m.end)}
    inside = {i for r in readings for s, e in r.content for i in range(s, e)}
    beats = _beats(layout, owner, inside)
    return [
        Turn(
            paragraph=layout.paragraph_of[r.start],
            speaker=speaker,
            direct=r.type == "direct",
            beat=beats.get(layout.paragraph_of[r.start]),
            named=frozenset(owner[i] for s, e in r.content for i in range(s, e) if i in owner),
            repeats=repeat,
        )
        for r, speaker, repeat in zip(readings, speakers, repeats, strict=True)
    ]


def _beats(layout: Layout, owner: dict[int, int], inside: set[int]) -> dict[int, int]:
    """Return {paragraph: cluster of the first subject of its narration}."""
    beats: dict[int, int] = {}
    for i, cluster in sorted(owner.items()):
        token = layout.doc[i]
        if i not in inside and token.dep_ == "nsubj" and token.head.pos_ in ("VERB", "AUX"):
            beats.setdefault(layout.paragraph_of[i], cluster)
    return beats
