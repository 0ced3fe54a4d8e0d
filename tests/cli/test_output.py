"""Each output format on hand-made records: well-formed, safe for spreadsheets and terminals, fitted to the width."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
from pathlib import Path

import pytest
from cli_cases import TEXT, record

from quotes.errors import OutputError
from quotes.exporters import EXPORTERS
from quotes.output.cells import fit, printable, width_of
from quotes.output.marked import mark
from quotes.output.target import opened
from quotes.schema import DocumentRecord

FORMATS = ("jsonl", "json", "csv", "table", "text")
ESCAPE = re.compile(r"\x1b\[\d*m")


def written(name: str, *records: DocumentRecord, color: bool = False, bom: bool = False) -> str:
    """Return what a format writes for some records."""
    stream = io.StringIO()
    write, close = EXPORTERS[name].load()(stream, color=color, bom=bom)
    for one in records:
        write(one)
    close()
    return stream.getvalue()


def rows(*records: DocumentRecord) -> list[dict[str, str]]:
    """Return the rows of the CSV of some records."""
    return list(csv.DictReader(io.StringIO(written("csv", *records))))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_whatever_is_in_a_text_as_utf8(name: str) -> None:
    text = '"\ud800 bad \x1b[2J\0 \u202e end,"\r\nAnna\tLee said.'
    odd = record(text, ('"\ud800 bad \x1b[2J\0 \u202e end,"',), "Anna\ud800\x1b[31mLee", "Anna\tLee")
    out = written(name, odd)
    assert out.encode("utf-8")
    if name in ("table", "text"):
        assert not set(out) & {"\x1b", "\0", "\u202e"}


def test_jsonl_is_a_record_a_line_that_reads_back() -> None:
    lines = written("jsonl", record(), record("“Ça va…\u2028” Anna Lee said.", ("“Ça va…\u2028”",))).split("\n")
    assert lines[2:] == [""]
    assert [DocumentRecord.model_validate_json(line).quotes[0].speaker for line in lines[:2]] == ["Anna Lee"] * 2
    assert "Ça va…" in lines[1]


def test_a_lone_surrogate_is_escaped_in_json() -> None:
    text = '"\ud83d," Anna Lee said.'
    for name in ("jsonl", "json"):
        out = written(name, record(text, ('"\ud83d,"',)))
        assert out.isascii()
        data = json.loads(out)
        assert (data[0] if name == "json" else data)["text"] == text


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array_whatever_the_number(count: int) -> None:
    assert [d["id"] for d in json.loads(written("json", *[record()] * count))] == ["d"] * count


def test_csv_has_a_row_per_quote_and_parts_are_joined() -> None:
    parted = record('"We," Anna Lee said, "win."', ('"We,"', '"win."'))
    first, second = rows(record(id="a"), parted.model_copy(update={"id": "b"}))
    assert (first["document"], first["content"], first["speaker"], first["role"]) == (
        "a",
        '"We will win,"',
        "Anna Lee",
        "mayor",
    )
    assert second["content"] == '"We," […] "win."'
    assert (second["start"], second["end"]) == ("0", "27")


def test_csv_without_quotes_is_its_head_alone() -> None:
    assert written("csv").count("\n") == 1
    assert written("csv", record().model_copy(update={"quotes": ()})).count("\n") == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_cells_that_a_spreadsheet_would_run_are_neutralised(start: str) -> None:
    evil = f"{start}cmd|' /C calc'!A0"
    (row,) = rows(record(f"{evil} Anna Lee said.", (evil,), speaker=f"{start}x", id=f"{start}y"))
    for cell in (row["content"], row["speaker"], row["document"]):
        assert cell.startswith("'" + start.replace("\r", "\n"))


def test_csv_keeps_numbers_as_numbers() -> None:
    (row,) = rows(record())
    assert (row["confidence"], row["start"], row["end"]) == ("0.9", "0", "14")


def test_the_byte_order_mark_stands_first_and_once() -> None:
    out = written("csv", record(), record(), bom=True)
    assert out.startswith("\ufeffdocument,")
    assert out.count("\ufeff") == 1
    assert "\ufeff" not in written("csv", record())


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("日本語", 6), ("e\u0301", 1), ("🙂", 2), ("ﾊ", 1), ("👩\u200d🚀", 2), ("🇩🇪", 2), ("", 0)],
)
def test_width_counts_terminal_cells(text: str, width: int) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    "text", ["", "abc", "日本語日本語日本語", "a日本語日本語", "🙂" * 30, "x" * 500, "a\n\tb\x1b[0m"]
)
@pytest.mark.parametrize("width", [5, 8, 9])
def test_fit_fills_the_width_exactly_on_one_line(text: str, width: int) -> None:
    out = fit(text, width)
    assert width_of(out) == width
    assert not set(out) & set("\n\t\x1b")


@pytest.mark.parametrize("columns", [20, 60, 80, 133])
@pytest.mark.parametrize("word", ["word ", "日本語", "🙂"])
def test_no_line_of_the_table_is_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: int, word: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    content = f'"{word * 60},"'
    long = record(f"{content} Anna Lee said.", (content,), speaker=word * 20, id=word * 40)
    for line in written("table", long).splitlines():
        assert width_of(line) <= max(60, columns)


def test_table_columns_stand_in_line_and_name_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    wide = record('"A," 李明 said.', ('"A,"',), "李明", "李明")
    lines = [written("table", r).splitlines()[1] for r in (record(), wide, record(speaker=None))]
    assert {width_of(line[: line.index("0.90")]) for line in lines} == {34}
    assert "unknown (no source)" in lines[2]


def test_the_text_is_marked_with_brackets_and_numbers() -> None:
    assert mark(record(), color=False) == '["We will win,"](1) {Anna Lee} <said>.'
    assert written("text", record()).endswith("{source}\n  1. Anna Lee (direct, 0.90)\n\n")


def test_the_text_is_marked_with_colour_and_is_else_the_same() -> None:
    out = mark(record(), color=True)
    assert "\x1b[36m" in out
    assert out.count("\x1b[0m") == len(ESCAPE.findall(out)) / 2 == 4
    assert ESCAPE.sub("", out) == TEXT.replace(" Anna", "(1) Anna")


def test_marks_stand_right_behind_characters_that_are_not_shown() -> None:
    text = '\x00\x1b\ud800"We," Anna Lee said.'
    assert mark(record(text, ('"We,"',)), color=False) == '\ufffd\ufffd\ufffd["We,"](1) {Anna Lee} <said>.'


def test_printable_keeps_length_letters_and_line_ends_but_no_control() -> None:
    text = "é日🙂\n\ta\u2029b\x9b\x1b\x1c\r\0\x85\x7f\u202e\ud800c"
    out = printable(text)
    assert len(out) == len(text)
    assert (out[:4], out[5], out[7], out[-1]) == ("é日🙂\n", "a", "b", "c")
    assert not set(out) & set("\x9b\x1b\x1c\r\0\x85\x7f\u202e\ud800")


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with pytest.raises(RuntimeError), opened(str(target)) as stream:
        stream.write("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with opened(str(target)) as stream:
        stream.write("whole\n")
        assert not target.exists()
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("out.jsonl", b"whole\n")]


def test_a_failed_run_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), opened(str(target)) as stream:
        stream.write("new")
        raise KeyboardInterrupt
    assert target.read_text() == "old"


def test_modes_follow_the_umask_or_the_old_file(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        for name in ("new", "kept"):
            with opened(str(tmp_path / name)):
                pass
        (tmp_path / "kept").chmod(0o604)
        with opened(str(tmp_path / "kept")):
            pass
    finally:
        os.umask(mask)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert modes == {"new": 0o640, "kept": 0o604}


def test_a_link_is_followed_and_a_device_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "null").symlink_to(os.devnull)
    for name in ("link", "null"):
        with opened(str(tmp_path / name)) as stream:
            stream.write("x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "x"
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("name", ["missing/out", "."])
def test_an_output_that_cannot_be_written_names_the_cure(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"Can't write to .* -o"), opened(str(tmp_path / name)):
        pass
