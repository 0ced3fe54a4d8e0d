"""`attribute`: verdicts from sources, candidates, repeats and dialogue, readings and clusters being given."""

from __future__ import annotations

import pytest
from handmade import make_doc
from spacy.tokens import Doc

from quotes.attribution import Verdict
from quotes.clusters import write_clusters
from quotes.components.quote_attribution import SURE, attribute
from quotes.spans import write_readings
from quotes.types import Cluster, Mention, Range, Reading

ANN = Cluster((Mention(5, 6, 5, "name"),), "Ann", "person")
BOB = Cluster((Mention(5, 6, 5, "pronoun"),), "Bob", "person")
SAID = "“ We/PRON/nsubj/won won=win/VERB/ccomp/said , ” {} said=say/VERB/ROOT ."
READING = Reading(content=((0, 5),), cue=((6, 7),), source=((5, 6),), type="direct")


def doc_with(
    ranked: list[tuple[int, float]], source: str = "Ann/PROPN/nsubj/said", *, reading: Reading = READING
) -> Doc:
    doc = make_doc(SAID.format(source))
    write_readings(doc, [reading])
    write_clusters(doc, [ANN, BOB], {"q0": ranked})
    return doc


def one(doc: Doc) -> Verdict:
    """Return the only verdict."""
    (verdict,) = attribute(doc).verdicts.values()
    return verdict


def test_the_best_candidate_of_the_source_is_the_speaker() -> None:
    verdict = one(doc_with([(0, 0.9), (1, 0.1)]))
    assert (verdict.cluster, verdict.confidence, verdict.reason) == (0, 0.9, None)
    assert verdict.candidates == ((0, 0.9), (1, 0.1))
    assert verdict.evidence == ("speaker:name",)


def test_the_form_of_the_source_is_evidence() -> None:
    assert one(doc_with([(1, 0.9)], "She/PRON/nsubj/said")).evidence == ("speaker:pronoun",)


@pytest.mark.parametrize(
    ("ranked", "source", "reason"),
    [
        ([], "She/PRON/nsubj/said", "pronoun_unresolved"),
        ([(0, SURE / 2)], "She/PRON/nsubj/said", "pronoun_unresolved"),
        ([(0, SURE / 2), (1, SURE / 2)], "Ann/PROPN/nsubj/said", "ambiguous_name"),
        ([], "Ann/PROPN/nsubj/said", "low_confidence"),
    ],
)
def test_unknown_is_an_answer_with_a_reason(ranked: list[tuple[int, float]], source: str, reason: str) -> None:
    verdict = one(doc_with(ranked, source))
    assert (verdict.cluster, verdict.reason, verdict.evidence) == (None, reason, ("speaker:none",))


def test_without_a_source_and_a_dialogue_there_is_no_speaker() -> None:
    verdict = one(doc_with([], "Rain/NOUN/dep/said", reading=Reading(content=((0, 5),), type="direct")))
    assert (verdict.cluster, verdict.reason) == (None, "no_source")


def test_a_quotation_without_a_source_takes_the_speaker_of_its_paragraph() -> None:
    doc = make_doc(SAID.format("Ann/PROPN/nsubj/said") + " “ Go/VERB/ROOT . ”")
    write_readings(doc, [READING, Reading(content=((8, 12),), type="direct")])
    write_clusters(doc, [ANN], {"q0": [(0, 0.9)]})
    verdict = attribute(doc).verdicts["q1"]
    assert (verdict.cluster, verdict.evidence, verdict.reason) == (0, ("speaker:paragraph",), None)
    assert verdict.candidates == ((0, verdict.confidence),)


def test_a_pull_quote_has_the_speaker_of_what_it_repeats() -> None:
    words = "We/PRON/dep will/AUX/dep fight/VERB/dep for/ADP/dep every/DET/dep single/ADJ/dep vote/NOUN/dep"
    doc = make_doc(f"“ {words} . ” ¶ “ {words} , ” Ann/PROPN/nsubj/said said=say/VERB/ROOT .")
    ann = next(t.i for t in doc if t.text == "Ann")
    pull: tuple[Range, ...] = ((0, 10),)
    write_readings(
        doc,
        [
            Reading(content=pull, type="direct"),
            Reading(content=((11, ann),), cue=((ann + 1, ann + 2),), source=((ann, ann + 1),), type="direct"),
        ],
    )
    write_clusters(doc, [Cluster((Mention(ann, ann + 1, ann, "name"),), "Ann")], {"q1": [(0, 0.9)]})
    verdicts = attribute(doc).verdicts
    assert (verdicts["q0"].cluster, verdicts["q0"].repeats) == (0, "q1")
    assert verdicts["q0"].flags == ("pull_quote",)
    assert verdicts["q0"].evidence == ("speaker:repeat",)
    assert (verdicts["q1"].repeats, verdicts["q1"].flags) == (None, ())


def test_nothing_to_attribute() -> None:
    assert attribute(make_doc("")).verdicts == {}
    assert attribute(make_doc("Rain/NOUN/ROOT")).verdicts == {}
