"""The learned reader: content, cue and source by a small trained model, served by ONNX Runtime without torch."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from quotes.paths import DEFAULT_MODEL, find_model
from quotes.reader.ahead import begin, drop
from quotes.reader.calibrate import probability
from quotes.reader.decode import Draft, Rules, decode
from quotes.reader.edges import Piece, outer_ranges, region_tokens, settle
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


@dataclass(frozen=True, slots=True)
class Look:
    """A Doc that is being read: its quoted regions, the vectors that are being filled, and the drafts to come."""

    doc: Doc
    regions: Sequence[Region]
    vectors: Vectors | None
    windows: list[Future[list[Draft]]]

    def drafts(self) -> list[Draft]:
        """Wait for all windows and return what the model alone found, in text order."""
        found = [draft for window in self.windows for draft in window.result()]
        return sorted(found, key=lambda d: (d.content, d.cue))

    def drop(self) -> None:
        """Give up the windows that nobody has begun to read."""
        drop(self.windows)


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

    def read(self, docs: Sequence[Doc], regions: Sequence[Sequence[Region]]) -> list[list[Reading]]:
        """Return the readings of each Doc, in text order; `regions` are the quoted regions of each."""
        return [self._readings(look) for look in self.begin(docs, regions)]

    def drafts(self, docs: Sequence[Doc], regions: Sequence[Sequence[Region]]) -> list[list[Draft]]:
        """Return what the model alone found in each Doc, in tokens, before quotation marks have their say."""
        return [look.drafts() for look in self.begin(docs, regions)]

    def begin(self, docs: Sequence[Doc], regions: Sequence[Sequence[Region]]) -> list[Look]:
        """Have the windows of Docs read by threads of their own; `see` waits for them, `drop` gives them up."""
        return [self._look(doc, rs) for doc, rs in zip(docs, regions, strict=True)]

    def _look(self, doc: Doc, regions: Sequence[Region]) -> Look:
        meta, arrays = self.model.meta, doc_arrays(doc, outer_ranges(regions), self.model.encode)
        live = live_words(doc, arrays, self.cues if self.gating else frozenset())
        vectors = self.likeness.blank(len(doc)) if self.likeness else None
        windows = cut(arrays, meta["window"], meta["overlap"], live=live)
        return Look(doc, regions, vectors, begin(partial(self._window, arrays, vectors, w) for w in windows))

    def _window(self, arrays: DocArrays, vectors: Vectors | None, window: Window) -> list[Draft]:
        outputs, states = run(self.model.session, arrays, window)
        if self.likeness and vectors and states is not None:
            self.likeness.fill(vectors, arrays, window, states)
        return window_drafts(arrays, window, outputs, self.rules)

    def see(self, look: Look) -> Sight:
        """Wait for a look, and return the readings of its Doc and the vectors of its words."""
        return Sight(self._readings(look), look.vectors)

    def _readings(self, look: Look) -> list[Reading]:
        words = [_is_word(token) for token in look.doc]
        return [self._reading(p) for p in settle(look.drafts(), region_tokens(look.doc, look.regions), words)]

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
