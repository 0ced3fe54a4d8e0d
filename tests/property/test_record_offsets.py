"""Property: every span of every record is the very text between its offsets, whatever the text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from quotes.pipeline import extract
from quotes.schema import DocumentRecord, SpanRecord
from quotes.text import normalise

WORDS = [
    "We won",
    "Ann Lee",
    "Mr. Roe",
    "she",
    "said",
    "told CNN",
    "according to",
    "that",
    "the mayor",
    "Go",
    "LEE:",
    "don't",
]
MARKS = ["“", "”", '"', "'", "‘", "’", "«", "»", "„", ",", ".", "?!", ":", "—", "…", "(", ")"]
SPACES = [" ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\t", "\u00a0", "\u2028", "\u3000"]
ODD = [
    "\u200b",
    "\u00ad",
    "\ufeff",
    "\u200e",
    "😀",
    "👩\u200d🚀",
    "e\u0301",
    "\x00",
    "\x85",
    "\ud800",
    "\udfff",
    "ﬁ",
    "İ",
]
STORIES = st.lists(st.sampled_from([*WORDS, *WORDS, *MARKS, *MARKS, *SPACES, *SPACES, *ODD]), max_size=60).map("".join)
ANYTHING = st.text(st.characters(), max_size=80)
FEW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def spans(record: DocumentRecord) -> Iterator[SpanRecord]:
    """Yield every span of a record."""
    for quote in record.quotes:
        yield from (*quote.content, *quote.cue, *quote.source)
    yield from (m for s in record.speakers for m in s.mentions)
    yield from (a.span for a in record.asides)


def check(text: str, record: DocumentRecord) -> None:
    """Assert what holds for every record of every text."""
    for span in spans(record):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    for quote in record.quotes:
        assert [s.start for s in quote.content] == sorted(s.start for s in quote.content)
        assert all(a.end <= b.start for a, b in zip(quote.content, quote.content[1:], strict=False))
        first, last = quote.content[0].start, quote.content[-1].end
        assert text[max(0, first - 32) : first] == quote.prefix
        assert text[last : last + 32] == quote.suffix
        assert (quote.speaker is None) == (quote.speaker_id is None)
        assert quote.speaker is not None or quote.reason is not None
    ids = [q.id for q in record.quotes]
    assert len(ids) == len(set(ids))
    speakers = {s.id for s in record.speakers}
    assert {q.speaker_id for q in record.quotes if q.speaker_id} <= speakers
    assert {c.speaker_id for q in record.quotes for c in q.candidates} <= speakers


@given(text=STORIES)
@FEW
def test_stories_of_marks_cues_names_and_odd_characters(text: str, nlp_rules: Language) -> None:
    (record,) = extract([text], nlp=nlp_rules)
    check(text, record)


@given(text=ANYTHING)
@FEW
def test_any_text(text: str, nlp_rules: Language) -> None:
    (record,) = extract([text], nlp=nlp_rules)
    check(text, record)


@given(texts=st.lists(STORIES, max_size=4))
@settings(FEW, max_examples=15)
def test_a_batch_gives_what_each_text_gives(texts: list[str], nlp_rules: Language) -> None:
    together = [r.quotes for r in extract(texts, nlp=nlp_rules)]
    assert together == [next(iter(extract([t], nlp=nlp_rules))).quotes for t in texts]


@given(text=STORIES, prefix=st.sampled_from(["\ufeff", "\u200b\u200b", "\r\n\r\n", "😀\n\n"]))
@settings(FEW, max_examples=15)
def test_invisible_text_in_front_moves_all_offsets_alike(text: str, prefix: str, nlp_rules: Language) -> None:
    (record,) = extract([prefix + text], nlp=nlp_rules)
    check(prefix + text, record)


@given(text=ANYTHING | STORIES)
def test_clean_offsets_round_trip(text: str) -> None:
    found = normalise(text)
    last = 0
    for i in range(len(found.clean)):
        start, end = found.to_raw(i, i + 1)
        assert last <= start < end <= len(text)
        assert end == start + 1
        last = end


@pytest.mark.parametrize(
    "text",
    [
        "Rain\r\nfell.\r\n“We won,” Ann Lee said.\r\n\r\n“Go,” she\u00a0said.",
        "😀 “We won,” Ann Lee said. 👩‍🚀",
        "\ufeff“We\u200b won,” Ann\u00ad Lee said.",
        "\ud83d “We won,” Ann Lee said.",
        "“We won,” Ann Lee said.\x00",
    ],
    ids=["crlf", "emoji", "invisible", "lone surrogate", "nul"],
)
def test_known_traps(text: str, nlp_rules: Language) -> None:
    (record,) = extract([text], nlp=nlp_rules)
    check(text, record)
    assert record.quotes[0].speaker is not None
    assert record.quotes[0].content[0].text.startswith("“We")
