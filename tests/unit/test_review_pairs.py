"""Two reviewers: blind until both have finished, then adjudication and the figures of how far they agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from desk_cases import Desk, by_name, decide, desk_on, first_doc, quick, view

from quotes.review.agreement import kappa
from quotes.review.errors import DeskError


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk where both have decided, and differ in what, by whom, and whether at all."""
    desk = quick(desk_on(tmp_path / "desk.db"))
    text = view(desk)["document"]["text"]
    for number in range(4):
        decide(desk, number, who="Ann")
    decide(desk, 0, who="Bob")
    decide(desk, 1, "reject", who="Bob")
    decide(desk, 2, "correct", who="Bob", after={"speaker_name": "Zoe Quist"})
    start = text.index("Point 3")
    decide(desk, 3, "correct", who="Bob", after={"content": [[start, start + len("Point 3 will")]]})
    start = text.index("council")
    add = {"doc": first_doc(desk), "quote": None, "action": "add", "after": {"content": [[start, start + 7]]}}
    desk.decide("Bob", add)
    return desk


def finish(desk: Desk, *names: str) -> None:
    for name in names:
        desk.finish(name, first_doc(desk), True)


def items(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.adjudication(first_doc(desk))["items"]
    return found


def settle(desk: Desk, item: dict[str, Any], **body: Any) -> dict[str, Any]:
    base = {"doc": first_doc(desk), "quote": item["quote"], "base_revision": item["revision"]}
    return desk.settle("Cy", base | body)


def test_nothing_is_shown_until_both_have_finished(desk: Desk) -> None:
    for names in ((), ("Ann",)):
        finish(desk, *names)
        found = desk.adjudication(first_doc(desk))
        assert (found["blocked"], found["items"]) == (True, [])
        assert desk.agreement() == {"pairs": []}
        with pytest.raises(DeskError, match="must finish"):
            settle(desk, {"quote": "q", "revision": 0}, choose="Ann")
    finish(desk, "Bob")
    assert not desk.adjudication(first_doc(desk))["blocked"]


def test_after_that_the_own_answers_are_closed(desk: Desk) -> None:
    finish(desk, "Ann", "Bob")
    before = view(desk)["seq"]
    for act in (
        lambda: decide(desk, 0, "reject"),
        lambda: desk.turn("Ann", "undo", {}),
        lambda: desk.finish("Ann", first_doc(desk), False),
        lambda: desk.speakers("Ann", {"doc": first_doc(desk), "op": "create", "name": "X"}),
    ):
        with pytest.raises(DeskError) as caught:
            act()
        assert (caught.value.code, caught.value.status) == ("closed", 409)
    assert desk.accept_above("Ann", {"above": 0.0})["accepted"] == 0
    assert view(desk)["seq"] == before


def test_who_alone_has_finished_may_go_on(desk: Desk) -> None:
    finish(desk, "Ann")
    assert desk.finish("Ann", first_doc(desk), False)["finished_by"] == []
    desk.turn("Ann", "undo", {})
    assert desk.documents("Ann")["documents"][0]["finished_by"] == ["Ann"]
    decide(desk, 0, "reject")


def test_the_versions_stand_side_by_side(desk: Desk) -> None:
    finish(desk, "Ann", "Bob")
    found = items(desk)
    assert [i["agree"] for i in found] == [False, True, False, False, False]
    assert [i["settled"] for i in found] == [None, "agreed", None, None, None]
    assert [v["status"] for v in found[0]["versions"]] == ["missing", "accepted"]
    assert [v["quote"]["speaker"]["name"] for v in found[3]["versions"]] == ["Eva Fox", "Zoe Quist"]
    assert desk.adjudication(first_doc(desk))["left"] == 4


def test_a_choice_takes_all_of_a_version_with_its_speaker(desk: Desk) -> None:
    finish(desk, "Ann", "Bob")
    added, _, rejected, renamed, cut = items(desk)
    assert settle(desk, renamed, choose="Bob")["final"]["speaker"]["name"] == "Zoe Quist"
    assert settle(desk, rejected, choose="Bob")["final"]["status"] == "rejected"
    assert settle(desk, added, choose="Ann")["final"]["status"] == "rejected"
    mine = settle(desk, cut, after={"type": "mixed", "speaker_name": "Max Roe"}, note="Both wrong.")["final"]
    assert (mine["status"], mine["type"], mine["speaker"]["name"], mine["note"]) == (
        "corrected",
        "mixed",
        "Max Roe",
        "Both wrong.",
    )
    assert desk.adjudication(first_doc(desk))["left"] == 0
    assert [i["settled"] for i in items(desk)] == ["adjudicated", "agreed", *["adjudicated"] * 3]


def test_what_was_renamed_by_a_reviewer_is_renamed_in_what_is_final(tmp_path: Path) -> None:
    desk = quick(desk_on(tmp_path / "r.db"))
    found = view(desk)
    doc, key = found["document"]["id"], by_name(found, "Ann Lee")
    desk.speakers("Ann", {"doc": doc, "op": "rename", "ids": [key], "name": "Anna Leigh"})
    for who in ("Ann", "Bob"):
        decide(desk, 0, who=who)
    finish(desk, "Ann", "Bob")
    final = settle(desk, items(desk)[0], choose="Ann")["final"]
    assert final["speaker"] == {"id": key, "name": "Anna Leigh"}


def test_two_windows_can_not_settle_one_quotation_twice(desk: Desk) -> None:
    finish(desk, "Ann", "Bob")
    item = items(desk)[2]
    settle(desk, item, choose="Ann")
    with pytest.raises(DeskError, match="another window"):
        settle(desk, item, choose="Bob")
    assert items(desk)[2]["final"]["status"] == "accepted"
    settle(desk, items(desk)[2], choose="Bob")
    assert items(desk)[2]["final"]["status"] == "rejected"
    desk.turn("Cy", "undo", {})
    assert items(desk)[2]["final"]["status"] == "accepted"
    desk.turn("Cy", "undo", {})
    assert items(desk)[2]["final"] is None


@pytest.mark.parametrize(
    "body", [{}, {"choose": "Eve"}, {"after": {"status": "sung"}}, {"after": {"content": [[0, 9999]]}}]
)
def test_a_settlement_must_make_sense(desk: Desk, body: dict[str, Any]) -> None:
    finish(desk, "Ann", "Bob")
    with pytest.raises(DeskError):
        settle(desk, items(desk)[0], **body)
    with pytest.raises(DeskError, match="no such quotation"):
        settle(desk, {"quote": "q_none", "revision": 0}, choose="Ann")


def test_the_figures_as_counted_by_hand(desk: Desk) -> None:
    """Ann keeps 4, Bob 4: two the same, one cut short (overlap, not exact), one of Bob's own; one rejected by Bob."""
    finish(desk, "Ann", "Bob")
    (pair,) = desk.agreement()["pairs"]
    assert (pair["a"], pair["b"], pair["documents"], pair["n"]) == ("Ann", "Bob", 1, 4)
    assert pair["span_exact_f1"] == 0.5
    assert pair["span_overlap_f1"] == 0.75
    assert pair["speaker_accuracy"] == round(2 / 3, 4)
    assert pair["kappa"] == 0.0


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([("keep", "keep")] * 5, None),
        ([("keep", "keep"), ("reject", "reject")], 1.0),
        ([("keep", "reject"), ("reject", "keep")], -1.0),
        ([("k", "k")] * 20 + [("k", "r")] * 5 + [("r", "k")] * 10 + [("r", "r")] * 15, 0.4),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], expected: float | None) -> None:
    """The last case is the example of Wikipedia's article on Cohen's kappa."""
    assert kappa(pairs) == expected
