"""`speaker_coref`: clusters of the mentions of whoever speaks, in `doc.spans["coref_clusters_1..n"]`."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from quotes.clusters import write_clusters
from quotes.components.base import Component
from quotes.coref import Resolution, resolve
from quotes.coref.ranker import seeing
from quotes.reader.likeness import KEY, left
from quotes.spans import read_readings


class SpeakerCoref(Component[Resolution]):
    """Write the clusters, and for each quotation the ranked candidates for its source. The vectors of words go from the
    Doc then, unless `keeps_vectors` is set."""

    def __init__(self, name: str = "speaker_coref") -> None:
        super().__init__(name)
        self.keeps_vectors = False

    def predict(self, docs: Sequence[Doc]) -> list[Resolution]:
        return [resolve(doc, list(read_readings(doc).values()), seeing(left(doc))) for doc in docs]

    def set_annotations(self, doc: Doc, prediction: Resolution) -> None:
        keys = list(read_readings(doc))
        ranked = {k: list(rows) for k, rows in zip(keys, prediction.ranked, strict=True)}
        write_clusters(doc, prediction.clusters, ranked)
        if not self.keeps_vectors:
            doc.user_data.pop(KEY, None)
