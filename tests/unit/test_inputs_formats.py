"""CSV, Parquet, WARC, Word, PDF, subtitles and compressed files as documents; URLs; nothing imported unless met."""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import zstandard
from files_at_hand import SPOKEN, page, parquet, pdf, put, read, warc_gz, warc_record
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.config import INPUTS
from quotes.inputs import READERS, How, read_stream
from quotes.inputs.registry import Keys, by_extension
from quotes.inputs.rows import delimiter
from quotes.inputs.unwrap import unwrap


def test_the_setting_knows_the_readers() -> None:
    assert ("auto", *READERS) == INPUTS


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.CSV", "csv"),
        ("a.jsonl.gz", "jsonl"),
        ("a.warc.gz", "warc"),
        ("a.txt.zst", "text"),
        ("a.gz", None),
        ("b", None),
    ],
)
def test_the_ending_tells_the_format_also_before_that_of_compression(name: str, format: str | None) -> None:
    assert by_extension(name) == format


def test_csv_rows_with_quotes_line_breaks_and_other_columns(tmp_path: Path) -> None:
    text = 'id,title,body\n7,"T, ""x""","One “a”,\r\ntwo 😀\n"\n\n8,,\n9,U,"Last, ""quoted"" line"'
    documents, errors = read(put(tmp_path / "a.csv", text), text_key="body")
    assert [(d.id, d.text, d.meta, d.line) for d in documents] == [
        ("7", "One “a”,\r\ntwo 😀\n", {"title": 'T, "x"'}, 2),
        ("8", "", {}, 6),
        ("9", 'Last, "quoted" line', {"title": "U"}, 7),
    ]
    assert not errors


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_delimiters(tmp_path: Path, mark: str) -> None:
    path = put(tmp_path / "a.csv", f"no{mark}text\n1{mark}a b\n")
    assert [d.text for d in read(path)[0]] == ["a b"]
    assert delimiter(f"a, b and c;d{mark}text", Keys()) == mark


def test_csv_lines_in_mixed_encodings(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", "text\n“été”\n".encode() + "“naïve”\n".encode("cp1252"))
    assert [d.text for d in read(path)[0]] == ["“été”", "“naïve”"]
    path = put(tmp_path / "b.csv", '\n \ntext,n\n"“été”\n😀",1\n'.encode("utf-16"))
    assert [(d.text, d.line) for d in read(path)[0]] == [("“été”\n😀", 4)]
    assert read(put(tmp_path / "c.csv", "\n\n")) == read(put(tmp_path / "d.csv", "")) == ([], [])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20), min_size=1))
def test_written_csv_comes_back(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerows([["n", "text"], *([i, f"x{t}\n"] for i, t in enumerate(texts))])
    documents, errors = read("-", format="csv", stdin=io.BytesIO(out.getvalue().encode()))
    assert [d.text for d in documents] == [f"x{t}\n" for t in texts]
    assert not errors


def test_parquet_rows_and_row_groups(tmp_path: Path) -> None:
    columns = {
        "text": [SPOKEN, "b", "c", "d", "e"],
        "id": ["x", None, "z", None, "w"],
        "day": [date(2026, 1, 2)] * 5,
        "deep": [[1]] * 5,
    }
    path = parquet(tmp_path / "a.parquet", columns, row_group_size=2)
    documents, errors = read(path)
    assert [d.text for d in documents] == columns["text"]
    assert [d.id for d in documents] == ["x", f"{path}:2", "z", f"{path}:4", "w"]
    assert [d.line for d in documents] == [1, 2, 3, 4, 5]
    assert documents[0].meta == {"day": "2026-01-02"}
    assert not errors
    with path.open("rb") as stream:
        part = list(read_stream(stream, str(path), How(), row_groups=(1, 2)))
    assert part == documents[2:]


def test_parquet_on_standard_input_is_known_by_its_beginning(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", {"text": ["a"]})
    assert [d.text for d in read("-", stdin=io.BytesIO(path.read_bytes()))[0]] == ["a"]


def test_warc_pages_with_their_addresses(tmp_path: Path) -> None:
    words = f"{SPOKEN} The vote went on all night in the town hall. " * 3
    records = (
        warc_record(0, page(words)),
        warc_record(1, b"<p>moved</p>", status=301),
        warc_record(2, b"\x89PNG", medium="image/png"),
        warc_record(3, "Caf\xe9 “x”".encode("cp1252"), medium="text/plain"),
        warc_record(4, page(words), more="WARC-Truncated: length\r\n"),
    )
    for name, data in (("a.warc", b"".join(records)), ("b.warc.gz", warc_gz(*records)), ("c", warc_gz(*records))):
        documents, errors = read(put(tmp_path / name, data))
        assert not errors
        assert [d.id[-1] for d in documents] == ["0", "3", "4"]
        assert documents[0].meta == {"title": "News", "url": "https://example.org/0", "crawled": "2026-01-01T00:00:00Z"}
        assert SPOKEN in documents[0].text
        assert documents[1].text == "Café “x”"
        assert "beginning" in documents[2].meta["warning"]


def test_a_part_of_a_warc_is_read_alone() -> None:
    records = [warc_record(n, page(f"{n} {SPOKEN} " * 5)) for n in range(4)]
    stream = io.BytesIO(warc_gz(*records[2:]))
    assert [d.id[-1] for d in read_stream(stream, "a.warc.gz", How())] == ["2", "3"]


def test_a_part_of_json_lines_keeps_the_numbers_of_its_lines() -> None:
    part = io.BytesIO(b'{"text": "c"}\n{"text": 3}\n')
    errors: list[str] = []
    how = How(on_error=lambda e, _: errors.append(e.message))
    assert [(d.id, d.line) for d in read_stream(part, "a.jsonl", how, first=11)] == [("a.jsonl:11", 11)]
    assert "a.jsonl, line 12" in errors[0]


def test_word_paragraphs_tables_and_tracked_changes(tmp_path: Path) -> None:
    from docx import Document as new_docx
    from docx.oxml import parse_xml

    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    file = new_docx()
    file.core_properties.title, file.core_properties.author = "T", "Ann"
    file.add_paragraph(SPOKEN).add_run().add_break()
    file.paragraphs[0].add_run("next\tline")
    file.add_table(1, 1).cell(0, 0).text = "in a cell"
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    file.element.body.insert(1, parse_xml(f"<w:p {w}>{gone}<w:ins><w:r><w:t>put in</w:t></w:r></w:ins></w:p>"))
    file.save(str(tmp_path / "a.docx"))
    [document], errors = read(tmp_path / "a.docx")
    assert document.text == f"{SPOKEN}\nnext\tline\n\nput in\n\nin a cell"
    assert document.meta["title"] == "T"
    assert not errors


def test_pdf_lines_are_joined_to_paragraphs(tmp_path: Path) -> None:
    first = [
        "Mayor claims victory",
        '"We won the vote in the whole town," Mayor Ann Lee told re-',
        "porters (of CNN) on Monday.",
        "Tom Ray",
    ]
    path = put(tmp_path / "a.pdf", pdf([*first, "1"], ["said nothing at all about the vote in the whole of the town."]))
    [document], errors = read(path)
    assert document.text.split("\n\n") == [
        "Mayor claims victory",
        '"We won the vote in the whole town," Mayor Ann Lee told reporters (of CNN) on Monday.',
        "Tom Ray said nothing at all about the vote in the whole of the town.",
    ]
    assert not errors


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ([], ""),
        (["", "\n\n"], ""),
        (["a b c d e\nF g.\n\nH i"], "a b c d e F g.\n\nH i"),
        (["1\nA long line of a page that is\nwell-\nknown.\n2"], "A long line of a page that is wellknown."),
    ],
)
def test_unwrapping(pages: list[str], text: str) -> None:
    assert unwrap(pages) == text


def test_subtitles_are_running_text(tmp_path: Path) -> None:
    vtt = (
        "WEBVTT\n\nNOTE by hand\n\n1\n00:00:01.000 --> 00:00:04.000\n"
        "<v Ann Lee>We <i>won</i> 😀 the vote\nin the town &amp; beyond,\n\n"
        "00:00:04.000 --> 00:00:06.000\n<v Ann Lee>all of it.\n\n00:00:06.000 --> 00:00:07.000\n<v Tom Ray>No.\n"
    )
    [document], _ = read(put(tmp_path / "a.vtt", vtt))
    assert document.text == "Ann Lee: We won 😀 the vote in the town & beyond, all of it.\n\nTom Ray: No."
    srt = (
        "\ufeff\r\n1\r\n00:00:01,000 --> 00:00:04,000\r\n- We won\r\n- No!\r\n\r\n"
        "2\r\n00:00:05,000 --> 00:00:06,000\r\n- No!\r\n\r\n"
        "3\r\n00:00:05,000 --> 00:00:06,000\r\nANN LEE: Hi 😀\r\nyou\r\n"
    )
    [document], errors = read(put(tmp_path / "a.srt", srt))
    assert document.text == "We won\n\nNo!\n\nANN LEE: Hi 😀 you"
    assert not errors


def test_compressed_files_by_ending_and_by_their_first_bytes(tmp_path: Path) -> None:
    lines = b'{"text": "a"}\n{"text": "b"}\n'
    frames = zstandard.compress(lines[:14]) + zstandard.compress(lines[14:])
    for name, data in (("a.jsonl.gz", gzip.compress(lines)), ("b.jsonl.zst", frames), ("c", frames)):
        documents, errors = read(put(tmp_path / name, data))
        assert [d.text for d in documents] == ["a", "b"]
        assert not errors
    assert [d.text for d in read("-", stdin=io.BytesIO(gzip.compress(SPOKEN.encode())))[0]] == [SPOKEN]


def test_a_folder_of_everything(tmp_path: Path) -> None:
    put(tmp_path / "a.txt.gz", gzip.compress(b"one"))
    put(tmp_path / "b.csv", "text\ntwo\n")
    parquet(tmp_path / "c.parquet", {"text": ["three"]})
    put(tmp_path / "d.png", b"\x89PNG")
    assert [d.text for d in read(tmp_path)[0]] == ["one", "two", "three"]
    assert [d.text for d in read(tmp_path, format="csv")[0]] == ["two"]


def test_urls_are_given_to_documents(tmp_path: Path) -> None:
    path = put(tmp_path / "a-1.jsonl", '{"text": "a", "id": "k", "url": "https://old"}\n{"text": "b"}\n')
    documents, _ = read(path, url_for="https://e.org/{stem}/{name}#{id}")
    assert documents[0].meta == {"url": "https://e.org/a-1/a-1.jsonl#k"}
    assert documents[1].meta["url"].startswith("https://e.org/a-1/")


def test_readers_are_imported_when_they_are_met(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", '{"text": "a"}\n')
    heavy = ("pyarrow", "fastwarc", "docx", "pypdf", "webvtt", "zstandard", "trafilatura", "lxml", "quotes.inputs.pdf")
    code = (
        "import sys; from quotes.inputs import read_inputs\n"
        f"assert [d.text for d in read_inputs([{str(path)!r}])] == ['a']\n"
        f"print([m for m in {heavy!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == "[]"
