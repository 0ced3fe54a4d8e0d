"""The records: immutable, closed, checked, and described by a JSON Schema that agrees with them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from quotes.schema import (
    SCHEMA_ID,
    SCHEMA_VERSION,
    DocumentRecord,
    MentionRecord,
    ModelRecord,
    QuoteRecord,
    SpanRecord,
    SpeakerRecord,
    json_schema,
)

MODEL = ModelRecord(program="0", spacy="blank", pipeline="rules")
CONTENT = (SpanRecord(start=0, end=9, text='"We won,"'),)


def document(**changes: Any) -> DocumentRecord:
    """Return a small document record."""
    quote = QuoteRecord(id="q_1", type="direct", content=CONTENT, confidence=0.9)
    return DocumentRecord(**{"id": "a", "text_sha256": "0", "model": MODEL, "quotes": (quote,), **changes})


def test_a_record_can_not_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        document().quotes[0].type = "indirect"


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        SpeakerRecord(id="s", name="Ann Lee", gender="x")  # type: ignore[call-arg]


@pytest.mark.parametrize("bad", [{"start": 0, "end": 3}, {"start": -1, "end": 1}, {"start": 0, "end": 0, "text": ""}])
def test_a_span_fits_its_text(bad: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SpanRecord(**{"text": "ab", **bad})


def test_a_span_counts_code_points() -> None:
    assert SpanRecord(start=4, end=6, text="😀e").end == 6
    assert SpanRecord(start=0, end=1, text="\ud800").text == "\ud800"


def test_a_quotation_has_content_and_a_confidence_between_0_and_1() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        QuoteRecord(id="q", type="direct", content=(), confidence=0.5)
    with pytest.raises(ValidationError, match="less than or equal to 1"):
        QuoteRecord(id="q", type="direct", content=CONTENT, confidence=1.1)


@pytest.mark.parametrize("change", [{"type": "free"}, {"reason": "because"}])
def test_enumerations_are_closed(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="Input should be"):
        QuoteRecord(**{"id": "q", "type": "direct", "content": CONTENT, "confidence": 0.5, **change})


def test_json_and_back() -> None:
    speaker = SpeakerRecord(
        id="s", name="Ann Lee", mentions=(MentionRecord(start=0, end=2, text="We", form="pronoun"),)
    )
    record = document(speakers=(speaker,), text='"We won,"', meta={"url": "https://example.org"})
    assert DocumentRecord.model_validate_json(record.model_dump_json()) == record
    assert record.schema_version == SCHEMA_VERSION


def test_a_record_from_before_the_second_network_is_read() -> None:
    data = document().model_dump(mode="json")
    assert data["model"].pop("antecedents", "missing") is None
    assert DocumentRecord.model_validate(data) == document()


def test_a_record_of_another_schema_version_is_refused() -> None:
    with pytest.raises(ValidationError, match="schema_version"):
        document(schema_version="quotedesk/2")


def test_the_json_schema_describes_the_records() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == SCHEMA_ID
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    good = document().model_dump(mode="json")
    check.validate(good)
    assert not check.is_valid({**good, "surprise": 1})
    assert not check.is_valid({**good, "quotes": [{**good["quotes"][0], "confidence": 2}]})


def test_no_protected_trait_has_a_field() -> None:
    names = {key for part in json_schema()["$defs"].values() for key in part.get("properties", {})}
    assert "speaker" in names
    assert names.isdisjoint({"gender", "sex", "ethnicity", "religion", "party", "age", "nationality"})
