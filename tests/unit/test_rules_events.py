"""Cue events: which verbs and nouns report, with which source, complements and shares."""

from __future__ import annotations

from handmade import LEXICON, make_layout, texts

from quotes.rules.events import Event, find_events
from quotes.rules.layout import Layout


def events(notation: str) -> tuple[Layout, list[Event]]:
    layout = make_layout(notation)
    return layout, find_events(layout, LEXICON)


def one(notation: str) -> tuple[Layout, Event]:
    layout, (event,) = events(notation)
    return layout, event


def test_a_verb_with_subject_and_clause() -> None:
    layout, event = one("Ann/PROPN/nsubj/said said=say/VERB/ROOT they/PRON/nsubj/won won=win/VERB/ccomp/said .")
    assert layout.doc[slice(*event.cue)].text == "said"
    assert texts(layout.doc, event.source) == ["Ann"]
    assert event.complements == (("ccomp", 3, 0.9),)
    assert (event.code, event.speech, event.negated, event.noun) == ("cue:verb:say", True, False, False)


def test_an_auxiliary_and_an_unknown_verb_are_no_cues() -> None:
    _, found = events("They/PRON/nsubj/run do=say/AUX/aux/run run/VERB/ROOT .")
    assert found == []


def test_a_particle_belongs_to_the_cue() -> None:
    layout, event = one(
        "She/PRON/nsubj/pointed pointed=point/VERB/ROOT out/ADP/prt/pointed "
        "they/PRON/nsubj/won won=win/VERB/ccomp/pointed"
    )
    assert layout.doc[slice(*event.cue)].text == "pointed out"
    assert event.code == "cue:verb:point_out"


def test_negation_by_word_and_by_verb() -> None:
    _, event = one("She/PRON/nsubj/say did=do/AUX/aux/say not/PART/neg/say say/VERB/ROOT so/ADV/advmod/say")
    assert event.negated
    _, event = one("She/PRON/nsubj/denied denied=deny/VERB/ROOT guilt/NOUN/dobj/denied")
    assert event.negated


def test_the_source_of_a_passive_is_its_agent() -> None:
    layout, event = one(
        "Guilt/NOUN/nsubjpass/denied was=be/AUX/auxpass/denied denied=deny/VERB:VBN/ROOT "
        "by/ADP/agent/denied Ann/PROPN/pobj/by"
    )
    assert texts(layout.doc, event.source) == ["Ann"]


def test_was_quoted_as_saying() -> None:
    layout, found = events(
        "Ann/PROPN/nsubjpass/quoted was=be/AUX/auxpass/quoted quoted=quote/VERB:VBN/ROOT as/ADP/prep/quoted "
        "saying=say/VERB/pcomp/as they/PRON/nsubj/won won=win/VERB/ccomp/saying"
    )
    assert [e.code for e in found] == ["cue:verb:quote", "cue:verb:say"]
    assert all(texts(layout.doc, e.source) == ["Ann"] for e in found)


def test_an_unseen_reporting_frame_of_a_speech_verb_has_a_small_share_and_of_an_act_none() -> None:
    _, event = one("Ann/PROPN/nsubj/told told=tell/VERB/ROOT lies/NOUN/dobj/told")
    assert 0 < event.complements[0][2] < 0.4
    _, event = one("Ann/PROPN/nsubj/backed backed=back/VERB/ROOT it/PRON/ccomp/backed")
    assert event.complements[0][2] == 0
    assert not event.speech


def test_a_noun_with_its_owner() -> None:
    layout, event = one("Ann/PROPN/poss/promise 's/PART/case/Ann promise/NOUN/ROOT to/PART/aux/go go/VERB/acl/promise")
    assert event.code == "cue:noun:promise"
    assert event.noun
    assert not event.speech
    assert layout.doc[event.source[0][0]].text == "Ann"
    assert event.complements == (("acl:to", 4, 0.9),)


def test_the_owner_of_a_noun_by_preposition_and_by_verb() -> None:
    layout, event = one("a/DET/det/promise promise/NOUN/ROOT by/ADP/prep/promise Ann/PROPN/pobj/by")
    assert texts(layout.doc, event.source) == ["Ann"]
    layout, event = one("Ann/PROPN/nsubj/made made=make/VERB/ROOT a/DET/det/promise promise/NOUN/dobj/made")
    assert texts(layout.doc, event.source) == ["Ann"]


def test_a_noun_that_never_reported_is_no_cue() -> None:
    assert events("Her/PRON/poss/view view/NOUN/ROOT")[1] == []
