"""`quotes extract` on what goes wrong: each bad input is one line on stderr, and the others are done."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cli_cases import ARTICLE, CODE, lines_of, records
from command_line import Run

BAD = {
    "missing": None,
    "binary": bytes(range(256)) * 8,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + bytes(range(128, 256)) * 4,
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_one_line_and_the_others_are_done(run: Run, tmp_path: Path, article: Path, kind: str) -> None:
    bad, data = tmp_path / f"{kind}.txt", BAD[kind]
    if data is not None:
        bad.write_bytes(data)
    result = run("extract", "--pipeline", "rules", "-q", bad, article)
    (line,) = result.err.splitlines()
    assert result.status == 1
    assert CODE.search(line)
    assert bad.name in line
    assert [r.id for r in records(result.out)] == [str(article)]


def test_a_directory_without_texts_says_what_was_looked_for(run: Run, tmp_path: Path, article: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("extract", "--pipeline", "rules", "-q", tmp_path / "empty", article)
    assert result.status == 1
    assert "[Q201]" in result.err
    assert ".jsonl" in result.err
    assert len(records(result.out)) == 1


def test_a_directory_is_walked_in_order(run: Run, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.md", ".hidden.txt", "d.bin"):
        (tmp_path / "news" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "news" / name).write_text(ARTICLE)
    result = run("extract", "--pipeline", "rules", tmp_path / "news")
    assert result.status == 0
    assert [Path(r.id).name for r in records(result.out)] == ["a.txt", "b.txt", "c.md"]
    assert "3 articles" in result.err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"text": "broken', "column"),
        ("[1, 2]", "list"),
        ('{"body": "x", "uid": 1}', "'body', 'uid'"),
        ('{"text": 7}', "number"),
        ("{" * 5000, "JSON"),
        ('{"text": null}', "null"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(
    run: Run, tmp_path: Path, line: str, told: str
) -> None:
    path = lines_of(tmp_path / "in.jsonl", {"id": "a", "text": ARTICLE}, line, {"id": "c", "text": ARTICLE})
    result = run("extract", "--pipeline", "rules", "-q", path)
    assert result.status == 1
    assert len(result.err.splitlines()) == 1
    assert "[Q204]" in result.err
    assert "line 2" in result.err
    assert told in result.err
    assert [r.id for r in records(result.out)] == ["a", "c"]


@pytest.mark.parametrize(
    "text",
    ["", " \n\n", "\0", '"a\0b," said Anna Lee.', "\ud800", '"\ud83d we go," said Anna\udc00 Lee.', "\x1b[2J\x07\x9b",
     '"\x01\x02We will go home,\x7f" said Anna Lee.', "\ufeff", '"' * 50, "\r\n\r\r\n", "\u2028\u2029\x0c"],
    ids=range(12),
)  # fmt: skip
@pytest.mark.parametrize("to", ["jsonl", "json", "csv", "table", "text"])
def test_odd_texts_give_records_in_every_format(run: Run, tmp_path: Path, text: str, to: str) -> None:
    path = lines_of(tmp_path / "in.jsonl", {"id": "odd", "text": text}, {"id": "last", "text": ARTICLE})
    result = run("extract", "--pipeline", "rules", "-q", "--format", to, path)
    assert (result.status, result.err) == (0, "")
    if to == "jsonl":
        assert [r.id for r in records(result.out)] == ["odd", "last"]
    if to == "json":
        assert [r["id"] for r in json.loads(result.out)] == ["odd", "last"]
    if to in ("table", "text"):
        assert not set(result.out) & {"\0", "\x1b", "\x07", "\x08", "\x9b", "\x7f"}
    assert "Anna Lee" in result.out


def test_odd_names_and_ids_are_written_as_utf8(run: Run, tmp_path: Path) -> None:
    path = lines_of(tmp_path / "in.jsonl", {"id": "a\ud800\n\x1b[31m", "text": ARTICLE, "url": "\udfff"})
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    odd.write_text(ARTICLE)
    for to in ("jsonl", "table", "csv"):
        result = run("extract", "--pipeline", "rules", "--format", to, path, odd)
        assert result.status == 0
        assert result.out.encode("utf-8")


@pytest.mark.slow
def test_a_megabyte_without_a_space_is_no_trouble(run: Run) -> None:
    result = run("extract", "--pipeline", "rules", "-", stdin=b"x" * 1_000_000)
    assert result.status == 0
    assert len(records(result.out)) == 1


def test_stop_tells_the_error_once_and_writes_no_file(run: Run, tmp_path: Path, article: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("extract", "--pipeline", "rules", "--on-error", "stop", "-o", out, article, tmp_path / "none.txt")
    assert result.status == 1
    assert result.err.count("[Q202]") == 1
    assert not out.exists()
