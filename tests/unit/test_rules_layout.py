"""Layout: regions in tokens, paragraphs, hard line wraps, sentence ends."""

from __future__ import annotations

from handmade import curly_regions, make_doc, make_layout, texts

from quotes.rules.layout import is_word, lay_out
from quotes.types import Region

TWO = "“ We/PRON/nsubj/won won=win/VERB/ROOT . ” Ann/PROPN/nsubj/left left=leave/VERB/ROOT . ¶ Rain/NOUN/ROOT ."


def test_tokens_know_their_region() -> None:
    layout = make_layout(TWO)
    assert [t.text for t in layout.doc if not layout.outside(t.i)] == ["“", "We", "won", ".", "”"]
    assert set(layout.region_of) == {0, -1}


def test_inner_regions_do_not_count() -> None:
    doc = make_doc(TWO)
    (outer,) = curly_regions(doc)
    inner = Region(parts=((1, 3),), inner=((1, 3),), depth=1)
    assert lay_out(doc, [outer, inner]).regions == lay_out(doc, [outer]).regions


def test_a_region_that_cuts_a_token_takes_it_whole() -> None:
    doc = make_doc(TWO)
    assert texts(doc, lay_out(doc, [Region(parts=((2, 6),), inner=((2, 6),))]).regions[0]) == ["We won"]


def test_a_region_over_paragraphs_keeps_its_parts() -> None:
    doc = make_doc("“ One/NUM/ROOT . ¶ “ Two/NUM/ROOT . ”")
    region = Region(parts=((0, 5), (7, 13)), inner=((1, 5), (8, 12)))
    assert texts(doc, lay_out(doc, [region]).regions[0]) == ["“One.", "“Two.”"]


def test_paragraphs() -> None:
    layout = make_layout(TWO)
    rain = len(layout.doc) - 2
    assert layout.paragraph_of[0] == 0
    assert layout.paragraph_of[rain] == 1
    assert layout.paragraph_bounds(rain) == (rain, rain + 2)
    assert layout.paragraph_bounds(3) == (0, rain)


def test_a_single_line_break_ends_a_paragraph_in_a_short_text() -> None:
    layout = make_layout("One/NUM/ROOT ↵ Two/NUM/ROOT")
    assert layout.paragraph_of == (0, 0, 1)


def test_single_line_breaks_are_soft_in_hard_wrapped_text() -> None:
    line = " ".join(["word/NOUN/dep"] * 14)
    layout = make_layout(" ↵ ".join([line] * 14) + " ¶ Last/NOUN/dep")
    assert layout.paragraph_of[-2] == 0
    assert layout.paragraph_of[-1] == 1


def test_a_short_hard_wrapped_text_is_told_by_lines_that_stop_in_mid_sentence() -> None:
    line = " ".join(["word/NOUN/dep"] * 12)
    layout = make_layout(" ↵ ".join([line] * 4) + " ¶ Last/NOUN/dep")
    assert sorted(set(layout.paragraph_of)) == [0, 1]
    assert layout.paragraph_bounds(0)[1] == len(layout.doc) - 1


def test_white_space_belongs_to_the_paragraph_before_it() -> None:
    assert make_layout("¶ One/NUM/ROOT ¶ Two/NUM/ROOT ¶").paragraph_of == (0, 0, 0, 1, 1)


def test_sentence_ends_are_outside_marks_and_no_abbreviations() -> None:
    layout = make_layout(TWO)
    ends = [t.i for t in layout.doc if layout.ends_sentence(t.i)]
    assert [layout.doc[i - 1].text for i in ends] == ["left", "Rain"]
    assert not make_layout("Mr./PROPN/ROOT").ends_sentence(0)


def test_words() -> None:
    layout = make_layout("It/PRON/nsubj/is is/AUX/ROOT 5/NUM/attr/is — …")
    assert [t.text for t in layout.words(0, 5)] == ["It", "is", "5"]
    assert not is_word(layout.doc[3])
    assert layout.has_words(0, 5)
    assert not layout.has_words(3, 5)
    assert not layout.has_words(1, 1)


def test_an_empty_doc() -> None:
    layout = make_layout("")
    assert layout.regions == ()
    assert layout.paragraph_of == ()
