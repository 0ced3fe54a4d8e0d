"""Bytes to text: marks, encodings with and without them, and what is refused."""

from __future__ import annotations

import codecs
import zlib

import pytest

from quotes.decoding import SAMPLE, decode, refuse_binary
from quotes.errors import NotText

CURLY = "“No,” she said. It’s ‘fine’ – really."


def read(data: bytes) -> str:
    return decode(data, name="x.txt")


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1250", "mac_roman"],
)
def test_curly_quotes_come_out_of_every_common_encoding(encoding: str) -> None:
    assert read(CURLY.encode(encoding)) == CURLY


def test_the_bytes_91_to_94_are_quotation_marks() -> None:
    assert read(b"\x93No,\x94 she said. It\x92s \x91fine\x92.") == "“No,” she said. It’s ‘fine’."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_is_not_part_of_the_text(encoding: str) -> None:
    assert read(("\ufeff" + CURLY).encode(encoding)) == CURLY


def test_utf_16_that_begins_with_a_nul_is_not_taken_for_utf_32() -> None:
    assert read(codecs.BOM_UTF16_LE + "\0ab".encode("utf-16-le")) == "\0ab"


def test_utf_16_cut_in_the_middle_of_a_character_is_still_read() -> None:
    assert read(CURLY.encode("utf-16")[:-1]).startswith(CURLY[:-1])


def test_lone_surrogates_in_utf_16_are_no_error() -> None:
    assert read(codecs.BOM_UTF16_LE + "a\ud800b".encode("utf-16-le", "surrogatepass")) == "a\ud800b"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Ярослав сказал, что всё хорошо. Это было давно и неправда.", "cp1251"),
        ("日本語の文章です。これは「引用」です。", "shift_jis"),
        ("Der Bürgermeister sagte am Montag, man müsse über die Größe der Straße noch reden.", "cp1252"),
    ],
)
def test_other_legacy_encodings(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == text


def test_a_few_broken_bytes_do_not_turn_utf_8_into_something_else() -> None:
    data = (CURLY * 3).encode() + b"\xff" + CURLY.encode()
    assert read(data) == CURLY * 3 + "\ufffd" + CURLY


def test_bytes_that_no_encoding_has_are_replaced() -> None:
    assert "plain words" in read(b"plain words \x81\x8d\x8f\x90\x9d here")


def test_a_high_byte_far_into_a_long_file_is_seen() -> None:
    assert read(b"word here.\n" * 20_000 + b"\x93Yes.\x94").endswith("“Yes.”")


def test_a_nul_in_a_text_is_no_error() -> None:
    assert read(b"before\0after") == "before\0after"


def test_nothing_is_an_empty_text() -> None:
    assert read(b"") == ""
    assert read(codecs.BOM_UTF8) == ""


@pytest.mark.parametrize(
    ("data", "cure"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "pdftotext"),
        (b"PK\x03\x04\x14\0", "unpack the zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "plain text or HTML"),
        (b"{\\rtf1\\ansi hello}", "plain text or HTML"),
        (b"\x1f\x8b\x08\0", "Unpack"),
        (b"\x28\xb5\x2f\xfd\x04", "Unpack"),
        (b"\x89PNG\r\n\x1a\n", "OCR"),
        (b"\xff\xd8\xff\xe0", "OCR"),
        (b"RIFF\x10\0\0\0WEBPVP8", "OCR"),
        (b"RIFF\x10\n\0\0WAVEfmt", "transcript"),
        (b"\0\0\0\x18ftypmp42", "transcript"),
        (b"SQLite format 3\0", "JSON Lines"),
        (bytes(range(32)) * 40, "plain text, HTML or JSON Lines"),
        (bytes(1000), "plain text, HTML or JSON Lines"),
    ],
)
def test_what_is_no_text_is_refused_with_its_cure(data: bytes, cure: str) -> None:
    with pytest.raises(NotText, match=cure) as caught:
        read(data)
    assert "'x.txt'" in caught.value.message


def test_compressed_bytes_are_refused() -> None:
    blob = zlib.compress(bytes(i * i % 251 for i in range(50_000)))
    with pytest.raises(NotText):
        read(blob)


def test_only_the_beginning_is_looked_at() -> None:
    refuse_binary(b"a" * SAMPLE + bytes(1000), name="x")
