"""Choices for the antecedent ranker: gold coreference and gold speakers, and a network that learns from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from talk import talk

from quotes.coref.features import COLUMNS
from quotes.coref.ranker import from_data
from quotes.coref.resolver import begin
from quotes.training.antecedents import Choice, averaged, by_mentions, by_speakers, choices, collect, fit

if TYPE_CHECKING:
    from spacy.language import Language


def gold(doc: object, *spans: tuple[int, int, str]) -> list[dict[str, object]]:
    """Return gold mentions for token ranges of a Doc."""
    rows = []
    for start, end, cluster in spans:
        first, last = doc[start], doc[end - 1]  # type: ignore[index]
        rows.append({"start": first.idx, "end": last.idx + len(last), "cluster": cluster})
    return rows


def test_a_node_takes_the_smallest_gold_mention_around_its_head() -> None:
    doc, readings = talk("Ann Lee", "she")
    nodes = begin(doc, readings)[1].nodes
    rows = gold(doc, (0, len(doc), "all"), (nodes[0].mention.start, nodes[0].mention.end, "lee"))
    assert by_mentions(doc, nodes, rows) == {0: "lee", 1: "all"}


def test_speakers_name_sources_and_unmistakable_names() -> None:
    doc, readings = talk("Ann Lee", "she", "Mary Roe")
    nodes = begin(doc, readings)[1].nodes
    she = doc[nodes[1].mention.head]
    quotes = [
        {"speaker": "Ann Lee", "speaker_aliases": ["Lee"], "source": [[she.idx, she.idx + 3]]},
        {"speaker": None, "source": []},
    ]
    assert by_speakers(doc, nodes, quotes) == {0: "Ann Lee", 1: "Ann Lee"}


def test_a_choice_per_known_pronoun_linked_as_the_gold_has_it() -> None:
    doc, readings = talk("Ann Lee", "Mary Roe", "she", "she")
    keys = {0: "lee", 1: "roe", 2: "lee"}
    (found,) = choices(doc, readings, lambda _doc, _nodes: keys)
    assert found.kind == 0
    assert len(found.rows) == 2
    right = found.rows[list(found.right)]
    assert right[:, COLUMNS.index("gap 2")].tolist() == [1]


def test_what_no_candidate_is_counts_as_none() -> None:
    doc, readings = talk("Ann Lee", "she")
    (found,) = choices(doc, readings, lambda _doc, _nodes: {0: "lee", 1: "roe"})
    assert found.right == ()


def test_a_small_network_learns_a_plain_rule() -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    made = np.random.default_rng(0)
    data = []
    for _ in range(400):
        rows = made.random((3, len(COLUMNS)), dtype=np.float32)
        data.append(Choice(0, rows, (int(rows[:, 30].argmax()),), 0, ((), (), ())))
    weights = fit([(1.0, data)], hidden=8, epochs=100)
    ranker = from_data({"columns": COLUMNS, **weights})
    right = [int(ranker.shares(0, c.rows).argmax()) in c.right for c in data]
    assert np.mean(right) > 0.85


def test_the_average_of_networks_is_one_whose_scores_are_the_mean() -> None:
    made = np.random.default_rng(1)
    size, hidden = len(COLUMNS), 3
    shared = {"center": np.zeros(size), "scale": np.ones(size), "heat": np.ones(4)}
    fitted = [
        {
            **shared,
            "enter": made.normal(size=(size, hidden)),
            "bias": made.normal(size=hidden),
            "leave": made.normal(size=hidden),
            "none": made.normal(size=4),
        }
        for _ in range(2)
    ]
    rows = made.random((2, size), dtype=np.float32)

    def odds(weights: dict[str, object]) -> np.ndarray:
        shares = from_data({"columns": COLUMNS, **weights}).shares(0, rows).astype(float)
        return np.log(shares) - np.log(1 - shares.sum())

    assert odds(averaged(fitted)) == pytest.approx(np.mean([odds(w) for w in fitted], 0), abs=1e-3)


def test_choices_are_collected_from_files_of_both_kinds(tmp_path: Path, nlp_rules: Language) -> None:
    text = "Ann Lee won. She left, and she said nothing."
    mentions = [{"start": a, "end": b, "cluster": "lee"} for a, b in ((0, 7), (13, 16), (27, 30))]
    path = tmp_path / "gold.jsonl"
    rows = [{"id": "a", "text": text, "mentions": mentions}, {"id": "b", "text": text, "mentions": []}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert [len(c.right) for c in collect(path, 1, nlp_rules)] == [1, 1]
    assert collect(path, 2, nlp_rules)
    quote = {"id": "q", "type": "indirect", "content": [[36, 43]], "cue": [[31, 35]], "source": [[27, 30]]}
    quote |= {"speaker": "Ann Lee", "speaker_aliases": []}
    path.write_text(json.dumps({"id": "c", "text": text, "quotes": [quote]}) + "\n", encoding="utf-8")
    assert [len(c.right) for c in collect(path, 1, nlp_rules)] == [1]
