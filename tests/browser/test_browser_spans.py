"""Offsets and adding: what is selected in the browser is what the server stores, in code points."""

from __future__ import annotations

import pytest
import stories
from desk_server import Desks, Open, Server
from screen import article, card, expect, press, quote_of, said, select_words, shows, warned

pytestmark = pytest.mark.browser


def test_add_a_missed_quotation_from_a_selection(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    select_words(page, stories.MISSED)
    press(page, "+")
    expect(card(page).get_by_role("heading", name="Add a quotation")).to_be_visible()
    expect(page.locator("#text mark.content")).to_have_text(stories.MISSED)
    press(page, "t")
    select_words(page, "said.")
    card(page).get_by_role("button", name="Use selection").click()
    press(page, "Shift+ArrowLeft", "t")
    select_words(page, "a clerk in its office")
    card(page).get_by_role("button", name="Use selection").click()
    press(page, "/")
    page.get_by_role("combobox").fill("the clerk")
    press(page, "Enter")
    page.wait_for_timeout(500)  # a busy machine may need a moment to take the name before it can be saved
    press(page, "Enter")
    said(page, "saved, 6 left")
    quote = quote_of(desk, stories.MISSED)
    assert quote["texts"] == {"content": [stories.MISSED], "cue": ["said"], "source": ["a clerk in its office"]}
    assert (quote["origin"], quote["speaker"]["name"], quote["type"]) == ("reviewer", "the clerk", "direct")


def test_add_without_a_mouse(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    press(page, "+")
    page.get_by_label("Set the content by typing its words").fill(stories.MISSED)
    press(page, "Enter")
    expect(page.locator("#text mark.content")).to_have_text(stories.MISSED)
    card(page).get_by_role("button", name="Add quotation").click()
    said(page, "saved, 6 left")
    assert quote_of(desk, stories.MISSED)["status"] == "accepted"
    press(page, "z")
    said(page, "undone: add, 6 left")
    assert len(desk.document()["quotes"]) == 6


def test_what_is_there_is_not_added_twice(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    select_words(page, "“I will not take the bus,”")
    press(page, "+")
    card(page).get_by_role("button", name="Add quotation").click()
    warned(page, "in the list already")


def test_a_selection_over_paragraphs_has_one_part_in_each(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    text = desk.document()["document"]["text"]
    words = "for a year.“I will"  # the paragraphs' text follows on in the page
    select_words(page, words)
    press(page, "+")
    card(page).get_by_role("button", name="Add quotation").click()
    said(page, "saved, ")
    quote = quote_of(desk, "for a year")
    assert quote["texts"]["content"] == ["for a year.", "“I will"]
    assert text[quote["content"][0][1] : quote["content"][1][0]] == "\n\n"


def test_markup_is_shown_and_never_run(desks: Desks, open_page: Open) -> None:
    desk = desks(stories.odd())
    page = open_page(desk.url)
    expect(page.get_by_role("link", name="<script>window.ran = true</script>")).to_be_visible()
    page.goto(article(desk))
    shows(page, "“offsets stay right,”")
    expect(card(page).locator(".name")).to_have_text("<script>window.ran = true</script>")
    paragraphs = page.locator("#text > p")
    text = desk.document()["document"]["text"]
    shown = [paragraphs.nth(i).text_content() for i in range(paragraphs.count())]
    assert shown == [line for line in text.split("\n") if line]
    for path in ("/speakers/", "/adjudicate/"):
        page.goto(desk.url + path + desk.document()["document"]["id"])
        page.wait_for_selector("h1")
    assert page.evaluate("window.ran") is None
    assert page.locator("main script, main img").count() == 0


def test_offsets_are_right_among_emoji_and_arabic(desks: Desks, open_page: Open) -> None:
    desk = desks(stories.odd())
    page = open_page(article(desk))
    assert page.locator("#text > p").nth(2).evaluate("p => getComputedStyle(p).direction") == "rtl"
    for words in ("👩🏽‍🚀 Strange", "😀😀 “offsets", "سلمى حداد", "🚆 لن يعود", "<b>tags</b>"):
        select_words(page, words)
        press(page, "+")
        expect(page.locator("#text mark.content").last).to_be_visible()
        assert "".join(page.locator("#text mark.content").all_text_contents()) == words
        card(page).get_by_role("button", name="Add quotation").click()
        said(page, "saved, ")
        assert quote_of(desk, words)["texts"]["content"] == [words]
        page.evaluate("document.getElementById('saved').textContent = ''")


def test_growing_over_an_emoji_keeps_it_whole(desks: Desks, open_page: Open) -> None:
    desk = desks(stories.odd())
    page = open_page(article(desk, quote="“offsets"))
    press(page, "[", "[")
    content = page.locator("#text mark.content")
    expect(content).not_to_have_text("“offsets stay right,”")
    press(page, "Enter")
    said(page, "saved, ")
    (grown,) = quote_of(desk, "😀")["texts"]["content"]
    assert grown.endswith("“offsets stay right,”")
    page.goto(article(desk, quote="😀"))
    expect(content).to_have_text(grown)


POINTS = """async (text) => {
  const { TextMap } = await import("/static/js/core/offsets.js");
  const map = new TextMap(text);
  const points = [...text];
  let unit = 0;
  for (let point = 0; point <= points.length; point += 1) {
    if (map.toUnit(point) !== unit || map.toPoint(unit) !== point) return `point ${point}, unit ${unit}`;
    if (points[point]?.length === 2 && map.toPoint(unit + 1) !== point) return `inside the pair at ${unit}`;
    unit += points[point]?.length ?? 0;
  }
  return map.length === points.length && map.slice(0, map.length) === text ? "right" : "length";
}"""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "🐢",
        "a🐢b🐢🐢c",
        "👩🏽‍🚀 e\u0301 \u202eabc",
        "\r\n\t 🚆\n",
        "😀" * 500 + "x" * 500,
        "\U0010ffff\uffff\ud7ff",
    ],
)
def test_the_one_conversion_of_offsets(desk: Server, open_page: Open, text: str) -> None:
    page = open_page(desk.url)
    assert page.evaluate(POINTS, text) == "right"
