"""What the place of a mention says of who is meant: below a verb, behind a comma, behind a title."""

from __future__ import annotations

import pytest
from handmade import make_doc
from talk import same, talk, with_names

from quotes.coref import resolve

PEOPLE = {"Bob Roe": "PERSON", "Al Day": "PERSON"}
OPENING = "Bob/PROPN:NNP/compound/Roe Roe/PROPN:NNP/nsubj/spoke spoke=speak/VERB:VBD/ROOT . "


def clusters(notation: str, names: dict[str, str]) -> list[list[str]]:
    """Return the heads of the mentions of each cluster."""
    doc = with_names(make_doc(notation), names)
    return [[doc[m.head].text for m in c.mentions] for c in resolve(doc, []).clusters]


@pytest.mark.parametrize(
    "below",
    [
        "met=meet/VERB:VBD/ROOT Al/PROPN:NNP/compound/Day Day/PROPN:NNP/dobj/met .",
        "spoke=speak/VERB:VBD/ROOT with/ADP:IN/prep/spoke Al/PROPN:NNP/compound/Day Day/PROPN:NNP/pobj/with .",
        "heard=hear/VERB:VBD/ROOT that/SCONJ:IN/mark/left Al/PROPN:NNP/compound/Day Day/PROPN:NNP/nsubj/left "
        "left=leave/VERB:VBD/ccomp/heard .",
    ],
)
def test_nobody_is_named_below_the_verb_of_which_he_is_the_subject(below: str) -> None:
    met = OPENING + "Al/PROPN:NNP/compound/Day Day/PROPN:NNP/nsubj/came came=come/VERB:VBD/ROOT . "
    assert clusters(met + "He/PRON:PRP/nsubj/" + below.split("=")[0] + " " + below, PEOPLE) == [
        ["Roe", "He"],
        ["Day", "Day"],
    ]


def test_a_name_that_says_what_he_is_may_be_his() -> None:
    notation = (
        OPENING + "He/PRON:PRP/nsubj/won won=win/VERB:VBD/ROOT as/ADP:IN/prep/won "
        "Bob/PROPN:NNP/compound/Roe Roe/PROPN:NNP/pobj/as ."
    )
    assert clusters(notation, PEOPLE) == [["Roe", "He", "Roe"]]


def test_who_says_so_between_commas_may_be_he() -> None:
    notation = (
        OPENING
        + "He/PRON:PRP/nsubj/was was=be/VERB:VBD/ROOT , Roe/PROPN:NNP/nsubj/said said=say/VERB:VBD/parataxis/was , "
        "tired/ADJ/acomp/was ."
    )
    assert clusters(notation, {"Bob Roe": "PERSON", "Roe": "PERSON"}) == [["Roe", "He", "Roe"]]


def test_a_name_ahead_of_the_verb_may_be_his() -> None:
    notation = (
        "When/ADV:WRB/advmod/came he/PRON:PRP/nsubj/came came=come/VERB:VBD/advcl/spoke , "
        "Bob/PROPN:NNP/compound/Roe Roe/PROPN:NNP/nsubj/spoke spoke=speak/VERB:VBD/ROOT ."
    )
    assert clusters(notation, PEOPLE) == [["he", "Roe"]]


def test_a_description_behind_a_comma_is_the_name_before_it_wherever_the_parser_hangs_it() -> None:
    notation = (
        "They/PRON:PRP/nsubj/had had=have/VERB:VBD/ROOT ties=tie/NOUN:NNS/dobj/had to/ADP:IN/prep/ties "
        "Al/PROPN:NNP/compound/Day Day/PROPN:NNP/pobj/to , now/ADV:RB/advmod/mayor the/DET:DT/det/mayor "
        "mayor/NOUN:NN/appos/ties , who/PRON:WP/nsubj/left left=leave/VERB:VBD/relcl/mayor ."
    )
    assert clusters(notation, PEOPLE) == [["Day", "mayor", "who"]]


def test_who_is_the_candidate_not_the_office() -> None:
    notation = (
        "We/PRON:PRP/nsubj/met met=meet/VERB:VBD/ROOT the/DET:DT/det/candidate candidate/NOUN:NN/dobj/met "
        "for/ADP:IN/prep/candidate president/NOUN:NN/pobj/for , who/PRON:WP/nsubj/left "
        "left=leave/VERB:VBD/relcl/president ."
    )
    assert ["candidate", "who"] in clusters(notation, {})


def test_a_bare_noun_that_is_no_office_is_who() -> None:
    notation = (
        "It/PRON:PRP/nsubj/came came=come/VERB:VBD/ROOT from/ADP:IN/prep/came teacher/NOUN:NN/pobj/from , "
        "who/PRON:WP/nsubj/left left=leave/VERB:VBD/relcl/teacher ."
    )
    assert ["teacher", "who"] in clusters(notation, {})


@pytest.mark.parametrize(
    ("said", "name"), [("Obama Speech", "Obama"), ("Bonar Law", "Bonar Law"), ("W. H. Page", "W. H. Page")]
)
def test_what_somebody_gave_is_no_part_of_a_name(said: str, name: str) -> None:
    assert [c.name for c in resolve(*talk(said)).clusters] == [name]


def test_a_title_before_a_first_name_parts_nobody() -> None:
    assert same("Mao Zedong", "Chairman Mao") == [0, 0]


@pytest.mark.parametrize(
    "tail",
    [
        ", Bob/PROPN:NNP/compound/Roe Roe/PROPN:NNP/appos/He , was=be/VERB:VBD/ROOT king/NOUN:NN/attr/was .",
        "took=take/VERB:VBD/ROOT the/DET:DT/det/name name/NOUN:NN/dobj/took Bob/PROPN:NNP/compound/Roe "
        "Roe/PROPN:NNP/appos/name .",
    ],
)
def test_a_name_that_is_his_own_is_not_somebody_elses(tail: str) -> None:
    verb = "was" if "was" in tail else "took"
    assert ["Roe", "He", "Roe"] in clusters(f"{OPENING}He/PRON:PRP/nsubj/{verb} {tail}", PEOPLE)


def test_a_description_of_whom_the_parser_means_stays_there() -> None:
    notation = (
        "They/PRON:PRP/nsubj/met met=meet/VERB:VBD/ROOT the/DET:DT/det/wife wife/NOUN:NN/dobj/met of/ADP:IN/prep/wife "
        "Al/PROPN:NNP/compound/Day Day/PROPN:NNP/pobj/of , a/DET:DT/det/lawyer lawyer/NOUN:NN/appos/wife ."
    )
    assert ["Day"] in clusters(notation, PEOPLE)
