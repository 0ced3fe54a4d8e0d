"""Attribution in conversations: the component casts them, adds a narrator, and takes a list of known characters."""

from __future__ import annotations

from plays import Play, play
from spacy.tokens import Doc

from quotes.attribution import read_verdicts
from quotes.clusters import read_clusters, write_clusters
from quotes.components.quote_attribution import QuoteAttribution
from quotes.spans import write_readings

LINE = "“ Go/VERB/ROOT . ”"
ANN, BOB = "Ann/PROPN/nsubj/said said=say/VERB/ROOT .", "Bob/PROPN/nsubj/said said=say/VERB/ROOT ."
SIT = "Ann/PROPN/nsubj/sat sat=sit/VERB/ROOT . Bob/PROPN/nsubj/sat sat=sit/VERB/ROOT . ¶ "
TALK = f"{SIT}{LINE} {ANN} ¶ {LINE} {BOB} ¶ {LINE} ¶ {LINE} ¶ {LINE} ¶ {LINE}"
I_SAT = "I/PRON/nsubj/sat sat=sit/VERB/ROOT . "


def annotated(scene: Play, *characters: str) -> Doc:
    doc = scene.doc
    write_readings(doc, scene.readings)
    ranked = {f"q{n}": list(rows) for n, rows in enumerate(scene.ranked)}
    write_clusters(doc, scene.clusters, ranked)
    return QuoteAttribution(characters=characters)(doc)


def speakers(doc: Doc) -> list[str | None]:
    clusters = read_clusters(doc)
    return [clusters[v.cluster].name if v.cluster is not None else None for v in read_verdicts(doc).values()]


def test_a_conversation_is_cast() -> None:
    doc = annotated(play(TALK, ["Ann"], ["Bob"], sources={0: "Ann", 1: "Bob"}))
    assert speakers(doc) == ["Ann", "Bob"] * 3
    verdicts = list(read_verdicts(doc).values())
    assert verdicts[0].evidence == ("speaker:name",)
    assert verdicts[3].evidence == ("speaker:turns",)
    assert verdicts[3].candidates[0][1] == verdicts[3].confidence


def test_the_same_text_in_short_is_not() -> None:
    doc = annotated(play(f"{SIT}{LINE} {ANN} ¶ {LINE}", ["Ann"], ["Bob"], sources={0: "Ann"}))
    assert read_verdicts(doc)["q0"].confidence == 0.9


def test_the_narrator_is_written_to_the_doc() -> None:
    i = "I/PRON/nsubj/said said=say/VERB/ROOT ."
    scene = play(
        f"{I_SAT * 8}¶ {LINE} {i} ¶ {LINE} {BOB} ¶ {LINE} ¶ {LINE} ¶ {LINE} ¶ {LINE}",
        ["Bob"],
        sources={0: "I", 1: "Bob"},
    )
    doc = annotated(scene)
    assert speakers(doc)[0] == "the narrator"
    assert [c.name for c in read_clusters(doc)] == ["Bob", "the narrator"]
    assert doc.spans["coref_clusters_2"][0].text == "I"


def test_known_characters_name_the_speakers() -> None:
    doc = annotated(play(TALK, ["Ann"], ["Bob"], sources={0: "Ann", 1: "Bob"}), "Ann Lee; Annie", "Robert Hall; Bob")
    assert speakers(doc)[:2] == ["Ann Lee", "Robert Hall"]
    short = annotated(play(f"{LINE} {ANN}", ["Ann"], sources={0: "Ann"}), "Ann Lee")
    assert speakers(short) == ["Ann Lee"]


def test_running_again_gives_the_same() -> None:
    doc = annotated(play(TALK, ["Ann"], ["Bob"], sources={0: "Ann", 1: "Bob"}))
    before = read_verdicts(doc)
    assert read_verdicts(QuoteAttribution()(doc)) == before
