"""The cue lexicon: lookups by lemma and particle, and the shape of the data file."""

from __future__ import annotations

import pytest
from handmade import LEXICON, make_doc

from quotes.cues import SPEECH, Cue, Lexicon, load_lexicon

CLASSES = {"neutral", "claim", "doubt", "thought", "manner", "act"}


@pytest.mark.parametrize(("cls", "speech"), [("neutral", True), ("manner", True), ("thought", False), ("act", False)])
def test_only_classes_of_speech_can_carry_a_quotation(cls: str, speech: bool) -> None:
    assert Cue("x", cls, {}).speech is speech


def test_a_verb_is_found_by_lemma_and_with_its_particle() -> None:
    doc = make_doc("She/PRON/nsubj/pointed pointed=point/VERB/ROOT it/PRON/dobj/pointed out/ADP/prt/pointed .")
    entry = LEXICON.verb(doc[1])
    assert entry is not None
    assert entry.lemma == "point_out"
    assert LEXICON.verb(make_doc("They/PRON/nsubj/Said Said=Say/VERB/ROOT")[1]) is LEXICON.verbs["say"]


def test_a_verb_is_found_with_its_it() -> None:
    lexicon = Lexicon({"put_it": Cue("put_it", "neutral", {})}, {}, ())
    doc = make_doc("As/SCONJ/mark/put she/PRON/nsubj/put put/VERB/ROOT it/PRON/dobj/put .")
    assert lexicon.verb(doc[2]) is lexicon.verbs["put_it"]
    assert lexicon.verb(make_doc("She/PRON/nsubj/put put/VERB/ROOT this/PRON/dobj/put")[1]) is None
    assert lexicon.verb(make_doc("She/PRON/nsubj/put put/VERB/ROOT it/PRON/dobj/put down/ADV/advmod/put")[1]) is None


def test_a_particle_that_the_lexicon_does_not_know_leaves_the_verb() -> None:
    doc = make_doc("She/PRON/nsubj/called called=call/VERB/ROOT off/ADP/prt/called talks/NOUN/dobj/called .")
    assert LEXICON.verb(doc[1]) is LEXICON.verbs["call"]


def test_a_verb_that_needs_its_particle_is_none_without_it() -> None:
    assert LEXICON.verb(make_doc("She/PRON/nsubj/pointed pointed=point/VERB/ROOT .")[1]) is None


def test_nouns() -> None:
    doc = make_doc("Promises=promise/NOUN/ROOT and/CCONJ/cc/Promises tables=table/NOUN/conj/Promises")
    assert LEXICON.noun(doc[0]) is LEXICON.nouns["promise"]
    assert LEXICON.noun(doc[2]) is None


def test_the_english_lexicon_is_well_formed_and_read_once() -> None:
    lexicon = load_lexicon()
    assert load_lexicon() is lexicon
    for entries in (lexicon.verbs, lexicon.nouns):
        for lemma, entry in entries.items():
            assert entry.lemma == lemma == lemma.lower()
            assert entry.cls in CLASSES
            assert all(0 < share <= 1 for share in entry.frames.values()), lemma
    assert ("according", "to") in lexicon.phrases


@pytest.mark.parametrize("lemma", ["say", "tell", "claim", "add", "ask", "warn", "shout", "point_out"])
def test_common_verbs_of_speech_are_in_the_english_lexicon(lemma: str) -> None:
    assert load_lexicon().verbs[lemma].cls in SPEECH


@pytest.mark.parametrize("lemma", ["believe", "think", "hope"])
def test_verbs_of_thought_do_not_carry_direct_speech(lemma: str) -> None:
    assert not load_lexicon().verbs[lemma].speech


def test_a_language_without_a_lexicon() -> None:
    with pytest.raises(FileNotFoundError, match=r"cues\.xx\.json"):
        load_lexicon("xx")
