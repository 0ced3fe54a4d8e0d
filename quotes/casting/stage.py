"""A text made ready for casting: narrator, turns and cast put together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quotes.casting.characters import make_cast
from quotes.casting.naming import rename, shared_names
from quotes.casting.narrator import with_narrator
from quotes.casting.openings import openings, without_names
from quotes.casting.scene import Ranked, make_turns, source_form
from quotes.casting.tables import Stage, set_stage
from quotes.casting.titled import keep_apart
from quotes.rules.layout import Layout
from quotes.types import Cluster, Reading

TOLD = 0.97


@dataclass(frozen=True, slots=True)
class Scene:
    """A stage, and the clusters that its numbers stand for (with the narrator, where there is one)."""

    stage: Stage
    clusters: tuple[Cluster, ...]


def raise_curtain(
    layout: Layout,
    readings: Sequence[Reading],
    clusters: Sequence[Cluster],
    ranked: Sequence[Ranked],
    known: Collection[str] = (),
) -> Scene:
    """Return the scene of a text. `ranked` holds the candidates for each reading's source, `known` names that stay."""
    opening = openings(layout, readings, clusters)
    plain = [without_names(layout.doc, c, opening) for c in clusters]
    shared = shared_names(layout.doc, plain)
    named = [c if c.name in known else rename(layout.doc, p, shared) for c, p in zip(clusters, plain, strict=True)]
    parted, moved = keep_apart(layout.doc, readings, named, ranked)
    widened, narrator = with_narrator(layout, readings, parted)
    told = [_told(layout, r, rows, narrator) for r, rows in zip(readings, moved, strict=True)]
    turns = make_turns(layout, readings, told)
    sources = {rows[0][0] for rows in told if rows}
    return Scene(set_stage(layout, readings, turns, make_cast(layout, readings, widened, sources, narrator)), widened)


def _told(layout: Layout, reading: Reading, rows: Ranked, narrator: int | None) -> Ranked:
    """Return the candidates of a source; `I` in the narration is the narrator."""
    if narrator is not None and source_form(layout, reading) == "i":
        return [(narrator, TOLD)]
    return rows
