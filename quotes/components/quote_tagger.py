"""`quote_tagger`: content, cue and source of each quotation, by rules or by rules and the learned reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from spacy.tokens import Doc

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
    from quotes.reader import Reader

READERS = ("rules", "full")


@dataclass(frozen=True, slots=True)
class Tagged:
    """The readings of a Doc, and the vectors of its words for `speaker_coref`, where the learned reader has them."""

    readings: list[Reading]
    vectors: Vectors | None = None


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

    def predict(self, docs: Sequence[Doc]) -> list[Tagged]:
        regions = [regions_of(doc) for doc in docs]
        layouts = [lay_out(doc, r) for doc, r in zip(docs, regions, strict=True)]
        found = [Tagged(rules.read(layout)) for layout in layouts]
        if self.reader == "full":
            rows = zip(layouts, found, self._learned.see(docs, regions), strict=True)
            found = [Tagged(blend(layout, own.readings, sight.readings), sight.vectors) for layout, own, sight in rows]
        return [Tagged(_in_story(layout, t.readings), t.vectors) for layout, t in zip(layouts, found, strict=True)]

    def set_annotations(self, doc: Doc, prediction: Tagged) -> None:
        write_readings(doc, prediction.readings)
        if prediction.vectors is not None:
            leave(doc, prediction.vectors)


def _in_story(layout: Layout, readings: list[Reading]) -> list[Reading]:
    """Return the readings outside boilerplate."""
    outside = boilerplate(layout.paragraphs())
    return [r for r in readings if layout.paragraph_of[r.start] not in outside]
