"""The extractor runs again, or the text has changed: no decision is lost, moved by guess, or silently changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_cases import PEOPLE, Desk, article, by_name, decide, desk_on, put, quick, record, view
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.review.anchoring import anchor, move
from quotes.review.errors import DeskError
from quotes.review.ingest import check, take_in
from quotes.schema import DocumentRecord, ModelRecord, SpanRecord

NEWER = ModelRecord(program="1", spacy="0", pipeline="full", reader="9")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return quick(desk_on(tmp_path / "desk.db"))


def without(found: DocumentRecord, *numbers: int) -> DocumentRecord:
    """Return a record of a run that missed some quotations."""
    return found.model_copy(update={"quotes": tuple(q for n, q in enumerate(found.quotes) if n not in numbers)})


def states(desk: Desk) -> list[tuple[str, str | None]]:
    return [(q["status"], q["speaker"] and q["speaker"]["name"]) for q in view(desk)["quotes"]]


def test_the_same_records_again_change_nothing(desk: Desk) -> None:
    before = view(desk)
    assert put(desk.store, record()) == 0
    assert view(desk) == before


def test_a_new_run_keeps_decisions_and_adds_what_it_found(desk: Desk) -> None:
    decide(desk, 0, "reject")
    decide(desk, 1, "correct", after={"speaker_name": "Zoe Quist"})
    before = states(desk)
    assert put(desk.store, record(model=NEWER)) == 1
    assert states(desk) == before
    assert not any(q["model_changed"] for q in view(desk)["quotes"])


def test_a_decided_quotation_stays_when_the_new_run_misses_it(desk: Desk) -> None:
    decide(desk, 0)
    put(desk.store, without(record(model=NEWER), 0, 1))
    quotes = view(desk)["quotes"]
    assert [q["status"] for q in quotes] == ["accepted", "unreviewed", "unreviewed"]
    assert quotes[0]["model_changed"]
    assert quotes[0]["reason"] == "The last run did not find this."


def test_another_speaker_in_the_new_run_changes_no_decision_and_is_told(desk: Desk) -> None:
    decide(desk, 0)
    new = record(model=NEWER)
    other = new.quotes[1]
    moved = new.quotes[0].model_copy(update={"speaker_id": other.speaker_id, "speaker": other.speaker})
    put(desk.store, new.model_copy(update={"quotes": (moved, *new.quotes[1:])}))
    first = view(desk)["quotes"][0]
    assert (first["status"], first["speaker"]["name"], first["model_changed"]) == ("accepted", PEOPLE[0], True)
    assert view(desk, "Bob")["quotes"][0]["speaker"]["name"] == PEOPLE[1]


def test_a_decision_on_what_was_seen_before_the_run_is_stale(desk: Desk) -> None:
    quote = view(desk)["quotes"][0]
    doc = desk.documents("Ann")["documents"][0]["id"]
    put(desk.store, record(model=NEWER))
    body = {"doc": doc, "quote": quote["id"], "action": "accept", "base_revision": quote["revision"]}
    with pytest.raises(DeskError, match="read anew"):
        desk.decide("Ann", body)


def test_undo_reaches_back_before_the_run(desk: Desk) -> None:
    decide(desk, 0, "reject")
    put(desk.store, record(model=NEWER))
    desk.turn("Ann", "undo", {})
    assert view(desk)["quotes"][0]["status"] == "unreviewed"


def test_decisions_move_with_the_text_where_their_place_is_certain(desk: Desk) -> None:
    decide(desk, 0, "reject", note="Misheard.")
    decide(desk, 1, "correct", after={"type": "mixed", "speaker_name": "Zoe Quist"})
    put(desk.store, record("A new first paragraph.\n\n" + article()))
    found = view(desk)
    text = found["document"]["text"]
    rejected, corrected = found["quotes"][:2]
    assert (rejected["status"], rejected["note"], rejected["reanchored"]) == ("rejected", "Misheard.", True)
    assert [text[s:e] for s, e in corrected["content"]] == ["“Point 1 will stand,”"]
    assert [text[s:e] for s, e in corrected["source"]] == ["Tom Ray"]
    assert (corrected["type"], corrected["speaker"]["name"]) == ("mixed", "Zoe Quist")
    assert len(found["quotes"]) == 4
    assert found["left"] == 2
    assert corrected["confidence"] == 0.9


def test_decisions_whose_words_are_gone_or_doubled_are_orphaned_not_guessed(desk: Desk) -> None:
    decide(desk, 0, "reject")
    decide(desk, 1)
    lines = article().split("\n\n")
    put(desk.store, record("\n\n".join([*lines, *lines])))
    found = view(desk)
    assert [q["text"] for q in found["orphaned"]] == ["“Point 1 will stand,”"]
    assert {q["status"] for q in found["quotes"]} == {"unreviewed"}
    assert desk.documents("Ann")["documents"][0]["orphaned"] == 1


def test_decisions_come_back_with_their_text(desk: Desk) -> None:
    decide(desk, 1)
    put(desk.store, record("Nothing is left of it."))
    assert [q["status"] for q in view(desk)["orphaned"]] == ["accepted"]
    put(desk.store, record(model=NEWER))
    assert view(desk)["orphaned"] == []
    assert [q["status"] for q in view(desk)["quotes"]] == ["unreviewed", "accepted", "unreviewed", "unreviewed"]


def test_an_orphan_is_placed_again_or_dropped(desk: Desk) -> None:
    decide(desk, 1)
    decide(desk, 2)
    put(desk.store, record("He said yes. He said no."))
    doc = desk.documents("Ann")["documents"][0]["id"]

    def act(quote: dict[str, object], action: str, **after: object) -> dict[str, object]:
        ids = {"doc": doc, "quote": quote["id"], "base_revision": quote["revision"]}
        return desk.decide("Ann", {**ids, "action": action, "after": after})

    first, second = view(desk)["orphaned"]
    with pytest.raises(DeskError, match="not in the text any more"):
        act(first, "accept")
    placed = act(first, "correct", content=[[8, 11]])["quote"]
    assert (placed["content"], placed["source"], placed["orphaned"]) == ([[8, 11]], [], False)  # type: ignore[index]
    assert act(second, "reject")["quote"] is None
    assert view(desk)["orphaned"] == []
    desk.turn("Ann", "undo", {})
    assert [q["id"] for q in view(desk)["orphaned"]] == [second["id"]]


def test_undo_after_the_text_changed_leads_to_a_state_of_the_old_text_moved(desk: Desk) -> None:
    decide(desk, 0, "correct", after={"type": "mixed"})
    decide(desk, 0, "reject")
    put(desk.store, record("A new first paragraph.\n\n" + article()))
    desk.turn("Ann", "undo", {})
    found = view(desk)
    first = found["quotes"][0]
    assert (first["status"], first["type"], first["reanchored"]) == ("corrected", "mixed", True)
    assert found["document"]["text"][slice(*first["content"][0])] == "“Point 0 will stand,”"


def test_merged_speakers_stay_merged_in_a_new_text(desk: Desk) -> None:
    found = view(desk)
    doc = found["document"]["id"]
    tom, ann = by_name(found, "Tom Ray"), by_name(found, "Ann Lee")
    desk.speakers("Ann", {"doc": doc, "op": "merge", "ids": [tom], "into": ann})
    desk.speakers("Ann", {"doc": doc, "op": "edit", "ids": [ann], "identifier": "Q42"})
    put(desk.store, record("A new first paragraph.\n\n" + article()))
    names = [s["name"] for s in view(desk)["speakers"]]
    assert "Tom Ray" not in names
    assert next(s for s in view(desk)["speakers"] if s["name"] == "Ann Lee")["identifier"] == "Q42"
    assert view(desk)["quotes"][1]["speaker"]["name"] == "Ann Lee"


def spoilt(**change: object) -> DocumentRecord:
    return record().model_copy(update=change)


WRONG = SpanRecord(start=3, end=6, text="xyz")


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (spoilt(text=None), "has no text"),
        (spoilt(text="Another text."), "the hash differs"),
        (spoilt(quotes=(record().quotes[0].model_copy(update={"content": (WRONG,)}),)), "does not fit its text"),
        (spoilt(quotes=(record().quotes[0].model_copy(update={"source": (WRONG,)}),)), "does not fit its text"),
        (spoilt(quotes=(record().quotes[0],) * 2), "two quotations with one id"),
    ],
)
def test_records_that_do_not_fit_are_refused_and_the_rest_goes_on(desk: Desk, bad: DocumentRecord, words: str) -> None:
    with pytest.raises(InputError, match=words):
        check(bad)
    told: list[str] = []
    good = record(id="good.txt")
    assert take_in(desk.store, [bad, good], lambda error, source: told.append(error.message)) == 1
    assert len(told) == 1
    assert len(desk.documents("Ann")["documents"]) == 2


def test_two_documents_of_one_name_are_told(desk: Desk) -> None:
    told: list[str] = []
    twice = [record(id="x"), record("Other text.", id="x")]
    assert take_in(desk.store, twice, lambda error, source: told.append(error.message)) == 1
    assert "two documents named 'x'" in told[0]


def test_texts_with_odd_characters_keep_their_offsets(tmp_path: Path) -> None:
    text = "\ud800 <script>alert(1)</script> שלום 🙂🙂\0\r\n" + article(2)
    desk = quick(desk_on(tmp_path / "odd.db", record(text, id="\udcff.txt", title="\ud800")))
    found = view(desk)
    assert found["document"]["text"] == text
    assert text[slice(*found["quotes"][1]["content"][0])] == "“Point 1 will stand,”"
    assert decide(desk, 0)["quote"]["status"] == "accepted"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("xx aaa WORD bbb", [7, 11]),
        ("aaa WORD bbb", [4, 8]),
        ("aaa WORK bbb", None),
        ("aaa WORD bb", None),
        ("aaa WORD bbb aaa WORD bbb", None),
        ("aaa word bbb", None),
        ("", None),
    ],
)
def test_a_span_is_found_where_words_and_neighbours_occur_once(new: str, expected: list[int] | None) -> None:
    assert anchor("aaa WORD bbb", new, [4, 8]) == expected


@given(st.text(max_size=30), st.text(min_size=1, max_size=20), st.text(max_size=30), st.text(max_size=40))
def test_an_anchored_span_has_the_same_words(before: str, words: str, after: str, lead: str) -> None:
    old = before + words + after
    start = len(before)
    for new in (lead + old, old + lead, lead):
        found = anchor(old, new, [start, start + len(words)])
        assert found is None or new[found[0] : found[1]] == words


def test_parts_that_would_change_places_are_not_moved() -> None:
    old = "one " + "x" * 80 + " two"
    new = old[60:] + old[:60]
    state = {"content": [[0, 3], [85, 88]], "cue": [], "source": []}
    assert move(state, old, new) is None
