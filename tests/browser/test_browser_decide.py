"""Deciding in the browser: accept, correct, reject, unsure, candidates, speakers, notes, undo, bulk, stale pages."""

from __future__ import annotations

import re

import pytest
from desk_server import Desks, Open, Server
from screen import article, card, expect, press, quote_of, said, shows, warned

pytestmark = pytest.mark.browser


def test_accept_saves_and_goes_on_to_the_next_most_doubtful(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    shows(page, "that the bus would be free")
    press(page, "a")
    said(page, "saved, 5 left")
    shows(page, "the plan was made without him")
    assert quote_of(desk, "that the bus")["status"] == "accepted"


def test_every_decision_is_a_button_too(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    for number, name in enumerate(["Accept", "Reject", "Unsure"]):
        card(page).get_by_role("button", name=re.compile(name)).click()
        said(page, f"saved, {5 - number} left")
    statuses = sorted(q["status"] for q in desk.document()["quotes"])
    assert statuses == ["accepted", "rejected", "unreviewed", "unreviewed", "unreviewed", "unsure"]


def test_nothing_is_said_to_be_saved_when_the_server_is_gone(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    desk.kill()
    press(page, "a")
    warned(page, "does not answer")
    expect(page.locator("#saved")).not_to_contain_text("saved")
    shows(page, "that the bus would be free")


def test_correct_the_span_with_keys(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="that the bus"))
    press(page, "c", "]", "Shift+ArrowLeft", "Shift+ArrowLeft")
    expect(page.locator("#text mark.content")).to_have_text("the bus would be free for")
    press(page, "Shift+ArrowRight")
    expect(page.locator("#text mark.content")).to_have_text("the bus would be free for a")
    press(page, "Enter")
    said(page, "saved, 5 left")
    quote = quote_of(desk, "the bus would be")
    assert (quote["status"], quote["texts"]["content"]) == ("corrected", ["the bus would be free for a"])


def test_an_edge_key_begins_a_correction_and_escape_drops_it(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="that the bus"))
    press(page, "]")
    expect(card(page).get_by_role("heading", name="Correct")).to_be_visible()
    expect(page.locator("#text mark.content")).to_have_text("the bus would be free for a year")
    press(page, "a")
    warned(page, "unsaved correction")
    press(page, "Escape")
    expect(page.locator("#text mark.content")).to_have_text("that the bus would be free for a year")
    assert quote_of(desk, "that the bus")["status"] == "unreviewed"


def test_correct_cue_source_and_type_by_typed_words(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="“We will be"))
    press(page, "c", "t", "t")
    expect(card(page).get_by_role("radio", name="source")).to_be_checked()
    page.get_by_label("Set the source by typing its words").fill("Mia Okoro")
    press(page, "Enter")
    expect(page.locator("#text mark.source")).to_have_text("Mia Okoro")
    card(page).get_by_role("radio", name="mixed").check()
    card(page).get_by_role("button", name="Save correction").click()
    said(page, "saved, 5 left")
    quote = quote_of(desk, "“We will be")
    assert (quote["texts"]["source"], quote["type"], quote["texts"]["cue"]) == (["Mia Okoro"], "mixed", ["said"])


def test_words_that_are_not_there_change_nothing(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="“We will be"))
    press(page, "c")
    page.get_by_label("Set the content by typing its words").fill("nobody said this")
    press(page, "Enter")
    warned(page, "does not have the words")


def test_pick_a_candidate(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="that the bus"))
    expect(card(page).get_by_role("button", name="Ann Lee")).to_contain_text("40 %")
    press(page, "2")
    said(page, "saved, 5 left")
    quote = quote_of(desk, "that the bus")
    assert (quote["speaker"]["name"], quote["status"]) == ("Ann Lee", "corrected")


def test_search_and_add_a_speaker(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="that the bus"))
    press(page, "/")
    page.get_by_role("combobox").fill("okoro")
    expect(page.get_by_role("option").first).to_contain_text("Mia Okoro")
    press(page, "Enter")
    said(page, "saved, 5 left")
    assert quote_of(desk, "that the bus")["speaker"]["name"] == "Mia Okoro"
    page.goto(article(desk, quote="“Nobody"))
    shows(page, "“Nobody asked me,”")
    press(page, "/")
    page.get_by_role("combobox").fill("Bo Çelik <b>")
    press(page, "ArrowUp", "Enter")
    said(page, "saved, 4 left")
    assert quote_of(desk, "“Nobody")["speaker"]["name"] == "Bo Çelik <b>"
    expect(page.locator(".queue").get_by_text("Bo Çelik <b>")).to_be_visible()


def test_nobody_is_an_answer(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="that the bus"))
    press(page, "/", "ArrowUp", "Enter")
    said(page, "saved, 5 left")
    assert quote_of(desk, "that the bus")["speaker"] is None


def test_undo_and_redo_to_any_depth(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    for left in (5, 4, 3):
        press(page, "a")
        said(page, f"saved, {left} left")
    for left in (4, 5, 6):
        press(page, "z")
        said(page, f"undone: accept, {left} left")
    press(page, "z")
    warned(page, "nothing to undo")
    press(page, "Shift+Z")
    said(page, "done again: accept, 5 left")
    assert quote_of(desk, "that the bus")["status"] == "accepted"


def test_a_note_alone_and_a_note_with_a_decision(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="that the bus"))
    press(page, "n")
    page.keyboard.type("ask a colleague")
    press(page, "Control+Enter")
    said(page, "saved, 6 left")
    quote = quote_of(desk, "that the bus")
    assert (quote["note"], quote["status"]) == ("ask a colleague", "unreviewed")
    page.get_by_label("Note").fill("heard it on tape")
    press(page, "Escape", "j", "k")
    expect(page.get_by_label("Note")).to_have_value("heard it on tape")
    page.reload()
    card(page).get_by_role("button", name="Accept").click()
    said(page, "saved, 5 left")
    assert quote_of(desk, "that the bus")["note"] == "heard it on tape"


def test_bulk_accept_and_one_undo_for_all(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    press(page, "b")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Confidence in per cent").fill("85")
    expect(dialog.get_by_text("4 open quotations")).to_be_visible()
    press(page, "Enter")
    said(page, "4 quotations accepted, 2 left")
    press(page, "z")
    said(page, "6 left")
    assert all(q["status"] == "unreviewed" for q in desk.document()["quotes"])


def test_a_stale_page_overwrites_nothing(desk: Server, open_page: Open) -> None:
    url = article(desk, quote="that the bus")
    first, second = open_page(url, reviewer="Ann"), open_page(url, reviewer="Ann")
    press(first, "x")
    said(first, "saved, 5 left")
    press(second, "a")
    warned(second, "changed elsewhere")
    assert quote_of(desk, "that the bus")["status"] == "rejected"
    second.get_by_role("button", name="Save mine over it").click()
    said(second, "saved, 5 left")
    assert quote_of(desk, "that the bus")["status"] == "accepted"


def test_order_by_doubt_or_by_text(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    numbers = page.locator(".queued .number")
    expect(numbers.first).to_contain_text("4")
    press(page, "o")
    expect(numbers.first).to_contain_text("1")
    press(page, "k", "k", "k", "k")
    shows(page, "The last boat leaves")
    press(page, "j")
    shows(page, "the plan was made without him")


def test_the_list_shows_progress(desks: Desks, open_page: Open) -> None:
    import stories

    desk = desks(stories.harbour(), stories.odd())
    page = open_page(desk.url)
    expect(page.get_by_text("0 of 9 quotations decided in 2 articles")).to_be_visible()
    page.get_by_role("link", name="Harbour ferry").click()
    shows(page, "that the bus")
    press(page, "a")
    said(page, "saved, 5 left")
    page.get_by_role("link", name="Articles").click()
    expect(page.get_by_text("1 of 9 quotations decided in 2 articles")).to_be_visible()
    expect(page.get_by_text("5 left")).to_be_visible()
