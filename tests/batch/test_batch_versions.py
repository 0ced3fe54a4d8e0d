"""What an output folder depends on: programs and, where the reader takes part, both of its networks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.batch.job import versions


def model(folder: Path, name: str, digest: str, **more: str) -> None:
    (folder / name).mkdir(parents=True)
    facts = {"name": name, "version": "1", "files": {"model.onnx": digest}, **more}
    (folder / name / "meta.json").write_text(json.dumps(facts), encoding="utf-8")


def test_both_networks_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_MODELS", str(tmp_path))
    model(tmp_path, "en_quotes_sm", "abc", likeness="near")
    model(tmp_path, "near", "def")
    found = versions({"pipeline": "full"})
    assert [found[k]["files"]["model.onnx"] for k in ("reader", "likeness")] == ["abc", "def"]
    assert "reader" not in versions({"pipeline": "rules"})


def test_a_reader_without_likeness_counts_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_MODELS", str(tmp_path))
    model(tmp_path, "en_quotes_sm", "abc")
    assert "likeness" not in versions({"pipeline": "full"})
