"""`quotes evaluate` on a gold file of two documents, with predictions whose scores can be counted by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Run

TEXT = '"We will win," said Anna Lee. Tom Ray said the plan was dear. "Go home," Eva Fox said.'


def row(key: str, kind: str, content: str, source: str, cue: str = "said", **more: Any) -> dict[str, Any]:
    """Return a quotation of the gold format by its words."""

    def spans(words: str) -> list[list[int]]:
        start = TEXT.index(words)
        return [[start, start + len(words)]]

    parts = {"content": spans(content), "cue": spans(cue), "source": spans(source)}
    return {"id": key, "type": kind, **parts, "speaker": source, **more}


WIN = row("w", "direct", '"We will win,"', "Anna Lee", sentiment="up")
DEAR = row("d", "indirect", "the plan was dear", "Tom Ray", sentiment="down")
HOME = row("h", "direct", '"Go home,"', "Eva Fox", sentiment="down")


def jsonl(path: Path, **quotes: list[dict[str, Any]]) -> Path:
    """Write a document per key."""
    lines = [json.dumps({"id": key, "text": TEXT, "quotes": rows}) for key, rows in quotes.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "gold.jsonl", a=[WIN, DEAR, HOME], b=[WIN])


@pytest.fixture
def pred(tmp_path: Path) -> Path:
    """One quotation is missed, one has the wrong speaker, the second document is right."""
    return jsonl(tmp_path / "pred.jsonl", a=[WIN, DEAR | {"speaker": "Anna Lee"}], b=[WIN])


def summary(run: Run, *argv: str | Path) -> dict[str, Any]:
    """Return the scores as JSON."""
    result = run("evaluate", "--json", *argv)
    assert (result.status, result.err) == (0, "")
    return json.loads(result.out)


def test_predictions_are_scored_as_counted_by_hand(run: Run, gold: Path, pred: Path) -> None:
    overall = summary(run, gold, "--pred", pred)["overall"]
    overlap, speaker = overall["detection"]["overlap"], overall["speaker_strict"]
    assert (overlap["p"], overlap["r"]) == (1.0, 0.75)
    assert (speaker["p"], speaker["r"]) == (pytest.approx(2 / 3, abs=1e-3), 0.5)


def test_predictions_may_be_packed(run: Run, gold: Path, pred: Path) -> None:
    packed = pred.with_suffix(".jsonl.gz")
    packed.write_bytes(gzip.compress(pred.read_bytes()))
    assert summary(run, gold, "--pred", packed) == summary(run, gold, "--pred", pred)


def test_types_leave_out_other_types(run: Run, gold: Path, pred: Path) -> None:
    overall = summary(run, gold, "--pred", pred, "--types", "indirect")["overall"]
    assert overall["detection"]["overlap"]["f1"] == 1.0
    assert overall["speaker_strict"]["f1"] == 0.0


def test_where_leaves_out_other_gold(run: Run, gold: Path, pred: Path) -> None:
    one = summary(run, gold, "--pred", pred, "--where", "sentiment=up")["overall"]
    both = summary(run, gold, "--pred", pred, "--where", "sentiment=up,down")["overall"]
    assert one["detection"]["overlap"]["r"] == 1.0
    assert both["detection"]["overlap"]["r"] == 0.75


def test_pairs_by_id_do_not_look_at_the_content(run: Run, tmp_path: Path, gold: Path) -> None:
    moved = jsonl(tmp_path / "moved.jsonl", a=[WIN | {"content": HOME["content"]}], b=[])
    by_id = summary(run, gold, "--pred", moved, "--match-by-id")
    assert by_id["overall"]["attribution"]["r"] == 0.25
    assert summary(run, gold, "--pred", moved)["overall"]["attribution"]["r"] == 0.0


def test_per_doc_adds_a_line_for_each(run: Run, gold: Path, pred: Path) -> None:
    plain = run("evaluate", gold, "--pred", pred)
    longer = run("evaluate", gold, "--pred", pred, "--per-doc")
    assert longer.out.startswith(plain.out)
    assert [line.split()[0] for line in longer.out[len(plain.out) :].split("\n") if line] == ["a", "b"]
    assert set(summary(run, gold, "--pred", pred, "--per-doc")["per_doc"]) == {"a", "b"}


def test_bootstrap_gives_intervals(run: Run, gold: Path, pred: Path) -> None:
    assert "f1_ci95" in summary(run, gold, "--pred", pred, "--bootstrap", "20")
    assert "f1_ci95" not in summary(run, gold, "--pred", pred)


def test_records_of_extract_are_predictions_and_score_as_the_pipeline_does(
    run: Run, tmp_path: Path, gold: Path
) -> None:
    assert run("extract", "--pipeline", "rules", "-q", "-o", tmp_path / "out.jsonl", gold).status == 0
    direct = summary(run, gold, "--pipeline", "rules")["overall"]
    stored = summary(run, gold, "--pred", tmp_path / "out.jsonl")["overall"]
    assert direct["detection"] == stored["detection"]
    assert direct["attribution"] == stored["attribution"]
    assert direct["detection"]["overlap"]["r"] == 1.0


def test_given_quotes_measures_attribution_alone(run: Run, gold: Path) -> None:
    scores = summary(run, gold, "--pipeline", "rules", "--given", "sources")
    assert scores["attribution_given_gold"]


@pytest.mark.parametrize(
    ("argv", "code", "status", "told"),
    [
        (["--types", "loud"], "[Q001]", 2, "direct, mixed, indirect"),
        (["--where", "sentiment"], "[Q001]", 2, "FIELD=VALUE"),
        (["--pred", "none.jsonl"], "[Q103]", 3, "none.jsonl"),
    ],
)
def test_wrong_options_are_one_line(
    run: Run, gold: Path, pred: Path, argv: list[str], code: str, status: int, told: str
) -> None:
    result = run("evaluate", gold, "--pred", pred, *argv)
    assert (result.status, result.out) == (status, "")
    assert code in result.err
    assert told in result.err
    assert len(result.err.splitlines()) == 1


def test_gold_that_is_not_there_exits_with_3(run: Run, tmp_path: Path) -> None:
    result = run("evaluate", "--pipeline", "rules", tmp_path / "none.jsonl")
    assert (result.status, result.out) == (3, "")
    assert "[Q103]" in result.err


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}', '{"id": "a", "quotes": [1]}', '{"quotes": []}', "\xff"])
def test_predictions_of_another_form_name_the_line(run: Run, gold: Path, pred: Path, line: str) -> None:
    pred.write_bytes(pred.read_bytes() + line.encode("latin-1") + b"\n")
    result = run("evaluate", gold, "--pred", pred)
    assert (result.status, result.out) == (2, "")
    assert "[Q301]" in result.err
    assert "pred.jsonl" in result.err
    assert len(result.err.splitlines()) == 1


def test_gold_with_a_wrong_offset_names_the_quotation(run: Run, gold: Path, pred: Path) -> None:
    bad = jsonl(gold, a=[WIN | {"content": [[5, 9999]]}])
    result = run("evaluate", bad, "--pred", pred)
    assert result.status == 2
    assert "quote w, content" in result.err


def test_gold_without_a_prediction_is_told_and_can_be_left_out(run: Run, tmp_path: Path, gold: Path) -> None:
    part = jsonl(tmp_path / "part.jsonl", b=[WIN])
    counted = run("evaluate", "--json", gold, "--pred", part)
    left_out = run("evaluate", "--json", gold, "--pred", part, "--allow-missing")
    for result, words, recall in ((counted, "counted as empty", 0.25), (left_out, "skipped", 1.0)):
        assert result.status == 0
        assert result.err == f"quotes: warning: 1 gold documents without a prediction ({words})\n"
        assert json.loads(result.out)["overall"]["detection"]["overlap"]["r"] == recall
