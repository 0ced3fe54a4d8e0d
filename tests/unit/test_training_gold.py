"""Labels of words and targets of windows, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tiny_reader import encode, marks, tokenise

from quotes.reader.features import doc_arrays
from quotes.reader.windows import Window
from quotes.training.gold import IGNORE, Labels, labels, targets

TEXT = "“We won it,” said Ann Lee. Bob left. Bob said that rain fell."


def spot(*pieces: str, text: str = TEXT) -> list[list[int]]:
    return [[text.index(p), text.index(p) + len(p)] for p in pieces]


def quote(content: list[str], cue: list[str], source: list[str]) -> dict[str, Any]:
    return {"content": spot(*content), "cue": spot(*cue), "source": spot(*source)}


DIRECT = quote(["“We won it,”"], ["said"], ["Ann Lee"])
INDIRECT = quote(["that rain fell"], ["said that"], ["Bob"])
INDIRECT["cue"] = [[TEXT.rindex("said"), TEXT.rindex("said") + 4]]
INDIRECT["source"] = [[TEXT.rindex("Bob"), TEXT.rindex("Bob") + 3]]


def label(*quotes: dict[str, Any], text: str = TEXT, partly: bool = False) -> tuple[Labels, list[str]]:
    doc = tokenise(text)
    arrays = doc_arrays(doc, [p for r in marks(text) for p in r.parts], encode)
    words = [doc[int(i)] for i in arrays.token]
    return labels(arrays, [(w.idx, w.idx + len(w)) for w in words], list(quotes), partly), [w.text for w in words]


def tagged(found: Labels, words: list[str], *tags: int) -> list[str]:
    return [w for w, t in zip(words, found.tag, strict=True) if t in tags]


def test_tags_of_content_cue_and_source() -> None:
    found, words = label(DIRECT, INDIRECT)
    assert tagged(found, words, 1) == ["We", "won", "it", ",", "that", "rain", "fell"]
    assert tagged(found, words, 2) == ["said", "said"]
    assert (tagged(found, words, 4), tagged(found, words, 5)) == (["Ann", "Bob"], ["Lee"])
    assert found.known.all()


def test_marks_at_the_edges_of_a_content_are_not_labelled() -> None:
    found, words = label(DIRECT)
    outer = [t for w, t in zip(words, found.tag, strict=True) if w in "“”"]
    assert outer == [0, 0]


def test_marks_within_a_content_are() -> None:
    text = "Ann said she “won it” today."
    found, words = label({"content": spot("she “won it” today", text=text)}, text=text)
    assert tagged(found, words, 1) == ["she", "“", "won", "it", "”", "today"]


def test_a_content_of_one_mark_has_no_words() -> None:
    text = "“We won it,” said Ann."
    found, words = label({"content": [[0, 1], [11, 12]]}, text=text)
    assert "“" not in tagged(found, words, 1)


def test_owners_are_the_quotes_of_contents_and_cues() -> None:
    found, words = label(DIRECT, INDIRECT)
    owners = dict(zip(words, found.owner.tolist(), strict=True))
    assert (owners["won"], owners["rain"], owners["Ann"], owners["left"]) == (0, 1, -1, -1)
    assert [words[i] for i in found.sources[0]] == ["Ann", "Lee"]
    assert [words[int(c[0])] for c in found.cues] == ["said", "said"]


def test_a_span_that_cuts_a_word_takes_it_whole() -> None:
    found, words = label({"content": [[TEXT.index("rain") + 1, TEXT.index("rain") + 2]]})
    assert tagged(found, words, 1) == ["rain"]


@pytest.mark.parametrize("empty", [None, []])
def test_without_cue_and_source(empty: Any) -> None:
    found, _ = label({"content": spot("Bob left"), "cue": empty, "source": empty})
    assert (len(found.cues[0]), len(found.sources[0])) == (0, 0)


def test_in_partly_annotated_texts_only_sentences_with_a_quotation_are_known() -> None:
    found, words = label(DIRECT, INDIRECT, partly=True)
    unknown = [w for w, known in zip(words, found.known, strict=True) if not known]
    assert unknown == ["Bob", "left", "."]
    assert not label(partly=True)[0].known.any()


def test_no_words() -> None:
    found, _ = label(text="")
    assert len(found.tag) == len(found.known) == 0


def test_targets_point_from_content_to_cue_and_from_cue_to_source() -> None:
    found, words = label(DIRECT, INDIRECT)
    n = len(words)
    tag, cue, source = targets(found, Window(0, n, (0, n)), n + 2)
    assert tag.tolist() == [*found.tag.tolist(), IGNORE, IGNORE]
    said, won, left, ann = (words.index(w) for w in ("said", "won", "left", "Ann"))
    assert np.flatnonzero(cue[won]).tolist() == [said]
    assert np.flatnonzero(cue[left]).tolist() == [n + 2]
    assert np.flatnonzero(source[said]).tolist() == [ann, ann + 1]
    assert not source[won].any()
    assert not cue[n:].any()


def test_a_cue_or_a_source_outside_the_window_is_none() -> None:
    found, words = label(DIRECT)
    start, end = words.index("We"), words.index("said") + 1
    n = end - start
    _, _, source = targets(found, Window(start, end, (start, end)), n)
    assert np.flatnonzero(source[n - 1]).tolist() == [n]
    _, cue, _ = targets(found, Window(start, end - 1, (start, end - 1)), n - 1)
    assert np.flatnonzero(cue[0]).tolist() == [n - 1]


def test_unknown_words_are_not_trained_on() -> None:
    found, words = label(INDIRECT, partly=True)
    n = len(words)
    tag, _, _ = targets(found, Window(0, n, (0, n)), n)
    assert (tag[: words.index("left") + 2] == IGNORE).all()
    assert (tag[words.index("left") + 2 :] != IGNORE).all()
