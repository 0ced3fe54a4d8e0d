"""What the reader cut off: the beginning of a content, the end of a source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import make_layout

from quotes.outlines import with_beginning, with_whole_source
from quotes.types import Range, Reading


def beginning(notation: str, content: Range, cue: Range = (1, 2), source: Range = (0, 1)) -> tuple[str, str]:
    """Return the text of the content and the type, after."""
    layout = make_layout(notation)
    found = with_beginning(layout, Reading((content,), (cue,), (source,), "direct", by="model"))
    return " | ".join(layout.doc[s:e].text for s, e in found.content), found.type


@pytest.mark.parametrize(
    ("notation", "content", "whole"),
    [
        ("Lee/PROPN/dep : Trends/NOUN/dep are/AUX/dep “ Bad/ADJ/dep ”", (4, 7), "Trends are “Bad”"),
        ("Lee/PROPN/dep told/VERB/dep his/PRON/poss/men men/NOUN/dep to/PART/dep go/VERB/dep", (3, 6), "his men to go"),
        (
            "Lee/PROPN/dep feared/VERB/dep that/SCONJ/mark/lost all/PRON/nsubj/lost lost/VERB/ccomp",
            (4, 5),
            "that all lost",
        ),
        (
            "Lee/PROPN/dep called/VERB/dep the/DET/dep plan/NOUN/dep as/ADP/dep “ Bad/ADJ/dep ”",
            (5, 8),
            "the plan as “Bad”",
        ),
    ],
    ids=["colon", "a possessive", "subject and that", "X as"],
)
def test_it_begins_earlier(notation: str, content: Range, whole: str) -> None:
    assert beginning(notation, content)[0] == whole


def test_the_type_is_told_anew() -> None:
    assert beginning("Lee/PROPN/dep : It/PRON/dep is/AUX/dep “ Bad/ADJ/dep ”", (4, 7))[1] == "mixed"


@pytest.mark.parametrize(
    ("notation", "content"),
    [
        ("Lee/PROPN/dep told/VERB/dep men/NOUN/dobj/told to/PART/aux/go go/VERB/dep", (3, 5)),
        ("Lee/PROPN/dep : ¶ So/ADV/dep it/PRON/dep is/AUX/dep", (4, 6)),
        ("Lee/PROPN/dep saw/VERB/dep it/PRON/dep , as/ADP/dep “ Bad/ADJ/dep ”", (5, 8)),
        ("Lee/PROPN/dep saw/VERB/dep it/PRON/dep as/ADP/dep bad/ADJ/dep", (4, 5)),
        ("Lee/PROPN/dep said/VERB/dep as/ADP/dep “ Bad/ADJ/dep ”", (3, 6)),
    ],
    ids=["who is told", "another line", "a comma", "no marks", "nothing before as"],
)
def test_it_stays(notation: str, content: Range) -> None:
    layout = make_layout(notation)
    assert beginning(notation, content)[0] == layout.doc[slice(*content)].text


def test_it_does_not_grow_over_its_source_or_another_content() -> None:
    layout = make_layout("It/PRON/dep described/VERB/dep by/ADP/dep Ann/PROPN/dep as/ADP/dep “ Bad/ADJ/dep ”")
    by_ann = Reading(((5, 8),), ((1, 2),), ((3, 4),), "direct", by="model")
    assert with_beginning(layout, by_ann) == by_ann
    layout = make_layout("Lee/PROPN/dep : Ann/PROPN/dep says/VERB/dep rain/NOUN/dep and/CCONJ/dep “ Bad/ADJ/dep ”")
    reading = Reading(((6, 9),), ((1, 2),), ((0, 1),), "direct", by="model")
    assert with_beginning(layout, reading, {4}) == reading
    assert with_beginning(layout, reading).content == ((2, 9),)


def test_what_stands_before_its_cue_or_has_none_stays() -> None:
    layout = make_layout("Rain/NOUN/nsubj/fell fell/VERB/dep , Lee/PROPN/dep said/VERB/dep")
    early = Reading(((1, 2),), ((4, 5),), ((3, 4),), "indirect", by="model")
    bare = Reading(((1, 2),), type="indirect", by="model")
    assert (with_beginning(layout, early), with_beginning(layout, bare)) == (early, bare)


@pytest.mark.parametrize(
    ("notation", "found", "whole"),
    [
        ("said/VERB/dep the/DET/det/mayor old/ADJ/amod/mayor mayor/NOUN/nsubj/said .", (1, 2), "the old mayor"),
        (
            "said/VERB/dep men/NOUN/nsubj/said of/ADP/prep/men a/DET/det/town town/NOUN/pobj/of .",
            (1, 3),
            "men of a town",
        ),
        ("said/VERB/dep Ann/PROPN/nsubj/said of/ADP/prep/said .", (1, 3), "Ann of"),
        ("said/VERB/dep the/DET/det/mayor “ old/ADJ/amod/mayor ” mayor/NOUN/nsubj/said .", (1, 2), "the"),
        ("said/VERB/dep Ann/PROPN/compound/Lee ¶ Lee/PROPN/nsubj/said .", (1, 2), "Ann"),
        ("said/VERB/dep men/NOUN/nsubj/said with/ADP/dep/men guns/NOUN/pobj/with .", (1, 2), "men"),
    ],
    ids=["before its head", "after a preposition", "no object", "marks between", "another paragraph", "a whole phrase"],
)
def test_a_source_that_breaks_off(notation: str, found: Range, whole: str) -> None:
    layout = make_layout(notation)
    reading = with_whole_source(layout, Reading(((0, 1),), source=(found,), by="model"))
    assert [layout.doc[s:e].text for s, e in reading.source] == [whole]


def test_a_source_does_not_grow_over_content_or_cue() -> None:
    layout = make_layout("the/DET/det/mayor said/VERB/dep mayor/NOUN/nsubj/said")
    reading = Reading(((2, 3),), ((1, 2),), ((0, 1),), by="model")
    assert with_whole_source(layout, reading) == reading
    assert with_whole_source(layout, replace(reading, source=())).source == ()
