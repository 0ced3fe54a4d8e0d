"""Vectors of words: what is alike, what a window writes, and which networks are refused."""

from __future__ import annotations

import json
from math import exp, log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.tokens import Doc
from talk import talk
from tiny_reader import StandIn, marks, random_arrays, tiny_model, tokenise

from quotes.coref.features import COLUMNS
from quotes.coref.ranker import ranker, seeing
from quotes.coref.resolver import begin
from quotes.errors import ModelDamaged
from quotes.reader import Reader
from quotes.reader.likeness import Likeness, Vectors, leave, left, open_likeness
from quotes.reader.session import FORMAT, digest, read_meta
from quotes.reader.windows import Window

FACTS = {"rank": 2, "weight": 0.5}


class Doubles:
    """A session whose two vectors are the state of a word's first piece and twice that."""

    def run(self, _names: Any, inputs: dict[str, Any]) -> list[Any]:
        rows = inputs["states"][0][inputs["words"][0]]
        return [rows[None], 2 * rows[None]]


class WithStates(StandIn):
    """A reader's session that gives states as well: the id of each piece, twice."""

    def run(self, names: Any, inputs: Any) -> list[Any]:
        return [*super().run(names, inputs), np.repeat(inputs["ids"][:, :, None], 2, -1).astype(np.float32)]


def vectors(rows: list[list[float]], read: list[bool] | None = None) -> Vectors:
    table = np.array(rows, np.float32)
    return Vectors(table, table, np.array(read or [True] * len(rows)))


def test_likeness_is_the_log_of_the_mean_over_mentions() -> None:
    found = vectors([[1, 0], [2, 0], [0, 5]]).alike(0, [[1, 2], [2], [1]])
    assert found == pytest.approx([log((exp(2 / sqrt(2)) + 1) / 2), 0, 2 / sqrt(2)], abs=1e-5)


def test_what_was_not_read_has_no_likeness() -> None:
    seen = vectors([[1], [1], [1]], [True, False, True])
    assert seen.alike(0, [[1], [1, 2]]) == pytest.approx([0, 1])
    assert seen.alike(1, [[0]]) == [0]
    assert not len(seen.alike(0, []))


def test_only_the_nearest_six_mentions_count() -> None:
    rows = [[1.0]] * 7 + [[50.0]]
    assert vectors(rows).alike(0, [range(1, 8)]) == pytest.approx([1])


def test_a_window_writes_the_words_of_its_core_only() -> None:
    arrays = random_arrays([1, 2, 1, 1], [0] * 4, [0] * 4)
    likeness = Likeness(FACTS, Doubles())
    row = likeness.blank(4)
    states = np.arange(14, dtype=np.float32).reshape(7, 2)
    likeness.fill(row, arrays, Window(0, 4, (1, 3)), states)
    assert row.read.tolist() == [False, True, True, False]
    assert row.ask[1:3].tolist() == [states[2].tolist(), states[4].tolist()]
    assert (row.answer == 2 * row.ask).all()


def test_a_reader_with_a_likeness_reads_every_word_and_finds_the_same() -> None:
    text = "“We won it,” said Ann.\n\nRain fell. " * 30
    doc, model = tokenise(text), tiny_model()
    seeing_model = type(model)(model.meta, model.encode, WithStates())
    reader = Reader(seeing_model, Likeness(FACTS, Doubles()))
    sight = reader.see(*reader.begin([doc], [marks(text)]))
    assert sight.readings == Reader(model).read([doc], [marks(text)])[0]
    assert sight.vectors is not None
    assert sight.vectors.read.tolist() == [not t.is_space for t in doc]


def test_vectors_stand_on_a_doc_and_survive_bytes() -> None:
    doc = tokenise("Ann left.")
    assert left(doc) is None
    leave(doc, vectors([[1], [2], [3]]))
    copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    found = left(copy)
    assert found is not None
    assert found.alike(0, [[1]]) == pytest.approx([2])


def test_the_judge_prefers_what_is_alike() -> None:
    doc, readings = talk("Ann Lee", "Mary Roe", "she")
    ann, mary, she = begin(doc, readings)[1].nodes
    rows = np.zeros((2, len(COLUMNS)), np.float32)
    candidates = {0: [ann], 1: [mary]}
    table = np.zeros((len(doc), 1), np.float32)
    table[she.mention.head], table[mary.mention.head] = 2, 2
    plain = seeing(None)(she, candidates, rows)
    assert plain == ranker()(she, candidates, rows)
    (best, share), *_ = seeing(Vectors(table, table, np.ones(len(doc), bool)))(she, candidates, rows)
    assert (best, share > plain[0][1]) == (1, True)


def test_a_network_names_itself() -> None:
    assert Likeness({"name": "x", "version": "1.2"}, None).version == "x 1.2"


def signed(folder: Path, **facts: Any) -> Path:
    (folder / "model.onnx").write_bytes(b"not a network")
    meta = {"format": FORMAT, "kind": "antecedents", "name": "x", "version": "1", "reader": "abc", **FACTS}
    meta |= {"files": {"model.onnx": digest(folder / "model.onnx")}, **facts}
    (folder / "meta.json").write_text(json.dumps({k: v for k, v in meta.items() if v is not None}), encoding="utf-8")
    return folder


def test_a_network_of_another_reader_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelDamaged, match="another reader"):
        open_likeness(signed(tmp_path), "abd")


def test_a_file_that_is_no_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelDamaged, match="can't be loaded"):
        open_likeness(signed(tmp_path), "abc")


@pytest.mark.parametrize("key", ["reader", "rank", "weight", "files"])
def test_metadata_without_a_key_are_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(ModelDamaged, match=key):
        read_meta(signed(tmp_path, **{key: None}))
