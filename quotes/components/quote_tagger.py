"""`quote_tagger`: content, cue and source of each quotation, by rules or by rules and the learned reader."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from spacy.tokens import Doc
from spacy.util import minibatch

from quotes import rules
from quotes.blend import blend
from quotes.boilerplate import boilerplate
from quotes.components.base import Component
from quotes.errors import ConfigError
from quotes.reader.likeness import Vectors, leave
from quotes.regions import regions_of
from quotes.rules.layout import Layout, lay_out
from quotes.spans import write_readings
from quotes.types import Reading

if TYPE_CHECKING:
    from quotes.reader import Look, Reader

READERS = ("rules", "full")


@dataclass(frozen=True, slots=True)
class Tagged:
    """The readings of a Doc, and the vectors of its words for `speaker_coref`, where the learned reader has them."""

    readings: list[Reading]
    vectors: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A Doc as the rules read it, and the look that the reader is taking at it."""

    layout: Layout
    by_rules: list[Reading]
    look: Look | None


class QuoteTagger(Component[Tagged]):
    """Write `doc.spans["quotes"]`, `["quote_cues"]` and `["quote_sources"]`, joined by span id."""

    def __init__(self, name: str = "quote_tagger", *, reader: str = "rules", model: str | None = None) -> None:
        super().__init__(name)
        if reader not in READERS:
            raise ConfigError(f"There is no reader '{reader}'. Use one of: {', '.join(READERS)}.")
        self.reader = reader
        self.model = model
        if reader == "full":
            self._learned  # noqa: B018 - a missing or damaged model is told at load, not in the middle of a run

    @cached_property
    def _learned(self) -> Reader:
        from quotes.paths import DEFAULT_MODEL
        from quotes.reader import load_reader

        return load_reader(self.model or DEFAULT_MODEL)

    @property
    def version(self) -> str | None:
        """The name and version of the learned reader, or None where it does not take part."""
        return self._learned.version if self.reader == "full" else None

    @property
    def antecedents(self) -> str | None:
        """The name and version of the network for antecedents, or None where it does not take part."""
        return self._learned.likeness.version if self.reader == "full" and self._learned.likeness else None

    def predict(self, docs: Sequence[Doc]) -> list[Tagged]:
        return [self._tagged(begun) for begun in self._begin(docs)]

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """One batch ahead: while the reader's threads are at a batch, the components before us work on the next."""
        batches: deque[list[Begun]] = deque()
        try:
            for batch in minibatch(stream, batch_size):
                batches.append(self._begin(batch))
                if len(batches) > 1:
                    yield from map(self._write, batches[0])
                    batches.popleft()
            while batches:
                yield from map(self._write, batches[0])
                batches.popleft()
        finally:
            for begun in chain.from_iterable(batches):
                if begun.look:
                    begun.look.drop()

    def _begin(self, docs: Sequence[Doc]) -> list[Begun]:
        """Have the reader look at Docs, and read them by rules meanwhile."""
        regions = [regions_of(doc) for doc in docs]
        looks = self._learned.begin(docs, regions) if self.reader == "full" else [None] * len(docs)
        layouts = [lay_out(doc, r) for doc, r in zip(docs, regions, strict=True)]
        return [Begun(layout, rules.read(layout), look) for layout, look in zip(layouts, looks, strict=True)]

    def _tagged(self, begun: Begun) -> Tagged:
        """Wait for the reader and return what it and the rules say together."""
        layout, readings, vectors = begun.layout, begun.by_rules, None
        if begun.look:
            sight = self._learned.see(begun.look)
            readings, vectors = blend(layout, readings, sight.readings), sight.vectors
        return Tagged(_in_story(layout, readings), vectors)

    def _write(self, begun: Begun) -> Doc:
        doc = begun.layout.doc
        self.set_annotations(doc, self._tagged(begun))
        return doc

    def set_annotations(self, doc: Doc, prediction: Tagged) -> None:
        write_readings(doc, prediction.readings)
        if prediction.vectors is not None:
            leave(doc, prediction.vectors)


def _in_story(layout: Layout, readings: list[Reading]) -> list[Reading]:
    """Return the readings outside boilerplate."""
    outside = boilerplate(layout.paragraphs())
    return [r for r in readings if layout.paragraph_of[r.start] not in outside]
