"""What the cookbook hands to others, checked by their own packages (tests/cookbook/setup.sh installs them)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

import quotes
from quotes.exporters import exporting


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_label_studios_own_package_takes_tasks_and_configuration(
    tmp_path: Path, corpus: Path, nlp_rules: Language
) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason="run tests/cookbook/setup.sh")
    texts = [json.loads(line)["text"] for line in (corpus / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    with exporting("labelstudio", str(tmp_path)) as write:
        for text, record in zip(texts, quotes.extract(texts, nlp=nlp_rules), strict=True):
            write(record.model_copy(update={"text": text}))
    view = interface.LabelInterface((tmp_path / "label_config.xml").read_text(encoding="utf-8"))
    tasks = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert len(tasks) == len(texts)
    for task in tasks:
        [prediction] = task["predictions"]
        assert view.validate_task({"data": task["data"]})
        assert view.validate_prediction(prediction, return_errors=True) == []
    prediction["result"][0]["value"]["labels"] = ["Nothing"]
    assert view.validate_prediction(prediction, return_errors=True)
