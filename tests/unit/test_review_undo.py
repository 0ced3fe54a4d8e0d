"""Undo and redo against a model: whatever was done, they lead through the very states that were shown."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from desk_cases import Desk, by_name, decide, desk_on, first_doc, quick, record, view
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from quotes.review.database import open_store
from quotes.review.errors import DeskError
from quotes.review.records import trail

NAMES = ("Ann", "Bob")
WHO = st.sampled_from(NAMES)
NUMBER = st.integers(0, 3)


def seen(desk: Desk, who: str) -> str:
    """Return what somebody sees of the article, without the numbers of log entries."""
    found = view(desk, who)
    for quote in found["quotes"]:
        quote.pop("revision")
    return str([found["quotes"], found["speakers"], found["orphaned"], found["left"], who in found["finished_by"]])


class Undoing(RuleBasedStateMachine):
    """Two reviewers do, undo and redo; the model keeps a list of what each has seen, and where in it each stands."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "desk.db"
        self.desk = quick(desk_on(self.path))
        self.doc = first_doc(self.desk)
        self.shown = {who: [seen(self.desk, who)] for who in NAMES}
        self.at = dict.fromkeys(NAMES, 0)
        self.entries = 0

    def teardown(self) -> None:
        self.desk.store.close()
        self.folder.cleanup()

    def do(self, who: str, action: Any) -> None:
        """Do something; what was undone before is gone for redo, unless the desk refused to do it."""
        try:
            action()
        except DeskError as error:
            assert error.code in ("nothing_changed", "exists", "bad_field", "unknown_speaker")
            return
        del self.shown[who][self.at[who] + 1 :]
        self.shown[who].append(seen(self.desk, who))
        self.at[who] += 1

    @rule(who=WHO, number=NUMBER, action=st.sampled_from(["accept", "reject", "unsure", "note"]))
    def decides(self, who: str, number: int, action: str) -> None:
        self.do(who, lambda: decide(self.desk, number, action, who, note="A note." if action == "note" else None))

    @rule(who=WHO, number=NUMBER, name=st.sampled_from(["Ann Lee", "Zoe Quist", "Max Roe"]))
    def corrects(self, who: str, number: int, name: str) -> None:
        self.do(who, lambda: decide(self.desk, number, "correct", who, after={"speaker_name": name}))

    @rule(who=WHO, start=st.integers(0, 8))
    def adds(self, who: str, start: int) -> None:
        body = {"doc": self.doc, "quote": None, "action": "add", "after": {"content": [[start, start + 5]]}}
        self.do(who, lambda: self.desk.decide(who, body))

    @precondition(lambda self: max(self.at.values()) < 30)
    @rule(who=WHO, above=st.sampled_from([0.5, 0.8]))
    def accepts_above(self, who: str, above: float) -> None:
        def action() -> None:
            if not self.desk.accept_above(who, {"doc": None, "above": above})["accepted"]:
                raise DeskError("nothing_changed", "")

        self.do(who, action)

    @rule(who=WHO, pair=st.permutations(["Ann Lee", "Tom Ray", "Eva Fox"]))
    def merges(self, who: str, pair: list[str]) -> None:
        self.speakers(who, lambda f: {"op": "merge", "ids": [by_name(f, pair[0])], "into": by_name(f, pair[1])})

    @rule(who=WHO, number=NUMBER, name=st.sampled_from(["New One", "Ann Lee"]))
    def splits(self, who: str, number: int, name: str) -> None:
        self.speakers(who, lambda f: {"op": "split", "name": name, "quotes": [f["quotes"][number]["id"]]})

    @rule(who=WHO, name=st.sampled_from(["A", "B"]))
    def renames(self, who: str, name: str) -> None:
        self.speakers(who, lambda f: {"op": "rename", "ids": [f["speakers"][0]["id"]], "name": name})

    def speakers(self, who: str, body: Any) -> None:
        """Change the speakers, unless one of those named is not there."""

        def action() -> None:
            try:
                made = body(view(self.desk, who))
            except StopIteration:
                raise DeskError("unknown_speaker", "") from None
            self.desk.speakers(who, made | {"doc": self.doc})

        self.do(who, action)

    @rule(who=WHO, within=st.booleans())
    def undoes(self, who: str, within: bool) -> None:
        if self.at[who] == 0:
            with pytest.raises(DeskError, match="nothing to undo"):
                self.desk.turn(who, "undo", {"doc": self.doc if within else None})
            return
        self.desk.turn(who, "undo", {"doc": self.doc if within else None})
        self.at[who] -= 1

    @rule(who=WHO, within=st.booleans())
    def redoes(self, who: str, within: bool) -> None:
        if self.at[who] == len(self.shown[who]) - 1:
            with pytest.raises(DeskError, match="nothing to redo"):
                self.desk.turn(who, "redo", {"doc": self.doc if within else None})
            return
        self.desk.turn(who, "redo", {"doc": self.doc if within else None})
        self.at[who] += 1

    @invariant()
    def each_sees_what_the_model_says(self) -> None:
        for who in NAMES:
            assert seen(self.desk, who) == self.shown[who][self.at[who]]

    @invariant()
    def the_log_only_grows_and_its_last_entries_are_the_state(self) -> None:
        with self.desk.store.reading() as connection:
            log = trail(connection)
            state = connection.execute("SELECT count(*) FROM state").fetchone()[0]
        assert len(log) >= self.entries
        self.entries = len(log)
        assert state == len({(e["layer"], e["scope"], e["quote"]) for e in log})

    @rule()
    def the_file_is_opened_again(self) -> None:
        self.desk.store.close()
        self.desk = quick(Desk(open_store(self.path)))


Undoing.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestUndoing = Undoing.TestCase


@pytest.mark.slow
class TestUndoingLong(Undoing.TestCase):  # type: ignore[name-defined,misc]
    """The same, for longer."""

    settings = settings(
        max_examples=100, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )


def test_undo_says_what_it_undid(tmp_path: Path) -> None:
    desk = quick(desk_on(tmp_path / "desk.db"))
    decide(desk, 2, "reject")
    answer = desk.turn("Ann", "undo", {"doc": None})
    assert answer["undone"]["action"] == "reject"
    assert answer["quote"]["id"] == view(desk)["quotes"][2]["id"]
    assert answer["quote"]["status"] == "unreviewed"
    assert desk.turn("Ann", "redo", {"doc": None})["quote"]["status"] == "rejected"


def test_undo_in_one_document_leaves_the_other_alone(tmp_path: Path) -> None:
    desk = quick(desk_on(tmp_path / "desk.db", record(), record(id="b.txt")))
    first, second = (row["id"] for row in desk.documents("Ann")["documents"])
    decide(desk, 0, doc=first)
    decide(desk, 0, doc=second)
    desk.turn("Ann", "undo", {"doc": first})
    assert view(desk, doc=first)["quotes"][0]["status"] == "unreviewed"
    assert view(desk, doc=second)["quotes"][0]["status"] == "accepted"


def test_undoing_a_bulk_accept_keeps_what_was_decided_later(tmp_path: Path) -> None:
    desk = quick(desk_on(tmp_path / "desk.db", record(), record(id="b.txt")))
    first, second = (row["id"] for row in desk.documents("Ann")["documents"])
    desk.accept_above("Ann", {"doc": None, "above": 0.5})
    decide(desk, 0, "reject", doc=second)
    desk.turn("Ann", "undo", {"doc": first})
    assert [q["status"] for q in view(desk, doc=first)["quotes"]] == ["unreviewed"] * 4
    assert [q["status"] for q in view(desk, doc=second)["quotes"]] == ["rejected", *["unreviewed"] * 3]
    desk.turn("Ann", "undo", {"doc": second})
    assert view(desk, doc=second)["quotes"][0]["status"] == "unreviewed"
