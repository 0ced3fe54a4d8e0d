"""`quotes evaluate` on gold data about who is who: what a file is about is seen from its fields, or said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Run

TEXT = "Anna Lee said the plan was dear. She said it would fail."
RULES = ("--pipeline", "rules")


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def file(path: Path, row: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"id": "a", "text": TEXT, **row}) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def clusters(tmp_path: Path) -> Path:
    spans = (at("Anna Lee"), at("She"))
    return file(tmp_path / "clusters.jsonl", {"mentions": [{"start": s, "end": e, "cluster": 1} for s, e in spans]})


@pytest.fixture
def gap(tmp_path: Path) -> Path:
    names = {"pronoun": at("She"), "a": at("Anna Lee"), "b": at("plan")}
    return file(tmp_path / "gap.jsonl", {**names, "a_coref": True, "b_coref": False})


def test_clusters_are_seen_from_the_fields(run: Run, clusters: Path) -> None:
    result = run("evaluate", "--json", *RULES, clusters)
    found = json.loads(result.out)
    assert (found["docs"], found["conll"], found["coverage"]) == (1, 1.0, 1.0)
    table = run("evaluate", *RULES, clusters).out.splitlines()
    assert table[0] == "docs 1"
    assert [line.split()[0] for line in table[1:5]] == ["muc", "b3", "ceafe", "mentions"]


def test_gap_is_seen_from_the_fields(run: Run, gap: Path) -> None:
    found = json.loads(run("evaluate", "--json", *RULES, gap).out)
    assert (found["f1"], found["tp"], found["pred"], found["gold"]) == (1.0, 1, 1, 1)
    assert "F1 1.000" in run("evaluate", *RULES, gap).out


def test_a_file_that_is_not_what_is_said_names_the_field(run: Run, clusters: Path) -> None:
    result = run("evaluate", "--what", "gap", *RULES, clusters)
    assert result.status != 0
    assert "line 1: the field 'pronoun' is missing" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("option", [("--types", "direct"), ("--given", "quotes"), ("--per-doc",), ("--bootstrap", "9")])
def test_options_for_quotations_are_refused_not_passed_over(run: Run, clusters: Path, option: tuple[str, ...]) -> None:
    result = run("evaluate", *option, clusters)
    assert result.status == 2
    assert f"{option[0]} is for gold quotations" in result.err


def test_decisions_are_on_quotations(run: Run, tmp_path: Path) -> None:
    result = run("evaluate", "--db", tmp_path / "x.db", "--what", "gap")
    assert result.status == 2
    assert "Leave out --what" in result.err
