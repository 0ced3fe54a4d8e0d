"""Explanations and stored records, on records made by hand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import Run

from quotes.commands.extract import confident
from quotes.commands.reasons import against, chain, explanation
from quotes.commands.validate import problems
from quotes.exporters.csv_rows import csv_writer
from quotes.ids import quote_id, speaker_id, text_hash
from quotes.schema import (
    CandidateRecord,
    DocumentRecord,
    EvidenceRecord,
    MentionRecord,
    ModelRecord,
    QuoteRecord,
    SpanRecord,
    SpeakerRecord,
)
from quotes.types import Form

TEXT = "Tom Ray left. Ann Lee, the mayor, met him. She rose. “We won,” she said. “Stop,” Bo Dee cried."
SHA = text_hash(TEXT)


def span(words: str, nth: int = 0) -> SpanRecord:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return SpanRecord(start=start, end=start + len(words), text=words)


def mention(words: str, form: Form) -> MentionRecord:
    return MentionRecord(**span(words).model_dump(), form=form)


def speaker(name: str, *mentions: MentionRecord, role: str | None = None) -> SpeakerRecord:
    return SpeakerRecord(id=speaker_id(SHA, name, "person"), name=name, kind="person", role=role, mentions=mentions)


ANN = speaker(
    "Ann Lee",
    mention("Ann Lee", "name"),
    mention("the mayor", "nominal"),
    mention("She", "pronoun"),
    mention("she", "pronoun"),
    role="mayor",
)
TOM = speaker("Tom Ray", mention("Tom Ray", "name"), mention("him", "pronoun"))
BO = speaker("Bo Dee", mention("Bo Dee", "name"))


def quote(content: str, cue: str, source: str, who: SpeakerRecord, *others: SpeakerRecord, sure: float) -> QuoteRecord:
    said = span(content)
    shares = [(who, sure), *((o, (1 - sure) / 2) for o in others)]
    return QuoteRecord(
        id=quote_id(SHA, [(said.start, said.end)]),
        type="direct",
        content=(said,),
        cue=(span(cue),),
        source=(span(source),),
        speaker_id=who.id,
        speaker=who.name,
        confidence=sure,
        speaker_confidence=0.75,
        candidates=tuple(CandidateRecord(speaker_id=s.id, name=s.name, confidence=p) for s, p in shares),
        evidence=(EvidenceRecord(code="marks", words="It stands between quotation marks."),),
    )


@pytest.fixture
def record() -> DocumentRecord:
    won = quote("“We won,”", "said", "she", ANN, TOM, sure=0.8)
    stop = quote("“Stop,”", "cried", "Bo Dee", BO, sure=0.95)
    model = ModelRecord(program="0", spacy="0", pipeline="rules")
    return DocumentRecord(
        id="d", text_sha256=SHA, text=TEXT, model=model, speakers=(ANN, TOM, BO), quotes=(won, stop)
    )  # fmt: skip


def changed(record: DocumentRecord, **values: object) -> DocumentRecord:
    """Return a record whose first quotation has other values."""
    first = record.quotes[0].model_copy(update=values)
    return record.model_copy(update={"quotes": (first, *record.quotes[1:])})


# ---- explain


def test_the_chain_leads_from_the_source_over_mentions_to_a_name(record: DocumentRecord) -> None:
    steps = ["she (the source)", "She (pronoun)", "the mayor (nominal)", "Ann Lee (name)"]
    assert chain(record.quotes[0], ANN) == steps


def test_a_source_that_is_the_name_needs_no_chain(record: DocumentRecord) -> None:
    assert chain(record.quotes[1], BO) == ["Bo Dee (the source)"]


def test_a_name_that_follows_ends_the_chain(record: DocumentRecord) -> None:
    later = speaker("Bo Dee", mention("she", "pronoun"), mention("Bo Dee", "name"))
    assert chain(record.quotes[0], later) == ["she (the source)", "Bo Dee (name)"]


def test_a_chain_without_a_name_in_reach_ends_with_the_name_of_the_record(record: DocumentRecord) -> None:
    assert chain(record.quotes[0], speaker("Cy", mention("She", "pronoun")))[-1] == "Cy"


def test_an_explanation_has_evidence_chain_candidates_and_what_is_against_the_second(record: DocumentRecord) -> None:
    text = "\n".join(explanation(record, 1))
    for words in ("“We won,”", "Ann Lee (person, mayor)", "It stands between", "[marks]", "1. Ann Lee 0.80"):
        assert words in text
    assert "confidence 0.80, in the speaker 0.75" in text
    assert "against Tom Ray: its share is 0.10, that of Ann Lee is 0.80" in text
    assert "\x1b" not in text
    assert "\x1b[32mAnn Lee\x1b[0m" in "\n".join(explanation(record, 1, color=True))


def test_against_tells_distance_and_number_of_mentions(record: DocumentRecord) -> None:
    q = record.quotes[0]
    words = list(against(q, q.candidates[1], q.candidates[0], {s.id: s for s in record.speakers}, {}))
    far, near = span("she").start - span("him").end, span("she").start - span("She").end
    assert words[1:] == [
        f"it was last mentioned {far} characters before, Ann Lee {near}",
        "it is mentioned 2 times in the text, Ann Lee 4",
    ]


def test_an_unknown_speaker_is_told_with_the_reason_and_nothing_against_anyone(record: DocumentRecord) -> None:
    unknown = changed(record, speaker=None, speaker_id=None, reason="pronoun_unresolved")
    text = "\n".join(explanation(unknown, 1))
    assert "unknown (pronoun unresolved)" in text
    assert "chain:" not in text
    assert "against" not in text


def test_control_characters_do_not_reach_the_terminal(record: DocumentRecord) -> None:
    evil = record.model_copy(update={"id": "d\x1b[2J\x07"})
    assert not set("\n".join(explanation(evil, 1))) & {"\x1b", "\x07"}


# ---- records from a file


def test_csv_has_both_confidences(record: DocumentRecord) -> None:
    stream = io.StringIO()
    write, _ = csv_writer(stream)
    write(changed(record, speaker_confidence=None))
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert [(r["confidence"], r["speaker_confidence"]) for r in rows] == [("0.8", ""), ("0.95", "0.75")]


@pytest.mark.parametrize("form", ["lines", "list", "indented"])
def test_explain_and_validate_read_what_extract_wrote(
    quick: Run, tmp_path: Path, record: DocumentRecord, form: str
) -> None:
    data = record.model_dump()
    text = {
        "lines": json.dumps(data),
        "list": json.dumps([data]),
        "indented": "[\n" + json.dumps(data, indent=1) + "\n]",
    }
    path = tmp_path / "records.json"
    path.write_text(text[form] + "\n")
    result = quick("explain", path, "2")
    assert result.status == 0
    assert "Bo Dee" in result.out
    assert quick("explain", path, record.quotes[1].id).out == result.out
    assert quick("validate", path).err == "1 record, 0 problems\n"


def test_numbers_count_through_all_records(quick: Run, tmp_path: Path, record: DocumentRecord) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text((json.dumps(record.model_dump()) + "\n") * 2)
    assert quick("explain", path, "4").status == 0
    wrong = quick("explain", path, "5")
    assert (wrong.status, wrong.out) == (2, "")
    assert "from 1 to 4" in wrong.err


def test_a_damaged_file_of_records_is_one_line(quick: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"schema_version": "quotedesk/1"}\n')
    result = quick("explain", path)
    assert (result.status, result.out) == (2, "")
    assert "line 1" in result.err
    assert "quotes validate" in result.err


def test_validate_without_a_file_exits_with_3(quick: Run, tmp_path: Path) -> None:
    result = quick("validate", tmp_path / "none.jsonl")
    assert (result.status, result.out) == (3, "")
    assert "[Q103]" in result.err


def test_a_right_record_has_no_problems(record: DocumentRecord) -> None:
    assert list(problems(record.model_dump_json())) == []


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"speaker_id": "s_none"}, "speaker_id"),
        ({"speaker": "Tom Ray"}, "speaker: 'Tom Ray' is not the name"),
        ({"repeats": "q_none"}, "repeats"),
        ({"id": "q_other"}, "is not the id of this content"),
        ({"cue": (SpanRecord(start=0, end=4, text="said"),)}, "quotes.0.cue: the text from 0 to 4"),
    ],
)
def test_each_broken_reference_is_told(record: DocumentRecord, values: dict[str, object], told: str) -> None:
    (problem,) = problems(changed(record, **values).model_dump_json())
    assert told in problem


def test_a_changed_text_and_a_double_id_are_told(record: DocumentRecord) -> None:
    (problem,) = problems(record.model_copy(update={"text": TEXT + " "}).model_dump_json())
    assert problem.startswith("text_sha256")
    twice = record.model_copy(update={"quotes": record.quotes[:1] * 2})
    assert list(problems(twice.model_dump_json())) == ["quotes: an id occurs twice"]


# ---- extract --min-confidence


def test_what_is_left_out_takes_its_speakers_and_references_along(record: DocumentRecord) -> None:
    linked = record.quotes[1].model_copy(update={"repeats": record.quotes[0].id})
    both = record.model_copy(update={"quotes": (record.quotes[0], linked)})
    kept = confident(both, 0.9)
    assert [q.speaker for q in kept.quotes] == ["Bo Dee"]
    assert [s.name for s in kept.speakers] == ["Bo Dee"]
    assert kept.quotes[0].repeats is None
    assert confident(both, 0.0) is both
    assert confident(both, 0.8).quotes[1].repeats == record.quotes[0].id
    assert {s.name for s in confident(both, 0.8).speakers} == {"Ann Lee", "Tom Ray", "Bo Dee"}
