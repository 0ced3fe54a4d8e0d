"""Scores of clusters and of GAP: heads align the mentions, names answer for the pronoun, bad lines are named."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc
from talk import talk

from quotes.clusters import write_clusters
from quotes.coref import resolve
from quotes.errors import BadGold, DataMissing
from quotes.evaluate_coref import evaluate_clusters, evaluate_gap


class StandIn:
    """A pipeline that gives one Doc, resolved, for whatever text."""

    def __init__(self, *speakers: str) -> None:
        self.doc, readings = talk(*speakers)
        write_clusters(self.doc, resolve(self.doc, readings).clusters, {})

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        yield from (self.doc for _ in texts)

    def span(self, text: str, nth: int = 0) -> list[int]:
        at = -1
        for _ in range(nth + 1):
            at = self.doc.text.index(text, at + 1)
        return [at, at + len(text)]


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def mention(span: list[int], cluster: str) -> dict[str, Any]:
    return {"start": span[0], "end": span[1], "cluster": cluster}


def test_clusters_that_agree(tmp_path: Path) -> None:
    nlp = StandIn("Ann Lee", "Bob Roe", "she")
    gold = [mention(nlp.span("Ann Lee"), "a"), mention(nlp.span("Bob Roe"), "b"), mention(nlp.span("she"), "a")]
    row = {"text": nlp.doc.text, "mentions": gold}
    found = evaluate_clusters(write(tmp_path / "x.jsonl", row), nlp)  # type: ignore[arg-type]
    assert (found["conll"], found["coverage"]) == (1.0, 1.0)


def test_a_pronoun_in_the_wrong_cluster_costs(tmp_path: Path) -> None:
    nlp = StandIn("Ann Lee", "Bob Roe", "she")
    gold = [mention(nlp.span("Ann Lee"), "a"), mention(nlp.span("Bob Roe"), "b"), mention(nlp.span("she"), "b")]
    row = {"text": nlp.doc.text, "mentions": gold}
    found = evaluate_clusters(write(tmp_path / "x.jsonl", row), nlp)  # type: ignore[arg-type]
    assert found["muc"]["f1"] == 0
    assert 0 < found["conll"] < 1


def test_what_the_pipeline_does_not_model_is_left_out_and_told(tmp_path: Path) -> None:
    nlp = StandIn("Ann Lee", "she")
    gold = [
        mention(nlp.span("Ann Lee"), "a"),
        mention(nlp.span("she"), "a"),
        mention([0, 1], "x"),
        mention(nlp.span("said"), "y"),
    ]
    found = evaluate_clusters(write(tmp_path / "x.jsonl", {"text": nlp.doc.text, "mentions": gold}), nlp)  # type: ignore[arg-type]
    assert found["coverage"] < 1
    assert found["conll"] == 1.0


@pytest.mark.parametrize(("answer", "f1"), [("a", 1.0), ("b", 0.0)])
def test_gap_counts_the_names_of_the_pronouns_cluster(tmp_path: Path, answer: str, f1: float) -> None:
    nlp = StandIn("Ann Lee", "Bob Roe", "she")
    row = {"text": nlp.doc.text, "pronoun": nlp.span("she"), "a": nlp.span("Ann Lee"), "b": nlp.span("Roe")}
    row |= {"a_coref": answer == "a", "b_coref": answer == "b"}
    path = tmp_path / "gap.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row).encode()))
    assert evaluate_gap(path, nlp)["f1"] == f1  # type: ignore[arg-type]


@pytest.mark.parametrize("line", ["no json", "[]", '{"text": "x"}'])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(BadGold, match=r"bad\.jsonl, line 2"):
        evaluate_clusters(path, StandIn("Ann Lee"))  # type: ignore[arg-type]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="no file"):
        evaluate_gap(tmp_path / "none.jsonl", StandIn("Ann Lee"))  # type: ignore[arg-type]
