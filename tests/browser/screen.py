"""What a test does at the desk's page, in the words of a reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from desk_server import WAIT, Server

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_api = pytest.importorskip("playwright.sync_api", reason="browser: pip install 'quotedesk[browser]'")
expect = _api.expect
"""Waits for what a page should show; the machine may be busy."""
expect.set_options(timeout=WAIT)


def article(desk: Server, number: int = 0, quote: str | None = None) -> str:
    """The address of an article, at a quotation if one is named by its first words."""
    found = desk.document(number)
    text, key = found["document"]["text"], found["document"]["id"]
    base = f"{desk.url}/d/{key}"
    if quote is None:
        return base
    wanted = next(q for q in found["quotes"] if text[slice(*q["content"][0])].startswith(quote))
    return f"{base}?q={wanted['id']}"


def said(page: Page, words: str) -> None:
    """Wait until the live region says some words."""
    expect(page.locator("#saved")).to_contain_text(words)


def warned(page: Page, words: str) -> None:
    """Wait until the alert says some words."""
    expect(page.locator("#alert")).to_contain_text(words)


def card(page: Page) -> Locator:
    """The card of the current quotation."""
    return page.locator("#card")


def shows(page: Page, words: str) -> None:
    """Wait until the card shows a quotation with some words."""
    expect(card(page).locator("blockquote")).to_contain_text(words)


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def quote_of(desk: Server, words: str, reviewer: str | None = None, number: int = 0) -> Any:
    """The quotation whose content begins with some words, as the server has it; its spans also as text."""
    found = desk.document(number, reviewer)
    text = found["document"]["text"]
    for quote in found["quotes"]:
        quote["texts"] = {name: [text[s:e] for s, e in quote[name]] for name in ("content", "cue", "source")}
        if quote["texts"]["content"][0].startswith(words):
            return quote
    raise AssertionError(f"no quotation {words!r}")


def select_words(page: Page, words: str, occurrence: int = 0) -> None:
    """Select words of the article as a mouse does: from the first to behind the last, across marks and paragraphs."""
    page.evaluate(
        """([words, occurrence]) => {
          const root = document.getElementById("text");
          const nodes = [];
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            if (!walker.currentNode.parentElement.closest(".card")) nodes.push(walker.currentNode);
          }
          const all = nodes.map((node) => node.data).join("");
          let at = -1;
          for (let turn = 0; turn <= occurrence; turn += 1) at = all.indexOf(words, at + 1);
          if (at < 0) throw new Error(`no ${words}`);
          const place = (unit, end) => {
            for (const node of nodes) {
              if (unit < node.length || (end && unit === node.length)) return [node, unit];
              unit -= node.length;
            }
          };
          const selection = window.getSelection();
          selection.removeAllRanges();
          selection.setBaseAndExtent(...place(at, false), ...place(at + words.length, true));
        }""",
        [words, occurrence],
    )
