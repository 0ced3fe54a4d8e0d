"""Descriptions looked at together: `the undertaker` is one person throughout a text, whoever that is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotes.casting.chain import NOBODY, Link, shares
from quotes.casting.features import NAMES
from quotes.casting.lattice import Array
from quotes.casting.model import Model
from quotes.casting.tables import Stage, Words, calling

COLUMN = NAMES.index("called_alike")
DESCRIBED = ("nominal",)
"""Forms of sources that are looked at together; `her mother` may be another's than `his mother`."""


def together(stage: Stage, talks: Sequence[list[Link]], model: Model) -> list[list[Link]]:
    """Return the links with what turns say together whose sources have the same words: for each candidate, its mean
    share in the other turns of a description, as far as the model knows without it."""
    words = {n: words for n, t in enumerate(stage.turns) if t.form in DESCRIBED and (words := calling(stage, t)[0])}
    often = Counter(words.values())
    again = {n: key for n, key in words.items() if often[key] > 1}
    own = {
        link.turn: row
        for links in talks
        if any(link.turn in again for link in links)
        for link, row in zip(links, shares(links, model), strict=True)
        if link.turn in again
    }
    total = _by_words(talks, own, again)

    def told(link: Link) -> Link:
        key = again.get(link.turn)
        return _with_others(link, own[link.turn], total[key], often[key] - 1) if key else link

    return [[told(link) for link in links] for links in talks]


def _by_words(
    talks: Sequence[list[Link]], own: Mapping[int, Array], again: Mapping[int, Words]
) -> dict[Words, dict[int, float]]:
    """Return for each description the sum of the shares of each cluster in the turns that have it."""
    sums: dict[Words, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for link in (k for links in talks for k in links if k.turn in own):
        for who, share in zip(link.who, own[link.turn], strict=True):
            sums[again[link.turn]][who] += float(share)
    return sums


def _with_others(link: Link, own: Array, total: Mapping[int, float], others: int) -> Link:
    """Return a link with the mean shares of its candidates in the `others` turns of its words; nobody has none."""
    rows = link.rows.copy()
    rows[:, COLUMN] = [(total[w] - p) / others if w != NOBODY else 0.0 for w, p in zip(link.who, own, strict=True)]
    return replace(link, rows=rows)
