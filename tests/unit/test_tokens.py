"""Marks and dashes as tokens of their own."""

from __future__ import annotations

import pytest
import spacy

from quotes.tokens import part_marks

NLP = part_marks(spacy.blank("en"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('said Ann--"that is', ["said", "Ann", "--", '"', "that", "is"]),
        ('Lee,--"you', ["Lee", ",", "--", '"', "you"]),
        ('so"--Emma', ["so", '"', "--", "Emma"]),
        ("to Mary--\n\n", ["to", "Mary", "--", "\n\n"]),
        ("he left.”She stayed", ["he", "left", ".", "”", "She", "stayed"]),
        ("“No.”“Yes.”", ["“", "No", ".", "”", "“", "Yes", ".", "”"]),
        ('voice—"No"—and', ["voice", "—", '"', "No", '"', "—", "and"]),
        ('5\'10" tall, a 12" tile', ["5'10", '"', "tall", ",", "a", "12", '"', "tile"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    doc = NLP.make_doc(text)
    assert [t.text for t in doc] == words
    assert doc.text == text


def test_a_tokenizer_of_another_kind_stays() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = chosen = lambda text: spacy.tokens.Doc(nlp.vocab, text.split())
    assert part_marks(nlp).tokenizer is chosen
