"""Words that open a sentence of speech and were taken for names: `"Lemme go inside," said the man with the beard.`"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from quotes.casting.addressed import is_vocative
from quotes.casting.characters import contents
from quotes.names import is_first_name
from quotes.rules.layout import Layout
from quotes.types import Cluster, Mention, Reading


def openings(layout: Layout, readings: Sequence[Reading], clusters: Sequence[Cluster]) -> set[str]:
    """Return the words that are names only where a sentence of speech begins with them, so that their capital tells
    nothing, and where nobody is addressed; first names are none."""
    doc, inside = layout.doc, contents(len(layout.doc), readings)
    found: set[str] = set()
    sure: set[str] = set()
    for mention in _single_names(clusters):
        token = doc[mention.start]
        opens = inside[token.i] >= 0 and _begins(doc, token.i)
        plain = opens and not is_vocative(doc, mention.start, mention.end) and not is_first_name(token.text)
        (found if plain else sure).add(token.text)
    return found - sure - {t.text for t in doc if t.is_title and inside[t.i] < 0}


def _begins(doc: Doc, i: int) -> bool:
    """Tell whether a capital is due at a word: after a mark, a dash or the end of a sentence."""
    return i == 0 or doc[i - 1].is_space or doc[i - 1].is_quote or doc[i - 1].text[-1] in "—–-.!?…"


def _single_names(clusters: Sequence[Cluster]) -> Iterator[Mention]:
    for cluster in clusters:
        yield from (m for m in cluster.mentions if m.form == "name" and m.end - m.start == 1)


def without_names(doc: Doc, cluster: Cluster, words: Collection[str]) -> Cluster:
    """Return a cluster without the names that are one of `words`, where a description of it is left."""
    kept = tuple(m for m in cluster.mentions if not (m.form == "name" and doc[m.start : m.end].text in words))
    described = next((m for m in kept if m.form == "nominal"), None)
    if len(kept) == len(cluster.mentions) or described is None:
        return cluster
    name = doc[described.start : described.end].text if cluster.name in words else cluster.name
    return replace(cluster, mentions=kept, name=name, aliases=tuple(a for a in cluster.aliases if a not in words))
