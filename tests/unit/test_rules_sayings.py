"""A noun that stands for a quotation, before it or after it, and whose it is."""

from __future__ import annotations

import pytest
from handmade import LEXICON, make_layout, texts

from quotes.rules.adjacent import attribution_after, attribution_before
from quotes.rules.events import find_events

ANSWER = "Ann/PROPN/poss/answer 's/PART:POS/case/Ann answer/NOUN/{dep}"
SPEECH = "“ Never/ADV/dep mind/VERB/dep , ”"


def found_in(notation: str, side: str) -> tuple[list[str], list[str], str] | None:
    """Return the texts of cue and source beside the first region, and the first code of the evidence."""
    layout = make_layout(notation)
    look = attribution_after if side == "after" else attribution_before
    found = look(layout, 0, find_events(layout, LEXICON))
    return found and (texts(layout.doc, found.cue), texts(layout.doc, found.source), found.evidence[0])


@pytest.mark.parametrize(
    ("notation", "side"),
    [
        (f"{SPEECH} was=be/AUX/ROOT {ANSWER.format(dep='attr/was')} .", "after"),
        (f"{ANSWER.format(dep='nsubj/was')} was=be/AUX/ROOT : {SPEECH}", "before"),
        (f"{ANSWER.format(dep='nsubj/was')} was=be/AUX/ROOT only/ADV/advmod/was {SPEECH}", "before"),
        (f"Then/ADV/advmod/answer {ANSWER.format(dep='ROOT')} : {SPEECH}", "before"),
    ],
    ids=["after", "before, a colon", "before, only", "no verb but a colon"],
)
def test_somebodys_answer(notation: str, side: str) -> None:
    assert found_in(notation, side) == (["answer"], ["Ann's"], "cue:noun:answer")


@pytest.mark.parametrize(
    ("notation", "side"),
    [
        (f"{SPEECH} was=be/AUX/ROOT not/PART/neg/was {ANSWER.format(dep='attr/was')} .", "after"),
        (
            f"He/PRON/nsubj/left left=leave/VERB/ROOT {ANSWER.format(dep='dobj/left')} late/ADV/advmod/left {SPEECH}",
            "before",
        ),
        (f"{SPEECH} was=be/AUX/ROOT Ann/PROPN/poss/hat 's/PART:POS/case/Ann hat/NOUN/attr/was .", "after"),
        (f"{SPEECH} was=be/AUX/ROOT the/DET/det/answer answer/NOUN/attr/was .", "after"),
        (f"{SPEECH} {ANSWER.format(dep='dep')} .", "after"),
        (f"{ANSWER.format(dep='dep')} came=come/VERB/ROOT late/ADV/advmod/came , {SPEECH}", "before"),
        (
            f"{ANSWER.format(dep='nsubj/was')} was=be/AUX/ROOT as/ADV/dep long/ADJ/dep as/ADP/dep it/PRON/dep {SPEECH}",
            "before",
        ),
    ],
    ids=["denied", "in another role", "no saying", "nobody's", "no verb", "another verb", "far away"],
)
def test_nobodys_answer(notation: str, side: str) -> None:
    assert found_in(notation, side) is None
