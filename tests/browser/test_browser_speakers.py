"""Speakers in the browser: merge, split, rename, role, kind, identifier."""

from __future__ import annotations

import pytest
from desk_server import Open, Server
from screen import article, expect, press, quote_of, said

pytestmark = pytest.mark.browser


def test_merge_two_names_of_one_person_and_undo_it(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="“The last boat"))
    press(page, "m")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("combobox", name="Keep")).to_have_value(quote_of(desk, "“The last boat")["speaker"]["id"])
    dialog.get_by_role("checkbox", name="Lee", exact=False).first.check()
    dialog.get_by_role("button", name="Merge").click()
    said(page, "1 speaker merged into Ann Lee")
    assert quote_of(desk, "that the bus")["speaker"]["name"] == "Ann Lee"
    press(page, "z")
    said(page, "undone: merge")
    assert quote_of(desk, "that the bus")["speaker"]["name"] == "Lee"


def test_split_a_speaker_that_is_two(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="“Nobody asked"))
    press(page, "s")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("checkbox", name="“Nobody asked me,”")).to_be_checked()
    dialog.get_by_label("Name of the other").fill("His brother")
    dialog.get_by_role("button", name="Split").click()
    said(page, "1 quotation split off to His brother")
    assert quote_of(desk, "“Nobody asked")["speaker"]["name"] == "His brother"
    assert quote_of(desk, "“I will not")["speaker"]["name"] == "Tom Ray"


def test_rename_role_kind_and_identifier(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    page.get_by_role("link", name="Speakers").click()
    expect(page.get_by_role("heading", name="Speakers")).to_be_visible()
    page.get_by_role("button", name="Edit Tom Ray").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Thomas Ray")
    dialog.get_by_label("Role").fill("ferryman")
    dialog.get_by_label("Kind").select_option("group")
    dialog.get_by_label("Identifier").fill("Q42")
    dialog.get_by_role("button", name="Save").click()
    said(page, "Thomas Ray changed")
    expect(page.get_by_text("ferryman · group · Q42")).to_be_visible()
    found = next(s for s in desk.document()["speakers"] if s["name"] == "Thomas Ray")
    assert (found["role"], found["kind"], found["identifier"]) == ("ferryman", "group", "Q42")
    press(
        page,
        "z",
    )
    said(page, "undone: edit")
    press(page, "z")
    said(page, "undone: rename")
    expect(page.get_by_role("heading", name="Tom Ray")).to_be_visible()


def test_add_a_speaker_by_hand(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    page.get_by_role("link", name="Speakers").click()
    page.get_by_role("button", name="add speaker").first.click()
    page.get_by_role("dialog").get_by_label("Name").fill("The ferry company")
    page.get_by_role("dialog").get_by_label("Kind").select_option("organization")
    press(page, "Enter")
    said(page, "The ferry company added")
    assert "The ferry company" in [s["name"] for s in desk.document()["speakers"]]
