"""For any text: every clean character has its raw one, spans compose, pieces cover, encodings come back."""

from __future__ import annotations

import codecs
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quotes.decoding import decode
from quotes.errors import NotText
from quotes.text import chunks, normalise

ODD = st.sampled_from(["\r\n", "\r", "\n", "\n\n", "\xa0", "\u200b", "\xad", "\ufeff", "\ud83d", "🙂", "“", "”", "\0"])
ANY = st.lists(st.one_of(ODD, st.text(st.characters(exclude_categories=[]), max_size=4)), max_size=30).map("".join)
WRITABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(ANY)
def test_every_clean_character_has_its_own_raw_character(raw: str) -> None:
    text = normalise(raw)
    spans = [text.to_raw(i, i + 1) for i in range(len(text.clean))]
    assert all(b - a == 1 for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
    for clean, (a, _) in zip(text.clean, spans, strict=True):
        assert clean in (raw[a], " ", "\n", "\ufffd") or "\x80" <= raw[a] <= "\x9f"


@given(ANY, st.data())
def test_spans_compose(raw: str, data: st.DataObject) -> None:
    text = normalise(raw)
    start = data.draw(st.integers(0, len(text.clean)))
    end = data.draw(st.integers(start, len(text.clean)))
    a, b = text.to_raw(start, end)
    assert 0 <= a <= b <= len(raw)
    assert normalise(raw[a:b]).clean.rstrip("\n") == text.clean[start:end].rstrip("\n")
    if end > start:
        assert (a, b) == (text.to_raw(start, start + 1)[0], text.to_raw(end - 1, end)[1])


@given(ANY)
def test_clean_text_is_clean(raw: str) -> None:
    clean = normalise(raw).clean
    assert normalise(clean).clean == clean
    clean.encode("utf-8")


@given(ANY, st.integers(1, 40))
def test_pieces_cover_the_text(raw: str, size: int) -> None:
    text = normalise(raw)
    cuts = list(chunks(text, size))
    assert "".join(text.clean[a:b] for a, b in cuts) == text.clean
    assert all(0 < b - a <= size for a, b in cuts)


@given(WRITABLE)
def test_marked_encodings_come_back(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode(), name="x") == text
    assert decode(codecs.BOM_UTF32_LE + text.encode("utf-32-le"), name="x") == text
    assert decode(codecs.BOM_UTF32_BE + text.encode("utf-32-be"), name="x") == text
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be"), name="x") == text
    if not text.startswith("\0"):
        assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le"), name="x") == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=60))
def test_plain_utf_8_comes_back(text: str) -> None:
    assert decode(text.encode(), name="x") == text


@given(st.binary(max_size=300))
def test_bytes_are_a_text_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode(data, name="x"), str)
    except NotText as error:
        assert error.code == "Q203"
