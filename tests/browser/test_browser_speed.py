"""An article of 5,000 words with 150 quotations stays quick: opening, moving, deciding. Limits are generous, for CI."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import pytest
import stories
from desk_server import Desks, Open
from screen import article, said, shows

pytestmark = pytest.mark.browser

PRESS = """async (key) => {
  const begin = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - begin;
}"""
OPEN = """() => {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return { paint: paint.startTime, requests: performance.getEntriesByType("resource").map((each) => each.name) };
}"""
MOVE_LIMIT = 250.0
"""Milliseconds from a key to the painted page, the median of 30."""


def test_a_long_article_is_quick(desks: Desks, open_page: Open, record_property: Callable[[str, object], None]) -> None:
    desk = desks(stories.long())
    found = desk.document()
    assert len(found["document"]["text"].split()) > 5000
    assert len(found["quotes"]) == 150
    page = open_page(article(desk))
    shows(page, "Answer")
    opened = page.evaluate(OPEN)
    moves = [page.evaluate(PRESS, "j") for _ in range(30)]
    page.keyboard.press("a")
    said(page, "saved, 149 left")
    record_property("first_contentful_paint_ms", opened["paint"])
    record_property("move_ms_median", statistics.median(moves))
    assert all(name.startswith((desk.url, "data:")) for name in opened["requests"])
    assert statistics.median(moves) < MOVE_LIMIT
