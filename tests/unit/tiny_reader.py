"""A reader in small: Docs without a model, a word-piece table, a session that answers by rule, a tiny encoder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from spacy.lang.en import English

from quotes.reader.features import DocArrays
from quotes.reader.session import FORMAT, Model
from quotes.types import Region

META: dict[str, Any] = {"format": FORMAT, "name": "tiny", "version": "0.1", "window": 64, "overlap": 8, "decode": {}}
NETWORK: dict[str, Any] = {
    "vocab": 1000, "hidden": 16, "layers": 1, "heads": 2, "width": 16, "rank": 8, "parse_steps": 1, "dropout": 0.1,
}  # fmt: skip
CUE, NAME = 200, 201


def tokenise(text: str) -> Any:
    """Return a Doc of a text, with sentence starts but without a parse."""
    return _english()(text)


@lru_cache(maxsize=1)
def _english() -> English:
    nlp = English()
    nlp.max_length = 10**8
    nlp.add_pipe("sentencizer")
    return nlp


def encode(text: str) -> list[int]:
    """Return piece ids of a word: `said` and `Ann` have their own, others one for each four characters."""
    if text in ("said", "Ann"):
        return [CUE if text == "said" else NAME]
    return [1 + sum(map(ord, text[i : i + 4])) % 150 for i in range(0, max(1, len(text)), 4)]


def marks(text: str) -> list[Region]:
    """Return the regions between curly marks."""
    from quotes.marks import pair

    return list(pair(text))


class StandIn:
    """A session that tags `said` as cue, `Ann` as source, and what stands before a cue in its window as content."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def run(self, _names: Any, inputs: Mapping[str, Any]) -> list[Any]:
        """Return logits as the model would."""
        words, lengths = inputs["words"], inputs["lengths"]
        b, n = words.shape
        self.calls.append(int(inputs["mask"].sum()))
        pieces = np.take_along_axis(inputs["ids"], words, axis=1)
        tags = np.full((b, n, 6), -9, np.float32)
        to_cue, to_source = (np.full((b, n, n + 1), -9, np.float32) for _ in range(2))
        for k in range(b):
            row = pieces[k, : lengths[k]]
            cues, names = np.flatnonzero(row == CUE), np.flatnonzero(row == NAME)
            tags[k, :, 1], to_cue[k, :, n], to_source[k, :, n] = 9, 5, 5
            tags[k, cues, 2], tags[k, names, 4] = 20, 20
            after = np.searchsorted(cues, np.arange(len(row)))
            for i in np.flatnonzero(after < len(cues)):
                to_cue[k, i, cues[after[i]]] = 20
            for i in cues:
                near = names[names > i]
                to_source[k, i, near[0] if len(near) else n] = 20
        return [tags, to_cue, to_source]


def tiny_model(**meta: Any) -> Model:
    """Return a model whose session is a stand-in."""
    return Model({**META, **meta}, encode, StandIn())


def random_arrays(pieces: Sequence[int], sentences: Sequence[int], paras: Sequence[int]) -> DocArrays:
    """Return arrays of words with the given numbers of pieces, sentence and paragraph numbers."""
    n = len(pieces)
    first = np.concatenate([[0], np.cumsum(pieces)]).astype(np.int32)
    own = np.arange(n, dtype=np.int32)
    feats = np.zeros((n, 7), np.uint8)
    numbers = (np.array(x, dtype=np.int32) for x in (sentences, paras))
    return DocArrays(own, np.ones(int(first[-1]), np.int32), first, feats, own, *numbers)


def write_tokenizer(folder: Path) -> None:
    """Write a small word-level tokenizer to `tokenizer.json`."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = [
        "[PAD]",
        "[UNK]",
        "We",
        "won",
        ".",
        "“",
        "”",
        "said",
        "Ann",
        "Bob",
        "rain",
        "it",
        "Rain",
        "fell",
        ",",
        "that",
    ]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))


def gold_line(number: int) -> dict[str, Any]:
    """Return a gold document of two quotations."""
    text = f"“We won it,” said Ann.\n\nBob said that rain fell. Item {number} is here. Rain fell."

    def span(piece: str) -> list[list[int]]:
        return [[text.index(piece), text.index(piece) + len(piece)]]

    quotes = [
        {"id": "a", "type": "direct", "content": span("“We won it,”"), "cue": span("said"), "source": span("Ann")},
        {"id": "b", "type": "indirect", "content": span("that rain fell"), "cue": [[29, 33]], "source": span("Bob")},
    ]
    return {"id": f"d{number}", "text": text, "quotes": quotes}


def write_gold(path: Path, count: int = 6) -> Path:
    """Write a gold file of `count` documents."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(gold_line(k)) + "\n" for k in range(count)), encoding="utf-8")
    return path
