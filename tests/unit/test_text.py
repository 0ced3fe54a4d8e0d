"""Clean text, its map back, and the pieces of a long text."""

from __future__ import annotations

import pickle
import time

import pytest

from quotes.text import LONGEST_WORD, PIECE, chunks, normalise


def raw_of(raw: str, clean_part: str) -> str:
    """Return what `to_raw` gives for the first occurrence of a string in the clean text."""
    text = normalise(raw)
    start = text.clean.index(clean_part)
    a, b = text.to_raw(start, start + len(clean_part))
    return raw[a:b]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\xa0b\u2009c\u3000d\te", "a b c d e"),
        ("a\u2028b\u2029c\x0cd", "a\nb\nc\nd"),
        ("hy\xadphen\u200b \ufeffin\u2060side", "hyphen inside"),
        ("\ufeffstart", "start"),
        ("a\x00b\x07c\x7fd", "a b c d"),
        ("a\ud800b\udfffc", "a\ufffdb\ufffdc"),
        ("\x93No\x94 it\x92s\x85", "“No” it’s…"),
        ("", ""),
        ("\u200b\r\n", "\n"),
        ("\r\r\n", "\n\n"),
    ],
)
def test_clean(raw: str, clean: str) -> None:
    assert normalise(raw).clean == clean


def test_plain_text_is_not_copied() -> None:
    raw = "“Nothing odd,” she said.\n\nIt’s 🙂 fine."
    text = normalise(raw)
    assert text.clean is raw
    assert text.at is None
    assert text.to_raw(3, 9) == (3, 9)


def test_same_length_needs_no_map() -> None:
    assert normalise("a\xa0b").at is None


def test_a_span_holds_what_was_removed_inside_it_and_nothing_around_it() -> None:
    raw = "\ufeffsay\xad \u200bhy\xadphen\xad\r\nnext"
    assert raw_of(raw, "hyphen") == "hy\xadphen"
    assert raw_of(raw, "say hyphen") == "say\xad \u200bhy\xadphen"
    assert raw_of(raw, "hyphen\n") == "hy\xadphen\xad\r\n"
    assert raw_of(raw, "next") == "next"


def test_an_empty_span_stays_empty() -> None:
    text = normalise("a\r\nb\u200b")
    assert [text.to_raw(i, i) for i in range(4)] == [(0, 0), (2, 2), (3, 3), (5, 5)]


def test_a_text_can_be_pickled() -> None:
    text = normalise("a\r\nb")
    assert pickle.loads(pickle.dumps(text)) == text


def test_a_very_long_word_is_broken_for_the_tokenizer_only() -> None:
    raw = "see " + "x" * 5_000 + " “quoted”"
    text = normalise(raw)
    assert len(text.clean) == len(raw)
    assert max(map(len, text.clean.split())) <= 2 * LONGEST_WORD
    assert raw_of(raw, "“quoted”") == "“quoted”"


def test_a_break_spares_the_marks() -> None:
    assert normalise("a" * (LONGEST_WORD - 1) + "”").clean.endswith(" ”")


def test_a_break_where_there_is_no_letter() -> None:
    assert normalise("(" * LONGEST_WORD).clean == "(" * (LONGEST_WORD - 1) + " "


def test_short_texts_are_one_piece_and_empty_ones_none() -> None:
    assert list(chunks(normalise("a b"))) == [(0, 3)]
    assert list(chunks(normalise(""))) == []


def pieces(raw: str, max_chars: int) -> list[str]:
    text = normalise(raw)
    return [text.clean[a:b] for a, b in chunks(text, max_chars)]


@pytest.mark.parametrize(
    ("raw", "first"),
    [
        ("One two.\nThree.\n\nFour five. Six seven.", "One two.\nThree.\n\n"),
        ("One two three.\nFour. Five six seven eight.", "One two three.\n"),
        ("One two three. Four five six seven eight.", "One two three. "),
        ("One two three four five six seven eight", "One two three four "),
        ("x" * 40, "x" * 20),
    ],
)
def test_where_a_text_is_cut(raw: str, first: str) -> None:
    assert pieces(raw, 20)[0] == first


@pytest.mark.parametrize(
    "raw",
    [
        "A first one that is here.\n\n“Begins and goes on.\n\n“Ends,” he said so.\n\nMore of it comes after this.",
        "A first one that is here.\n\n“Begins and goes on.\n\nAnd ends,” he said so.\n\nMore of it comes after.",
        'A first one that is here.\n\n"Begins and goes on.\n\n"Ends," he said so.\n\nMore of it comes after this.',
        "A first one that is here.\n\n‘Begins and it’s on.\n\n‘Ends,’ he said so.\n\nMore of it comes after this.",
    ],
)
def test_no_cut_inside_a_quotation_over_paragraphs(raw: str) -> None:
    assert pieces(raw, 50)[0] == "A first one that is here.\n\n"


def test_a_quotation_longer_than_a_piece_is_cut_at_a_paragraph() -> None:
    raw = "\n\n".join(["“It goes on and on"] * 10)
    assert all(p.startswith("“") for p in pieces(raw, 50))


NOVEL = "He said “hello” to me, and it’s fine.\r\n\r\nThen \xa0 she left\xad again.\r\n\r\n"


@pytest.mark.parametrize(
    "unit", [NOVEL, "plain words. ", "a", "(", "a\xad", "\r", "\n", " ", "\xa0", "\n ", "“", "\ud800", "."]
)
def test_three_megabytes_take_no_time(unit: str) -> None:
    raw = unit * (3_000_000 // len(unit))
    start = time.perf_counter()
    text = normalise(raw)
    cuts = list(chunks(text))
    assert time.perf_counter() - start < 10
    assert all(b - a <= PIECE for a, b in cuts)
    assert cuts[-1][1] == len(text.clean)
