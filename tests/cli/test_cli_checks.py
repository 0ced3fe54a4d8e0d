"""`quotes validate` and `quotes explain` on what extract wrote, and on what it would never write."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_cases import lines_of
from command_line import Run


@pytest.fixture
def extracted(run: Run, tmp_path: Path, article: Path) -> Path:
    """Records with their text."""
    path = tmp_path / "out.jsonl"
    assert run("extract", "--pipeline", "rules", "--with-text", "-o", path, article).status == 0
    return path


def test_validate_accepts_what_extract_writes(run: Run, extracted: Path) -> None:
    result = run("validate", extracted)
    assert (result.status, result.out) == (0, "")
    assert run("validate", "-", stdin=extracted.read_bytes()).status == 0


def test_validate_accepts_lone_surrogates(run: Run, tmp_path: Path) -> None:
    path = lines_of(tmp_path / "in.jsonl", {"text": '"\ud83d we go home," said Anna Lee.'})
    assert run("validate", "-", stdin=run("extract", "--with-text", path).out.encode()).status == 0


def test_validate_refuses_a_shifted_span(run: Run, extracted: Path) -> None:
    data = json.loads(extracted.read_text())
    span = data["quotes"][1]["content"][0]
    span["start"], span["end"] = span["start"] + 1, span["end"] + 1
    result = run("validate", lines_of(extracted, data, {"id": "x"}, "{"))
    assert result.status == 1
    assert "line 1: quotes.1.content: the text from" in result.out
    assert "line 2: text_sha256" in result.out
    assert "line 3: not valid JSON" in result.out


@pytest.mark.parametrize("change", [{"surprise": 1}, {"schema_version": "quotedesk/9"}, {"quotes": [{}]}])
def test_validate_refuses_what_is_not_in_the_schema(run: Run, extracted: Path, change: dict[str, object]) -> None:
    data = json.loads(extracted.read_text()) | change
    result = run("validate", lines_of(extracted, data))
    assert result.status == 1
    assert next(iter(change)) in result.out


def test_explain_by_number_and_by_id_say_the_same(run: Run, article: Path) -> None:
    every = run("explain", "--pipeline", "rules", article)
    second = run("explain", "--pipeline", "rules", article, "2")
    key = re.findall(r"q_\w+", second.out)[0]
    assert every.status == second.status == 0
    assert second.out == run("explain", "--pipeline", "rules", article, key).out
    assert "Tom Ray" in second.out
    assert "because" in second.out
    assert "Anna Lee" not in second.out
    assert "Anna Lee" in every.out


@pytest.mark.parametrize("which", ["0", "3", "q_none", "-1", "²"])
def test_explain_refuses_a_wrong_number(run: Run, article: Path, which: str) -> None:
    result = run("explain", "--pipeline", "rules", article, "--", which)
    assert (result.status, result.out) == (2, "")
    assert "[Q001]" in result.err
    assert "from 1 to 2" in result.err


def test_explain_without_a_file_is_one_line(run: Run, tmp_path: Path) -> None:
    result = run("explain", "--pipeline", "rules", tmp_path / "none.txt")
    assert result.status == 1
    assert "[Q202]" in result.err
    assert len(result.err.splitlines()) == 1


def test_explain_keeps_escapes_from_the_terminal(run: Run, tmp_path: Path) -> None:
    path = lines_of(tmp_path / "in.jsonl", {"text": '"\x1b[2J\ud800We will go," said Anna Lee.'})
    result = run("explain", "--pipeline", "rules", path)
    assert result.status == 0
    assert "\x1b" not in result.out


def test_explain_of_an_article_tells_what_spoke_against_the_second_candidate(run: Run, tmp_path: Path) -> None:
    text = (
        "Senator Ann Lee met Mayor Mary Ray in Ohio. Ray left. Lee told Ray that it was late. She said it was dear.\n"
    )
    path = tmp_path / "two.txt"
    path.write_text(text, encoding="utf-8")
    lines = run("explain", "--pipeline", "rules", path, "2").out.splitlines()
    told = [line for line in lines if "against " in line and "its share" not in line]
    assert told, lines
    assert not any("character" in line for line in told)
    assert run("extract", "--pipeline", "rules", path).status == 0
