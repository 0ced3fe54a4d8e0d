"""Evidence in words: each machine-readable code of a reading or an attribution as a sentence for people."""

from __future__ import annotations

FIXED = {
    "marks": "It stands between quotation marks.",
    "model": "The trained reader found it.",
    "model:agrees": "The trained reader found the same quotation.",
    "model:source": "The trained reader named the source.",
    "cue:colon": "A name and a colon introduce it.",
    "cue:dash": "A dash and a name sign it.",
    "place:after": "The cue and the source follow it.",
    "place:before": "The cue and the source lead up to it.",
    "place:label": "The name opens the paragraph like a label in a transcript.",
    "place:signature": "The name closes the paragraph like a signature.",
    "place:line": "It is a line of dialogue.",
    "place:continued": "It carries on the quotation before it, so it keeps that source.",
    "syntax:sentence": "The phrase reports the sentence that it stands in.",
    "speaker:name": "The source is a name.",
    "speaker:nominal": "The source is a description of the speaker.",
    "speaker:pronoun": "The source is a pronoun; the speaker is its antecedent.",
    "speaker:interview": "It answers a question in an interview with this person.",
    "speaker:repeat": "It repeats a quotation whose speaker is known.",
    "speaker:paragraph": "Another quotation of the same paragraph has this speaker.",
    "speaker:turns": "The speakers take turns, and it is this one's turn.",
    "speaker:beat": "The sentence beside it tells what this person does.",
    "speaker:called": "The quotation before or after it addresses this person.",
    "speaker:none": "Nobody in the text can be named as the speaker.",
}
PATTERNS = {
    "cue:verb:": "The verb “{}” reports it.",
    "cue:noun:": "The noun “{}” reports it.",
    "cue:phrase:": "The phrase “{}” reports it.",
    "syntax:": "It is the {} of the cue.",
}
FRAMES = {
    "ccomp": "clause complement",
    "xcomp": "infinitive or participle complement",
    "dobj": "object",
    "oprd": "object predicate",
    "advcl": "adverbial clause",
    "acomp": "adjective complement",
    "nsubjpass": "passive subject",
}


def in_words(code: str) -> str:
    """Return the sentence that explains an evidence code; an unknown code is returned as it is."""
    if code in FIXED:
        return FIXED[code]
    for prefix, sentence in PATTERNS.items():
        if code.startswith(prefix):
            return sentence.format(_plain(code.removeprefix(prefix)))
    return code


def _plain(value: str) -> str:
    if value.startswith("prep:"):
        return f"object of “{value.removeprefix('prep:')}”"
    return FRAMES.get(value, value.replace("_", " "))
