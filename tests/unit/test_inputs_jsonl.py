"""JSON Lines: good lines become documents, bad ones are reported with file and line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import BadLine, Damaged, InputError
from quotes.inputs import Document, read_inputs
from quotes.inputs.lines import Keys, read_lines


def read(data: bytes, **options: str) -> tuple[list[Document], list[InputError]]:
    """Return the documents and errors of JSON Lines on standard input."""
    errors: list[InputError] = []
    found = read_inputs(
        ["-"], format="jsonl", stdin=io.BytesIO(data), on_error=lambda e, _: errors.append(e), **options
    )
    return list(found), errors


def test_lines_in_order_with_ids_and_numbers() -> None:
    documents, errors = read(
        b'{"id": "a", "text": "x"}\r\n\r\n{"id": 7, "text": "y"}\n{"text": "z"}\n{"id": "a", "text": ""}'
    )
    assert [(d.id, d.text, d.line) for d in documents] == [("a", "x", 1), ("7", "y", 3), ("-:4", "z", 4), ("a", "", 5)]
    assert not errors


def test_keys_and_meta() -> None:
    line = {"key": 1.5, "body": "x", "title": "T", "n": 3, "flag": True, "no": None, "deep": {}, "long": "x" * 501}
    documents, _ = read(json.dumps(line).encode(), text_key="body", id_key="key")
    assert documents == [Document("1.5", "x", {"title": "T", "n": "3"}, "-", 1)]


@pytest.mark.parametrize("value", ["null", "true", "[1]", "{}", '""'])
def test_an_id_that_is_none_is_made_from_the_line(value: str) -> None:
    assert read(f'{{"id": {value}, "text": "x"}}'.encode())[0][0].id == "-:1"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{oops}", "not valid JSON"),
        ('{"text": "x"', "not valid JSON"),
        ("plain words", "--from text"),
        ('{"body": "x", "id": 1}', "no key 'text'. Keys of this line: 'body', 'id'"),
        ("{}", "Keys of this line: none"),
        ('{"text": null}', "is null, not a string"),
        ('{"text": 3}', "is a number, not a string"),
        ('{"text": ["x"]}', "is a list, not a string"),
        ('["x"]', "a list, not an object"),
        ("true", "true or false, not an object"),
        ("[" * 100_000, "nested too deep"),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", "too long"),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_goes_on(line: str, message: str) -> None:
    documents, errors = read(f'{{"text": "a"}}\n{line}\n{{"text": "b"}}\n'.encode())
    assert [d.text for d in documents] == ["a", "b"]
    assert [type(e) for e in errors] == [BadLine]
    assert errors[0].message.startswith("-, line 2: ")
    assert message in errors[0].message
    assert "\n" not in errors[0].message


def test_binary_bytes_in_one_line_are_one_bad_line() -> None:
    documents, errors = read(b'{"text": "a"}\n' + bytes([1]) * 100 + b'\n{"text": "b"}\n')
    assert [d.text for d in documents] == ["a", "b"]
    assert [e.code for e in errors] == ["Q204"]


def test_a_compressed_file_is_one_error(tmp_path: Path) -> None:
    _, errors = read(b"\x1f\x8b\x08\0" + b"\n".join([b"junk"] * 10))
    assert [type(e) for e in errors] == [Damaged]


def test_a_legacy_line_is_read() -> None:
    assert read(b'{"text": "\x93No,\x94 he said."}')[0][0].text == "“No,” he said."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings(encoding: str) -> None:
    assert [d.text for d in read('{"text": "é"}\n{"text": "x"}\n'.encode(encoding))[0]] == ["é", "x"]


class Pipe(io.BytesIO):
    """A stream that can't go back."""

    def seekable(self) -> bool:
        return False


def test_utf_16_from_a_pipe() -> None:
    stream = Pipe('{"text": "é"}\n{"text": "x"}\n'.encode("utf-16"))
    assert [d.text for d in read_inputs(["-"], format="jsonl", stdin=stream)] == ["é", "x"]


def test_characters_that_json_allows_are_kept() -> None:
    documents, errors = read(rb'{"text": "a\u0000b\ud800c\u2028d", "id": "\ud800"}')
    assert documents[0].text == "a\0b\ud800c\u2028d"
    documents[0].id.encode("utf-8")
    assert not errors


def test_lines_are_read_one_at_a_time() -> None:
    taken = []

    def lines() -> Iterator[bytes]:
        for i in range(3):
            taken.append(i)
            yield b'{"text": "x"}\n'

    stream = read_lines(lines(), source="s", keys=Keys(), on_error=lambda *_: None)
    next(stream)
    assert taken == [0]


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        ('[{"text": "a"},\n {"text": "b", "id": "B"}, 3]', [":1", "B"]),
        ('{\n "text": "a"\n}', ["x.json"]),
        ('{"text": "a"}\n{"text": "b"}\n', [":1", ":2"]),
    ],
)
def test_a_json_file_by_name(content: str, ids: list[str], tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    errors: list[InputError] = []
    documents = list(read_inputs([str(path)], on_error=lambda e, _: errors.append(e)))
    assert [d.text for d in documents] == ["a", "b"][: len(ids)]
    assert all(d.id.endswith(i) for d, i in zip(documents, ids, strict=True))
    assert [e.message.split(":")[0].endswith("item 3") for e in errors] == [True] * ("3]" in content)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=8), st.text(st.characters(exclude_categories=[]), max_size=30)), max_size=6))
def test_written_lines_come_back(pairs: list[tuple[str, str]]) -> None:
    data = "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in pairs).encode()
    documents, errors = read(data)
    assert [d.text for d in documents] == [t for _, t in pairs]
    assert all(d.id == i for d, (i, _) in zip(documents, pairs, strict=True) if i)
    assert not errors


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_documents_or_input_errors(data: bytes) -> None:
    documents, errors = read(data)
    assert all(isinstance(d, Document) for d in documents)
    assert all(isinstance(e, InputError) for e in errors)
