"""Whole texts with odd casts through the pipeline of rules: nobody, one name only, all capitals, none at all."""

from __future__ import annotations

import time

import pytest
from spacy.language import Language

TEXTS = {
    "nobody": "It rained all day. The roads were wet and the sky was dark. " * 5,
    "one name": "Lee " * 500,
    "one speaker": "“We won,” Ann Lee said. " * 100,
    "capitals": "“WE WON,” MAYOR ANN LEE SAID. SHE ADDED THAT IT WAS LATE. ",
    "no capitals": "“we won,” mayor ann lee said. she added that it was late. ",
    "only pronouns": "He told her that they knew it. She said he did. ",
    "titles only": "Mr. Mrs. Ms. Dr. Sen. President said so. ",
    "possessives": "Lee's Lee's Lee’s Lees' said so. ",
}
TRAITS = {"gender", "sex", "race", "ethnicity", "religion", "age", "nationality", "pronouns"}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_nothing_breaks(text: str, nlp_rules: Language) -> None:
    begin = time.process_time()
    doc = nlp_rules(text)
    for quote in doc._.quotes:
        assert all(doc.text[s.start : s.end] == s.text for s in (*quote.content, *quote.cue, *quote.source))
    assert time.process_time() - begin < 10


def keys(value: object) -> set[str]:
    """Return every key of plain data, however deep."""
    if isinstance(value, dict):
        return {str(k).lower() for k in value} | {k for v in value.values() for k in keys(v)}
    return {k for v in value for k in keys(v)} if isinstance(value, list | tuple) else set()


def test_no_record_has_a_field_for_a_trait(nlp_rules: Language) -> None:
    doc = nlp_rules("“We won,” Mr. Bob Roe said. He thanked Ms. Ann Lee. “Thank you,” she said.")
    found = [q.model_dump() for q in doc._.quotes]
    assert {q["speaker"] for q in found} >= {"Bob Roe", "Ann Lee"}
    assert not TRAITS & keys(found)


@pytest.mark.parametrize("pronoun", ["SHE", "HE", "THEY"])
def test_a_pronoun_in_capitals_is_no_name(pronoun: str, nlp_rules: Language) -> None:
    text = f"“WE WILL WIN,” SENATOR ANN LEE SAID ON MONDAY. {pronoun} SAID THE PLAN WAS DEAR."
    found = nlp_rules(text)._.quotes
    assert found
    assert pronoun not in {q.speaker for q in found}


def test_three_hundred_people_stay_three_hundred(nlp_rules: Language) -> None:
    firsts = [
        "Ann",
        "Tom",
        "Mary",
        "Paul",
        "John",
        "Eva",
        "Carl",
        "Dora",
        "Hugh",
        "Ruth",
        "Ivan",
        "Jane",
        "Karl",
        "Lisa",
        "Mark",
        "Nora",
        "Olga",
        "Pete",
        "Rosa",
        "Sam",
    ]
    lasts = [
        "Adams",
        "Brown",
        "Clark",
        "Davis",
        "Evans",
        "Ford",
        "Green",
        "Hill",
        "Irwin",
        "Jones",
        "King",
        "Lewis",
        "Moore",
        "Nash",
        "Owens",
    ]
    everybody = [f"{first} {last}" for first in firsts for last in lasts]
    found = nlp_rules(" ".join(f"{name} said it was dear." for name in everybody))._.quotes
    assert len({q.speaker for q in found} & set(everybody)) > 290


def test_labels_of_a_transcript_are_its_speakers(nlp_rules: Language) -> None:
    text = "MODERATOR: Welcome to the debate.\n\nJONES: Thank you for having me.\n\nJONES: I want lower taxes."
    assert [q.speaker for q in nlp_rules(text)._.quotes] == ["MODERATOR", "JONES", "JONES"]


def test_one_speaker_a_hundred_times_is_one(nlp_rules: Language) -> None:
    assert {q.speaker for q in nlp_rules(TEXTS["one speaker"])._.quotes} == {"Ann Lee"}
