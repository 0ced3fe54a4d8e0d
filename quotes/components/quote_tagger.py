"""`quote_tagger`: content, cue and source of each quotation, by rules or by rules and the learned reader."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from quotes import rules
from quotes.components.base import Component
from quotes.errors import ConfigError
from quotes.regions import regions_of
from quotes.spans import write_readings
from quotes.types import Reading

if TYPE_CHECKING:
    from quotes.reader import Reader

READERS = ("rules", "full")


class QuoteTagger(Component[list[Reading]]):
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

    def predict(self, docs: Sequence[Doc]) -> list[list[Reading]]:
        regions = [regions_of(doc) for doc in docs]
        by_rules = [rules.read(doc, r) for doc, r in zip(docs, regions, strict=True)]
        if self.reader == "rules":
            return by_rules
        from quotes.blend import blend

        learned = self._learned.read(docs, regions)
        return [blend(*row) for row in zip(docs, regions, by_rules, learned, strict=True)]

    def set_annotations(self, doc: Doc, prediction: list[Reading]) -> None:
        write_readings(doc, prediction)
