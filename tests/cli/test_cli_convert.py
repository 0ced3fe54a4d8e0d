"""`quotes convert`, and the formats of `quotes extract`: texts from elsewhere, bad records, help that tells losses."""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path

import pytest
from cli_cases import ARTICLE, CODE, EMPTY, records
from command_line import Run

from quotes.exporters import EXPORTERS


@pytest.fixture
def stored(run: Run, tmp_path: Path, article: Path) -> Path:
    """Two records without their texts, extracted from a folder."""
    (tmp_path / "news").mkdir()
    article.rename(tmp_path / "news" / "article.txt")
    (tmp_path / "news" / "empty.txt").write_text(EMPTY)
    assert run("extract", tmp_path / "news", "-o", tmp_path / "records.jsonl").status == 0
    return tmp_path / "records.jsonl"


def test_help_tells_of_every_format_what_it_loses(quick: Run) -> None:
    out = " ".join(quick("convert", "--help").out.split())
    for e in EXPORTERS.values():
        assert f"{e.name}: {e.summary}" in out
        assert f"loses {e.loses or 'nothing'}" in out


def test_records_go_to_a_database_by_its_name(stored: Path, quick: Run, tmp_path: Path) -> None:
    result = quick("convert", stored, "--out", tmp_path / "out.sqlite")
    assert (result.status, result.out) == (0, "")
    assert "2 articles, 2 quotes" in result.err
    base = sqlite3.connect(tmp_path / "out.sqlite")
    assert base.execute("SELECT speaker FROM quotations ORDER BY speaker").fetchall() == [("Anna Lee",), ("Tom Ray",)]
    base.close()


def test_conversion_gives_what_extraction_would_have(stored: Path, run: Run, tmp_path: Path) -> None:
    for name in ("csv", "json", "webannotation", "schemaorg"):
        direct = run("extract", tmp_path / "news", "--format", name)
        assert quick_same(run, stored, name) == direct.out


def quick_same(run: Run, stored: Path, name: str) -> str:
    """Return what a conversion to standard output prints."""
    result = run("convert", stored, "--format", name, "-q")
    assert (result.status, result.err) == (0, "")
    return result.out


def test_texts_are_found_by_their_hash(stored: Path, quick: Run, tmp_path: Path) -> None:
    result = quick("convert", stored, "--format", "brat", "--text", tmp_path / "news", "--out", tmp_path / "brat")
    assert result.status == 0
    texts = sorted(p.read_text() for p in (tmp_path / "brat").glob("*.txt"))
    assert texts == sorted([ARTICLE, EMPTY])
    reverse = tmp_path / "reverse.jsonl"
    reverse.write_text("".join(reversed(stored.read_text().splitlines(keepends=True))))
    again = quick("convert", reverse, "--format", "jsonl", "--text", tmp_path / "news")
    assert [r.text for r in records(again.out)] == [EMPTY, ARTICLE]


def test_a_text_that_is_missing_or_has_changed_is_named(stored: Path, quick: Run, tmp_path: Path) -> None:
    result = quick("convert", stored, "--format", "tei", "--out", tmp_path / "tei")
    assert result.status == 1
    assert len(CODE.findall(result.err)) == 2
    assert "--text" in result.err
    (tmp_path / "news" / "article.txt").write_text(f"New. {ARTICLE}")
    result = quick("convert", stored, "--format", "tei", "--text", tmp_path / "news", "--out", tmp_path / "tei")
    assert result.status == 1
    assert "article.txt: its text is not the one that was read then" in result.err
    assert len(list((tmp_path / "tei").iterdir())) == 1


def test_bad_records_are_named_and_the_rest_is_converted(stored: Path, quick: Run, tmp_path: Path) -> None:
    lines = stored.read_text().splitlines()
    moved = json.loads(lines[0]) | {"text": "x" * 200}
    stored.write_text("\n".join(["{oops", '{"id": 1}', json.dumps(moved), *lines]))
    result = quick("convert", stored, "--format", "jsonl")
    assert (result.status, len(records(result.out))) == (1, 3)
    assert "line 1: not a document record" in result.err
    assert "line 2: not a document record" in result.err
    result = quick("convert", stored, "--format", "cas", "--text", tmp_path / "news", "--out", tmp_path / "cas")
    assert result.status == 1
    assert "is not in the text at" in result.err
    assert len(list((tmp_path / "cas").glob("*.xmi"))) == 2


def test_compressed_records_and_those_that_are_cut_short(stored: Path, quick: Run, tmp_path: Path) -> None:
    packed = gzip.compress(stored.read_bytes() * 400)
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    assert len(records(quick("convert", tmp_path / "a.jsonl.gz", "--format", "jsonl").out)) == 800
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    result = quick("convert", tmp_path / "a.jsonl.gz", stored, "--format", "jsonl")
    assert result.status == 1
    assert "cut short" in result.err
    assert 2 < len(records(result.out)) < 800


def test_extract_gives_the_text_to_the_formats_that_need_it(run: Run, tmp_path: Path, article: Path) -> None:
    for name in ("brat", "tei", "labelstudio", "citron", "docbin", "cas"):
        assert run("extract", article, "--format", name, "--out", tmp_path / name).status == 0
    assert (tmp_path / "docbin").is_file()
    assert json.loads((tmp_path / "labelstudio" / "tasks.json").read_text())[0]["data"]["text"] == ARTICLE


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (["convert", "r.jsonl", "--format", "brat"], 2, "--out"),
        (["convert", "r.jsonl", "--format", "xml"], 2, "webannotation"),
        (["convert", "r.jsonl", "--bom"], 2, "CSV"),
        (["convert", "nothing.jsonl", "--format", "csv"], 3, "nothing.jsonl"),
        (["convert", "r.jsonl", "--out", "nowhere/x.db"], 1, "nowhere"),
        (["convert", "r.jsonl", "--format", "tei", "--out", "r.jsonl"], 1, "r.jsonl"),
        (["convert", "r.jsonl", "--format", "parquet", "--out", "."], 1, "not a file"),
    ],
)
def test_wrong_usage_is_one_line(
    quick: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], status: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r.jsonl").write_text("")
    result = quick(*argv)
    assert (result.status, result.out) == (status, "")
    assert words in result.err
    assert len(result.err.splitlines()) == 1


def test_urls_and_limits_reach_the_readers(run: Run, tmp_path: Path, article: Path) -> None:
    result = run("extract", article, "--format", "jsonl", "--url-for", "https://example.org/{stem}")
    assert records(result.out)[0].meta == {"url": "https://example.org/article"}
    (tmp_path / "big.jsonl").write_text('{"text": "' + "x" * (1 << 20) + '"}\n' + json.dumps({"text": ARTICLE}) + "\n")
    result = run("extract", tmp_path / "big.jsonl", "--max-mb", "1", "--format", "jsonl")
    assert (result.status, len(records(result.out))) == (1, 1)
    assert "line 1: the line is longer than 1 MB" in result.err
