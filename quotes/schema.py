"""The records: the contract with users. Frozen pydantic models; JSON Schema 2020-12 by `json_schema()`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from quotes.types import Flag, Form, Kind, QuoteType, Reason

SCHEMA_VERSION = "quotedesk/1"
SCHEMA_ID = "https://quotedesk.example/schema/document-1.json"


class Record(BaseModel):
    """Base of every record: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SpanRecord(Record):
    """A stretch of the text as given: end-exclusive code points, and the very text between them."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str

    @model_validator(mode="after")
    def _length_fits(self) -> SpanRecord:
        if self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}-{self.end} does not have the length of its text")
        return self


class EvidenceRecord(Record):
    """One reason for a decision: a stable machine-readable code, and the same in words."""

    code: str
    words: str


class CandidateRecord(Record):
    """A possible speaker, best first, with its share of the confidence."""

    speaker_id: str
    name: str
    confidence: float = Field(ge=0, le=1)


class MentionRecord(SpanRecord):
    """A mention of a speaker in the text."""

    form: Form


class SpeakerRecord(Record):
    """Somebody or something that speaks in this document. No protected trait is ever stored."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: Kind = "unknown"
    role: str | None = None
    mentions: tuple[MentionRecord, ...] = ()


class QuoteRecord(Record):
    """One quotation: what was said, by which cue, by which source, and who that is.

    `content` keeps its quotation marks and has one span per contiguous part. `speaker` is the name of the resolved
    speaker, or null with a `reason`. `confidence` is the probability that content and source are right (calibrated on
    the development corpus where the reader takes part), `speaker_confidence` that the speaker is the one the source
    stands for. `id` is a hash of the text and the content offsets, the same on every run.
    """

    id: str
    type: QuoteType
    content: tuple[SpanRecord, ...] = Field(min_length=1)
    cue: tuple[SpanRecord, ...] = ()
    source: tuple[SpanRecord, ...] = ()
    speaker_id: str | None = None
    speaker: str | None = None
    reason: Reason | None = None
    confidence: float = Field(ge=0, le=1)
    speaker_confidence: float | None = Field(default=None, ge=0, le=1)
    candidates: tuple[CandidateRecord, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()
    flags: tuple[str, ...] = ()
    repeats: str | None = None
    prefix: str = ""
    suffix: str = ""


class AsideRecord(Record):
    """A phrase in quotation marks that nobody is said to have uttered: a scare quote, a title, a nickname, a motto."""

    span: SpanRecord
    flag: Flag


class WarningRecord(Record):
    """Something odd about the document that did not stop the work."""

    code: str
    message: str


class ModelRecord(Record):
    """What made the records: versions of the program, of the spaCy pipeline and of our models.

    `reader` is the name and version of the learned reader, `antecedents` that of the network which helps pronouns and
    descriptions to their antecedents; null where it took no part.
    """

    program: str
    spacy: str
    pipeline: Literal["rules", "full"]
    reader: str | None = None
    antecedents: str | None = None


class DocumentRecord(Record):
    """All that was found in one text. Every span satisfies `text[start:end] == span.text`."""

    schema_version: Literal["quotedesk/1"] = "quotedesk/1"
    id: str
    text_sha256: str
    text: str | None = None
    meta: dict[str, str] = Field(default_factory=dict)
    model: ModelRecord
    speakers: tuple[SpeakerRecord, ...] = ()
    quotes: tuple[QuoteRecord, ...] = ()
    asides: tuple[AsideRecord, ...] = ()
    warnings: tuple[WarningRecord, ...] = ()


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document record."""
    schema = DocumentRecord.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
