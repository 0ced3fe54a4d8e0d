"""Files, directories and standard input as documents, and what is said when there is nothing to read."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from quotes.errors import InputError, InputMissing, NotText
from quotes.inputs import Document, read_inputs
from quotes.inputs.document import printable
from quotes.inputs.sniff import sniff


def read(*paths: Path | str, **options: object) -> tuple[list[Document], list[InputError]]:
    """Return the documents and the errors of inputs."""
    errors: list[InputError] = []
    found = read_inputs([str(p) for p in paths], on_error=lambda e, _: errors.append(e), **options)  # type: ignore[arg-type]
    return list(found), errors


def put(path: Path, content: str | bytes = "Hello.") -> Path:
    """Write a file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def names(documents: Sequence[Document], top: Path) -> list[str]:
    return [Path(d.id).relative_to(top).as_posix() for d in documents]


def test_a_text_file_comes_as_it_is(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", b"\xef\xbb\xbfOne\r\ntwo\xc2\xa0\n")
    assert read(path) == ([Document(str(path), "One\r\ntwo\xa0\n", {}, str(path))], [])


def test_an_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    documents, errors = read(put(tmp_path / "a.txt", ""), put(tmp_path / "b", ""))
    assert [d.text for d in documents] == ["", ""]
    assert not errors


def test_a_directory_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.MD", "a/b.text", ".git/c.txt", ".d.txt", "e.png", "f.json", "c/g.jsonl", "c/h.htm"):
        put(tmp_path / name, '{"text": "x", "id": 1}' if name.endswith("jsonl") else "Hello.")
    documents, errors = read(tmp_path)
    assert [Path(d.source).relative_to(tmp_path).as_posix() for d in documents] == [
        "b.txt", "a/b.text", "a/z.MD", "c/g.jsonl", "c/h.htm",
    ]  # fmt: skip
    assert not errors


def test_a_format_picks_its_files_in_a_directory(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    put(tmp_path / "b.html", "<p>Hello there.</p>")
    assert names(read(tmp_path, format="text")[0], tmp_path) == ["a.txt"]
    assert names(read(tmp_path, format="html")[0], tmp_path) == ["b.html"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(read(tmp_path)[0]) == 1


def test_a_directory_without_texts_is_an_error(tmp_path: Path) -> None:
    put(tmp_path / "a.png")
    _, [error] = read(tmp_path)
    assert error.code == "Q201"
    assert ".txt" in error.message
    _, [error] = read(tmp_path, format="html")
    assert ".txt" not in error.message


def test_a_missing_file_gets_a_suggestion_and_the_rest_is_read(tmp_path: Path) -> None:
    put(tmp_path / "article.txt")
    documents, [error] = read(tmp_path / "artcle.txt", tmp_path / "article.txt")
    assert isinstance(error, InputMissing)
    assert f"Did you mean '{tmp_path / 'article.txt'}'?" in error.message
    assert len(documents) == 1


@pytest.mark.parametrize("path", ["", "nowhere/at/all.txt", "a\0b", "x" * 5000, "*.txt", "\udcff\ud800.txt"])
def test_impossible_paths_are_missing(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    documents, errors = read(path)
    assert [type(e) for e in errors] == [InputMissing]
    errors[0].message.encode("utf-8")
    assert not documents


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    _, [error] = read(tmp_path / "a.txt")
    assert isinstance(error, InputMissing)
    assert "Check its permissions" in error.message


def test_a_directory_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    _, errors = read(tmp_path)
    assert [e.code for e in errors] == ["Q202", "Q201"]


def test_a_binary_file_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    pdf, good = put(tmp_path / "a.txt", b"%PDF-1.4\n"), put(tmp_path / "b.txt")
    documents, [error] = read(pdf, good)
    assert isinstance(error, NotText)
    assert [d.id for d in documents] == [str(good)]


def test_without_a_handler_the_error_is_raised(tmp_path: Path) -> None:
    with pytest.raises(InputMissing):
        list(read_inputs([str(tmp_path / "no.txt")]))


def test_an_unknown_extension_is_read_by_its_beginning(tmp_path: Path) -> None:
    page = put(tmp_path / "page", "<!DOCTYPE html><p>He spoke of it.</p>")
    lines = put(tmp_path / "lines.log", '\n{"text": "x"}\n')
    prose = put(tmp_path / "prose.dat", "{curly} prose\n")
    assert [d.text for d in read(page, lines, prose)[0]] == ["He spoke of it.", "x", "{curly} prose\n"]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b'\xef\xbb\xbf\n{"text": "x"}\n{"text": "y"}', ["x", "y"]),
        (b"  <html><p>He spoke of it.</p></html>", ["He spoke of it."]),
        (b"Just words.\nMore {.", ["Just words.\nMore {."]),
        ('{"text": "é"}\n{"text": "y"}'.encode("utf-16"), ["é", "y"]),
        ("Words.\nUpon words.".encode("utf-16-le"), ["Words.\nUpon words."]),
        (b"", [""]),
        (b"\n\n", ["\n\n"]),
    ],
)
def test_standard_input_is_read_by_its_beginning(data: bytes, texts: list[str]) -> None:
    documents, errors = read("-", stdin=io.BytesIO(data))
    assert [d.text for d in documents] == texts
    assert not errors
    assert all(d.source == "-" for d in documents)


def test_a_format_overrules_the_beginning() -> None:
    data = b'{"text": "x"}'
    assert read("-", stdin=io.BytesIO(data), format="text")[0][0].text == data.decode()


@pytest.mark.parametrize(
    ("beginning", "format"),
    [
        ("<?xml version='1.0'?>\n<!-- x --><HTML lang=en>", "html"),
        ("<!doctype HTML>", "html"),
        ("<3 is a heart", "text"),
        ('{"body": 1}', "jsonl"),
        ('{"text": "broken', "jsonl"),
        ("{}", "jsonl"),
        ("{x}", "text"),
        ("[1]", "text"),
        ("", "text"),
    ],
)
def test_sniff(beginning: str, format: str) -> None:
    assert sniff(beginning) == format


def test_names_can_be_written_out() -> None:
    assert printable("caf\udcc3\udca9.txt") == "café.txt"
    assert printable("a\ud800b") == "a?b"
