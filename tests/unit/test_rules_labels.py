"""Transcripts: paragraphs that open with a speaker's label."""

from __future__ import annotations

from handmade import make_layout, texts

from quotes.rules.labels import label_readings


def labelled(notation: str) -> list[tuple[list[str], list[str]]]:
    """Return the texts of source and content."""
    layout = make_layout(notation)
    return [(texts(layout.doc, r.source), texts(layout.doc, r.content)) for r in label_readings(layout)]


def test_a_label_in_capitals() -> None:
    assert labelled("ANN/PROPN/compound/LEE LEE/PROPN/ROOT : Yes/INTJ/dep . ¶ Rain/NOUN/ROOT .") == [
        (["ANN LEE"], ["Yes"])
    ]


def test_a_label_seen_three_times() -> None:
    line = "Lee/PROPN/ROOT : Yes/INTJ/dep ."
    assert labelled(f"{line} ¶ {line}") == []
    assert labelled(f"{line} ¶ {line} ¶ {line}") == [(["Lee"], ["Yes"])] * 3


def test_a_colon_in_the_middle_of_a_paragraph_is_no_label() -> None:
    rest = " ".join(["word/NOUN/dep"] * 12)
    assert labelled(f"{rest} LEE/PROPN/ROOT : Yes/INTJ/dep .") == []


def test_a_label_without_words_after_it_says_nothing() -> None:
    assert labelled("LEE/PROPN/ROOT : ¶ Yes/INTJ/ROOT .") == []


def test_transcripts_are_flagged_direct_speech() -> None:
    (reading,) = label_readings(make_layout("LEE/PROPN/ROOT : Yes/INTJ/dep ."))
    assert (reading.type, reading.flags) == ("direct", ("transcript",))
    assert reading.evidence == ("cue:colon", "place:label")


def test_a_clock_time_is_no_label() -> None:
    assert labelled("At/ADP/ROOT 9/NUM/pobj/At : 30/NUM/dep/At they/PRON/dep left/VERB/dep .") == []


def test_what_the_editors_add_is_nobodys_speech() -> None:
    line = "It/PRON/nsubj/was was=be/VERB/ROOT cut/ADJ/dep/was"
    assert labelled(f"CLARIFICATION/NOUN/ROOT : {line} . ¶ EDITOR’S/NOUN/compound/NOTE NOTE/NOUN/ROOT : {line} .") == []


def test_questions_and_answers_are_flagged_as_an_interview() -> None:
    pair = "Q/NOUN/ROOT : Why/ADV/dep ? ¶ A/NOUN/ROOT : Yes/INTJ/dep ."
    assert {r.flags for r in label_readings(make_layout(f"{pair} ¶ {pair}"))} == {("transcript", "interview")}
    assert {r.flags for r in label_readings(make_layout(pair))} == {("transcript",)}
