"""Mentions in their place, entities under construction, and which entity a pronoun takes."""

from __future__ import annotations

import pytest
from handmade import make_doc
from spacy.tokens import Doc
from talk import talk, with_names

from quotes.coref.entities import Board, Entity
from quotes.coref.linking import asks
from quotes.coref.nodes import Node, make_nodes, source_mentions
from quotes.coref.pronouns import link_pronouns, link_speakers
from quotes.coref.ranker import ranker
from quotes.coref.resolver import begin
from quotes.mentions import find_mentions
from quotes.types import Reading


def nodes_of(doc: Doc, readings: list[Reading]) -> list[Node]:
    """Return the nodes of all mentions."""
    return make_nodes(doc, find_mentions(doc), readings)


@pytest.mark.parametrize(
    ("speaker", "number", "gender"),
    [
        ("Mr. Zzyx", "s", "m"),
        ("Ms. Zzyx", "s", "f"),
        ("Mary Zzyx", "s", "f"),
        ("Ann Lee", "s", "f"),
        ("Zzyx", "s", None),
        ("ORG:Acme Corp", "b", None),
        ("the spokeswoman", "s", "f"),
        ("the officials", "p", None),
        ("he", "s", "m"),
        ("they", "p", None),
        ("who", "b", None),
    ],
)
def test_number_and_gender_for_pronouns(speaker: str, number: str, gender: str | None) -> None:
    (node,) = nodes_of(*talk(speaker))
    assert (node.number, node.gender, node.role, node.sources) == (number, gender, "subj", (0,))


def test_sentence_paragraph_and_quotation() -> None:
    doc, readings = talk("Ann Lee", "she", "¶Bob Roe")
    inside = Reading(((0, 5),), type="direct")
    nodes = nodes_of(doc, [*readings, inside])
    assert [(n.sent, n.para, n.quote) for n in nodes] == [(0, 0, 3), (1, 0, -1), (2, 1, -1)]


def test_sources_point_to_their_mentions() -> None:
    doc, readings = talk("Sen. Ann Lee", "she")
    mentions = find_mentions(doc)
    assert source_mentions(doc, mentions, [*readings, Reading(((0, 1),))]) == [0, 1, None]
    assert source_mentions(doc, [], readings) == [None, None]


def test_an_entity_sums_up_its_nodes() -> None:
    entity = Entity()
    assert (entity.gender, entity.number, entity.kind, entity.named) == (None, "s", "unknown", False)
    for node in nodes_of(*talk("he", "Mary Roe")):
        entity.add(node)
    assert (entity.gender, entity.number, entity.kind, entity.named) == ("f", "s", "person", True)


def test_a_board_knows_where_each_node_is() -> None:
    first, second = nodes_of(*talk("Ann Lee", "she"))
    board = Board([first, second])
    assert board.entity(first) is None
    assert board.new(first) == 0
    board.put(second, 0)
    assert board.entity(second) is board.entities[0]
    assert board.of == {0: 0, 1: 0}


def linked(doc: Doc, readings: list[Reading]) -> tuple[Board, list[str]]:
    """Link everything; return the board and, by node, the text of the first mention of its entity or `-`."""
    mentions, board = begin(doc, readings)
    nodes = board.nodes
    link_pronouns(doc, board, ranker())
    link_speakers(board, source_mentions(doc, mentions, readings))
    first = [min(e.nodes, key=lambda n: n.mention.start).mention for e in board.entities]
    return board, [
        doc[first[board.of[n.i]].start : first[board.of[n.i]].end].text if n.i in board.of else "-" for n in nodes
    ]


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        (("Ann Lee", "Mary Roe", "she"), ["Ann Lee", "Mary Roe", "Mary Roe"]),
        (("Ann Lee", "Bob Roe", "she"), ["Ann Lee", "Bob Roe", "Ann Lee"]),
        (("ORG:Acme Corp", "Bob Roe", "it"), ["Acme Corp", "Bob Roe", "Acme Corp"]),
        (("Mr. Roe", "she"), ["Roe", "-"]),
        (("he", "Bob Roe"), ["-", "Bob Roe"]),
        (("the officials", "Ann Lee", "they"), ["the officials", "Ann Lee", "the officials"]),
    ],
)
def test_pronouns_take_the_nearest_that_agrees(speakers: tuple[str, ...], expected: list[str]) -> None:
    assert linked(*talk(*speakers))[1] == expected


def test_shares_of_the_candidates_are_ranked_and_leave_room_for_nobody() -> None:
    board, _ = linked(*talk("Ann Lee", "Mary Roe", "she"))
    shares = [share for _, share in board.doubts[2]]
    assert shares == sorted(shares, reverse=True)
    assert len(shares) == 2
    assert 0 < sum(shares) < 1


def test_a_pronoun_does_not_reach_back_for_ever() -> None:
    assert linked(*talk("Ann Lee", *["critics"] * 20, "she"))[1][-1] == "-"


def test_who_is_what_its_clause_hangs_on() -> None:
    doc = make_doc(
        "Bob/PROPN:NNP/compound/Roe Roe/PROPN:NNP/nsubj/met met=meet/VERB:VBD/ROOT Ann/PROPN:NNP/compound/Lee "
        "Lee/PROPN:NNP/dobj/met , who/PRON:WP/nsubj/won won=win/VERB:VBD/relcl/Lee ."
    )
    found = linked(with_names(doc, {"Bob Roe": "PERSON", "Ann Lee": "PERSON"}), [])[1]
    assert found == ["Bob Roe", "Ann Lee", "Ann Lee"]


def test_you_stands_for_nobody_known() -> None:
    assert linked(*talk("Ann Lee", "you"))[1] == ["Ann Lee", "-"]


def test_descriptions_of_one_person() -> None:
    doc, readings = talk("the mayor", "the officials", "the company", "Ann Lee", "she")
    found = [asks(doc, n) for n in nodes_of(doc, readings)]
    assert found == [True, False, False, False, False]
