"""Decisions on quotations: what each action does, what is refused, and that the log keeps all of it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from desk_cases import Desk, decide, desk_on, first_doc, put, quick, record, view

from quotes.review.errors import DeskError
from quotes.review.records import trail


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return quick(desk_on(tmp_path / "desk.db"))


def statuses(desk: Desk, who: str = "Ann") -> list[str]:
    return [q["status"] for q in view(desk, who)["quotes"]]


def refused(desk: Desk, body: dict[str, Any], who: str = "Ann") -> DeskError:
    with pytest.raises(DeskError) as caught:
        desk.decide(who, body)
    return caught.value


def test_each_action_sets_its_status(desk: Desk) -> None:
    for number, action in enumerate(("accept", "reject", "unsure")):
        decide(desk, number, action)
    answer = decide(desk, 3, "correct", after={"type": "mixed"})
    assert statuses(desk) == ["accepted", "rejected", "unsure", "corrected"]
    assert answer["quote"]["type"] == "mixed"
    assert answer["left"] == 0


def test_a_note_changes_no_status_and_stays_through_later_decisions(desk: Desk) -> None:
    assert decide(desk, 0, "note", note="Call back.")["quote"]["status"] == "unreviewed"
    assert decide(desk, 0, "accept")["quote"]["note"] == "Call back."
    assert decide(desk, 0, "note", note="")["quote"]["note"] == ""


def test_accepting_what_differs_from_the_model_is_a_correction(desk: Desk) -> None:
    decide(desk, 0, "correct", after={"type": "indirect"})
    assert decide(desk, 0, "accept")["quote"]["status"] == "corrected"
    decide(desk, 0, "correct", after={"type": "direct"})
    assert decide(desk, 0, "accept")["quote"]["status"] == "accepted"


def test_a_new_name_creates_a_speaker_and_an_old_one_does_not(desk: Desk) -> None:
    answer = decide(desk, 0, "correct", after={"speaker_name": "Zoe  Quist"})
    assert answer["quote"]["speaker"]["name"] == "Zoe Quist"
    assert [s["name"] for s in answer["speakers"]][-1] == "Zoe Quist"
    answer = decide(desk, 1, "correct", after={"speaker_name": "zoe quist"})
    assert sum(s["name"] == "Zoe Quist" for s in answer["speakers"]) == 1
    assert next(s for s in answer["speakers"] if s["name"] == "Zoe Quist")["quotes"] == 2


def test_a_speaker_can_be_taken_away(desk: Desk) -> None:
    assert decide(desk, 0, "correct", after={"speaker_id": None})["quote"]["speaker"] is None


def test_a_missed_quotation_is_added_in_text_order(desk: Desk) -> None:
    doc = first_doc(desk)
    body = {"doc": doc, "quote": None, "action": "add", "after": {"content": [[4, 11]], "speaker_name": "Ann Lee"}}
    answer = desk.decide("Ann", body)
    first = view(desk)["quotes"][0]
    assert (first["id"], first["origin"], first["status"]) == (answer["quote"]["id"], "reviewer", "accepted")
    assert first["reason"] == "A reviewer added this."
    assert refused(desk, body).code == "exists"
    assert len(view(desk, "Bob")["quotes"]) == 4


def test_a_correction_may_not_copy_another_quotation(desk: Desk) -> None:
    quotes = view(desk)["quotes"]
    with pytest.raises(DeskError, match="already"):
        decide(desk, 0, "correct", after={"content": quotes[1]["content"]})


def test_a_stale_decision_is_refused_and_comes_with_the_quotation_as_it_is(desk: Desk) -> None:
    quote = view(desk)["quotes"][0]
    body = {"doc": first_doc(desk), "quote": quote["id"], "action": "accept", "base_revision": quote["revision"]}
    desk.decide("Ann", body)
    error = refused(desk, body | {"action": "reject"})
    assert (error.code, error.status) == ("stale", 409)
    assert error.extra["shown"][1].state["status"] == "accepted"
    assert statuses(desk)[0] == "accepted"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"action": "frobnicate"}, "bad_field"),
        ({"quote": None}, "bad_request"),
        ({"quote": "q_none"}, "not_found"),
        ({"doc": "../../etc/passwd"}, "not_found"),
        ({"base_revision": "1"}, "bad_request"),
        ({"base_revision": True}, "bad_request"),
        ({"after": []}, "nothing_changed"),
        ({"after": [1]}, "bad_request"),
        ({"after": {"content": [[0, 10_000]]}}, "bad_spans"),
        ({"after": {"content": [[5, 5]]}}, "bad_spans"),
        ({"after": {"content": [[-4, 5]]}}, "bad_spans"),
        ({"after": {"content": [[1.5, 5]]}}, "bad_spans"),
        ({"after": {"content": [[9, 12], [2, 4]]}}, "bad_spans"),
        ({"after": {"content": []}}, "bad_spans"),
        ({"after": {"content": "x"}}, "bad_spans"),
        ({"after": {"type": "sung"}}, "bad_field"),
        ({"after": {"speaker_id": "s_none"}}, "unknown_speaker"),
        ({"after": {"speaker_id": 7}}, "bad_field"),
        ({"after": {"speaker_name": " "}}, "bad_field"),
        ({"after": {"speaker_name": "x" * 300}}, "too_long"),
        ({"after": {"id": "q_other"}}, "bad_field"),
        ({"note": "x" * 30_000}, "too_long"),
        ({"note": 5}, "bad_field"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(desk: Desk, more: dict[str, Any], code: str) -> None:
    quote = view(desk)["quotes"][0]
    body = {"doc": first_doc(desk), "quote": quote["id"], "action": "correct", "base_revision": quote["revision"]}
    before = view(desk)["seq"]
    assert refused(desk, body | more).code == code
    assert view(desk)["seq"] == before


def test_lone_surrogates_and_nul_in_a_note_are_stored_as_replacement(desk: Desk) -> None:
    assert decide(desk, 0, "note", note="a\ud800\0b")["quote"]["note"] == "a?\ufffdb"


def test_the_log_says_who_when_before_after_note_seconds_model_and_text(desk: Desk) -> None:
    decide(desk, 0, "accept", who="Bob", note="Heard it.", seconds=2.5)
    with desk.store.reading() as connection:
        entry = trail(connection)[-1]
    assert (entry["reviewer"], entry["action"], entry["note"], entry["seconds"]) == ("Bob", "accept", "Heard it.", 2.5)
    assert (entry["before"]["status"], entry["after"]["status"]) == ("unreviewed", "accepted")
    assert entry["after"]["text"] == "“Point 0 will stand,”"
    assert entry["text_sha256"] == record().text_sha256
    assert len(entry["model_sha256"]) == 64
    assert entry["at"].endswith("Z")


@pytest.mark.parametrize("statement", ["DELETE FROM log", "UPDATE log SET reviewer = 'Eve'"])
def test_the_log_can_only_grow(desk: Desk, statement: str) -> None:
    decide(desk, 0)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), desk.store.writing() as connection:
        connection.execute(statement)
    assert statuses(desk)[0] == "accepted"


def test_reviewers_are_blind_to_each_other(desk: Desk) -> None:
    decide(desk, 0, "reject", who="Ann", note="No.")
    decide(desk, 1, "correct", who="Ann", after={"speaker_name": "Zoe Quist"})
    assert statuses(desk, "Bob") == ["unreviewed"] * 4
    assert "Zoe Quist" not in str(view(desk, "Bob"))
    assert desk.documents("Bob")["progress"] == {"decided": 0, "total": 4}


def test_bulk_accepts_what_is_sure_and_undecided_with_an_entry_each(desk: Desk) -> None:
    decide(desk, 0, "reject")
    answer = desk.accept_above("Ann", {"doc": None, "above": 0.75})
    assert statuses(desk) == ["rejected", "accepted", "accepted", "unreviewed"]
    assert (answer["accepted"], len(answer["quotes"])) == (2, 2)
    with desk.store.reading() as connection:
        entries = trail(connection)[-2:]
    assert {e["action"] for e in entries} == {"accept"}
    assert len({e["group"] for e in entries}) == 1
    desk.turn("Ann", "undo", {})
    assert statuses(desk) == ["rejected", "unreviewed", "unreviewed", "unreviewed"]


@pytest.mark.parametrize("above", [None, "0.5", 2, True])
def test_bulk_wants_a_share(desk: Desk, above: Any) -> None:
    with pytest.raises(DeskError, match="from 0 to 1"):
        desk.accept_above("Ann", {"above": above})


def test_the_list_counts_per_document(tmp_path: Path) -> None:
    desk = quick(desk_on(tmp_path / "two.db", record(), record(id="b.txt", title="Second", url="https://e.example")))
    decide(desk, 0)
    first, second = desk.documents("Ann")["documents"]
    assert (first["quotes"], first["decided"], first["left"]) == (4, 1, 3)
    assert (second["title"], second["url"], second["decided"]) == ("Second", "https://e.example", 0)
    assert desk.documents("Ann")["progress"] == {"decided": 1, "total": 8}
    assert put(desk.store, record()) == 0
    assert desk.documents("Ann")["documents"][0] == first


def test_the_queue_goes_by_doubt_or_by_text(desk: Desk) -> None:
    doubts = [q["doubt"] for q in desk.queue("Ann", first_doc(desk), None)["quotes"]]
    assert doubts == sorted(doubts, reverse=True)
    ids = [q["id"] for q in view(desk)["quotes"]]
    assert [q["id"] for q in desk.queue("Ann", first_doc(desk), "text")["quotes"]] == ids
    decide(desk, 0)
    assert ids[0] not in [q["id"] for q in desk.queue("Ann", None, "text")["quotes"]]
    with pytest.raises(DeskError, match="one of: doubt, text"):
        desk.queue("Ann", None, "random")
