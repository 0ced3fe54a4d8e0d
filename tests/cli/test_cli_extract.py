"""`quotes extract`: what it writes, where to, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_cases import ARTICLE, EMPTY, UNKNOWN, lines_of, records
from command_line import Run


def test_standard_input_is_read_without_paths_and_with_a_dash(run: Run) -> None:
    first = run("extract", "--pipeline", "rules", stdin=ARTICLE.encode())
    second = run("extract", "--pipeline", "rules", "-", stdin=ARTICLE.encode())
    assert first.out == second.out
    (record,) = records(first.out)
    assert [(q.type, q.speaker) for q in record.quotes] == [("direct", "Anna Lee"), ("indirect", "Tom Ray")]
    assert first.err == "1 article, 2 quotes, 0 unresolved, 0 failed\n"


def test_records_fit_the_schema_that_the_program_prints(run: Run, article: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(run("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(run("extract", "--pipeline", "rules", article).out), schema)


def test_jsonl_keeps_ids_and_order(run: Run, tmp_path: Path) -> None:
    ids = ["z", "7", "a b", "é", "0"]
    path = lines_of(tmp_path / "in.dump", *[{"uid": i, "body": ARTICLE if i != "a b" else EMPTY} for i in ids])
    result = run("extract", "--pipeline", "rules", "--from", "jsonl", "--text-key", "body", "--id-key", "uid", path)
    assert [r.id for r in records(result.out)] == ids
    assert [len(r.quotes) for r in records(result.out)] == [2, 2, 0, 2, 2]


def test_the_output_file_is_what_would_have_been_printed(run: Run, tmp_path: Path, article: Path) -> None:
    out = tmp_path / "out.jsonl"
    printed = run("extract", "--pipeline", "rules", article).out
    result = run("extract", "--pipeline", "rules", "-o", out, article)
    assert (result.status, result.out) == (0, "")
    assert out.read_text(encoding="utf-8") == printed
    assert sorted(p.name for p in tmp_path.iterdir()) == ["article.txt", "out.jsonl"]


def test_an_output_that_cannot_be_written_exits_with_1(run: Run, tmp_path: Path, article: Path) -> None:
    result = run("extract", "--pipeline", "rules", "-o", tmp_path / "none" / "out", article)
    assert result.status == 1
    assert "[Q401]" in result.err


def test_failed_inputs_go_to_the_file_of_errors(run: Run, tmp_path: Path, article: Path) -> None:
    errors = tmp_path / "errors.jsonl"
    bad = lines_of(tmp_path / "bad.jsonl", "{", {"text": ARTICLE})
    result = run("extract", "--pipeline", "rules", "--errors", errors, tmp_path / "none.txt", bad, article)
    rows = [json.loads(line) for line in errors.read_text().splitlines()]
    assert result.status == 1
    assert [(row["code"], row["line"]) for row in rows] == [("Q202", None), ("Q204", 1)]
    assert [Path(row["source"]).name for row in rows] == ["none.txt", "bad.jsonl"]
    assert "2 failed" in result.err


def test_the_file_of_errors_is_empty_where_nothing_failed(run: Run, tmp_path: Path, article: Path) -> None:
    assert run("extract", "--pipeline", "rules", "--errors", tmp_path / "errors", article).status == 0
    assert (tmp_path / "errors").read_text() == ""


@pytest.mark.parametrize(
    ("text", "flags", "status"),
    [
        (EMPTY, [], 0),
        (EMPTY, ["--fail-on-empty"], 1),
        (ARTICLE, ["--fail-on-empty", "--strict"], 0),
        (UNKNOWN, ["--fail-on-empty"], 0),
        (UNKNOWN, ["--strict"], 1),
    ],
)
def test_exit_codes_for_scripts(run: Run, text: str, flags: list[str], status: int) -> None:
    assert run("extract", "--pipeline", "rules", *flags, stdin=text.encode()).status == status


def test_quiet_says_nothing(run: Run, article: Path) -> None:
    assert run("extract", "--pipeline", "rules", "-q", article).err == ""


def test_min_confidence_leaves_out_what_is_below(run: Run, article: Path) -> None:
    (record,) = records(run("extract", "--pipeline", "rules", article).out)
    low, high = sorted(q.confidence for q in record.quotes)
    assert low < high
    (kept,) = records(run("extract", "--pipeline", "rules", "--min-confidence", str(high), article).out)
    assert [q.confidence for q in kept.quotes] == [high]
    assert run("extract", "--pipeline", "rules", "--min-confidence", "1", "--fail-on-empty", article).status == 1


def test_csv_has_a_row_per_quote_over_all_inputs(run: Run, article: Path) -> None:
    result = run("extract", "--pipeline", "rules", "--format", "csv", article, article, stdin=b"")
    assert len(result.out.splitlines()) == 5
    assert not result.out.startswith("\ufeff")


def test_the_byte_order_mark_is_for_csv(run: Run, article: Path) -> None:
    result = run("extract", "--pipeline", "rules", "--format", "csv", "--bom", article)
    assert result.out.startswith("\ufeffdocument,")
    assert result.out.count("\ufeff") == 1


@pytest.mark.parametrize(
    ("flags", "no_color", "colored"),
    [([], "", False), (["--color"], "", True), (["--color"], "1", True), (["--no-color"], "", False)],
)
@pytest.mark.parametrize("to", ["text", "table"])
def test_colour_is_for_terminals_or_when_asked_for(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch, flags: list[str], no_color: str, colored: bool, to: str
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    result = run("extract", "--pipeline", "rules", "--format", to, *flags, article)
    assert ("\x1b[" in result.out) == colored
    assert "Anna Lee" in result.out


def test_the_marked_text_is_the_article(run: Run, article: Path) -> None:
    result = run("extract", "--pipeline", "rules", "--format", "text", article)
    assert re.sub(r"[\[\]<>{}]|\(\d\)", "", result.out).startswith(ARTICLE)
