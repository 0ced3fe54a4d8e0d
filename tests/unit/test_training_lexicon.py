"""Counting how verbs and nouns report: which frames count, how shares are smoothed, what is written."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from handmade import make_doc

from quotes.training.lexicon import PRIOR_WEIGHT, attributed_tokens, count, shares, write

DOC = make_doc(
    "Ann/PROPN/nsubj/said said=say/VERB/ROOT they/PRON/nsubj/won won=win/VERB/ccomp/said . "
    "Bob/PROPN/nsubj/points points=point/VERB/ROOT out/ADP/prt/points faults=fault/NOUN/dobj/points ."
)
QUOTE: dict[str, Any] = {"cue": [[4, 8]], "content": [[9, 17]]}


def test_the_doc_is_as_meant() -> None:
    assert (DOC.text[4:8], DOC.text[9:17]) == ("said", "they won")


def test_tokens_of_a_field() -> None:
    assert attributed_tokens(DOC, [QUOTE], "content") == {2: 0, 3: 0}
    assert attributed_tokens(DOC, [{"cue": [[400, 410]]}], "cue") == {}


def test_a_complement_counts_where_cue_and_content_agree() -> None:
    yes, seen = count([(DOC, [QUOTE])])["verbs"]
    assert yes["say", "ccomp"] == 1
    assert seen["say", "ccomp"] == 1
    assert (yes["point_out", "dobj"], seen["point_out", "dobj"]) == (0, 1)


def test_a_cue_of_another_content_does_not_count() -> None:
    other = {"cue": [[4, 8]], "content": [[19, 22]]}
    assert count([(DOC, [other])])["verbs"][0]["say", "ccomp"] == 0


def test_counts_add_up_over_documents() -> None:
    assert count([(DOC, [QUOTE]), (DOC, [])])["verbs"][1]["say", "ccomp"] == 2


def test_shares_are_smoothed_towards_the_frame() -> None:
    yes: Counter[Any] = Counter({("say", "ccomp"): 8, ("see", "ccomp"): 0})
    seen: Counter[Any] = Counter({("say", "ccomp"): 10, ("see", "ccomp"): 10})
    prior = 8 / 20
    expected = round((8 + PRIOR_WEIGHT * prior) / (10 + PRIOR_WEIGHT), 3)
    assert shares((yes, seen), at_least=1, floor=0.1) == {"say": {"ccomp": expected}}
    assert shares((yes, seen), at_least=9, floor=0.1) == {}
    assert shares((yes, seen), at_least=1, floor=0.9) == {}


def test_a_lemma_that_is_no_word_is_left_out() -> None:
    one: Counter[Any] = Counter({("s4y", "ccomp"): 5, ("spell_out", "ccomp"): 5, ("re-state", "ccomp"): 5})
    assert set(shares((one, one), at_least=1, floor=0)) == {"spell_out", "re-state"}


@pytest.mark.parametrize(("part", "cls"), [("verbs", "act"), ("nouns", "neutral")])
def test_what_is_written_can_be_read_and_seeds_give_the_classes(tmp_path: Path, part: str, cls: str) -> None:
    seeds = {"phrases": ["according to"], "verbs": {"claim": ["say"]}, "nouns": {"claim": ["say"]}}
    counted: dict[str, Any] = {"verbs": {}, "nouns": {}, part: {"win": {"ccomp": 0.5}}}
    write(tmp_path / "cues.json", counted, seeds)
    data = json.loads((tmp_path / "cues.json").read_text(encoding="utf-8"))
    assert data[part] == {"say": {"class": "claim", "frames": {}}, "win": {"class": cls, "frames": {"ccomp": 0.5}}}
    assert data["phrases"] == ["according to"]
