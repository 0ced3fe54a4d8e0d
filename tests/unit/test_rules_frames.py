"""Frames: the names under which the complements of verbs and nouns are counted."""

from __future__ import annotations

from handmade import make_doc
from spacy.tokens import Token

from quotes.rules.frames import noun_frames, verb_frames


def named(pairs: object) -> list[tuple[str, str]]:
    """Return (frame, form of the head)."""
    rows: list[tuple[str, Token]] = list(pairs)  # type: ignore[call-overload]
    return [(name, token.text) for name, token in rows]


def test_frames_of_a_verb() -> None:
    doc = make_doc(
        "Ann/PROPN/nsubj/called called=call/VERB/ROOT him/PRON/dobj/called for/ADP/prep/called help/NOUN/pobj/for "
        "saying=say/VERB/advcl/called so/ADV/advmod/saying"
    )
    assert named(verb_frames(doc[1])) == [("dobj", "him"), ("prep:for", "help"), ("advcl", "saying")]


def test_a_preposition_with_a_clause() -> None:
    doc = make_doc("warned=warn/VERB/ROOT Against/ADP/prep/warned going=go/VERB/pcomp/Against")
    assert named(verb_frames(doc[0])) == [("prep:against", "going")]


def test_frames_of_a_noun() -> None:
    doc = make_doc(
        "claim/NOUN/ROOT of/ADP/prep/claim fraud/NOUN/pobj/of "
        "that/SCONJ/mark/lost he/PRON/nsubj/lost lost=lose/VERB/acl/claim"
    )
    assert named(noun_frames(doc[0])) == [("prep:of", "fraud"), ("acl:that", "lost")]


def test_a_promise_to_do_and_a_plain_participle() -> None:
    doc = make_doc("promise/NOUN/ROOT to/PART/aux/go go/VERB/acl/promise made=make/VERB/acl/promise")
    assert named(noun_frames(doc[0])) == [("acl:to", "go"), ("acl", "made")]


def test_a_subject_is_no_complement() -> None:
    assert named(verb_frames(make_doc("Ann/PROPN/nsubj/said said=say/VERB/ROOT")[1])) == []
