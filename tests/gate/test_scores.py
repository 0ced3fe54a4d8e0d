"""The score gate: no score on our own corpus falls below its pinned floor, and the corpus is the pinned one.

`pytest tests/gate --update-floors` raises floors; to lower one takes `--lower-floors` as well, and a reason in the log.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from gate import floors as gate

if TYPE_CHECKING:
    from spacy.language import Language


def test_the_corpus_is_the_one_the_floors_were_measured_on(corpus: Path, request: pytest.FixtureRequest) -> None:
    found = gate.sha256(corpus / "gold.jsonl")
    floors = gate.read_floors()
    if request.config.getoption("--update-floors"):
        gate.write_floors({**floors, "corpus_sha256": found})
        return
    assert found == floors["corpus_sha256"], "gold.jsonl changed: run pytest tests/gate --update-floors"


def test_scores_of_the_rules(nlp_rules: Language, corpus: Path, request: pytest.FixtureRequest) -> None:
    _hold(nlp_rules, "rules", corpus, request.config)


def test_scores_of_the_full_pipeline(nlp_full: Language, corpus: Path, request: pytest.FixtureRequest) -> None:
    _hold(nlp_full, "full", corpus, request.config)


def _hold(nlp: Language, pipeline: str, corpus: Path, config: pytest.Config) -> None:
    floors = gate.read_floors()
    measured = gate.measure(nlp, corpus / "gold.jsonl")
    pinned = floors["scores"].get(pipeline, {})
    if config.getoption("--update-floors"):
        pinned = gate.raised(pinned, measured, lower=config.getoption("--lower-floors"))
        gate.write_floors({**floors, "scores": {**floors["scores"], pipeline: pinned}})
    low = gate.missed(pinned, measured)
    assert pinned, f"no floors for the pipeline '{pipeline}': run pytest tests/gate --update-floors"
    assert not low, "\n".join(low)


def test_floors_cover_every_score_and_type() -> None:
    wanted = {f"{part}.{name}" for part in ("all", "direct", "mixed", "indirect") for name in gate.SCORES}
    assert set(gate.read_floors()["scores"].get("rules", {})) == wanted


def test_missed_names_what_fell_and_what_is_gone() -> None:
    floors = {"all.overlap": 0.8, "all.speaker": 0.5, "mixed.overlap": 0.1}
    lines = gate.missed(floors, {"all.overlap": 0.79, "all.speaker": 0.5})
    assert [line.split(":")[0] for line in lines] == ["all.overlap", "mixed.overlap"]
    assert "0.7900 is below the floor 0.8000" in lines[0]


def test_floors_rise_but_do_not_fall_by_accident() -> None:
    old = {"up": 0.5, "down": 0.9, "gone": 0.4}
    assert gate.raised(old, {"up": 0.8, "down": 0.8, "new": 0.7}) == {"up": 0.78, "down": 0.9, "gone": 0.4, "new": 0.68}


def test_floors_fall_when_it_is_asked_for() -> None:
    assert gate.raised({"down": 0.9, "gone": 0.4}, {"down": 0.8, "zero": 0.01}, lower=True) == {
        "down": 0.78,
        "zero": 0.0,
    }


def test_flatten_takes_the_pinned_scores() -> None:
    block = {"detection": {"overlap": {"f1": 0.9}}, "attribution": {"f1": 0.8}, "speaker_strict": {"f1": 0.7}}
    scores = gate.flatten({"overall": block, "by_type": {"direct": block}})
    assert scores["all.overlap"] == scores["direct.overlap"] == 0.9
    assert (scores["direct.attribution"], scores["all.speaker"]) == (0.8, 0.7)
    assert len(scores) == 6


def test_written_floors_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    floors = {"corpus_sha256": "x", "scores": {"rules": {"all.overlap": 0.5}}}
    gate.write_floors(floors)
    assert gate.read_floors() == floors
