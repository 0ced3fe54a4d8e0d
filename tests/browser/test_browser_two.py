"""Two reviewers in two windows: blind, then side by side, then settled."""

from __future__ import annotations

import re

import pytest
from desk_server import Open, Server
from screen import article, expect, press, quote_of, said, shows

pytestmark = pytest.mark.browser


def test_two_reviewers_are_blind_until_both_finish_then_one_settles(desk: Server, open_page: Open) -> None:
    url = article(desk, quote="that the bus")
    key = desk.document()["document"]["id"]
    ann, bo = open_page(url, reviewer="Ann"), open_page(url, reviewer="Bo Çelik")
    press(ann, "2")
    said(ann, "saved, 5 left")
    press(bo, "x")
    said(bo, "saved, 5 left")
    ann.reload()
    expect(ann.locator(".queued", has_text="that the bus")).to_contain_text("corrected")

    ann.goto(f"{desk.url}/adjudicate/{key}")
    expect(ann.get_by_text("Answers stay hidden")).to_be_visible()
    for page in (ann, bo):
        page.goto(url)
        shows(page, "that the bus")
        press(page, "b")
        page.get_by_role("dialog").get_by_label("Confidence in per cent").fill("0")
        press(page, "Enter")
        said(page, "5 quotations accepted, 0 left")
        press(page, "f")
        said(page, "article finished")

    ann.goto(f"{desk.url}/adjudicate")
    expect(ann.get_by_role("row", name=re.compile("Ann and Bo Çelik"))).to_be_visible()
    ann.get_by_role("link", name="Harbour ferry").click()
    expect(ann.get_by_text("1 difference, 1 left to settle · 5 quotations alike")).to_be_visible()
    versions = ann.locator(".item.current .version")
    expect(versions).to_have_count(2)
    expect(versions.nth(0)).to_contain_text("Ann Lee")
    expect(versions.nth(1)).to_contain_text("rejected")
    press(ann, "1")
    said(ann, "saved, 0 left")
    expect(ann.get_by_text("settled: ✎ corrected, Ann Lee")).to_be_visible()
    press(ann, "z")
    said(ann, "undone, 1 left")
    ann.get_by_role("button", name=re.compile("Neither")).click()
    said(ann, "saved, 0 left")
    final = desk.get(f"/api/adjudication/{key}")
    assert [i["final"]["status"] for i in final["items"] if not i["agree"]] == ["rejected"]


def test_two_windows_of_one_reviewer_see_each_others_work(desk: Server, open_page: Open) -> None:
    url = article(desk, quote="that the bus")
    first = open_page(url, reviewer="Ann")
    second = open_page(url, reviewer="Ann")
    press(first, "a")
    said(first, "saved, 5 left")
    second.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(second.locator(".article-head")).to_contain_text("1 of 6 quotations decided")


def test_the_reviewer_is_changed_in_the_window_alone(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="that the bus"))
    page.get_by_role("button", name=re.compile("Reviewer: Ann")).click()
    page.get_by_role("dialog").get_by_label("Name").fill("Zoë 👩🏽‍🚀")
    press(page, "Enter")
    expect(page.get_by_role("button", name=re.compile("Reviewer: Zoë 👩🏽‍🚀"))).to_be_visible()
    shows(page, "that the bus")
    press(page, "u")
    said(page, "saved, 5 left")
    assert quote_of(desk, "that the bus", "Ann")["status"] == "unreviewed"
    assert desk.get("/api/session")["reviewers"] == ["Zoë 👩🏽‍🚀"]
