"""The resolver: mentions to clusters, and for each quotation the ranked candidates for its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from quotes.coref.blocks import introducers
from quotes.coref.entities import Board, Entity
from quotes.coref.joint import joint_mentions, link_joint
from quotes.coref.linking import link_names, link_nominals
from quotes.coref.nodes import make_nodes, source_mentions
from quotes.coref.pronouns import link_pronouns, link_speakers
from quotes.coref.ranker import Judge, ranker
from quotes.mentions import find_mentions
from quotes.names import fold, parse_name, strip_possessive
from quotes.types import Cluster, Kind, Mention, Reading

SURE = {"name": 0.97, "nominal": 0.85, "pronoun": 0.7}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Clusters of what speaks or could speak, and by reading number the ranked (cluster, confidence) of its source."""

    clusters: tuple[Cluster, ...]
    ranked: tuple[tuple[tuple[int, float], ...], ...]


def resolve(doc: Doc, readings: Sequence[Reading], judge: Judge | None = None) -> Resolution:
    """Cluster the mentions of a Doc and rank the candidates for the source of each reading.

    `judge` ranks what a pronoun can mean; without one the shipped ranker does.
    """
    mentions, board = begin(doc, readings)
    sources = source_mentions(doc, mentions, readings)
    link_pronouns(doc, board, judge or ranker())
    link_speakers(board, sources)
    named = [n for n, e in enumerate(board.entities) if any(not x.pronoun for x in e.nodes)]
    place = {n: i for i, n in enumerate(named)}
    clusters = tuple(_cluster(doc, board.entities[n]) for n in named)
    return Resolution(clusters, tuple(tuple(_rank(board, mentions, s, place)) for s in sources))


def begin(doc: Doc, readings: Sequence[Reading]) -> tuple[list[Mention], Board]:
    """Return the mentions of a Doc and a board on which its names and descriptions stand, pronouns not yet."""
    mentions = promote(doc, find_mentions(doc, [span for r in readings for span in r.source]))
    pairs = joint_mentions(doc, mentions)
    mentions = sorted((*mentions, *pairs), key=lambda m: (m.start, -m.end))
    direct = frozenset(i for i, r in enumerate(readings) if r.type == "direct")
    board = Board(make_nodes(doc, mentions, readings), direct)
    board.introducers = introducers(doc, board.nodes)
    link_names(board)
    link_nominals(doc, board)
    link_joint(doc, board)
    return mentions, board


def promote(doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
    """Take a capitalised word that is the last name of a person named in full for a name, whatever the tagger or the
    entity recogniser took it for (`Sessions` as a common noun)."""
    full = (parse_name(m.name or "") for m in mentions if m.form == "name" and m.kind == "person")
    lasts = {fold(n.last) for n in full if n.full}
    return [_as_name(doc, m) if _looks_like_last_name(doc, m, lasts) else m for m in mentions]


def _looks_like_last_name(doc: Doc, mention: Mention, lasts: set[str]) -> bool:
    token = doc[mention.head]
    single = mention.form == "nominal" or len((mention.name or "").split()) == 1
    return mention.form != "pronoun" and single and token.is_title and fold(token.text) in lasts


def _as_name(doc: Doc, mention: Mention) -> Mention:
    head = mention.head
    return Mention(head, head + 1, head, "name", "person", doc[head].text, mention.role)


def _rank(
    board: Board, mentions: Sequence[Mention], source: int | None, place: dict[int, int]
) -> list[tuple[int, float]]:
    if source is None or source not in board.of:
        return []
    rows = board.doubts.get(source) or [(board.of[source], SURE[mentions[source].form])]
    return [(place[e], p) for e, p in rows if e in place]


def _cluster(doc: Doc, entity: Entity) -> Cluster:
    mentions = tuple(sorted((n.mention for n in entity.nodes), key=lambda m: (m.start, m.end)))
    names = [m.name for m in mentions if m.form == "name" and m.name]
    kind: Kind = entity.kind  # type: ignore[assignment]
    if names:
        bare = [parse_name(n).bare or n for n in names] if kind == "person" else names
        name = max(bare, key=lambda n: (len(n.split()), len(n)))
    else:
        nominals = [doc[m.start : m.end].text for m in mentions if m.form == "nominal"]
        name = max(nominals, key=len)
        names = nominals
    roles = [m.role for m in mentions if m.role]
    aliases = tuple(dict.fromkeys(strip_possessive(n) for n in names))
    name = strip_possessive(name) or doc[mentions[0].start : mentions[0].end].text or "?"
    return Cluster(mentions, name, kind, max(roles, key=len) if roles else None, aliases)
