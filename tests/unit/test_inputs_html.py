"""HTML pages: headline, standfirst and every quoted paragraph come through; odd pages never fail."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.inputs.html import NO_ARTICLE, decode_page, read_page

PAGE = """<!DOCTYPE html><html><head><title>Mayor: “We will not move” | The Daily</title>
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2024-03-05">
<meta property="og:site_name" content="The Daily"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<article><h1>Mayor: “We will not move”</h1>
<p class="standfirst">Council leader says the market “stays where it is” after a long night.</p>
<p>The mayor, Jane Roe, told reporters on Monday that the market would stay for another year at least.</p>
<p>“We will not move,” she said. <q class="x">Not this year.</q></p>
<blockquote><p>“The square belongs to the traders and always has done,” Roe wrote in a letter.</p></blockquote>
<p>“First paragraph of a long quotation that goes on.</p>
<p>“And the second paragraph of it,” said Tom Fox, a trader.</p>
<p>Asked why, he shrugged&nbsp;and left the build&shy;ing.</p></article>
<footer>Copyright The Daily</footer></body></html>"""

PARAGRAPHS = [
    "Mayor: “We will not move”",
    "Council leader says the market “stays where it is” after a long night.",
    "The mayor, Jane Roe, told reporters on Monday that the market would stay for another year at least.",
    "“We will not move,” she said. “Not this year.”",
    "“The square belongs to the traders and always has done,” Roe wrote in a letter.",
    "“First paragraph of a long quotation that goes on.",
    "“And the second paragraph of it,” said Tom Fox, a trader.",
]


def test_an_article_keeps_its_headline_and_its_paragraphs() -> None:
    paragraphs = read_page(PAGE, id="p", source="p").text.split("\n\n")
    assert paragraphs[:7] == PARAGRAPHS
    assert len(paragraphs) == 8
    assert paragraphs[7].startswith("Asked why, he shrugged")


def test_what_a_page_says_about_itself() -> None:
    meta = read_page(PAGE, id="p", source="p").meta
    assert meta["author"] == "Ann Lee"
    assert meta["date"] == "2024-03-05"
    assert meta["site"] == "The Daily"
    assert meta["title"] == "Mayor: “We will not move”"


@pytest.mark.parametrize("page", ["", "<!doctype html>", "<html></html>", "<html>\0\0<p>", "<script>x</script>"])
def test_a_page_without_an_article_is_empty_with_a_warning(page: str) -> None:
    document = read_page(page, id="p", source="p")
    assert document.text == ""
    assert document.meta["warning"] == NO_ARTICLE


def test_a_short_page_is_read() -> None:
    assert read_page("<html><body><p>He said “x”.</p></body></html>", id="p", source="p").text == "He said “x”."


def test_log_levels_come_back(caplog: pytest.LogCaptureFixture) -> None:
    read_page("", id="p", source="p")
    assert not caplog.records
    assert logging.getLogger("trafilatura").level == logging.NOTSET


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'<meta charset="windows-1251"><p>\xdf\xf0', "Яр"),
        (b"<meta http-equiv=x content='text/html; charset=ISO-8859-1'><p>\x93x\x94", "“x”"),
        (b"<meta charset=utf-8><p>\x93x\x94", "“x”"),
        (b"<meta charset=nonsense><p>\x93x\x94", "“x”"),
        ("<meta charset=windows-1251><p>“x”".encode(), "“x”"),
        ("<meta charset=windows-1251><p>“x”".encode("utf-16"), "“x”"),
    ],
)
def test_the_declared_charset_counts_where_the_bytes_allow_it(data: bytes, text: str) -> None:
    assert decode_page(data, name="p").endswith(text)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<q>", "<html>", "\0", "\ud800", "<!--", "&#0;", "x “y” ", "<", "]]>"]))
)
def test_any_page_gives_a_document(bits: list[str]) -> None:
    document = read_page("".join(bits), id="p", source="p")
    assert isinstance(document.text, str)
