"""What our components share: `__call__` and `pipe` in terms of `predict` (pure) and `set_annotations` (writes)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from spacy.tokens import Doc
from spacy.util import minibatch

P = TypeVar("P")


class Component(ABC, Generic[P]):
    """A component in two halves: subclasses say what they predict for a batch and how one prediction is written."""

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def predict(self, docs: Sequence[Doc]) -> list[P]:
        """Return one prediction per Doc and change nothing."""

    @abstractmethod
    def set_annotations(self, doc: Doc, prediction: P) -> None:
        """Write a prediction into `doc.spans`."""

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.predict([doc])[0])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        for batch in minibatch(stream, batch_size):
            docs = list(batch)
            for doc, prediction in zip(docs, self.predict(docs), strict=True):
                self.set_annotations(doc, prediction)
                yield doc
