"""Merging speakers across documents: joined where it is safe, apart where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_cases import names, record, speaker, tally_of

from quotes.schema import SpeakerRecord

Each = list[SpeakerRecord]


def merged(*speakers: SpeakerRecord) -> dict[str, int]:
    """Return the merged speakers where each says one thing in a document of its own."""
    return names(tally_of(*(record((s, "some words")) for s in speakers)))


JOINED: list[tuple[str, Each]] = [
    ("Ann Lee", [speaker("Ann Lee"), speaker("ANN LEE"), speaker("Mayor Ann Lee")]),
    ("Ann Lee", [speaker("Ann Lee"), speaker("Ann Lee", "unknown"), speaker("Ann Lee")]),
    ("Ann Lee", [speaker("Ann Lee", role="mayor"), speaker("Ann Lee", role="the Mayor"), speaker("Lee", role="mayor")]),
    ("William Ray", [speaker("Bill Ray", role="senator"), speaker("William Ray", role="Senator")]),
    ("William Ray", [speaker("Bill Ray"), speaker("William Ray", aliases=["Bill Ray"])]),
    ("James Orr", [speaker("J. Orr", role="coach"), speaker("James Orr", role="coach")]),
    ("Acme", [speaker("The Acme", "organization"), speaker("Acme", "organization"), speaker("Acme", "organization")]),
    (
        "National Farm Union",
        [
            speaker("National Farm Union", "organization", aliases=["NFU"]),
            speaker("NFU", "organization"),
            speaker("National Farm Union", "organization"),
        ],
    ),
]


@pytest.mark.parametrize(("name", "speakers"), JOINED, ids=[n for n, _ in JOINED])
def test_joined(name: str, speakers: Each) -> None:
    assert merged(*speakers) == {name: len(speakers)}


APART: dict[str, Each] = {
    "variants without evidence": [speaker("Bill Ray"), speaker("William Ray")],
    "an initial that fits two": [
        speaker("J. Lee", role="coach"),
        speaker("James Lee", role="coach"),
        speaker("Jane Lee", role="coach"),
    ],
    "a last name alone": [speaker("Lee"), speaker("Ann Lee")],
    "a last name of another role": [speaker("Lee", role="coach"), speaker("Ann Lee", role="mayor")],
    "a last name that two have": [
        speaker("Lee", role="mayor"),
        speaker("Ann Lee", role="mayor"),
        speaker("Tom Lee", role="mayor"),
    ],
    "Mr. and Mrs.": [speaker("Mr. Lee"), speaker("Mrs. Lee")],
    "father and son": [speaker("John Orr Sr.", role="farmer"), speaker("John Orr Jr.", role="farmer")],
    "a person and an organization": [speaker("Orr", "organization"), speaker("Ann Orr")],
    "an acronym of nobody": [speaker("NFU", "organization"), speaker("National Farm Union", "organization")],
}


@pytest.mark.parametrize("speakers", APART.values(), ids=APART)
def test_kept_apart(speakers: Each) -> None:
    assert len(merged(*speakers)) == len(speakers)


def test_an_acronym_of_two_organizations_joins_neither() -> None:
    farm = speaker("National Farm Union", "organization", aliases=["NFU"])
    fire = speaker("National Fire Unit", "organization", aliases=["NFU"])
    assert len(merged(farm, fire, speaker("NFU", "organization"))) == 3


def test_a_kind_that_is_unknown_joins_only_one_that_is_known() -> None:
    each = [speaker("Orr", kind) for kind in ("unknown", "person", "organization")]
    tally = tally_of(*(record((s, "some words")) for s in each))
    assert sorted(e.kind for e in tally.directory.merged()) == ["organization", "person", "unknown"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=12), st.sampled_from(["person", "organization", "unknown"])), max_size=8))
def test_nothing_is_lost_whatever_the_names(given: list[tuple[str, str]]) -> None:
    found = tally_of(*(record((speaker(name, kind), "some words")) for name, kind in given))
    assert sum(e.counts.quotes for e in found.directory.merged()) == len(given)
    assert found.total.quotes == len(given)


def test_the_order_of_documents_does_not_matter() -> None:
    speakers = [s for _, group in JOINED for s in group] + [s for group in APART.values() for s in group]
    assert merged(*speakers) == merged(*reversed(speakers))
