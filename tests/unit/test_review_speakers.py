"""Merging, splitting, renaming and editing the speakers of an article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from desk_cases import Desk, by_name, decide, desk_on, first_doc, quick, view

from quotes.review.errors import DeskError


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return quick(desk_on(tmp_path / "desk.db"))


def change(desk: Desk, op: str, **body: Any) -> dict[str, Any]:
    return desk.speakers("Ann", {"doc": first_doc(desk), "op": op, **body})


def names(found: dict[str, Any]) -> list[str | None]:
    return [q["speaker"] and q["speaker"]["name"] for q in found["quotes"]]


def test_a_merge_applies_to_all_quotations_and_candidates_and_keeps_the_name_as_an_alias(desk: Desk) -> None:
    found = view(desk)
    tom, ann = by_name(found, "Tom Ray"), by_name(found, "Ann Lee")
    answer = change(desk, "merge", ids=[tom, ann], into=ann)
    assert names(answer) == ["Ann Lee", "Ann Lee", "Eva Fox", "Ann Lee"]
    merged = next(s for s in answer["speakers"] if s["id"] == ann)
    assert (merged["aliases"], merged["quotes"], len(merged["mentions"])) == (["Tom Ray"], 3, 3)
    second = answer["quotes"][1]["candidates"]
    assert [c["name"] for c in second] == ["Ann Lee", "Eva Fox"]
    assert second[0]["confidence"] == 0.97
    change(desk, "split", name="Tom Ray Jr.", quotes=[answer["quotes"][1]["id"]])
    assert names(view(desk)) == ["Ann Lee", "Tom Ray Jr.", "Eva Fox", "Ann Lee"]
    desk.turn("Ann", "undo", {})
    desk.turn("Ann", "undo", {})
    assert names(view(desk)) == ["Ann Lee", "Tom Ray", "Eva Fox", "Ann Lee"]


def test_chains_of_merges_end_at_the_last(desk: Desk) -> None:
    found = view(desk)
    ann, tom, eva = (by_name(found, name) for name in ("Ann Lee", "Tom Ray", "Eva Fox"))
    change(desk, "merge", ids=[ann], into=tom)
    change(desk, "merge", ids=[tom], into=eva)
    assert set(names(view(desk))) == {"Eva Fox"}
    with pytest.raises(DeskError, match="at least two"):
        change(desk, "merge", ids=[eva], into=ann)


def test_a_split_is_no_decision_on_the_quotation(desk: Desk) -> None:
    decide(desk, 3, "reject")
    quotes = view(desk)["quotes"]
    answer = change(desk, "split", name="Ann Lee (the younger)", quotes=[quotes[0]["id"], quotes[3]["id"]])
    assert [q["status"] for q in answer["quotes"]] == ["unreviewed", "unreviewed", "unreviewed", "rejected"]
    assert names(answer)[0] == names(answer)[3] == "Ann Lee (the younger)"
    assert answer["left"] == 3


def test_rename_edit_and_clear(desk: Desk) -> None:
    key = by_name(view(desk), "Ann Lee")
    answer = change(desk, "rename", ids=[key], name="  Anna  Lee ")
    assert names(answer)[0] == "Anna Lee"
    renamed = next(s for s in answer["speakers"] if s["id"] == key)
    assert renamed["aliases"] == ["Ann Lee"]
    edited = change(desk, "edit", ids=[key], role="mayor", kind="group", identifier="Q42")["speakers"]
    facts = next(s for s in edited if s["id"] == key)
    assert (facts["role"], facts["kind"], facts["identifier"]) == ("mayor", "group", "Q42")
    cleared = next(s for s in change(desk, "edit", ids=[key], identifier=None)["speakers"] if s["id"] == key)
    assert (cleared["role"], cleared["identifier"]) == ("mayor", None)


def test_a_created_speaker_is_there_without_quotations(desk: Desk) -> None:
    answer = change(desk, "create", name="Zoe Quist", kind="person", identifier="Q1")
    assert answer["speakers"][-1] | {"id": ""} == {
        "id": "",
        "name": "Zoe Quist",
        "role": None,
        "kind": "person",
        "identifier": "Q1",
        "aliases": [],
        "quotes": 0,
        "mentions": [],
    }
    assert answer["speaker"] == answer["speakers"][-1]["id"]
    with pytest.raises(DeskError, match="already"):
        change(desk, "create", name="zoe quist")


@pytest.mark.parametrize(
    ("op", "body", "code"),
    [
        ("explode", {}, "bad_field"),
        ("merge", {"ids": ["s_none"], "into": "s_none"}, "unknown_speaker"),
        ("merge", {"ids": "s", "into": "KEY"}, "bad_field"),
        ("merge", {"ids": ["KEY"], "into": "KEY"}, "nothing_changed"),
        ("rename", {"ids": ["KEY"]}, "bad_field"),
        ("rename", {"ids": ["KEY"], "name": ""}, "bad_field"),
        ("rename", {"ids": ["KEY"], "name": "Ann Lee"}, "nothing_changed"),
        ("edit", {"ids": ["KEY"], "kind": "robot"}, "bad_field"),
        ("edit", {"ids": ["KEY"], "role": 5}, "bad_field"),
        ("edit", {"ids": [], "role": "x"}, "unknown_speaker"),
        ("split", {"name": "X"}, "bad_field"),
        ("split", {"name": "X", "quotes": ["q_none"]}, "not_found"),
        ("split", {"quotes": ["q_none"]}, "bad_field"),
        ("create", {}, "bad_field"),
    ],
)
def test_what_makes_no_sense_is_refused(desk: Desk, op: str, body: dict[str, Any], code: str) -> None:
    key, before = by_name(view(desk), "Ann Lee"), view(desk)["seq"]
    filled = {
        name: key if value == "KEY" else [key if v == "KEY" else v for v in value] if isinstance(value, list) else value
        for name, value in body.items()
    }
    with pytest.raises(DeskError) as caught:
        change(desk, op, **filled)
    assert caught.value.code == code
    assert view(desk)["seq"] == before


def test_two_windows_can_not_overwrite_each_others_speakers(desk: Desk) -> None:
    key = by_name(view(desk), "Ann Lee")
    first = change(desk, "rename", ids=[key], name="One", base_revision=0)
    with pytest.raises(DeskError, match="changed in another window"):
        change(desk, "rename", ids=[key], name="Two", base_revision=0)
    change(desk, "rename", ids=[key], name="Two", base_revision=first["speakers_revision"])
    assert names(view(desk))[0] == "Two"
