"""The learned reader: content, cue and source by a small trained model, served by ONNX Runtime without torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from quotes.paths import DEFAULT_MODEL, find_model
from quotes.reader.calibrate import probability
from quotes.reader.decode import Draft, Rules, decode
from quotes.reader.edges import Piece, region_tokens, settle
from quotes.reader.features import DocArrays, doc_arrays
from quotes.reader.gate import live_words
from quotes.reader.likeness import Likeness, Vectors, open_likeness
from quotes.reader.session import Model, Outputs, open_model, run
from quotes.reader.windows import Window, cut
from quotes.types import Range, Reading, Region

__all__ = ["Reader", "load_reader"]

UNCLAIMED = 0.3


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader makes of a Doc: readings in text order, and the vectors of its words, if it has a likeness."""

    readings: list[Reading]
    vectors: Vectors | None


class Reader:
    """Reads quotations with a loaded model; safe to call again and again, holds no document."""

    def __init__(self, model: Model, likeness: Likeness | None = None) -> None:
        self.model = model
        self.likeness = likeness
        self.rules = Rules(**model.meta["decode"])
        self.cues = frozenset(model.meta.get("gate", ()))
        self.gating = True

    @property
    def version(self) -> str:
        """The model's name and version, e.g. `en_quotes_sm 1.1.0`."""
        return f"{self.model.meta['name']} {self.model.meta['version']}"

    def read(self, docs: Sequence[Any], regions: Sequence[Sequence[Region]]) -> list[list[Reading]]:
        """Return the readings of each Doc, in text order; `regions` are the quoted regions of each."""
        return [sight.readings for sight in self.see(docs, regions)]

    def see(self, docs: Sequence[Any], regions: Sequence[Sequence[Region]]) -> list[Sight]:
        """Return the readings of each Doc, and the vectors of its words where the model has a likeness."""
        return [
            Sight([self._reading(p) for p in settle(found, region_tokens(d, rs), [_is_word(t) for t in d])], vectors)
            for d, rs, (found, vectors) in zip(docs, regions, self._look(docs, regions), strict=True)
        ]

    def drafts(self, docs: Sequence[Any], regions: Sequence[Sequence[Region]]) -> list[list[Draft]]:
        """Return what the model alone found in each Doc, in tokens, before quotation marks have their say."""
        return [drafts for drafts, _ in self._look(docs, regions)]

    def _look(
        self, docs: Sequence[Any], regions: Sequence[Sequence[Region]]
    ) -> list[tuple[list[Draft], Vectors | None]]:
        rows = [doc_arrays(d, _outer(rs), self.model.encode) for d, rs in zip(docs, regions, strict=True)]
        items = []
        for k, (doc, arrays) in enumerate(zip(docs, rows, strict=True)):
            live = live_words(doc, arrays, self.cues if self.gating else frozenset())
            meta = self.model.meta
            items += [(k, arrays, w) for w in cut(arrays, meta["window"], meta["overlap"], live=live)]
        found: list[list[Draft]] = [[] for _ in docs]
        likeness = self.likeness
        vectors = [likeness.blank(len(d)) if likeness else None for d in docs]
        for k, window, outputs, states in run(self.model.session, items):
            found[k] += window_drafts(rows[k], window, outputs, self.rules)
            row = vectors[k]
            if likeness and row and states is not None:
                likeness.fill(row, rows[k], window, states)
        drafts = (sorted(ds, key=lambda d: (d.content, d.cue)) for ds in found)
        return list(zip(drafts, vectors, strict=True))

    def _reading(self, piece: Piece) -> Reading:
        draft = piece.draft
        if draft is None:
            return Reading(piece.content, type="direct", score=UNCLAIMED, evidence=("marks",), by="model")
        return Reading(
            content=piece.content,
            cue=(draft.cue,),
            source=(draft.source,) if draft.source else (),
            type=piece.type,
            score=round(probability(draft, piece.type, self.model.meta.get("calibration", {})), 4),
            evidence=("model",),
            by="model",
        )


def window_drafts(arrays: DocArrays, window: Window, outputs: Outputs, rules: Rules) -> list[Draft]:
    """Return the drafts whose cue lies in the window's core, in tokens of the Doc."""
    return [
        to_tokens(d, arrays, window.start)
        for d in decode(*outputs, rules)
        if window.core[0] <= window.start + d.cue[0] < window.core[1]
    ]


def to_tokens(draft: Draft, arrays: DocArrays, start: int) -> Draft:
    """Return a draft in tokens of the Doc; `start` is the first word of its window."""

    def move(span: Range) -> Range:
        return int(arrays.token[start + span[0]]), int(arrays.token[start + span[1] - 1]) + 1

    content = tuple(move(s) for s in draft.content)
    return replace(draft, content=content, cue=move(draft.cue), source=move(draft.source) if draft.source else None)


def _outer(regions: Sequence[Region]) -> list[Range]:
    return [part for r in regions if r.depth == 0 for part in r.parts]


def _is_word(token: Any) -> bool:
    return any(c.isalnum() for c in token.text)


def load_reader(name: str | Path = DEFAULT_MODEL) -> Reader:
    """Load a model by name or path. Raises `ModelNotFound` or `ModelDamaged`; a second call returns the same reader."""
    return _load(find_model(str(name)).resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Reader:
    model = open_model(folder)
    name = model.meta.get("likeness")
    return Reader(model, open_likeness(find_model(name), model.meta["files"]["model.onnx"]) if name else None)
