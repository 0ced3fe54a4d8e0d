"""Cutting inputs: pieces cover a file without gaps, and read like the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_cases import OPTIONS, lines, warc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.batch.cuts import cut
from quotes.batch.documents import documents
from quotes.batch.plan import plan
from quotes.batch.shards import Part, Shard, group
from quotes.errors import InputError, UsageError
from quotes.inputs import Document, read_inputs


def read(parts: list[Part]) -> tuple[list[Document], list[InputError]]:
    errors: list[InputError] = []
    found = documents(Shard(0, tuple(parts)), OPTIONS, lambda e, _: errors.append(e))
    return list(found), errors


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(max_size=30), max_size=12), st.integers(20, 200))
def test_pieces_of_json_lines_read_like_the_whole(tmp_path: Path, texts: list[str], most: int) -> None:
    path = lines(tmp_path / "in.jsonl", texts, ids=False)
    parts = cut(str(path), "auto", most)
    assert read(parts)[0] == list(read_inputs([str(path)]))
    if len(parts) > 1:
        ends = [0, *(p.end for p in parts)]
        assert [p.start for p in parts] == ends[:-1]
        assert ends[-1] == path.stat().st_size


def test_a_bad_line_has_its_number_in_the_whole_file(tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", ["some words"] * 20)
    with path.open("a") as file:
        file.write("{oops\n")
    parts = cut(str(path), "auto", 100)
    assert len(parts) > 3
    assert "line 21" in read(parts)[1][0].message


def test_utf16_and_packed_lines_stay_whole(tmp_path: Path) -> None:
    wide = tmp_path / "w.jsonl"
    wide.write_text(lines(tmp_path / "n.jsonl", ["a b"] * 50).read_text(), encoding="utf-16")
    assert len(cut(str(wide), "auto", 100)) == 1
    (tmp_path / "x.jsonl.gz").write_bytes(b"\x1f\x8b" + bytes(500))
    assert len(cut(str(tmp_path / "x.jsonl.gz"), "auto", 100)) == 1


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pieces_of_a_web_archive_read_like_the_whole(tmp_path: Path, name: str) -> None:
    pytest.importorskip("fastwarc", reason="install the extra warc")
    path = warc(tmp_path / name, 30)
    parts = cut(str(path), "auto", path.stat().st_size // 7)
    whole = list(read_inputs([str(path)]))
    assert len(parts) > 3
    assert len(whole) == 30
    assert read(parts) == (whole, [])


def test_pieces_of_a_table_read_like_the_whole(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="install the extra parquet")
    import pyarrow
    from pyarrow import parquet

    path = str(tmp_path / "t.parquet")
    texts = [f"“Word {n},” she said." for n in range(100)]
    parquet.write_table(pyarrow.table({"text": texts}), path, row_group_size=10)
    parts = cut(path, "auto", Path(path).stat().st_size // 3)
    assert len(parts) > 2
    assert read(parts) == (list(read_inputs([path])), [])


def test_a_damaged_table_stays_whole_and_is_named_when_read(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="install the extra parquet")
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1" + bytes(500))
    (part,) = cut(str(path), "auto", 100)
    found, errors = read([part])
    assert not found
    assert "t.parquet" in errors[0].message


def test_small_files_share_a_shard_and_cut_ones_have_their_own() -> None:
    def whole(name: str, size: int) -> list[Part]:
        return [Part(name, "auto", size, "1")]

    pieces = [Part("c", "jsonl", 90, "1", 0, 90), Part("c", "jsonl", 90, "1", 90, 180)]
    shards = list(group([whole("a", 40), whole("b", 50), pieces, whole("d", 30), whole("e", 80)], 5, 100))
    assert [[p.path for p in s.parts] for s in shards] == [["a", "b"], ["c"], ["c"], ["d"], ["e"]]
    assert [s.number for s in shards] == [5, 6, 7, 8, 9]
    assert all(Shard.from_dict(s.to_dict()) == s for s in shards)


def test_a_plan_grows_and_only_what_changed_is_stale(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(name * 60)
    errors: list[InputError] = []

    def again(earlier: list[Shard]) -> tuple[list[Shard], list[Shard]]:
        return plan([str(tmp_path)], "auto", 100, lambda e, _: errors.append(e), earlier)

    first, stale = again([])
    assert ([s.number for s in first], stale) == ([0, 1, 2], [])
    assert again(first) == (first, [])
    (tmp_path / "b.txt").write_text("other" * 20)
    (tmp_path / "aa.txt").write_text("new" * 20)
    second, stale = again(first)
    assert stale == [first[1]]
    assert [(s.number, Path(s.parts[0].path).name) for s in second] == [
        (0, "a.txt"), (2, "c.txt"), (3, "aa.txt"), (4, "b.txt"),
    ]  # fmt: skip
    assert not errors


def test_a_loop_of_links_is_walked_once_and_a_missing_file_is_planned(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    missing = str(tmp_path / "none.txt")
    shards, _ = plan([str(tmp_path), missing, missing], "auto", 100, lambda e, _: None)
    assert [Path(p.path).name for s in shards for p in s.parts] == ["a.txt", "none.txt"]
    assert "[Q202]" in str(read(list(shards[0].parts))[1][0])


def test_a_file_that_changed_behind_the_plan_is_named(tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", ["a", "b"])
    parts = cut(str(path), "auto", 1000)
    lines(path, ["a", "b", "c"])
    found, errors = read(parts)
    assert not found
    assert "has changed since it was planned" in errors[0].message


def test_standard_input_is_refused() -> None:
    with pytest.raises(UsageError, match="standard input"):
        plan(["-"], "auto", 100, lambda e, _: None)
