"""For everybody: axe-core finds nothing, small screens scroll one way, keys can be changed and switched off."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import stories
from desk_server import Desks, Open, Server
from screen import article, card, expect, press, quote_of, said, select_words, shows

pytestmark = pytest.mark.browser

AXE_RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
WAYS = {
    "list": ("/", []),
    "card": ("/d/", []),
    "editor": ("/d/", ["c"]),
    "speaker search": ("/d/", ["/"]),
    "merge": ("/d/", ["m"]),
    "split": ("/d/", ["s"]),
    "bulk": ("/d/", ["b"]),
    "help": ("/d/", ["?"]),
    "export": ("/d/", ["e"]),
    "warning": ("/d/", ["]", "a"]),
    "speakers": ("/speakers/", []),
    "adjudicate": ("/adjudicate", []),
    "blocked": ("/adjudicate/", []),
    "missing": ("/d/none", []),
}
"""Every page and dialog: the start of its address (the article's key is put behind a slash), and the keys to press."""


def address(desk: Server, way: str) -> str:
    """The address of a page."""
    path = WAYS[way][0]
    if len(path) > 1 and path.endswith("/"):
        path += desk.document()["document"]["id"]
    return desk.url + path


def violations(page: Any, axe: str) -> list[str]:
    """What axe-core has against a page as it stands."""
    page.evaluate(f"() => {{ {axe} }}")
    found = page.evaluate(AXE_RUN)
    return [f"{v['id']}: {v['help']}: {n['html'][:200]} {n['failureSummary']}" for v in found for n in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(desk: Server, open_page: Open, axe: str, scheme: str) -> None:
    page = open_page(desk.url, scheme=scheme)
    found = {}
    for way, (_, keys) in WAYS.items():
        page.goto(address(desk, way))
        page.wait_for_selector("h1", state="attached")
        page.evaluate("sessionStorage.clear()")
        if keys or way == "card":
            shows(page, "that the bus")
        press(page, *keys)
        page.wait_for_timeout(200)
        found[way] = violations(page, axe)
    assert {way: wrong for way, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_two_differ(desk: Server, open_page: Open, axe: str, scheme: str) -> None:
    key = desk.document()["document"]["id"]
    for name, decision in (("Ann", "2"), ("Bo", "x")):
        page = open_page(article(desk, quote="that the bus"), reviewer=name, scheme=scheme)
        shows(page, "that the bus")
        press(page, decision)
        said(page, "saved, 5 left")
        press(page, "f")
        said(page, "article finished")
    page.goto(f"{desk.url}/adjudicate")
    page.wait_for_selector("table")
    assert violations(page, axe) == []
    page.goto(f"{desk.url}/adjudicate/{key}")
    page.wait_for_selector(".version")
    assert violations(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_exported_report(
    desk: Server, chromium: Any, axe: str, scheme: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    with urlopen(f"{desk.url}/api/export?format=html", timeout=60) as answer:
        path.write_bytes(answer.read())
    page = chromium.new_page(color_scheme=scheme)
    page.goto(path.as_uri())
    assert violations(page, axe) == []


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 400)])  # 640: 1280 at a zoom of 200 %
def test_nothing_scrolls_sideways(desks: Desks, open_page: Open, width: int, height: int) -> None:
    desk = desks(stories.odd(), stories.harbour())
    page = open_page(desk.url, width=width, height=height)
    wide = {}
    for way, (_, keys) in WAYS.items():
        page.goto(address(desk, way))
        page.wait_for_selector("h1", state="attached")
        page.evaluate("sessionStorage.clear()")
        if keys or way == "card":
            shows(page, "offsets stay right")
        press(page, *keys)
        page.wait_for_timeout(100)
        wide[way] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert {way: by for way, by in wide.items() if by > 0} == {}


def test_on_a_small_screen_the_card_stands_below_its_quotation(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk), width=320, height=640)
    shows(page, "that the bus")
    assert page.evaluate("document.getElementById('card').previousElementSibling.textContent").startswith("Lee said")
    card(page).get_by_role("button", name="Accept").click()
    said(page, "saved, 5 left")
    shows(page, "the plan was made")
    assert page.evaluate("document.getElementById('card').previousElementSibling.textContent").startswith("Tom Ray")


def test_targets_are_large_enough(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select")]
          .filter((each) => each.checkVisibility() && !each.closest("label"))
          .map((each) => [each.textContent, each.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24)
          .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_every_mark_has_a_label_and_a_style_of_its_own(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk, quote="“The last boat"))
    styles = {}
    for kind in ("content", "cue", "source"):
        mark = page.locator(f"#text mark.{kind}").first
        assert kind in (mark.get_attribute("data-label") or "")
        styles[kind] = mark.evaluate("m => getComputedStyle(m).textDecorationStyle")
    assert len(set(styles.values())) == 3


def test_the_legend_shows_every_key_and_works_as_buttons(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    legend = page.locator("#legend")
    for key in "acxuzjkno+bmsef?/[]":
        expect(legend.locator("kbd", has_text=key).first).to_be_visible()
    legend.get_by_role("button", name="accept", exact=True).click()
    said(page, "saved, 5 left")
    expect(legend.get_by_role("button", name="accept", exact=True)).to_be_focused()


def test_a_key_can_be_changed(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    shows(page, "that the bus")
    press(page, "?")
    page.get_by_role("button", name="Change the key of: Accept the quotation").click()
    press(page, "x")
    expect(page.get_by_role("dialog")).to_contain_text("already does: Reject")
    page.get_by_role("button", name="Change the key of: Accept the quotation").click()
    press(page, "y")
    expect(page.get_by_role("dialog")).to_contain_text("now does: Accept")
    press(page, "Escape", "a")
    expect(page.locator("#legend").get_by_role("button", name="accept", exact=True).locator("kbd")).to_have_text("y")
    press(page, "y")
    said(page, "saved, 5 left")
    page.reload()
    shows(page, "the plan was made")
    press(page, "y")
    said(page, "saved, 4 left")


def test_single_keys_can_be_switched_off(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    shows(page, "that the bus")
    press(page, "?")
    page.get_by_role("checkbox", name="Single-character keys are on").uncheck()
    press(page, "Escape", "x", "a")
    page.wait_for_timeout(200)
    assert quote_of(desk, "that the bus")["status"] == "unreviewed"
    card(page).get_by_role("button", name="Accept").click()
    said(page, "saved, 5 left")


def test_typing_is_never_taken_for_keys(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    shows(page, "that the bus")
    press(page, "n")
    page.keyboard.type("axuz 123 jk")
    expect(page.get_by_label("Note")).to_have_value("axuz 123 jk")
    assert all(q["status"] == "unreviewed" for q in desk.document()["quotes"])


def test_arrows_with_shift_select_text_as_ever(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    select_words(page, "a clerk in")
    press(page, "Shift+ArrowRight")
    assert page.evaluate("getSelection().toString()") == "a clerk in "
    expect(card(page).get_by_role("heading", name="Correct")).to_have_count(0)


def test_the_focus_is_kept_where_it_was(desk: Server, open_page: Open) -> None:
    page = open_page(article(desk))
    shows(page, "that the bus")
    accept = card(page).get_by_role("button", name="Accept")
    accept.focus()
    press(page, "Enter")
    said(page, "saved, 5 left")
    expect(accept).to_be_focused()
    press(page, "/", "Escape")
    expect(accept).to_be_focused()
