"""Who is who among the speakers: names that join, names that stay apart, descriptions, pronouns."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest
from handmade import make_doc
from talk import best, named, same, talk, with_names

from quotes.coref import resolve
from quotes.types import Cluster, Mention, Reading

TOLD = (
    "Bob/PROPN:NNP/compound/Roe Roe/PROPN:NNP/nsubj/spoke spoke=speak/VERB:VBD/ROOT . "
    "Al/PROPN:NNP/compound/Day Day/PROPN:NNP/nsubj/told told=tell/VERB:VBD/ROOT "
    "him/PRON:PRP/dobj/told so/ADV/advmod/told ."
)


@pytest.mark.parametrize(
    "speakers",
    [
        ("Ann Lee", "Lee"),
        ("Lee", "Ann Lee"),
        ("Ann Lee", "Ann"),
        ("Ann Lee", "Ms. Lee"),
        ("Sen. Ann Lee", "Lee"),
        ("ANN LEE", "Lee"),
        ("Robert Roe", "Bob Roe"),
        ("Bob Roe", "Bob Roe Jr."),
        ("Ann Henderson", "Hendersen"),
        ("Jeff Sessions", "NONE:Sessions"),
        ("ORG:National Rifle Association", "ORG:NRA"),
        ("ORG:NRA", "ORG:National Rifle Association"),
        ("ORG:Acme Corp", "it"),
        ("officials", "they"),
        ("Ann Lee", "¶she"),
        ("Mayor Bob Roe", "the mayor"),
        ("a spokesman", "the spokesman"),
    ],
)
def test_one_and_the_same(speakers: tuple[str, ...]) -> None:
    assert same(*speakers) == [0] * len(speakers)


@pytest.mark.parametrize(
    "speakers",
    [
        ("Bill Clinton", "Hillary Clinton"),
        ("Bob Roe Sr.", "Bob Roe Jr."),
        ("Mr. Lee", "Ms. Lee"),
        ("Mr. Bob Lee", "Mrs. Lee"),
        ("Ann Lee", "Ann Roe"),
        ("Ann Lee", "ORG:Lee Corp"),
        ("Ann Lee", "officials"),
        ("Ann Henderson", "NONE:Hendersons"),
        ("officials", "critics"),
        ("a spokesman", "a lawyer"),
        ("ORG:NRA", "ORG:National Science Foundation"),
    ],
)
def test_two_that_stay_apart(speakers: tuple[str, ...]) -> None:
    assert same(*speakers) == [0, 1]


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        (("Mr. Lee", "Ms. Lee", "Mr. Lee", "Ms. Lee"), [0, 1, 0, 1]),
        (("Bob Lee", "Ann Lee", "Mr. Lee", "Ms. Lee"), [0, 1, 0, 1]),
        (("Mr. Bob Lee", "Mrs. Lee", "Mrs. Lee", "Bob Lee"), [0, 1, 1, 0]),
        (("Ann Lee", "Bob Roe", "she", "he"), [0, 1, 0, 1]),
        (("Sen. Ann Lee", "Mayor Bob Roe", "the senator", "the mayor"), [0, 1, 0, 1]),
        (("the officials", "they", "Ann Lee", "they", "she"), [0, 0, 2, 0, 2]),
        (("Ann Lee", "Bob Lee", "Ann", "Bob"), [0, 1, 0, 1]),
        (("the clerk", "¶Ms. Ann", "Ann Lee", "Ann"), [0, 1, 1, 1]),
        (("Ann Lee", "NONE:the Stranger", "NONE:the Stranger"), [0, 1, 1]),
    ],
)
def test_conversations(speakers: tuple[str, ...], expected: list[int]) -> None:
    assert same(*speakers) == expected


@pytest.mark.parametrize(
    ("speakers", "at"),
    [
        (("Ann Lee", "it"), 1),
        (("Mr. Roe", "she"), 1),
        (("Ann Lee", "they"), 1),
        (("he",), 0),
        (("it",), 0),
        (("i",), 0),
    ],
)
def test_a_pronoun_that_agrees_with_nobody_stays_open(speakers: tuple[str, ...], at: int) -> None:
    assert same(*speakers)[at] is None


def test_a_last_name_of_two_people_goes_to_the_one_named_last_in_doubt() -> None:
    resolution = resolve(*talk("Bill Clinton", "Hillary Clinton", "Clinton"))
    (first, share), (second, rest) = resolution.ranked[2]
    assert [resolution.clusters[c].name for c in (first, second)] == ["Hillary Clinton", "Bill Clinton"]
    assert rest < share < 0.6
    assert all(len(rows) == 1 and rows[0][1] > 0.9 for rows in resolution.ranked[:2])


@pytest.mark.parametrize(
    ("speakers", "names"),
    [
        (("Lee", "Sen. Ann Lee", "Lee"), ["Ann Lee"] * 3),
        (("ORG:NRA", "ORG:National Rifle Association"), ["National Rifle Association"] * 2),
        (("two senior officials", "a lawyer"), ["two senior officials", "a lawyer"]),
        (("Bob Roe", "Bob Roe Jr."), ["Bob Roe Jr."] * 2),
    ],
)
def test_the_fullest_name_is_the_canonical_one(speakers: tuple[str, ...], names: list[str]) -> None:
    assert named(*speakers) == names


def test_a_possessive_is_the_same_person_and_no_part_of_the_name() -> None:
    doc = make_doc(
        "Ann/PROPN:NNP/compound/Lee Lee/PROPN:NNP/nsubj/spoke spoke=speak/VERB:VBD/ROOT . "
        "Lee/PROPN:NNP/poss/plan 's/PART:POS/case/Lee plan/NOUN:NN/nsubj/failed failed=fail/VERB:VBD/ROOT ."
    )
    (cluster,) = resolve(with_names(doc, {"Ann Lee": "PERSON", "Lee": "PERSON"}), []).clusters
    assert [doc[m.start : m.end].text for m in cluster.mentions] == ["Ann Lee", "Lee"]
    assert (cluster.name, cluster.aliases) == ("Ann Lee", ("Ann Lee", "Lee"))


def test_a_pronoun_is_never_its_clause_mate() -> None:
    doc = with_names(make_doc(TOLD), {"Bob Roe": "PERSON", "Al Day": "PERSON"})
    clusters = {c.name: [doc[m.start : m.end].text for m in c.mentions] for c in resolve(doc, []).clusters}
    assert clusters == {"Bob Roe": ["Bob Roe", "him"], "Al Day": ["Al Day"]}


def test_i_inside_a_quotation_is_its_speaker() -> None:
    doc = make_doc(
        "Bob/PROPN:NNP/compound/Roe Roe/PROPN:NNP/nsubj/left left=leave/VERB:VBD/ROOT . "
        "“ I/PRON:PRP/nsubj/stayed stayed=stay/VERB:VBD/ccomp/said , ” "
        "Ann/PROPN:NNP/compound/Lee Lee/PROPN:NNP/nsubj/said said=say/VERB:VBD/ROOT ."
    )
    with_names(doc, {"Bob Roe": "PERSON", "Ann Lee": "PERSON"})
    reading = Reading(((4, 9),), ((11, 12),), ((9, 11),), "direct", 0.9)
    clusters = {c.name: [doc[m.start : m.end].text for m in c.mentions] for c in resolve(doc, [reading]).clusters}
    assert clusters == {"Bob Roe": ["Bob Roe"], "Ann Lee": ["I", "Ann Lee"]}


def test_what_comes_out_holds_no_gender_and_no_other_trait() -> None:
    assert set(Mention.__slots__) == {"start", "end", "head", "form", "kind", "name", "role"}
    assert set(Cluster.__slots__) == {"mentions", "name", "kind", "role", "aliases"}
    shown = repr(resolve(*talk("Mr. Bob Roe", "Ms. Ann Lee", "he", "she"))).lower()
    assert not [w for w in ("gender", "'m'", "'f'", "male", "sex", "race", "age=") if w in shown]


def test_readings_without_a_source_have_no_candidates() -> None:
    doc, readings = talk("Ann Lee")
    assert resolve(doc, [Reading(readings[0].content)]).ranked == ((),)
    assert resolve(make_doc(""), []).clusters == ()
    assert resolve(make_doc("so/ADV/ROOT ."), []).clusters == ()


FIRST = [a + b + c for a in "BDFGKLMNRT" for b in "aeiou" for c in ("rin", "lsop", "ndrek", "vich", "mst", "ckow")]


def people(number: int) -> list[str]:
    """Return names that have nothing in common."""
    return [
        f"{FIRST[i % 300]}o{'abcdefghij'[i // 300]} {FIRST[i % 300]}{'abcdefghij'[i // 300]}" for i in range(number)
    ]


def test_three_hundred_people_and_one_name_five_hundred_times() -> None:
    resolution = resolve(*talk(*people(300)))
    assert len(resolution.clusters) == 300
    assert len(set(best(resolution))) == 300
    assert same(*["Ann Lee"] * 500) == [0] * 500


@pytest.mark.parametrize("beside", ["Ellery", "mayor"])
def test_a_name_beside_a_description_is_its_bearer_wherever_the_parser_hangs_it(beside: str) -> None:
    doc = with_names(
        make_doc(
            "The/DET:DT/det/mayor mayor/NOUN:NN/nsubj/spoke of/ADP:IN/prep/mayor Ellery/PROPN:NNP/pobj/of , "
            f"Joan/PROPN:NNP/compound/Strand Strand/PROPN:NNP/appos/{beside} , spoke=speak/VERB:VBD/ROOT ."
        ),
        {"Ellery": "GPE", "Joan Strand": "PERSON"},
    )
    found = {c.name: [doc[m.head].text for m in c.mentions] for c in resolve(doc, []).clusters}
    assert found == {"Joan Strand": ["mayor", "Strand"], "Ellery": ["Ellery"]}


def test_a_weekday_is_nobody() -> None:
    doc = with_names(
        make_doc("Ann/PROPN:NNP/nsubj/left left=leave/VERB:VBD/ROOT on/ADP:IN/prep/left Monday/PROPN:NNP/pobj/on ."),
        {"Ann": "PERSON", "Monday": "DATE"},
    )
    assert [c.name for c in resolve(doc, []).clusters] == ["Ann"]


def test_a_womans_first_name_alone_decides_who_she_is() -> None:
    assert same("Barbara", "he", "she")[2] == 0
    assert same("Barbara", "he", "she")[1] != 0


def seconds(speakers: list[str]) -> float:
    """Return the processor time that resolving takes."""
    doc, readings = talk(*speakers)
    gc.collect()
    gc.disable()
    begin = time.process_time()
    resolve(doc, readings)
    taken = time.process_time() - begin
    gc.enable()
    return taken


CROWDS: dict[str, Callable[[int], list[str]]] = {
    "one name": lambda n: ["Ann Lee"] * n,
    "a last name": lambda n: ["Ann Lee", *["Lee"] * n],
    "a last name of two": lambda n: ["Bill Lee", "Ann Lee", *["Lee"] * n],
    "many people": people,
    "many last names": lambda n: [p.split()[1] for p in people(n)],
    "a pronoun": lambda n: ["Bob Roe", *["he"] * n],
    "officials": lambda n: ["officials"] * n,
    "a description": lambda n: ["Mayor Ann Lee", *["the mayor"] * n],
    "organizations": lambda n: [f"ORG:{p} Bank" for p in people(n)],
}


@pytest.mark.parametrize("crowd", CROWDS)
def test_time_is_linear(crowd: str) -> None:
    make = CROWDS[crowd]
    small = min(seconds(make(300)) for _ in range(3))
    assert any(seconds(make(3000)) < max(14 * small, 0.3) for _ in range(2))
