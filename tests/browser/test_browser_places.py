"""Keeping the place, and losing nothing: reload, back button, a killed server, the keyboard alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import stories
from desk_server import Open, Server
from screen import article, card, expect, press, quote_of, said, select_words, shows, warned

pytestmark = pytest.mark.browser


def test_reload_in_the_middle_keeps_the_place_and_the_draft(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    press(page, "a")
    said(page, "saved, 5 left")
    shows(page, "the plan was made")
    press(page, "]")
    expect(page.locator("#text mark.content")).to_have_text("plan was made without him.")
    page.reload()
    shows(page, "plan was made without him.")
    expect(card(page).get_by_role("heading", name="Correct")).to_be_visible()
    expect(page.locator(".article-head")).to_contain_text("1 of 6 quotations decided")
    press(page, "Enter")
    said(page, "saved, 4 left")
    assert quote_of(desk, "plan was made")["status"] == "corrected"


def test_a_reload_keeps_a_new_quotation(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    press(page, "+")
    expect(card(page).get_by_role("heading", name="Add a quotation")).to_be_visible()
    page.reload()
    expect(card(page).get_by_role("heading", name="Add a quotation")).to_be_visible()
    press(page, "Escape")
    shows(page, "that the bus")
    page.reload()
    shows(page, "that the bus")


def test_the_back_button_leads_to_the_same_quotation(desk: Server, open_page: Open) -> None:
    page = open_page(desk.url)
    page.get_by_role("link", name="Start").click()
    shows(page, "that the bus")
    press(page, "j", "j")
    shows(page, "“Nobody asked me,”")
    page.get_by_role("link", name="Articles").click()
    expect(page.get_by_role("heading", name="Articles")).to_be_visible()
    page.go_back()
    shows(page, "“Nobody asked me,”")
    page.locator(".queued", has_text="We will be cut off").click()
    shows(page, "“We will be cut off,”")
    page.go_back()
    shows(page, "“Nobody asked me,”")
    page.go_back()
    expect(page.get_by_role("heading", name="Articles")).to_be_visible()
    page.go_forward()
    shows(page, "“Nobody asked me,”")


def test_a_click_on_a_quotation_in_the_text_selects_it(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    page.locator("#text .other", has_text="I will not take the bus").click()
    shows(page, "“I will not take the bus,”")
    assert quote_of(desk, "“I will not")["id"] in page.url


def test_killed_after_a_decision_and_started_again_nothing_is_lost(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    press(page, "a")
    said(page, "saved, 5 left")
    press(page, "x")
    said(page, "saved, 4 left")
    desk.kill()
    press(page, "a")
    warned(page, "does not answer")
    desk.start()
    assert quote_of(desk, "that the bus")["status"] == "accepted"
    assert quote_of(desk, "the plan was made")["status"] == "rejected"
    press(page, "a")
    said(page, "saved, 3 left")
    page.reload()
    expect(page.locator(".article-head")).to_contain_text("3 of 6 quotations decided")


def test_by_keyboard_alone_from_the_list_to_the_export(desk: Server, open_page: Open, tmp_path: Path) -> None:
    page = open_page(desk.url)
    press(page, "j", "Enter")
    shows(page, "that the bus")
    press(page, "2")  # the second candidate
    said(page, "saved, 5 left")
    press(page, "]", "Enter")  # a corrected span
    said(page, "saved, 4 left")
    press(page, "x")
    said(page, "saved, 3 left")
    press(page, "z")
    said(page, "undone: reject, 4 left")
    press(page, "b")
    page.get_by_role("dialog").get_by_label("Confidence in per cent").fill("0")
    press(page, "Enter")
    said(page, "4 quotations accepted, 0 left")
    press(page, "f")
    said(page, "article finished")
    press(page, "e")
    with page.expect_download() as caught:
        press(page, "Enter")
    said(page, "exported")
    path = tmp_path / "out.jsonl"
    caught.value.save_as(path)
    (record,) = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(record["quotes"]) == 6


def test_an_unknown_article_says_so(desk: Server, open_page: Open) -> None:
    page = open_page(f"{desk.url}/d/d_0000000000000000")
    expect(page.get_by_role("heading", name="This did not work")).to_be_visible()
    expect(page.get_by_role("link", name="All articles")).to_be_visible()


def test_a_decision_whose_words_are_gone_is_shown_and_can_be_placed(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="that the bus"))
    press(page, "a")
    said(page, "saved, 5 left")
    desk.stop()
    changed = stories.HARBOUR.replace("that the bus would be free for a year", "nothing of the kind, we hear")
    rest = [s for s in stories.HARBOUR_SAID if not s.content[0].startswith("that the bus")]
    stories.write(desk.inputs[0], stories.record("harbour.txt", changed, rest))
    desk.start()
    page.goto(article(desk))
    orphans = page.locator(".orphans")
    expect(orphans).to_contain_text("Orphaned decisions (1)")
    expect(orphans).to_contain_text("that the bus would be free for a year")
    orphans.get_by_role("button", name="Place at selection").click()
    warned(page, "Select the words")
    select_words(page, "nothing of the kind")
    orphans.get_by_role("button", name="Place at selection").click()
    said(page, "saved, ")
    expect(orphans).to_have_count(0)
    assert quote_of(desk, "nothing of the kind")["status"] == "corrected"
