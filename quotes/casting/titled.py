"""People of one last name kept apart by their titles: Mrs. Miller is not Miss Miller, whatever joined them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from quotes import lexicon
from quotes.casting.scene import Ranked
from quotes.names import fold
from quotes.types import Cluster, Mention, Reading

MARRIED = frozenset(["mrs", "mme", "madame", "lady", "frau", "signora", "senora"])
MAIDEN = frozenset(["miss", "mlle", "mademoiselle", "signorina", "fraulein"])
MASTER = frozenset(["mr", "mister", "sir", "monsieur", "lord", "master", "signor", "herr", "don"])
SURE = 0.97


def keep_apart(
    doc: Doc, readings: Sequence[Reading], clusters: Sequence[Cluster], ranked: Sequence[Ranked]
) -> tuple[list[Cluster], list[Ranked]]:
    """Return the clusters, those with titles of two kinds split, and the candidates of the sources that moved. Mentions
    without a title stay with the kind whose own names they bear (`Daisy` with `Miss Daisy Miller`, not with `Mrs.
    Miller`), or with the one that is met most."""
    kept, moved = list(clusters), dict[int, int]()
    for number, cluster in enumerate(clusters):
        kinds = _kinds(doc, cluster)
        borne = _borne(doc, cluster, kinds)
        order = sorted(kinds, key=lambda kind: (borne[kind], len(kinds[kind]), kind != "married"))
        for mentions in (kinds[kind] for kind in order[:-1]):
            heads = {m.head for m in mentions}
            moved |= dict.fromkeys(heads, len(kept))
            kept.append(replace(cluster, mentions=tuple(mentions), name=_called(doc, mentions), aliases=(), role=None))
            rest = tuple(m for m in kept[number].mentions if m.head not in heads)
            kept[number] = replace(kept[number], mentions=rest)
    return kept, [_moved(r, rows, moved) for r, rows in zip(readings, ranked, strict=True)]


def _kinds(doc: Doc, cluster: Cluster) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in cluster.mentions if cluster.kind == "person" else ():
        title = fold(title_of(doc, mention)) if mention.form == "name" else ""
        for kind, titles in (("married", MARRIED), ("maiden", MAIDEN), ("master", MASTER)):
            if title in titles:
                found[kind].append(mention)
    return found


def _borne(doc: Doc, cluster: Cluster, kinds: Mapping[str, Sequence[Mention]]) -> Counter[str]:
    """Return how many names without a title hold a word that only the names with one kind of title have."""
    words = {kind: set().union(*(_words(doc, m) for m in mentions)) for kind, mentions in kinds.items()}
    titled = {m.head for mentions in kinds.values() for m in mentions}
    bare = [_words(doc, m) for m in cluster.mentions if m.form == "name" and m.head not in titled]
    found = Counter[str]()
    for kind, own in words.items():
        others = set().union(*(w for other, w in words.items() if other != kind))
        found[kind] = sum(bool(own & w - others) for w in bare)
    return found


def _words(doc: Doc, mention: Mention) -> set[str]:
    title = title_of(doc, mention)
    return {fold(t.text) for t in doc[mention.start : mention.end] if t.is_title and t.text != title}


def _called(doc: Doc, mentions: Sequence[Mention]) -> str:
    longest = max(mentions, key=lambda m: (m.end - m.start, -m.start))
    words = [t.text for t in doc[longest.start : longest.end] if not t.is_space]
    title = title_of(doc, longest)
    return " ".join(words if title in words else [title, *words])


def title_of(doc: Doc, mention: Mention) -> str:
    """Return the title that a mention begins with or that stands in front of it, or an empty string."""
    start = mention.start
    while start and doc[start - 1].is_space:
        start -= 1
    words = [t for t in doc[max(0, start - 1) : mention.end - 1] if t.is_title]
    return next((t.text for t in words if fold(t.text) in lexicon.titles().all | MARRIED | MAIDEN), "")


def _moved(reading: Reading, rows: Ranked, moved: dict[int, int]) -> Ranked:
    for start, end in reading.source:
        for head in range(start, end):
            if head in moved:
                return [(moved[head], SURE)]
    return rows
