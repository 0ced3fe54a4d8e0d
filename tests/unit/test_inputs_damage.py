"""Damaged, locked, empty and oversized inputs: each is named with a cure, and the rest is read."""

from __future__ import annotations

import gzip
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from files_at_hand import SPOKEN, locked, page, parquet, pdf, put, read, warc_gz, warc_record

from quotes.errors import BadLine, Damaged, InputError, InputMissing, ReaderMissing, TooLong
from quotes.inputs import READERS, How, read_stream

LINES = b"".join(b'{"text": "%d %s"}\n' % (n, os.urandom(40).hex().encode()) for n in range(300))


def the_rest_is_read(tmp_path: Path, bad: Path, kind: type[InputError], words: str) -> InputError:
    """Assert that a bad input gives one error of a kind, and that one after it is read; return the error."""
    _, errors = read(bad, put(tmp_path / "z_good.txt", SPOKEN))
    documents, _ = read(bad, tmp_path / "z_good.txt")
    assert documents[-1].text == SPOKEN
    assert [type(e) for e in errors] == [kind]
    assert str(bad.name) in errors[0].message
    assert words in errors[0].message
    assert "\n" not in errors[0].message
    return errors[0]


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_a_compressed_file_that_is_cut_short_gives_its_whole_lines(tmp_path: Path, ending: str) -> None:
    data = gzip.compress(LINES) if ending == "gz" else zstandard.compress(LINES)
    bad = put(tmp_path / f"a.jsonl.{ending}", data[: len(data) // 2])
    the_rest_is_read(tmp_path, bad, Damaged, "cut short")
    if ending == "gz":  # a Zstandard block comes whole or not at all
        assert 10 < len(read(bad)[0]) < 300


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_a_broken_compressed_text_is_one_error(tmp_path: Path, ending: str) -> None:
    checked = zstandard.ZstdCompressor(write_checksum=True)
    data = gzip.compress(LINES) if ending == "gz" else checked.compress(LINES)
    data = data[: len(data) // 2] + b"\xff\x00" * 30 + data[len(data) // 2 + 60 :]
    the_rest_is_read(tmp_path, put(tmp_path / f"a.txt.{ending}", data), Damaged, "broken")


def records() -> list[bytes]:
    return [warc_record(n, page(f"{n} {SPOKEN} " * 20)) for n in range(4)]


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (b"".join(records())[:-700], 3),
        (b"".join(records()[:3]) + records()[3][:90], 3),
        (warc_gz(*records())[:-60], 3),
        (warc_gz(*records()[:3]) + warc_gz(records()[3])[:12], 3),
        (zstandard.compress(b"".join(records()))[:-30], 0),
        (b"".join(records()[:2]) + b"junk junk\r\n\r\n" + b"".join(records()[2:]), 2),
        (b"no archive at all " * 50, 0),
    ],
    ids=[
        "in a page",
        "in a header",
        "in a packed page",
        "in a packed header",
        "in a Zstandard block",
        "junk",
        "no WARC",
    ],
)
def test_a_warc_that_is_cut_short_gives_its_whole_records(tmp_path: Path, data: bytes, whole: int) -> None:
    name = {b"\x1f": "a.warc.gz", b"\x28": "a.warc.zst"}.get(data[:1], "a.warc")
    the_rest_is_read(tmp_path, put(tmp_path / name, data), Damaged, "et the file again")
    assert len(read(tmp_path / name)[0]) == whole


def test_a_page_that_cant_be_decoded_costs_no_other_page(tmp_path: Path) -> None:
    plain, packed = page(SPOKEN * 5), gzip.compress(page(SPOKEN * 5))
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(plain), plain)
    answers = [
        (b"no gzip at all", "Content-Encoding: gzip\r\n"),
        (packed, "Content-Encoding: gzip\r\n"),
        (b"no brotli at all", "Content-Encoding: br\r\n"),
        (chunked, "Transfer-Encoding: chunked\r\n"),
        (plain, "Transfer-Encoding: chunked\r\n"),  # stored decoded, the header left as it was
        (plain, ""),
    ]
    data = [warc_record(n, body, http=http) for n, (body, http) in enumerate(answers)]
    for path in (put(tmp_path / "a.warc", b"".join(data)), put(tmp_path / "b.warc.gz", warc_gz(*data))):
        documents, errors = read(path)
        assert [int(d.id[-1]) for d in documents] == [1, 3, 4, 5]
        assert len({d.text for d in documents}) == 1
        assert [(type(e), e.message.count("can't be decoded")) for e in errors] == [(Damaged, 1), (Damaged, 1)]


def test_a_packed_page_that_bursts_is_named(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b"x" * (3 << 20))
    path = put(tmp_path / "a.warc", warc_record(0, bomb, http="Content-Encoding: gzip\r\n"))
    documents, errors = read(path, max_mb=1)
    assert (documents, [type(e) for e in errors]) == ([], [TooLong])


def test_a_warc_record_that_is_too_long_is_named(tmp_path: Path) -> None:
    path = put(tmp_path / "a.warc", warc_record(0, page("x" * (1 << 20))) + warc_record(1, page(SPOKEN * 5)))
    documents, errors = read(path, max_mb=1)
    assert [d.id[-1] for d in documents] == ["1"]
    assert [type(e) for e in errors] == [TooLong]


def test_parquet_without_the_column_lists_the_columns(tmp_path: Path) -> None:
    bad = parquet(tmp_path / "a.parquet", {"body": ["x"], "n": [1]})
    error = the_rest_is_read(tmp_path, bad, BadLine, "no column 'text'. Columns: 'body', 'n'")
    assert "--text-key" in error.message
    _, [error] = read(bad, text_key="n")
    assert "int64, not strings" in error.message


def test_parquet_rows_without_a_text_are_named(tmp_path: Path) -> None:
    documents, errors = read(
        parquet(tmp_path / "a.parquet", {"text": ["a", None, "x" * (1 << 20) + "y", "b"]}), max_mb=1
    )
    assert [d.text for d in documents] == ["a", "b"]
    assert ["row 2: the value of 'text' is null" in errors[0].message, "row 3" in errors[1].message] == [True, True]


@pytest.mark.parametrize("cut", [8, -8])
def test_a_parquet_file_that_is_cut_short(tmp_path: Path, cut: int) -> None:
    data = parquet(tmp_path / "whole.parquet", {"text": ["a"] * 100}).read_bytes()
    the_rest_is_read(tmp_path, put(tmp_path / "a.parquet", data[:cut]), Damaged, "not a whole Parquet file")


@pytest.mark.parametrize(
    ("text", "good", "message"),
    [
        ("title,body\na,b\n", 0, "line 1: no column 'text'. Columns: 'title', 'body'"),
        ('text\n"a"b\nc\n', 1, "line 2: not valid CSV"),
        ('text\na\n"never closed\nb\nc\n', 1, "line 3: a quoted field that begins here is never closed"),
        ("n,text\n1,a\n2,b,c\n3,d\n", 2, "line 3: 3 fields under 2 columns"),
        ("n,text\n1\n2,b\n", 1, "line 2: 1 of 2 fields"),
        ("text\na\n" + "\x01" * 100 + "\nb\n", 2, "binary"),
    ],
)
def test_bad_rows_of_csv_are_named(tmp_path: Path, text: str, good: int, message: str) -> None:
    documents, [error] = read(put(tmp_path / "a.csv", text))
    assert len(documents) == good
    assert isinstance(error, BadLine)
    assert message in error.message


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html", "a", "a.txt.gz"])
def test_more_than_is_allowed_is_named_and_what_follows_is_read(tmp_path: Path, name: str) -> None:
    line = b"x" * (3 << 20)
    data = {
        "a.jsonl": b'{"text": "a"}\n{"text": "' + line + b'"}\n{"text": "b"}\n',
        "a.csv": b"text\na\n" + line + b"\nb\n",
        "a.txt.gz": gzip.compress(line),
    }.get(name, line)
    documents, errors = read(put(tmp_path / name, data), max_mb=2)
    assert [d.text for d in documents] == (["a", "b"] if name in ("a.jsonl", "a.csv") else [])
    assert [type(e) for e in errors] == [TooLong]
    assert "2 MB" in errors[0].message
    assert "--max-mb" in errors[0].message


class Endless(io.RawIOBase):
    """A line of so many bytes, made while it is read."""

    def __init__(self, size: int) -> None:
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = min(len(buffer), self.left)
        buffer[:count] = b"x" * count
        self.left -= count
        return count


@pytest.mark.parametrize("megabytes", [30, pytest.param(300, marks=pytest.mark.slow)])
@pytest.mark.parametrize("format", ["text", "jsonl", "csv", "auto", "html"])
def test_a_single_line_of_300_mb_is_never_kept(format: str, megabytes: int) -> None:
    import tracemalloc

    errors: list[InputError] = []
    tracemalloc.start()
    how = How(format, most=2 << 20, on_error=lambda e, _: errors.append(e))
    assert list(read_stream(Endless(megabytes << 20), "-", how)) == []  # type: ignore[arg-type]
    assert tracemalloc.get_traced_memory()[1] < 20 << 20
    tracemalloc.stop()
    assert TooLong in [type(e) for e in errors]


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    data = pdf(["Hello there."])
    the_rest_is_read(tmp_path, put(tmp_path / "a.pdf", locked(data, "secret")), Damaged, "protected by a password")
    assert [d.text for d in read(put(tmp_path / "b.pdf", locked(data, "")))[0]] == ["Hello there."]


def test_a_scan_says_that_it_needs_ocr(tmp_path: Path) -> None:
    the_rest_is_read(tmp_path, put(tmp_path / "a.pdf", pdf([], [])), Damaged, "Run OCR")


@pytest.mark.parametrize("cut", [20, 200, 300])
def test_a_pdf_that_is_cut_short(tmp_path: Path, cut: int) -> None:
    the_rest_is_read(tmp_path, put(tmp_path / "a.pdf", pdf(["Hello."])[:cut]), Damaged, "a.pdf")


def test_word_files_that_are_none(tmp_path: Path) -> None:
    the_rest_is_read(tmp_path, put(tmp_path / "a.docx", b"\xd0\xcf\x11\xe0" + bytes(600)), Damaged, "password")
    the_rest_is_read(tmp_path, put(tmp_path / "b.docx", b"PK\x03\x04 cut"), Damaged, "not a whole Word document")
    the_rest_is_read(tmp_path, put(tmp_path / "c.docx", b""), Damaged, "not a whole Word document")


def test_subtitles_that_are_none_or_broken(tmp_path: Path) -> None:
    the_rest_is_read(tmp_path, put(tmp_path / "a.srt", "just words"), Damaged, "neither SRT nor WebVTT")
    good = "1\n00:00:01,000 --> 00:00:02,000\nyes\n"
    documents, [error] = read(put(tmp_path / "b.srt", good + "\n2\n00:00:07,000 -->\nlost\n"))
    assert [d.text for d in documents] == ["yes"]
    assert "1 caption(s)" in error.message


@pytest.mark.parametrize("name", [n for n, r in READERS.items() if r.extra])
def test_a_reader_that_is_not_installed_names_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for package in READERS[name].packages:
        monkeypatch.setitem(sys.modules, package.partition(".")[0], None)
        monkeypatch.setitem(sys.modules, package, None)
    bad = put(tmp_path / f"a{READERS[name].endings[0]}", b"x")
    the_rest_is_read(tmp_path, bad, ReaderMissing, f"pip install 'quotedesk[{READERS[name].extra}]'")


def test_zstandard_is_an_extra_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    bad = put(tmp_path / "a.txt.zst", b"\x28\xb5\x2f\xfd..")
    the_rest_is_read(tmp_path, bad, ReaderMissing, "quotedesk[zstd]")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    bad = put(tmp_path / "a.pdf", b"x")
    bad.chmod(0)
    the_rest_is_read(tmp_path, bad, InputMissing, "permission")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: p.symlink_to(p), "a.pdf' can't be read"),
        (lambda p: p.symlink_to(p.parent / "nowhere"), "a.pdf' is a link to a file that is not there"),
    ],
)
def test_links_to_themselves_or_to_nowhere(tmp_path: Path, make: Callable[[Path], None], words: str) -> None:
    make(tmp_path / "a.pdf")
    the_rest_is_read(tmp_path, tmp_path / "a.pdf", InputMissing, words)
    documents, errors = read(tmp_path)
    assert [d.text for d in documents] == [SPOKEN]
    assert [type(e) for e in errors] == [InputMissing]
