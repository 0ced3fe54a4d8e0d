"""The comparison with coreferee: what it reads and what is scored, without coreferee and without a model."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import spacy
from bench import beside_coreferee as bench
from bench import coreferee_training as training

GOLD = {0: "ann", 3: "bob", 5: "ann", 8: "ann", 9: "town"}


def chain(*mentions: list[int]) -> list[Any]:
    return [SimpleNamespace(root_index=indexes[0], token_indexes=indexes) for indexes in mentions]


def test_a_mention_that_was_not_found_is_alone() -> None:
    gold, found = bench.among(GOLD, {0: 1, 5: 1, 7: 1}, {0, 3, 5, 7, 8})
    assert set(gold) == {frozenset({0, 5, 8}), frozenset({3})}
    assert set(found) == {frozenset({0, 5}), frozenset({3}), frozenset({8})}


def test_a_coordination_is_left_out() -> None:
    assert bench.chain_heads([chain([0, 2], [7]), chain([0], [5])]) == {7: 0, 0: 1, 5: 1}


def test_among_all_mentions_clusters_of_one_are_left_out() -> None:
    found = bench.Found({0: 1, 5: 1, 7: 2}, ())
    assert bench.pairs_of([GOLD], [found], None) == [([frozenset({0, 5, 8})], [frozenset({0, 5})])]


def test_the_table_has_each_system_over_each_sort_of_mentions() -> None:
    ours = [bench.Found({0: 1, 3: 2, 5: 1, 8: 1}, [0, 3, 5, 8])]
    theirs = [bench.Found({0: 1, 5: 1}, [0, 5, 9])]
    _, _, *rows = bench.table([GOLD], {"quotedesk": ours, "coreferee": theirs})
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == [
        name for name in ("ours", "coreferee's", "both's", "all") for _ in range(2)
    ]
    assert rows[0] == "| ours | quotedesk |" + 3 * " 1.000 1.000 1.000 |" + " 1.000 | 0.80 |"
    assert rows[1].startswith("| ours | coreferee | 1.000 0.500 0.667 |")
    assert rows[5].endswith("| 1.000 | 0.40 |")


def test_mentions_become_lines_of_whole_tokens() -> None:
    doc = spacy.blank("en")("Ann met Bob. She smiled.")
    spans = [(0, 3, "a b"), (8, 10, "c"), (13, 16, "a b"), (24, 24, "d")]
    mentions = [{"start": start, "end": end, "cluster": cluster} for start, end, cluster in spans]
    assert training.annotation_lines(doc, mentions) == [
        "T0 cluster-0 0 3",
        "T1 cluster-1 8 11",
        "T2 cluster-0 13 16",
    ]


def test_rows_of_all_files(tmp_path: Path) -> None:
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        path.write_text(json.dumps({"text": path.stem}) + "\n\n", encoding="utf-8")
    assert [row["text"] for row in training.read_rows(paths)] == ["a", "b"]
    with pytest.raises(SystemExit, match="Give the folder"):
        training.read_rows([tmp_path / "none.jsonl"])


def test_without_coreferee_it_ends_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "coreferee.manager", None)
    with pytest.raises(SystemExit, match=r"pip install coreferee==1\.5\.0"):
        training.require()
