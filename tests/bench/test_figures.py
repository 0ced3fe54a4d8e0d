"""The script that reprints the figures: its tables and its counts, without corpora and without a model."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import spacy
from bench import figures
from spacy.tokens import Doc

from quotes.corpora import GoldDoc, GoldQuote

TEXT = '"Go home now," said Ann.'
GOLD = [
    GoldDoc("a", TEXT, (GoldQuote("q", "direct", ((1, 12),), source=((20, 23),), speaker="Ann"),)),
    GoldDoc("b", TEXT, (GoldQuote("q", "direct", ((1, 12),), source=((20, 23),)),)),
    GoldDoc("c", "Nothing."),
]


def triple(doc: Doc) -> SimpleNamespace:
    return SimpleNamespace(content=doc[0:6], cue=[doc[6]], speaker=[doc[7]])


def rival(doc: Doc) -> list[SimpleNamespace]:
    """Work on the first document alone, raise on the second, find nothing in the third."""
    number = doc.user_data["number"]
    if number == 1:
        raise ValueError("odd")
    return [triple(doc)] if number == 0 else []


def docs() -> list[Doc]:
    found = [spacy.blank("en")(document.text) for document in GOLD]
    for number, doc in enumerate(found):
        doc.user_data["number"] = number
    return found


def test_a_rival_that_raises_is_counted_and_scored_as_empty() -> None:
    run = figures.run_triples(GOLD, docs(), rival)
    assert (run.raised, run.empty) == (1, {"b", "c"})
    rows = figures.rows_of(GOLD, run.predictions)
    assert rows["direct"]["exact"] == rows["direct"]["attribution"] == round(2 / 3, 4)
    assert rows["all"]["speaker"] == 0.0


def test_documents_that_ours_rescues() -> None:
    theirs = figures.run_triples(GOLD, docs(), rival)
    ours = figures.Run(empty={"c"})
    assert figures.rescued(theirs, ours, GOLD) == 1


def test_a_row_without_gold_is_left_open() -> None:
    rows = figures.rows_of([GOLD[1]], [{"id": "b", "quotes": []}])
    assert rows["all"]["speaker"] is None
    assert rows["all"]["overlap"] == 0.0


def test_the_table_has_a_row_per_part_and_system() -> None:
    systems: dict[str, Any] = {"x": {"all": {"exact": 0.5}, "direct": {"exact": 1.0, "speaker": None}}}
    text = figures.table("Some corpus", systems | {"annotators": figures.agreement()})
    lines = text.splitlines()
    assert lines[0] == "### Some corpus"
    assert lines[2] == "| quotations | system | exact | overlap | token | attribution |"
    assert lines[4] == "| all | x | .500 |  |  |  |"
    assert lines[5] == "| all | annotators | .691 | .796 | .913 | .780 |"
    assert lines[6] == "| direct | x | 1.000 |  |  |  |"
    assert len(lines) == 4 + 2 + 4


def test_a_failure_of_ours_is_counted_and_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def extract(documents: list[Any], *, nlp: Any) -> Any:
        raise RuntimeError("bad luck")

    monkeypatch.setitem(sys.modules, "quotes.pipeline", SimpleNamespace(extract=extract))
    monkeypatch.setitem(sys.modules, "quotes.inputs", SimpleNamespace(Document=SimpleNamespace))
    run = figures.run_ours(GOLD[:1], spacy.blank("en"))
    assert (run.raised, run.empty) == (1, {"a"})
    assert "a: RuntimeError('bad luck')" in capsys.readouterr().err


def test_no_data_ends_with_the_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUOTES_SHARED", str(tmp_path))
    with pytest.raises(SystemExit, match="Set QUOTES_SHARED"):
        figures.data_folder()
