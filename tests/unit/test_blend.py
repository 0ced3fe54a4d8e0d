"""Rules and the learned reader together: what stands, what is completed, what is added, what is cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import make_layout

from quotes.blend import LONG, SURE, blend
from quotes.rules.layout import Layout
from quotes.types import QuoteType, Range, Reading

WORDS = " ".join(f"w{i}/NOUN/dep" for i in range(30))


@pytest.fixture(scope="module")
def layout() -> Layout:
    """Thirty words in one paragraph, then a break and thirty more."""
    return make_layout(f"{WORDS} ¶ {WORDS}")


def direct(*content: Range, score: float = 0.95, source: tuple[Range, ...] = ()) -> Reading:
    """Return what the rules find between marks."""
    return Reading(content, source=source, type="direct", score=score, evidence=("marks", "rule"))


def learned(*content: Range, source: tuple[Range, ...] = (), cue: tuple[Range, ...] = ()) -> Reading:
    """Return what the reader finds."""
    return Reading(content, cue=cue, source=source, type="direct", score=0.6, evidence=("model",), by="model")


def test_nothing_and_one_side_only(layout: Layout) -> None:
    assert blend(layout, [], []) == []
    assert blend(layout, [], [learned((0, 4))]) == [learned((0, 4))]
    assert blend(layout, [direct((0, 4))], []) == [direct((0, 4))]


@pytest.mark.parametrize(
    ("reading", "kept"),
    [
        (direct((0, 3), score=SURE), True),
        (direct((0, 3), score=SURE - 0.01), False),
        (direct((0, LONG), score=0.1), True),
        (direct((0, 4), (6, 6 + LONG - 4), score=0.1), True),
        (Reading(((0, 20),), type="indirect", score=1.0), False),
    ],
    ids=["sure", "neither", "long", "long in two parts", "indirect"],
)
def test_what_the_rules_add(layout: Layout, reading: Reading, kept: bool) -> None:
    assert blend(layout, [reading], []) == [reading] * kept


def test_the_reader_names_the_source_where_both_do(layout: Layout) -> None:
    (found,) = blend(layout, [direct((0, 4), source=((5, 6),))], [learned((0, 4), source=((7, 8),))])
    assert (found.source, found.by, found.score) == (((7, 8),), "model", 0.6)
    assert found.evidence == ("marks", "model")


def test_the_rules_name_it_where_the_reader_does_not(layout: Layout) -> None:
    (found,) = blend(layout, [direct((0, 5), source=((6, 7),))], [learned((0, 4))])
    assert (found.content, found.source, found.score) == (((0, 4),), ((6, 7),), 0.95)
    assert found.evidence == ("model", "marks", "rule")


def test_a_source_beside_the_quotation_beats_one_in_another_paragraph(layout: Layout) -> None:
    beside = direct((31, 35), source=((36, 37),))
    assert blend(layout, [beside], [learned((31, 35), source=((7, 8),))])[0].source == beside.source
    assert blend(layout, [beside], [learned((31, 35), source=((38, 39),))])[0].source == ((38, 39),)
    away = direct((31, 35), source=((9, 10),))
    assert blend(layout, [away], [learned((31, 35), source=((7, 8),))])[0].source == ((7, 8),)


def test_a_quotation_of_the_rules_that_touches_one_of_the_reader_is_left_out(layout: Layout) -> None:
    assert blend(layout, [direct((3, 20), source=((21, 22),))], [learned((0, 4))]) == [learned((0, 4))]


def test_a_short_title_is_not_speech_however_sure_the_rules_are() -> None:
    layout = make_layout("shows/NOUN/dep like/ADP/dep “ Daily/PROPN/dep Show/PROPN/dep ” and/CCONJ/dep more/ADJ/dep")
    assert blend(layout, [direct((2, 6))], []) == []


def test_a_quotation_with_a_source_of_its_own_is_cut_out_of_the_one_before(layout: Layout) -> None:
    long = learned((0, 10), (31, 45), source=((12, 13),), cue=((11, 12),))
    own = direct((31, 45), source=((46, 47),))
    one, two = blend(layout, [own], [long])
    assert (one.content, one.source) == (((0, 10),), ((12, 13),))
    assert two == own


@pytest.mark.parametrize(
    "own",
    [
        direct((31, 45), source=((12, 13),)),
        direct((31, 45), source=((46, 47),), score=SURE - 0.01),
        direct((33, 45), source=((46, 47),)),
        direct((31, 45), source=((5, 6),)),
        replace(direct((31, 45), source=((12, 13),)), cue=((46, 47),), evidence=("marks", "place:before")),
    ],
    ids=["one source", "not sure", "in mid-sentence", "the source is reported too", "it begins in small letters"],
)
def test_a_quotation_stays_whole(layout: Layout, own: Reading) -> None:
    long = learned((0, 10), (31, 45), source=((12, 13),), cue=((35, 36),))
    (found,) = blend(layout, [own, direct((0, 10), (31, 45))], [long])
    assert (found.content, found.source) == (long.content, long.source)


def test_a_quotation_that_goes_on_elsewhere_is_cut_out_whole(layout: Layout) -> None:
    long = learned((0, 5), (9, 14), source=((7, 8),), cue=((6, 7),))
    rest = learned((18, 24), (26, 28), source=((16, 17),), cue=((15, 16),))
    own = replace(direct((9, 14), (18, 24), source=((16, 17),)), evidence=("marks", "place:before"))
    assert [r.content for r in blend(layout, [own], [long, rest])] == [((0, 5),), own.content, ((26, 28),)]


def test_what_follows_a_later_cue_of_the_same_source_is_another_quotation() -> None:
    layout = make_layout(
        "“ Hands/NOUN/dep up/ADV/dep ” she/PRON/dep sang/VERB/dep before/ADP/dep asking/VERB/dep "
        "“ Where/ADV/dep now/ADV/dep ”"
    )
    long = learned((0, 4), (8, 12), source=((4, 5),), cue=((5, 6),))
    evidence = ("marks", "place:before")
    own = Reading(((8, 12),), ((7, 8),), ((4, 5),), "direct", SURE, evidence)
    assert [r.content for r in blend(layout, [own], [long])] == [((0, 4),), ((8, 12),)]


def test_a_part_without_words_does_no_harm() -> None:
    layout = make_layout("“ Up/ADV/dep ” she/PRON/dep sang/VERB/dep asking/VERB/dep “ … ¶ Where/ADV/dep now/ADV/dep ”")
    long = learned((0, 3), (6, 11), source=((3, 4),), cue=((4, 5),))
    own = Reading(((6, 8), (9, 12)), ((5, 6),), ((3, 4),), "direct", SURE, ("marks", "place:before"))
    assert blend(layout, [own], [long])


def test_what_follows_a_colon_is_said_from_its_first_word() -> None:
    layout = make_layout(
        "Lee/PROPN/dep : Trends/NOUN/dep are/AUX/dep “ Bad/ADJ/dep ” ¶ Ann/PROPN/dep : ¶ So/ADV/dep it/PRON/dep"
    )
    headline = learned((4, 7), source=((0, 1),), cue=((1, 2),))
    next_line = learned((12, 13), source=((8, 9),), cue=((9, 10),))
    one, two = blend(layout, [], [headline, next_line])
    assert (one.content, one.type) == (((2, 7),), "mixed")
    assert two.content == next_line.content


def test_a_speaker_label_within_the_marks_names_the_source_and_is_no_content(layout: Layout) -> None:
    label = Reading(((33, 45),), ((32, 33),), ((31, 32),), "direct", SURE, ("marks", "cue:colon", "place:label"))
    (found,) = blend(layout, [label], [learned((31, 45), source=((20, 21),), cue=((21, 22),))])
    assert found == label


def test_a_quotation_grows_by_the_paragraph_that_carries_it_on(layout: Layout) -> None:
    whole = Reading(((0, 10), (31, 45)), ((11, 12),), ((12, 13),), "direct", SURE, ("marks",))
    mine = learned((0, 10), source=((12, 13),), cue=((11, 12),))
    bare = learned((31, 45))
    (found,) = blend(layout, [whole], [mine, bare])
    assert found.content == whole.content


def test_it_does_not_grow_over_what_somebody_else_says(layout: Layout) -> None:
    whole = Reading(((0, 10), (31, 45)), ((11, 12),), ((12, 13),), "direct", SURE, ("marks",))
    mine = learned((0, 10), source=((12, 13),), cue=((11, 12),))
    other = learned((31, 45), source=((46, 47),), cue=((47, 48),))
    assert [r.content for r in blend(layout, [whole], [mine, other])] == [mine.content, other.content]


def test_a_labelled_turn_stands_whole_however_short(layout: Layout) -> None:
    label, colon = (0, 1), (1, 2)
    turn = Reading(((2, 6),), (colon,), (label,), "direct", 0.85, ("place:label",), ("transcript",))
    assert blend(layout, [turn], []) == [turn]
    assert blend(layout, [turn], [learned((3, 5), source=(label,), cue=(colon,))]) == [turn]
    inner = learned((4, 6), source=((2, 3),), cue=((3, 4),))
    assert blend(layout, [turn], [inner]) == [inner]


def test_an_answer_in_an_interview_stands_whole_whatever_it_reports(layout: Layout) -> None:
    flags = ("transcript", "interview")
    answer = Reading(((2, 9),), ((1, 2),), ((0, 1),), "direct", 0.85, ("place:label",), flags)
    report = learned((5, 8), source=((3, 4),), cue=((4, 5),))
    assert blend(layout, [answer], [report]) == [answer]


def test_order_is_that_of_the_text(layout: Layout) -> None:
    found = blend(layout, [direct((20, 25)), direct((0, 4))], [learned((8, 12))])
    assert [r.start for r in found] == [0, 8, 20]


@pytest.mark.parametrize(
    ("content", "cue", "left"),
    [
        (((25, 35),), (), ((25, 30),)),
        (((25, 35),), ((40, 41),), ((31, 35),)),
        (((2, 4), (40, 44)), ((5, 6),), ((2, 4),)),
        (((2, 4), (10, 14)), (), ((2, 4), (10, 14))),
    ],
    ids=["starts here", "the cue is there", "two parts", "one paragraph"],
)
def test_a_quotation_keeps_to_its_paragraph(
    layout: Layout, content: tuple[Range, ...], cue: tuple[Range, ...], left: tuple[Range, ...]
) -> None:
    (found,) = blend(layout, [], [learned(*content, cue=cue)])
    assert found.content == left


def test_marks_that_are_opened_anew_carry_it_over(layout: Layout) -> None:
    both = ((20, 30), (31, 40))
    (found,) = blend(layout, [direct(*both)], [learned(*both)])
    assert found.content == both


@pytest.mark.parametrize("readings", [[learned((0, 9)), learned((12, 20))], [learned((0, 9))]])
def test_readings_do_not_overlap(layout: Layout, readings: list[Reading]) -> None:
    by_rules = [direct((i, i + 3)) for i in range(0, 60, 4)]
    taken = [i for r in blend(layout, by_rules, readings) for s, e in r.content for i in range(s, e)]
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize(
    ("kind", "score", "kept"), [("indirect", 0.44, 0), ("indirect", 0.45, 1), ("mixed", 0.29, 0), ("direct", 0.29, 1)]
)
def test_what_is_hardly_likely_is_left_out_unless_marks_speak_for_it(
    layout: Layout, kind: QuoteType, score: float, kept: int
) -> None:
    reading = Reading(((2, 8),), ((9, 10),), ((10, 11),), kind, score, ("model",), by="model")
    assert len(blend(layout, [], [reading])) == kept
