"""Who says which line of a conversation: characters, turns and what speaks for each, decided for all turns at once.

`cast_dialogue` is the way in. Modules go from `scene` and `characters` (what stands where) over `features` (what speaks
for whom) to `model`, `lattice` and `chain` (what is likeliest), and `callings` (what described speakers share).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quotes.casting.callings import together
from quotes.casting.chain import NOBODY, Link, conversations, shares
from quotes.casting.features import NAMES
from quotes.casting.model import Model, load_model
from quotes.casting.scene import Ranked
from quotes.casting.stage import raise_curtain
from quotes.rules.layout import Layout
from quotes.types import Cluster, Reading

__all__ = ["Casting", "Choice", "cast_dialogue", "is_conversation"]

LINES, UNSIGNED = 6, 0.1
MANY_LINES, SPOKEN = 10, 0.9
LEAST, MOST = 0.02, 5
BEATS = ("first_subject", "last_subject", "alone")


@dataclass(frozen=True, slots=True)
class Choice:
    """The ranked (cluster, share) for a quotation, best first, and the code of what decided."""

    ranked: tuple[tuple[int, float], ...]
    code: str


@dataclass(frozen=True, slots=True)
class Casting:
    """The clusters, with the narrator among them where there is one, and the choices by reading number."""

    clusters: tuple[Cluster, ...]
    choices: dict[int, Choice]


def is_conversation(layout: Layout, readings: Sequence[Reading]) -> bool:
    """Tell whether a text is told in conversation: many paragraphs open with speech, and some of it names no source, or
    hardly anything is reported in other words."""
    lines = [r for r in readings if r.type == "direct" and _opens_paragraph(layout, r)]
    unsigned = sum(not r.source for r in lines)
    direct = sum(r.type == "direct" for r in readings)
    spoken = len(lines) >= MANY_LINES and direct >= SPOKEN * len(readings)
    return len(lines) >= LINES and (spoken or unsigned >= max(2, UNSIGNED * len(lines)))


def _opens_paragraph(layout: Layout, reading: Reading) -> bool:
    first, _ = layout.paragraph_bounds(reading.start)
    return not layout.has_words(first, reading.start)


def cast_dialogue(
    layout: Layout,
    readings: Sequence[Reading],
    clusters: Sequence[Cluster],
    ranked: Sequence[Ranked],
    *,
    known: Collection[str] = (),
    model: Model | None = None,
) -> Casting:
    """Cast the direct quotations of a text, in linear time. `ranked` holds the candidates for each reading's source,
    `known` the names of clusters that stay as they are."""
    scene = raise_curtain(layout, readings, clusters, ranked, known)
    stage, turns = scene.stage, scene.stage.turns
    choices: dict[int, Choice] = {}
    weights = model or load_model()
    for links in together(stage, list(conversations(stage)), weights):
        for link, row in zip(links, shares(links, weights), strict=True):
            choice = _choice(link, [float(x) for x in row], turns[link.turn].form, weights)
            choices |= dict.fromkeys(turns[link.turn].quotes, choice)
    return Casting(scene.clusters, choices)


def _choice(link: Link, row: Sequence[float], form: str, model: Model) -> Choice:
    order = sorted((i for i, w in enumerate(link.who) if w != NOBODY), key=lambda i: -row[i])
    sure = model.confidences([row[i] for i in order])
    ranked = tuple((link.who[i], p) for i, p in zip(order, sure, strict=True) if p >= LEAST)[:MOST]
    if not ranked or form != "none":
        return Choice(ranked, f"speaker:{_FORMS.get(form, form)}" if ranked else "speaker:none")
    features = dict(zip(NAMES, link.rows[link.who.index(ranked[0][0])], strict=True))
    if any(features[name] for name in BEATS):
        return Choice(ranked, "speaker:beat")
    if features["called-1"] or features["called+1"]:
        return Choice(ranked, "speaker:called")
    return Choice(ranked, "speaker:turns")


_FORMS = {"kin": "nominal", "he": "pronoun", "she": "pronoun", "i": "pronoun", "other": "pronoun"}
