"""Words of spans, parts, quoted regions and the types derived from them."""

from __future__ import annotations

import pytest
from unit.scoring_cases import TEXT, at

from quotes.scoring.regions import derive_type, quoted_regions
from quotes.scoring.tokens import Tokens, as_spans, iou


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((0, 4), {0}),
        ((0, 6), {0}),  # one of five letters of the second word
        ((0, 7), {0}),  # two of five
        ((0, 8), {0, 1}),  # three of five
        ((8, 16), {2}),  # two of five letters of the second word, all of the third
        ((0, 99), {0, 1, 2}),
        ((4, 5), set()),
    ],
)
def test_a_word_belongs_to_a_span_with_half_of_its_letters(span: tuple[int, int], words: set[int]) -> None:
    assert Tokens("rice beans, corn").of([span]) == words


def test_no_spans_no_words() -> None:
    assert Tokens("rice").of([]) == frozenset()
    assert Tokens("").of([(0, 3)]) == frozenset()


def test_parts_that_only_punctuation_separates_are_one() -> None:
    tokens = Tokens("up down, left right")
    assert tokens.parts([(0, 7), (9, 13)]) == [{0, 1, 2}]
    assert tokens.parts([(0, 2), (9, 13)]) == [{0}, {2}]
    assert tokens.parts([(7, 8)]) == []


@pytest.mark.parametrize(
    "value", [[[3, 5]], [3, 5], [{"start": 3, "end": 5}], {"start": 3, "end": 5}, [(3, 5), (7, 7)], [[3.0, 5.0]]]
)
def test_spans_come_in_many_forms(value: object) -> None:
    assert as_spans(value) == [(3, 5)]


@pytest.mark.parametrize("value", [None, [], [[4, 4]], [[5, 4]]])
def test_nothing_is_no_span(value: object) -> None:
    assert as_spans(value) == []


def test_spans_are_sorted() -> None:
    assert as_spans([[8, 9], [1, 2]]) == [(1, 2), (8, 9)]


def test_iou() -> None:
    assert iou(frozenset({1, 2, 3}), frozenset({2, 3, 4})) == 0.5
    assert iou(frozenset(), frozenset()) == 0.0


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("They sang “up” and “down”.", ["“up”", "“down”"]),
        ('"Well," she said, "go." An 8" pan.', ['"Well,"', '"go."']),
        ("Say ``please'' now", ["``please''"]),
        ("Dites « oui » donc", ["« oui »"]),
        ("Er sagt „ja” dazu", ["„ja”"]),
        ("“Here it starts.\n\n“Here it ends.” And “so”.", ["“Here it starts.\n\n“Here it ends.”", "“so”"]),
        ("``Here it starts.\n\n``Here it ends.'' Yes", ["``Here it starts.\n\n``Here it ends.''"]),
        ("“Nobody closes this.\n\nAnother “word” here.", ["“Nobody closes this.", "“word”"]),
        ("“Nobody closes this", ["“Nobody closes this"]),
        ("It shut” too soon", []),
        ("", []),
    ],
)
def test_quoted_regions(text: str, regions: list[str]) -> None:
    assert [text[s:e] for s, e in quoted_regions(text)] == regions


def test_a_wrapped_line_does_not_end_a_quotation() -> None:
    line = "words that fill one line of a book which is wrapped hard at sixty\n"
    text = line * 3 + "“it goes on\nand on” he said\n" + line * 3
    assert [text[s:e] for s, e in quoted_regions(text)] == ["“it goes on\nand on”"]


@pytest.mark.parametrize(
    ("piece", "kind"),
    [("Rents must fall", "direct"), ('the law "was broken" then', "mixed"), ("they agree", "indirect")],
)
def test_types_from_marks(piece: str, kind: str) -> None:
    start, end = at(TEXT, piece)
    assert derive_type(Tokens(TEXT), [(start, end)], quoted_regions(TEXT)) == kind


def test_types_of_headlines_and_of_contents_without_words() -> None:
    text = "Mayor: ‘We did it’, others: it’s “?!”"
    tokens, regions = Tokens(text), quoted_regions(text)
    assert derive_type(tokens, [(7, 18)], regions) == "direct"
    assert derive_type(tokens, [(8, 17)], regions) == "indirect"
    assert derive_type(tokens, [(text.index("?!"), text.index("?!") + 2)], regions) == "direct"
    assert derive_type(tokens, [(5, 6)], regions) == "indirect"
